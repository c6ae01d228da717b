"""Everything around a list of hits on the page: filters as links, date ranges, sort orders and the pager; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from news.index import FacetCount, Sort
from search.dates import shown
from search.links import PAGE_PATH, search_href
from search.named_sources import id_of, named_sources
from search.page.languages import language_name
from search.params import SearchParams
from search.results import SearchPage

FIRST_OPTIONS = 8  # options of a facet shown before the rest is folded away
FACET_TITLES = {
    "source": "Source",
    "section": "Section",
    "language": "Language",
    "author": "Author",
    "agency": "Agency",
    "tag": "Tag",
}
SORT_LABELS = {
    Sort.RELEVANCE: "Relevance",
    Sort.BLEND: "Blend",
    Sort.NEWEST: "Newest",
    Sort.OLDEST: "Oldest",
    Sort.EDITED: "Edited",
}
RANGE_DAYS = {"Today": 0, "7 days": 6, "30 days": 29}
EDIT_SPANS = {"Today": "edited:today", "7 days": "edited:7d", "30 days": "edited:30d"}
PAGER_REACH = 2  # numbered pages on each side of the current one


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """Something that is on or off, and the address that toggles it."""

    label: str
    href: str
    is_on: bool
    count: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class FacetGroup:
    """The values of one facet as choices."""

    name: str
    title: str
    first: tuple[Choice, ...]
    more: tuple[Choice, ...]


def facet_groups(page: SearchPage, source_names: Mapping[str, str]) -> tuple[FacetGroup, ...]:
    """A group for every facet with values; chosen values are included even if they were not counted."""
    groups = []
    for name, title in FACET_TITLES.items():
        choices = tuple(_facet_choices(page.params, name, page.facets.get(name, ()), source_names))
        cut = max(FIRST_OPTIONS, sum(choice.is_on for choice in choices))
        if len(choices) == cut + 1:  # folding away a single option saves nothing
            cut += 1
        if choices:
            groups.append(FacetGroup(name=name, title=title, first=choices[:cut], more=choices[cut:]))
    return tuple(groups)


def _facet_choices(
    params: SearchParams, name: str, counts: tuple[FacetCount, ...], source_names: Mapping[str, str]
) -> Iterator[Choice]:
    chosen: dict[str, str] = {value.casefold(): value for value in getattr(params, name)}
    counted = {one.value.casefold(): one.count for one in counts}
    listed = [*(one.value for one in counts), *(value for key, value in chosen.items() if key not in counted)]
    for value in sorted(listed, key=lambda each: each.casefold() not in chosen):
        key = value.casefold()
        values = (
            tuple(other for other in getattr(params, name) if other.casefold() != key)
            if key in chosen
            else (*getattr(params, name), value)
        )
        yield Choice(
            label=value_label(name, value, source_names),
            href=search_href(PAGE_PATH, params, **{name: values}),
            is_on=key in chosen,
            count=counted.get(key),
        )


def value_label(name: str, value: str, source_names: Mapping[str, str]) -> str:
    """A facet's value as people write it."""
    if name == "source":
        return source_names.get(value, value)
    return language_name(value) if name == "language" else value


def active_filters(params: SearchParams, source_names: Mapping[str, str]) -> tuple[Choice, ...]:
    """Every active filter, with the address that removes it."""
    chips = []
    for name in FACET_TITLES:
        values: tuple[str, ...] = getattr(params, name)
        for value in values:
            rest = tuple(other for other in values if other != value)
            href = search_href(PAGE_PATH, params, **{name: rest})
            chips.append(Choice(label=value_label(name, value, source_names), href=href, is_on=True))
    for field, word in (("published_from", "from"), ("published_to", "to")):
        moment = getattr(params, field)
        if moment is not None:
            href = search_href(PAGE_PATH, params, **{field: None})
            chips.append(Choice(label=f"{word} {_told(moment)}", href=href, is_on=True))
    if params.as_of is not None:
        href = search_href(PAGE_PATH, params, as_of=None)
        chips.append(Choice(label=f"as it was on {_told(params.as_of)}", href=href, is_on=True))
    return tuple(chips)


def unknown_sources(
    page: SearchPage, source_names: Mapping[str, str], now: datetime
) -> tuple[tuple[str, str | None], ...]:
    """Named sources that do not exist, from filters and query, each with the id of the one of that name, if any.

    A source that was once followed exists as long as it has articles.
    """
    asked = dict.fromkeys((*page.params.source, *named_sources(page.params.q, now=now)))
    known = {name.casefold() for name in (*source_names, *(one.value for one in page.facets.get("source", ())))}
    return tuple((value, id_of(value, source_names)) for value in asked if value.casefold() not in known)


def _told(moment: date | datetime) -> str:
    if isinstance(moment, datetime):
        return str(shown(moment))
    return shown(datetime(moment.year, moment.month, moment.day, tzinfo=UTC), day_only=True).day


def without_filters(params: SearchParams) -> str:
    """The address of the same words with every filter off."""
    off = dict.fromkeys(FACET_TITLES, ())
    return search_href(PAGE_PATH, params, **off, published_from=None, published_to=None, as_of=None)


def sort_choices(params: SearchParams) -> tuple[Choice, ...]:
    """The sort orders that make sense: relevance needs words, the time of edits a query for edited articles."""
    return tuple(
        Choice(label=label, href=search_href(PAGE_PATH, params, sort=sort), is_on=sort == params.effective_sort)
        for sort, label in SORT_LABELS.items()
        if (params.has_relevance or not sort.is_scored) and (params.is_about_edits or sort is not Sort.EDITED)
    )


def range_choices(params: SearchParams, now: datetime) -> tuple[Choice, ...]:
    """Common date ranges that end today."""
    choices = []
    for label, days in RANGE_DAYS.items():
        start: date = now.date() - timedelta(days=days)
        is_on = params.published_from == start and params.published_to is None
        href = search_href(PAGE_PATH, params, published_from=None if is_on else start, published_to=None)
        choices.append(Choice(label=label, href=href, is_on=is_on))
    return tuple(choices)


def edit_choices(params: SearchParams) -> tuple[Choice, ...]:
    """What was edited lately, as a word of the query."""
    words = params.q.split(" ")
    rest = [word for word in words if word not in EDIT_SPANS.values()]
    return tuple(
        Choice(
            label=label,
            href=search_href(PAGE_PATH, params, q=" ".join(rest if span in words else [*rest, span]).strip()),
            is_on=span in words,
        )
        for label, span in EDIT_SPANS.items()
    )


def pager(page: SearchPage) -> tuple[Choice | None, ...]:
    """Numbered pages around the current one, with the first and the last; None is a gap. Empty for one page."""
    last, current = page.last_page, page.params.page
    if last == 1:
        return ()
    around = range(max(1, current - PAGER_REACH), min(last, current + PAGER_REACH) + 1)
    numbers = sorted({1, last, *around})
    choices: list[Choice | None] = []
    for previous, number in zip([0, *numbers], numbers, strict=False):
        if number - previous > 1:
            choices.append(None)
        href = search_href(PAGE_PATH, page.params, page=number)
        choices.append(Choice(label=f"{number:,}", href=href, is_on=number == current))
    return tuple(choices)


def hidden_fields(params: SearchParams, *shown_fields: str) -> tuple[tuple[str, str], ...]:
    """The hidden fields that make a form keep the rest of the search; the page number restarts."""
    values = params.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude={"page", *shown_fields})
    return tuple(
        (name, str(value))
        for name, given in values.items()
        for value in (given if isinstance(given, list) else [given])
        if value not in ("", None)
    )
