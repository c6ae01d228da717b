"""The agencies whose text an article is or uses, by its byline, dateline, source line, sign-off and data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from crawler.extraction.bylines.agency_names import AGENCIES
from crawler.extraction.found import Found
from crawler.extraction.page.jsonld import as_list, name_of
from crawler.extraction.page.passages import IN_FIGURE, Passage
from crawler.extraction.page.structured import Structured
from crawler.extraction.text import plain
from news.article import Block, BlockKind

PASSAGES_BEFORE = 4  # passages before the headline that may hold the byline
PASSAGES_BEHIND = 14  # passages after it
MAX_BYLINE_CHARACTERS = 200
MAX_OPENING_CHARACTERS = 110  # of a block, in which a dateline names its agency
OPENING_BLOCKS = 2  # that may open with a dateline
CLOSING_BLOCKS = 3  # that may sign off
PASSAGES_SIGNED = 2  # after the story's last block
MAX_SIGNATURE_CHARACTERS = 60  # of a last line that is just names
MIN_SPELT_OUT = 7  # characters from which a form is no abbreviation and may follow a person's name
MIN_LONE_CHARACTERS = 3  # of a byline that is only an agency's name: a lone "AA" is a control for the text size
MAX_AGENCIES = 10

_METAS = ("dc.source", "article:source", "original-source", "source", "news_source")

_SPLIT = re.compile(
    r"\s*[|•·⋅/,;:()\[\]–—&+©=]\s*|\s+-+\s+|^-\s*|\s*\b(?:19|20)\d\d\b\s*"
    r"|(?:^|\s+)(?:and|und|et|ve|y|e|i|en|og|och|with|mit|avec|con|for|of|via|by|von|par|por|da|av|the|source|quelle|kaynak)\s+",
    re.IGNORECASE,
)
_PHOTO = re.compile(r"\b(?:photos?|fotos?|bild|image|pic|getty|picture|photograph|handout)\b", re.IGNORECASE)
# "TEHRAN, Iran (AFP) —", "MOSCOW, November 26. /TASS/.", "(ANSA) - ROMA", "【ニューヨーク共同】"
_BRACKETS = re.compile(
    r"(?P<place>[^()\[\]（【/]{0,80}?)(?P<open>[(\[（【/])"
    r"(?P<inside>[^()\[\]（）【】/]{2,40}(?:/[^()\[\]/]{1,20})?)[)\]）】/](?P<behind>\.?\s*[-–—:.=])?"
)
# "AP —", "dpa - "
_BARE_OPENING = re.compile(r"(?P<inside>[^\s–—-]{2,20})\s+[-–—]{1,2}\s")
_CHINESE_OPENING = re.compile(r"[（【\s]*(?P<inside>[\u4e00-\u9fff]{2,3}社|中新网)[^，。]{0,24}电")
_SIGN_OFF_BRACKET = re.compile(r"[(\[](?P<inside>[^()\[\]]{2,30})[)\]]\.?$")
_INPUTS = re.compile(
    r"\b(?:inputs?|contributions?|reporting|report|files?|material)\s+(?:from|by)\s+(?:the\s+)?(?P<inside>[^.()]{2,80})",
    re.IGNORECASE,
)
_REUTERS_SIGN_OFF = re.compile(
    r"^\W{0,2}(?:Additional\s+)?Reporting by .{3,200}\b[Ee]dit(?:ing|ed) by "
)  # its house style
_STAFF = re.compile(
    r"\b(?P<inside>Associated Press|Reuters|Agence France-Presse|Canadian Press|AP|AFP)\s+"
    r"(?:[a-z]+\s+)?(?:writers?|reporters?|correspondents?|journalists?)\b"
)
_WORD_SPLIT = re.compile(r"[\s/=,|・＝]+")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def _key(name: str) -> str:
    return " ".join(name.casefold().replace("’", "'").split())


_GLOBAL = {
    _key(form): agency.name
    for agency in AGENCIES
    for form in (agency.name, *agency.forms)
    if form not in agency.local_forms
}
_LOCAL = {
    (_key(form), language): agency.name
    for agency in AGENCIES
    for form in agency.local_forms
    for language in agency.languages
}
_SPELT_OUT = sorted((form for form in _GLOBAL if len(form) >= MIN_SPELT_OUT), key=len, reverse=True)
_SPELT_OUT_BEHIND = tuple(f" {form}" for form in _SPELT_OUT)
_CJK_FORMS = sorted((form for form in _GLOBAL if _CJK.search(form)), key=len, reverse=True)


def agency_named(text: str, language: str | None = None) -> str | None:
    """The agency that a text names; ambiguous abbreviations count only in the agency's own languages.

    >>> agency_named("The Associated Press"), agency_named("AA", "tr"), agency_named("AA", "ja")
    ('AP', 'Anadolu', None)
    """
    key = _key(text.strip(" .-–—*\"'“”"))
    if len(key) <= 2 and not text.strip(" .-–—*").isupper():
        return None
    return _GLOBAL.get(key) or _LOCAL.get((key, language or ""))


def agencies_in(line: str, language: str | None = None) -> tuple[str, ...]:
    """The agencies named in a byline or source line such as "Jane Doe, AP" or "TRT World and Reuters"."""
    named = (agency_named(part, language) or _behind_a_name(part) for part in (line, *_SPLIT.split(line)) if part)
    return tuple(dict.fromkeys(name for name in named if name))


def read_agencies(
    structured: Structured,
    authors: Sequence[str],
    passages: Sequence[Passage],
    headline: int,
    blocks: Sequence[Block],
    source_line: str | None,
    language: str | None,
) -> Found[tuple[str, ...]] | None:
    """The agencies an article credits, the byline's first; None if it credits none.
    `headline` is the index of the headline among the passages, -1 if none shows it.
    """
    places = (
        ("byline", _in_byline(structured, authors, passages, headline, language)),
        ("dateline", _in_datelines(blocks, language)),
        ("source line", _in_source_line(source_line or "", language)),
        ("sign-off", _in_sign_off(blocks, passages, language)),
        ("json-ld", _stated(structured, language)),
    )
    found = [(name, origin) for origin, names in places for name in names]
    names = tuple(dict.fromkeys(name for name, _ in found))[:MAX_AGENCIES]
    return Found(names, found[0][1]) if names else None


def without_sign_off(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], str | None]:
    """The blocks without a last line that is only an agency's sign-off ("dpa/abc", "Reporting by …"), and that line."""
    last = blocks[-1] if len(blocks) > 1 else None
    if last is None or last.kind is not BlockKind.PARAGRAPH:
        return blocks, None
    text = last.text.strip(" ()[]*+")
    signed = _REUTERS_SIGN_OFF.match(last.text) or _signed(text, None)
    return (blocks[:-1], text) if signed else (blocks, None)


