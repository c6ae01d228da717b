"""What is boilerplate: the pure rule over pages of one source."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news.boilerplate import KEPT, STORIES, KnownBlock, Window, are_different, boilerplate_of, learn
from news.seen_pages import BodyBlock, SeenPage, block_digest, seen_page

NOW = datetime(2026, 11, 1, tzinfo=UTC)
PROMO = "Sign up for our morning letter and get the news of the day."
QUOTE = "We will open the harbour again when the last mine has been found, the admiral said."
SUBJECTS = ("harbour", "orchard", "glacier", "railway", "library", "volcano", "theatre", "pharmacy")


def prose(seed: object, count: int = 6) -> list[str]:
    """Paragraphs that no other seed has."""
    dice = random.Random(str(seed))
    letters = "abcdefghijklmnoprstuvz"
    words = ["".join(dice.choices(letters, k=dice.randint(3, 9))) for _ in range(400)]
    return [" ".join(dice.choices(words, k=25)).capitalize() + "." for _ in range(count)]


def page(number: int, body: Iterable[str], *, title: str | None = None, beside: Iterable[str] = ()) -> SeenPage:
    """A page of its own article, seen that many hours after NOW."""
    title = title or f"Of the {SUBJECTS[number % len(SUBJECTS)]} and {prose(number)[0][:20]}"
    seen = seen_page(title, body, beside)
    return replace(seen, article_id=str(number), seen_at=NOW + timedelta(hours=number))


def known_after(pages: Sequence[SeenPage]) -> dict[int, KnownBlock]:
    """What is known when these pages were read one after the other."""
    known: dict[int, KnownBlock] = {}
    for index, each in enumerate(pages):
        window = Window(reversed(pages[:index]), coming=[each])
        known |= {block.digest: block for block in learn(window, each, known)}
    return known


def texts(known: dict[int, KnownBlock]) -> set[str]:
    return {block.text for block in known.values()}


def test_a_block_within_three_different_stories_is_boilerplate_and_two_are_not_enough() -> None:
    pages = [page(number, [*prose(number), PROMO]) for number in range(3)]
    assert known_after(pages[:2]) == {}
    known = known_after(pages)
    assert texts(known) == {PROMO}
    (block,) = known.values()
    assert block.is_repeated
    assert (block.story_count, block.since_at, block.last_seen_at) == (3, NOW, NOW + timedelta(hours=2))


def test_a_headline_listed_beside_three_stories_is_known_but_not_as_part_of_their_texts() -> None:
    headline = "The lighthouse that was sold twice in one week"
    known = known_after([page(number, prose(number), beside=[headline]) for number in range(3)])
    assert [(block.text, block.is_repeated) for block in known.values()] == [(headline, False)]


def test_the_same_article_read_again_counts_once() -> None:
    again = [replace(page(0, [*prose(0), PROMO]), seen_at=NOW + timedelta(hours=hour)) for hour in range(9)]
    assert known_after(again) == {}


@pytest.mark.parametrize("addresses", [3, 5, 12])
@pytest.mark.parametrize("change", ["none", "cut", "edited", "reordered", "own opening"])
def test_copies_of_one_story_make_none_of_its_sentences_boilerplate(addresses: int, change: str) -> None:
    others = [page(100 + number, prose(100 + number)) for number in range(10)]
    copies = []
    for number in range(addresses):
        body = prose("wire", 10)
        if change == "cut":
            body = body[: 5 + number % 5]
        elif change == "edited":
            body = [text.replace(" ", f" {number} ", 1) for text in body[:4]] + body[4:]
        elif change == "reordered":
            random.Random(number).shuffle(body)
        elif change == "own opening":
            body = [*prose(f"opening {number}", 2), *body]
        copies.append(page(number, body, title=f"{prose(number)[0][:30]}"))
    mixed = [each for pair in zip(copies, others, strict=False) for each in pair] + copies[len(others) :]
    assert known_after(mixed) == {}


def test_a_sentence_that_two_follow_ups_quote_stays() -> None:
    titles = (
        "Harbour of Kalamata closed after mine is found",
        "Second mine found outside Kalamata harbour",
        "Navy clears the Kalamata sea lane",
    )
    pages = [
        page(number, [*prose(number, 4), QUOTE, *prose(f"more {number}", 3)], title=title)
        for number, title in enumerate(titles)
    ]
    others = [page(10 + number, prose(10 + number)) for number in range(20)]
    assert known_after([*others, *pages]) == {}


def test_headlines_of_one_form_are_not_of_one_topic() -> None:
    pages = [page(number, [*prose(number), PROMO], title=f"Evening results {number}") for number in range(3)]
    assert texts(known_after(pages)) == {PROMO}


def test_a_word_that_many_headlines_have_makes_no_topic() -> None:
    titles = [f"Kalamata and the {subject}" for subject in SUBJECTS]
    pages = [
        page(number, [*prose(number), *[PROMO] * (number > 4)], title=title) for number, title in enumerate(titles)
    ]
    assert texts(known_after(pages)) == {PROMO}
    rare = [page(20 + number, prose(20 + number)) for number in range(20)]
    assert known_after([*rare, *pages[5:]]) == {}


def test_what_stands_in_every_text_is_known_even_where_it_is_longer_than_the_stories() -> None:
    promos = [*prose("about us", 5), PROMO]
    known = known_after([page(number, [*prose(number, 2), *promos]) for number in range(8)])
    assert texts(known) == {text[:200] for text in promos}


def test_short_lines_are_ordinary_words() -> None:
    assert block_digest("Yes.") is None
    assert known_after([page(number, [*prose(number), "What next?"]) for number in range(9)]) == {}


def test_a_block_listed_first_is_known_as_repeated_once_three_texts_hold_it() -> None:
    beside = [page(number, prose(number), beside=[PROMO]) for number in range(3)]
    inside = [page(10 + number, [*prose(10 + number), PROMO]) for number in range(3)]
    assert [block.is_repeated for block in known_after([*beside, *inside[:2]]).values()] == [False]
    assert [block.is_repeated for block in known_after([*beside, *inside]).values()] == [True]


def test_a_block_not_seen_for_long_leaves_the_model_and_is_still_known_for_old_pages() -> None:
    known = known_after([page(number, [*prose(number), PROMO]) for number in range(3)]).values()
    last = NOW + timedelta(hours=2)
    assert boilerplate_of(known, at=last + KEPT).repeated
    later = boilerplate_of(known, at=last + KEPT + timedelta(seconds=1))
    assert not later
    assert later.version == ""
    assert boilerplate_of(known, at=NOW).repeated


def test_equal_knowledge_has_one_version() -> None:
    pages = [page(number, [*prose(number), PROMO], beside=[prose("list")[0]]) for number in range(4)]
    one, other = known_after(pages), known_after(list(reversed(pages)))
    assert boilerplate_of(one.values(), at=NOW) == boilerplate_of(other.values(), at=NOW)
    fewer = [block for block in one.values() if block.is_repeated]
    assert boilerplate_of(fewer, at=NOW).version not in {"", boilerplate_of(one.values(), at=NOW).version}


@pytest.mark.parametrize("title", ["東京で地震、津波の心配なし", "แผ่นดินไหวที่โตเกียว"])
def test_headlines_without_spaces_have_topics(title: str) -> None:
    one = seen_page(title, [], [])
    assert one.topic & seen_page(title[2:], [], []).topic


stories = st.integers(0, 40)


@settings(max_examples=60, deadline=None)
@given(st.lists(stories, min_size=1, max_size=14), st.integers(0, 2**30))
def test_no_sentence_of_a_story_is_ever_known_however_often_it_is_copied(order: list[int], seed: int) -> None:
    """Each number is a story; every page is one more copy of it, cut and shuffled, with the source's list beside it."""
    dice = random.Random(seed)
    pages = []
    for number, story in enumerate(order):
        body = prose(story, 8)
        body = body[: dice.randint(4, 8)]
        dice.shuffle(body)
        pages.append(page(number, [*body, PROMO], title=f"Story {prose(story)[0][:30]}", beside=prose("list", 2)))
    known = texts(known_after(pages))
    own = {text[:200] for story in set(order) for text in prose(story, 8)}
    assert not known & own
    if len(set(order)) >= 3:
        assert {text[:200] for text in prose("list", 2)} <= known


