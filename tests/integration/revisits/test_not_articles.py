"""A page that is no article is looked at for a week, whether it became one, and then no more."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from news.source import Source
from store.service import Store
from tests.support.publisher import Publisher
from tests.support.stores import NOW
from tests.support.timed_crawl import TimedCrawl

LIST = "<html><body><ul><li><a href='/sport'>Sport</a></ul></body></html>"


@pytest.mark.parametrize("validators", [True, False])
def test_a_page_that_is_no_article_is_left_alone_after_a_week(
    tmp_path: Path, publisher: Publisher, validators: bool
) -> None:
    source = Source(id="paper", name="Paper", home_url=f"{publisher.url}/", hosts=("127.0.0.1",))
    url = publisher.page("/world/a-list-1", LIST, validators=validators)
    store = Store.open(tmp_path / "data", max_archive_file_bytes=1 << 26, clock=lambda: NOW)
    with closing(store), TimedCrawl(store, source, publisher.url) as crawl:
        crawl.find([url], now=NOW)
        looks = [day for day in range(40) if crawl.visit_due(NOW + timedelta(days=day))]
    assert looks == list(range(8))