def _in_source_line(line: str, language: str | None) -> Iterator[str]:
    yield from _contributing(line, language)
    yield from agencies_in(line, language)


def _in_byline(
    structured: Structured, authors: Sequence[str], passages: Sequence[Passage], headline: int, language: str | None
) -> Iterator[str]:
    for line in (*authors, *_stated_authors(structured)):
        if not _PHOTO.search(line):
            yield from agencies_in(line, language)
    people = {_key(name) for name in authors if len(name) > 3}
    first = max(0, headline - PASSAGES_BEFORE)
    for passage in passages[first : max(0, headline) + PASSAGES_BEHIND]:
        text = passage.text
        if len(text) > MAX_BYLINE_CHARACTERS:
            if passage.box.tag == "p":
                return  # the story has begun
            continue
        if passage.box.roles & IN_FIGURE or _PHOTO.search(text):
            continue
        key = _key(text)
        if any(name in key for name in people):
            yield from agencies_in(text, language)
        elif not passage.image_before and len(key) >= MIN_LONE_CHARACTERS and (name := agency_named(text, language)):
            yield name


def _stated_authors(structured: Structured) -> Iterator[str]:
    for key in ("author", "creator"):
        yield from (name_of(author) for author in as_list(structured.article.get(key))[:MAX_AGENCIES])
    yield from (value for _, value in structured.all("author", "byl", "dc.creator"))


