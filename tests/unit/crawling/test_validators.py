"""Which validators a page is asked with."""

from __future__ import annotations

from datetime import datetime
from email.utils import format_datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from config.settings import CrawlSettings
from crawler.politeness.manners import Manners
from crawler.session import CrawlSession
from crawler.spider import SourceSpider
from news.fetch import UrlKind
from news.source import Source
from store.service import utc_now
from tests.support.stores import NOW

if TYPE_CHECKING:
    from store.records import FrontierRow

SOURCE = Source(id="paper", name="Paper", home_url="https://paper.example/", hosts=("paper.example",))


@pytest.mark.parametrize(("written", "is_sent"), [(NOW, True), (utc_now().replace(year=2090), False), (None, False)])
def test_a_time_in_the_future_is_no_validator(written: datetime | None, is_sent: bool) -> None:
    last_modified = format_datetime(written, usegmt=True) if written else "yesterday"
    about = {"url": "https://paper.example/a", "kind": UrlKind.ARTICLE, "article_id": "1", "etag": '"1"'}
    row = cast("FrontierRow", SimpleNamespace(**about, last_modified=last_modified))
    session = cast("CrawlSession", SimpleNamespace(source=SOURCE))
    spider = SourceSpider(session, cast("Manners", SimpleNamespace()), CrawlSettings())
    headers = spider._request(row).headers
    assert ("If-Modified-Since" in headers, "If-None-Match" in headers) == (is_sent, True)
