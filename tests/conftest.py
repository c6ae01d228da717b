"""Fixtures shared by all tests; each plug-in is a module of tests/support."""

from __future__ import annotations

import os
import shutil
import tempfile

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = [
    "tests.es_node.es_node_fixture",
    "tests.support.browser",
    "tests.support.shared_elasticsearch",  # after the kit, whose server it shares, and before who imports it
    "tests.support.commands",
    "tests.support.stores",
    "tests.support.newsroom",  # after those it imports
    "tests.support.postgresql",
    "tests.support.publisher",
    "tests.support.receivers",
    "tests.support.replay_site",
    "tests.support.secured_elasticsearch",
    "tests.support.operated",  # after those it imports
    "tests.support.daemons",  # after those it is made of
]

collect_ignore = ["es_node"]  # the kit's own 96 tests: `pytest tests/es_node/tests` from its folder

# A busy machine is no mistake in the code, so nothing is timed. The examples are the same in every run, so that a run
# says something about the change alone; `make nightly` looks for others.
settings.register_profile("steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("wandering", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")


CACHE = pytest.StashKey[str]()


def pytest_configure(config: pytest.Config) -> None:
    """One cache for all processes of a run, none of it the user's: what a start keeps there is made once."""
    if not hasattr(config, "workerinput"):  # the processes of xdist have the environment of the one that leads
        usual = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
        os.environ.setdefault("ES_NODE_CACHE", f"{usual}/es-node")  # made by Maven and javac: not for each run
        config.stash[CACHE] = os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="newsdex-cache-")


def pytest_unconfigure(config: pytest.Config) -> None:
    """The process that leads ends last."""
    if CACHE in config.stash:
        shutil.rmtree(config.stash[CACHE], ignore_errors=True)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are cores: while one waits for a daemon, a browser or a due time, another goes on."""
    return len(os.sched_getaffinity(0)) + 1
