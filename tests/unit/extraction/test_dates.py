"""When a story was published, by what the page states and by what it shows."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.extraction.dates import Dates, read_dates
from crawler.extraction.document import Document, parse_page
from crawler.extraction.passages import read_passages
from crawler.extraction.structured import read_structured
from news.article import Hints, Page

FETCHED = datetime(2026, 6, 1, tzinfo=UTC)
STORY = "<p>" + "Ships waited outside the harbour, and the crews went ashore. " * 4 + "</p>"


def dates_of(body: str, head: str = "", url: str = "https://www.example.com/storm") -> Dates:
    markup = f"<html><head>{head}</head><body>{body}</body></html>"
    document = parse_page(Page(url=url, body=markup.encode()))
    assert isinstance(document, Document)
    passages, _ = read_passages(document.tree)
    return read_dates(document, read_structured(document), Hints(), FETCHED, passages)


@pytest.mark.parametrize(
    ("body", "origin", "day"),
    [
        pytest.param(f"{STORY}<ul><li>Datum 28.04.2023</li></ul>", "labelled", "2023-04-28", id="label"),
        pytest.param(f"<h1>Storm</h1><p>March 4, 2024</p>{STORY}", "written", "2024-03-04", id="below the headline"),
        pytest.param(f"{STORY}<p>The meeting of March 4, 2024 was short.</p>", "text", "2024-03-04", id="anywhere"),
    ],
)
def test_a_shown_date_is_read_where_none_is_stated(body: str, origin: str, day: str) -> None:
    published = dates_of(body).published
    assert published is not None
    assert (published.origin, published.value.day) == (origin, day)


def test_a_date_of_revision_is_no_date_of_publication() -> None:
    assert (
        dates_of(f"{STORY}<ul><li>Date updated: 28.04.2023</li></ul>", url="https://www.example.com/1").modified is None
    )
    published = dates_of(
        f"{STORY}<div class=date>Aktualisiert 28.04.2023</div><div class=date>27.04.2023</div>"
    ).published
    assert published is not None
    assert published.value.day == "2023-04-27"


def test_the_address_tells_the_day_where_the_page_does_not() -> None:
    published = dates_of(STORY, url="https://www.example.com/2021/03/09/storm").published
    assert published is not None
    assert (published.origin, published.value.day) == ("address", "2021-03-09")


def test_a_stated_time_keeps_the_publishers_offset() -> None:
    stated = '<meta property="article:published_time" content="2026-05-14T14:00:00+03:00">'
    published = dates_of(STORY, stated).published
    assert published is not None
    assert (published.value.at, published.value.zone) == (datetime(2026, 5, 14, 11, 0, tzinfo=UTC), "+03:00")


def test_a_date_after_the_fetch_is_refused_and_flagged() -> None:
    dates = dates_of(STORY, '<meta property="article:published_time" content="2027-05-14T14:00:00Z">')
    assert dates.published is None
    assert dates.flags == ("published_in_future",)


def test_a_date_that_nothing_says_is_the_storys_is_flagged() -> None:
    assert dates_of(f"{STORY}<p>The meeting of March 4, 2024 was short.</p>").flags == ("published_guessed",)
