"""Who wrote the story: the people and agencies of the byline, each name on its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lxml.html import HtmlElement

from news.article import Hints

from .document import Document
from .found import Found
from .jsonld import as_list, name_of
from .passages import Passage
from .shown_bylines import shown_bylines
from .structured import Structured
from .text import plain, word_key
from .titles import site_keys
from .tree import outside_story, text_of
from .vocabulary import AGENCIES, BYLINE_OPENERS, NAME_JOINERS, NOBODY, ROLE_QUALIFIERS, ROLE_WORDS

MAX_AUTHORS = 20
MAX_NAME_CHARACTERS = 80
MAX_BYLINE_NAMES = 8  # of a shown byline that is believed over the stated one

_METAS = (
    "author", "article:author", "og:article:author", "og:author", "byl", "authors", "parsely-author",
    "sailthru.author", "dc.creator", "dcterms.creator",
    "citation_author", "dcsext.author", "article:author_name", "shareaholic:article_author_name", "creator",
)  # fmt: skip

_OPENER = re.compile(
    rf"^(?:{'|'.join(map(re.escape, sorted(BYLINE_OPENERS, key=len, reverse=True)))})(?:\s*:\s*|\s+)", re.IGNORECASE
)
_JOINER = re.compile(
    rf"\s*[;|•·/]\s*|\s+&\s+|\s*[,、，]\s+(?:(?:and|und|et|ve|och)\s+)?|\s+(?:{'|'.join(NAME_JOINERS)})\s+",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://|www\.|@|\.(?:com|html?|php)\b", re.IGNORECASE)
_EMAIL = re.compile(r"\(?<?[\w.+-]+@[\w-]+\.[\w.-]+>?\)?|(?<!\w)@\w+")
_ROLE = re.compile(r"\s*(?:\(.*?\)|\[.*?\])\s*$|,\s*(?:ap|afp|reuters|dpa)$|\s+[-–—]\s+.*$", re.IGNORECASE)
_DIGITS = re.compile(r"\d{2,}|\d+:\d+")
_USER_NAME = re.compile(r"[^\W\d_]{3,}\d{1,4}")
_HUMAN_NAME = re.compile(r"[^\W\d_]")

_BY_REL = "//*[@rel='author' or @itemprop='author' or @data-testid='author-name']"
_MAX_SEEN = 60
_ROLES = re.compile(
    rf"(?:\s+(?:{'|'.join(ROLE_QUALIFIERS)}))*\s+(?:{'|'.join(ROLE_WORDS)})\b.*$|\s+기자$", re.IGNORECASE
)
_DEGREE = re.compile(
    r"(?:[A-Z][a-z]?\.?){1,3}D\.?|M\.?[ABDSWD]c?\.?|B\.?[AS]c?\.?|[RC]\.?N\.?|R\.?D\.?N?|MPH|MBA|CPA|CFP|Esq|JD|Jr|Sr|III?"
    r"|[A-Z]{3,6}(?: \d+)?|E-RYT \d+"
)
_TEMPLATE = re.compile(
    r"\b(?:page|post|site|article|extra|data|author|user)\.\w|[{}<>]|^\("
)  # "page.head.author", "{{author}}", "(Image: …)"


def read_authors(
    document: Document,
    structured: Structured,
    hints: Hints,
    passages: Sequence[Passage] = (),
    headline: int = -1,
) -> Found[tuple[str, ...]] | None:
    """The names of the byline in order; None when it names nobody.

    `headline` is the index of the headline among the page's passages, -1 where none shows it.
    """
    sites = site_keys(document, structured, hints)
    people, groups = _stated_in_json(structured)
    metas = _metas(structured)
    stated = _first_found((("json-ld", people + groups if people else []),), sites, keep_site=True)
    stated = stated or _first_found((("meta", metas),), sites)
    shown = _first_found(_shown(document, passages, headline), sites)
    if stated and shown and shown.origin == "byline" and _says_more(shown.value, stated.value):
        return shown
    return stated or shown or _first_found((("json-ld", groups), ("meta", metas)), sites, keep_site=True)


def _first_found(
    places: Iterable[tuple[str, list[str]]], sites: frozenset[str], *, keep_site: bool = False
) -> Found[tuple[str, ...]] | None:
    for origin, bylines in places:
        if names := tidy_names(bylines, sites, keep_site=keep_site):
            return Found(names, origin)
    return None


def _says_more(shown: tuple[str, ...], stated: tuple[str, ...]) -> bool:
    """Whether the page's byline completes what it states for machines, or gives the name behind a user name."""
    seen, known = {word_key(name) for name in shown}, {word_key(name) for name in stated}
    if known < seen:
        return len(seen) <= MAX_BYLINE_NAMES
    return len(known) == 1 and len(next(iter(known))) == 1 and len(seen) == 1 and len(next(iter(seen))) in (2, 3)


