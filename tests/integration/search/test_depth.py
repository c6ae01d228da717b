"""Ten thousand hits and more: cursors, exports and errors on the way, over a real engine."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from config.settings import EngineSettings
from indexer.engines.embedded import rankings
from indexer.engines.factory import make_engine
from news.index import IndexEntry
from search.app import create_app
from search.service import SearchService
from tests.support.browser import serving
from tests.support.engine_contract import HOSTILE

COUNT = 10_050


def entry(number: int) -> IndexEntry:
    document = {
        "id": f"a{number:05}",
        "url": f"https://gazette.example/{number}",
        "title": f"Tides {number}",
        "text": "The water rises.",
        "source": "gazette",
        "published_at": f"2026-01-{1 + number % 3:02}T00:00:00Z" if number % 50 else None,
        "first_seen_at": "2026-01-01T00:00:00Z",
        "fetched_at": "2026-01-01T00:00:00Z",
        "version": 1,
        "revision": 1,
    }
    return IndexEntry(id=f"a{number:05}", revision=1, document={k: v for k, v in document.items() if v is not None})


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    folder: Path = tmp_path_factory.mktemp("deep")
    engine = make_engine(EngineSettings(), folder=folder)
    engine.open()
    engine.write([entry(number) for number in range(COUNT)])
    service = SearchService(engine, None, {})  # type: ignore[arg-type]  # these routes never ask the store
    with serving(create_app(service)) as url, httpx.Client(base_url=url, trust_env=False, timeout=60) as client:
        yield client
    engine.close()


@pytest.mark.parametrize("sort", ["newest", "oldest", "relevance"])
def test_next_leads_past_the_numbered_pages_to_the_very_last(api: httpx.Client, sort: str) -> None:
    first = api.get("/api/v1/search", params={"q": "tides", "sort": sort, "size": 20, "page": 499}).json()
    assert first["total"] == COUNT
    assert first["next"].endswith("page=500")
    address, seen = first["next"], []
    while address:
        answer = api.get(address)
        assert answer.status_code == 200, answer.text
        body = answer.json()
        assert body["total"] == COUNT
        seen += [hit["id"] for hit in body["hits"]]
        address = body["next"]
    assert len(seen) == len(set(seen)) == COUNT - 499 * 20


def test_a_cursor_of_no_place_in_this_answer_is_refused(api: httpx.Client) -> None:
    address = api.get("/api/v1/search", params={"q": "tides", "size": 100, "page": 100}).json()["next"]
    cursor = httpx.QueryParams(address.partition("?")[2])["cursor"]
    refused: list[dict[str, str | int]] = [
        {"q": "tides", "size": 100, "cursor": cursor[:-1] + ("A" if cursor[-1] != "A" else "B")},
        {"q": "water", "size": 100, "cursor": cursor},
        {"q": "tides", "sort": "newest", "cursor": cursor},
        {"q": "tides", "cursor": "nonsense"},
        {"q": "tides", "page": 101, "size": 100},
    ]
    for params in refused:
        answer = api.get("/api/v1/search", params=params)
        assert answer.status_code == (404 if "page" in params else 400), params
        assert answer.headers["content-type"] == "application/problem+json"
        assert ("page" if "page" in params else "cursor") in answer.json()["detail"]
    assert api.get("/api/v1/search", params={"q": "tides", "cursor": "{}"}).status_code == 422


def test_beside_a_cursor_a_page_counts_for_nothing(api: httpx.Client) -> None:
    address = api.get("/api/v1/search", params={"q": "tides", "size": 100, "page": 100}).json()["next"]
    plain, paged = api.get(address).json(), api.get(f"{address}&page=7").json()
    assert plain["hits"] == paged["hits"] != []
    assert plain["next"] == paged["next"]


def test_an_export_is_everything_once_in_order(api: httpx.Client) -> None:
    rows = [json.loads(line) for line in api.get("/api/v1/export?q=tides&text=true").text.splitlines()]
    assert len({row["id"] for row in rows}) == len(rows) == COUNT
    dates: list[Any] = [row["published_at"] or "" for row in rows]
    assert dates == sorted(dates, reverse=True)
    assert rows[0]["text"] == "The water rises."

    answer = api.get("/api/v1/export?q=title:10049&format=csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="newsdex.csv"'
    assert [row["url"] for row in csv.DictReader(io.StringIO(answer.text))] == ["https://gazette.example/10049"]


def test_an_export_by_score_is_whole_across_the_stretches_that_are_ranked_at_once(
    api: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = " OR ".join(f"title:{number}" for number in range(7))  # a few of the scores differ
    address = f"/api/v1/export?q=tides OR {numbers}&sort=relevance"
    ids = [json.loads(line)["id"] for line in api.get(address).text.splitlines()]
    assert len(set(ids)) == len(ids) == COUNT
    assert set(ids[:7]) == {f"a{number:05}" for number in range(7)}
    monkeypatch.setattr(rankings, "RANKED_AT_ONCE", 2_345)
    again = [json.loads(line)["id"] for line in api.get(f"{address}&text=true").text.splitlines()]
    assert again == ids


@pytest.mark.parametrize(
    ("query", "status"),
    [("page=1", 422), ("from=soon", 422), ("format=xml", 422), ("q=%22&strict=true", 400)],
)
def test_an_export_that_cannot_be_begins_with_a_problem(api: httpx.Client, query: str, status: int) -> None:
    answer = api.get(f"/api/v1/export?{query}")
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


def test_strict_reading_points_at_the_place(api: httpx.Client) -> None:
    answer = api.get("/api/v1/search", params={"q": 'high "tides', "strict": "true"})
    assert answer.status_code == 400
    problem = answer.json()
    assert problem["detail"].splitlines()[1:] == ['high "tides', "     ^"]
    assert problem["errors"] == [{"parameter": "q", "message": 'this " is never closed; add another'}]
    assert api.get("/api/v1/search", params={"q": 'high "tides'}).status_code == 200


def test_an_answer_that_is_known_is_not_sent_again(api: httpx.Client) -> None:
    answer = api.get("/api/v1/search?q=tides")
    tag = answer.headers["etag"]
    assert api.get("/api/v1/search?q=tides", headers={"If-None-Match": f'"other", {tag}'}).status_code == 304
    assert api.get("/api/v1/search?q=water", headers={"If-None-Match": tag}).status_code == 200


def test_the_timeline_counts_every_dated_article(api: httpx.Client) -> None:
    timeline = api.get("/api/v1/search?q=tides&timeline=true").json()["timeline"]
    assert timeline["step"] == "hour"
    assert sum(bar["count"] for bar in timeline["bars"]) == COUNT - len(range(0, COUNT, 50))
    assert api.get("/api/v1/search?q=nothing&timeline=true").json()["timeline"] is None


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_queries_never_make_a_500(api: httpx.Client, text: str) -> None:
    for path in ("/api/v1/search", "/api/v1/export", "/"):
        clean = text.encode("utf-8", "replace").decode()
        answer = api.get(path, params={"q": clean[:512], "strict": "false"})
        assert answer.status_code == 200, (path, answer.text)
        assert api.get(path, params={"q": clean[:600].ljust(600, "x")}).status_code == 400
        assert api.get(path, params={"q": clean[:512], "strict": "true"}).status_code in {200, 400}
