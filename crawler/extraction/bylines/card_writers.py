"""Writers of other stories: names in cards, each with a linked headline, of a row of such cards."""

from __future__ import annotations

from itertools import islice

from lxml.html import HtmlElement

from crawler.extraction.page.tree import names_of

CARD_LEVELS = 5  # from a name up to the card that it shares with a headline; a choice
MIN_HEADLINE_CHARACTERS = 15  # of a linked heading; shorter ones are names and labels

_HEADINGS = ("h2", "h3", "h4", "h5")
_PAGE_TAGS = frozenset({"body", "main", "html"})


def is_of_card(element: HtmlElement) -> bool:
    """Whether an element is in a box with the linked headline of another story, beside a box built like it."""
    for box in islice(element.iterancestors(), CARD_LEVELS):
        if box.tag in _PAGE_TAGS or next(box.iter("h1"), None) is not None:
            return False
        beside = (each for each in (box.getnext(), box.getprevious()) if each is not None)
        if _leads_on(box, element) and any(_is_like(each, box) for each in beside):
            return True
    return False


def _is_like(other: HtmlElement, box: HtmlElement) -> bool:
    return other.tag == box.tag and names_of(other) == names_of(box) and _leads_on(other, None)


def _leads_on(box: HtmlElement, name: HtmlElement | None) -> bool:
    """Whether a box has a heading that is a link, as long as a headline, and not around the name or inside it."""
    return any(
        _linked_characters(heading) >= MIN_HEADLINE_CHARACTERS
        for heading in box.iter(*_HEADINGS)
        if name is None or not (name in heading.iter() or heading in name.iter())
    )


def _linked_characters(heading: HtmlElement) -> int:
    link = next(heading.iter("a"), None)
    if link is None and next(heading.iterancestors("a"), None) is not None:
        link = heading
    return 0 if link is None else len(" ".join(link.text_content().split()))
