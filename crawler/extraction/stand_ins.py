"""Pages served instead of a story: an error with status 200, a consent wall, a login page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.extraction.body.bodies import Body
from crawler.extraction.page.document import Document
from crawler.extraction.page.tree import text_of
from crawler.extraction.stand_in_words import (
    ASKED_WORDS,
    ASKING_PARTS,
    ASKING_WORDS,
    CHECK_PHRASES,
    CONSENT_KEYS,
    CONSENT_PARTS,
    CONSENT_WORDS,
    ERROR_PHRASES,
    FILLERS,
    LOGIN_PHRASES,
)
from crawler.extraction.text import tidy, word_key
from crawler.extraction.titles.sitenames import strip_ends
from news.article import NotArticle, NotArticleReason
from news.words import SPACELESS

MAX_STAND_IN_CHARACTERS = 1_500  # error pages are shorter
MAX_BRIEF_CHARACTERS = 600  # of one that says so only in its text, or beside a name not known to be the site's
MAX_CONSENT_CHARACTERS = 3_000  # walls are shorter
MAX_PHRASE_CHARACTERS = 120
MIN_CONSENT_WORDS = 3  # among 1,421 annotated pages, one story that addresses its readers has two
CONSENT_DENSITY = 0.04  # share of words about consent in the wall's text
SIGNS_A_WORD = 3  # characters counted as one word in scripts without spaces

_PHRASE = re.compile("|".join(f"(?:{phrase})" for phrase in (*ERROR_PHRASES, *CHECK_PHRASES)))
_LOGIN = re.compile("|".join(f"(?:{phrase})" for phrase in LOGIN_PHRASES))
_STRONG = re.compile(r"\s*[|·•»«–—｜]\s*|\s+-+\s+")
_WEAK = re.compile(r"\s*:\s+|[.!?…。！？]+(?:\s+|$)|\s*[()（）\[\]]\s*")
_SIGNS = " \t.,:;!?…。！？()[]\"'“”„«»*#"
_WORD = re.compile(r"\w+")
_UNSPACED = re.compile(f"[{SPACELESS}]")


def soft_404(document: Document, title: str, body: Body, sites: frozenset[str]) -> NotArticle | None:
    """The refusal of an error page or robot check; None otherwise. `sites`: the site's names, joined and case-folded.

    Its headline, or the page's title, is a phrase of such pages and nothing else: headlines about them say more.
    """
    if body.length > MAX_STAND_IN_CHARACTERS:
        return None
    is_brief = body.length <= MAX_BRIEF_CHARACTERS
    for line in _headlines(document, title, sites):
        bare = strip_ends(line, sites)
        if len(bare) <= MAX_PHRASE_CHARACTERS and _says_error(bare, beside_names=is_brief):
            return NotArticle(reason=NotArticleReason.SOFT_404, detail=f"its headline says {bare[:60]!r}")
    opening = next((block.text for block in body.blocks), "")
    first = _WEAK.split(opening, maxsplit=1)[0]
    if is_brief and len(first.split()) > 2 and _is_phrase(first):
        return NotArticle(reason=NotArticleReason.SOFT_404, detail=f"its text says {first[:60]!r}")
    return None


def consent_wall(body: Body) -> NotArticle | None:
    """The refusal of a consent wall: dense in words about cookies and data, "we" asking "you"; None otherwise."""
    if not body.length or body.length > MAX_CONSENT_CHARACTERS:
        return None
    text = " ".join(block.text for block in body.blocks).casefold()
    is_unspaced = len(_UNSPACED.findall(text)) > len(text) / 2
    about, size, asks = _unspaced_consent(text) if is_unspaced else _consent(_WORD.findall(text))
    if asks and about >= max(MIN_CONSENT_WORDS, CONSENT_DENSITY * size):
        return NotArticle(reason=NotArticleReason.CONSENT_WALL, detail=f"{about} of {size} words are about consent")
    return None


def login_wall(document: Document, title: str, body: Body, sites: frozenset[str]) -> NotArticle | None:
    """The refusal of a page to log in or register, with a field for it; None otherwise."""
    if body.length > MAX_STAND_IN_CHARACTERS:
        return None
    asks = any(field.get("type") in ("password", "email") for field in document.elements.tagged("input"))
    if asks and any(_LOGIN.fullmatch(_bare(strip_ends(line, sites))) for line in _headlines(document, title, sites)):
        return NotArticle(reason=NotArticleReason.LED_AWAY, detail="a page to log in answered for it")
    return None


def _headlines(document: Document, title: str, sites: frozenset[str]) -> Iterator[str]:
    """The headline, the page's title and, if the headline is missing or the site's name, the first heading.

    Other headings may belong to hidden boxes, for logging in or for when something goes wrong.
    """
    heading, page_title = document.elements.first("h1"), document.elements.first("title")
    yield title
    yield tidy(page_title.text, limit=2 * MAX_PHRASE_CHARACTERS) if page_title is not None else ""
    if heading is not None and (not title or "".join(word_key(title)) in sites):
        yield text_of(heading, limit=2 * MAX_PHRASE_CHARACTERS)


def _says_error(line: str, *, beside_names: bool) -> bool:
    """Whether a line consists of phrases of error pages; with `beside_names`, one more part may be a site's name."""
    parts = [part for part in _STRONG.split(line) if _bare(part)]
    said = [part for part in parts if _is_error(part)]
    return bool(said) and (len(said) == len(parts) or (beside_names and len(parts) - len(said) == 1))


def _is_error(part: str) -> bool:
    """Whether a part of a line is only phrases of error pages and fillers, with at least one phrase."""
    if _is_phrase(part):
        return True
    pieces = [piece for sentence in _WEAK.split(part) for piece in _pieces(sentence) if _bare(piece)]
    phrases = sum(map(_is_phrase, pieces))
    return phrases > 0 and all(_is_phrase(piece) or _bare(piece) in FILLERS for piece in pieces)


def _pieces(sentence: str) -> list[str]:
    """A sentence as it is if it is a phrase, else split at its commas: "Sorry, page not found"."""
    return [sentence] if _is_phrase(sentence) else sentence.split(", ")


def _is_phrase(text: str) -> bool:
    return _PHRASE.fullmatch(_bare(text)) is not None


def _bare(text: str) -> str:
    """A text in the form in which the phrases are written."""
    return " ".join(text.casefold().replace("’", "'").replace("i̇", "i").strip(_SIGNS).split())


def _consent(words: list[str]) -> tuple[int, int, bool]:
    """(words about consent, all words, whether the reader is asked for it)."""
    found = set(words)
    asks = bool(found & CONSENT_KEYS and found & ASKING_WORDS and found & ASKED_WORDS)
    return sum(word in CONSENT_WORDS for word in words), len(words), asks


def _unspaced_consent(text: str) -> tuple[int, int, bool]:
    """(words about consent, all words, whether the reader is asked) for a text in a script without spaces."""
    about = sum(text.count(part) for part in CONSENT_PARTS)
    return about, len(text) // SIGNS_A_WORD, any(part in text for part in ASKING_PARTS)
