"""The dek, or standfirst, between headline and body, and the element that shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from crawler.extraction.bylines.byline_labels import opens_byline
from crawler.extraction.dates.moments import find_moment
from crawler.extraction.image_credits import PHOTO_CREDIT
from crawler.extraction.page.document import Document
from crawler.extraction.page.jsonld import types
from crawler.extraction.page.structured import Structured
from crawler.extraction.page.tree import link_share, names_of, outside_story, text_of
from crawler.extraction.text import ends_sentence, is_part, word_key
from news.words import SPACELESS

MAX_DEK_CHARACTERS = 600
MIN_DEK_CHARACTERS = 25
MIN_TOLD_CHARACTERS = 10  # of one that is named so and stated as well: "Colour is not memory."; a choice
MIN_SECOND_HEADLINE = 60  # characters of a dek that is an alternative headline or a heading right below the headline
MAX_LINE_CHARACTERS = 160  # of a byline or date line below a dek; a choice

_NAMES = re.compile(
    r"(?:^|[-_\s])(?:dek|deck|standfirst|stand-first|sub-?title|sub-?head(?:line|ing)?|sub-?hed|strap-?line|(?<!speakable-)summary|abstract|excerpt|"
    r"(?:article|story|post|news|page|document)[-_]{0,2}(?:description|summary|lead|intro|spot|excerpt|subtitle|deck|brief)|lead-?(?:text|paragraph)|teaser-text|chapo|chapeau|"
    r"entradilla|epigraph|subt[ií]tulo|sapo|sous-titre|accroche|spot|vorspann|sommario|occhiello|catenaccio|bajada|copete|preamble|ingress|lead-?in|"
    r"manchet(?:te)?|perex|zajawka|underrubrik|onderkop|ondertitel|podnaslov|podtytu[lł]|undertittel)(?:$|[-_\s\d])",
    re.IGNORECASE,
)
# Names that pages also give to ledes: they mean a dek only in the headline's own box.
_LEAD_NAMES = re.compile(
    r"(?:^|[-_\s])(?:lead|lede|blurb|teaser|einleitung|anriss|zajawka|uvodnik)(?:$|[-_\s\d]|styled)",
    re.IGNORECASE,
)
_BODY_NAMES = re.compile(r"content|body", re.IGNORECASE)  # an excerpt's box with such a name holds the text
# An excerpt that a system cut from the story's beginning: 106 of 145 such descriptions in the corpora are also in the
# body
_CUT = re.compile(r"(?:…|\.\.\.)[\])]?\s*$")
_BAR = re.compile(r"\s*\|(?:\s|$)")
# Scripts without spaces, Korean, whose words are short, and Indic scripts, whose vowel signs split words.
OTHER_WORDS = re.compile(f"[\u0900-\u0dff\uac00-\ud7af{SPACELESS}]")
_TAGS = ("h2", "h3", "h4", "p", "div", "span", "strong", "section")
MAX_CUT_SHARE = 1.5  # words of a dek per word of the description; a longer paragraph is the lede that was cut
MIN_RUN_CHARACTERS = 60  # of the paragraph after a lede
MIN_LINK_SHARE = 0.9  # of a list that leads to other pages
MIN_CUT_CHARACTERS = 20  # of a description in a script without spaces; a choice
_LOOK_AHEAD = 40  # elements after the headline


@dataclass(frozen=True)
class Dek:
    """The dek and, where the page shows it outside the body, its element."""

    text: str
    origin: str
    element: HtmlElement | None = None
    stands_apart: bool = False  # the element is only the dek and no part of the body
    is_doubted: bool = False  # stands apart only because a news page states its text; it may open the body
    is_told: bool = False  # named as a dek, on a page that states an article; not body text where it stands apart
    is_with_headline: bool = False  # named as a dek and in the headline's own box, where no site puts its motto


def read_dek(document: Document, structured: Structured, title: str) -> Dek | None:
    """The dek; None where the page has none."""
    stated, second = _descriptions(structured), structured.field("alternativeHeadline")
    headline = _headline(document.tree, title)
    shown = None if headline is None else _shown(headline, stated, word_key(title))
    if headline is not None and shown is not None:
        text = _told_text(shown)
        agrees = _agrees(word_key(text), [word_key(other) for other in (*(each for _, each in stated), second)])
        kinds, names = types(structured.article), names_of(shown)
        named = bool(_NAMES.search(names))
        headed = named or shown.tag in ("h2", "h3", "h4")
        apart = agrees and (headed or any("News" in kind for kind in kinds))
        declared = agrees or any(kind.endswith("Article") for kind in kinds)
        told = named and declared and not _BODY_NAMES.search(names)
        is_line = opens_byline(text) or find_moment(text) is not None
        with_headline = named and not is_line and shown.getparent() in islice(headline.iterancestors(), 1)
        return Dek(
            text,
            "element",
            shown,
            stands_apart=apart,
            is_doubted=apart and not headed,
            is_told=told,
            is_with_headline=with_headline,
        )
    for origin, text in (*stated, ("json-ld", second if len(second) > MIN_SECOND_HEADLINE else "")):
        least = MIN_CUT_CHARACTERS // 2 if OTHER_WORDS.search(text) else MIN_DEK_CHARACTERS
        if len(text) >= least and not _CUT.search(text) and not is_part(word_key(text), word_key(title)):
            return Dek(text[:MAX_DEK_CHARACTERS], origin)
    return None


def _told_text(element: HtmlElement) -> str:
    """The text of a dek's element, without any list of links in it."""
    if next(element.iter("ul"), None) is not None and next(element.iter("p"), None) is not None:
        said = " ".join(filter(None, map(text_of, element.iter("p"))))
        if all(link_share(each) >= MIN_LINK_SHARE for each in element.iter("ul")):
            return said[:MAX_DEK_CHARACTERS]
    return text_of(element, limit=MAX_DEK_CHARACTERS)


