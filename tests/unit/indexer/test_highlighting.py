"""Marks stand where the query's words stand, in bounded time."""

from __future__ import annotations

import pytest

from indexer.engines.highlighting import highlights
from indexer.engines.planner import plan
from indexer.engines.spelling import is_within
from news.query.parser import parse_query


def marked(query: str, *, title: str = "", text: str = "", language: str = "en") -> dict[str, tuple[str, ...]]:
    values = {name: value for name, value in (("title", title), ("text", text)) if value}
    found = highlights(values, plan(parse_query(query), language), language)
    return {
        name: tuple(fragment.replace("\ue000", "[").replace("\ue001", "]") for fragment in fragments)
        for name, fragments in found.items()
    }


@pytest.mark.parametrize(
    ("query", "title", "expected"),
    [
        ("talks", "Peace talk begins", "Peace [talk] begins"),
        ('"peace talks"', "Peace now: peace talks begin", "Peace now: [peace] [talks] begin"),
        ('"begin peace"~2', "Peace talks begin", "[Peace] talks [begin]"),
        ('"begin peace"~1', "Peace in old times begins", None),
        ("parl*", "Parliament and a parlour", "[Parliament] and a [parlour]"),
        ("parlament~", "Parliament sits", "[Parliament] sits"),
        ("U.S.", "The U.S. votes", "The [U.S]. votes"),
        ("us", "The U.S. votes", "The [U.S]. votes"),
        ("都知事", "東京都知事選挙", "東京[都知事]選挙"),
        ("-peace talks", "Peace talks", "Peace [talks]"),
        ("title:peace", "Peace talks", "[Peace] talks"),
        ("text:peace", "Peace talks", None),
    ],
)
def test_titles_are_marked_whole(query: str, title: str, expected: str | None) -> None:
    assert marked(query, title=title).get("title", (None,))[0] == expected


def test_the_body_gives_the_fragments_with_the_most_different_words() -> None:
    filler = "Nothing of note is said here at all. " * 10
    body = f"The harbour is old. {filler}\nThe harbour tides rise. {filler}\nTides fall. {filler}\nHarbour walls."
    fragments = marked("harbour tides", text=body)["text"]
    assert len(fragments) == 3
    assert any("[harbour] [tides]" in fragment for fragment in fragments)
    assert all(len(fragment) < 220 for fragment in fragments)


def test_fragments_of_one_line_do_not_repeat_its_words_and_are_one_where_nothing_is_between() -> None:
    line = " ".join(f"w{number}" if number % 17 else f"tides{number // 17}" for number in range(1, 120))
    fragments = marked("tides*", text=line)["text"]
    shown = [word for fragment in fragments for word in fragment.split()]
    assert len(shown) == len(set(shown))
    assert [sum("[" in word for word in fragment.split()) for fragment in fragments] == [6]


def test_a_page_of_one_word_is_marked_once_and_soon() -> None:
    assert len(marked("spam", text="spam " * 100_000)["text"]) <= 3


@pytest.mark.parametrize(
    ("word", "other", "edits", "expected"),
    [("ankara", "anakra", 1, True), ("ankara", "ankara", 0, True), ("ab", "ba", 0, False), ("abc", "a", 2, True)],
)
def test_spellings_differ_by_so_many_letters_at_most(word: str, other: str, edits: int, expected: bool) -> None:
    assert is_within(word, other, edits) is expected


def test_forms_of_a_word_are_one_and_the_best_fragment_comes_first() -> None:
    filler = "Nothing of note is said here at all. " * 10
    body = f"A tide, tides, tidal. {filler}\nOld harbours. {filler}\nIn the harbour the tide rose. {filler}"
    first, *others = marked("harbour tides", text=body)["text"]
    assert first.startswith("In the [harbour] the [tide]")
    assert [fragment.split(" ")[0] for fragment in others] == ["A", "Old"]


def test_a_window_begins_where_most_words_follow() -> None:
    apart = "word " * 20
    body = f"{apart}harbour {apart}harbour of tides and ferries {apart}"
    first = marked("harbour tides ferries", text=body)["text"][0]
    assert "[harbour] of [tides] and [ferries]" in first
