"""What every search engine must do: one suite over the embedded engine and a real Elasticsearch."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from config.settings import EngineSettings
from indexer.engine import Engine
from indexer.engines.factory import make_engine
from news.index import MARK_END, MARK_START, Filters, IndexEntry, SearchRequest, Sort, WriteStatus
from news.query_parser import parse_query


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def settings(request: pytest.FixtureRequest) -> EngineSettings:
    name = f"test-{uuid.uuid4().hex[:8]}"
    if request.param == "embedded":
        return EngineSettings(index_name=name)
    url = request.getfixturevalue("elasticsearch_url")
    return EngineSettings(kind="elasticsearch", elasticsearch_url=url, index_name=name)


@pytest.fixture
def engine(settings: EngineSettings, tmp_path: Path) -> Iterator[Engine]:
    made = make_engine(settings, folder=tmp_path)
    made.open()
    yield made
    made.close()


def entry(number: int, title: str, text: str = "", *, revision: int = 1, **fields: Any) -> IndexEntry:
    moment = "2026-01-01T00:00:00Z"
    known = {
        "id": f"a{number}",
        "url": f"https://example.com/{number}",
        "title": title,
        "text": text or title,
        "source": "example",
        "language": "en",
        "first_seen_at": moment,
        "fetched_at": moment,
        "version": 1,
        "revision": revision,
    }
    document = {key: value for key, value in (known | fields).items() if value is not None}
    return IndexEntry(id=f"a{number}", revision=revision, document=document)


def fill(engine: Engine, *entries: IndexEntry) -> None:
    assert [r.status for r in engine.write(entries)] == [WriteStatus.INDEXED] * len(entries)
    engine.refresh()


def found(engine: Engine, query: str, **options: Any) -> list[str]:
    return [hit.id for hit in engine.search(SearchRequest(query=parse_query(query), **options)).hits]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("talks", {"a1", "a2"}),
        ("talking", {"a1", "a2"}),
        ('"peace talks"', {"a1"}),
        ('"talks peace"', set()),
        ("talks -peace", {"a2"}),
        ("peace OR harbour", {"a1", "a3"}),
        ("harb*", {"a3"}),
        ("harbuor~", {"a3"}),
        ("harbuor~1", {"a3"}),
        ('"delegates talks"~3', {"a1"}),
        ('"talks delegates"~3', {"a1"}),
        ('"delegates talks"~2', set()),
        ('"talks met delegates"~3', {"a1"}),
        ("storm OR peace AND talks", {"a1", "a3"}),
        ("(storm OR peace) talks", {"a1"}),
        ("talks -trade", {"a1"}),
        ("title:storm", {"a3"}),
        ("source:other", {"a3"}),
        ("", {"a1", "a2", "a3"}),
        ("nothing-of-the-kind", set()),
    ],
)
def test_queries(engine: Engine, query: str, ids: set[str]) -> None:
    fill(
        engine,
        entry(1, "Peace talks begin", "Delegates met for peace talks."),
        entry(2, "Trade talks end"),
        entry(3, "Storm nears", "The harbour is closed.", source="other"),
    )
    assert set(found(engine, query)) == ids


def test_two_words_with_a_hyphen_may_be_written_as_one(engine: Engine) -> None:
    fill(
        engine,
        entry(1, "Anti-war march", "An anti-war march."),
        entry(2, "Antiwar songs", "Antiwar songs of the march."),
        entry(3, "War on anti-march laws"),
    )
    assert set(found(engine, "anti-war")) == {"a1", "a2"}
    assert set(found(engine, "anti-war march")) == {"a1", "a2"}
    assert found(engine, "march -anti-war") == ["a3"]
    assert found(engine, '"anti-war"') == ["a1"]
    result = engine.search(SearchRequest(query=parse_query("anti-war"), highlight=True))
    assert {hit.id: hit.highlights["title"][0] for hit in result.hits} == {
        "a1": f"{MARK_START}Anti{MARK_END}-{MARK_START}war{MARK_END} march",
        "a2": f"{MARK_START}Antiwar{MARK_END} songs",
    }


def test_filters_facets_and_total(engine: Engine) -> None:
    fill(
        engine,
        entry(1, "one", section="World", published_at="2026-01-05T10:00:00Z"),
        entry(2, "two", section="World", published_at="2026-02-05T10:00:00Z"),
        entry(3, "three", section="Sport", language="de"),
    )
    result = engine.search(SearchRequest(facets=("section", "language"), limit=1))
    assert result.total == 3
    assert [(c.value, c.count) for c in result.facets["section"]] == [("World", 2), ("Sport", 1)]
    assert found(engine, "", filters=Filters(sections=("world",), published_from=datetime(2026, 2, 1, tzinfo=UTC))) == [
        "a2"
    ]
    assert found(engine, "", filters=Filters(languages=("de",))) == ["a3"]


def test_a_story_is_found_by_the_agency_it_credits(engine: Engine) -> None:
    fill(engine, entry(1, "one", agencies=["AFP", "AP"]), entry(2, "two", agencies=["Anadolu"]), entry(3, "three"))
    assert set(found(engine, "", filters=Filters(agencies=("afp", "anadolu")))) == {"a1", "a2"}
    assert found(engine, "agency:ap") == ["a1"]
    result = engine.search(SearchRequest(facets=("agencies",)))
    assert {(count.value, count.count) for count in result.facets["agencies"]} == {
        ("AFP", 1),
        ("AP", 1),
        ("Anadolu", 1),
    }


def test_a_story_is_found_by_its_tags(engine: Engine) -> None:
    fill(engine, entry(1, "one", tags=["Gaza", "UN"]), entry(2, "two", tags=["gaza"]), entry(3, "three"))
    assert set(found(engine, "", filters=Filters(tags=("GAZA",)))) == {"a1", "a2"}
    result = engine.search(SearchRequest(facets=("tags",)))
    assert {(count.value, count.count) for count in result.facets["tags"]} == {("Gaza", 1), ("gaza", 1), ("UN", 1)}


def test_a_phrase_stays_within_one_value(engine: Engine) -> None:
    fill(engine, entry(1, "one", authors=["Ayşe Kaya", "Science Desk"]))
    assert found(engine, 'author:"ayşe kaya"') == ["a1"]
    assert found(engine, 'author:"kaya science"') == []
    assert found(engine, "author:(kaya science)") == ["a1"]


def test_blend_weighs_recency_against_relevance(engine: Engine) -> None:
    fill(
        engine,
        *(entry(number, f"noise {number}", text="something else") for number in range(10, 40)),
        entry(1, "Harbour strike", text="harbour strike " * 3, published_at="2020-01-05T10:00:00Z"),
        entry(2, "Harbour strike", text="harbour strike " * 3, published_at="2026-01-04T10:00:00Z"),
        entry(3, "Rain", text="a harbour, a strike, and rain " + "all day " * 40, published_at="2026-01-05T09:00:00Z"),
        entry(4, "Harbour strike", text="harbour strike " * 3),
    )
    now = datetime(2026, 1, 5, 10, tzinfo=UTC)
    request = SearchRequest(query=parse_query("harbour strike"), sort=Sort.BLEND, now=now, positions=True)
    hits = engine.search(request).hits
    assert [hit.id for hit in hits[:2]] == ["a2", "a3"]
    assert {hit.id for hit in hits[2:]} == {"a1", "a4"}
    assert all(hit.score for hit in hits)
    assert found(engine, "harbour strike")[3] == "a3"
    first = engine.search(replace(request, limit=2))
    rest = engine.search(replace(request, after=first.after))
    assert first.hits + rest.hits == hits


def test_what_edits_changed_and_took_away(engine: Engine) -> None:
    fill(
        engine,
        entry(
            1,
            "Fire in the port",
            text="Three are hurt.",
            changed=["title", "text", "silent"],
            former="No one is hurt.\n\nFire",
        ),
        entry(2, "No one is hurt in the port", text="Says the mayor, who left."),
        entry(3, "Mayor resigns", text="The mayor resigned.", changed=["text"], former="The mayor denies he resigns."),
    )
    assert found(engine, "changed:title") == ["a1"]
    assert set(found(engine, "changed:body")) == {"a1", "a3"}
    assert found(engine, "changed:body -changed:silent") == ["a3"]
    assert found(engine, 'removed:"no one is hurt"') == ["a1"]
    assert found(engine, "removed:fire") == []  # it still stands in the title
    assert found(engine, "removed:denies") == ["a3"]
    assert found(engine, "removed:(one OR denies) changed:silent") == ["a1"]
    assert set(found(engine, "port -removed:one")) == {"a2"}
    assert found(engine, '"one is hurt"') == ["a2"]  # what was taken away is found by removed: alone
    hit = engine.search(SearchRequest(query=parse_query("removed:den*"), highlight=True)).hits[0]
    assert hit.highlights == {"former": (f"The mayor {MARK_START}denies{MARK_END} he resigns.",)}


def test_what_publishers_removed_is_found_marked(engine: Engine) -> None:
    at = "2026-01-09T10:00:00Z"
    fill(
        engine,
        entry(1, "Port fire", state="live"),
        entry(2, "Port fire put out", state="removed", removed_at=at),
        entry(3, "Removed from the port", state="live"),
    )
    assert set(found(engine, "port")) == {"a1", "a2", "a3"}
    assert found(engine, "is:removed") == found(engine, "port is:removed") == ["a2"]
    assert set(found(engine, "port -is:removed")) == set(found(engine, "is:live")) == {"a1", "a3"}
    hits = {hit.id: hit for hit in engine.search(SearchRequest(query=parse_query("port fire"))).hits}
    assert hits["a2"].fields["removed_at"] == at
    assert "removed_at" not in hits["a1"].fields


def test_a_sieve_for_the_past_lets_earlier_versions_through(engine: Engine) -> None:
    fill(
        engine,
        entry(1, "Six hurt", former="Five hurt\n\nNo one died.", section="Local"),
        entry(2, "Market opens", text="No tent stands.", first_seen_at="2026-02-01T00:00:00Z"),
    )
    assert found(engine, "title:five", past=True) == ["a1"]
    assert found(engine, "six -hurt section:world died", past=True) == ["a1"]
    assert found(engine, '"no one died" OR market', past=True) == ["a1", "a2"]
    until = Filters(first_seen_until=datetime(2026, 1, 31, tzinfo=UTC))
    assert found(engine, "", filters=until, past=True) == ["a1"]


def test_sort_puts_undated_last(engine: Engine) -> None:
    fill(
        engine,
        entry(1, "one", published_at="2026-01-05T10:00:00Z"),
        entry(2, "two"),
        entry(3, "three", published_at="2026-02-05T10:00:00Z"),
    )
    assert found(engine, "", sort=Sort.NEWEST) == ["a3", "a1", "a2"]
    assert found(engine, "", sort=Sort.OLDEST) == ["a1", "a3", "a2"]


def test_pages_cover_everything_once(engine: Engine) -> None:
    fill(engine, *(entry(number, "same words here") for number in range(25)))
    pages = [found(engine, "words", offset=offset, limit=10) for offset in (0, 10, 20)]
    assert sorted(hit for page in pages for hit in page) == sorted(f"a{number}" for number in range(25))


@pytest.mark.parametrize("sort", list(Sort))
def test_positions_lead_through_everything_once(engine: Engine, sort: Sort) -> None:
    dates = [None, None, None, *("2026-01-05" for _ in range(6)), *("2026-02-05" for _ in range(6)), "2026-03-05"]
    fill(
        engine,
        *(
            entry(
                number,
                "same words here" + " more" * (number % 3),
                **({"published_at": f"{day}T10:00:00Z"} if day else {}),
            )
            for number, day in enumerate(dates)
        ),
    )
    for first_offset in (0, 4):
        whole = found(engine, "words", sort=sort, limit=50)
        seen: list[str] = whole[:first_offset]
        request = SearchRequest(query=parse_query("words"), sort=sort, limit=4, offset=first_offset, positions=True)
        while (result := engine.search(request)).hits:
            assert result.total == len(dates)
            seen += [hit.id for hit in result.hits]
            request = replace(request, offset=0, after=result.after)
        assert seen == whole
        assert len(set(seen)) == len(dates)


def test_the_timeline_counts_between_its_edges(engine: Engine) -> None:
    days = ("2025-12-31T23:59:59Z", "2026-01-01T00:00:00Z", "2026-01-31T12:00:00Z", "2026-03-01T00:00:00Z")
    fill(engine, entry(9, "undated words"), *(entry(n, "dated words", published_at=day) for n, day in enumerate(days)))
    edges = tuple(datetime(2026, month, 1, tzinfo=UTC) for month in (1, 2, 3, 4))
    result = engine.search(SearchRequest(query=parse_query("words"), limit=0, span=True, timeline=edges))
    assert result.timeline == (2, 0, 1)
    assert result.span == (datetime.fromisoformat(days[0]), datetime.fromisoformat(days[-1]))
    assert engine.search(SearchRequest(query=parse_query("undated"), span=True)).span is None


def test_the_text_comes_when_asked_for(engine: Engine) -> None:
    fill(engine, entry(1, "one", "The body."))
    assert engine.search(SearchRequest(with_text=True)).hits[0].fields["text"] == "The body."
    assert "text" not in engine.search(SearchRequest()).hits[0].fields


def test_dates_in_the_query(engine: Engine) -> None:
    fill(
        engine,
        entry(1, "old", published_at="2021-12-31T23:00:00Z"),
        entry(2, "new", published_at="2022-01-01T00:00:00Z"),
    )
    fill(engine, entry(3, "undated"))
    now = datetime(2022, 1, 2, tzinfo=UTC)
    for query, ids in (
        ("after:2022", ["a2"]),
        ("before:2022", ["a1"]),
        ("last:1d", ["a2"]),
        ("-after:2022", ["a1", "a3"]),
    ):
        asked = SearchRequest(query=parse_query(query, now=now), limit=10)
        assert sorted(hit.id for hit in engine.search(asked).hits) == ids, query


HOSTILE = [
    "*foo",
    "/(a+)+$/",
    " ".join(f"wrd{number}~2" for number in range(50)),
    " OR ".join("clause" for _ in range(10_000)),
    "a:b AND _id:*",
    "((((((((((((((((((((((((((((((((((((((((((((((((((((((((((",
    '"' * 300,
    "a* b* c* d* e* f* ab* cd* ef* gh* ij* kl* mn* op* qr* st*",
    '"a b c d e f g h"~50 ' * 20,
    "-" * 500,
    "\0\ud800 title:(author:(x:",
    "NOT NOT NOT",
    "last:99999y after:9999-12-31",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_queries_are_answered(engine: Engine, text: str) -> None:
    fill(engine, entry(1, "clause and foo", published_at="2022-01-01T00:00:00Z"))
    request = SearchRequest(query=parse_query(text, now=datetime(2022, 1, 2, tzinfo=UTC)), highlight=True)
    started = process_time()
    engine.search(request)
    assert process_time() - started < 1  # CPU of this process, far above what any of them needs


def test_highlights_mark_the_word(engine: Engine) -> None:
    fill(engine, entry(1, "Peace talks begin", "Delegates met. The talks last two days."))
    hit = engine.search(SearchRequest(query=parse_query("talks"), highlight=True)).hits[0]
    assert hit.highlights["title"] == ("Peace \ue000talks\ue001 begin",)
    assert "\ue000talks\ue001" in hit.highlights["text"][0]


@pytest.mark.parametrize(
    ("language", "text", "query"),
    [
        ("tr", "İSTANBUL'da toplantı", "istanbul"),
        ("de", "Die Häuser am Hafen", "haus"),
        ("fr", "L'homme de l'année", "homme"),
        ("ja", "東京都知事選挙", "都知事"),
        ("ar", "المفاوضات في طهران", "المفاوضات"),
    ],
)
def test_languages(engine: Engine, language: str, text: str, query: str) -> None:
    fill(engine, entry(1, text, language=language), entry(2, "something else"))
    assert found(engine, query) == ["a1"]


def test_a_word_whose_stem_is_a_stop_word_elsewhere_finds_no_stop_words(engine: Engine) -> None:
    fill(
        engine,
        entry(1, "The sea rises"),
        entry(2, "Elle se compose", language="fr"),
        entry(3, "Sea, sex", language="fr"),
    )
    assert sorted(found(engine, "sea")) == ["a1", "a3"]


def test_the_newest_revision_wins_in_any_order(engine: Engine) -> None:
    fill(engine, entry(1, "second", revision=2))
    assert engine.write([entry(1, "first", revision=1)])[0].status is WriteStatus.SUPERSEDED
    assert engine.write([entry(1, "second", revision=2)])[0].status is WriteStatus.SUPERSEDED
    engine.refresh()
    assert found(engine, "second") == ["a1"]

    engine.write([IndexEntry(id="a1", revision=3, document=None)])
    assert engine.write([entry(1, "second", revision=2)])[0].status is WriteStatus.SUPERSEDED
    engine.refresh()
    assert engine.count() == 0
    assert engine.revisions(["a1"]) == {}


def test_a_rejected_document_leaves_its_neighbours(engine: Engine) -> None:
    results = engine.write([entry(1, "good"), entry(2, "bad", version="many"), entry(3, "good too")])
    assert [r.status for r in results] == [WriteStatus.INDEXED, WriteStatus.REJECTED, WriteStatus.INDEXED]
    assert "version" in (results[1].reason or "")


def test_a_build_is_unseen_until_promoted(engine: Engine) -> None:
    fill(engine, entry(1, "old"))
    build = engine.start_build()
    build.write([entry(1, "new", revision=2), entry(2, "new")])
    assert build.count() == 2
    assert found(engine, "new") == []
    build.promote()
    assert sorted(found(engine, "new")) == ["a1", "a2"]
    assert found(engine, "old") == []

    other = engine.start_build()
    other.write([entry(9, "never")])
    other.discard()
    assert engine.count() == 2


def test_an_index_tells_how_it_lies_on_disk(engine: Engine) -> None:
    fill(engine, entry(1, "one"), entry(2, "two"), entry(3, "three"))
    engine.write([IndexEntry(id="a3", revision=2, document=None)])
    status = engine.status()
    assert (status.documents, status.removed_marks, status.shards) == (2, 1, 1)
    assert status.size_bytes > 0
    assert status.segments >= 1
    assert status.matches_fields
    assert status.advice is None


def test_reopened_it_holds_the_same(engine: Engine, settings: EngineSettings, tmp_path: Path) -> None:
    fill(engine, entry(1, "kept"))
    engine.close()
    again = make_engine(settings, folder=tmp_path)
    again.open()
    assert found(again, "kept") == ["a1"]
    assert again.matches_fields()
    assert again.health().ok
    again.close()


def copy(number: int, title: str, *, cluster: int, standing: int, **fields: Any) -> IndexEntry:
    """One of several copies; those of a lower number are earlier."""
    placed = {"cluster": cluster, "standing": standing, "seniority": (1 << 52) + number}
    return entry(number, title, **placed, published_at=f"2026-01-{number + 1:02}T10:00:00Z", **fields)


def fill_with_copies(engine: Engine) -> None:
    fill(
        engine,
        copy(1, "ferry sinks", cluster=7, standing=0, source="wire", section="World"),
        copy(2, "ferry sinks", cluster=7, standing=1, source="daily", section="Sea"),
        copy(3, "ferry sinks today", cluster=7, standing=2, source="daily", section="Sea"),
        copy(4, "ferry sinks", cluster=7, standing=1, source="post", section="World"),
        copy(5, "ferry docks", cluster=8, standing=0, source="daily", section="Sea"),
        copy(6, "ferry docks", cluster=8, standing=1, source="wire", section="Sea"),
        entry(7, "ferry builders strike", published_at="2026-01-08T10:00:00Z", source="wire", section="World"),
    )


@pytest.mark.parametrize(
    ("query", "filters", "ids"),
    [
        ("", Filters(), {"a1", "a5", "a7"}),
        ("ferry", Filters(), {"a1", "a5", "a7"}),
        ("today", Filters(), {"a3"}),  # only a later copy matches
        ("ferry", Filters(sources=("daily",)), {"a2", "a5"}),
        ("ferry", Filters(sources=("daily", "post")), {"a2", "a5"}),
        ("", Filters(sources=("post",)), {"a4"}),
        ("ferry", Filters(sections=("sea",)), {"a2", "a5"}),
        ("", Filters(published_from=datetime(2026, 1, 4, tzinfo=UTC)), {"a3", "a5", "a7"}),
        ("ferry -docks", Filters(sources=("wire",)), {"a1", "a7"}),
    ],
)
def test_of_copies_that_match_the_earliest_is_found(
    engine: Engine, query: str, filters: Filters, ids: set[str]
) -> None:
    fill_with_copies(engine)
    request = SearchRequest(query=parse_query(query), filters=filters, collapse=True, facets=("source",))
    result = engine.search(request)
    assert {hit.id for hit in result.hits} == ids
    assert result.total == sum(count.count for count in result.facets["source"]) == len(ids)


def test_copies_are_found_when_they_are_asked_for(engine: Engine) -> None:
    fill_with_copies(engine)
    result = engine.search(SearchRequest(query=parse_query("ferry")))
    assert result.total == len(result.hits) == 7
    assert {hit.id for hit in result.hits if hit.fields.get("cluster") == 7} == {"a1", "a2", "a3", "a4"}


@pytest.mark.parametrize("sort", list(Sort))
def test_positions_lead_past_copies(engine: Engine, sort: Sort) -> None:
    for cluster in range(12):
        copies = (copy(cluster * 2 + part, "same words", cluster=cluster, standing=part, source="b") for part in (0, 1))
        fill(engine, *copies)
    request = SearchRequest(query=parse_query("words"), sort=sort, limit=5, positions=True, collapse=True)
    seen: list[str] = []
    while (result := engine.search(request)).hits:
        assert result.total == 12
        seen += [hit.id for hit in result.hits]
        request = replace(request, after=result.after)
    assert sorted(seen) == sorted(f"a{number}" for number in range(0, 24, 2))


@pytest.mark.parametrize(("filters", "ids"), [(Filters(), {"a0"}), (Filters(sources=("b",)), {"a1"})])
def test_more_copies_than_are_looked_at_leave_no_story_out(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, filters: Filters, ids: set[str]
) -> None:
    for engines in ("embedded", "elasticsearch"):
        monkeypatch.setattr(f"indexer.engines.{engines}_collapsing.MAX_MEMBERS", 1)
    sources = ("a", "b", "b", "b")
    standings = (0, 1, 2, 2)
    rows = enumerate(zip(sources, standings, strict=True))
    fill(engine, *(copy(n, "words", cluster=1, standing=standing, source=source) for n, (source, standing) in rows))
    request = SearchRequest(query=parse_query("words"), filters=filters, collapse=True)
    assert {hit.id for hit in engine.search(request).hits} == ids
