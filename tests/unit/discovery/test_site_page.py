"""What a page tells of its site's feeds."""

from __future__ import annotations

import pytest

from crawler.discovery.site_page import SitePage, read_site_page

LINK = '<link rel="alternate" type="application/rss+xml" title="{title}" href="{href}">'


@pytest.mark.parametrize("host", ["commentary.example", "kommentar.example"])
def test_a_site_called_after_comments_has_feeds_and_feeds_of_comments(host: str) -> None:
    head = LINK.format(title="Commentary » Comments Feed", href="/comments/feed/")
    head += LINK.format(title="Commentary » Feed", href="/feed/")
    page = f'<html><head>{head}</head><body><a href="/rss/comments">x</a><a href="/rss/news">y</a></body></html>'

    look = read_site_page(page.encode(), f"https://{host}/", "text/html")

    assert isinstance(look, SitePage)
    assert look.feeds == (f"https://{host}/feed/",)
    assert look.linked_feeds == (f"https://{host}/rss/news",)
