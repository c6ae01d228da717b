"""Cut labelled boxes of links to other stories, and paragraphs that are such links, out of a page's tree."""

from __future__ import annotations

from lxml.html import HtmlElement

from crawler.extraction.body.furniture_lines import (
    LINK_LINE,
    LINKED_LINE,
    MAX_LABEL_CHARACTERS,
    MAX_LINK_LINE_CHARACTERS,
    is_label,
)
from crawler.extraction.page.tree import in_link, link_share, text_of
from crawler.extraction.vocabulary import (
    LINK_BOX_LABELS,
)

MIN_STORY_CHARACTERS = 200  # an unlinked paragraph of this length belongs to a story
_LABEL_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "span", "strong", "b", "a", "summary", "li")


def prune_link_boxes(tree: HtmlElement) -> None:
    """Cut labelled boxes of links to other stories, and paragraphs that are such links, out of the tree."""
    labelled = [
        element
        for element in tree.iter(*_LABEL_TAGS)
        if is_label(element.text, LINK_BOX_LABELS) and not _has_more(element)
    ]
    for label in labelled:
        if label.getroottree().getroot() is tree:  # not cut with an earlier box
            _cut_box(label)
    for paragraph in [element for element in tree.iter("p", "h3", "h4", "strong") if _is_link_line(element)]:
        cut(paragraph)


def cut(element: HtmlElement) -> None:
    """Remove an element from its tree; the text after it stays."""
    if element.getparent() is not None:
        element.drop_tree()


def _has_more(element: HtmlElement) -> bool:
    return len(text_of(element, limit=200)) > MAX_LABEL_CHARACTERS


def _cut_box(label: HtmlElement) -> None:
    """Cut the smallest element around the label with more text, if links fill it; else the run of links after it."""
    outer = label
    label_length = len(text_of(label))
    for ancestor in label.iterancestors():
        if ancestor.tag in ("body", "html", "article", "main"):
            break
        size = sum(len(text.strip()) for text in ancestor.itertext())
        if size > 2 * label_length + 20:
            if _is_link_box(ancestor):
                outer = ancestor
            break
        outer = ancestor
    if len(text_of(outer)) <= label_length + 10:
        for sibling in _link_run(outer):
            cut(sibling)
    cut(outer)


def _link_run(label: HtmlElement) -> list[HtmlElement]:
    """The siblings after a label up to the next piece of story."""
    run: list[HtmlElement] = []
    for sibling in label.itersiblings():
        if not isinstance(sibling.tag, str) or not _is_link_box(sibling):
            break
        run.append(sibling)
    return run


def _is_link_box(element: HtmlElement) -> bool:
    if any(
        len(text_of(paragraph)) >= MIN_STORY_CHARACTERS and link_share(paragraph) < 0.5
        for paragraph in element.iter("p")
    ):
        return False
    return link_share(element) >= 0.5


def _is_link_line(element: HtmlElement) -> bool:
    """Whether a paragraph is only a link to another story, with its opener inside or before it: "Read more: …"."""
    if next(element.iter("a"), None) is None and not in_link(element):
        return False
    text = text_of(element, limit=MAX_LINK_LINE_CHARACTERS + 1)
    if len(text) > MAX_LINK_LINE_CHARACTERS:
        return False
    return bool(LINK_LINE.match(text)) or (bool(LINKED_LINE.match(text)) and link_share(element) > 0.85)
