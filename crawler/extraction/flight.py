"""Stories that a page carries only as data for its scripts: Next.js flight data, __NEXT_DATA__ and pushed state."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from crawler.extraction.blocks import container_blocks, line_blocks
from crawler.extraction.document import Document, parse_markup
from crawler.extraction.text import plain, word_key
from news.article import Block, BlockKind

MAX_DATA_CHARACTERS = 3_000_000
MAX_VISITED = 200_000
MIN_BODY_CHARACTERS = 200
MIN_TITLE_WORDS = 5  # of a headline that is told by its beginning; the name of a section is shorter

_PUSH = re.compile(r"self\.__next_f\.push\(\s*(\[.*\])\s*\)", re.DOTALL)
_STATE_PUSH = re.compile(r"window\[[^]]{1,80}\]\.push\((?=\{)")  # TanStack Query's dehydrated state
_ROW = re.compile(r"([0-9a-f]{1,6}):", re.IGNORECASE)
_TEXT_ROW = re.compile(r"T([0-9a-f]{1,7}),", re.IGNORECASE)
_REFERENCE = re.compile(r"^\$(?:[LQ])?([0-9a-f]{1,6})$", re.IGNORECASE)
_BODY_KEYS = (
    "body",
    "content",
    "contentHtml",
    "articleBody",
    "blocks",
    "text",
    "html",
    "paragraphs",
    "components",
    "elements",
)
_TITLE_KEYS = ("title", "headline", "name")
_ADDRESS_KEYS = ("slug", "id", "articleId", "path", "url", "canonical")
_VALUE_KEYS = ("value", "html", "text", "content", "children", "data", "body")
_TAGS = {
    "p": BlockKind.PARAGRAPH,
    "h2": BlockKind.SUBHEAD,
    "h3": BlockKind.SUBHEAD,
    "li": BlockKind.LIST_ITEM,
    "blockquote": BlockKind.QUOTE,
}


def read_flight(document: Document, title: str) -> tuple[Block, ...]:
    """The body of the article the page is about, from its script data; empty when there is none."""
    rows = _rows(document)
    if not rows:
        return ()
    for candidate in _articles(rows, document.url, title):
        blocks = tuple(_blocks(candidate, rows, 0))
        if sum(len(block.text) for block in blocks) >= MIN_BODY_CHARACTERS:
            return blocks
    blocks = tuple(block for row in rows.values() for block in _rendered(row, 0))
    return blocks if sum(len(block.text) for block in blocks) >= MIN_BODY_CHARACTERS else ()


def _rows(document: Document) -> dict[str, object]:
    """The page's data rows by id; __NEXT_DATA__ is one row."""
    stream: list[str] = []
    rows: dict[str, object] = {}
    for script in document.tree.iter("script"):
        text = script.text or ""
        if script.get("id") == "__NEXT_DATA__":
            rows["next"] = _json(text[:MAX_DATA_CHARACTERS])
        elif pushes := list(_STATE_PUSH.finditer(text[:MAX_DATA_CHARACTERS])):
            rows |= {
                f"state {number}": _first_json(text[push.end() :]) for number, push in enumerate(pushes, len(rows))
            }
        elif match := _PUSH.search(text[:MAX_DATA_CHARACTERS]):
            pushed = _json(match[1])
            if isinstance(pushed, list) and len(pushed) == 2 and isinstance(pushed[1], str):
                stream.append(pushed[1])
    rows.update(_parse_stream("".join(stream)[:MAX_DATA_CHARACTERS]))
    return rows


def _parse_stream(stream: str) -> dict[str, object]:
    """Rows "id:json" that end at a line break, and "id:Tlength,text" whose length counts bytes."""
    data, position = stream.encode("utf-8", "surrogatepass"), 0
    rows: dict[str, object] = {}
    while position < len(data):
        head = data[position : position + 24].decode("ascii", "replace")
        match = _ROW.match(head)
        if not match:
            position = _next_line(data, position)
            continue
        start = position + match.end()
        if text_row := _TEXT_ROW.match(head[match.end() :]):
            start += text_row.end()
            position = start + int(text_row[1], 16)
            rows[match[1]] = data[start:position].decode("utf-8", "replace")
        else:
            position = _next_line(data, start)
            rows[match[1]] = _json(data[start:position].decode("utf-8", "replace").lstrip("IHS"))
    return rows


