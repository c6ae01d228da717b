"""Measures of every day that a page states or shows, by which the day of publication is chosen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from crawler.extraction.dates.day_statements import Statement
from crawler.extraction.dates.stated_days import STATED
from crawler.extraction.page.jsonld import types
from crawler.extraction.page.structured import Structured

MAX_DAYS_APART = 2_000.0
NO_DAY = -9_999.0

_SHOWN_MEASURES = (
    "published", "modified", "first", "dated", "label_characters", "length", "share", "named", "named_modified",
    "linked", "tag_item", "tag_paragraph", "tag_time", "tag_cell", "in_comment", "in_related", "in_list", "in_nav",
    "in_side", "in_meta", "in_caption", "in_title", "distance", "in_story", "behind_last", "order", "order_behind",
    "near", "continues",
)  # fmt: skip
_COMPARED = ("json-ld", "meta", "time", "address", "json-ld modified", "meta modified")  # a day is compared to each
_TIME_MEASURES = ("order", "behind_headline", "pubdate", "modified", "linked", "outside")
_IMAGE_MONTH = re.compile(r"/((?:19|20)\d\d)[/-]?([01]\d)(?:[/-]|[0-3]\d)")
# Places in the order in which one is chosen for a day's time and origin.
_PREFERRED = ("json-ld", "meta", "itemprop", "time", "json-ld created", "json-ld node", "vague meta", "shown",
              "property", "json-ld modified", "meta modified", "script", "htmldate", "address", "image")  # fmt: skip

PUBLICATION = ("json-ld", "meta", "itemprop")
REVISION = ("json-ld modified", "meta modified")


@dataclass(slots=True)
class DayCandidate:
    """One day with all its statements."""

    day: str  # YYYY-MM-DD
    statements: list[Statement] = field(default_factory=list)
    measures: dict[str, float] = field(default_factory=dict)

    @property
    def best(self) -> Statement:
        """The statement whose time is kept: one with a time before one without, then by the surest place."""
        return min(self.statements, key=lambda one: (one.moment.day_only, _PREFERRED.index(one.place)))

    @property
    def is_stated(self) -> bool:
        """Whether a place meant for the publication date states the day."""
        return any(one.place in PUBLICATION for one in self.statements)

    @property
    def is_labelled(self) -> bool:
        """Whether the day is shown with a label of publication, other than that of a comment or another story."""
        shown = (one.measures for one in self.statements if one.place == "shown" and one.measures)
        return any(each["published"] and not (each["in_comment"] or each["in_related"]) for each in shown)

    @property
    def is_near(self) -> bool:
        """Whether the day is shown near the headline."""
        return any(one.measures["near"] for one in self.statements if one.place == "shown" and one.measures)

    @property
    def is_in_address(self) -> bool:
        """Whether the page's address states the day."""
        return any(one.place == "address" for one in self.statements)

    @property
    def is_change(self) -> bool:
        """Whether the day is stated as that of a change."""
        return any(one.place in REVISION for one in self.statements)

    @property
    def is_revision(self) -> bool:
        """Whether the day is shown or stated as that of a change and nowhere as that of publication."""
        shown = [one.measures for one in self.statements if one.place == "shown" and one.measures]
        if self.is_stated or any(measures["published"] for measures in shown):
            return False
        if any(measures["modified"] for measures in shown):
            return True
        return not shown and self.is_change

    @property
    def origin(self) -> str:
        """The surest place that states the day."""
        return min(self.statements, key=lambda one: _PREFERRED.index(one.place)).origin


def _without_changes(statements: Sequence[Statement]) -> list[Statement]:
    """The statements without those of publication that are really a change, if an earlier publication is stated.

    Some sites write the last change into the tags for publication.
    """
    changes = {one.moment for one in statements if one.place in REVISION}
    published = [one for one in statements if one.place in PUBLICATION]
    first = min((one.moment.day for one in published if one.moment not in changes), default=None)
    return [
        one for one in statements
        if first is None or one.place not in PUBLICATION or one.moment not in changes or one.moment.day <= first
    ]  # fmt: skip


