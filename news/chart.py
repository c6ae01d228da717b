"""Control charts: how often each sign is on a source's pages, or on those of a part of it, and whether that changed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import TypeVar

from news.signs import Sign

# Bernoulli CUSUM (E. S. Page, Continuous inspection schemes, Biometrika 1954): each page adds the logarithm of how much
# likelier it is on a broken source, where a sign is on BROKEN_RATE of the pages, than on this one; the sum restarts
# when it falls below zero. With these choices a rare sign raises an alarm on its seventh page in a row, one usually on
# a third of the pages on its eighteenth, and one that is usual on more pages than that is ignored.
BROKEN_RATE = 0.9
ALARM_AT = 18.0
SCATTERED_RATE = 0.4  # of the pages of a source that is broken on some, in no part that is known
SCATTERED_ALARM_AT = 14.0  # of a rare sign that is on a third of the pages: after some thirty-five
PART_ALARM_AT = 13.0  # a part has fewer pages: a rare sign raises an alarm on its fifth in a row
SPARE_SUSPICION = 6.0  # the most above the alarm, so that a few good pages end one

LEAST_RATE = 0.05  # lower bound for the rate of a sign, however rare it was
LEAST_JUDGED = 8  # pages needed to know a sign's rate; a choice
MEMORY_PAGES = 500.0  # pages after which older ones have half the weight; a choice
TRIAL_PAGES = 100  # for this many pages a sign is compared with what was usual when it began

NOTHING: Mapping[Sign, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Beginning:
    """Where a suspicion began."""

    at: datetime
    page: int  # the chart's page count before it
    rate: float  # the sign's rate until then, so that what follows does not become usual at once


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """How often each sign is on some pages, and how suspicious the recent ones are."""

    page_count: int = 0
    rates: Mapping[Sign, tuple[int, int]] = field(default_factory=dict)  # pages with the sign, pages judged
    suspicion: Mapping[Sign, float] = field(default_factory=dict)
    since: Mapping[Sign, Beginning] = field(default_factory=dict)  # where a suspicion began
    standing: Mapping[Sign, datetime] = field(default_factory=dict)  # raised alarms, and since when

    def rate(self, sign: Sign) -> float:
        """The usual share of pages with a sign, never quite zero or one."""
        seen_with, seen = self.rates.get(sign, (0, 0))
        return max(LEAST_RATE, (seen_with + 1) / (seen + 2))

    def rate_before(self, sign: Sign) -> float:
        """The sign's rate without the pages that are on trial."""
        return self.since[sign].rate if self.is_on_trial(sign) else self.rate(sign)

    def is_on_trial(self, sign: Sign) -> bool:
        """Whether a suspicion is so recent that the pages since do not show what is usual."""
        begun = self.since.get(sign)
        return begun is not None and self.page_count - begun.page < TRIAL_PAGES

    def knows(self, sign: Sign) -> bool:
        """Whether a sign was judged on enough pages to know its rate."""
        return self.rates.get(sign, (0, 0))[1] >= self.least_judged

    @property
    def least_judged(self) -> int:
        """The pages needed to know a sign's rate."""
        return LEAST_JUDGED


C = TypeVar("C", bound=Chart)


def suspected(
    chart: C,
    signs: Mapping[Sign, bool],
    now: datetime,
    *,
    elsewhere: Chart,
    alarm_at: float,
    broken_rate: float = BROKEN_RATE,
    above: Mapping[Sign, float] = NOTHING,
) -> C:
    """The chart after weighing one more page, which has these signs; its rates are not changed.

    A sign counts as usual if it is so either in this chart or `elsewhere`: a source may read a section of videos in a
    row, which are as that section always is. A page that has a sign raises an alarm if its suspicion is `alarm_at` and
    `above` another.
    """
    if not chart.suspicion and not any(signs.values()):
        return chart
    suspicion, since = dict(chart.suspicion), dict(chart.since)
    for sign, is_set in signs.items():
        if not (is_set or sign in suspicion) or not chart.knows(sign):
            continue  # what is not suspicious does not become less so
        begun = since.get(sign, Beginning(now, chart.page_count, chart.rate(sign)))
        value = suspicion.get(sign, 0.0) + _step(_rate(chart, elsewhere, sign), broken_rate, is_set=is_set)
        if value <= 0.0:
            suspicion.pop(sign, None)
            since.pop(sign, None)
        else:
            suspicion[sign] = min(alarm_at + SPARE_SUSPICION, value)
            since[sign] = begun
    standing = {sign: at for sign, at in chart.standing.items() if sign in suspicion}
    for sign, value in suspicion.items():
        if signs.get(sign) and value >= alarm_at and value > above.get(sign, 0.0):
            standing.setdefault(sign, since[sign].at)
    return replace(chart, suspicion=suspicion, since=since, standing=standing)


def counted(chart: C, signs: Mapping[Sign, bool]) -> C:
    """The chart with one more page in its rates."""
    rates = dict(chart.rates)
    for sign, is_set in signs.items():
        seen_with, seen = rates.get(sign, (0, 0))
        if seen >= MEMORY_PAGES:
            seen_with, seen = seen_with // 2, seen // 2
        rates[sign] = (seen_with + is_set, seen + 1)
    return replace(chart, page_count=chart.page_count + 1, rates=rates)


def _rate(chart: Chart, elsewhere: Chart, sign: Sign) -> float:
    rate = chart.rate_before(sign)
    return max(rate, elsewhere.rate_before(sign)) if elsewhere.knows(sign) else rate


def _step(rate: float, broken_rate: float, *, is_set: bool) -> float:
    if is_set and rate < broken_rate:
        return math.log(broken_rate / rate)
    return math.log((1 - broken_rate) / (1 - min(rate, broken_rate / 2)))  # what is on as many pages became usual
