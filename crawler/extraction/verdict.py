"""Whether a page holds an article, and the reason if it does not."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from urllib.parse import urlsplit

from crawler.extraction.body.bodies import Body
from crawler.extraction.found import SECOND_OPINION
from crawler.extraction.page.document import Document
from crawler.extraction.page.jsonld import is_article, is_hub, is_video, types
from crawler.extraction.page.structured import Structured
from crawler.extraction.page.tree import text_of
from crawler.extraction.stand_ins import consent_wall, login_wall, soft_404
from crawler.extraction.teasers import is_section_address, teased
from crawler.extraction.text import ends_sentence
from crawler.extraction.vocabulary import GALLERY_PATH
from news.article import BlockKind, NotArticle, NotArticleReason
from news.urls import is_home

MIN_BODY_CHARACTERS = 60  # of a breaking-news line on a page declared to be an article
MIN_UNDECLARED_CHARACTERS = 140  # of the body of a page that declares nothing
SHORT_CHARACTERS = 1_500  # a hub's text is shorter
VIDEO_CHARACTERS = 700  # a player's caption is shorter
MIN_PICTURES = 5  # of a gallery
CAPTIONED_SHARE = 0.8  # of a gallery's text
MAX_COUNTER_CHARACTERS = 30
HUB_LINKED_SHARE = 0.75  # share of a hub's paragraphs and headings that are links
HUB_MIN_HEADINGS = 8
TEASER_SHARE = 0.8  # of the text of an undeclared page at a section's address; chosen on pages made by hand
PUBLISHED_META = "article:published_time"  # the Open Graph protocol has it only for articles
LONG_CHARACTERS, MIN_LONG = 200, 2  # of a paragraph, and how many such; no hub has them
MIN_HEADLINE_WIDTH = 25  # characters, wide ones counting twice; longer than section names; a choice
# The trees are .85 sure of teasers with headings between them; chosen on pages made by hand
SURE_CERTAINTY, MIN_SENTENCES = 0.9, 3

_GALLERY_PATH = re.compile(GALLERY_PATH, re.IGNORECASE)
_COUNTER = re.compile(
    r"(?:bild|foto|image|photo|picture|slide)?\s*(?P<number>\d{1,3})\s*(?:/|von|of|de|di|sur)\s*(?P<total>\d{1,3})",
    re.IGNORECASE,
)
_COUNTER_TAGS = ("p", "div", "span", "figcaption", "small", "strong", "b", "li", "h2", "h3")
_PLAYER = NotArticle(reason=NotArticleReason.VIDEO, detail="a player with a caption")
_VIDEO_PATH = re.compile(r"/(?:videos?|watch|live|player)/", re.IGNORECASE)


def judge(
    document: Document, structured: Structured, title: str, body: Body, sites: frozenset[str]
) -> NotArticle | None:
    """Why the page holds no article; None if it does. `sites` are the site's names, joined and case-folded."""
    is_stated = is_article(structured.article)
    declared = is_stated or structured.meta("og:type").lower() == "article" or bool(structured.meta(PUBLISHED_META))
    checks = (
        None if is_stated else soft_404(document, title, body, sites),
        consent_wall(body),
        None if is_stated else login_wall(document, title, body, sites),
        _video(document, structured, body, declared=is_stated),
        _gallery(document, structured, body),
        _hub(document, structured, title, body, declared=declared),
        _no_body(document, body, MIN_BODY_CHARACTERS if declared else MIN_UNDECLARED_CHARACTERS),
    )
    found = next((reason for reason in checks if reason), None)
    if found and found.reason is NotArticleReason.HUB and _plays(document, structured, declared=is_stated):
        return _PLAYER  # among links to other videos
    return found


def _video(document: Document, structured: Structured, body: Body, *, declared: bool) -> NotArticle | None:
    return _PLAYER if body.length <= VIDEO_CHARACTERS and _plays(document, structured, declared=declared) else None


def _plays(document: Document, structured: Structured, *, declared: bool) -> bool:
    """Whether a page's type, data or address says that it is about a video."""
    by_type = structured.meta("og:type").lower().startswith("video")
    by_node = any(is_video(node) for node in structured.nodes) and not declared
    by_path = (
        bool(_VIDEO_PATH.search(urlsplit(document.url).path + "/"))
        and next(document.tree.iter("video", "iframe"), None) is not None
    )
    return by_type or by_node or by_path