def day_candidates(statements: Sequence[Statement], structured: Structured) -> list[DayCandidate]:
    """Every distinct day, measured; days of a change are left out if a day of publication is stated or labelled.

    If a stated day of publication is also near the headline or in the address, every day that is stated as that of a
    change and not of publication is left out, however it is shown.
    """
    found: dict[str, DayCandidate] = {}
    for statement in _without_changes(statements):
        found.setdefault(statement.moment.day, DayCandidate(statement.moment.day)).statements.append(statement)
    page = _Page(list(found.values()), structured)
    for candidate in found.values():
        candidate.measures = page.measure(candidate)
    kept = [candidate for candidate in found.values() if not candidate.is_revision]
    if any(candidate.is_stated and (candidate.is_near or candidate.is_in_address) for candidate in kept):
        kept = [candidate for candidate in kept if candidate.is_stated or not candidate.is_change]
    return kept if any(candidate.is_stated or candidate.is_labelled for candidate in kept) else list(found.values())


class _Page:
    """What the measures of all days of one page need."""

    def __init__(self, found: Sequence[DayCandidate], structured: Structured) -> None:
        self.by_place: dict[str, list[str]] = {place: [] for place in STATED}
        for candidate in found:
            for place in {one.place for one in candidate.statements} & set(STATED):
                self.by_place[place].append(candidate.day)
        self.days = sorted(candidate.day for candidate in found)
        self.image = _IMAGE_MONTH.search(structured.meta("og:image", "twitter:image"))
        shown = [one.measures for candidate in found for one in candidate.statements if one.place == "shown"]
        near = [measures for measures in shown if measures and measures["near"]]
        self.facts = {
            "is_news": float(any("News" in kind for kind in types(structured.article))),
            "is_declared": float(bool(structured.article)),
            "og_article": float(structured.meta("og:type") == "article"),
            "days": float(len(found)),
            "shown_days": float(sum(any(one.place == "shown" for one in each.statements) for each in found)),
            "any_near": float(bool(near)),
            "any_published": float(any(measures["published"] for measures in near)),
            "any_modified": float(any(measures["modified"] for measures in near)),
        }  # fmt: skip

    def measure(self, candidate: DayCandidate) -> dict[str, float]:
        """A day's measures by name."""
        places = {one.place for one in candidate.statements}
        shown = [one.measures for one in candidate.statements if one.place == "shown" and one.measures]
        times = [one.measures for one in candidate.statements if one.place == "time" and one.measures]
        best = max(shown, key=_rank, default=dict.fromkeys(_SHOWN_MEASURES, -1.0))
        first = min(times, key=lambda measures: measures["order"], default=dict.fromkeys(_TIME_MEASURES, -1.0))
        return (
            {f"by_{place}": self._relation(place, places) for place in STATED}
            | {f"after_{place}": self._apart(candidate.day, place) for place in _COMPARED}
            | {f"shown_{name}": best[name] for name in _SHOWN_MEASURES}
            | {f"time_{name}": first[name] for name in _TIME_MEASURES}
            | self._among_others(candidate.day)
            | {
                "shown_count": float(len(shown)),
                "any_label": float(any(measures["published"] for measures in shown)),
                "any_modified_label": float(any(measures["modified"] for measures in shown)),
                "support": float(len(places)),
                "clock": float(any(not one.moment.day_only for one in candidate.statements)),
            }
            | self.facts
        )

    def _among_others(self, day: str) -> dict[str, float]:
        place = self.days.index(day)
        return {
            "earlier": float(place), "later": float(len(self.days) - 1 - place), "earliest": float(place == 0),
            "latest": float(day == self.days[-1]), "after_image": self._after_image(day),
        }  # fmt: skip

    def _relation(self, place: str, places: set[str]) -> float:
        """1 if the place states the day, 0 if it states others, -1 if it states none."""
        return 1.0 if place in places else 0.0 if self.by_place[place] else -1.0

    def _apart(self, day: str, place: str) -> float:
        """How many days the day is after the first that the place states; NO_DAY if it states none."""
        others = self.by_place[place]
        if not others:
            return NO_DAY
        apart = (date.fromisoformat(day) - date.fromisoformat(others[0])).days
        return max(-MAX_DAYS_APART, min(MAX_DAYS_APART, float(apart)))

    def _after_image(self, day: str) -> float:
        """How many months the day is after the month in the lead image's address; NO_DAY if there is none."""
        if not self.image:
            return NO_DAY
        months = (int(day[:4]) - int(self.image[1])) * 12 + int(day[5:7]) - int(self.image[2])
        return max(-99.0, min(99.0, float(months)))


def _rank(measures: dict[str, float]) -> tuple[float, float, float, float]:
    """How telling a place that shows a day is; of several, the highest is measured."""
    labelled = (2 * measures["published"] + measures["dated"]) * (1 - measures["in_comment"])
    return (
        labelled + measures["near"] - measures["in_comment"] - measures["in_related"],
        measures["named"], measures["share"], -measures["order"],
    )  # fmt: skip
