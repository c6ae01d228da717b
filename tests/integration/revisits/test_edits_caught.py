"""Edits are caught by the next due revisit, and furniture that changes at each fetch is no edit."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from news.fetch import Outcome
from news.source import Source
from store.service import Store
from tests.support.furniture import FurnishedSite
from tests.support.publisher import Publisher
from tests.support.replay_site import ReplaySite
from tests.support.stores import NOW, Place
from tests.support.timed_crawl import TimedCrawl

ARTICLES = 100
STEP = timedelta(minutes=30)
DAYS = 3
MOST_FALSE_EDITS = 0.01


@pytest.fixture
def place(sqlite_place: Place) -> Place:
    return sqlite_place


@pytest.fixture
def edited_site(tmp_path: Path) -> Iterator[ReplaySite]:
    """A site of 100 articles cycling 20 small pages."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    furnished = FurnishedSite()
    for number in range(20):
        (corpus / f"{number:02d}.html").write_text(furnished.page(number), encoding="utf-8")
    with ReplaySite(corpus, articles=ARTICLES) as started:
        yield started


def followed(store: Store, url: str) -> TimedCrawl:
    source = Source(id="paper", name="Furnished Post", home_url=f"{url}/", hosts=("127.0.0.1",))
    return TimedCrawl(store, source, url)


def test_every_scripted_edit_is_caught_by_the_next_due_revisit(store: Store, edited_site: ReplaySite) -> None:
    urls = edited_site.article_urls()
    with followed(store, edited_site.url) as crawl:
        follow_edits(store, edited_site, crawl, urls)


def follow_edits(store: Store, edited_site: ReplaySite, crawl: TimedCrawl, urls: list[str]) -> None:
    """Visit what is due, step by step, while every article is edited once at a moment of its own."""
    crawl.find(urls, now=NOW)
    first = crawl.visit_due(NOW)
    assert Counter(saved.outcome for _, saved in first) == {Outcome.NEW_ARTICLE: ARTICLES}

    draw = random.Random(6)
    edits = {number: NOW + timedelta(minutes=draw.uniform(1, DAYS * 24 * 60)) for number in range(ARTICLES)}
    waiting: dict[str, datetime] = {}  # edited and not visited since
    found: Counter[str] = Counter()
    now = NOW
    while now < NOW + timedelta(days=DAYS + 30) and (waiting or edits):
        now += STEP if edits else timedelta(hours=12)
        for number in [number for number, at in edits.items() if at <= now]:
            edited_site.revise(number)
            waiting[urls[number]] = edits.pop(number)
        for row, saved in crawl.visit_due(now):
            expected = Outcome.NEW_VERSION if waiting.pop(row.url, None) else Outcome.NOT_MODIFIED
            assert saved.outcome is expected, row.url
            found[saved.outcome] += 1
    assert not waiting
    assert found[Outcome.NEW_VERSION] == ARTICLES
    assert store.counts(now=now).versions == 2 * ARTICLES


@pytest.mark.parametrize(
    "page_count", [pytest.param(100, id="100"), pytest.param(1000, id="1000", marks=pytest.mark.slow)]
)
def test_furniture_that_changes_at_each_fetch_is_no_edit(store: Store, publisher: Publisher, page_count: int) -> None:
    site = FurnishedSite(seed=5)
    urls = [publisher.route(f"/news/{number}", serving(site, number)) for number in range(page_count)]
    with followed(store, publisher.url) as crawl:
        visit_furnished(store, site, crawl, urls)


def visit_furnished(store: Store, site: FurnishedSite, crawl: TimedCrawl, urls: list[str]) -> None:
    """Visit every page three times, then once more with one of them edited."""
    page_count = len(urls)
    crawl.find(urls, now=NOW)
    outcomes = [visit_all(crawl, NOW + timedelta(days=40 * visit), page_count) for visit in range(3)]
    assert outcomes[0] == {Outcome.NEW_ARTICLE: page_count}
    for later in outcomes[1:]:
        assert later.total() == page_count
        assert later[Outcome.NEW_VERSION] <= MOST_FALSE_EDITS * page_count, later

    site.edit(7)  # the counter-proof: an edit among the same furniture is seen
    edited = visit_all(crawl, NOW + timedelta(days=160), page_count)
    assert edited[Outcome.NEW_VERSION] - 1 <= MOST_FALSE_EDITS * page_count
    view = store.articles.get(store.articles.id_at(urls[7]) or "")
    assert view is not None
    assert "statement number 1" in view.stored.article.text


def visit_all(crawl: TimedCrawl, now: datetime, page_count: int) -> Counter[Outcome]:
    """Visit until nothing is due any more."""
    outcomes: Counter[Outcome] = Counter()
    while visited := crawl.visit_due(now):
        outcomes.update(saved.outcome for _, saved in visited)
        assert outcomes.total() <= page_count
    return outcomes


def serving(site: FurnishedSite, number: int) -> Callable[..., None]:
    """Answers with the page as it is at that moment, without validators."""
    return lambda handler: handler.reply(
        200, site.page(number).encode(), {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store"}
    )
