"""Links: which addresses are safe to link, and the address of a search."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode, urlsplit

from news.index import Sort
from search.params import SearchParams

PAGE_PATH = "/"  # of the web page
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\x9f\\\"'<>`\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def safe_href(url: str | None) -> str | None:
    """The URL if it is an absolute http or https address that a browser reads as written; otherwise None.

    >>> safe_href("https://example.org/a?b=1")
    'https://example.org/a?b=1'
    >>> safe_href("java\\tscript:alert(1)") is None
    True
    """
    if not url or _UNSAFE.search(url):
        return None
    try:
        parts = urlsplit(url)
        has_host = bool(parts.hostname)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and has_host else None


def host_of(url: str | None) -> str:
    """The host a link leads to, without "www."; empty if the URL is not safe to link."""
    href = safe_href(url)
    return (urlsplit(href).hostname or "").removeprefix("www.") if href else ""


def search_query(params: SearchParams, **changes: Any) -> str:
    """The query string of a search with these fields changed; it is for page 1 unless `page` is among them."""
    update = {"cursor": None, **({} if "page" in changes else {"page": 1}), **changes}
    changed = params.model_copy(update=update)
    values = changed.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    shown = {name: str(value).lower() if isinstance(value, bool) else value for name, value in values.items()}
    return urlencode({name: value for name, value in shown.items() if value not in ("", [], None)}, doseq=True)


def export_query(params: SearchParams) -> str:
    """The query string that exports what the search counts, in its order: the count of many words depends on it.

    By default an export is sorted newest first and contains every copy.
    """
    sort = None if params.effective_sort is Sort.NEWEST else params.effective_sort
    query = search_query(params, sort=sort, size=20, collapse=True, as_of=None)
    return "&".join(part for part in (query, "collapse=true" if params.collapse else "") if part)


def search_href(path: str, params: SearchParams, **changes: Any) -> str:
    """The address of a search below `path`, as short as its parameters allow."""
    query = search_query(params, **changes)
    return f"{path}?{query}" if query else path


def byline_links(people: Iterable[str], agencies: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The names of a byline, each with a link to everything else signed by it.

    >>> byline_links(["Jane Doe"], ["AFP"])
    (('Jane Doe', '/?author=Jane+Doe'), ('AFP', '/?agency=AFP'))
    """
    named = [("author", name) for name in people] + [("agency", name) for name in agencies]
    return tuple((name, f"/?{urlencode({parameter: name})}") for parameter, name in named)


def next_href(path: str, following: SearchParams | None) -> str | None:
    """The address of the following page; None when there is none."""
    return search_href(path, following, page=following.page, cursor=following.cursor) if following else None