def _descriptions(structured: Structured) -> list[tuple[str, str]]:
    """(origin, text) of the page's descriptions, likeliest first: two meta tags that agree come before JSON-LD."""
    own = ("json-ld", structured.field("description"))
    shared = ("og:description", structured.meta("og:description"))
    described = ("meta", structured.meta("description", "twitter:description"))
    agreed = bool(shared[1]) and word_key(shared[1]) == word_key(described[1])
    stated = [shared, described, own] if agreed else [own, shared, described]
    return [(origin, _without_tail(text)) for origin, text in stated if text]


def _without_tail(text: str) -> str:
    """A description without what stands behind a bar after a sentence: the site's name, a place, the same once more."""
    for bar in _BAR.finditer(text):
        if bar.start() >= MIN_DEK_CHARACTERS and ends_sentence(text[: bar.start()]):
            return text[: bar.start()]
    return text


def _shown(headline: HtmlElement, stated: list[tuple[str, str]], title: tuple[str, ...]) -> HtmlElement | None:
    """The element near the headline that is the dek by its name, heading level or match with the description."""
    keys = [word_key(text) for _, text in stated]
    for count, element in enumerate(islice(_following(headline), 4 * _LOOK_AHEAD)):
        if count > _LOOK_AHEAD and element.tag == "p":
            break
        if element.tag not in _TAGS:
            continue
        text = text_of(element, limit=MAX_DEK_CHARACTERS + 1)
        least = MIN_TOLD_CHARACTERS if _is_told(element, text, keys) else MIN_DEK_CHARACTERS
        if not least <= len(text) <= MAX_DEK_CHARACTERS or outside_story(element) or _is_picture(element):
            continue
        if PHOTO_CREDIT.search(text):
            continue  # a caption outside its figure, as sliders of pictures show it
        if _is_dek(element, word_key(text), keys, headline) and not is_part(word_key(text), title):
            return element
        if element.tag == "p" and len(text) > 120:
            return None  # the story has begun
    return None


