"""Traps: endless URL spaces, recognised from the URL alone."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import urlsplit

from news.urls import MAX_URL_LENGTH

# Choices, far above what the addresses of stories on news sites need.
MAX_PATH_SEGMENTS = 12
MAX_QUERY_PARAMETERS = 8
MAX_PAGE_NUMBER = 500
MAX_SAME_SEGMENT = 2

_SESSION = re.compile(r"/\(s\(\w+\)\)", re.IGNORECASE)  # ASP.NET's; normalizing already drops session parameters
_CALENDAR_PATH = re.compile(
    r"/(calendar|kalender|takvim|events?|agenda)/(.*/)?\d{4}([-/]\d{1,2}){0,2}/?$", re.IGNORECASE
)
_DATE_PARAMETERS = frozenset({"year", "month", "week", "day", "date"})
_PAGE_NUMBER = re.compile(r"(?:^|&)(?:page|paged|pg)=([0-9]+)", re.IGNORECASE)


def trap_reason(url: str) -> str | None:
    """Why a normalized URL looks like part of an endless space, in one line; None when it does not.

    >>> trap_reason("https://example.com/a/b/a/b/a/b/")
    "repeated path segments 'a/b'"
    >>> trap_reason("https://example.com/world/2025/05/05/storm") is None
    True
    """
    if len(url) > MAX_URL_LENGTH:
        return f"longer than {MAX_URL_LENGTH} characters"
    try:
        parts = urlsplit(url)
    except ValueError:
        return "not a URL"
    segments = [segment for segment in parts.path.split("/") if segment]
    return _path_reason(parts.path, segments) or _query_reason(parts.query) or _session_reason(url)


def _path_reason(path: str, segments: list[str]) -> str | None:
    if len(segments) > MAX_PATH_SEGMENTS:
        return f"{len(segments)} path segments"
    repeated = _repeated_block(segments)
    if repeated:
        return f"repeated path segments '{repeated}'"
    return "calendar page" if _CALENDAR_PATH.search(path) else None


def _query_reason(query: str) -> str | None:
    names = [pair.partition("=")[0].lower() for pair in query.split("&")]
    if len(names) > MAX_QUERY_PARAMETERS:
        return f"{len(names)} query parameters"
    # Together with any other parameter they may be part of a story's address.
    if _DATE_PARAMETERS & set(names) and not set(names) - _DATE_PARAMETERS - {"view", "page"}:
        return "calendar page"
    for number in _PAGE_NUMBER.findall(query):
        if len(number) > 9 or int(number) > MAX_PAGE_NUMBER:
            return f"page number {number[:20]}"
    return None


def _session_reason(url: str) -> str | None:
    return "session id" if _SESSION.search(url) else None


def _repeated_block(segments: list[str]) -> str | None:
    """A run of two or more segments that is repeated at once, or one segment that occurs too often."""
    for size in range(2, len(segments) // 2 + 1):
        for start in range(len(segments) - 2 * size + 1):
            block = segments[start : start + size]
            if block == segments[start + size : start + 2 * size]:
                return "/".join(block)
    segment, count = Counter(segments).most_common(1)[0] if segments else ("", 0)
    return segment if count > MAX_SAME_SEGMENT else None
