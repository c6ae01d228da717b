"""The tags that a page shows with its story: links marked as tags, boxes named so, lists after a label."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from crawler.extraction.page.document import Document
from crawler.extraction.page.passages import Box, Passage, line_of
from crawler.extraction.page.tree import names_of, text_of
from crawler.extraction.text import AnyCase, word_key
from crawler.extraction.vocabulary import TAG_LABELS

MAX_PASSAGES = 300  # after the headline that are examined
MAX_LISTED = 25  # links of one list; a longer one is the site's tag cloud
MAX_LISTED_CHARACTERS = 1_500
MAX_LINK_CHARACTERS = 60  # a longer link is another story's headline
MAX_LABEL_CHARACTERS = 40
MAX_LEVELS = 3  # of boxes around a passage that may be the list it belongs to
MIN_LINKED_SHARE = 0.5  # of a list's characters after its label

_NAMED = AnyCase(
    r"(?:^|[-_\s])(?:(?:article|post|entry|story|news|content|single|blog|page|related)[-_]{0,2})?"
    r"(?:tags?|hash-?tags?|keywords?|topics?|schlagw(?:o|oe)rte?r?|stichw(?:o|oe)rte?r?|etiketler|etiquetas|temas|themen"
    r"|mots-?cles)(?:[-_]{0,2}(?:list|links?|box|group|container|section|wrapper|items?|tags?))?(?:$|[-_\s])",
    parts=("tag", "keyw", "topic", "schlagw", "stichw", "etiketl", "etiquet", "temas", "themen", "mots"),
)
# Boxes that belong to the site or to other stories: most-read lists, menus, teasers, comments.
_NOT_OWN = AnyCase(
    r"(?:^|[-_\s])(?:(?:tag)?-?clouds?|popular|trending|featured|today|special|hot|widgets?|sidebar|nav|navigation|navbar"
    r"|menu|(?:responsive)?breadcrumbs?|comments?|recommend\w*|teasers?|cards?|most-?read|newsletter|filters?|search"
    r"|authors?|share|social|more|related(?:-?(?:posts?|articles?|stories|news|content))?)(?:$|[-_\s])"
)
_OUTSIDE_TAGS = frozenset({"nav", "aside", "form", "dialog", "template", "noscript"})
_COUNT = re.compile(r"(?<=\w)\s+\(?\d+\)?$")  # "Harbours 125": the number of stories with the tag
_CONTROL = re.compile(r"\s*(?:#|javascript:|mailto:)", re.IGNORECASE)  # targets of buttons
_TRIM = " #,;:|·•"


def marked_tags(document: Document) -> list[str]:
    """The texts of links marked as this page's tags (microformats' rel="tag"), those of other stories left out."""
    marked = document.elements.marked
    links = [each.element for each in marked if each.relation and _calls_a_tag(each.relation)]
    if not links:
        return []
    headline = document.elements.first("h1")
    home = None if headline is None else next(headline.iterancestors("article"), None)
    return _texts(link for link in links if link.tag == "a" and not _is_apart(link, home))


def shown_tags(passages: Sequence[Passage], headline: int) -> list[str]:
    """The tags of the first list after the headline that is named or labelled as tags; empty if there is none.

    `headline` is the index of the headline among the page's passages, -1 if none shows it.
    """
    around = line_of(passages[headline].box) if headline >= 0 else ()
    home = next((box.element for box in around if box.tag == "article"), None)
    asked: set[Box] = set()
    for passage in passages[headline + 1 : headline + 1 + MAX_PASSAGES]:
        linked = passage.link_count > 0
        label = _label_of(passage.text) if linked or len(passage.text) <= MAX_LABEL_CHARACTERS else ""
        boxes = _with_links(passage.box) if label else _named_around(passage.box, asked) if linked else ()
        for box in boxes:
            if (tags := _listed(box.element, len(label))) and not _is_apart(box.element, home):
                return tags
    return []


def _named_around(box: Box | None, asked: set[Box]) -> list[Box]:
    """The boxes around a passage that are named as lists of tags, outermost first, without those already `asked`."""
    named: list[Box] = []
    for _ in range(MAX_LEVELS):
        if box is None or box in asked:
            break
        asked.add(box)
        if box.names and _is_named(box.names):
            named.insert(0, box)
        box = box.parent
    return named


def _with_links(box: Box) -> list[Box]:
    """The smallest box around a label that holds a link, if there is one."""
    around = islice(line_of(box), MAX_LEVELS)
    return [each for each in around if next(each.element.iter("a"), None) is not None][:1]


def _label_of(text: str) -> str:
    """The label of a list of tags, if a passage is one or begins with one; else ""."""
    if len(text) > MAX_LABEL_CHARACTERS and ":" not in text[: MAX_LABEL_CHARACTERS + 1]:
        return ""
    label = text[: MAX_LABEL_CHARACTERS + 1].partition(":")[0]
    return label if label.strip(" ：»›|–-•#").casefold() in TAG_LABELS else ""


def _calls_a_tag(relation: str) -> bool:
    """Whether a link's `rel` calls its target a tag and not also a category."""
    kinds = relation.lower().split()
    return "tag" in kinds and "category" not in kinds


@lru_cache(maxsize=10_000)
def _is_named(names: str) -> bool:
    return _NAMED.is_in(names) and not _NOT_OWN.is_in(names)


@lru_cache(maxsize=10_000)
def _is_foreign(names: str) -> bool:
    return _NOT_OWN.is_in(names)


def _listed(box: HtmlElement, label_characters: int) -> list[str]:
    """The texts of the links in a box that is a list of tags; empty if it is something else."""
    links = [link for link in islice(box.iter("a"), MAX_LISTED + 1) if not _CONTROL.match(link.get("href") or "#")]
    tags = _texts(links)
    if len(links) > MAX_LISTED or not tags or max(map(len, tags)) > MAX_LINK_CHARACTERS:
        return []
    size = len(text_of(box, limit=MAX_LISTED_CHARACTERS)) - label_characters
    return tags if sum(map(len, tags)) >= MIN_LINKED_SHARE * size else []


def _texts(links: Iterable[HtmlElement]) -> list[str]:
    """The distinct texts of links, without surrounding punctuation and counts."""
    texts = [text_of(link, limit=2 * MAX_LINK_CHARACTERS).strip(_TRIM) for link in links]
    if all(map(_COUNT.search, texts)):
        texts = [_COUNT.sub("", text) for text in texts]
    return [text for text in dict.fromkeys(texts) if word_key(text) and text.casefold() not in TAG_LABELS]


def _is_apart(element: HtmlElement, home: HtmlElement | None) -> bool:
    """Whether an element belongs to the site or to a story other than the one in `home`."""
    for outer in (element, *element.iterancestors()):
        if outer is home or outer.tag in ("body", "html"):
            return False
        if outer.tag in _OUTSIDE_TAGS or (outer.tag == "article" and home is not None) or _is_foreign(names_of(outer)):
            return True
    return False
