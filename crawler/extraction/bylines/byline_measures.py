"""Measures of every candidate for a story's byline, by which the trained trees choose."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from crawler.extraction.bylines.byline_lines import LOWER_CASE
from crawler.extraction.bylines.own_names import tidy_names
from crawler.extraction.bylines.people import names_newsroom
from crawler.extraction.bylines.shown_bylines import KINDS, PLACES, ShownByline
from crawler.extraction.page.jsonld import types
from crawler.extraction.page.passages import Passage
from crawler.extraction.page.structured import Structured
from crawler.extraction.text import joined_key, word_key
from crawler.extraction.vocabulary import AGENCIES

STATED = (
    "json-ld",
    "json-ld group",
    "json-ld all",
    "meta",
    "one meta",
    "marked",
    "all marked",
    "named",
    "called",
    "linked",
    "all linked",
)
COMPARED = (
    "json-ld",
    "json-ld group",
    "meta",
    "marked",
    "byline",
    "called",
    "linked",
)  # statements that a candidate is compared with
CUED = 12  # passages from the headline within which a name in an author's box or after "by" is the writer's
NAMED_TOGETHER = 4  # author's boxes near the headline whose names are also tried as one byline
_DATA = frozenset({"json-ld", "json-ld group", "json-ld all", "meta"})
_CUES = _DATA | {"one meta", "marked", "all marked", "called"}
FAR = 999.0  # passages
MAX_SEEN = 5
MAX_PLACES = 100  # where one name occurs that are examined
MIN_SITE_CHARACTERS = 4  # of a name that is searched for inside another

_SHOWN_MEASURES = (
    "opened", "named", "near", "length", "names_share", "strict", "capital", "linked", "dated", "sentence",
    "lower", "tag_address", "tag_item", "tag_paragraph", "tag_heading", "distance", "in_story", "behind_last",
    "date_near",
    *(f"in_{name}" for name in PLACES), *(f"at_{name}" for name in KINDS),
)  # fmt: skip
# Parts of the names of organizations and accounts, in the languages of the corpora.
_ORGANIZATION = re.compile(
    r"redak|news|team\b|gmbh|e\.\s?v\b|\bag\b|magazin|\bltd|\binc\b|editor|staff|desk\b|agenc|zeitung|online|press|media"
    r"|verlag|group|company|universit|institut|verband|ministeri|amt\b|stiftung|foundation|association|\.\w{2,4}$|@|radio"
    r"|\btv\b|blog|verein|service|contributor|guest|writer|author|autor|kitchen|department|cent(?:er|re)|network|studio"
    r"|insider|today|times|journal|report|redac|rédac|redação|portal|world|society|bureau|office|\bthe\b|haber|gazete|新聞|新闻|뉴스",
    re.IGNORECASE,
)

Key = frozenset[tuple[str, ...]]


@dataclass(slots=True)
class BylineCandidate:
    """Names that may be the story's byline, with the places that state them."""

    names: tuple[str, ...]
    places: set[str] = field(default_factory=set)
    shown: list[ShownByline] = field(default_factory=list)
    measures: dict[str, float] = field(default_factory=dict)

    @property
    def is_bare(self) -> bool:
        """Whether only its place on the page suggests a byline: no data, no marked element, no named box, no "by"."""
        return not (self.places & _CUES or self.measures["shown_opened"] > 0 or self.measures["shown_named"] > 0)

    @property
    def is_of_comment(self) -> bool:
        """Whether the names occur only in lines among readers' comments."""
        return self.places == {"byline"} and all(line.measures["in_comment"] for line in self.shown)


def byline_candidates(
    stated: Mapping[str, Sequence[list[str]]],
    shown: Sequence[ShownByline],
    structured: Structured,
    passages: Sequence[Passage],
    headline: int,
    sites: frozenset[str],
) -> list[BylineCandidate]:
    """All distinct sets of names, measured; `stated` maps places to bylines, each a list of texts read together."""
    found: dict[Key, BylineCandidate] = {}
    for place, bylines in stated.items():
        for byline in bylines:
            _add(found, byline, place, sites)
    for line in shown:
        _add(found, [line.text], "byline", sites, line)
    together = [line.text for line in shown if line.is_named and line.is_near][:NAMED_TOGETHER]
    if len(together) > 1:
        _add(found, together, "named", sites)
    page = _Page(found, structured, passages, headline, sites)
    for key, candidate in found.items():
        candidate.measures = page.measure(key, candidate)
    facts = _facts_of_all(found.values())
    for candidate in found.values():
        candidate.measures |= facts
    return list(found.values())


def _facts_of_all(found: Collection[BylineCandidate]) -> dict[str, float]:
    """Whether the page's data names only its site, and whether a person is shown as the writer."""
    stated = [one.measures for one in found if one.places & _DATA]
    people = [one for one in found if not (one.measures["is_site"] or one.measures["organization"])]
    return {
        "only_site_stated": float(
            bool(stated) and all(each["is_site"] or each["in_site"] or each["has_site"] for each in stated)
        ),
        "person_cued": float(any(_is_cued(one) and abs(one.measures["shown_distance"]) <= CUED for one in people)),
    }


