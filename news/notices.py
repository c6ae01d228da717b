"""When operators are notified of troubles: when one lasts, again every day, and once when it is over. Pure.

A trouble counts once it has been present for a while, and as over once it has been absent for as long, so one that
comes and goes is a single trouble. Everything there is to tell at a time goes into one notice. The number of notices
per hour is limited, and the last one is reserved for urgent troubles.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from news.troubles import Severity, Trouble, by_severity

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
REPEAT = DAY  # a choice: whoever looks once a day sees what persists
STALE = DAY  # a notice that could not be delivered for this long is dropped; what still holds is told anew


@dataclass(frozen=True, kw_only=True, slots=True)
class Noted:
    """A trouble that the daemon saw, and when operators were told of it."""

    trouble: Trouble  # as it was last seen
    first_seen_at: datetime
    told_at: datetime | None = None  # the last time; None = never
    gone_at: datetime | None = None  # when it was first found absent; None = still present


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """How long to wait before telling, and how often to tell."""

    urgent_after: timedelta
    warning_after: timedelta
    most_per_hour: int

    def patience(self, trouble: Trouble) -> timedelta:
        """How long a trouble must be present before it is told, and absent before it counts as over."""
        return self.urgent_after if trouble.severity is Severity.URGENT else self.warning_after

    @property
    def calm_per_hour(self) -> int:
        """The limit per hour for notices in which nothing urgent begins."""
        return max(1, self.most_per_hour - 1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """The contents of one message."""

    made_at: datetime
    began: tuple[Noted, ...] = ()
    lasts: tuple[Noted, ...] = ()  # told before
    ended: tuple[Noted, ...] = ()
    next_at: datetime | None = None  # what is not urgent waits until then; None = it may be sent at any time


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """The result of one look at the troubles."""

    noted: tuple[Noted, ...]  # replaces what was noted before
    notice: Notice | None = None


def take(present: Iterable[Trouble], noted: Iterable[Noted], *, watched: Collection[str], now: datetime) -> list[Noted]:
    """What is noted after a look at the troubles now present.

    `watched` are the sources being followed: troubles of others are dropped, since nobody checks them any more.
    """
    known = {each.trouble.key: each for each in noted}
    taken = []
    for trouble in present:
        before = known.pop(trouble.key, None)
        begun = Noted(trouble=trouble, first_seen_at=now)
        taken.append(replace(_until(now, before), trouble=trouble, gone_at=None) if before else begun)
    for gone in known.values():
        if not gone.trouble.source_id or gone.trouble.source_id in watched:
            taken.append(replace(_until(now, gone), gone_at=min(gone.gone_at or now, now)))
    return taken


def _until(now: datetime, noted: Noted) -> Noted:
    """The trouble with no time in the future, since otherwise it would have to wait after a clock was set back."""
    told_at = min(noted.told_at, now) if noted.told_at is not None else None
    return replace(noted, first_seen_at=min(noted.first_seen_at, now), told_at=told_at)


def step(taken: Sequence[Noted], terms: Terms, *, made_at: Sequence[datetime], now: datetime, tells: bool) -> Step:
    """Decide what to tell; `made_at` are the times of the latest notices, `tells` says whether anyone can be told."""
    over = [each for each in taken if _is_over(each, terms, now)]
    kept = [each for each in taken if each not in over]
    if not tells:
        return Step(noted=tuple(kept))
    ended = [each for each in over if each.told_at is not None]
    began = [each for each in kept if each.told_at is None and is_held(each, terms, now)]
    known = [each for each in kept if each.told_at is not None]
    lasts = [each for each in known if each.gone_at is None]
    is_due = any(each.told_at is not None and now - each.told_at >= REPEAT for each in lasts)
    recent = sorted(at for at in made_at if now - HOUR < at <= now)
    is_urgent = any(each.trouble.severity is Severity.URGENT for each in began)
    if len(recent) >= (terms.most_per_hour if is_urgent else terms.calm_per_hour):
        return Step(noted=(*kept, *ended))
    if not began and not ended and not is_due:
        return Step(noted=tuple(kept))
    told = {each.trouble.key for each in (*began, *(known if is_due else ()))}
    notice = Notice(
        made_at=now,
        began=_in_order(began),
        lasts=_in_order(lasts),
        ended=_in_order(ended),
        next_at=_next_at([*recent, now], terms),
    )
    after = (replace(each, told_at=now) if each.trouble.key in told else each for each in kept)
    return Step(noted=tuple(after), notice=notice)


def is_held(each: Noted, terms: Terms, now: datetime) -> bool:
    """Whether a trouble is present and has outlasted its patience."""
    has_lasted = each.told_at is not None or now - each.first_seen_at >= terms.patience(each.trouble)
    return each.gone_at is None and has_lasted


def _is_over(each: Noted, terms: Terms, now: datetime) -> bool:
    return each.gone_at is not None and now - each.gone_at >= terms.patience(each.trouble)


def _next_at(recent: Sequence[datetime], terms: Terms) -> datetime | None:
    """When a notice without anything urgent is next allowed; None when one is allowed now."""
    surplus = len(recent) - terms.calm_per_hour
    return recent[surplus] + HOUR if surplus >= 0 else None


def _in_order(each: Iterable[Noted]) -> tuple[Noted, ...]:
    return tuple(sorted(each, key=lambda one: by_severity(one.trouble)))
