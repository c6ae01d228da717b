"""A cursor belongs to one search and cannot be altered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from news.index import Hit, SearchResult
from search.cursor import make_cursor, next_cursor, read_cursor
from search.errors import BadRequest
from search.params import SearchParams

PARAMS = SearchParams(q="tides", size=20)


def test_it_leads_on_in_the_same_search_whatever_the_page_size() -> None:
    cursor = make_cursor(PARAMS, (1.5, "a1"))
    assert read_cursor(PARAMS, cursor) == (1.5, "a1")
    assert read_cursor(PARAMS.model_copy(update={"size": 50, "cursor": cursor}), cursor) == (1.5, "a1")


def test_every_changed_character_is_noticed() -> None:
    cursor = make_cursor(PARAMS, (None, 12345))
    for place in range(len(cursor)):
        for letter in "A_z":
            changed = cursor[:place] + letter + cursor[place + 1 :]
            if changed != cursor:
                with pytest.raises(BadRequest):
                    read_cursor(PARAMS, changed)


@pytest.mark.parametrize("cursor", ["", "x", "!!!!", "é", "AAAAAAAAAAAAAAAAAAAA", "a" * 399])
def test_nonsense_is_refused(cursor: str) -> None:
    with pytest.raises(BadRequest):
        read_cursor(PARAMS, cursor)


def test_another_search_is_refused() -> None:
    with pytest.raises(BadRequest):
        read_cursor(SearchParams(q="storms"), make_cursor(PARAMS, (1,)))


@pytest.mark.parametrize(
    ("page", "total", "hits", "is_more"),
    [(1, 20, 20, False), (1, 21, 20, True), (2, 40, 20, False), (2, 41, 20, True), (1, 99, 19, False)],
)
def test_there_is_one_where_hits_follow(page: int, total: int, hits: int, is_more: bool) -> None:
    found = SearchResult(
        total=total, hits=tuple(Hit(id=str(n), score=None, fields={}) for n in range(hits)), after=(1,)
    )
    asked = PARAMS.model_copy(update={"page": page})
    assert (next_cursor(asked, found) is not None) is is_more
    assert next_cursor(asked, replace(found, after=None)) is None
