"""Reads a page as passages, by walking through its elements in order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from crawler.extraction.page.joints import spaced_text
from crawler.extraction.page.nametokens import name_bits
from crawler.extraction.page.passages import (
    BODY_PROPERTY,
    BOLD,
    HIDDEN,
    IN_FIGURE,
    INLINE,
    ITALIC,
    MAX_DEPTH,
    ROLES,
    SKIPPED,
    Box,
    Medium,
    Passage,
    Reading,
    line_of,
)
from crawler.extraction.text import MAX_BLOCK_CHARACTERS, tidy

MAX_PASSAGES = 4_000  # the corpora's longest page has about 3,000
MAX_MEDIA = 2_000
MAX_LINE_CHARACTERS = 300  # of a text that may be a date or byline
FORM_LEVELS = 4  # from a field up to the box of all its form; a choice
_PLAYED = frozenset({"iframe", "video", "audio"})
_ADDRESSED = (
    "data-url", "data-href", "data-permalink", "data-canonical", "data-canonical-url", "data-article-url",
    "data-page-url", "data-share-url", "data-path", "itemid",
)  # fmt: skip
_ADDRESSES = frozenset(_ADDRESSED)
_SPOKEN = frozenset({"span", "em", "i", "small"})
# An inline element with such a name, after an image, is a caption set apart from the text that follows.
_CAPTION = re.compile(r"(?:^|[\s_-])(?:img|image|photo)[-_](?:desc|caption)(?:$|[\s_-])", re.IGNORECASE)
# A button inside one of these is a heading that folds the text below; other buttons are controls.
_FOLDING = frozenset({"h2", "h3", "h4", "h5", "h6", "dt", "summary"})


@dataclass(slots=True)
class _Walk:
    passages: list[Passage] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    media: list[Medium] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    piece_links: list[int] = field(default_factory=list)  # the number of the passage's link that each is in, 0 for none
    openings: set[int] = field(default_factory=set)  # pieces that begin a named span right behind another element
    closed: int = 0  # how many pieces there were when the last inline element ended
    size: int = 0  # characters in the pieces, without surrounding whitespace
    links: int = 0  # how many links are open, as bolds and italics below
    bolds: int = 0
    italics: int = 0
    link_characters: int = 0
    link_count: int = 0
    bold_characters: int = 0
    italic_characters: int = 0
    inline: list[tuple[int, int]] = field(default_factory=list)  # (bits, characters) of closed inline elements
    broken: bool = False
    pictured: bool = False
    address: str = ""  # of the last link

    def add(self, text: str) -> None:
        """Add a piece of text as it stands in the source."""
        self.pieces.append(text)
        self.piece_links.append(self.link_count if self.links else 0)
        count = len(text.strip())
        if not count:
            return
        self.size += count
        if self.links:
            self.link_characters += count
        if self.bolds:
            self.bold_characters += count
        if self.italics:
            self.italic_characters += count

    def meet(self, element: HtmlElement, box: Box) -> None:
        """Keep a medium with its place."""
        if len(self.media) < MAX_MEDIA:
            self.media.append(Medium(element, box, len(self.passages)))

    def flush(self, box: Box) -> None:
        """End the passage that is being collected."""
        if self.size:
            self._end(box)
        if self.pieces:
            self.pieces = []
            self.piece_links = []
            self.openings.clear()
        self.closed = 0
        self.link_count = 0
        self.broken = False

    def _end(self, box: Box) -> None:
        """Keep what was collected as a passage, if there is text, and start over."""
        if len(self.passages) < MAX_PASSAGES and (text := tidy("".join(self.pieces), limit=MAX_BLOCK_CHARACTERS)):
            bits = 0
            for group, characters in self.inline:
                if characters >= 0.6 * self.size:
                    bits |= group
            is_line = len(self.pieces) > 1 and len(text) <= MAX_LINE_CHARACTERS
            apart = spaced_text(self.pieces, self.piece_links, self.openings) if is_line else ""
            self.passages.append(
                Passage(text, box, self.link_characters, self.link_count or int(self.links > 0), self.bold_characters,
                        self.italic_characters, bits, self.broken, self.pictured,
                        self.address if self.link_characters else "", apart)
            )  # fmt: skip
            self.pictured = False
        self.size = self.link_characters = self.bold_characters = self.italic_characters = 0
        self.inline = []


def read_passages(tree: HtmlElement) -> tuple[list[Passage], list[Box]]:
    """The passages and boxes of a page."""
    reading = read_page(tree)
    return reading.passages, reading.boxes


def read_page(tree: HtmlElement) -> Reading:
    """The passages of a page, their boxes, and the media between them."""
    walk = _Walk()
    body = tree if tree.tag == "body" else tree.find("body")
    root = body if body is not None else tree
    box = Box(root, None, "body", 0, 0, 0, 0, "", 0)
    walk.boxes.append(box)
    _inside(root, box, walk, 0)
    walk.flush(box)
    return Reading(walk.passages, walk.boxes, walk.media)


def _inside(element: HtmlElement, box: Box, walk: _Walk, depth: int) -> None:
    """Walk the content of an element; `box` is the block element that its text belongs to."""
    if text := element.text:
        walk.add(text)
    for child in element:
        if len(walk.passages) >= MAX_PASSAGES:
            return
        tag = child.tag
        if not isinstance(tag, str):
            pass
        elif tag == "br":
            walk.flush(box)
            walk.broken = True
        elif tag == "img":
            walk.pictured = True
            walk.meet(child, box)
        elif (tag in SKIPPED and not _is_shown(child, tag, box)) or depth > MAX_DEPTH:
            walk.pictured = walk.pictured or tag in ("iframe", "video")
            if tag in _PLAYED:
                walk.meet(child, box)
        elif (
            (tag in INLINE and not (walk.pictured and _stands_apart(child, tag, box)))
            or tag == "button"
            or ("-" in tag and (child.tail or "").strip())
        ):
            # A tag with a hyphen and text after it is a site's custom element within a sentence
            _inline(child, tag, box, walk, depth)
        else:
            walk.flush(box)
            if tag == "hr" or (tag == "blockquote" and child.get("class")):
                walk.meet(child, box)
            inner = _box(child, tag, box, walk)
            _inside(child, inner, walk, depth + 1)
            walk.flush(inner)
        if text := child.tail:
            walk.add(text)


def _is_shown(element: HtmlElement, tag: str, box: Box) -> bool:
    """Whether readers see the text of an element that is usually skipped: a shadow root or a folding heading."""
    if tag == "template":
        return element.get("shadowrootmode") is not None
    return tag == "button" and box.tag in _FOLDING


def _stands_apart(element: HtmlElement, tag: str, box: Box) -> bool:
    """Whether an inline element is a picture's caption, after which the story may continue without a break."""
    if tag not in _SPOKEN or box.roles & IN_FIGURE:
        return False
    names = element.get("class")
    return names is not None and _is_caption(names)


