"""A page's JSON-LD: reads every block leniently and chooses the node that describes the article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape

from lxml.html import HtmlElement

from crawler.extraction.text import plain, word_key

MAX_BLOCK_CHARACTERS = 2_000_000
MAX_NODES = 2_000  # read from one page
MAX_DEPTH = 8  # of nodes inside nodes

Node = Mapping[str, object]

_ARTICLE = re.compile(r"(?:article|blogposting|liveblogposting|^report|reportage|socialmediaposting)$", re.IGNORECASE)
_WEAK = re.compile(
    r"^(?:webpage|itempage|creativework|blog|recipe|review|howto|podcastepisode|event"
    r"|discussionforumposting|qapage|question)$",
    re.IGNORECASE,
)
_DISCUSSION = re.compile(r"^(?:discussionforumposting|qapage|question)$", re.IGNORECASE)
_OFFER = re.compile(
    r"^(?:product|productgroup|productmodel|realestatelisting|apartment|house|singlefamilyresidence|residence|accommodation"
    r"|jobposting|service|offercatalog|vehicle|car|hotel|lodgingbusiness|restaurant|touristattraction)$",
    re.IGNORECASE,
)
_VIDEO = re.compile(r"^(?:videoobject|clip|movie|tvepisode|broadcastevent)$", re.IGNORECASE)
_HUB = re.compile(r"^(?:collectionpage|searchresultspage|profilepage)$", re.IGNORECASE)
_NESTED = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement", "item")
_COMMENTED = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$"
)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_BARE_FIELD = re.compile(
    r'"(headline|datePublished|dateModified|dateCreated|articleSection|description|inLanguage)"\s*:\s*"((?:[^"\\]|\\.){1,2000})"'
)
_BARE_TYPE = re.compile(r'"@type"\s*:\s*"(\w{0,40}Article|BlogPosting)"')
_BARE_AUTHOR = re.compile(r'"author"\s*:\s*\[?\s*\{[^{}]{0,400}?"name"\s*:\s*"((?:[^"\\]|\\.){1,200})"')


def nodes(scripts: Iterable[HtmlElement]) -> list[Node]:
    """Every typed node in a page's scripts, in page order, with those inside graphs and main entities."""
    found: list[Node] = []
    for script in scripts:
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        for node in _walk(_load(script.text or ""), 0):
            found.append(node)
            if len(found) >= MAX_NODES:
                return found
    return found


def types(node: Node) -> tuple[str, ...]:
    """The node's schema.org types without the vocabulary's address."""
    return tuple(str(kind).rsplit("/", 1)[-1].rsplit(":", 1)[-1] for kind in as_list(node.get("@type")))


def article_node(found: list[Node], headlines: set[tuple[str, ...]]) -> Node | None:
    """The node of the page's article: preferably one whose headline is shown, never an entry of a list."""
    listed = _listed(found)
    own = (entry for entry in enumerate(found) if id(entry[1]) not in listed)
    scored = [(_fitness(node, headlines), -index, node) for index, node in own]
    best = max(scored, key=lambda entry: entry[:2], default=None)
    return best[2] if best and best[0] > 0 else None


def is_article(node: Node) -> bool:
    """Whether the node calls itself an article."""
    return any(_ARTICLE.search(kind) for kind in types(node))


def is_video(node: Node) -> bool:
    """Whether the node calls itself a video."""
    return any(_VIDEO.search(kind) for kind in types(node))


def is_discussion(node: Node) -> bool:
    """Whether the node calls itself a thread, in which others than its writer answer."""
    return any(_DISCUSSION.search(kind) for kind in types(node))


def is_offer(node: Node) -> bool:
    """Whether the node calls itself something to buy, hire, visit or apply for."""
    return any(_OFFER.search(kind) for kind in types(node))


def is_hub(node: Node) -> bool:
    """Whether the node calls itself a list of other pages."""
    return any(_HUB.search(kind) for kind in types(node))


def as_list(value: object) -> list[object]:
    """A JSON value as a list, whether it is none, one or several."""
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def name_of(value: object) -> str:
    """The name in a string or in a node for a person, organization or thing; "" if there is none."""
    if isinstance(value, Mapping):
        name = value.get("name") or value.get("headline") or value.get("@value")
        if not name and (value.get("givenName") or value.get("familyName")):
            name = f"{value.get('givenName') or ''} {value.get('familyName') or ''}"
        return name_of(name) if not isinstance(name, Mapping) else ""
    if isinstance(value, list):
        return name_of(value[0]) if value else ""
    return plain(value)


def _listed(found: Iterable[Node]) -> set[int]:
    """The ids of nodes that are entries of an item list, such as of other stories."""
    lists = (node for node in found if "ItemList" in types(node))
    return {id(entry) for node in lists for entry in _walk(node.get("itemListElement"), 0)}


def _fitness(node: Node, headlines: set[tuple[str, ...]]) -> int:
    kinds = types(node)
    headline = word_key(plain(node.get("headline") or node.get("name")))
    if any(_ARTICLE.search(kind) for kind in kinds):
        base = 10
    elif any(_WEAK.search(kind) for kind in kinds) and (node.get("datePublished") or node.get("headline")):
        base = 4
    else:
        return 0
    if headline and headline in headlines:
        base += 20
    return base + sum(bool(node.get(key)) for key in ("headline", "datePublished", "author", "articleBody"))


def _load(raw: str) -> object:
    text = _COMMENTED.sub("", raw[:MAX_BLOCK_CHARACTERS].strip()).strip().rstrip(";")
    if not text:
        return None
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text), unescape(text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return _several(text) or _salvage(text)


def _several(text: str) -> list[object]:
    """The JSON values written one after another in one block."""
    decoder, values, position = json.JSONDecoder(strict=False), [], 0
    while position < len(text):
        try:
            value, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            break
        values.append(value)
        while position < len(text) and text[position] in " \t\r\n,;":
            position += 1
    return values


def _salvage(text: str) -> object:
    """The plain fields of an article block that is not valid JSON; None if it does not name an article."""
    kind = _BARE_TYPE.search(text)
    if not kind:
        return None
    node: dict[str, object] = {"@type": kind[1]}
    for match in _BARE_FIELD.finditer(text, kind.start() if '"@type"' in text[: kind.start() + 8] else 0):
        node.setdefault(match[1], _unquoted(match[2]))
    authors = [_unquoted(match[1]) for match in _BARE_AUTHOR.finditer(text)]
    if authors:
        node["author"] = [{"@type": "Person", "name": name} for name in authors[:10]]
    return node


def _unquoted(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"', strict=False))
    except ValueError:
        return text


def _walk(value: object, depth: int) -> Iterator[Node]:
    if depth > MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value[:MAX_NODES]:
            yield from _walk(item, depth + 1)
    elif isinstance(value, dict):
        if value.get("@type"):
            yield value
        for key in _NESTED:
            if isinstance(value.get(key), (dict, list)):
                yield from _walk(value[key], depth + 1)
