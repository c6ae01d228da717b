"""Whether a page writes "3/4/2025" with its day or its month first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from crawler.extraction.dates.moments import MONTHS_A_YEAR
from crawler.extraction.page.document import Document
from crawler.extraction.page.passages import Passage

MAX_LINE_CHARACTERS = 300  # of a text whose dates show the page's order

_DAY_FIRST_SITES = frozenset({"uk", "au", "nz", "ie", "za", "in", "sg", "ng", "ke", "pk", "lk", "my", "eu"})
_DAY_FIRST_PATH = re.compile(r"/en[-_](?!us)[a-z]{2}/", re.IGNORECASE)
_ADDRESS_MONTH = re.compile(r"/(20\d\d)[/-](0[1-9]|1[0-2])(?=[/-]|$)")
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(?:19|20)\d\d(?![\d/])")


@dataclass(frozen=True)
class DayOrder:
    """How to read dates in which either number may be the month."""

    month_first: bool = True
    month: str | None = None  # "2025-04", from the address: a reading in this month is preferred
    latest: datetime | None = None  # a later day is read the other way round if possible
    is_told: bool = False  # known from dates on the page that can be read only one way

    def of_machines(self) -> DayOrder:
        """The order for tags: servers write them their own way, so the page's language says nothing about them."""
        return self if self.is_told else replace(self, month_first=True)


def read_order(document: Document, passages: Sequence[Passage], latest: datetime | None = None) -> DayOrder:
    """The page's order: that of its dates that can be read only one way, else that of its country and language."""
    shown = _shown_order(passages)
    month = _ADDRESS_MONTH.search(urlsplit(document.url).path)
    return DayOrder(
        month_first=_is_american(document) if shown is None else shown,
        month=f"{month[1]}-{month[2]}" if month else None,
        latest=latest,
        is_told=shown is not None,
    )


def _shown_order(passages: Sequence[Passage]) -> bool | None:
    """Whether dates that can be read only one way have the month first; None if there are none or they disagree."""
    orders = {
        int(second) > MONTHS_A_YEAR
        for passage in passages
        if "/" in passage.text and len(passage.text) <= MAX_LINE_CHARACTERS
        for first, second in _SLASHED.findall(passage.line)
        if (int(first) > MONTHS_A_YEAR) != (int(second) > MONTHS_A_YEAR)
    }
    return orders.pop() if len(orders) == 1 else None


def _is_american(document: Document) -> bool:
    """Whether dates with slashes begin with the month: on English pages whose address names no other country."""
    language = (document.tree.get("lang") or "en").lower().replace("_", "-")
    abroad = document.host.rsplit(".", 1)[-1] in _DAY_FIRST_SITES or _DAY_FIRST_PATH.search(document.url)
    return language in ("en", "en-us") and not abroad
