"""The Python client against the real application over HTTP."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest

from news.keys import Scope
from search.client import Client
from search.client_errors import ClientError, Invalid, NotThere, Refused, Unreachable, error_of
from search.export import COLUMNS
from search.limits import limits_of
from search.models import ExportedModel
from tests.support.newsroom import Newsroom, story
from tests.support.operated import GAZETTE, Operated

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


def test_a_program_searches_pages_and_exports(client: Client) -> None:
    found = client.search("tide", section="sea", size=2)
    assert (found.total, len(found.hits), found.facets["section"][0].value) == (STORIES, 2, "Sea")
    assert len({hit.id for hit in client.iterate("tide", collapse=False)}) == STORIES
    assert len(list(client.iterate("tide", most=102, collapse=False))) == 102
    rows = list(client.export("tide", text=True, collapse=False))
    assert len(rows) == STORIES
    assert all((row.text or "").startswith("The water of day") for row in rows)
    assert next(client.export("tide")).text is None
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
    assert hit.id not in {each.id for each in client.similar(hit.id)}
    assert hit.id not in {each.id for each in client.copies(hit.id)}


def test_it_operates(client: Client, filled: Operated) -> None:
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
    with pytest.raises(ClientError, match="does not answer"):
        Client(url).sources()


def test_the_environment_names_server_and_key(filled: Operated) -> None:
    with filled.served(open_reads=False) as url:
        environ = {"NEWSDEX_URL": url, "NEWSDEX_KEY": filled.key(Scope.READ)}
        with Client(environ=environ) as client:
            assert client.search("tide").total > 0
        with Client(environ={"NEWSDEX_URL": url}) as stranger, pytest.raises(Refused):
            stranger.search("tide")


def test_an_exported_article_has_the_columns_of_the_export() -> None:
    assert list(ExportedModel.model_fields) == [*COLUMNS, "text"]
