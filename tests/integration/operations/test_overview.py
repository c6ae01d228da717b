"""The figures of all sources at once. Runs on both databases."""

from __future__ import annotations

from news.crawl_ends import FinishReason
from news.fetch import Outcome, UrlKind, UrlState
from news.triggers import Trigger
from store.figures.overview import Totals
from store.records import NewUrl
from store.service import Store
from tests.support.stores import NOW, add_urls, after, fetch_story, make_result, make_story, take

A, B, C = (f"https://paper.example/{name}" for name in "abc")


def test_each_source_has_its_own_figures(store: Store) -> None:
    fetch_story(store, A, make_story("One"), next_due_at=after(days=1))
    add_urls(store, B, C)
    failed = next(row for row in take(store, 1) if row.url == B)
    failing = {"outcome": Outcome.TIMEOUT, "state": UrlState.FAILING, "next_due_at": after(minutes=2)}
    store.saver.save([make_result(failed, **failing)])
    store.frontier.release(1)
    figures = store.overview.sources(["paper", "quiet"], now=NOW)
    paper, quiet = figures["paper"], figures["quiet"]
    assert (paper.articles, paper.due, paper.failing, paper.next_due_at) == (1, 1, 1, NOW)
    assert (quiet.articles, quiet.due, quiet.failing, quiet.next_due_at, quiet.last_run) == (0, 0, 0, None, None)
    assert store.overview.totals() == Totals(articles=1, versions=1, urls=3)
    assert store.overview.sources([], now=NOW) == {}


def test_of_what_fails_the_articles_that_are_gone_are_told_apart(store: Store) -> None:
    add_urls(store, A, B)
    add_urls(store, C, kind=UrlKind.FEED)
    for url, outcome in ((A, Outcome.GONE), (B, Outcome.TIMEOUT), (C, Outcome.GONE)):
        row = store.frontier.row_at(url)
        assert row is not None
        store.saver.save([make_result(row, outcome=outcome, state=UrlState.FAILING)])
    paper = store.overview.sources(["paper"], now=NOW)["paper"]
    assert (paper.failing, paper.gone) == (3, 1)  # a feed that is gone has to be mended


def test_a_failing_document_is_told_with_the_first_failure_after_its_last_answer(store: Store) -> None:
    store.frontier.add([NewUrl(url=A, kind=UrlKind.FEED)], source_id="paper", found_on=None, now=NOW)
    failing = {"outcome": Outcome.TIMEOUT, "state": UrlState.FAILING}
    well = {"outcome": Outcome.DISCOVERED, "state": UrlState.FETCHED}
    for day, ended in enumerate((failing, well, failing, failing)):
        (row,) = take(store, 1, at=after(days=day))
        store.saver.save([make_result(row, fetched_at=after(days=day), next_due_at=after(days=day + 1), **ended)])
    paper = store.overview.sources(["paper"], now=NOW)["paper"]
    assert (paper.failing_documents, paper.documents_failing_since) == (1, after(days=2))
    (failure,) = store.activity.failures(limit=5)
    assert (failure.failure_count, failure.since_at) == (2, after(days=2))


def test_the_last_crawl_that_ended_well_is_told_apart_from_the_last(store: Store) -> None:
    good = store.runs.start("paper", Trigger.SCHEDULE, now=NOW)
    store.runs.finish(good, reason=FinishReason.FINISHED, counts={"unchanged": 2}, now=after(minutes=1))
    bad = store.runs.start("paper", Trigger.SCHEDULE, now=after(minutes=10))
    store.runs.finish(bad, reason=FinishReason.FAILED, counts={}, now=after(minutes=11))
    paper = store.overview.sources(["paper"], now=NOW)["paper"]
    assert paper.last_run is not None
    assert (paper.last_run.id, paper.last_success_at) == (bad, after(minutes=1))


def test_crawls_after_one_and_some_before(store: Store) -> None:
    assert store.overview.newest_run_id() == 0
    first, second, third = (store.runs.start("paper", Trigger.SCHEDULE, now=after(minutes=n)) for n in range(3))
    assert store.overview.newest_run_id() == third
    assert [run.id for run in store.overview.runs_after(second)] == [third]
    assert [run.id for run in store.overview.runs_after(second, also=[first])] == [first, third]


def test_a_source_is_silent_when_nothing_came_for_far_longer_than_between_its_articles(store: Store) -> None:
    for number in range(20):
        story = make_story(f"Story {number}", published_at=after(days=-number))
        fetch_story(store, f"https://paper.example/{number}", story, at=after(days=-number))
    never_crawled = store.overview.sources(["paper"], now=after(days=4))["paper"]
    assert never_crawled.silent_since is None, "nobody looked for news of it: it came from archives"
    store.runs.start("paper", Trigger.SCHEDULE, now=NOW)
    for days, silent_since in ((3, None), (4, NOW)):
        figures = store.overview.sources(["paper", "quiet"], now=after(days=days))
        assert (figures["paper"].silent_since, figures["quiet"].silent_since) == (silent_since, None)


def test_a_feed_that_is_refused_is_told_among_those_that_fail_and_a_refused_article_is_not(store: Store) -> None:
    sitemaps = [NewUrl(url=each, kind=UrlKind.SITEMAP, depth=depth) for depth, each in enumerate((f"{A}/robots", B))]
    store.frontier.add([NewUrl(url=A, kind=UrlKind.FEED), *sitemaps], source_id="paper", found_on=None, now=NOW)
    add_urls(store, C)
    refused = {"outcome": Outcome.ROBOTS_REFUSED, "state": UrlState.REFUSED, "next_due_at": after(days=7)}
    store.saver.save([make_result(row, **refused) for row in take(store, 1)])
    assert store.overview.sources(["paper"], now=NOW)["paper"].failing_documents == 1
    assert [(each.url, each.outcome) for each in store.activity.failures(limit=5)] == [(A, "robots_refused")]
