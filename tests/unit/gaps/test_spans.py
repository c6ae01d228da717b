"""Which sitemaps and entries belong to a span."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.discovery.spans import falls_within, may_hold
from news.fetch import Discovered
from news.gaps import Span

MARCH = Span(datetime(2024, 3, 1, tzinfo=UTC), datetime(2024, 3, 31, 23, 59, tzinfo=UTC))
MAP = "https://paper.example/sitemap.xml"


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "modified", "holds"),
    [
        ("sitemap-2024-03.xml", None, True),
        ("sitemap-2024-03.xml", "2025-07-01", True),  # an old story was edited
        ("sitemap-2024-05.xml", None, False),
        ("sitemap-2024-02.xml", None, False),
        ("sitemap-2024-02-29.xml", None, True),  # on another clock it may be March
        ("sitemap-2024.xml", None, True),
        ("sitemap/2023/12/31.xml", None, False),
        ("sitemap-20240315.xml", None, True),
        ("sitemap-7.xml", "2024-02-10", False),  # nothing in it was touched since
        ("sitemap-7.xml", "2024-03-10", True),
        ("sitemap-7.xml", "2026-11-10", True),
        ("sitemap-7.xml", None, True),
        ("post-sitemap12.xml", None, True),
    ],
)
def test_name_and_lastmod_decide_which_sitemaps_are_asked(name: str, modified: str | None, holds: bool) -> None:
    found = Discovered(url=f"https://paper.example/{name}", modified_at=day(modified) if modified else None)
    assert may_hold(MARCH, found) is holds


@pytest.mark.parametrize(
    ("entry", "listed_in", "belongs"),
    [
        (Discovered(url="https://paper.example/a", published_at=day("2024-03-05")), MAP, True),
        (
            Discovered(url="https://paper.example/a", published_at=day("2024-05-05"), modified_at=day("2024-03-05")),
            MAP,
            False,
        ),
        (Discovered(url="https://paper.example/a", modified_at=day("2024-03-05")), MAP, True),
        (Discovered(url="https://paper.example/a", modified_at=day("2025-03-05")), MAP, False),
        (Discovered(url="https://paper.example/2024/03/05/a", modified_at=day("2025-03-05")), MAP, True),
        (Discovered(url="https://paper.example/2023/03/05/a", modified_at=day("2024-03-05")), MAP, False),
        (Discovered(url="https://paper.example/a"), MAP, False),
        (Discovered(url="https://paper.example/a"), "https://paper.example/sitemap-2024-03.xml", True),
    ],
)
def test_an_entry_belongs_by_its_date_or_that_in_an_address(entry: Discovered, listed_in: str, belongs: bool) -> None:
    assert falls_within(MARCH, entry, listed_in=listed_in) is belongs
