"""The Python client against the real application over HTTP."""

from __future__ import annotations

import json
import re
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any, NoReturn

import pytest

from news.keys import Scope
from search.api.models import ExportedModel
from search.client import Client
from search.client.errors import ClientError, Invalid, NotThere, Refused, Unreachable, error_of
from search.client.http import Transport
from search.export import COLUMNS, RECEIPT_COLUMNS
from search.web.limits import limits_of
from tests.support.newsroom import Newsroom, story
from tests.support.operated import GAZETTE, NOW, Operated

STORIES = 105


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Operated]:
    """An installation with more articles than a page holds, one of them edited."""
    operated = Operated(tmp_path_factory.mktemp("filled"))
    newsroom = Newsroom.over(operated.store, operated.engine, operated.service)
    for number in range(STORIES):
        newsroom.publish(story(f"Tide number {number}", f"The water of day {number}.", section="Sea"))
    newsroom.publish(story("Tide number 0, corrected", "The water of day nought.", path="tide-number-0", section="Sea"))
    newsroom.settle()
    yield operated
    operated.close()


@pytest.fixture(scope="module")
def client(filled: Operated) -> Iterator[Client]:
    with filled.served() as url, Client(url, filled.key(Scope.OPERATE)) as client:
        yield client


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long the client would have slept."""
    slept: list[float] = []
    monkeypatch.setattr("urllib3.util.retry.time.sleep", slept.append)
    return slept


def test_a_program_cites_a_version(client: Client) -> None:
    (edited,) = client.search("title:corrected").hits
    assert "“Tide number 0, corrected.” The Sample Gazette. 20 Nov 2026. https://" in client.citation(edited.id)
    assert "“Tide number 0.” The Sample Gazette." in client.citation(edited.id, version=1)
    assert client.citation(edited.id, form="bibtex").startswith(f"@misc{{newsdex-{edited.id}-2,")
    assert json.loads(client.citation(edited.id, form="csl"))[0]["URL"] == edited.url
    with pytest.raises(NotThere):
        client.citation("none")


def test_a_program_searches_pages_and_exports(client: Client) -> None:
    found = client.search("tide", section="sea", size=2)
    assert (found.total, len(found.hits), found.facets["section"][0].value) == (STORIES, 2, "Sea")
    assert len({hit.id for hit in client.iterate("tide", collapse=False)}) == STORIES
    assert len(list(client.iterate("tide", most=102, collapse=False))) == 102
    rows = list(client.export("tide", text=True, collapse=False))
    assert len(rows) == STORIES
    assert all((row.text or "").startswith("The water of day") for row in rows)
    assert next(client.export("tide")).text is None
    assert all(row.content_digest is None for row in rows)


def test_an_export_says_what_each_text_was_read_from(client: Client) -> None:
    (row,) = client.export("title:corrected", receipt=True)
    newest = client.versions(row.id)[-1]
    assert (row.version, row.fetched_at) == (newest.version, newest.fetched_at)
    assert (row.content_digest, row.extractor_version) == (newest.content_digest, newest.extractor_version)
    assert (row.payload_digest, row.warc_file, row.warc_offset) == (
        *(newest.payload_digest, newest.warc_file, newest.warc_offset),
    )


def test_a_program_counts_and_completes(client: Client) -> None:
    line = client.timeline("tide", collapse=False)
    assert line is not None
    assert sum(bar.count for bar in line.bars) == STORIES
    assert client.timeline("zeppelin") is None
    assert client.suggest("ti")[0] == "tide"
    assert {each.id: each.articles for each in client.sources()}["gazette"] == STORIES


def test_it_reads_an_article_and_its_versions(client: Client) -> None:
    (hit,) = client.search("title:corrected").hits
    article = client.article(hit.id)
    assert (article.title, [each.version for each in client.versions(hit.id)]) == ("Tide number 0, corrected", [1, 2])
    assert client.article(hit.id, version=1).title == "Tide number 0"
    (change,) = client.changes(hit.id)
    assert (change.old_version, change.version, [piece.mark for piece in change.title]) == (1, 2, ["same", "added"])
    assert hit.id not in {each.id for each in client.similar(hit.id)}
    assert hit.id not in {each.id for each in client.copies(hit.id)}


def test_work_is_asked_for_followed_and_cancelled(client: Client, filled: Operated) -> None:
    assert client.crawl("gazette").kind == "crawl"
    asked = client.recrawl(source="gazette")
    assert (asked.kind, asked.state, client.request(asked.id).id) == ("fetch", "open", asked.id)
    assert client.recrawl(source="gazette").id == asked.id
    assert [each.id for each in client.requests(only_open=True)] == [asked.id]
    assert client.cancel(asked.id).state == "cancelled"
    assert client.recrawl(urls=["https://gazette.example/tide-number-3"]).total == 1
    assert client.pause("gazette").scope == "gazette"
    assert client.status().sources[0].paused_at is not None
    client.resume()
    assert client.status().sources[0].paused_at is None
    filled.crawl(GAZETTE, failing=1)
    assert [each.source for each in client.runs(source="gazette")] == ["gazette"]
    assert client.failures()[0].outcome == "timeout"
    found = client.completeness("gazette", first=date(2026, 11, 1), limit=1)
    assert (found.source, len(found.missing_articles), found.missing >= 1) == ("gazette", 1, True)


def test_it_follows_a_request_while_it_goes_on(client: Client) -> None:
    past = client.backfill("gazette", since="2026-03-01", until="2026-03-31T23:59:59Z")
    assert (past.kind, past.scope.source, client.cancel(past.id).state) == ("backfill", "gazette", "cancelled")
    asked = client.ask("reindex")
    seen = client.follow(asked.id)
    assert (next(seen).state, client.cancel(asked.id).state) == ("open", "cancelled")
    assert [each.state for each in seen] == ["cancelled"]


def test_it_saves_searches_and_has_what_they_find_delivered(client: Client) -> None:
    saved = client.saved.add("tide AND flood", name="Floods", section="Sea", published_from="2026-01-01")
    assert (saved.search.section, [each.id for each in client.saved.all()]) == (("Sea",), [saved.id])
    feed = client.saved.deliver(saved.id, "atom")
    assert client.saved.rotate(saved.id, feed.id).path not in {None, feed.path}
    assert [each.kind for each in client.saved.get(saved.id).deliveries] == ["atom"]
    client.saved.revoke(saved.id, feed.id)
    assert client.saved.pause(saved.id).paused_at is not None
    assert client.saved.resume(saved.id).paused_at is None
    found = (client.saved.matches(saved.id), client.saved.dead_letters(saved.id), client.saved.retry(saved.id))
    assert found == ([], [], 0)
    with pytest.raises(Invalid, match="a pace and a time zone are for mail"):
        client.saved.deliver(saved.id, "rss", pace="daily")
    with pytest.raises(Invalid, match="kind"):
        client.saved.deliver(saved.id, "pigeon")
    with pytest.raises(Invalid, match="never closed"):
        client.saved.add('"tide')
    client.saved.remove(saved.id)
    with pytest.raises(NotThere):
        client.saved.get(saved.id)


def test_it_reads_what_the_sites_said_then(client: Client) -> None:
    assert client.search("tide", as_of=NOW - timedelta(days=4000)).total == 0
    then = list(client.iterate("tide", as_of="2099-01-01", most=STORIES))
    assert (len(then), {hit.version for hit in then}) == (STORIES, {1, 2})


def _use(method: Callable[..., Any], arguments: tuple[str, ...]) -> None:
    answer = method(*arguments)
    next(iter(answer))  # a stream is asked for when it is read


def test_there_is_a_method_for_every_operation(filled: Operated, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: set[tuple[str, str]] = set()

    def note(_self: Transport, method: str, path: str, *_args: object, **_options: object) -> NoReturn:
        asked.add((method.lower(), path.partition("?")[0]))
        raise NotThere("noted")

    monkeypatch.setattr(Transport, "_asking", note)
    calls = {
        "search": ("q",), "export": ("q",), "suggest": ("q",), "sources": (), "ready": (), "article": ("a",),
        "changes": ("a",), "citation": ("a",), "similar": ("a",), "copies": ("a",), "crawl": ("s",), "request": ("r",),
        "requests": (),
        "follow": ("r",), "cancel": ("r",), "pause": (), "resume": (), "status": (), "runs": (), "failures": (),
        "completeness": ("s",),
    }  # fmt: skip
    saved = {
        "add": ("q",), "all": (), "get": ("s",), "remove": ("s",), "pause": ("s",), "resume": ("s",), "matches": ("s",),
        "dead_letters": ("s",), "retry": ("s",), "deliver": ("s", "rss"), "rotate": ("s", "d"), "revoke": ("s", "d"),
    }  # fmt: skip
    with Client("http://127.0.0.1:9") as client:
        for owner, methods in ((client, calls), (client.saved, saved)):
            for name, arguments in methods.items():
                with pytest.raises(NotThere):
                    _use(getattr(owner, name), arguments)
    document = filled.description()
    described = {(method, path) for path, operations in document["paths"].items() for method in operations}
    unmet = {
        (method, path)
        for method, path in described
        if not any(method == asked_by and re.fullmatch(re.sub(r"{\w+}", "[^/]+", path), at) for asked_by, at in asked)
    }
    assert unmet == {("get", "/healthz")}


def test_problems_are_errors_that_say_what_to_do(client: Client, filled: Operated) -> None:
    with pytest.raises(NotThere, match="there is no article 'none'") as caught:
        client.article("none")
    assert caught.value.status == 404
    with pytest.raises(Invalid, match="never closed") as strict:
        client.search('"tide', strict=True)
    assert strict.value.errors == (("q", 'this " is never closed; add another'),)
    with pytest.raises(Invalid, match="size") as unsent:
        client.search("tide", size=1000)
    assert unsent.value.status is None
    assert unsent.value.errors == (("size", "has to be at most 100"),)  # the server's words
    with pytest.raises(Invalid, match="never closed"):
        next(client.export('"tide', strict=True))
    with filled.served() as url, Client(url, filled.key(Scope.READ)) as reader, pytest.raises(Refused, match="operate"):
        reader.crawl("gazette")
    assert error_of(502, b"<html>", {}).detail == "the server answered 502"


def test_it_waits_as_long_as_it_is_told_and_gives_up_in_the_end(filled: Operated, waits: list[float]) -> None:
    limits = limits_of(1, is_public=False, clock=lambda: sum(waits))
    with filled.served(limits=limits) as url, Client(url, retries=2) as client:
        assert client.sources()
        assert client.sources()
        assert waits == [60]
    stopped = limits_of(1, is_public=False, clock=lambda: 0.0)
    with filled.served(limits=stopped) as url, Client(url, retries=2) as client:
        client.sources()
        with pytest.raises(Unreachable, match="more requests") as caught:
            client.sources()
    assert waits == [60, 60, 60]
    assert (caught.value.status, caught.value.retry_after_seconds) == (429, 60)


def test_a_server_that_is_not_there_or_stops_on_the_way_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"

        def answer_half() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"a":')

        thread = threading.Thread(target=answer_half, daemon=True)
        thread.start()
        with pytest.raises(Unreachable):
            list(Client(url).export("tide"))
        thread.join(timeout=60)
    with pytest.raises(ClientError) as unheard:
        Client(url).sources()
    assert re.fullmatch(rf"{url} does not answer: [\w ]+", unheard.value.detail), "no library's wrapping"


def test_the_environment_names_server_and_key(filled: Operated) -> None:
    with filled.served(open_reads=False) as url:
        environ = {"NEWSDEX_URL": url, "NEWSDEX_KEY": filled.key(Scope.READ)}
        with Client(environ=environ) as client:
            assert client.search("tide").total > 0
        with Client(environ={"NEWSDEX_URL": url}) as stranger, pytest.raises(Refused):
            stranger.search("tide")


def test_an_exported_article_has_the_columns_of_the_export() -> None:
    assert list(ExportedModel.model_fields) == [*COLUMNS, *RECEIPT_COLUMNS, "text"]