def _behind_a_name(part: str) -> str | None:
    """The agency spelt out after a person's name ("Jane Doe Associated Press"), if any."""
    key = _key(part)
    if not key.endswith(_SPELT_OUT_BEHIND) or len(key.split()) > 6:
        return None
    return next((_GLOBAL[form] for form in _SPELT_OUT if key.endswith(f" {form}")), None)


def _in_datelines(blocks: Sequence[Block], language: str | None) -> Iterator[str]:
    for block in blocks[:OPENING_BLOCKS]:
        opening = block.text[:MAX_OPENING_CHARACTERS]
        for pattern in (_BARE_OPENING, _CHINESE_OPENING):
            if (match := pattern.match(opening)) and (name := _in_brackets(match["inside"], language)):
                yield name
        match = _BRACKETS.match(opening)
        if match and _is_dateline(match):
            name = _in_brackets(match["inside"], language)
            if name:
                yield name


def _is_dateline(match: re.Match[str]) -> bool:
    """Whether brackets are where a dateline has them: before its dash, or at the very beginning."""
    if match["open"] in "【[（" or not match["place"].strip():
        return True
    return match["behind"] is not None


def _in_brackets(inside: str, language: str | None) -> str | None:
    names = (agency_named(part, language) for part in (inside, *_WORD_SPLIT.split(inside)))
    found = next((name for name in names if name), None)
    return found or next((_GLOBAL[form] for form in _CJK_FORMS if inside.casefold().endswith(form)), None)


def _in_sign_off(blocks: Sequence[Block], passages: Sequence[Passage], language: str | None) -> Iterator[str]:
    for block in blocks[-CLOSING_BLOCKS:]:
        yield from _contributing(block.text, language)
    last = blocks[-1].text if blocks else ""
    if match := _SIGN_OFF_BRACKET.search(last):
        yield from agencies_in(match["inside"], language)
    for line in (last, *_behind(last, passages)):
        yield from _signed(line, language)


def _contributing(text: str, language: str | None) -> Iterator[str]:
    """The agencies that a closing text credits with reporting or contributing."""
    if _REUTERS_SIGN_OFF.match(text):
        yield "Reuters"
    for pattern in (_INPUTS, _STAFF):
        if match := pattern.search(text):
            yield from agencies_in(match["inside"], language)


def _behind(last: str, passages: Sequence[Passage]) -> Iterator[str]:
    """The lines right after the story's last block."""
    place = next((index for index in range(len(passages) - 1, -1, -1) if passages[index].text == last), len(passages))
    for passage in passages[place + 1 : place + 1 + PASSAGES_SIGNED]:
        if not passage.image_before and not passage.box.roles & IN_FIGURE and not passage.link_characters:
            yield passage.text


def _signed(line: str, language: str | None) -> list[str]:
    """The agencies in a line that is hardly more than their names: "dpa/abc", "© AFP 2026"."""
    if not MIN_LONE_CHARACTERS <= len(line) <= MAX_SIGNATURE_CHARACTERS:
        return []
    parts = [part for part in _SPLIT.split(line) if part and not part.isdigit()]
    named = [name for part in parts for name in [agency_named(part, language)] if name]
    return named if 2 * len(named) >= len(parts) else []


def _stated(structured: Structured, language: str | None) -> Iterable[str]:
    for key in ("sourceOrganization", "copyrightHolder"):
        for value in as_list(structured.article.get(key))[:MAX_AGENCIES]:
            named = name_of(value) if isinstance(value, (str, Mapping)) else ""
            yield from agencies_in(plain(named), language)
    for _, value in structured.all(*_METAS):
        if name := agency_named(value, language):
            yield name
