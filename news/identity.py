"""Whether two addresses show one story, where publishers give a story several: more than `url_key` can tell.

An address of a known form carries a story number. Numbers of one form on one site can be compared: equal is the same
story whatever the slug, unequal is another. Numbers of different forms say nothing about each other (TRT World's
/magazine/…-49165 became /article/12762620), so there the page has to tell: its canonical address or a redirect, or
else the same headline published at the same time.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from news.urls import host_of, normalize_url, path_and_query, url_key

# The moments that a day without a time can stand for, counted from its midnight in UTC: zones go from +14 to -12 h.
DAY_STARTS, DAY_ENDS = timedelta(hours=-14), timedelta(hours=36)
SAME_MOMENT = timedelta(seconds=90)  # sites round to minutes
LEAST_TITLE_WORDS = 3  # "Morning briefing" is no evidence
LEAST_ALIKE = 0.8  # of the opening's word pairs, where dates or headlines leave a doubt; half of it where not
LEAST_TITLE_ALIKE = 0.5  # of a headline that was reworded between two fetches
OPENING_WORDS = 60


@dataclass(frozen=True, slots=True)
class _Form:
    """One form of a publisher's addresses."""

    site: str  # addresses of one site may show one story
    host: str  # without www
    name: str  # numbers are compared within a form
    path: re.Pattern[str]  # its group is the number


def _forms(site: str, host: str, prefix: str = "") -> tuple[_Form, ...]:
    """The forms TRT's sites have had: numbered articles since 2025, section and slug before."""
    amp = r"(?:/amp)?/?"
    found = {
        "hex": rf"{prefix}/article/([0-9a-f]{{12}}){amp}",
        "number": rf"{prefix}/article/([0-9]{{5,9}}){amp}",
        "slug": rf"{prefix}/(?!videos?/)[a-z0-9-]+/[^/]+-([0-9]{{5}}|[0-9]{{8}}){amp}",
    }
    return tuple(_Form(site, host, f"{host}{prefix} {name}", re.compile(path)) for name, path in found.items())


_SISTERS = (
    "trtafrika.com",
    "trtarabi.com",
    "trtdeutsch.com",
    "trtfrancais.com",
    "trtrussian.com",
    "albanian.trtbalkan.com",
    "bhsc.trtbalkan.com",
    "macedonian.trtbalkan.com",
)
FORMS = (
    *_forms("trtworld", "trtworld.com"),
    *_forms("trtworld", "trt.global", "/world"),
    *_forms("trtafrika.com", "trt.global", "/afrika-english"),
    *(form for host in _SISTERS for form in _forms(host, host)),
)


@dataclass(frozen=True, slots=True)
class StoryNumber:
    """What an address of a known form says about its story."""

    site: str
    form: str
    number: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Sighting:
    """A story as it was met: its addresses and what its page says."""

    addresses: tuple[str, ...]  # asked for, redirected to, validated canonical
    title: str | None = None
    published_at: datetime | None = None
    published_day_only: bool = False
    opening: str = ""  # the beginning of the body; empty = unknown


def story_number(address: str) -> StoryNumber | None:
    """The story number in an address of a known form.

    >>> story_number("https://www.trtworld.com:443/article/3c195c75c981/amp?_rt=1")
    StoryNumber(site='trtworld', form='trtworld.com hex', number='3c195c75c981')
    >>> story_number("https://www.trtworld.com/video/show/some-film-16067690") is None
    True
    """
    normal = normalize_url(address, strip_parameters=("_rt",))
    if normal is None:
        return None
    host, path = host_of(normal).removeprefix("www."), path_and_query(normal)
    for form in FORMS:
        if form.host == host and (match := form.path.fullmatch(path)):
            return StoryNumber(form.site, form.name, match[1])
    return None


def are_forms_of_one_site(one: str, other: str) -> bool:
    """Whether two addresses are of different known forms of one site, so that each may call itself canonical."""
    number, other_number = story_number(one), story_number(other)
    return (
        number is not None
        and other_number is not None
        and number.site == other_number.site
        and number.form != other_number.form
    )


def same_story(one: Sighting, other: Sighting) -> bool:
    """Whether two sightings are of one story; in doubt they are not."""
    if _keys(one) & _keys(other):
        return True
    numbers, others = _numbers(one), _numbers(other)
    if numbers & others:
        return True
    if {number.form for number in numbers} & {number.form for number in others}:
        return False
    sites = {number.site for number in numbers} & {number.site for number in others}
    return bool(sites) and _same_page(one, other)


def story_keys(sighting: Sighting) -> frozenset[str]:
    """Keys under which to look for sightings of the same story; none for addresses of no known form.

    Two sightings that `same_story` joins by number or by headline share one, unless the headline was reworded.
    """
    numbers = _numbers(sighting)
    texts = [f"number {number.form} {number.number}" for number in numbers]
    if sighting.title:
        texts += [f"title {site} {' '.join(_words(sighting.title))}" for site in {number.site for number in numbers}]
    if sighting.published_at is not None and not sighting.published_day_only:
        minute = sighting.published_at.replace(second=0, microsecond=0).isoformat()
        texts += [f"minute {site} {minute}" for site in {number.site for number in numbers}]
    return frozenset(hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32] for text in texts)


def _same_page(one: Sighting, other: Sighting) -> bool:
    """Whether headline, time and opening are those of one story."""
    if one.published_at is None or other.published_at is None or not one.title or not other.title:
        return False
    if not _same_time(one, one.published_at, other, other.published_at):
        return False
    exact = not (one.published_day_only or other.published_day_only)
    words, others = _words(one.title), _words(other.title)
    opening = _alike(_word_pairs(one.opening), _word_pairs(other.opening))
    if words == others and len(words) >= LEAST_TITLE_WORDS and exact:
        return opening is None or opening >= LEAST_ALIKE / 2
    likeness = _alike(words, others) or 0.0
    return opening is not None and opening >= LEAST_ALIKE and likeness >= (LEAST_TITLE_ALIKE if exact else 1.0)


def _same_time(one: Sighting, at: datetime, other: Sighting, other_at: datetime) -> bool:
    if one.published_day_only and not other.published_day_only:
        return DAY_STARTS <= other_at - at <= DAY_ENDS
    if other.published_day_only and not one.published_day_only:
        return DAY_STARTS <= at - other_at <= DAY_ENDS
    return abs(at - other_at) <= SAME_MOMENT


def _keys(sighting: Sighting) -> set[str]:
    normal = (normalize_url(address, strip_parameters=("_rt",)) for address in sighting.addresses)
    return {url_key(address) for address in normal if address}


def _numbers(sighting: Sighting) -> set[StoryNumber]:
    return {number for address in sighting.addresses if (number := story_number(address))}


def _words(text: str) -> list[str]:
    """Words without case, accents' spelling and signs."""
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold().replace("’", "").replace("'", ""))


def _word_pairs(opening: str) -> list[tuple[str, str]]:
    return list(pairwise(_words(opening)[:OPENING_WORDS]))


def _alike(one: Sequence[Hashable], other: Sequence[Hashable]) -> float | None:
    """Dice's coefficient; None when either side is empty."""
    if not one or not other:
        return None
    return 2 * (Counter(one) & Counter(other)).total() / (len(one) + len(other))
