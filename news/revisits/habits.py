"""What a source's past visits teach about its next ones: one small record, kept by the store."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from news.revisits.budget import Spending
from news.revisits.hazard import NOTHING_WATCHED, Hazard, Watched, edits_behind, watch
from news.revisits.validators import MOST_SERVERS, Look, Trust, after_look, trusts_from_record, trusts_record

# How much the articles of a source differ: the shape of a gamma distribution, learned from how often edited articles
# are edited again. The prior is a shape of one; the bounds keep a few visits from deciding.
SPREAD_STRENGTH = 5.0
LEAST_SHAPE, MOST_SHAPE = 0.1, 10.0
REPEAT_MEMORY = 1000.0  # expected repeat edits after which half are forgotten

ARRIVAL_MEMORY_SECONDS = 6 * 3600.0  # a choice: short enough to tell night from day
MAX_ARRIVALS = 200  # most feeds of one source that are tracked separately


@dataclass(frozen=True, kw_only=True, slots=True)
class ArticleHistory:
    """The known history of one article."""

    born_at: datetime  # when it was published, as far as known
    met_at: datetime
    changed_at: datetime  # when its newest version appeared
    change_count: int  # versions after the first


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrivals:
    """What a feed brought recently, weighted less the older it is."""

    count: float = 0.0
    seconds: float = 0.0  # time covered by the polls


@dataclass(frozen=True, kw_only=True, slots=True)
class Habits:
    """The statistics of one source."""

    watched: tuple[Watched, ...] = NOTHING_WATCHED  # by age class
    repeat_edits: float = 0.0  # edits of articles, each weighted by the number of earlier edits of the article
    repeat_expected: float = 0.0  # the value expected if all articles were alike
    spending: Spending = field(default_factory=Spending)
    arrivals: Mapping[str, Arrivals] = field(default_factory=dict)  # by the feed's row id
    trusts: Mapping[str, Trust] = field(default_factory=dict)  # keyed by news.revisits.validators.trust_key

    def shape(self) -> float:
        """The shape of the gamma distribution of articles; small when a few articles have most of the edits."""
        excess = (2 * SPREAD_STRENGTH + self.repeat_edits) / (SPREAD_STRENGTH + self.repeat_expected) - 1
        return min(max(1 / excess if excess > 0 else MOST_SHAPE, LEAST_SHAPE), MOST_SHAPE)


def article_factor(habits: Habits, hazard: Hazard, history: ArticleHistory, now: datetime) -> float:
    """How many times as often as its source's average article this one is edited.

    The mean of the gamma distribution given the article's own edits and how many were expected. Events up to its last
    edit count less the longer ago that is relative to its age: a live blog ends.
    """
    met, changed, age = (_age(history, at) for at in (history.met_at, history.changed_at, now))
    weight = (changed + 3600) / (age + 3600)
    expected = weight * hazard.expected(met, changed) + hazard.expected(changed, age)
    shape = habits.shape()
    return (shape + weight * history.change_count) / (shape + expected)


def after_visit(
    habits: Habits, history: ArticleHistory, *, seen_at: datetime, now: datetime, changed: bool, hazard: Hazard
) -> Habits:
    """The statistics after a visit; `history` and `seen_at` describe the state after the previous visit."""
    before, age = _age(history, seen_at), _age(history, now)
    usual = hazard.expected(before, age)
    expected = usual * article_factor(habits, hazard, history, seen_at)
    edits = edits_behind(expected) if changed else 0.0
    keep = 0.5 if habits.repeat_expected > REPEAT_MEMORY else 1.0
    met = _age(history, history.met_at)
    return replace(
        habits,
        watched=watch(habits.watched, hazard, from_seconds=before, to_seconds=age, edits=edits),
        repeat_edits=habits.repeat_edits * keep + edits * history.change_count,
        repeat_expected=habits.repeat_expected * keep + usual * hazard.expected(met, before),
        spending=habits.spending.spend(now, edits=expected),
    )


def after_poll(habits: Habits, feed: str, *, seconds: float, new_count: int) -> Habits:
    """The statistics after a feed was polled again after `seconds` and listed this many unknown articles."""
    old = habits.arrivals.get(feed)
    if old is None and len(habits.arrivals) >= MAX_ARRIVALS:
        return habits
    old = old or Arrivals()
    keep = math.exp(-max(0.0, seconds) / ARRIVAL_MEMORY_SECONDS)
    now = Arrivals(count=old.count * keep + new_count, seconds=old.seconds * keep + max(0.0, seconds))
    return replace(habits, arrivals={**habits.arrivals, feed: now})


def after_answer(habits: Habits, key: str, look: Look, now: datetime) -> Habits:
    """The statistics after a server's answer; `key` names the server's trust."""
    known = habits.trusts.get(key)
    if known is None and len(habits.trusts) >= MOST_SERVERS:
        return habits
    trust = after_look(known or Trust(), look, now)
    return habits if trust == (known or Trust()) else replace(habits, trusts={**habits.trusts, key: trust})


def habits_record(habits: Habits) -> dict[str, Any]:
    """The statistics as numbers, lists and dicts."""
    spending = habits.spending
    return {
        "watched": [[seen.seconds, seen.edits] for seen in habits.watched],
        "repeat": [habits.repeat_edits, habits.repeat_expected],
        "spending": [spending.revisits, spending.edits, *map(_stamp, (spending.started_at, spending.counted_at))],
        "arrivals": {feed: [seen.count, seen.seconds] for feed, seen in habits.arrivals.items()},
        "validators": trusts_record(habits.trusts),
    }


def habits_from_record(record: Mapping[str, Any]) -> Habits:
    """The statistics of a record; if its age classes differ from today's, they start anew."""
    watched = tuple(Watched(seconds=seconds, edits=edits) for seconds, edits in record["watched"])
    revisits, edits, *stamps = record["spending"]
    started_at, counted_at = (datetime.fromisoformat(stamp) if stamp else None for stamp in stamps)
    return Habits(
        watched=watched if len(watched) == len(NOTHING_WATCHED) else NOTHING_WATCHED,
        repeat_edits=record["repeat"][0],
        repeat_expected=record["repeat"][1],
        spending=Spending(revisits=revisits, edits=edits, started_at=started_at, counted_at=counted_at),
        arrivals={
            feed: Arrivals(count=count, seconds=seconds) for feed, (count, seconds) in record["arrivals"].items()
        },
        trusts=trusts_from_record(record.get("validators", {})),
    )


def _stamp(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _age(history: ArticleHistory, at: datetime) -> float:
    return max(0.0, (at - history.born_at).total_seconds())
