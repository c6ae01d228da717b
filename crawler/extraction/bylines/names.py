"""Splits a byline into names, dropping openers, addresses, roles and dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from crawler.extraction.bylines.agencies import agency_named
from crawler.extraction.bylines.byline_labels import CJK, opens_byline, with_commas, without_opener, without_others
from crawler.extraction.bylines.name_words import (
    COUNTRIES,
    DAY_WORDS,
    NAME_JOINERS,
    NAME_PARTICLES,
    NOBODY,
    NOT_NAMES,
    ROLE_ENDINGS,
    ROLE_QUALIFIERS,
    ROLE_WORDS,
    SMALL_JOINERS,
)
from crawler.extraction.bylines.page_words import NO_NAMES
from crawler.extraction.bylines.people import is_long_organization, names_group, names_newsroom
from crawler.extraction.dates.month_names import MONTHS
from crawler.extraction.text import plain, word_key
from crawler.extraction.vocabulary import AGENCIES

MAX_NAME_CHARACTERS = 80
MAX_NAME_WORDS = 7
MIN_PLACE_CHARACTERS = 4  # in capitals after a slash: shorter ones are agencies

_EAST_TAIL = re.compile(
    r"(?<=\S)\s*(?:記者|记者|(?:선임|전문|수습|인턴)?기자|특파원|논설위원)(?:\s?(?:님|구독|프로필))*$"
)
_EAST_PLACE = re.compile(r"(?:報導|報道|报道)$")  # "台北報導"
_EAST_BRACKETS = "【】（）〔〕"
JOINER = re.compile(
    rf"\s*[;|•·/／｜]\s*|\s+&\s+|(?<=[{CJK}])[、，・](?=[{CJK}])|\s*[,、，]\s+(?:(?:and|und|et|ve|och)\s+)?|,(?=[^\W\d_]{{2}})"
    rf"|\s+(?:{'|'.join(NAME_JOINERS)}|(?-i:{'|'.join(SMALL_JOINERS)}))\s+",
    re.IGNORECASE,
)
_OTHERS_ROLE = re.compile(
    r"[(\[](?:photos?|fotos?|bild(?:er)?|fotografie|photography|videos?|grafik|illustrations?)[)\]]$", re.IGNORECASE
)
# Where or for whom somebody writes, after a name of at least two words.
_WHEREABOUTS = re.compile(
    r"^(?P<name>\S+\s+\S.*?),?\s+(?:(?:in|aus|à|from|at|on)\s+[^\W\d_a-zß-ÿ].*"
    r"|(?:for|via|für|pour|para|[Ss]pecial to|[Ee]xclusive to)\s+\S.*)$"
)
_AFFAIRS = re.compile(r"^(?:professor|director|head|lecturer|fellow|member|minister|chair|dean) of\b", re.IGNORECASE)
_STATION_FIRST = re.compile(r"^[A-ZÄÖÜ]{3,5}[\s-]\S")  # "ARD Berlin", "CNN Business" after a name
# Brackets with a comma after a name: "Jane Doe (Nice, correspondante)"; those with an agency are kept.
_BRACKETS = re.compile(r"(?<=[^\W\d_])\s*\((?P<inside>[^()]*,[^()]*)\)")
_BRACKETED_LAST = re.compile(r"\s*\([^()]*\)\s*$")
_CAPITALS_BEFORE = re.compile(r"((?:[A-ZÀ-Þ][A-ZÀ-Þ.'’-]*\s){1,3}[A-ZÀ-Þ][A-ZÀ-Þ'’-]+)\s+[A-ZÀ-Þ][a-zß-ÿ]")
ADDRESS = re.compile(r"https?://|www\.|@|\.(?:com|html?|php)\b", re.IGNORECASE)
_EMAIL = re.compile(r"\(?<?[\w.+-]+@[\w-]+\.[\w.-]+>?\)?|(?<!\w)@\w+")
_ROLE = re.compile(r"\s*(?:\(.*?\)|\[.*?\])\s*$|,\s*(?:ap|afp|reuters|dpa)$|\s+[-–—]\s+.*$", re.IGNORECASE)
_DIGITS = re.compile(r"\d{2,}|\d+:\d+")
_USER_NAME = re.compile(r"[^\W\d_]{3,}\d{1,4}")
_STATION = re.compile(r"[A-ZÄÖÜ]{1,4}\d{1,3}\s[A-Z]\w+")  # "BR24 Redaktion"
_HUMAN_NAME = re.compile(r"[^\W\d_]")
ROLES = re.compile(
    rf"(?:\s+(?:{'|'.join(ROLE_QUALIFIERS)}))*\s+(?:{'|'.join(ROLE_WORDS)})\b.*$|\s+기자$", re.IGNORECASE
)
_FOOTNOTE = re.compile(r"^(\D+\s\D+[^\W\d_])\d{1,2}\*?$")  # the number of an affiliation after a full name
_GLUED_TAIL = re.compile(r"(?<=[a-zß-ÿ])(?:Twitter|Facebook|LinkedIn|Instagram|E-?[Mm]ail|Follow)(?![a-z]).*$")
_ROLE_ALONE = re.compile(rf"(?:{'|'.join(ROLE_ENDINGS)})$", re.IGNORECASE)
_DEGREE = re.compile(
    r"(?:[A-Z][a-z]?\.?){1,3}D\.?|M\.?[ABDSWD]c?\.?|B\.?[AS]c?\.?|[RC]\.?N\.?|R\.?D\.?N?|MPH|MBA|CPA|CFP|Esq|JD|Jr|Sr|III?"
    r"|[A-Z]{3,6}(?: \d+)?|E-RYT \d+"
)
_INITIAL_LAST = re.compile(r"[^\W\d_.]\S* (?:[A-ZÀ-Þ]\.){1,2}$")  # "Joe S."
_ACCOUNT = re.compile(r"(?:\s|\b(?:wordpress|wp|site|web|super|blog)[-_]?)admin(?:istrator)?$", re.IGNORECASE)
# Firms run and build sites; as bylines in the corpora, names with a legal form were right once in 37 times.
_LEGAL_FORM = re.compile(
    r"\b(?:GmbH|AG|KG|SE|Ltd|LLC|LLP|Inc|Corp|S\.r\.l|B\.V|N\.V|S\.p\.A|ASA|Oyj?|P[Ll][Cc]|Limited|SARL|Bhd|Tbk)\b"
    r"|\b(?:ApS|UAB|OÜ|Ltda|Kft|Zrt)\b|\s(?:AB|A/S|SAS|d\.o\.o\.|s\.r\.o\.|Sp\. z o\.\s?o\.)$|\b[eE]\.\s?V\b"
)
_KOREAN_SENTENCE = re.compile(r"[가-힣].*\s.*(?:니다|어요|해요|세요)$")
_NO_NAME_SIGNS = re.compile(r"[#?!…\"“„«=+©]|\[at\]|^https?$", re.IGNORECASE)  # right 3 times in 205
_NUMBERED = re.compile(r"\s(?:nr|no|n[°º]|č|št|sz)\.?$", re.IGNORECASE)  # "Pressemitteilung Nr."
_TEMPLATE = re.compile(
    r"\b(?:page|post|site|article|extra|data|author|user)\.\w|[{}<>]|^\(|:|^[^(]*\)"
)  # "page.head.author", "{{author}}", "(Image: …)", "Kategorien: Sport"


def split_byline(byline: str) -> list[str]:
    """The names in one byline such as "By Jane Doe and John Roe, Reuters".

    >>> split_byline("By Jane Doe and John Roe")
    ['Jane Doe', 'John Roe']
    """
    return list(_split(byline))


@lru_cache(maxsize=1_000)  # a page states its byline several times: in its data, its head and beside the headline
def _split(byline: str) -> tuple[str, ...]:
    return tuple(_names(byline))


def _names(byline: str) -> list[str]:
    text = _EMAIL.sub(" ", plain(byline, limit=400)).strip(" -–—|,;:")
    if names_newsroom(text) and not (":" in text or JOINER.search(text)):
        return [] if _is_no_name(text) else [text]
    text = without_others(without_opener(with_commas(_BRACKETS.sub(_without_post, text) if "(" in text else text)))
    if is_long_organization(text):
        return [text] if len(text) <= MAX_NAME_CHARACTERS and not _is_no_name(text) else []
    names: list[str] = []
    behind_role = False
    for joint, part in _parts(text):
        if names and _DEGREE.fullmatch(part.strip(" ,.®")) and not _is_agency(part):
            names[-1] = f"{names[-1]}, {part.strip(' ,')}"
        elif joint != "," or not behind_role:  # "Jane Doe, Contributor, Example Press" is one name
            name = (
                None
                if (joint == "/" and _is_place(part, names)) or (joint == "," and names and _tells_of(part, names[-1]))
                else _name(part, first=not names)
            )
            behind_role = bool(names and joint == "," and name is None and _HUMAN_NAME.search(part))
            names += [name] if name else []
    return _without_place(names, text)


def _without_post(match: re.Match[str]) -> str:
    """The brackets after a name if they hold an agency; else ""."""
    return match[0] if any(map(_is_agency, match["inside"].split(","))) else ""


def _is_agency(part: str) -> bool:
    bare = part.strip(" ,.®")
    return bare.casefold() in AGENCIES or agency_named(bare) is not None


def _is_place(part: str, names: list[str]) -> bool:
    """Whether the part after a slash is the place of the persons before it: "Jane DOE / İZMİR"."""
    place = _BRACKETED_LAST.sub("", part).strip()
    is_word = place.isupper() and " " not in place and len(place) >= MIN_PLACE_CHARACTERS and not _is_agency(place)
    return is_word and bool(names) and all(" " in name for name in names)


def _tells_of(part: str, name: str) -> bool:
    """Whether the part after a comma describes the name before it: an office, an employer, a station."""
    text = part.strip()
    if " " not in name or _is_agency(text):
        return False
    if text[:1].islower() and text.split()[0] not in NAME_PARTICLES:
        return True
    if _AFFAIRS.match(text):
        return True
    is_station = bool(_STATION_FIRST.match(text)) and not name.isupper()
    return (is_station or names_group(text)) and not names_group(name)


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """Split a byline into (joint before the part, part); the first part's joint is ""."""
    joint, start = "", 0
    for match in JOINER.finditer(text):
        yield joint, text[start : match.start()]
        joint, start = match[0].strip(), match.end()
    yield joint, text[start:]


