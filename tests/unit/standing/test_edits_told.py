"""An alert about an edit says what was edited and what is no longer there."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from news.standing import Match, StandingSearch
from news.versions.edits import Edits
from search.standing.matches import ShownMatch, shown_match
from store.records import StoredArticle
from store.standing.matches import MatchedArticle
from tests.support.newsroom import START, story

NOW = datetime(2026, 11, 29, 9, 30, tzinfo=UTC)
EDITS = Edits(
    changed=("title", "dek", "text", "silent"),
    former=("Five hurt <b>", "No one died."),
    latest=("title", "text", "silent"),
)


def told(query: str, edits: Edits = EDITS, removed_at: datetime | None = None) -> ShownMatch:
    article = story("Six hurt", "Six were hurt in the port.")
    stored = StoredArticle(
        id="a1",
        source_id="gazette",
        url=article.url,
        version=2,
        revision=2,
        first_seen_at=NOW,
        fetched_at=NOW,
        article=article,
        edits=edits,
        removed_at=removed_at,
    )
    search = StandingSearch(id="s1", name="Edits", query=query, created_at=NOW)
    match = Match(search_id="s1", article_id="a1", version=2, matched_at=NOW)
    return shown_match(search, MatchedArticle(match=match, stored=stored), {})


@pytest.mark.parametrize("query", ["changed:title", "hurt edited:1d", 'removed:"no one died"', "is:edited"])
def test_searches_for_edits_tell_what_was_edited(query: str) -> None:
    match = told(query)
    assert match.summary.startswith("Edited silently: headline and text. No longer there: Five hurt <b> … No one died.")
    assert "No longer there: Five hurt &lt;b&gt; … No one died." in match.summary_html
    assert match.changed == ("title", "text", "silent")
    assert (match.urn, match.news_at) == ("urn:newsdex:a1:2", NOW)
    assert match.page_path == "/articles/a1?version=2&changes=true"


def test_searches_for_removals_tell_that_it_was_removed() -> None:
    match = told("hurt is:removed", Edits(), removed_at=NOW)
    assert match.summary == "Removed by its publisher. Six were hurt in the port."
    assert match.summary_html == "Removed by its publisher. Six were <mark>hurt</mark> in the port."
    assert (match.urn, match.news_at) == ("urn:newsdex:a1", NOW)
    assert told("hurt", Edits(), removed_at=NOW).news_at == START


def test_other_searches_tell_the_passages_that_match() -> None:
    assert told("hurt").summary == "Six were hurt in the port."
    assert (told("hurt").urn, told("hurt").news_at) == ("urn:newsdex:a1", START)
    assert told("hurt").page_path == "/articles/a1"
    assert told("hurt").summary_html == "Six were <mark>hurt</mark> in the port."
    assert told("is:edited OR hurt", Edits()).summary == "Six were hurt in the port."