def _is_told(element: HtmlElement, text: str, stated: list[tuple[str, ...]]) -> bool:
    """Whether an element is named as the dek and the page's data states its text as well, however short."""
    return len(text) < MIN_DEK_CHARACTERS and word_key(text) in stated and bool(_NAMES.search(names_of(element)))


def _is_picture(element: HtmlElement) -> bool:
    """Whether an element holds an image or is in a figure."""
    return next(element.iter("img", "figure"), None) is not None or any(
        outer.tag in ("figure", "figcaption") for outer in (element, *element.iterancestors())
    )


def _following(element: HtmlElement) -> Iterator[HtmlElement]:
    """The elements after one in page order, lazily; scripts and styles are left out."""
    for outer in (element, *element.iterancestors()):
        for sibling in outer.itersiblings():
            yield from (each for each in sibling.iter("*") if each.tag not in ("script", "style"))


def _agrees(key: tuple[str, ...], stated: list[tuple[str, ...]]) -> bool:
    return any(key == other or (len(other) > 6 and key[: len(other) - 1] == other[:-1]) for other in stated)


def _is_dek(element: HtmlElement, key: tuple[str, ...], stated: list[tuple[str, ...]], headline: HtmlElement) -> bool:
    agrees = _agrees(key, stated)
    names = names_of(element)
    if _NAMES.search(names):
        return agrees or not element.xpath(".//p[2]")
    if names.strip() and _LEAD_NAMES.search(names) and _is_with(headline, element) and not _opens_paragraphs(element):
        if find_moment(text_of(element)[:MIN_DEK_CHARACTERS]) is not None:
            return False
        return agrees or not element.xpath(".//p[2]")
    if element.tag in ("h2", "h3", "h4"):
        return agrees or _right_after_headline(element)
    share = MAX_CUT_SHARE if element.tag == "p" else 1.0  # a box may hold the writer as well
    is_whole = any(len(key) <= share * len(other) for other in stated if _agrees(key, [other]))
    return is_whole and not _opens_paragraphs(element)


def _is_with(headline: HtmlElement, element: HtmlElement) -> bool:
    """Whether an element is a sibling of the headline or of the headline's box."""
    around = element.getparent()
    return around is not None and around in islice(headline.iterancestors(), 2)


def _right_after_headline(element: HtmlElement) -> bool:
    before = element.getprevious()
    if before is None or before.tag != "h1":
        return False
    return len(text_of(element)) >= MIN_SECOND_HEADLINE or _is_before_line(element)


def _is_before_line(element: HtmlElement) -> bool:
    """Whether a heading is followed by a short line and no paragraph, so that it opens no part of the story."""
    behind = element.getnext()
    if behind is None or behind.tag == "p":
        return False
    return 0 < len(text_of(behind)) <= MAX_LINE_CHARACTERS and next(behind.iter("p"), None) is None


def _opens_paragraphs(element: HtmlElement) -> bool:
    """Whether a paragraph is the lede: the first of a run of paragraphs like it."""
    after = element.getnext()
    while after is not None and after.tag in ("br", "script", "style"):
        after = after.getnext()
    return (
        after is not None
        and after.tag == element.tag
        and after.get("class") == element.get("class")
        and len(behind := text_of(after)) > (MIN_DEK_CHARACTERS if OTHER_WORDS.search(behind) else MIN_RUN_CHARACTERS)
    )


def _headline(tree: HtmlElement, title: str) -> HtmlElement | None:
    key = word_key(title)
    headings = islice(tree.iter("h1", "h2"), 30)
    shown = next((heading for heading in headings if word_key(text_of(heading)) == key), None)
    if shown is None and (first := next(tree.iter("h1"), None)) is not None:
        return first
    return next((each for each in tree.iter("h3") if word_key(text_of(each)) == key), None) if shown is None else shown
