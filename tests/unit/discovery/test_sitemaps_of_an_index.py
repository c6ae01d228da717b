"""Which sitemaps of an index a first look asks for."""

from __future__ import annotations

from datetime import UTC, datetime

from crawler.discovery.guesses import newest_sitemaps
from news.fetch import Discovered, UrlKind


def sitemap(name: str, at: datetime | None = None) -> Discovered:
    return Discovered(url=f"https://a.example/{name}.xml", kind=UrlKind.SITEMAP, modified_at=at)


def test_numbered_sitemaps_that_nothing_dates_are_asked_for_from_both_ends() -> None:
    first, *_, last = numbered = [sitemap(f"posts-{number}") for number in range(1, 501)]
    assert newest_sitemaps(numbered)[:2] == [last, first]


def test_dates_come_before_places() -> None:
    newest = sitemap("posts-2", datetime(2026, 11, 28, tzinfo=UTC))
    assert newest_sitemaps([sitemap("posts-1"), newest, sitemap("posts-3")])[0] is newest
