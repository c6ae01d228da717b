"""What one more page makes of the suspicions: that the whole source broke, some pages here and there, or one part."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from news.chart import ALARM_AT, PART_ALARM_AT, SCATTERED_ALARM_AT, SCATTERED_RATE, Chart, counted, suspected
from news.judging import BODILESS
from news.parts import Part, home_part, is_addition, part_names, with_parts
from news.signs import Figures, Sign
from news.usual import Usual

# In a part, a run of films or picture galleries is nothing unusual, and neither is a share that is high for the source:
# all pages of the part may be near the limit, which moves with the source's pages
NATURAL_REASONS = frozenset({"video", "gallery"})
NOT_IN_PARTS = frozenset({
    Sign.PARTIAL_BODY, Sign.LISTED_BODY, Sign.LINKED_BODY, Sign.BOILERPLATE_BODY, Sign.OTHER_LANGUAGE,
    Sign.NEW_TEMPLATE,
})  # fmt: skip
# Of pages without an article, those whose template may have broken, not those that never held a story
BROKEN_REASONS = BODILESS | {"consent_wall", "extract_failed", "extract_timeout"}
MAY_SCATTER = frozenset({
    Sign.NO_ARTICLE, Sign.NO_TITLE, Sign.SHORT_BODY, Sign.TEASER_BODY, Sign.OTHER_BODY, Sign.REPEATED_BODY,
    Sign.DOUBLED_BODY, Sign.LINKED_BODY, Sign.BOILERPLATE_BODY, Sign.BROKEN_TEXT,
})  # fmt: skip
_UNKNOWN = Chart()


@dataclass(frozen=True, kw_only=True, slots=True)
class JudgedPage:
    """A page with its signs."""

    figures: Figures
    signs: Mapping[Sign, bool]
    url: str
    now: datetime

    @property
    def signs_of_part(self) -> dict[Sign, bool]:
        """The signs that count in the page's parts."""
        return {sign: is_set for sign, is_set in self.signs.items() if sign not in NOT_IN_PARTS}

    @property
    def scattered_signs(self) -> dict[Sign, bool]:
        """The signs that may be on some of a source's pages only."""
        reason = self.figures.reason
        may_scatter = MAY_SCATTER if reason is None or reason in BROKEN_REASONS else frozenset[Sign]()
        return {sign: is_set for sign, is_set in self.signs.items() if sign in may_scatter}


def with_suspicions(usual: Usual, page: JudgedPage) -> Usual:
    """The source with its suspicions and its parts after this page."""
    home = home_part(usual.parts, page.url, usual.page_count)
    is_new = is_addition(usual.parts, home, usual.page_count)
    elsewhere = home if home is not None and home.is_settled else _UNKNOWN
    is_judged = usual.is_known and not is_new
    whole = usual
    if is_judged:
        whole = suspected(usual, page.signs, page.now, elsewhere=elsewhere, alarm_at=ALARM_AT)
    whole = _with_parts(whole, page, home, elsewhere, is_judged=is_judged)
    return replace(whole, scattered=_scattered(whole, page, elsewhere, is_judged=is_judged))


def _with_parts(whole: Usual, page: JudgedPage, home: Part | None, elsewhere: Chart, *, is_judged: bool) -> Usual:
    number, signs = whole.page_count, page.signs_of_part
    names = part_names(page.figures, page.url, home)
    parts = {name: whole.parts.get(name, Part(first=number, last=number)) for name in names}
    for name, part in parts.items():
        changed = part
        if page.figures.reason not in NATURAL_REASONS and (is_judged or (whole.is_known and part is home)):
            above = _above(whole, part, parts)
            changed = suspected(part, signs, page.now, elsewhere=elsewhere, alarm_at=PART_ALARM_AT, above=above)
        parts[name] = counted(changed, signs)
    return replace(whole, parts=with_parts(whole.parts, parts, number))


def _above(whole: Usual, part: Part, parts: Mapping[str, Part]) -> dict[Sign, float]:
    """What a part's suspicions must exceed to raise an alarm: those of the whole source, which is else what broke.

    What stands already for the source or for another part of the page is not told again.
    """
    told = {sign for each in (whole, *parts.values()) if each is not part for sign in each.standing}
    if part.is_nearly_all(whole.page_count):
        told.update(Sign)
    return {**whole.suspicion, **dict.fromkeys(told, math.inf)}


def _scattered(whole: Usual, page: JudgedPage, elsewhere: Chart, *, is_judged: bool) -> Chart:
    """The signs on some pages, of a template that neither addresses nor sections tell from others."""
    chart, signs = whole.scattered, page.scattered_signs
    if is_judged:
        told = {sign for each in (whole, *whole.parts.values()) for sign in each.standing}
        told |= {sign for sign, value in whole.suspicion.items() if value >= ALARM_AT / 2}  # it is on most pages
        chart = suspected(
            _without(chart, told - chart.standing.keys()),
            {sign: is_set for sign, is_set in signs.items() if sign not in told},
            page.now,
            elsewhere=elsewhere,
            alarm_at=SCATTERED_ALARM_AT,
            broken_rate=SCATTERED_RATE,
        )
    return counted(chart, signs)


def _without(chart: Chart, told: Collection[Sign]) -> Chart:
    """The chart without these suspicions, which would else be told once more when the whole source has recovered."""
    suspicion = {sign: value for sign, value in chart.suspicion.items() if sign not in told}
    return replace(chart, suspicion=suspicion, since={sign: chart.since[sign] for sign in suspicion})
