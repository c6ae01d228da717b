"""A page as passages: each run of text in one block element, in reading order, with its place in the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

MAX_DEPTH = 240  # libxml2 itself stops at 255 levels

SKIPPED = frozenset(
    {
        "script", "style", "noscript", "template", "svg", "head", "iframe", "object", "select", "textarea", "button",
        "audio", "video", "canvas", "map", "math", "progress", "datalist",
    }
)  # fmt: skip
INLINE = frozenset(
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
        "ins", "kbd",
        "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
        "var", "wbr",
        "img", "input", "nobr", "ruby", "rb", "rt", "rp", "rtc",
    }
)  # fmt: skip
BOLD = frozenset({"b", "strong"})
ITALIC = frozenset({"em", "i", "cite"})
_ROLE_HEADED = frozenset({"div", "p"})
# Elements whose tag says what their text is: one bit each, inherited by everything inside.
ROLES = {
    tag: 1 << index
    for index, tag in enumerate(
        ("nav", "footer", "aside", "header", "form", "article", "main", "figure", "figcaption", "table", "ul", "ol",
         "blockquote", "section", "dl", "details", "address", "center")
    )
}  # fmt: skip
ROLE_NAMES = tuple(ROLES)
IN_FIGURE = ROLES["figure"] | ROLES["figcaption"]
WHOLE_TAGS = frozenset({"body", "main", "article"})  # whose names describe the whole page
HIDDEN = 1 << len(ROLES)
BODY_PROPERTY = HIDDEN << 1  # itemprop=articleBody


@dataclass(slots=True, eq=False)
class Box:
    """A block element of the page."""

    element: HtmlElement
    parent: Box | None
    tag: str
    depth: int
    bits: int  # name groups of its own id and classes
    all_bits: int  # those of its ancestors as well
    roles: int
    path: str  # tags and first classes from the body down: equal for pieces of one kind
    number: int  # its index among the page's boxes
    names: str = ""  # its classes and id
    test_name: str = ""  # data-testid
    address: str = ""  # stated in an attribute for the page's scripts, as elements that hold a whole story do
    asks_for_mail: bool = False  # a field for an e-mail address stands in it, or in a box just inside


def line_of(box: Box | None) -> Iterator[Box]:
    """A box and those around it, from the inside out."""
    while box is not None:
        yield box
        box = box.parent


def is_inside(box: Box, outer: Box) -> bool:
    """Whether a box is another one or within it."""
    return any(each is outer for each in line_of(box))


def has_heading_role(box: Box) -> bool:
    """Whether an element that is no heading by its tag is one for screen readers: <div role="heading">."""
    return box.tag in _ROLE_HEADED and box.element.get("role") == "heading"


@dataclass(slots=True, eq=False)
class Passage:
    """One run of text."""

    text: str
    box: Box
    link_characters: int = 0
    link_count: int = 0
    bold_characters: int = 0
    italic_characters: int = 0
    inline_bits: int = 0  # name groups of inline elements that hold most of the text
    after_break: bool = False  # a br comes right before it in its box
    image_before: bool = False  # an image or embed comes between it and the passage before
    leads_to: str = ""  # the address of its last link, or of the one around it
    apart: str = ""  # the text with blanks where elements run together; empty if none do

    @property
    def line(self) -> str:
        """The text as readers see it: if short, with blanks between elements that only the style sheet separates."""
        return self.apart or self.text


@dataclass(slots=True, eq=False)
class Medium:
    """An image, embed or rule of the page."""

    element: HtmlElement
    box: Box  # the block element it stands in
    place: int  # the number of passages that end before it


@dataclass(slots=True)
class Reading:
    """A page's passages, boxes and media, each in page order."""

    passages: list[Passage]
    boxes: list[Box]
    media: list[Medium]


def characters_in(passages: Sequence[Passage], indexes: Iterable[int]) -> int:
    """How many characters these passages have."""
    return sum(len(passages[index].text) for index in indexes)