def _next_line(data: bytes, position: int) -> int:
    end = data.find(b"\n", position)
    return len(data) if end < 0 else end + 1


def _json(text: str) -> object:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _first_json(text: str) -> object:
    """The value a text begins with; what follows it is script."""
    try:
        return json.JSONDecoder(strict=False).raw_decode(text[:MAX_DATA_CHARACTERS])[0]
    except (ValueError, RecursionError):
        return None


def _articles(rows: dict[str, object], url: str, title: str) -> list[object]:
    """Bodies of the objects that bear this page's address or headline, longest first."""
    last = urlsplit(url).path.rstrip("/").rsplit("/", 1)[-1]
    key = word_key(title)
    bodies: list[object] = []
    for node in _mappings(rows):
        addressed = bool(last) and any(
            str(node.get(name)).rstrip("/").rsplit("/", 1)[-1] == last for name in _ADDRESS_KEYS if node.get(name)
        )
        titled = bool(key) and any(_bears(key, word_key(plain(node.get(name)))) for name in _TITLE_KEYS)
        if addressed or titled:
            bodies += [node[name] for name in _BODY_KEYS if node.get(name)]
    return sorted(bodies, key=lambda body: -len(str(body)))[:5]


def _bears(page_key: tuple[str, ...], key: tuple[str, ...]) -> bool:
    """Whether a headline is the page's, which may have the section's or the site's name behind it."""
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


def _blocks(value: object, rows: dict[str, object], depth: int) -> Iterator[Block]:
    """The paragraphs of a body: HTML, plain text, or a list of blocks; embedded other articles are left out."""
    if depth > 12:
        return
    if isinstance(value, str):
        if reference := _REFERENCE.match(value):
            if reference[1] in rows:
                yield from _blocks(rows[reference[1]], rows, depth + 1)
        elif "<" in value and (tree := parse_markup(value)) is not None:
            yield from container_blocks(tree)
        elif not value.startswith(("http", "/", "$", "#")) and " " in value.strip():
            yield from line_blocks(value)
    elif isinstance(value, list):
        if _is_element(value):
            yield from _rendered(value, depth)
        else:
            for item in value:
                yield from _blocks(item, rows, depth + 1)
    elif isinstance(value, Mapping) and not any(value.get(name) for name in ("title", "headline", "src")):
        for name in _VALUE_KEYS:
            if value.get(name):
                yield from _blocks(value[name], rows, depth + 1)
                break


def _is_element(value: list[object]) -> bool:
    return len(value) >= 4 and value[0] == "$" and isinstance(value[1], str)


def _rendered(value: object, depth: int) -> Iterator[Block]:
    """Paragraph elements of a rendered tree: ["$", "p", key, {"children": …}]."""
    if depth > 60 or not isinstance(value, (list, dict)):
        return
    if isinstance(value, list) and _is_element(value):
        kind = _TAGS.get(str(value[1]))
        if kind is not None:
            yield from (
                Block(kind=kind, text=block.text) for block in line_blocks(" ".join(_strings(value[3], 0).split()))
            )
            return
        if value[1] in ("nav", "footer", "aside", "script", "style", "head"):
            return
    for item in value.values() if isinstance(value, dict) else value:
        yield from _rendered(item, depth + 1)


def _strings(value: object, depth: int) -> str:
    if isinstance(value, str):
        return "" if value.startswith("$") else value
    if depth > 20:
        return ""
    if isinstance(value, Mapping):
        return _strings(value.get("children"), depth + 1)
    if isinstance(value, list):
        return (
            _strings(value[3], depth + 1)
            if _is_element(value)
            else "".join(_strings(item, depth + 1) for item in value)
        )
    return ""