def _without_place(names: list[str], text: str) -> list[str]:
    """The names without the places after them: "Jane Doe, London", "Example Press, Berlin, Germany"."""
    if names[2:] and names[-1].casefold() in COUNTRIES:
        return names[:-2]
    *before, last = names or [""]
    if before and names_newsroom(names[0]) and text.startswith(f"{names[0]},"):
        return [names[0], *(name for name in names[1:] if " " in name)]  # "News desk, Example Times, Springfield"
    if len(names) > 2 and len(names) % 2 == 0 and _have_places(names, text):
        return names[::2]  # "Jane Doe, London and John Roe, Paris"
    is_pair = len(before) == 1 and " " in before[0] and text.count(",") == 1
    is_place = is_pair and " " not in last and not (_is_agency(last) or names_newsroom(last))
    return before if is_place else names


def _have_places(names: list[str], text: str) -> bool:
    """Whether each full name of a byline is followed by a comma and a single word."""
    return all(
        " " in whole and " " not in place and place.casefold() not in AGENCIES and f"{whole}, {place}" in text
        for whole, place in zip(names[::2], names[1::2], strict=True)
    )


def _name(part: str, *, first: bool) -> str | None:
    if _OTHERS_ROLE.search(part) or _EAST_PLACE.search(part):
        return None
    name = without_opener(_ROLE.sub("", part.strip(" -–—|,;:*#&")).strip(_EAST_BRACKETS))
    name = _FOOTNOTE.sub(r"\1", _GLUED_TAIL.sub("", _EAST_TAIL.sub("", name)))
    if names_newsroom(name):
        return None if _is_no_name(name) else name
    role = ROLES.search(name)
    if ROLES.match(f" {name}") or (not first and _ROLE_ALONE.search(name)):
        return None
    if role and (own := _CAPITALS_BEFORE.match(name)):
        name, role = own[1], None  # "JANE DOE Sentinel Staff Writer"
    name = name[: role.start()] if role and len(name[: role.start()].split()) >= 2 - (not name.isascii()) else name
    name = _once(_without_employer(name))
    name = name.strip() if name.endswith("r.") or _INITIAL_LAST.search(name) else name.strip(" -–—|,;:*.")
    if not name or not 1 < len(name) <= MAX_NAME_CHARACTERS or len(name.split()) > MAX_NAME_WORDS:
        return None
    return None if _is_no_name(name) else name


