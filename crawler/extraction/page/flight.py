"""Stories that a page has only as data for its scripts: the article is found by its address or headline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler.extraction.page.document import Document
from crawler.extraction.page.page_data import data_rows
from crawler.extraction.page.rich_text import rendered_blocks, rich_blocks
from crawler.extraction.text import plain, word_key
from news.article import Block

MAX_VISITED = 200_000
MIN_BODY_CHARACTERS = 200
MIN_TITLE_WORDS = 5  # of a headline matched by its beginning; names of sections are shorter
MAX_BODIES = 5  # tried in turn

_BODY_KEYS = (
    "body", "content", "contentHtml", "content_elements", "articleBody", "blocks", "text", "html", "paragraphs",
    "components", "elements",
)  # fmt: skip
_TITLE_KEYS = ("title", "headline", "name", "headlines")
_DAY_KEYS = (
    "publishedAt", "published_at", "datePublished", "publishDate", "publish_date", "publishedDate", "published_date",
    "firstPublished", "firstPublishedAt", "first_published_at", "first_publish_date", "publicationDate", "pubDate",
    "publish_at", "published", "display_date", "displayDate",
)  # fmt: skip
_WRITER_KEYS = ("authors", "author", "byline", "bylines", "writers")
MAX_WRITERS = 20
_ADDRESS_KEYS = ("slug", "id", "articleId", "path", "url", "canonical", "canonical_url")


@dataclass(frozen=True)
class Flight:
    """What a page's script data says about its article."""

    blocks: tuple[Block, ...] = ()
    writers: tuple[str, ...] = ()  # as stated
    published: str | None = None  # as stated


def read_flight(document: Document, title: str) -> Flight:
    """The page's article from its script data; without blocks if it has none."""
    rows = data_rows(document)
    if not rows:
        return Flight()
    for node, body in _articles(rows, document.url, title):
        blocks = tuple(rich_blocks(body, rows))
        if sum(len(block.text) for block in blocks) >= MIN_BODY_CHARACTERS:
            return Flight(blocks, tuple(_writers(node))[:MAX_WRITERS], _day(node))
    blocks = tuple(block for row in rows.values() for block in rendered_blocks(row))
    return Flight(blocks if sum(len(block.text) for block in blocks) >= MIN_BODY_CHARACTERS else ())


def _day(node: Mapping[str, object]) -> str | None:
    """An object's publication date as stated, directly or as `date` in a nested object; None if it has none."""
    for stated in (node.get(name) for name in _DAY_KEYS):
        for day in (stated, stated.get("date")) if isinstance(stated, Mapping) else (stated,):
            if (isinstance(day, str) and day.strip()) or type(day) is int:
                return str(day)
    return None


def _writers(node: Mapping[str, object]) -> Iterator[str]:
    """The names under the first key for writers that has any, as texts or objects with a name."""
    credited = node.get("credits")  # in stories from Arc
    signed = credited.get("by") if isinstance(credited, Mapping) else None
    for stated in (signed, *(node.get(name) for name in _WRITER_KEYS)):
        names = [
            plain(each.get("name") if isinstance(each, Mapping) else each)
            for each in (stated if isinstance(stated, list) else [stated])
        ]
        if any(names):
            yield from filter(None, names)
            return


def _articles(rows: dict[str, object], url: str, title: str) -> list[tuple[Mapping[str, object], object]]:
    """(object, body) for objects with this page's address or headline, longest body first."""
    last = urlsplit(url).path.rstrip("/").rsplit("/", 1)[-1]
    key = word_key(title)
    bodies: list[tuple[Mapping[str, object], object]] = []
    for node in _mappings(rows):
        addressed = bool(last) and any(
            str(node.get(name)).rstrip("/").rsplit("/", 1)[-1] == last for name in _ADDRESS_KEYS if node.get(name)
        )
        titled = bool(key) and any(_bears(key, word_key(text)) for text in _titles(node))
        if addressed or titled:
            bodies += [(node, node[name]) for name in _BODY_KEYS if node.get(name)]
    return sorted(bodies, key=lambda each: -len(str(each[1])))[:MAX_BODIES]


def _titles(node: Mapping[str, object]) -> Iterator[str]:
    """The headlines of an object, each stated as a text or as an object with several forms."""
    for name in _TITLE_KEYS:
        stated = node.get(name)
        yield from map(plain, stated.values() if isinstance(stated, Mapping) else (stated,))


def _bears(page_key: tuple[str, ...], key: tuple[str, ...]) -> bool:
    """Whether a headline is the page's, which may be followed by the section's or site's name."""
    return key == page_key or (len(key) >= MIN_TITLE_WORDS and page_key[: len(key)] == key)


def _mappings(root: object) -> Iterator[Mapping[str, object]]:
    stack, visited = [root], 0
    while stack and visited < MAX_VISITED:
        node = stack.pop()
        visited += 1
        if isinstance(node, dict):
            yield node
            stack.extend(node.values())
        elif isinstance(node, list):
            stack.extend(node)