@lru_cache(maxsize=10_000)  # most names occur on many elements of a site
def _is_caption(names: str) -> bool:
    return _CAPTION.search(names) is not None


def _inline(element: HtmlElement, tag: str, box: Box, walk: _Walk, depth: int) -> None:
    link, bold, italic = tag == "a", tag in BOLD, tag in ITALIC
    if tag == "input" and element.get("type") == "email":
        for around in islice(line_of(box), FORM_LEVELS):
            around.asks_for_mail = True
    if link:
        walk.address = element.get("href") or ""
    walk.links += link
    walk.link_count += link
    walk.bolds += bold
    walk.italics += italic
    before = walk.size
    if tag == "span" and walk.closed and walk.closed == len(walk.pieces) and element.get("class"):
        walk.openings.add(walk.closed)
    _inside(element, box, walk, depth + 1)
    walk.closed = len(walk.pieces)
    walk.links -= link
    walk.bolds -= bold
    walk.italics -= italic
    if walk.size > before and (names := element.get("class") or element.get("id")) and (bits := name_bits(names)):
        walk.inline.append((bits, walk.size - before))


def _box(element: HtmlElement, tag: str, parent: Box, walk: _Walk) -> Box:
    stated = element.keys()  # read once: of what matters here, most elements have only a class
    classes = (element.get("class") or "") if "class" in stated else ""
    identifier = (element.get("id") or "") if "id" in stated else ""
    names = f"{classes} {identifier}" if classes or identifier else ""
    own = name_bits(names) if names else 0
    roles = parent.roles | ROLES.get(tag, 0)
    if "hidden" in stated or ("style" in stated and _is_undisplayed(element.get("style") or "")):
        roles |= HIDDEN
    if "itemprop" in stated and "articleBody" in (element.get("itemprop") or ""):
        roles |= BODY_PROPERTY
    first = classes.split()[:1]
    path = f"{parent.path}/{tag}.{first[0]}" if first else f"{parent.path}/{tag}"
    address = "" if _ADDRESSES.isdisjoint(stated) else _address_of(element)
    tested = (element.get("data-testid") or "") if "data-testid" in stated else ""
    box = Box(
        element, parent, tag, parent.depth + 1, own, parent.all_bits | own, roles, path, len(walk.boxes), names, tested,
        address,
    )  # fmt: skip
    walk.boxes.append(box)
    return box


def _address_of(element: HtmlElement) -> str:
    """The address that an element states as its own; "" if it has none, or only one within the page."""
    stated = (element.get(name) or "" for name in _ADDRESSED)
    return next((value for value in stated if "/" in value and not value.startswith("#")), "")


def _is_undisplayed(style: str) -> bool:
    return "display:none" in style.replace(" ", "").lower()
