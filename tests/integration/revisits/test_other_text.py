"""A page that shows another text altogether is an edit when it stays, and none while most pages of the site show it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from news.fetch import Outcome
from news.revisits.due import DOUBTED_INTERVAL
from news.source import Source
from store.service import Store
from tests.support.documents import article_html
from tests.support.publisher import Publisher
from tests.support.sites import TEXT, stories
from tests.support.stores import NOW, Place
from tests.support.timed_crawl import TimedCrawl

APOLOGY = ["We’re performing some maintenance at the moment, and all of it will soon be here again as it was before."]
BACK_SOON = article_html("A word to readers", APOLOGY, published="")
PATIENCE = "We ask all of our readers for a little patience, and thank them for reading us on these pages every day."
BACK_LATER = article_html("A word to readers", [*APOLOGY, PATIENCE, "Our colleagues go on meanwhile."], published="")
FAIR = ("Harvest fair opens early", ["Apples and cider were brought from every farm of the valley today."])


@pytest.fixture
def place(sqlite_place: Place) -> Place:
    return sqlite_place


def test_other_texts_are_taken_when_they_stay_and_none_of_a_site_that_is_down(
    store: Store, publisher: Publisher
) -> None:
    source = Source(id="paper", name="Paper", home_url=f"{publisher.url}/", hosts=("127.0.0.1",))
    urls = [item.link for item in stories(publisher, 5)]
    paths = [url.removeprefix(publisher.url) for url in urls]
    now = NOW
    with TimedCrawl(store, source, publisher.url) as crawl:

        def look() -> list[Outcome]:
            for url in urls:
                store.frontier.request(url, source_id="paper", now=now)
            return sorted(saved.outcome for _, saved in crawl.visit_due(now))

        crawl.find(urls, now=now)
        assert look() == [Outcome.NEW_ARTICLE] * 5
        for path in paths:
            publisher.page(path, BACK_SOON)
        for _ in range(3):
            now += timedelta(hours=2)
            assert look() == [Outcome.NOT_ARTICLE] * 5
        stories(publisher, 5)
        now += timedelta(hours=2)
        assert look() == [Outcome.UNCHANGED] * 5

        publisher.page(paths[0], article_html(*FAIR, published=""))
        now += timedelta(hours=2)
        assert look() == [Outcome.NOT_ARTICLE, *[Outcome.NOT_MODIFIED] * 4]
        held = store.frontier.find(urls[0])
        assert held is not None
        assert (held.last_detail, held.next_due_at) == (
            "other_text: asked again whether it stays",
            now + DOUBTED_INTERVAL,
        )
        now += DOUBTED_INTERVAL
        assert look() == [Outcome.NEW_VERSION, *[Outcome.NOT_MODIFIED] * 4]


def test_another_text_that_says_it_is_the_story_is_an_edit_at_once(store: Store, publisher: Publisher) -> None:
    source = Source(id="paper", name="Paper", home_url=f"{publisher.url}/", hosts=("127.0.0.1",))
    path = "/world/the-lock-keepers-story-1"
    url = publisher.page(path, article_html("The lock keepers", TEXT))
    with TimedCrawl(store, source, publisher.url) as crawl:
        crawl.find([url], now=NOW)
        (first,) = crawl.visit_due(NOW)
        publisher.page(path, article_html(*FAIR))
        store.frontier.request(url, source_id="paper", now=NOW + timedelta(hours=2))
        (second,) = crawl.visit_due(NOW + timedelta(hours=2))
    assert [saved.outcome for _, saved in (first, second)] == [Outcome.NEW_ARTICLE, Outcome.NEW_VERSION]


def test_addresses_first_met_while_a_site_is_down_become_articles_when_it_is_back(
    store: Store, publisher: Publisher
) -> None:
    source = Source(id="paper", name="Paper", home_url=f"{publisher.url}/", hosts=("127.0.0.1",))
    new = [item.link for item in stories(publisher, 4)]
    now = NOW
    with TimedCrawl(store, source, publisher.url) as crawl:

        def look() -> list[Outcome]:
            return [saved.outcome for _, saved in crawl.visit_due(now)]

        for url in new:
            publisher.page(url.removeprefix(publisher.url), BACK_SOON)
        crawl.find(new[:2], now=now)
        assert look() == [Outcome.NEW_ARTICLE, Outcome.NOT_ARTICLE]  # nothing tells of the first what it is
        crawl.find(new, now=now)
        assert look() == [Outcome.NOT_ARTICLE] * 2
        held = store.frontier.find(new[1])
        assert held is not None
        detail = "other_text: another address of this source shows it too, asked again whether it stays"
        assert (held.last_detail, held.next_due_at) == (detail, now + DOUBTED_INTERVAL)
        for _ in range(3):
            now += DOUBTED_INTERVAL
            assert {saved.outcome for row, saved in crawl.visit_due(now) if row.url in new[1:]} == {Outcome.NOT_ARTICLE}
        stories(publisher, 4)
        now += DOUBTED_INTERVAL
        again = [saved for row, saved in crawl.visit_due(now) if row.url in new[1:]]
    assert [(saved.outcome, saved.version) for saved in again] == [(Outcome.NEW_ARTICLE, 1)] * 3


def test_one_text_at_two_addresses_is_taken_at_the_second_look_or_at_once_where_they_name_themselves(
    store: Store, publisher: Publisher
) -> None:
    source = Source(id="paper", name="Paper", home_url=f"{publisher.url}/", hosts=("127.0.0.1",))
    pages = [article_html("The lock keepers", TEXT, published="")] * 2
    named = ["/world/named-story-3", "/world/named-story-4"]
    pages += [
        article_html(*FAIR, published="").replace("<head>", f'<head><link rel="canonical" href="{path}">')
        for path in named
    ]
    paths = ["/world/the-story-1", "/world/the-story-2", *named]
    urls = [publisher.page(path, page) for path, page in zip(paths, pages, strict=True)]
    with TimedCrawl(store, source, publisher.url) as crawl:
        crawl.find(urls, now=NOW)
        first = [saved.outcome for _, saved in crawl.visit_due(NOW)]
        (second,) = [saved.outcome for row, saved in crawl.visit_due(NOW + DOUBTED_INTERVAL) if row.url == urls[1]]
    new = Outcome.NEW_ARTICLE
    assert [*first, second] == [new, Outcome.NOT_ARTICLE, new, new, new]


@pytest.mark.parametrize("is_redirected", [True, False])
def test_a_page_that_tells_nothing_of_its_entry_is_no_article_at_first(
    store: Store, publisher: Publisher, is_redirected: bool
) -> None:
    source = Source(id="paper", name="Paper", home_url=f"{publisher.url}/", hosts=("127.0.0.1",))
    path = "/world/the-lock-keepers-story-1"
    url = publisher.page(path, BACK_LATER)
    if is_redirected:
        publisher.page("/back-soon", BACK_LATER)
        publisher.redirect(path, "/back-soon")
    with TimedCrawl(store, source, publisher.url) as crawl:
        crawl.find([url], now=NOW, title="Lock keepers of the canal retire")
        ((_, first),) = crawl.visit_due(NOW)
        publisher.page(path, article_html("The lock keepers", TEXT, published=""))
        ((_, second),) = crawl.visit_due(NOW + DOUBTED_INTERVAL)
    assert (first.outcome, second.outcome, second.version) == (Outcome.NOT_ARTICLE, Outcome.NEW_ARTICLE, 1)


def test_where_a_story_was_led_to_while_its_site_was_down_is_no_address_of_it_afterwards(
    store: Store, publisher: Publisher
) -> None:
    source = Source(id="paper", name="Paper", home_url=f"{publisher.url}/", hosts=("127.0.0.1",))
    publisher.page("/back-soon", BACK_LATER)
    paths = ["/world/the-lock-keepers-story-1", "/world/the-fair-story-2"]
    now, outcomes = NOW, []
    with TimedCrawl(store, source, publisher.url) as crawl:

        def look(path: str) -> Outcome:
            nonlocal now
            now += timedelta(days=2)
            store.frontier.request(f"{publisher.url}{path}", source_id="paper", now=now)
            return next(saved.outcome for row, saved in crawl.visit_due(now) if row.url.endswith(path))

        for path, story in zip(paths, [("The lock keepers", TEXT), FAIR], strict=True):
            publisher.redirect(path, "/back-soon")
            crawl.find([f"{publisher.url}{path}"], now=now)
            outcomes += [look(path), look(path)]  # nothing shows that the site is down: it has no other page
            publisher.page(path, article_html(*story, published=""))
            outcomes += [look(path), look(path)]
    lock, fair, back = (store.articles.id_at(f"{publisher.url}{path}") for path in (*paths, "/back-soon"))
    doubted = Outcome.NOT_ARTICLE
    assert outcomes == [doubted, Outcome.NEW_ARTICLE, doubted, Outcome.NEW_VERSION] * 2
    assert lock is not None
    assert fair is not None
    assert lock != fair
    assert back is None
