"""Which validators a page is asked with."""

from __future__ import annotations

from datetime import datetime
from email.utils import format_datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

<<<<<<< HEAD
from crawler.conditions import usable_validators
from tests.support.stores import NOW, after
=======
from config.settings import CrawlSettings
from crawler.conditions import Conditions
from crawler.politeness.manners import Manners
from crawler.session import CrawlSession
from crawler.spider import SourceSpider
from news.fetch import UrlKind
from news.source import Source
from store.service import utc_now
from tests.support.stores import NOW
>>>>>>> 4e8be47 (A crawl that stood still past its leases makes no request before it knows that its hosts are still its own)

if TYPE_CHECKING:
    from store.records import FrontierRow


@pytest.mark.parametrize(("written", "is_sent"), [(NOW, True), (after(days=9000), False), (None, False)])
def test_a_time_in_the_future_is_no_validator(written: datetime | None, is_sent: bool) -> None:
    last_modified = format_datetime(written, usegmt=True) if written else "yesterday"
<<<<<<< HEAD
    row = cast("FrontierRow", SimpleNamespace(etag='"1"', last_modified=last_modified))
    known = usable_validators(row, after(hours=1))
    assert (known.last_modified is not None, known.etag) == (is_sent, '"1"')
=======
    about = {"id": 1, "url": "https://paper.example/a", "host": "paper.example", "kind": UrlKind.ARTICLE}
    about |= {"article_id": "1", "etag": '"1"'}
    row = cast("FrontierRow", SimpleNamespace(**about, last_modified=last_modified))
    session = cast("CrawlSession", SimpleNamespace(source=SOURCE, conditions=Conditions({})))
    spider = SourceSpider(session, cast("Manners", SimpleNamespace()), CrawlSettings())
    headers = spider._request(row).headers
    assert ("If-Modified-Since" in headers, "If-None-Match" in headers) == (is_sent, True)
>>>>>>> 4e8be47 (A crawl that stood still past its leases makes no request before it knows that its hosts are still its own)
