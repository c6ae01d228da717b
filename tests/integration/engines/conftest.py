"""What every search engine must do is one suite: each test runs with the embedded engine and a real Elasticsearch."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.settings import EngineSettings
from indexer.engine import Engine
from indexer.engines.factory import make_engine
from tests.support.shared_elasticsearch import engine_at


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def settings(request: pytest.FixtureRequest) -> EngineSettings:
    name = f"test-{uuid.uuid4().hex[:8]}"
    if request.param == "embedded":
        return EngineSettings(index_name=name)
    url = request.getfixturevalue("elasticsearch_url")
    return EngineSettings(**engine_at(url, name))


@pytest.fixture
def engine(settings: EngineSettings, tmp_path: Path) -> Iterator[Engine]:
    made = make_engine(settings, folder=tmp_path)
    made.open()
    yield made
    made.close()
