"""The forms in which dates and times are written, as patterns with named groups."""

from __future__ import annotations

import re

from crawler.extraction.dates.half_days import HALVES_BEFORE, HALVES_BEHIND
from crawler.extraction.dates.zones import NAMED, NAMED_IN_MAIL, UTC_OFFSET

YEAR = re.compile(r"\d{4}|令和|平成|昭和|民[國国]|[ก-๙]\.?\s*\d\d(?!\d)")  # in any form in which dates are written
_HALF = r"(?:\s*(?P<half>[ap]\.?\s?m\b\.?))?"
ISO = re.compile(
    r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"
    r"(?:(?:[T_,]\s?|\s+(?:at\s+|-\s+|\|\s*)?)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,:](?P<fraction>\d{1,9}))?)?"
    rf"{_HALF}\s*\(?(?P<zone>Z|{UTC_OFFSET}|[+-]\d{{2}}:?\d{{2}}|[+-]\d{{2}}(?!\d)|(?-i:{NAMED})\b)?)?",
    re.IGNORECASE,
)
COMPACT = re.compile(
    r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})"
    r"(?:[T ]?(?P<hour>\d{2}):?(?P<minute>\d{2}):?(?P<second>\d{2})?(?P<fraction>)(?P<zone>Z|[+-]\d{2}:?\d{2})?)?$",
    re.IGNORECASE,
)
EPOCH = re.compile(r"\d{10}(?:\d{3})?$")
MAIL = re.compile(  # "-0000" says that the offset is not known (RFC 5322, section 3.3)
    r"(?:[a-z]{3},\s*)?(?P<day>\d{1,2})\s+(?P<name>[a-z]{3,9})\s+(?P<year>\d{4})\s+(?P<hour>\d{1,2}):(?P<minute>\d{2})"
    rf"(?::(?P<second>\d{{2}}))?{_HALF}\s*(?P<zone>Z\b|{UTC_OFFSET}|UT\b|(?!-0000)[+-]\d{{2}}:?\d{{2}}|(?:{NAMED_IN_MAIL})\b)?",
    re.IGNORECASE,
)
NUMBERED = re.compile(  # with dots, the day is always first; "28.09.1912:07" is a two-digit year and a time
    r"(?<![\d.])(?P<day>\d{1,2})(?:\.\s?|\s\|\s)(?P<month>\d{1,2})(?:\.\s?|\s\|\s)"
    r"(?P<year>\d{4}\b(?!:\d\d)|\d\d(?=\d\d:\d\d))"
)
SLASHED = re.compile(
    r"(?<![\d/-])(?P<first>\d{1,2})(?P<joint>[/-])(?P<second>\d{1,2})(?P=joint)(?P<year>(?:19|20|25)\d{2})(?![\d/])"
)
SHORT = re.compile(  # not next to more digits and dots, as in other numbers
    r"(?<![\d./-])(?P<first>\d{1,2})(?P<joint>[./-])(?P<second>\d{1,2})(?P=joint)(?P<year>\d{2})(?![\d/-]|\.\d)"
)
SHORT_KOREAN = re.compile(r"(?<![\d.])(?P<year>\d\d)\.(?P<month>[01]\d)\.(?P<day>[0-3]\d)(?![\d.]\d)")
_EAST = re.compile(r"(?P<year>\d{4})\s*[年년]\s*(?P<month>\d{1,2})\s*[月월]\s*(?P<day>\d{1,2})\s*[日일]")
_NAME = r"(?P<name>[^\W\d]{2,12})"
_OTHER_NAME = r"(?:/[^\W\d]{2,12}(?:\s[^\W\d]{3,8})?)?"  # of the same month, in the Levant of two words
_MONTH_FIRST = re.compile(rf"\b{_NAME}\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b")
_DAY_FIRST = re.compile(  # "5. März 2024", "05-Mar-2024", "1er mars 2024", "5 مارس/آذار 2024", twice without a space
    r"\b(?P<day>\d{1,2})(?:(?:st|nd|rd|th|er|e|ème|º|ª|\.)?\s+(?:(?:de|of|da)\s+|d['’])?|[./-])"
    rf"{_NAME}\.?{_OTHER_NAME}[,،]?(?:\s+(?:del?\s+)?|[/-])(?P<year>\d{{4}})(?:\b|(?=م|\d{{1,2}} [^\W\d]))"
)
_YEAR_FIRST = re.compile(  # Hungarian, Lithuanian, Latvian
    rf"\b(?P<year>\d{{4}})\.?,?\s+(?:m\.\s+)?{_NAME}\.?\s+(?P<day>\d{{1,2}})(?!\d)"
)
_LATVIAN = re.compile(rf"\b(?P<year>\d{{4}})\.\s+gada\s+(?P<day>\d{{1,2}})\.\s+{_NAME}")
_KOREAN = re.compile(r"(?<![\d.])(?P<year>(?:19|20)\d\d)\.\s(?P<month>\d{1,2})\.\s(?P<day>\d{1,2})(?![\d.]\d)")
_BASQUE = re.compile(rf"\b(?P<year>\d{{4}})(?:ko|eko)\s+{_NAME}\s+(?P<day>\d{{1,2}})(?:a|an)?\b")
_KAZAKH = re.compile(rf"\b(?P<year>\d{{4}})\s+жыл\w{{0,3}}\s+(?P<day>\d{{1,2}})\s+{_NAME}")
_MONGOLIAN = re.compile(r"\b(?P<year>\d{4})\s+оны\s+(?P<month>\d{1,2})(?:-?р)?\s+сарын\s+(?P<day>\d{1,2})")
_VIETNAMESE = re.compile(
    r"\b(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2})(?:,|\s+năm)?\s+(?P<year>\d{4})\b", re.IGNORECASE
)
CLOCK = re.compile(  # "7:30 p.m.", "15時05分", "오후 3시 5분", "下午3:05", "07:30 م"
    rf"(?<![\d.:])(?P<opens>{'|'.join(HALVES_BEFORE)})?\s?(?<![\d.:])(?P<hour>[01]?\d|2[0-3])"
    r"(?:[:.h](?P<minute>[0-5]\d)(?::[0-5]\d)?(?!\d|\.\d)|\s?[時时시](?!間|间|간)(?:\s?(?P<east>[0-5]?\d)\s?[分분])?)"
    rf"\s*(?P<half>(?:{'|'.join(HALVES_BEHIND)})(?!\w))?\s*\(?(?P<zone>{UTC_OFFSET}|Z\b|[+-]\d{{4}}\b|\+\d{{2}}:\d{{2}}|(?-i:{NAMED})\b)?",
    re.IGNORECASE,
)
# "listopada" is November in Polish, which has no dot after the day, and October in Croatian, which has one.
CROATIAN_OCTOBER = re.compile(r"\d{1,2}\.\s+listopada\b", re.IGNORECASE)
WRITTEN = (
    ISO,
    _MONTH_FIRST,
    _DAY_FIRST,
    NUMBERED,
    _EAST,
    _YEAR_FIRST,
    _LATVIAN,
    _KOREAN,
    _VIETNAMESE,
    _BASQUE,
    _KAZAKH,
    _MONGOLIAN,
)
