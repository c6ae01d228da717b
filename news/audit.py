"""Self-audit: whether a page reads as its source's pages usually do, and when enough do not to raise an alarm."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from news.alarms import Alarm, ended, raised
from news.judging import score_of, signs_of
from news.signs import Figures, Sign
from news.suspicions import JudgedPage, with_suspicions
from news.usual import RECENT_PAGES, Usual, with_page

DAYS = 30  # days of scores kept


@dataclass(frozen=True, kw_only=True, slots=True)
class Audit:
    """The result of auditing one page."""

    score: float  # 1 = as usual, 0 = nothing was read
    usual: Usual  # including this page
    raised: tuple[Alarm, ...] = ()
    ended: tuple[Sign, ...] = ()


def audit(usual: Usual, figures: Figures, *, page: int, url: str, now: datetime, is_backfilled: bool = False) -> Audit:
    """Judge a page against its source and learn from it; `page` identifies the page, `url` tells its part.

    Pages of a backfill may be years old. They are judged, but tell nothing of what the source's pages are like now.
    """
    if page in usual.pages or is_backfilled:
        others = replace(usual, stories=())  # they include the page itself, or are of another time
        return Audit(score=score_of(usual, signs_of(others, figures, now)), usual=usual)
    signs = signs_of(usual, figures, now)
    score = score_of(usual, signs)
    seen = JudgedPage(figures=figures, signs=signs, url=url, now=now)
    learned = with_page(with_suspicions(usual, seen), figures, signs)
    learned = replace(learned, pages=(page, *usual.pages)[:RECENT_PAGES], scores=_scores(usual, score, now))
    return Audit(score=score, usual=learned, raised=raised(usual, learned, seen), ended=ended(usual, learned))


def _scores(usual: Usual, score: float, now: datetime) -> dict[str, tuple[int, float]]:
    day = now.date().isoformat()
    count, total = usual.scores.get(day, (0, 0.0))
    scores = {**usual.scores, day: (count + 1, round(total + score, 3))}
    return dict(sorted(scores.items())[-DAYS:])
