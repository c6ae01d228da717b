"""The alarms that a page raises or ends, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from news.chart import Chart
from news.signs import MEANINGS, Sign
from news.suspicions import JudgedPage
from news.usual import Usual

_NEW = Chart()


@dataclass(frozen=True, kw_only=True, slots=True)
class Alarm:
    """A sign that is on far more pages than usual."""

    sign: Sign
    since_at: datetime
    evidence: str


def raised(before: Usual, after: Usual, page: JudgedPage) -> tuple[Alarm, ...]:
    """The alarms that this page raised: of the source, of some of its pages, or of parts that it belongs to."""
    whole = [_alarm(after, sign, page) for sign in _newly(before, after)]
    some = [
        _alarm(after.scattered, sign, page, "many more of them") for sign in _newly(before.scattered, after.scattered)
    ]
    return (*whole, *some, *_of_parts(before, after, page))


def ended(before: Usual, after: Usual) -> tuple[Sign, ...]:
    """The signs whose alarms this page ended: they stand neither for the source nor for any part of it."""
    return tuple(sign for sign in _standing(before) if sign not in _standing(after))


def _of_parts(before: Usual, after: Usual, page: JudgedPage) -> Iterator[Alarm]:
    for name, part in after.parts.items():
        for sign in _newly(before.parts.get(name, _NEW), part):
            others = [
                f"; also {other}" for other, each in after.parts.items() if each is not part and sign in each.standing
            ]
            yield _alarm(part, sign, page, where=f" {name}", others="".join(others))


def _alarm(
    chart: Chart, sign: Sign, page: JudgedPage, often: str = "nearly every one", *, where: str = "", others: str = ""
) -> Alarm:
    reason = f" ({page.figures.reason})" if page.figures.reason else ""
    usually = f"usually on {chart.rate_before(sign):.0%} of the pages{where}, now on {often}"
    evidence = f"{MEANINGS[sign]}{reason}: {usually}, such as {page.url}{others}"
    return Alarm(sign=sign, since_at=chart.standing[sign], evidence=evidence)


def _newly(before: Chart, after: Chart) -> list[Sign]:
    return [sign for sign in after.standing if sign not in before.standing]


def _standing(usual: Usual) -> dict[Sign, None]:
    return {sign: None for chart in (usual, usual.scattered, *usual.parts.values()) for sign in chart.standing}
