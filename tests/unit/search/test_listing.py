"""Filters, orders and pages as addresses."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from news.index import FacetCount
from search.page.listing import (
    active_filters,
    edit_choices,
    facet_groups,
    hidden_fields,
    pager,
    range_choices,
    sort_choices,
)
from search.params import SearchParams
from search.request import fold_spellings
from search.results import SearchPage

NAMES = {"gazette": "The Sample Gazette"}


def page_of(params: SearchParams, *, last_page: int = 1, **facets: tuple[FacetCount, ...]) -> SearchPage:
    return SearchPage(params=params, total=0, hits=(), facets=facets, took_ms=1.0, last_page=last_page)


def counts(**values: int) -> tuple[FacetCount, ...]:
    return tuple(FacetCount(value=value, count=count) for value, count in values.items())


def test_a_choice_adds_to_its_facet_and_takes_itself_off() -> None:
    params = SearchParams(q="a", section=("world",), page=3)
    (group,) = facet_groups(page_of(params, section=counts(World=4, Sport=2)), NAMES)
    assert [(choice.label, choice.is_on, choice.href) for choice in group.first] == [
        ("World", True, "/?q=a"),
        ("Sport", False, "/?q=a&section=world&section=Sport"),
    ]


def test_a_chosen_value_that_is_not_among_the_most_frequent_can_still_be_taken_off() -> None:
    (group,) = facet_groups(page_of(SearchParams(source=("gone",)), source=()), NAMES)
    assert [(choice.label, choice.count, choice.href) for choice in group.first] == [("gone", None, "/")]


@pytest.mark.parametrize(("values", "first", "more"), [(8, 8, 0), (9, 9, 0), (10, 8, 2), (30, 8, 22)])
def test_long_facets_are_folded(values: int, first: int, more: int) -> None:
    facet = counts(**{f"s{number}": 1 for number in range(values)})
    (group,) = facet_groups(page_of(SearchParams(), section=facet), NAMES)
    assert (len(group.first), len(group.more)) == (first, more)


def test_spellings_of_one_value_are_added_up() -> None:
    assert fold_spellings(counts(WORLD=1, World=5, Sport=5)) == counts(World=6, Sport=5)


def test_every_filter_can_be_taken_off_alone() -> None:
    params = SearchParams(source=("gazette",), language=("tr",), published_from=date(2026, 11, 1))
    assert [(chip.label, chip.href) for chip in active_filters(params, NAMES)] == [
        ("The Sample Gazette", "/?language=tr&from=2026-11-01"),
        ("Turkish", "/?source=gazette&from=2026-11-01"),
        ("from 1 Nov 2026", "/?source=gazette&language=tr"),
    ]


def test_edits_of_a_span_are_a_word_of_the_query() -> None:
    assert [choice.href for choice in edit_choices(SearchParams(q="bridge"))] == [
        "/?q=bridge+edited%3Atoday",
        "/?q=bridge+edited%3A7d",
        "/?q=bridge+edited%3A30d",
    ]
    chosen = edit_choices(SearchParams(q="bridge edited:7d", source=("gazette",)))
    assert [(choice.is_on, choice.href) for choice in chosen][1:] == [
        (True, "/?q=bridge&source=gazette"),
        (False, "/?q=bridge+edited%3A30d&source=gazette"),
    ]


def test_ranges_end_today() -> None:
    now = datetime(2026, 11, 24, 23, 59, tzinfo=UTC)
    hrefs = [choice.href for choice in range_choices(SearchParams(), now)]
    assert hrefs == ["/?from=2026-11-24", "/?from=2026-11-18", "/?from=2026-10-26"]
    (today, *_) = range_choices(SearchParams(published_from=date(2026, 11, 24)), now)
    assert (today.is_on, today.href) == (True, "/")


def test_relevance_is_offered_for_words_only() -> None:
    assert [choice.label for choice in sort_choices(SearchParams())] == ["Newest", "Oldest"]
    assert [choice.label for choice in sort_choices(SearchParams(q="a"))] == [
        "Relevance",
        "Blend",
        "Newest",
        "Oldest",
    ]


@pytest.mark.parametrize(
    ("current", "last", "shown"),
    [
        (1, 1, []),
        (1, 2, ["1", "2"]),
        (1, 9, ["1", "2", "3", None, "9"]),
        (5, 9, ["1", None, "3", "4", "5", "6", "7", None, "9"]),
        (9, 9, ["1", None, "7", "8", "9"]),
        (12, 3, ["1", None, "3"]),
    ],
)
def test_the_pager_shows_the_ends_and_the_neighbours(current: int, last: int, shown: list[str | None]) -> None:
    choices = pager(page_of(SearchParams(page=current), last_page=last))
    assert [choice and choice.label for choice in choices] == shown


def test_a_form_carries_the_rest_of_the_search_but_not_the_page() -> None:
    params = SearchParams(q="a", section=("World", "Sport"), published_from=date(2026, 11, 1), page=4)
    assert hidden_fields(params, "q") == (("section", "World"), ("section", "Sport"), ("from", "2026-11-01"))
    assert hidden_fields(params, "published_from") == (("q", "a"), ("section", "World"), ("section", "Sport"))
