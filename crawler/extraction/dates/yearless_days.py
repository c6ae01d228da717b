"""A day shown near the headline without its year ("Jan 04"), completed from the year and month in the address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import urlsplit

from crawler.extraction.dates.moments import Moment
from crawler.extraction.dates.month_names import MONTHS
from crawler.extraction.page.passages import Passage

NEAR = (-3, 8)  # passages from the headline
MAX_LINE_CHARACTERS = 60

_ADDRESS_MONTH = re.compile(r"/(20\d\d)[/-](0[1-9]|1[0-2])(?=[/-])")
# "Jan 04", "Jane Doe | January 4th", "4. Januar", "4 de enero", "4 января"
_DAY = re.compile(
    r"(?:^|[|·•,:–—-]\s?|\s)(?:(?P<before>[^\W\d_]{3,12})\.?\s(?P<behind>\d{1,2})(?:st|nd|rd|th)?"
    r"|(?P<first>\d{1,2})\.?\s(?:de\s)?(?P<then>[^\W\d_]{3,12})\.?)\W*$"
)


def yearless_day(passages: Sequence[Passage], headline: int, url: str) -> Moment | None:
    """The day in a short line near the headline whose month is that in the address; None if there is none.

    `headline` is the index of its passage, -1 if none shows it.
    """
    stated = _ADDRESS_MONTH.search(urlsplit(url).path)
    if stated is None or headline < 0:
        return None
    for passage in passages[max(0, headline + NEAR[0]) : headline + NEAR[1]]:
        match = _DAY.search(passage.line) if len(passage.line) <= MAX_LINE_CHARACTERS else None
        if match and MONTHS.get((match["before"] or match["then"]).casefold()) == int(stated[2]):
            return _day(int(stated[1]), int(stated[2]), int(match["behind"] or match["first"]))
    return None


def _day(year: int, month: int, day: int) -> Moment | None:
    try:
        return Moment(datetime(year, month, day, tzinfo=UTC), day_only=True)
    except ValueError:
        return None
