"""What an address may ask for, and what it means."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from starlette.datastructures import QueryParams

from news.index import Sort
from search.page.addresses import params_of
from search.params import MAX_DEPTH, SearchParams, end_of, start_of
from search.request import search_request
from search.web.problems import invalid

NOW = datetime(2026, 11, 26, tzinfo=UTC)


def refused_parameter(**values: object) -> str:
    with pytest.raises(ValidationError) as caught:
        SearchParams.model_validate(values)
    return str(caught.value.errors()[0]["loc"][0])


@pytest.mark.parametrize("page", [0, -1, 10**9, 10**400, "nan", "1.5", "1e3", "", "ten", None])
def test_a_page_that_cannot_be_is_refused(page: object) -> None:
    assert refused_parameter(page=page) == "page"


@pytest.mark.parametrize("size", [0, -5, 101, 10**6, "NaN", "inf"])
def test_a_size_that_cannot_be_is_refused(size: object) -> None:
    assert refused_parameter(size=size) == "size"


def test_paging_ends_where_engines_end() -> None:
    assert SearchParams(page=MAX_DEPTH // 100, size=100).offset == MAX_DEPTH - 100
    assert not SearchParams(page=MAX_DEPTH // 100, size=100).is_too_deep
    assert SearchParams(page=MAX_DEPTH // 100 + 1, size=100).is_too_deep


def test_edits_come_in_their_own_order_unless_another_is_asked_for() -> None:
    for text in ("edited:7d", "changed:title", "is:edited author:kaya", "edited:soon", "-is:edited"):
        asked = Sort.EDITED if text in {"edited:7d", "changed:title", "is:edited author:kaya"} else None
        assert (SearchParams(q=text).effective_sort is Sort.EDITED) is (asked is not None), text
    assert SearchParams(q="edited:7d", sort=Sort.NEWEST).effective_sort is Sort.NEWEST
    assert SearchParams(q="bridge edited:7d").effective_sort is Sort.RELEVANCE
    assert SearchParams(q="bridge edited:7d", sort=Sort.EDITED).effective_sort is Sort.EDITED


def test_a_parameter_nobody_knows_is_refused() -> None:
    assert refused_parameter(langauge="en") == "langauge"


@pytest.mark.parametrize(
    "value", ["2026-13-01", "yesterday", "20261124", "2026-11-24T25:00", "0001-01-01T00:00+14:00", "\x00", "1764000000"]
)
@pytest.mark.parametrize("name", ["from", "to"])
def test_a_date_that_cannot_be_is_refused(name: str, value: str) -> None:
    assert refused_parameter(**{name: value}) == name


def test_a_number_is_no_date() -> None:
    assert refused_parameter(**{"from": 0}) == "from"


def test_a_range_that_ends_before_it_begins_excludes_everything() -> None:
    for start, end, is_empty in (
        ("2026-11-24", "2026-11-23", True),
        ("2026-11-24", "2026-11-24T00:00:00Z", True),
        ("2026-11-24", "2026-11-24", False),
    ):
        assert SearchParams.model_validate({"from": start, "to": end}).ends_before_it_begins is is_empty
    assert SearchParams.model_validate({"from": "2026-11-24", "to": "2026-11-24"}).published_to == date(2026, 11, 24)


def test_days_are_inclusive_and_times_are_exact() -> None:
    params = SearchParams.model_validate({"from": "2026-11-20", "to": "2026-11-24"})
    filters = search_request(params, now=NOW).filters
    assert filters.published_from == datetime(2026, 11, 20, tzinfo=UTC)
    assert filters.published_to == datetime(2026, 11, 25, tzinfo=UTC)
    timed = SearchParams.model_validate({"to": "2026-11-24T08:30:00+03:00"})
    assert search_request(timed, now=NOW).filters.published_to == datetime(2026, 11, 24, 5, 30, tzinfo=UTC)


def test_a_plus_sign_that_was_not_encoded_is_still_an_offset() -> None:
    params = SearchParams.model_validate({"from": "2026-11-24T08:30:00 03:00"})
    assert params.published_from == datetime(2026, 11, 24, 5, 30, tzinfo=UTC)


def test_the_calendar_has_an_end() -> None:
    assert end_of(date.max) == datetime.max.replace(tzinfo=UTC)
    assert start_of(date.min) == datetime.min.replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("q", "sort", "effective"),
    [
        ("", None, Sort.NEWEST),
        ("", Sort.RELEVANCE, Sort.NEWEST),
        ("tides", None, Sort.RELEVANCE),
        ("tides", Sort.OLDEST, Sort.OLDEST),
        ("author:kaya source:gazette", None, Sort.NEWEST),
        ("lang:tr last:7d -football", Sort.RELEVANCE, Sort.NEWEST),
        ("https://example.com/a", None, Sort.NEWEST),
        ("author:kaya tides", None, Sort.RELEVANCE),
        ("title:tides OR tag:sea", None, Sort.RELEVANCE),
        ('-football "high tide"', None, Sort.RELEVANCE),
    ],
)
def test_relevance_needs_words(q: str, sort: Sort | None, effective: Sort) -> None:
    assert SearchParams(q=q, sort=sort).effective_sort is effective


def test_filters_have_a_bound() -> None:
    assert refused_parameter(source=tuple(map(str, range(51)))) == "source"
    assert refused_parameter(section=("x" * 301,)) == "section"


def test_the_page_leaves_out_empty_fields_and_strangers() -> None:
    params = params_of(QueryParams("q=a&from=&to=&sort=&section=World&section=World&utm_source=x&page="))
    assert params == SearchParams(q="a", section=("World",))


@given(st.text(st.sampled_from("qpagesizefromto=&%0123456789-T+x\x00\ud800"), max_size=60))
def test_no_address_does_more_than_be_refused(query: str) -> None:
    try:
        params = params_of(QueryParams(query))
    except ValidationError:
        return
    assert params.offset < MAX_DEPTH or params.is_too_deep


@pytest.mark.parametrize(
    ("location", "named"),
    [(("body", "query"), "query"), (("query", "size"), "size"), (("body",), "address"), (("body", "urls", 0), "urls")],
)
def test_what_breaks_a_rule_is_called_as_whoever_asked_calls_it(location: tuple[str | int, ...], named: str) -> None:
    told = invalid([{"type": "missing", "loc": location, "msg": "Field required"}])
    assert [name for name, _ in told.errors] == [named]
