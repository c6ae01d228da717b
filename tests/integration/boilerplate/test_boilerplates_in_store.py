"""Boilerplate is learned in the transaction that saves the fetches. Runs on both databases."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, ParamSpec, TypeVar

import pytest

from config.settings import ExtractionSettings
from crawler.answered.rereading import Rereader
from crawler.reading.pool import ReadingPool
from news.boilerplate import KEPT, Boilerplate
from news.fetch import Outcome
from news.seen_pages import SeenPage, seen_page
from store.learned import boilerplate_learning
from store.learned.shown_pages import pack, unpack, unpack_held
from store.service import Store
from tests.support.explore_site import PROMPT, make_story
from tests.support.stores import NOW, add_urls, after, fetch_story, make_result, row_of
from tests.support.stores import make_story as article

P = ParamSpec("P")
T = TypeVar("T")
LISTED = "Another headline that stands beside every story"


def shown(number: int, *, more: tuple[str, ...] = (PROMPT,), held: bool = True) -> SeenPage:
    """The page of story `number`, whose text ends in `more`."""
    story = make_story(number)
    body = [*story.paragraphs, *more]
    return seen_page(story.headline, body, [LISTED], held=body if held else story.paragraphs)


def fetched(store: Store, number: int, *, at: datetime = NOW, page: SeenPage | None = None, **fields: Any) -> str:
    """Save a fetch of story `number`; the id of its article."""
    story = make_story(number)
    read = article(story.headline, *story.paragraphs, url=f"https://paper.example/{number}")
    page = page or shown(number)
    saved = fetch_story(store, read.url, read, at=at, shown=page, **fields)
    assert saved.article_id is not None
    return saved.article_id


def test_three_stories_teach_it_and_mark_those_stored_with_it(store: Store) -> None:
    ids = [fetched(store, number, at=after(hours=number)) for number in range(2)]
    assert store.boilerplates.blocks("paper") == []
    assert not store.boilerplates.at("paper", NOW)
    ids.append(fetched(store, 2, at=after(hours=2)))

    repeated, listed = sorted(store.boilerplates.blocks("paper"), key=lambda block: not block.is_repeated)
    assert (repeated.text, repeated.is_repeated, repeated.story_count) == (PROMPT, True, 3)
    assert (listed.text, listed.is_repeated, listed.story_count) == (LISTED, False, 3)
    assert (repeated.since_at, repeated.last_seen_at) == (NOW, after(hours=2))
    assert store.boilerplates.stale_articles("paper", limit=9) == ids
    assert store.boilerplates.blocks("another") == []


def test_one_batch_teaches_as_much_as_one_by_one(store: Store) -> None:
    urls = [f"https://paper.example/{number}" for number in range(5)]
    add_urls(store, *urls)
    results = [
        make_result(
            row_of(store, url), article(make_story(n).headline, *make_story(n).paragraphs, url=url), shown=shown(n)
        )
        for n, url in enumerate(urls)
    ]
    store.saver.save(results)
    assert {(block.text, block.story_count) for block in store.boilerplates.blocks("paper")} == {
        (PROMPT, 5),
        (LISTED, 5),
    }
    assert len(store.boilerplates.stale_articles("paper", limit=9)) == 5


def test_a_mark_goes_when_the_article_was_read_with_what_is_known_and_not_before(store: Store) -> None:
    ids = [fetched(store, number) for number in range(3)]
    store.boilerplates.read_again("paper", ids[0], NOW, "what was known before")
    assert len(store.boilerplates.stale_articles("paper", limit=9)) == 3
    store.boilerplates.read_again("paper", ids[0], NOW, store.boilerplates.at("paper", NOW).version)
    assert store.boilerplates.stale_articles("paper", limit=9) == sorted(ids[1:])


def test_a_page_that_was_read_before_more_became_known_is_marked_when_it_is_saved(store: Store) -> None:
    for number in range(3):
        fetched(store, number)
    late = fetched(store, 3)
    in_time = fetched(store, 4, page=shown(4, held=False), boilerplate=store.boilerplates.at("paper", NOW))
    stale = store.boilerplates.stale_articles("paper", limit=9)
    assert late in stale
    assert in_time not in stale


def test_a_block_seen_again_is_remembered_and_one_not_seen_for_long_leaves(store: Store) -> None:
    for number in range(3):
        fetched(store, number)
    fetched(store, 3, at=after(days=10), page=shown(3, more=()))
    (repeated,) = [block for block in store.boilerplates.blocks("paper") if block.is_repeated]
    assert repeated.last_seen_at == NOW
    fetched(store, 4, at=after(days=20))
    (repeated,) = [block for block in store.boilerplates.blocks("paper") if block.is_repeated]
    assert (repeated.last_seen_at, repeated.story_count) == (after(days=20), 4)
    assert store.boilerplates.at("paper", after(days=20) + KEPT).repeated
    assert not store.boilerplates.at("paper", after(days=21) + KEPT)


def test_pages_without_content_cost_no_row(store: Store) -> None:
    for number in range(3):
        fetched(store, number)
    blocks = store.boilerplates.blocks("paper")
    row = row_of(store, "https://paper.example/1", at=after(days=1))
    store.saver.save([make_result(row, outcome=Outcome.NOT_MODIFIED, status=304, fetched_at=after(days=1))])
    assert store.boilerplates.blocks("paper") == blocks


def test_what_was_seen_longest_ago_is_forgotten_beyond_the_bounds(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boilerplate_learning, "MAX_PAGES", 4)
    monkeypatch.setattr(boilerplate_learning, "MAX_KNOWN", 1)
    for number in range(3):
        fetched(
            store, number, at=after(hours=number), page=shown(number, more=("The one that leaves after some pages.",))
        )
    for number in range(3, 10):
        page = seen_page(make_story(number).headline, make_story(number).paragraphs, [LISTED])
        fetched(store, number, at=NOW + timedelta(hours=number), page=page)
    (block,) = store.boilerplates.blocks("paper")
    assert block.text == LISTED


def test_a_packed_page_is_the_page() -> None:
    page = shown(7)
    back = unpack(pack(page), article_id="a", seen_at=NOW)
    assert (back.topic, back.furniture, back.body, back.held) == (page.topic, page.furniture, page.body, page.held)
    assert unpack_held(pack(page)) == page.held != frozenset()


def test_a_replay_loads_what_is_known_of_a_source_once(store: Store) -> None:
    for number in range(4):
        fetched(store, number, at=after(hours=number))
    loads: list[str] = []

    async def call(function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        loads.append(function.__name__)
        return function(*args, **kwargs)

    async def known_at(moments: list[datetime]) -> list[Boilerplate]:
        rereader = Rereader(store, ReadingPool(ExtractionSettings(processes=1)), call, loads_once=True)
        return list(await asyncio.gather(*(rereader.knowledge("paper", moment) for moment in moments)))

    moments = [after(hours=-KEPT.total_seconds()), NOW, after(hours=2), after(hours=4)]
    known = asyncio.run(known_at(moments))
    assert known == [store.boilerplates.at("paper", moment) for moment in moments]
    assert any(known)
    assert loads == ["blocks"]
