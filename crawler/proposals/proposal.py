"""The proposal of a source for a site that somebody wants to follow, and its confidence. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from news.fetch import Discovered, UrlKind
from news.source import Section
from news.urls import normalize_url, url_key

LEAST_WORDS = 80  # of a sample's text; a choice, below it are captions and teasers
WANTED_SAMPLES = 5

# How much each piece of evidence counts; choices, together 1.
ARTICLES_WEIGHT, FRESHNESS_WEIGHT, WAYS_WEIGHT, AGREEMENT_WEIGHT = 0.5, 0.2, 0.15, 0.15
FRESHNESS = ((timedelta(days=2), 1.0), (timedelta(days=7), 0.8), (timedelta(days=30), 0.5))
STALE, UNDATED = 0.1, 0.3
WAY_WORTH = {UrlKind.FEED: 1.0, UrlKind.SITEMAP: 0.8, UrlKind.SECTION: 0.5}
ONE_WAY = 0.5  # agreement if there is only one way, and nothing to compare it with


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """A document that was examined as a way to find articles."""

    kind: UrlKind
    url: str
    chosen: bool
    reason: str  # why it was chosen or not, one line
    entries: tuple[Discovered, ...] = ()
    newest_at: datetime | None = None
    title: str | None = None  # of a feed
    from_robots: bool = False  # named in robots.txt, so the source need not name it
    max_pages: int = 1  # of a section


@dataclass(frozen=True, kw_only=True, slots=True)
class Sample:
    """An article as it would be read."""

    url: str
    title: str | None = None
    published_at: datetime | None = None
    word_count: int = 0
    language: str | None = None
    site_name: str | None = None  # as the page states it
    problem: str = ""  # why it is not an article, or what it lacks
    needs_browser: bool = False  # it shows little, and runs scripts that may bring a story
    is_gone: bool = False  # its server says that there is no such page

    @property
    def is_whole(self) -> bool:
        """Whether headline, date and a body of LEAST_WORDS words were read."""
        return bool(self.title) and self.published_at is not None and self.word_count >= LEAST_WORDS


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """One checked piece of evidence."""

    name: str
    weight: float
    score: float  # 0 to 1
    evidence: str  # one line


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """A proposed source."""

    name: str
    home_url: str
    hosts: tuple[str, ...]  # empty = the home page's host with and without www
    language: str | None
    time_zone: str | None  # where the site states one
    article_pattern: str | None
    ways: tuple[Way, ...]
    samples: tuple[Sample, ...]
    checks: tuple[Check, ...]
    request_count: int

    @property
    def confidence(self) -> float:
        """The confidence, from 0 to 1, that following the source brings its articles."""
        return round(sum(check.weight * check.score for check in self.checks), 2)

    def chosen(self, kind: UrlKind) -> list[Way]:
        """The ways of a kind to put into the source."""
        return [way for way in self.ways if way.chosen and way.kind is kind]

    @property
    def renders(self) -> bool:
        """Whether most of its pages need a browser to run their scripts."""
        return needs_browser(self.samples)

    @property
    def is_doubtful(self) -> bool:
        """Whether no sample gave its story although no browser is to be used."""
        return not self.renders and not any(sample.is_whole for sample in self.samples)

    @property
    def feeds(self) -> list[str]:
        """The feeds that the source should name."""
        return [way.url for way in self.chosen(UrlKind.FEED)]

    @property
    def sitemaps(self) -> list[str]:
        """The sitemaps that the source should name because robots.txt does not."""
        return [way.url for way in self.chosen(UrlKind.SITEMAP) if not way.from_robots]

    @property
    def sitemaps_from_robots(self) -> bool:
        """Whether the sitemaps named in robots.txt should be read."""
        looked_at = [way for way in self.ways if way.from_robots]
        return not looked_at or any(way.chosen for way in looked_at)

    @property
    def sections(self) -> list[Section]:
        """The section pages that the source should name."""
        return [Section(url=way.url, max_pages=way.max_pages) for way in self.chosen(UrlKind.SECTION)]


def needs_browser(samples: Sequence[Sample]) -> bool:
    """Whether more than half of these pages hold no story until scripts run."""
    return 2 * sum(sample.needs_browser for sample in samples) > len(samples)


def check(samples: Sequence[Sample], ways: Sequence[Way], *, now: datetime) -> tuple[Check, ...]:
    """The evidence for a proposal."""
    chosen = [way for way in ways if way.chosen]
    return _articles(samples), _freshness(chosen, now), _ways(chosen), _agreement(chosen)


def keys_of(entries: Collection[Discovered]) -> set[str]:
    """The keys of these addresses, for comparing lists."""
    return {url_key(normalize_url(entry.url) or entry.url) for entry in entries}


def newest_of(entries: Collection[Discovered]) -> datetime | None:
    """The newest date that entries state."""
    return max((at for entry in entries for at in [entry.published_at or entry.modified_at] if at), default=None)


def _articles(samples: Sequence[Sample]) -> Check:
    whole = sum(sample.is_whole for sample in samples)
    said = f"{whole} of {len(samples)} samples gave headline, date and {LEAST_WORDS} words or more"
    score = whole / max(len(samples), WANTED_SAMPLES)
    return Check(name="articles", weight=ARTICLES_WEIGHT, score=score, evidence=said)


def _freshness(ways: Sequence[Way], now: datetime) -> Check:
    newest = max((way.newest_at for way in ways if way.newest_at), default=None)
    if newest is None:
        return Check(name="freshness", weight=FRESHNESS_WEIGHT, score=UNDATED, evidence="no list states dates")
    age = max(now - newest, timedelta())
    score = next((worth for bound, worth in FRESHNESS if age <= bound), STALE)
    said = f"the newest entry is of {newest.date().isoformat()}"
    return Check(name="freshness", weight=FRESHNESS_WEIGHT, score=score, evidence=said)


def _ways(ways: Sequence[Way]) -> Check:
    kinds = [kind for kind in WAY_WORTH if any(way.kind is kind for way in ways)]
    counts = {kind.value: sum(way.kind is kind for way in ways) for kind in kinds}
    said = " and ".join(f"{count} {kind}{'s' if count > 1 else ''}" for kind, count in counts.items()) or "none"
    score = max((WAY_WORTH[kind] for kind in kinds), default=0.0)
    return Check(name="ways", weight=WAYS_WEIGHT, score=score, evidence=said)


def _agreement(ways: Sequence[Way]) -> Check:
    """How much of what the first way names is also named by a way of another kind."""
    if not ways:
        return Check(name="agreement", weight=AGREEMENT_WEIGHT, score=0.0, evidence="nothing to compare")
    first = ways[0]
    others = [way for way in ways if way.kind is not first.kind and way.entries]
    mine = keys_of(first.entries)
    if not others or not mine:
        return Check(name="agreement", weight=AGREEMENT_WEIGHT, score=ONE_WAY, evidence="one way only")
    shared = mine & set().union(*(keys_of(way.entries) for way in others))
    kinds = " and ".join(dict.fromkeys(way.kind.value for way in others))
    said = f"{len(shared)} of {len(mine)} entries of the {first.kind.value} stand in the {kinds} too"
    score = max(len(shared) / len(mine), ONE_WAY / 2)
    return Check(name="agreement", weight=AGREEMENT_WEIGHT, score=score, evidence=said)
