"""One Elasticsearch for all processes of a test run: each would take a gigabyte, and half a minute of two cores."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest

from tests.es_node.es_node_fixture import EsNode, EsNodeError
from tests.support.needs import miss

HOME = pytest.StashKey[Path]()  # where the run's server lives, whether it was started or not
PATIENCE_SECONDS = 600  # of a start, and of one request: a busy machine is no failure


def pytest_configure(config: pytest.Config) -> None:
    """The process that leads the run chooses the folder; xdist hands it on to the others."""
    given = getattr(config, "workerinput", None)
    config.stash[HOME] = Path(given["elasticsearch_home"] if given else tempfile.mkdtemp(prefix="es-node-"))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Before xdist starts a process."""
    node.workerinput["elasticsearch_home"] = str(node.config.stash[HOME])


def pytest_unconfigure(config: pytest.Config) -> None:
    """The process that leads the run ends last, and ends the server."""
    if not hasattr(config, "workerinput"):
        node = EsNode(config.stash[HOME])
        if (node.home / "es-node.pid").exists():
            node.kill()
        shutil.rmtree(node.home, ignore_errors=True)


@pytest.fixture(scope="session")
def elasticsearch_url(pytestconfig: pytest.Config) -> str:
    """The URL of the run's server, started by the first who asks; tests use index names of their own."""
    if given := os.environ.get("ELASTICSEARCH_URL"):
        return given.rstrip("/")
    node = EsNode(pytestconfig.stash[HOME], "--timeout", str(PATIENCE_SECONDS))
    with (node.home / "asking").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            return _url_of(node) or str(node.start().url)
        except (EsNodeError, OSError) as error:
            miss(f"no Elasticsearch: ELASTICSEARCH_URL is not set, and the test node did not start: {error}")


def engine_at(url: str, index_name: str) -> dict[str, Any]:
    """Settings of an engine there, as a settings file has them."""
    where = {"kind": "elasticsearch", "elasticsearch_url": url, "index_name": index_name}
    return {**where, "timeout_seconds": PATIENCE_SECONDS}


def _url_of(node: EsNode) -> str | None:
    """Where it answers, if it was started already."""
    told = node.home / "node.json"
    return json.loads(told.read_text(encoding="utf-8"))["url"] if told.exists() else None
