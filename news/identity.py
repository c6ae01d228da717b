"""Whether two addresses show one story where a publisher gives it several: more than `url_key` can tell.

The address forms of a site are listed in its source's file. An address of such a form carries a story number. Numbers
of one form on one site can be compared: equal means the same story whatever the slug, unequal a different one. Numbers
of different forms say nothing about each other (TRT World's /magazine/…-49165 became /article/12762620), so the page
must decide: its canonical address or a redirect, or else the same headline published at the same time.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from news.urls import host_of, normalize_url, path_and_query, url_key

# The range of moments a date without a time can mean, from its midnight in UTC: time zones span +14 to -12 hours.
DAY_STARTS, DAY_ENDS = timedelta(hours=-14), timedelta(hours=36)
SAME_MOMENT = timedelta(seconds=90)  # sites round to minutes
LEAST_TITLE_WORDS = 3  # "Morning briefing" is no evidence
LEAST_ALIKE = 0.8  # of the opening's word pairs when dates or headlines leave doubt; half of that when they do not
LEAST_TITLE_ALIKE = 0.5  # of the words of a headline reworded between two fetches
OPENING_WORDS = 60
_WRITTEN_OTHERWISE = r"(?:/amp)?/?"  # endings under which sites show a page again


@dataclass(frozen=True, slots=True)
class StoryNumber:
    """The story number found in an address of a known form."""

    site: str
    form: str
    number: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AddressForm:
    """One form of a site's addresses, in one place."""

    site: str  # addresses of one site may show the same story
    place: str  # the host without www, and the prefix of all paths: "paper.example/news"
    name: str  # numbers are compared only within a form
    story: str  # regular expression for the rest of path and query; its group is the number
    strip_parameters: tuple[str, ...] = ()  # query parameters that do not change the page

    @property
    def key(self) -> str:
        """The name of the form in records; it must never change while the form is in use."""
        return f"{self.place} {self.name}"


class StoryForms:
    """The known address forms, by host."""

    def __init__(self, forms: Iterable[AddressForm] = ()) -> None:
        by_host: dict[str, list[tuple[AddressForm, re.Pattern[str]]]] = {}
        for form in forms:
            host, slash, prefix = form.place.partition("/")
            path = re.compile(rf"{re.escape(slash + prefix)}(?:{form.story}){_WRITTEN_OTHERWISE}")
            by_host.setdefault(host, []).append((form, path))
        self._by_host = by_host

    def number_of(self, address: str) -> StoryNumber | None:
        """The story number in an address of a known form; if two forms fit, the first counts."""
        normal = self.normal(address) if self._by_host else None
        if normal is None:
            return None
        for form, path in self._by_host.get(_bare_host(normal), ()):
            if (match := path.fullmatch(path_and_query(normal))) and match[1]:
                return StoryNumber(form.site, form.key, match[1])
        return None

    def normal(self, address: str) -> str | None:
        """The address normalized as its site requires: without the parameters that do not change a page."""
        normal = normalize_url(address)
        forms = self._by_host.get(_bare_host(normal), ()) if normal else ()
        dropped = {name for form, _ in forms for name in form.strip_parameters}
        return normalize_url(address, strip_parameters=dropped) if dropped else normal


@dataclass(frozen=True, kw_only=True, slots=True)
class Sighting:
    """A story as it was found: its addresses and what its page says."""

    addresses: tuple[str, ...]  # requested, redirected to, validated canonical
    title: str | None = None
    published_at: datetime | None = None
    published_day_only: bool = False
    opening: str = ""  # the beginning of the body; empty = unknown


def are_forms_of_one_site(one: str, other: str, forms: StoryForms) -> bool:
    """Whether two addresses have different known forms of one site, so that each may call itself canonical."""
    number, other_number = forms.number_of(one), forms.number_of(other)
    return (
        number is not None
        and other_number is not None
        and number.site == other_number.site
        and number.form != other_number.form
    )


def same_story(one: Sighting, other: Sighting, forms: StoryForms) -> bool:
    """Whether two sightings are of one story; False when in doubt."""
    if _keys(one, forms) & _keys(other, forms):
        return True
    numbers, others = _numbers(one, forms), _numbers(other, forms)
    if numbers & others:
        return True
    if {number.form for number in numbers} & {number.form for number in others}:
        return False
    sites = {number.site for number in numbers} & {number.site for number in others}
    return bool(sites) and _same_page(one, other)


def story_keys(sighting: Sighting, forms: StoryForms) -> frozenset[str]:
    """Keys under which to look for sightings of the same story; none for addresses of no known form.

    Two sightings that `same_story` joins by number or by headline share a key, unless the headline was reworded.
    """
    numbers = _numbers(sighting, forms)
    texts = [f"number {number.form} {number.number}" for number in numbers]
    if sighting.title:
        texts += [f"title {site} {' '.join(_words(sighting.title))}" for site in {number.site for number in numbers}]
    if sighting.published_at is not None and not sighting.published_day_only:
        minute = sighting.published_at.replace(second=0, microsecond=0).isoformat()
        texts += [f"minute {site} {minute}" for site in {number.site for number in numbers}]
    return frozenset(hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32] for text in texts)


def _same_page(one: Sighting, other: Sighting) -> bool:
    """Whether headline, time and opening match as those of one story."""
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


def _keys(sighting: Sighting, forms: StoryForms) -> set[str]:
    return {url_key(normal) for address in sighting.addresses if (normal := forms.normal(address))}


def _numbers(sighting: Sighting, forms: StoryForms) -> set[StoryNumber]:
    return {number for address in sighting.addresses if (number := forms.number_of(address))}


def _bare_host(normal: str) -> str:
    return host_of(normal).removeprefix("www.")


def _words(text: str) -> list[str]:
    """The words, regardless of case, punctuation and how accents are encoded."""
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold().replace("’", "").replace("'", ""))


def _word_pairs(opening: str) -> list[tuple[str, str]]:
    return list(pairwise(_words(opening)[:OPENING_WORDS]))


def _alike(one: Sequence[Hashable], other: Sequence[Hashable]) -> float | None:
    """Dice's coefficient; None when either side is empty."""
    if not one or not other:
        return None
    return 2 * (Counter(one) & Counter(other)).total() / (len(one) + len(other))
