"""The label above the headline."""

from __future__ import annotations

import re
from itertools import islice

from lxml.html import HtmlElement

from crawler.extraction.body.furniture_lines import is_furniture
from crawler.extraction.breadcrumbs import CRUMB_NAMES, HOME_WORDS
from crawler.extraction.dates.moments import find_moment
from crawler.extraction.page.document import Document
from crawler.extraction.page.tree import names_of, text_of
from crawler.extraction.text import word_key
from crawler.extraction.titles.headings import heading_kicker

MAX_LABEL_CHARACTERS = 60  # of a section or kicker
# Lines above a headline that are about the story and do not name a section.
_SURTITLES = "over-?title|antetitulo|sobretitulo|volanta|surtitre|r(?:oo?|u)-?titr|uptitle"
_SURTITLE_NAMES = re.compile(rf"(?:^|[-_\s])(?:{_SURTITLES})(?:$|[-_\s\d])", re.IGNORECASE)
_KICKER_NAMES = re.compile(
    rf"(?:^|[-_\s])(?:kicker|category|categorie|kategori\w*|section|rubri\w*|topic|eyebrow|overline|tagline|channel|dachzeile|spitzmarke|{_SURTITLES}"
    r"|(?:cat|post|article|story|news)[-_]?label)(?:$|[-_\s\d])",
    re.IGNORECASE,
)
# Boxes above a headline that lead elsewhere: to share, skip, go back, or to the writer.
_CONTROL_NAMES = re.compile(
    r"share|sharing|social|tool-?(?:bar|box)|menu|(?:^|\s)(?:(?:top|main|sub)-?)?nav(?:bar)?(?:$|\s)|navigation|skip|filmstrip"
    r"|(?:^|[-_\s])(?:back|user|jump)(?:$|[-_\s\d])|back-?to|author|vcard|byline|comment|profile|disclosure",
    re.IGNORECASE,
)
_CONTROL_LINK = re.compile(
    r"^\s*(?:#|/$|mailto:|javascript:|https?://(?:www\.)?[\w-]+\.[\w-]+/?$)|facebook\.com|twitter\.com/|/authors?/",
    re.IGNORECASE,
)
CONTROL_TEXT = re.compile(
    r"[←↓↑‹].*|.*\w{3}\.|\d+\s+(?:comments?|kommentare?|commentaires?|comentarios?|yorum|shares?|likes?|views?)"
    r"|(?:zurück|back to|go back|retour|volver|zum inhalt|skip to|diese seite|all (?:stories|articles|posts))\b.*"
    rf"|{HOME_WORDS}"
    r"|menu|menü|url:?|back|vorheriges|nächstes"
    r"|e-?mail|facebook|twitter|learn more|read more|previous|next|updated",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\b(?:date|time)\b|\d{1,2}:\d{2}", re.IGNORECASE
)
_DATED_LABEL = re.compile(
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{4})\s(?P<label>[^\W\d_]+(?:\s[^\W\d_]+){0,2})"
)
# The reading time, which some sites put on the section's line: "3 MIN READ", "3 DK OKUMA".
_READING_TIME = re.compile(
    r"(?<!\w)\d{1,3}\s*(?:min|dk|dak|мин|хв|دقائق|دقيقة|دقیقه|דקות|perc|λεπτ|phút|menit|分|분).*", re.IGNORECASE
)
MAX_LABEL_LINKS = 6  # of a label that is a row of links; a choice
_MAX_WRAPPERS = 2  # around a headline that opens them


def read_kicker(document: Document) -> str | None:
    """The short label before the headline in its heading, or right above it, without its date."""
    headline = document.elements.first("h1")
    inside = heading_kicker(headline) if headline is not None else ""
    return inside or label_above(document)


def label_above(document: Document, *, crumbs: bool = False) -> str | None:
    """The first label above the headline that is not navigation; with `crumbs`, breadcrumb steps count as labels."""
    headline = document.elements.first("h1")
    if headline is None:
        return None
    for element in _above(headline):
        is_close = element.getparent() in (headline.getparent(), _outer(headline))
        if crumbs and (label := _beside_date(element)):
            return label
        for part in (element, *element.iter("a", "span", "p", "div", "li")):
            text = _READING_TIME.sub("", _DATE.sub(" ", text_of(part, limit=200))).strip(" |·•-–—/,")
            names = names_of(part)
            named = bool(_KICKER_NAMES.search(names)) or (part.tag == "a" and (is_close or _is_slug(part)))
            if crumbs and _SURTITLE_NAMES.search(names):
                continue
            text = _linked(part, text) if crumbs else text
            short = 1 < len(text) <= MAX_LABEL_CHARACTERS and len(text.split()) <= 5
            if not (named and short) or find_moment(text) or is_furniture(text):
                continue
            if not _is_control(part, element, text, crumbs=crumbs):
                return " ".join(text.split())
    return None


def _linked(part: HtmlElement, text: str) -> str:
    """What a label opens with as its only link, since that leads to the section; else the whole label.

    Where a label is nothing but links, to a section and its parts, it is the first.
    """
    links = [text_of(link) for link in islice(part.iter("a"), MAX_LABEL_LINKS + 1)]
    is_row = 1 < len(links) <= MAX_LABEL_LINKS and _bare("".join(links)) == _bare(text)
    label = links[0] if len(links) == 1 or is_row else ""
    return label if label and text.startswith(label) else text


def _bare(text: str) -> str:
    return "".join(text.split())


def _outer(element: HtmlElement) -> HtmlElement | None:
    parent = element.getparent()
    return None if parent is None else parent.getparent()


def _is_slug(link: HtmlElement) -> bool:
    """Whether a link is all of an element that systems name after the slug line, the label above a headline."""
    around = link.getparent()
    return around is not None and "slug" in names_of(around).split() and text_of(around) == text_of(link)


def _beside_date(element: HtmlElement) -> str:
    """The label of an element that is just a date and a label in capitals: "2026-07-03 MAGAZINE"; else ""."""
    text = text_of(element, limit=MAX_LABEL_CHARACTERS)
    match = _DATED_LABEL.fullmatch(text)
    return match["label"] if match and match["label"].isupper() else ""


def _is_control(part: HtmlElement, outer: HtmlElement, text: str, *, crumbs: bool) -> bool:
    """Whether a label is navigation, judged by its words, its target or the names of the boxes around it."""
    if CONTROL_TEXT.fullmatch(text) or _CONTROL_LINK.search(part.get("href") or ""):
        return True
    boxes = [part]
    while boxes[-1] is not outer and (parent := boxes[-1].getparent()) is not None:
        boxes.append(parent)
    names = " ".join(map(names_of, boxes))
    is_step = bool(CRUMB_NAMES.search(names)) and word_key(text_of(outer, limit=200)) != word_key(text)
    return bool(_CONTROL_NAMES.search(names)) or (is_step and not crumbs)


def _above(headline: HtmlElement) -> list[HtmlElement]:
    """Up to three elements above a headline, nearest first; if it has none, up to two above its wrappers."""
    above = [element for element in headline.itersiblings(preceding=True) if isinstance(element.tag, str)][:3]
    for parent in islice(headline.iterancestors(), _MAX_WRAPPERS):
        if above or parent.tag not in ("div", "header", "section", "article"):
            break
        above = [element for element in parent.itersiblings(preceding=True) if isinstance(element.tag, str)][:2]
    return [
        element
        for element in above
        if element.tag not in ("nav", "script", "style", "figure") and len(text_of(element, limit=300)) < 160
    ]
