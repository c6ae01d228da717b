"""A URL that fails is told with its reason and with what to do."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cli.source_words import failure_words, refused_words
from news.advice import advice_on
from news.fetch import SUCCESSES, Outcome, UrlKind
from store.views import FailureView, RefusedView


def test_a_failure_says_why_how_often_when_again_and_what_to_do() -> None:
    failure = FailureView(
        url="https://paper.example/feed",
        source_id="paper",
        kind=UrlKind.FEED,
        outcome="parse_failed",
        detail="no XML element in it",
        failure_count=2,
        since_at=datetime(2026, 11, 25, 8, 0, tzinfo=UTC),
        next_due_at=datetime(2026, 11, 26, 19, 5, tzinfo=UTC),
    )
    assert failure_words(failure, UTC) == (
        "https://paper.example/feed: parse failed (no XML element in it); 2 times in a row since 2026-11-25 08:00; "
        "tried again 2026-11-26 19:05; it has to be a feed or sitemap: mend the address in the source's file"
    )


def test_addresses_that_are_refused_say_why_with_one_of_them_and_what_to_do() -> None:
    detail = "redirected to https://paper.example/1, outside the source's hosts"
    refused = RefusedView(outcome="out_of_scope", count=2, url="https://feeds.example/1", detail=detail)
    assert refused_words(refused) == (
        f"2 URLs, out of scope, such as https://feeds.example/1 ({detail}); "
        "add that host to hosts in the source's file if the source's pages lie there"
    )


NO_FAILURES = [*sorted(SUCCESSES), Outcome.NOT_ARTICLE, "", "of_tomorrow"]


@pytest.mark.parametrize("outcome", NO_FAILURES)
def test_what_is_no_failure_has_no_advice(outcome: str) -> None:
    assert advice_on(outcome, UrlKind.ARTICLE) == advice_on(outcome, UrlKind.FEED) == ""


@pytest.mark.parametrize("outcome", [Outcome.ROBOTS_REFUSED, Outcome.BLOCKED_PRIVATE, Outcome.BLOCKED_SCHEME])
def test_a_document_that_is_refused_is_something_to_see_to_and_an_article_is_not(outcome: str) -> None:
    assert advice_on(outcome, UrlKind.FEED)
    assert not advice_on(outcome, UrlKind.ARTICLE)


def test_an_articles_address_is_nowhere_to_be_mended() -> None:
    for outcome in (Outcome.GONE, Outcome.REDIRECT_LOOP):
        assert "mend the address" in advice_on(outcome, UrlKind.SITEMAP)
        assert "mend" not in advice_on(outcome, UrlKind.ARTICLE)