def _once(name: str) -> str:
    """A full name that an element's text and title say twice in a row: "Jane Doe Jane Doe"."""
    words = name.split()
    half = len(words) // 2
    return " ".join(words[:half]) if half > 1 and words[:half] == words[half:] else name


def _without_employer(name: str) -> str:
    """A name without the agency, place or paper after it: "Jane Doe AP", "Jane Doe in Berlin"."""
    if whereabouts := _WHEREABOUTS.match(name):
        name = whereabouts["name"]
    words = name.split()
    behind = next((count for count in (1, 2, 3) if len(words) > count + 1 and _is_agency(" ".join(words[-count:]))), 0)
    return " ".join(words[:-behind]) if behind else name


def _is_no_name(name: str) -> bool:
    folded = name.casefold()
    if folded in NOBODY or folded in NOT_NAMES or folded.rstrip(".:") in NO_NAMES:
        return True
    if _ACCOUNT.search(name) or _NUMBERED.search(name) or (not name.isascii() and _KOREAN_SENTENCE.match(name)):
        return True
    if names_newsroom(name):
        return bool(_NO_NAME_SIGNS.search(name))
    if opens_byline(f"{folded} "):
        return True
    if not _HUMAN_NAME.search(name) or _TEMPLATE.search(name) or ADDRESS.search(name) or _has_digits(name):
        return True
    if _LEGAL_FORM.search(name) or _NO_NAME_SIGNS.search(name):
        return True
    return all(word in MONTHS or word in DAY_WORDS or word.isdigit() for word in word_key(name))


def _has_digits(name: str) -> bool:
    """Whether a name has a number, other than at the end of a user name or in a station's name."""
    return bool(_DIGITS.search(name)) and not (_USER_NAME.fullmatch(name) or _STATION.match(name))
