"""What is filtered, counted, marked and given back of an article's fields, on every engine."""

from __future__ import annotations

from datetime import UTC, datetime

from indexer.engine import Engine
from news.index import MARK_END, MARK_START, Filters, SearchRequest
from news.query.parser import parse_query
from tests.support.engine_contract import entry, fill, found


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


def test_edits_of_a_span_of_time(engine: Engine) -> None:
    early, late = "2026-01-05T10:00:00Z", "2026-02-05T10:00:00Z"
    fill(
        engine,
        entry(1, "one", changed=["title"], published_at=early, fetched_at=late),
        entry(2, "two", changed=["text", "silent"], published_at=early, fetched_at=early),
        entry(3, "three", published_at=late, fetched_at=late),
    )
    assert found(engine, "edited:2026-02") == ["a1"]
    assert found(engine, "edited:..2026-01") == ["a2"]
    assert set(found(engine, "is:edited")) == {"a1", "a2"}
    assert set(found(engine, "-edited:2026-02")) == {"a2", "a3"}


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


def test_highlights_mark_the_word(engine: Engine) -> None:
    fill(engine, entry(1, "Peace talks begin", "Delegates met. The talks last two days."))
    hit = engine.search(SearchRequest(query=parse_query("talks"), highlight=True)).hits[0]
    assert hit.highlights["title"] == ("Peace \ue000talks\ue001 begin",)
    assert "\ue000talks\ue001" in hit.highlights["text"][0]