@settings(max_examples=60, deadline=None)
@given(stories, stories, st.integers(0, 2**30))
def test_being_different_does_not_depend_on_the_order(one: int, other: int, seed: int) -> None:
    dice = random.Random(seed)
    first, second = (page(n, dice.sample(prose(story, 8), dice.randint(6, 8))) for n, story in enumerate((one, other)))
    assert are_different(first, second) == are_different(second, first)
    if one == other:
        assert not are_different(first, second)


numbers = st.integers(0, 9)  # of an article, and of a block


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(numbers, st.sets(numbers, max_size=4), st.sets(numbers, max_size=4)), max_size=20))
def test_a_window_that_pages_are_added_to_is_that_of_the_newest_page_of_each_article(
    shown: list[tuple[int, set[int], set[int]]],
) -> None:
    pages = [
        SeenPage(
            topic=frozenset(),
            furniture=frozenset(beside - body),
            body=dict.fromkeys(body, BodyBlock(20, is_sentence=True, shingles=frozenset())),
            article_id=str(article),
            seen_at=NOW + timedelta(hours=number),
        )
        for number, (article, body, beside) in enumerate(shown)
    ]
    added = Window(coming=pages, size=5)
    for each in pages:
        added.add(each)
    last = {each.article_id: each for each in pages}
    newest = [each for each in reversed(pages) if last[each.article_id] is each][:5]
    assert added.pages == newest
    for other in range(10):
        expected = {
            digest: [each for each in newest if digest in each.shown and each.article_id != str(other)]
            for digest in range(10)
        }
        enough = {digest: held for digest, held in expected.items() if len(held) >= STORIES - 1}
        assert added.holders(range(10), besides=str(other)) == enough
    assert Window(newest, coming=pages).holders(range(10), besides="") == added.holders(range(10), besides="")


def test_blocks_are_equal_whether_or_not_their_signs_are_of_ascii() -> None:
    plain = block_digest("Sign up for Our_newsletter: 24 stories!")

    assert plain is not None
    assert plain == block_digest("“sign up” – for our_NEWSLETTER… 24 stories")
    assert plain != block_digest("Sign up for our newsletter: 24 stories!")
