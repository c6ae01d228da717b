"""Self-audit: whether a page reads as its source's pages usually do, and when enough do not to raise an alarm."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from news.chart import ALARM_AT, PART_ALARM_AT, Chart, counted, suspected
from news.judging import score_of, signs_of
from news.parts import Part, home_part, is_addition, part_names, with_parts
from news.signs import MEANINGS, Figures, Sign
from news.usual import RECENT_PAGES, Usual, with_page

DAYS = 30  # days of scores kept
# In a part, a run of films or picture galleries is nothing unusual, and neither is a share that is high for the source:
# all pages of the part may be near the limit, which moves with the source's pages
NATURAL_REASONS = frozenset({"video", "gallery"})
NOT_IN_PARTS = frozenset({
    Sign.PARTIAL_BODY, Sign.LISTED_BODY, Sign.LINKED_BODY, Sign.BOILERPLATE_BODY, Sign.OTHER_LANGUAGE,
    Sign.NEW_TEMPLATE,
})  # fmt: skip
_UNKNOWN = Chart()


@dataclass(frozen=True, kw_only=True, slots=True)
class Alarm:
    """A sign that is on far more pages than usual."""

    sign: Sign
    since_at: datetime
    evidence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Audit:
    """The result of auditing one page."""

    score: float  # 1 = as usual, 0 = nothing was read
    usual: Usual  # including this page
    raised: tuple[Alarm, ...] = ()
    ended: tuple[Sign, ...] = ()


def audit(usual: Usual, figures: Figures, *, page: int, url: str, now: datetime) -> Audit:
    """Judge a page against its source and learn from it; `page` identifies the page, `url` tells its part."""
    if page in usual.pages:
        others = replace(usual, stories=())  # they include the page itself
        return Audit(score=score_of(usual, signs_of(others, figures, now)), usual=usual)
    signs = signs_of(usual, figures, now)
    score = score_of(usual, signs)
    judged = _judged(usual, figures, signs, url, now)
    learned = with_page(judged, figures, signs)
    learned = replace(learned, pages=(page, *usual.pages)[:RECENT_PAGES], scores=_scores(usual, score, now))
    return Audit(score=score, usual=learned, raised=_raised(usual, judged, figures, url), ended=_ended(usual, learned))


def _judged(usual: Usual, figures: Figures, signs: Mapping[Sign, bool], url: str, now: datetime) -> Usual:
    """The source with its suspicions and its parts after this page."""
    home = home_part(usual.parts, url, usual.page_count)
    is_new = is_addition(usual.parts, home, usual.page_count)
    elsewhere = home if home is not None and home.is_settled else _UNKNOWN
    whole = usual
    if usual.is_known and not is_new:
        whole = suspected(usual, signs, now, elsewhere=elsewhere, alarm_at=ALARM_AT)
    own = {sign: is_set for sign, is_set in signs.items() if sign not in NOT_IN_PARTS}
    is_natural = figures.reason in NATURAL_REASONS
    changed: dict[str, Part] = {}
    names = part_names(figures, url)
    for name in names:
        part = usual.parts.get(name, Part(first=usual.page_count, last=usual.page_count))
        if usual.is_known and not is_natural and (part is home or not is_new):
            above = _bars(usual, whole, part, changed, names)
            part = suspected(part, own, now, elsewhere=elsewhere, alarm_at=PART_ALARM_AT, above=above)
        changed[name] = counted(part, own)
    return replace(whole, parts=with_parts(usual.parts, changed, usual.page_count))


def _bars(
    usual: Usual, whole: Usual, part: Part, changed: Mapping[str, Part], names: Collection[str]
) -> dict[Sign, float]:
    """What a part's suspicions must exceed to raise an alarm: those of the whole source, which is else what broke.

    What stands already for the source or for another part of this page is not told again.
    """
    others = [changed.get(name) or usual.parts.get(name) for name in names]
    told = {sign for each in (whole, *others) if each is not None and each is not part for sign in each.standing}
    if part.is_nearly_all(usual.page_count):
        told.update(Sign)
    return {**whole.suspicion, **dict.fromkeys(told, math.inf)}


def _raised(before: Usual, judged: Usual, figures: Figures, url: str) -> tuple[Alarm, ...]:
    """The alarms that this page raised: of the source, or of parts that it belongs to."""
    found = [_alarm(judged, judged, "", sign, figures, url) for sign in judged.standing if sign not in before.standing]
    for name in part_names(figures, url):
        part, old = judged.parts[name], before.parts.get(name, _UNKNOWN)
        found += [_alarm(judged, part, name, sign, figures, url) for sign in part.standing if sign not in old.standing]
    return tuple(found)


def _alarm(judged: Usual, chart: Chart, name: str, sign: Sign, figures: Figures, url: str) -> Alarm:
    why = f" ({figures.reason})" if figures.reason else ""
    where = f" {name}" if name else ""
    usually = f"usually on {chart.rate_before(sign):.0%} of the pages{where}, now on nearly every one"
    broken = [
        f"also {other}" for other, part in judged.parts.items() if name and other != name and sign in part.standing
    ]
    evidence = "; ".join([f"{MEANINGS[sign]}{why}: {usually}, such as {url}", *broken])
    return Alarm(sign=sign, since_at=chart.standing[sign], evidence=evidence)


def _ended(before: Usual, after: Usual) -> tuple[Sign, ...]:
    return tuple(sign for sign in _standing(before) if sign not in _standing(after))


def _standing(usual: Usual) -> dict[Sign, None]:
    """The signs with an alarm on the source or on a part of it."""
    return {sign: None for chart in (usual, *usual.parts.values()) for sign in chart.standing}


def _scores(usual: Usual, score: float, now: datetime) -> dict[str, tuple[int, float]]:
    day = now.date().isoformat()
    count, total = usual.scores.get(day, (0, 0.0))
    scores = {**usual.scores, day: (count + 1, round(total + score, 3))}
    return dict(sorted(scores.items())[-DAYS:])
