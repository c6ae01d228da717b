"""What the pages of a search and of an article show, as values for their templates."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from news.errors import EngineError, StoreError
from news.versions.diff import VersionDiff, diff_versions
from search.api.bodies import SEARCH_PATH
from search.articles.citation import citation_line
from search.articles.copies import Copies
from search.links import PAGE_PATH, export_query, next_href, search_href
from search.page.languages import no_codes
from search.page.listing import (
    active_filters,
    edit_choices,
    facet_groups,
    hidden_fields,
    pager,
    range_choices,
    sort_choices,
    unknown_sources,
    without_filters,
)
from search.page.timeline_view import timeline_view
from search.params import SearchParams
from search.request import doubt_of
from search.results import ArticlePage, FoundArticle
from search.service import SearchService
from search.suggestions.addresses import address_of
from store.views import CopyView, UrlView


def article_context(service: SearchService, page: ArticlePage, *, changes: bool, beside: str) -> dict[str, Any]:
    """What the page of an article shows."""
    copies = service.copies(page.view.stored.id)
    return {
        "page": page,
        "view": page.view,
        "stored": page.view.stored,
        "article": page.shown.article,
        "similar": _similar(service, page),
        "diff": _diff(page) if changes else None,
        "citation": citation_line(page),
        "copies": copies,
        "beside": _beside(page, copies, beside),
    }


def _meaning_href(service: SearchService, params: SearchParams) -> str | None:
    """The search in the other order, with meaning or without; None where there is no such order."""
    if not service.has_meaning or not (params.meaning or params.may_be_in_meaning_order):
        return None
    return search_href(PAGE_PATH, params, meaning=not params.meaning)


def search_context(service: SearchService, params: SearchParams, moment: datetime) -> dict[str, Any]:
    """What the page of a search shows."""
    page = service.search(params, for_page=True)
    return {
        "page": page,
        "now": moment,
        "timeline": timeline_view(page.timeline, params),
        "spelling_href": search_href(PAGE_PATH, params, q=page.spelling) if page.spelling else None,
        "byline_href": search_href(PAGE_PATH, params, q=page.byline) if page.byline else None,
        "doubt": doubt_of(params.q, now=moment),
        "export_query": export_query(params),
        "api_href": search_href(SEARCH_PATH, params, page=params.page, cursor=params.cursor),
        "copies_href": search_href(PAGE_PATH, params, collapse=not params.collapse),
        "meaning_href": _meaning_href(service, params),
        "params": params,
        "facets": facet_groups(page, service.source_names),
        "filters": active_filters(params, service.source_names),
        "unfiltered": without_filters(params),
        "sorts": sort_choices(params),
        "ranges": range_choices(params, moment),
        "edits": edit_choices(params),
        "pager": pager(page),
        "first_href": search_href(PAGE_PATH, params, page=1),
        "last_href": search_href(PAGE_PATH, params, page=page.last_page),
        "address": address_of(params.q),
        "met": _met(service, params) if not page.total else None,
        "unknown_languages": no_codes(params.language),
        "unknown_sources": unknown_sources(page, service.source_names, moment),
        "next_href": next_href(PAGE_PATH, page.next_params),
        "search_fields": hidden_fields(params, "q"),
        "date_fields": hidden_fields(params, "published_from", "published_to", "as_of"),
    }


def _met(service: SearchService, params: SearchParams) -> UrlView | None:
    """The record of the address searched for, if the store answers; the search itself does not need it."""
    address = address_of(params.q)
    try:
        return service.met(address) if address else None
    except StoreError:
        return None


def _similar(service: SearchService, page: ArticlePage) -> tuple[FoundArticle, ...]:
    """Similar articles; none when the search engine is down, since the article is readable without it."""
    try:
        return service.similar(page)
    except EngineError:
        return ()


def _diff(page: ArticlePage) -> VersionDiff | None:
    """What the shown version changed."""
    return diff_versions(page.previous.article, page.shown.article) if page.previous else None


def _beside(page: ArticlePage, copies: Copies, other_id: str) -> tuple[CopyView, VersionDiff] | None:
    """A copy, and how the shown article differs from it."""
    other = next((one for one in copies.others(page.view.stored.id) if one.article_id == other_id), None)
    return (other, diff_versions(other.article, page.shown.article)) if other else None