def _shown(document: Document, passages: Sequence[Passage], headline: int) -> Iterator[tuple[str, list[str]]]:
    """The bylines that readers see, best first."""
    bylines = [byline.text for byline in shown_bylines(list(passages), headline)[:4]]
    yield from (("byline", [text]) for text in bylines[:1])
    yield "marked", _elements(document.tree.xpath(_BY_REL))
    yield from (("byline", [text]) for text in bylines[1:])


def tidy_names(stated: list[str], sites: frozenset[str], *, keep_site: bool = False) -> tuple[str, ...]:
    """Bylines as single names: openers, addresses, roles and the site's own name dropped, doubles merged."""
    people: dict[tuple[str, ...], str] = {}
    own: dict[tuple[str, ...], str] = {}
    for byline in stated:
        for name in split_byline(byline):
            key = word_key(name)
            (own if "".join(key) in sites and not keep_site else people).setdefault(tuple(sorted(key)), name)
    if people and all(name.casefold() in AGENCIES for name in people.values()):
        people |= own  # "The Local/AFP": the newsroom has its part in what it took from an agency
    return tuple(people.values())[:MAX_AUTHORS]


def split_byline(byline: str) -> list[str]:
    """The names in one byline such as "By Jane Doe and John Roe, Reuters".

    >>> split_byline("By Jane Doe and John Roe")
    ['Jane Doe', 'John Roe']
    """
    text = _EMAIL.sub(" ", plain(byline, limit=400))
    text = _OPENER.sub("", text.strip(" -–—|,;:"))
    parts = _JOINER.split(text)
    names: list[str] = []
    for part in parts:
        if names and _DEGREE.fullmatch(part.strip(" ,.")):
            names[-1] = f"{names[-1]}, {part.strip(' ,')}"
        elif name := _name(part):
            names.append(name)
    return names


def _name(part: str) -> str | None:
    name = _OPENER.sub("", _ROLE.sub("", part.strip(" -–—|,;:*")))
    role = _ROLES.search(name)
    if _ROLES.match(f" {name}"):
        return None
    name = name[: role.start()] if role and len(name[: role.start()].split()) >= 2 - (not name.isascii()) else name
    name = name.strip(" -–—|,;:*.") if not name.endswith("r.") else name.strip()
    words = name.split()
    if not name or len(name) > MAX_NAME_CHARACTERS or len(words) > 7 or not _HUMAN_NAME.search(name):
        return None
    folded = name.casefold()
    if folded in NOBODY or _TEMPLATE.search(name) or _ADDRESS.search(name) or _has_digits(name) or len(name) < 2:
        return None
    return name


def _has_digits(name: str) -> bool:
    """Whether a name holds a number; a user name may end in one."""
    return bool(_DIGITS.search(name)) and not _USER_NAME.fullmatch(name)


def _metas(structured: Structured) -> list[str]:
    metas = [value for _, value in structured.all(*_METAS[:5]) if not _ADDRESS.search(value)]
    metas = metas or [value for _, value in structured.all(*_METAS[5:]) if not _ADDRESS.search(value)]
    return metas[:MAX_AUTHORS]


def _stated_in_json(structured: Structured) -> tuple[list[str], list[str]]:
    """Names of people and of organizations; a name without a type counts as a person's."""
    people: list[str] = []
    groups: list[str] = []
    by_id = {node.get("@id"): node for node in structured.nodes if node.get("@id")}
    for stated in (
        as_list(structured.article.get("author"))[:MAX_AUTHORS]
        or as_list(structured.article.get("creator"))[:MAX_AUTHORS]
    ):
        author: object = stated
        if isinstance(author, Mapping) and not author.get("name"):
            author = by_id.get(author.get("@id"), author)
        for name in (
            [name_of(item) for item in as_list(author.get("name"))]
            if isinstance(author, Mapping) and isinstance(author.get("name"), list)
            else [name_of(author)]
        ):
            organization = isinstance(author, Mapping) and any(
                "Organization" in str(kind) for kind in as_list(author.get("@type"))
            )
            (groups if organization and name.casefold() not in AGENCIES else people).append(name)
    return [name for name in people if name], [name for name in groups if name]


def _elements(found: list[HtmlElement]) -> list[str]:
    """The first bylines of the story; an element that holds another found one gives way to it."""
    names: list[str] = []
    inside = {ancestor for element in found[:_MAX_SEEN] for ancestor in element.iterancestors()}
    for element in found[:_MAX_SEEN]:
        if element in inside or outside_story(element) or element.tag in ("meta", "link", "img"):
            continue
        text = text_of(element, limit=200)
        if 2 < len(text) <= 120:
            names.append(text)
        if len(names) >= 3:
            break
    return names
