"""Turn bodies in content systems' data into blocks: HTML, plain text, editors' trees and rendered elements."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from crawler.extraction.page.blocks import container_blocks, line_blocks
from crawler.extraction.page.document import parse_markup
from news.article import Block, BlockKind

MAX_BLOCK_DEPTH = 16
MAX_ELEMENT_DEPTH = 60
MAX_TEXT_DEPTH = 20

_REFERENCE = re.compile(r"^\$(?:[LQ])?([0-9a-f]{1,6})$", re.IGNORECASE)
_VALUE_KEYS = (
    "rendered", "value", "html", "text", "content", "children", "data", "body", "blocks", "items", "root",
)  # fmt: skip
_KIND_KEYS = ("type", "_type", "nodeType", "style", "tag", "name")
_ELEMENT_KINDS = {
    "p": BlockKind.PARAGRAPH,
    "h2": BlockKind.SUBHEAD,
    "h3": BlockKind.SUBHEAD,
    "li": BlockKind.LIST_ITEM,
    "blockquote": BlockKind.QUOTE,
}
_NOT_STORY_ELEMENTS = frozenset({"nav", "footer", "aside", "script", "style", "head"})
_HEADING = re.compile(r"(?:h[1-6]|head(?:ing|er|line)?(?:[-_]?[1-6])?|sub-?head(?:ing|line)?)", re.IGNORECASE)
# Nodes of an editor's tree that stand within a sentence.
_INLINE = re.compile(
    r"(?:text|span|(?:hyper|auto)?link|inline|mention|a|strong|em|linebreak|hard_?break)", re.IGNORECASE
)
_MARKED_BLOCK = re.compile(r"<(?:p|div|h[1-6]|ul|ol|li|blockquote|table|br|figure)[\s/>]", re.IGNORECASE)
# Nodes that are not part of the story's text.
_BESIDE = re.compile(
    r".*(?:image|figure|photo|video|audio|gallery|embed|caption|related|promo|newsletter|interstitial|advert|signup).*",
    re.IGNORECASE,
)


def rich_blocks(value: object, rows: Mapping[str, object], depth: int = 0) -> Iterator[Block]:
    """The blocks of a body, without embedded articles; `rows` are the data that its references name."""
    if depth > MAX_BLOCK_DEPTH:
        return
    if isinstance(value, str):
        yield from _string_blocks(value, rows, depth)
    elif isinstance(value, list):
        if is_element(value):
            yield from rendered_blocks(value, depth)
        elif (sentence := _sentence(value)) is not None:
            yield from line_blocks(sentence)
        else:
            for item in value:
                yield from rich_blocks(item, rows, depth + 1)
    elif isinstance(value, Mapping) and not any(value.get(name) for name in ("title", "headline", "src")):
        yield from _node_blocks(value, rows, depth)


def _string_blocks(value: str, rows: Mapping[str, object], depth: int) -> Iterator[Block]:
    if reference := _REFERENCE.match(value):
        if reference[1] in rows:
            yield from rich_blocks(rows[reference[1]], rows, depth + 1)
    elif "<" in value and (tree := parse_markup(value)) is not None:
        yield from container_blocks(tree)
    elif not value.startswith(("http", "/", "$", "#")) and " " in value.strip():
        yield from line_blocks(value)


def _node_blocks(node: Mapping[str, object], rows: Mapping[str, object], depth: int) -> Iterator[Block]:
    """The blocks of an editor's node, whose kind is under one of several keys."""
    kinds = list(_kinds(node))
    if any(_BESIDE.fullmatch(kind) for kind in kinds):
        return
    found = rich_blocks(_held(node), rows, depth + 1)
    if any(_HEADING.fullmatch(kind) for kind in kinds):
        found = (Block(kind=BlockKind.SUBHEAD, text=block.text) for block in found)
    yield from found


def _kinds(node: Mapping[str, object]) -> Iterator[str]:
    return (kind for name in _KIND_KEYS if isinstance(kind := node.get(name), str))


def _held(node: Mapping[str, object]) -> object:
    """A node's content, under whichever key; None if it has none."""
    return next((node[name] for name in _VALUE_KEYS if node.get(name)), None)


def _sentence(nodes: list[object]) -> str | None:
    """The text of nodes that make up one paragraph; None unless all of them are inline."""
    if not nodes or not all(map(_is_inline, nodes)):
        return None
    return " ".join("".join(_inline_text(node, 0) for node in nodes).split())


def _is_inline(node: object) -> bool:
    if not isinstance(node, Mapping):
        return False
    held = _held(node)
    if isinstance(held, str) and _MARKED_BLOCK.search(held):
        return False  # some systems call a paragraph of HTML "text"
    kind = next(_kinds(node), None)
    return bool(_INLINE.fullmatch(kind)) if kind else isinstance(node.get("text"), str)


def _inline_text(node: object, depth: int) -> str:
    if isinstance(node, str):
        return node
    if depth > MAX_TEXT_DEPTH:
        return ""
    if isinstance(node, list):
        return "".join(_inline_text(each, depth + 1) for each in node)
    if isinstance(node, Mapping):
        return _inline_text(_held(node), depth + 1)
    return ""


def is_element(value: list[object]) -> bool:
    """Whether a list is a rendered element: ["$", "p", key, {"children": …}]."""
    return len(value) >= 4 and value[0] == "$" and isinstance(value[1], str)


def rendered_blocks(value: object, depth: int = 0) -> Iterator[Block]:
    """The blocks of a rendered tree's text elements."""
    if depth > MAX_ELEMENT_DEPTH or not isinstance(value, (list, dict)):
        return
    if isinstance(value, list) and is_element(value):
        kind = _ELEMENT_KINDS.get(str(value[1]))
        if kind is not None:
            yield from (
                Block(kind=kind, text=block.text) for block in line_blocks(" ".join(_strings(value[3], 0).split()))
            )
            return
        if value[1] in _NOT_STORY_ELEMENTS:
            return
    for item in value.values() if isinstance(value, dict) else value:
        yield from rendered_blocks(item, depth + 1)


def _strings(value: object, depth: int) -> str:
    if isinstance(value, str):
        return "" if value.startswith("$") else value
    if depth > MAX_TEXT_DEPTH:
        return ""
    if isinstance(value, Mapping):
        return _strings(value.get("children"), depth + 1)
    if isinstance(value, list):
        return (
            _strings(value[3], depth + 1) if is_element(value) else "".join(_strings(item, depth + 1) for item in value)
        )
    return ""
