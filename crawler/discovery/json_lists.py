"""Lists of stories as JSON, as pages load them when readers ask for more: no format, only the usual names."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from crawler.discovery.readings import Unreadable
from crawler.discovery.text import one_line
from news.urls import join_url

MAX_VALUES = 200_000  # looked at in one answer
_LINKS = frozenset(
    {"url", "link", "href", "permalink", "canonicalurl", "weburl", "shareurl", "pageurl", "articleurl", "storyurl",
     "fullurl", "path", "uri"}
)  # fmt: skip
_TITLES = ("title", "headline", "name", "label")
_NEXT = frozenset({"next", "nexturl", "nextpage", "nextpageurl", "nextlink", "nexthref", "loadmore", "loadmoreurl"})
_HAS_MORE = frozenset({"hasmore", "hasnext", "hasnextpage", "moreavailable"})


@dataclass(slots=True)
class JsonList:
    """What a JSON answer names; which of its addresses are stories is for others to say."""

    links: list[tuple[str, str | None]] = field(default_factory=list)  # absolute addresses with their titles
    fragments: list[str] = field(default_factory=list)  # pieces of HTML with links
    next_url: str | None = None
    is_last: bool = False  # it says that nothing comes after it


def read_json_list(text: str, url: str) -> JsonList | Unreadable:
    """The links of a JSON answer, in order, made absolute against `url`; never raises."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        return Unreadable(reason=f"not JSON: {str(error)[:120]}")
    found = JsonList()
    for record in _records(document):
        _take(record, url, found)
    return found


def _records(document: Any) -> Iterator[Mapping[str, Any]]:
    """All objects of a document in the order in which they begin."""
    waiting = [document]
    seen = 0
    while waiting and seen < MAX_VALUES:
        value = waiting.pop()
        seen += 1
        if isinstance(value, dict):
            yield value
            waiting.extend(reversed(value.values()))
        elif isinstance(value, list):
            waiting.extend(reversed(value))


def _take(record: Mapping[str, Any], url: str, found: JsonList) -> None:
    texts = {_plain(name): value for name, value in record.items() if isinstance(value, str)}
    title = next((one_line(texts[name]) for name in _TITLES if texts.get(name)), None)
    for name, value in texts.items():
        if name in _LINKS and (link := join_url(url, value)):
            found.links.append((link, title))
        elif name in _NEXT and found.next_url is None and value.startswith(("/", "?", "http://", "https://")):
            found.next_url = join_url(url, value)
        elif "<a " in value:
            found.fragments.append(value)
    found.is_last = found.is_last or any(_plain(name) in _HAS_MORE and value is False for name, value in record.items())


def _plain(name: str) -> str:
    """A name in small letters, without what joins its words.

    >>> _plain("next_page-URL")
    'nextpageurl'
    """
    return name.lower().replace("_", "").replace("-", "")