def _gallery(document: Document, structured: Structured, body: Body) -> NotArticle | None:
    if body.length > VIDEO_CHARACTERS and not _is_captions(document, body):
        return None
    stated = any("gallery" in kind.lower() for node in structured.nodes for kind in types(node))
    by_path = bool(_GALLERY_PATH.search(urlsplit(document.url).path))
    if _counts_pictures(document):
        return NotArticle(reason=NotArticleReason.GALLERY, detail="pictures that are counted")
    if not (stated or by_path):
        return None
    pictures = sum(1 for _ in zip(range(MIN_PICTURES), document.tree.iter("figure", "picture"), strict=False))
    if pictures < MIN_PICTURES:
        return None
    return NotArticle(reason=NotArticleReason.GALLERY, detail="pictures with captions")


def _is_captions(document: Document, body: Body) -> bool:
    """Whether the body was found only by the second opinion and consists mostly of the page's captions."""
    captioned = sum(len(text_of(each)) for each in document.elements.tagged("figcaption"))
    return body.origin == SECOND_OPINION and captioned >= CAPTIONED_SHARE * body.length


def _counts_pictures(document: Document) -> bool:
    """Whether short lines count enough pictures of the same total: "3/12", "Bild 3 von 12"."""
    numbers: dict[str, set[str]] = defaultdict(set)
    for element in document.tree.iter(*_COUNTER_TAGS):
        text = (element.text or "").strip()
        if len(text) <= MAX_COUNTER_CHARACTERS and (match := _COUNTER.fullmatch(text)):
            numbers[match["total"]].add(match["number"])
    return any(len(found) >= MIN_PICTURES <= int(total) for total, found in numbers.items())


def _hub(document: Document, structured: Structured, title: str, body: Body, *, declared: bool) -> NotArticle | None:
    if declared:
        return None
    if is_home(urlsplit(document.url).path) and structured.meta("og:type").lower() in ("website", ""):
        linked = _linked_headings(document)
        if linked >= HUB_MIN_HEADINGS:
            return NotArticle(reason=NotArticleReason.HUB, detail=f"a front page of {linked} linked headlines")
    if (
        any(is_hub(node) for node in structured.nodes)
        and body.length < 2 * SHORT_CHARACTERS
        and _linked_headings(document) >= HUB_MIN_HEADINGS
    ):
        return NotArticle(reason=NotArticleReason.HUB, detail="it calls itself a collection")
    if is_section_address(document.url) and _is_teased(document, body):
        return NotArticle(reason=NotArticleReason.HUB, detail="its text is summaries below linked headlines")
    if body.length >= SHORT_CHARACTERS or _is_headlined(title, body):
        return None
    headings = list(document.tree.iter("h2", "h3", "h4"))[:200]
    linked = _linked_headings(document)
    if linked >= HUB_MIN_HEADINGS and linked >= HUB_LINKED_SHARE * len(headings) and not _has_paragraphs(body):
        return NotArticle(reason=NotArticleReason.HUB, detail=f"{linked} of {len(headings)} headings are links")
    return None


def _is_teased(document: Document, body: Body) -> bool:
    """Whether nearly all of a body is summaries of other stories below their linked headlines."""
    texts = teased(document)
    told = (len(block.text) for block in body.blocks if any(block.text in text for text in texts))
    return bool(texts) and sum(told) >= TEASER_SHARE * body.length


def _is_headlined(title: str, body: Body) -> bool:
    """Whether a body is surely a story, under a headline longer than the word or two that name a section."""
    width = sum(1 + (unicodedata.east_asian_width(sign) == "W") for sign in title)
    return body.certainty >= SURE_CERTAINTY and width >= MIN_HEADLINE_WIDTH


def _linked_headings(document: Document) -> int:
    headings = list(document.tree.iter("h2", "h3", "h4"))[:200]
    return sum(1 for h in headings if h.find(".//a") is not None or next(h.iterancestors("a"), None) is not None)


def _has_paragraphs(body: Body) -> bool:
    """Whether a body has long paragraphs, or enough sentences and is surely a story rather than teasers."""
    sentences = sum(block.kind is BlockKind.PARAGRAPH and ends_sentence(block.text) for block in body.blocks)
    is_sure = body.certainty >= SURE_CERTAINTY and sentences >= MIN_SENTENCES
    return is_sure or sum(len(block.text) > LONG_CHARACTERS for block in body.blocks) >= MIN_LONG


def _no_body(document: Document, story: Body, least: int) -> NotArticle | None:
    if story.length >= least:
        return None
    body = document.tree.find("body")
    if not text_of(body if body is not None else document.tree, limit=200):
        return NotArticle(reason=NotArticleReason.EMPTY, detail="the page shows no text")
    return NotArticle(reason=NotArticleReason.NO_BODY, detail=f"{story.length} characters of story")
