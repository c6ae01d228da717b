"""What stands behind the aliases: ours or another's, and whether it takes articles."""

from __future__ import annotations

import socket
from collections.abc import Collection
from types import SimpleNamespace
from typing import Any

import pytest

from config.settings import EngineSettings
from indexer.engines.elasticsearch import engine as engine_module
from indexer.engines.elasticsearch.engine import ElasticsearchEngine
from indexer.engines.elasticsearch.live_index import LOOK_SECONDS, Behind, LiveIndex, is_whole, why_not_written
from indexer.fields import fields_digest
from news.errors import EngineError
from news.index import SearchRequest
from news.query.parser import parse_query

READ, WRITE = "n-articles-read", "n-articles-write"
OURS = {"mappings": {"_meta": {"fields_digest": fields_digest()}}}


def behind(
    name: str = "one", *, aliases: Collection[str] = (READ, WRITE), is_ours: bool = True, block: str = ""
) -> Behind:
    blocks = frozenset({block} if block else ())
    return Behind(name=name, aliases=frozenset(aliases), is_ours=is_ours, blocks=blocks)


def test_both_aliases_lead_to_one_index_of_ours() -> None:
    both = {READ, WRITE}
    assert is_whole([behind(aliases=[READ, WRITE, "of-a-reader"])], both)
    assert not is_whole([], both)
    assert not is_whole([behind(is_ours=False)], both)
    assert not is_whole([behind(aliases=[WRITE])], both)
    assert not is_whole([behind(aliases=[READ]), behind("two", aliases=[WRITE])], both)


def test_why_an_index_takes_no_articles() -> None:
    assert why_not_written([behind(), behind("two", aliases=[READ], is_ours=False)], WRITE) is None
    assert why_not_written([behind(is_ours=False)], WRITE) == (
        f"the alias {WRITE} leads to one, which newsdex did not make with today's fields"
    )
    assert "the server's disk is nearly full" in str(why_not_written([behind(block="read_only_allow_delete")], WRITE))
    assert "index.blocks.write; lift that" in str(why_not_written([behind(block="write")], WRITE))


class Server:
    """A client whose indices a test chooses; notes what it is asked for."""

    def __init__(self, **held: dict[str, Any]) -> None:
        self.held, self.asked = held, 0
        self.indices = SimpleNamespace(get=self._get)

    def _get(self, *, index: Collection[str], **how: Any) -> dict[str, Any]:
        self.asked += 1
        return {name: about for name, about in self.held.items() if {name, *about["aliases"]} & set(index)}


def test_the_server_is_asked_once_a_minute_and_when_a_bulk_lands_elsewhere() -> None:
    now = 1000.0
    server = Server(one={"aliases": {READ: {}, WRITE: {}}, **OURS}, two={"aliases": {}}, three={"aliases": {}, **OURS})
    live = LiveIndex(server, read=READ, write=WRITE, clock=lambda: now)  # type: ignore[arg-type]  # as far as needed
    for _ in range(3):
        live.before_write()
        live.wrote_to({"one", WRITE})
    assert server.asked == 1
    now += LOOK_SECONDS
    live.before_write()
    assert server.asked == 2

    with pytest.raises(EngineError, match="leads to two, which newsdex did not make"):
        live.wrote_to({"two"})
    live.before_write()  # the alias was moved back
    assert server.asked == 4
    live.wrote_to({"three"})  # what a rebuild of another process made
    with pytest.raises(EngineError, match="leads to four"):
        live.wrote_to({"four"})  # deleted since


def test_a_reader_does_not_wait_as_long_for_a_server_that_hangs_as_a_writer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "ANSWER_SECONDS", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as hangs:  # takes connections, and answers nothing
        url = f"http://127.0.0.1:{hangs.getsockname()[1]}"
        engine = ElasticsearchEngine(EngineSettings(kind="elasticsearch", elasticsearch_url=url, timeout_seconds=600))
        with pytest.raises(EngineError, match="does not answer"):
            engine.search(SearchRequest(query=parse_query("storm")))
        engine.close()


def test_user_and_password_in_an_address_are_told_nobody() -> None:
    settings = EngineSettings(kind="elasticsearch", elasticsearch_url="http://elastic:secret@127.0.0.1:9")
    engine = ElasticsearchEngine(settings)
    with pytest.raises(EngineError, match=r"at http://127\.0\.0\.1:9 does not answer") as away:
        engine.open()
    assert "secret" not in f"{away.value}{engine.health().detail}"
    engine.close()
