"""TLS and API keys: what the server is told, and what people are told when it refuses."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from config.settings import EngineSettings
from indexer.engine import Engine
from indexer.engines.factory import make_engine
from news.errors import EngineError, EngineUnavailable
from news.index import WriteStatus
from tests.support.commands import Commands, unused_index_name
from tests.support.engine_contract import entry
from tests.support.secured_elasticsearch import KEY, SecuredElasticsearch
from tests.support.shared_elasticsearch import engine_at

pytestmark = pytest.mark.elasticsearch

WRONG = "d3Jvbmc6a2V5"


@contextmanager
def engine_of(secured: SecuredElasticsearch, **settings: Any) -> Iterator[Engine]:
    known = {"elasticsearch_ca_file": secured.ca_file, "elasticsearch_api_key": SecretStr(KEY)}
    chosen = EngineSettings(**engine_at(secured.url, unused_index_name()), **known | settings)
    with closing(make_engine(chosen, folder=Path("unused"))) as engine:
        yield engine


def test_the_key_goes_over_tls_and_into_no_log(
    secured_elasticsearch: SecuredElasticsearch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with engine_of(secured_elasticsearch) as engine:
        engine.open()
        assert engine.write([entry(1, "one")])[0].status is WriteStatus.INDEXED
        assert engine.count() == 1
        assert engine.health().ok
    assert set(secured_elasticsearch.asked_with) == {f"ApiKey {KEY}"}
    assert caplog.records
    assert KEY not in caplog.text


def test_a_certificate_of_nobody_known_is_told_no_key(secured_elasticsearch: SecuredElasticsearch) -> None:
    with engine_of(secured_elasticsearch, elasticsearch_ca_file=None) as engine:
        with pytest.raises(EngineUnavailable, match=r"certificate verify failed.*engine\.elasticsearch_ca_file"):
            engine.open()
        assert "certificate verify failed" in engine.health().detail
    assert secured_elasticsearch.asked_with == []


def test_a_wrong_key_is_asked_with_once(secured_elasticsearch: SecuredElasticsearch) -> None:
    with (
        engine_of(secured_elasticsearch, elasticsearch_api_key=SecretStr(WRONG)) as engine,
        pytest.raises(EngineError, match=r"401.*engine\.elasticsearch_api_key") as refused,
    ):
        engine.write([entry(1, "one")])
    assert secured_elasticsearch.asked_with == [f"ApiKey {WRONG}"]
    assert not isinstance(refused.value, EngineUnavailable)
    assert WRONG not in str(refused.value)


def test_a_key_that_may_not_write_makes_no_dead_letters(secured_elasticsearch: SecuredElasticsearch) -> None:
    with engine_of(secured_elasticsearch) as engine:
        engine.open()
        secured_elasticsearch.may_write = False
        with pytest.raises(EngineError, match="is unauthorized for API key"):
            engine.write([entry(1, "one"), entry(2, "two")])
        with pytest.raises(EngineError, match=r"403.*engine\.elasticsearch_api_key"):
            engine.start_build()
        secured_elasticsearch.may_write = True
        assert engine.write([entry(1, "one")])[0].status is WriteStatus.INDEXED


def test_the_command_line_says_it_in_one_line(secured_elasticsearch: SecuredElasticsearch, commands: Commands) -> None:
    settings = {
        "kind": "elasticsearch",
        "elasticsearch_url": secured_elasticsearch.url,
        "elasticsearch_ca_file": str(secured_elasticsearch.ca_file),
        "elasticsearch_api_key": WRONG,
    }
    commands.configure(engine=settings)
    done = commands.run("index", "status")
    assert done.returncode == 5
    assert done.stderr.count("\n") == 1
    assert "401" in done.stderr
    assert WRONG not in done.stdout + done.stderr


@pytest.mark.parametrize("url", ["localhost:9200", "http://localhost", ""])
def test_an_address_that_is_none_is_named(url: str) -> None:
    with pytest.raises(EngineError, match=r"engine\.elasticsearch_url"):
        make_engine(EngineSettings(kind="elasticsearch", elasticsearch_url=url), folder=Path("unused"))
