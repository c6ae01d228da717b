"""Reading a line that may be a byline, by its text alone: its "by", its possible names, and what rules it out."""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.extraction.bylines.byline_labels import opens_byline, without_others
from crawler.extraction.bylines.name_words import (
    BYLINE_AFTERWORDS,
    BYLINE_MONTHS,
    BYLINE_OPENERS,
    COMMENT_VERBS,
    DAY_WORDS,
    NAME_JOINERS,
    NAME_PARTICLES,
    NOBODY,
    NOT_BYLINE_OPENERS,
    SMALL_JOINERS,
    WRITER_WORDS,
)
from crawler.extraction.bylines.people import names_newsroom
from crawler.extraction.text import ends_sentence, word_key
from crawler.extraction.vocabulary import AGENCIES, TAG_LABELS

UNSPACED = r"\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"  # scripts without a space between "by" and the name
_SMALL_JOINERS = frozenset(SMALL_JOINERS)
MAX_OPENING = 80  # characters before a "by" within a line
MAX_NAMES_CHARACTERS = 160
LOWER_CASE = NAME_PARTICLES | frozenset(NAME_JOINERS) | AGENCIES  # words of a byline that need no capital

_OPENERS = "|".join(sorted((re.escape(word) for word in BYLINE_OPENERS), key=len, reverse=True))
_AT_START = re.compile(
    rf"^[\W_]*(?:{_OPENERS})\s*(?:[:：,]\s*|\s+|(?<=[{UNSPACED}])(?=[^\W\d_a-zA-Z])|(?<=[a-z])(?=(?-i:[A-Z][a-z])))"
    r"(?=\S)",
    re.IGNORECASE,
)
# Openers that may also be part of a name or begin a sentence; only a full name and at most a date may follow:
# Filipino "ni", Swahili "na", Hausa "daga", Albanian "nga", Greek "Του", "Της".
_BEFORE_NAME = re.compile(
    r"(?:ni|[Nn]a|[Nn]ga|[Dd]aga|Του|Της)\s(?=[A-ZΑ-ΫΆ-Ώ][\w'’.-]+\s(?:[A-ZΑ-ΫΆ-Ώ][\w'’.-]+\s?){1,2}(?:$|[|,•·\d]))"
)
_INSIDE = re.compile(
    r"(?:^|\s|(?<=\d))(?:by|von|par|por|door|av|af|By|Von|Par|Por|[Aa]utor(?:in|en|es|i)?:|[Aa]uto(?:ři|rzy):|[Aa]uteurs?\s?:"
    r"|[Tt]ext(?: von)?:?|Redaktion:"
    r"|Interview:|[Mm]uhabir:|[Yy]azar:|[Аа]втор[иы]?:)\s+(?=[^\W\d_])|(?<=\d )Author\s(?=[^\W\d_])"
    r"|(?<![^\s|])(?:(?:作者|撰文|记者|記者)\s?[:：]\s*(?=[^\W\d_])|(?:记者|記者)\s(?=[\u4e00-\u9fff]{2,4}(?:\s|$)))"
)
# "17 พ.ย. 2569 โดย: สมชาย ใจดี", "24 ნოემბერი ავტორი: ნინო ბერიძე"
_INSIDE_OTHER = re.compile(
    r"(?<!\w)(?:โดย|ผู้เขียน|เรื่อง|ავტორი|ტექსტი|հեղինակ|خبرنگار|نویسنده|گزارش|رپورٹ|تحریر|تقرير|إعداد|بقلم|כתבה|लेखक|रिपोर्ट|লেখক"
    r"|প্রতিবেদক|প্রতিবেদন|எழுதியவர்|செய்தி|tác giả|bài(?: và ảnh)?|ρεπορτάζ|κείμενο|текст|тэкст|матеріал)"
    r"\s?[:：]\s*(?=[^\W\d_])",
    re.IGNORECASE,
)
# Every line with single spaces that matches _INSIDE has one of these; most lines do not, so they are tried first.
_INSIDE_PARTS = (
    "by ", "By ", "von ", "Von ", "par ", "Par ", "por ", "Por ", "door ", "av ", "af ", "utor: ", "utorin: ", "ext ",
    "utoren: ", "utores: ", "utori: ", "utoři: ", "utorzy: ", "uteur: ", "uteurs: ", "uteur : ", "uteurs : ", "втори: ",
    "вторы: ", "Author ", "ext: ", "von: ", "Redaktion: ", "Interview: ",
    "uhabir: ", "azar: ", "втор: ", "作者",
    "撰文", "记者", "記者",
)  # fmt: skip
_SEPARATOR = re.compile(r"\s*[|·•⋅—–@]\s*|\s{2,}|\s-\s|(?<=\w);\s|(?<=\d)\s*/\s*(?=[^\W\d])")
_KOREAN_REPORTER = re.compile(
    r"(?:\([^()]{2,12}\)\s?)?([가-힣]{2,4})\s?(?:선임|인턴|수습|전문)?\s?(?:기자|특파원)(?=\s?[=(]|\s+\S+@|$)"
)
# "王小明 责任编辑:李红", "王小明 字号 大 中 小"
_EAST_LABEL = re.compile(
    r"\s[【\[（(]?(?:[\u4e00-\u9fff]{2,6}\s?[:：]|(?:字号|字號|字体|字體|打印|分享|收藏)(?![^\s])).*$"
)
# "21. 9. 2009, Jana Nováková", "2026-03-12 10:15, Jane Doe"
_DATE_BEFORE = re.compile(
    r"^(?:\d{1,2}\.\s?(?:\d{1,2}\.|[^\W\d_]{3,10})\s?(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)"
    r"(?:,?\s\d{1,2}[:.]\d\d)?,\s+(?=[^\W\d_])"
)
MAIL = re.compile(r"\S+@\S+\.\w+")
_AFTER = re.compile(
    rf"(?:^|[\s,]+)(?:(?:{'|'.join(BYLINE_AFTERWORDS)})(?:[\s،].*|$)|(?:{'|'.join(BYLINE_MONTHS)})\.?,?\s\d.*$)"
    r"|(?:^|[\s,(])[\s,(]*\d.*$",
    re.IGNORECASE,
)
# "Jane Doe, City Hall Reporter", on a line that only its place suggests is a byline
_WRITER_BEHIND = re.compile(
    rf"(?<=[^\W\d_]),\s(?:[^\W\d_][\w'’&-]*\s){{0,4}}[\w-]*(?:{'|'.join(WRITER_WORDS)})$", re.IGNORECASE
)
_NOT_BYLINE = re.compile(
    rf"^[\W_]*(?:{'|'.join(NOT_BYLINE_OPENERS)}|(?:zeige?|show|view|see) al[le]e?)\b", re.IGNORECASE
)
_THEME = re.compile(r"\b(?:theme|thema|template|tema|thème|design|vorlage|powered|тема|motyw|šablona)\b", re.IGNORECASE)
# "Joe says:", as themes head readers' comments
_SPEAKERS_SIGNS = (":", "…", "...")
_SPEAKS = re.compile(rf"\b(?:{'|'.join(COMMENT_VERBS)})\s*(?::|…|\.\.\.)$", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_ARABIC = r"[\u0621-\u064a]+"
_PLACED = re.compile(rf"{_ARABIC}(?:\s{_ARABIC}){{0,2}}\s?[:ـ-]\s(?P<name>{_ARABIC}(?:\s{_ARABIC}){{1,3}})")
_GEORGIAN = re.compile("[\u10d0-\u10ff]")  # lowercase according to Unicode, but used for names too


def is_no_byline(text: str) -> bool:
    """Whether a line is about somebody other than the writer, such as a commenter, or leads to other stories."""
    if "ordPress" in text and _THEME.search(text):
        return True  # "Powered by WordPress. Theme: Example by Jane Doe."
    return bool(_NOT_BYLINE.match(text) or (text.endswith(_SPEAKERS_SIGNS) and _SPEAKS.search(text)))


def is_role(text: str) -> bool:
    """Whether a text is a writer's job title: "Technical Writer"."""
    return _WRITER_BEHIND.search(f"x, {text}") is not None


def is_running_text(text: str) -> bool:
    """Whether a text has no capitals or is a count: "roadside breakdowns", "0 Threads", "vor 5 Stunden"."""
    if " " not in text:
        return False
    if _GEORGIAN.search(text):
        return False
    counts = text[0].isdigit() or (text[0].islower() and any(map(str.isdigit, text)))
    return counts or (text.islower() and not names_newsroom(text))


def is_byline_line(text: str) -> bool:
    """Whether a line is only "by" and names."""
    opened, begun = opening_of(text)
    return bool(begun and opened) and may_name(opened or "", strict=True) and not ends_sentence(text)


@lru_cache(maxsize=10_000)  # menus are the same on every page of a site
def opening_of(text: str) -> tuple[str | None, bool]:
    """(text after "by" or the like, whether the line begins with it); the text is None if nothing opens a byline."""
    if match := _AT_START.match(text):
        return text[match.end() :], True
    if text[:1] in "nNdDΤ" and (match := _BEFORE_NAME.match(text)):
        return text[match.end() :], True
    if not text.isascii() and (reporter := _KOREAN_REPORTER.match(text)):
        return reporter[1], True
    may_open = any([part in text for part in _INSIDE_PARTS])  # noqa: C419  half the time of a generator
    match = _INSIDE.search(text) if may_open else None
    if match is None and not text.isascii() and (named := _INSIDE_OTHER.search(text)):
        return text[named.end() :], False
    if match is None or match.start() > MAX_OPENING:
        return None, False
    # In running text, only a capital distinguishes a name from "divided by tens"; a line with a date is a byline.
    is_byline = text[match.end()].isupper() or bool(_DIGIT.search(text))
    return text[match.end() :] if is_byline else None, False


def names_part(text: str) -> str:
    """The part of a byline that can be names, without dates, places and counts around it; "" if there is none."""
    text = MAIL.sub(" ", text) if "@" in text else text
    text = text if text.isascii() else _EAST_LABEL.sub("", text)
    for segment in _SEPARATOR.split(text):
        if ":" in segment and segment.partition(":")[0].strip().casefold() in TAG_LABELS:
            continue
        undated = _DATE_BEFORE.sub("", segment)
        kept = _AFTER.sub("", undated).strip(" ,;:-–—|")
        kept = kept if len(kept) == len(undated) else _without_day(kept)
        if (key := word_key(kept)) and kept.casefold() not in NOBODY and not DAY_WORDS.issuperset(key):
            return kept
    return ""


def _without_day(text: str) -> str:
    """A full name without a weekday left over from a date cut after it: "Jane Doe Τετάρτη"."""
    head, _, last = text.rpartition(" ")
    return head.strip(" ,") if " " in head and last.strip(".").casefold() in DAY_WORDS else text


def may_name(text: str, *, strict: bool) -> bool:
    """Whether a text can be names: short, its words capitalised; `strict` if nothing else suggests that it is."""
    words = [word for word in re.split(r"[\s,;&/]+", text) if word]
    if len(text) > MAX_NAMES_CHARACTERS or not words:
        return False
    capital = [
        not word[0].islower() or bool(_GEORGIAN.match(word))
        for word in words
        if word.casefold() not in LOWER_CASE and word not in _SMALL_JOINERS
    ]
    if strict:
        return 2 <= len(words) <= 4 and len(capital) >= 2 and all(capital) and not any(map(str.isdigit, text))
    return len(words) == 1 or (bool(capital) and all(capital))


def name_behind_place(text: str) -> str:
    """The name in a line of an Arabic byline, which begins with the place: "لندن: جنى الخطيب"; else the line."""
    match = None if text.isascii() else _PLACED.fullmatch(text)
    return match["name"] if match and without_others(text) == text and not opens_byline(text) else text


def without_role(text: str) -> str:
    """A name without the writer's job title: "Jane Doe, City Hall Reporter"."""
    return _WRITER_BEHIND.sub("", text)
