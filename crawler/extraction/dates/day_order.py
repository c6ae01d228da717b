"""How a page writes "3/4/2025": with its day or its month first, by all that tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from crawler.extraction.body.passages import Passage
from crawler.extraction.dates.moments import MONTHS_A_YEAR
from crawler.extraction.page.document import Document

MAX_LINE_CHARACTERS = 300  # of a text whose dates tell how the page writes them

_DAY_FIRST_SITES = frozenset({"uk", "au", "nz", "ie", "za", "in", "sg", "ng", "ke", "pk", "lk", "my", "eu"})
_DAY_FIRST_PATH = re.compile(r"/en[-_](?!us)[a-z]{2}/", re.IGNORECASE)
_ADDRESS_MONTH = re.compile(r"/(20\d\d)[/-](0[1-9]|1[0-2])(?=[/-]|$)")
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(?:19|20)\d\d(?![\d/])")


@dataclass(frozen=True)
class DayOrder:
    """How dates are read whose day and month may be either number."""

    month_first: bool = True
    month: str | None = None  # "2025-04", of the address: a day in it comes first
    latest: datetime | None = None  # a day behind it is read the other way round where that is possible
    is_told: bool = False  # by dates of the page that can be read in one way only

    def of_machines(self) -> DayOrder:
        """How tags are read, which servers write in their own way: the page's language tells nothing of them."""
        return self if self.is_told else replace(self, month_first=True)


def read_order(document: Document, passages: Sequence[Passage], latest: datetime | None = None) -> DayOrder:
    """The page's order: that of its dates with one reading only, else its country's and language's."""
    shown = _shown_order(passages)
    month = _ADDRESS_MONTH.search(urlsplit(document.url).path)
    return DayOrder(
        month_first=_is_american(document) if shown is None else shown,
        month=f"{month[1]}-{month[2]}" if month else None,
        latest=latest,
        is_told=shown is not None,
    )


def _shown_order(passages: Sequence[Passage]) -> bool | None:
    """Whether dates that can be read in one way only have their month first; None where there is none or both are."""
    orders = {
        int(second) > MONTHS_A_YEAR
        for passage in passages
        if "/" in passage.text and len(passage.text) <= MAX_LINE_CHARACTERS
        for first, second in _SLASHED.findall(passage.line)
        if (int(first) > MONTHS_A_YEAR) != (int(second) > MONTHS_A_YEAR)
    }
    return orders.pop() if len(orders) == 1 else None


def _is_american(document: Document) -> bool:
    """Whether a date with slashes begins with its month: on English pages of sites that name no other country."""
    language = (document.tree.get("lang") or "en").lower().replace("_", "-")
    abroad = document.host.rsplit(".", 1)[-1] in _DAY_FIRST_SITES or _DAY_FIRST_PATH.search(document.url)
    return language in ("en", "en-us") and not abroad
