"""Where in a list a page is, by the number in its address. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from news.urls import path_and_query

_PAGE_PARAMETERS = frozenset(
    {"page", "paged", "pg", "p", "pageno", "page_no", "pagenum", "page_num", "pagenumber", "page_number", "pagina",
     "sayfa", "seite", "strana", "strona", "sida"}
)  # fmt: skip
_OFFSET_PARAMETERS = frozenset(
    {"start", "offset", "skip", "from", "startat", "start_at", "startindex", "limitstart", "b_start", "b_start:int"}
)
_PARAMETER = re.compile(r"(?<=[?&])([^=&]+)=([0-9]{1,6})(?=&|$)")
_IN_PATH = re.compile(r"/(?:page|pagina|sayfa|seite|strana|strona|sida)[/-]?([0-9]{1,4})/*$", re.IGNORECASE)
_BARE = re.compile(r"/([0-9]{1,3})/*")  # behind the path of a list
# What an address that is said to be the next has behind that of its list: "/2", "_2.html", "/index-2.html", "/p2"
_BEHIND = re.compile(
    r"[/_,.-]?(?:(?:page|pagina|sayfa|seite|strana|strona|sida|index|p)[/_,.-]?)?([0-9]{1,4})(?:\.[a-z]{3,5})?/*",
    re.IGNORECASE,
)
_END = re.compile(r"(?:/index)?\.(?:html?|php|aspx?|jsp)$|/+$", re.IGNORECASE)


class Unit(Enum):
    """What the number in an address counts."""

    PAGE = "page"
    ENTRY = "entry"  # it is that of the page's first one


@dataclass(frozen=True, slots=True)
class Place:
    """A page of a list."""

    of_list: str  # path and query without the number
    number: int | None = None  # None for a first page that states none
    unit: Unit | None = None


def place_of(url: str, list_path: str) -> Place:
    """The place that a normalised address states; `list_path` is the path of the list's first page.

    >>> place_of("https://a.org/world/page/3/?sort=new", "/world")
    Place(of_list='/world?sort=new', number=3, unit=<Unit.PAGE: 'page'>)
    >>> place_of("https://a.org/world?start=20", "/world").unit, place_of("https://a.org/world/2", "/world").number
    (<Unit.ENTRY: 'entry'>, 2)
    """
    path, _, query = path_and_query(url).partition("?")
    number, unit = None, None
    others = []
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        counted = _unit(name) if re.fullmatch(r"[0-9]{1,6}", value) else None
        if counted is None or unit is Unit.PAGE:
            others.append(pair)
        else:
            number, unit = int(value), counted
    if found := _IN_PATH.search(path):
        path, number, unit = path[: found.start()], int(found[1]), Unit.PAGE
    elif path.startswith(list_path) and (bare := _BARE.fullmatch(path.removeprefix(list_path))):
        path, number, unit = list_path, int(bare[1]), Unit.PAGE
    return Place(f"{path.rstrip('/')}?{'&'.join(others)}", number, unit)


def is_further(url: str, than: str, list_path: str) -> bool:
    """Whether an address that is said to be the next can be a later page of the same list.

    >>> is_further("https://a.org/world_2.html", "https://a.org/world", "/world")
    True
    >>> is_further("https://a.org/world/ferry-2", "https://a.org/world", "/world")
    False
    """
    number, number_before = _number_behind(url, list_path), _number_behind(than, list_path)
    return number is not None and number > (number_before or 0)


def numbered_on(url: str, entry_count: int) -> str | None:
    """The address with the next number, for answers to scripts, which count themselves; None for one without a number.

    >>> numbered_on("https://a.org/ajax?list=world&page=2", 20), numbered_on("https://a.org/ajax?offset=40", 20)
    ('https://a.org/ajax?list=world&page=3', 'https://a.org/ajax?offset=60')
    """
    for match in _PARAMETER.finditer(url):
        if (unit := _unit(match[1])) is not None:
            following = int(match[2]) + (1 if unit is Unit.PAGE else entry_count)
            return f"{url[: match.start(2)]}{following}{url[match.end(2) :]}"
    if found := _IN_PATH.search(url):
        return f"{url[: found.start(1)]}{int(found[1]) + 1}{url[found.end(1) :]}"
    return None


def _unit(parameter: str) -> Unit | None:
    name = parameter.lower().replace("%3a", ":")
    if name in _PAGE_PARAMETERS:
        return Unit.PAGE
    return Unit.ENTRY if name in _OFFSET_PARAMETERS else None


def _number_behind(url: str, list_path: str) -> int | None:
    path = path_and_query(url).partition("?")[0]
    stem = _END.sub("", list_path)
    found = _BEHIND.fullmatch(path.removeprefix(stem)) if path.startswith(stem) else None
    return int(found[1]) if found else None