def _is_cued(one: BylineCandidate) -> bool:
    return "called" in one.places or one.measures["shown_opened"] > 0 or one.measures["shown_named"] > 0


def _add(
    found: dict[Key, BylineCandidate],
    byline: list[str],
    place: str,
    sites: frozenset[str],
    line: ShownByline | None = None,
) -> None:
    names = tidy_names(byline, sites, keep_site=True)
    if not names:
        return
    candidate = found.setdefault(_key(names), BylineCandidate(names))
    candidate.places.add(place)
    if line is not None:
        candidate.shown.append(line)


def _key(names: Iterable[str]) -> Key:
    return frozenset(tuple(sorted(word_key(name))) for name in names)


class _Page:
    """What the measures of all candidates of one page need."""

    def __init__(
        self,
        found: Mapping[Key, BylineCandidate],
        structured: Structured,
        passages: Sequence[Passage],
        headline: int,
        sites: frozenset[str],
    ) -> None:
        self.sites = sites
        self.texts = [passage.text for passage in passages]
        self.whole = "\n".join(self.texts)
        self.folded = self.whole.casefold()
        self.starts = [0, *accumulate(len(text) + 1 for text in self.texts)]
        self.headline = max(headline, 0)
        self.by_place = {place: [key for key, one in found.items() if place in one.places] for place in COMPARED}
        lines = [line for one in found.values() for line in one.shown]
        self.facts = {
            "headline_shown": float(headline >= 0),
            "is_news": float(any("News" in kind for kind in types(structured.article))),
            "is_declared": float(bool(structured.article)),
            "candidates": float(len(found)),
            "any_named": float(any(line.is_named for line in lines)),
            "any_opened": float(any(line.measures["opened"] and line.is_near for line in lines)),
            "author_meta": float(bool(structured.meta("article:author", "parsely-author", "sailthru.author", "byl"))),
        }

    def measure(self, key: Key, candidate: BylineCandidate) -> dict[str, float]:
        """A candidate's measures by name."""
        best = max(candidate.shown, key=lambda line: line.rank, default=None)
        shown = best.measures if best else dict.fromkeys(_SHOWN_MEASURES, -1.0)
        return (
            {f"by_{place}": float(place in candidate.places) for place in STATED}
            | {f"like_{place}": self._likeness(key, place) for place in COMPARED}
            | {f"shown_{name}": shown[name] for name in _SHOWN_MEASURES}
            | {"shown_count": float(len(candidate.shown))}
            | self._wording(candidate.names)
            | self._seen(candidate.names[0])
            | self.facts
        )

    def _likeness(self, key: Key, place: str) -> float:
        """How a candidate's names relate to a place's: 3 the same, 2 more, 1 fewer, 0.5 some shared, 0 none shared.

        -1 if the place states no names.
        """
        found = -1.0
        for other in self.by_place[place]:
            same = 3.0 if other == key else 2.0 if other < key else 1.0 if other > key else 0.5 * bool(other & key)
            found = max(found, same)
        return found

    def _wording(self, names: tuple[str, ...]) -> dict[str, float]:
        first = names[0]
        words = [len(name.split()) for name in names]
        joined = joined_key(first)
        long = len(joined) >= MIN_SITE_CHARACTERS
        return {
            "names": float(len(names)), "first_words": float(words[0]), "most_words": float(max(words)),
            "most_characters": float(max(map(len, names))),
            "capitals": float(all(word[:1].isupper() or word in LOWER_CASE for word in first.split())),
            "lower": float(first.islower()), "upper": float(first.isupper()), "ascii": float(first.isascii()),
            "digits": float(any(map(str.isdigit, first))),
            "organization": float(any(_ORGANIZATION.search(name) for name in names)),
            "agency": float(all(name.casefold() in AGENCIES for name in names)),
            "newsroom": float(any(map(names_newsroom, names))),
            "is_site": float(joined in self.sites), "in_site": float(long and any(joined in s for s in self.sites)),
            "has_site": float(any(len(s) >= MIN_SITE_CHARACTERS and s in joined for s in self.sites)),
        }  # fmt: skip

    def _seen(self, name: str) -> dict[str, float]:
        """How often and where, in passages from the headline, the page shows the first name."""
        places = [bisect_right(self.starts, at) - 1 for at in _places(name, self.whole)]
        away = [place - self.headline for place in dict.fromkeys(places)]
        return {
            "seen": float(min(MAX_SEEN, self.folded.count(name.casefold()))),
            "nearest": float(min(map(abs, away), default=FAR)),
            "first_seen": float(min(away, default=FAR)),
            "first_behind": float(min((place for place in away if place > 0), default=FAR)),
            "alone": float(min(MAX_SEEN, sum(self.texts[place] == name for place in set(places)))),
        }


def _places(name: str, text: str) -> Iterator[int]:
    """Where a name begins in a text: the first MAX_PLACES positions."""
    at = text.find(name)
    for _ in range(MAX_PLACES):
        if at < 0:
            return
        yield at
        at = text.find(name, at + 1)
