"""When a story was published, by what the page states and by what it shows."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.extraction.body.page_facts import headline_index
from crawler.extraction.dates.dates import HINT_CERTAINTY, Dates, read_dates
from crawler.extraction.dates.local_days import with_shown_day
from crawler.extraction.dates.moments import Moment, parse_moment
from crawler.extraction.found import Found
from crawler.extraction.page.document import Document, parse_page
from crawler.extraction.page.structured import read_structured
from crawler.extraction.page.walk import read_passages
from news.article import Hints, Page

FETCHED = datetime(2026, 6, 1, tzinfo=UTC)
NO_HINTS = Hints()
STORY = "<p>" + "Ships waited outside the harbour, and the crews went ashore. " * 4 + "</p>"


def dates_of(body: str, head: str = "", url: str = "https://www.example.com/storm", hints: Hints = NO_HINTS) -> Dates:
    markup = f"<html><head>{head}</head><body>{body}</body></html>"
    document = parse_page(Page(url=url, body=markup.encode()))
    assert isinstance(document, Document)
    passages, _ = read_passages(document.tree)
    headline = headline_index(passages, ("storm",))
    return read_dates(document, read_structured(document), hints, FETCHED, passages, headline)


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
        f"<h1>Storm</h1><div class=date>27.04.2023</div><div class=date>Aktualisiert 28.04.2023</div>{STORY}"
    ).published
    assert published is not None
    assert published.value.day == "2023-04-27"


def test_the_address_tells_the_day_where_the_page_does_not() -> None:
    published = dates_of(STORY, url="https://www.example.com/2021/03/09/storm").published
    assert published is not None
    assert (published.origin, published.value.day) == ("address", "2021-03-09")


@pytest.mark.parametrize(
    ("body", "head", "url"),
    [
        pytest.param("<h1>Storm</h1><p>令和8年3月5日</p>", "", "storm", id="an era, no two digits side by side"),
        pytest.param("<h1>Storm</h1><i data-timestamp=1772704800000></i>", "", "storm", id="an attribute"),
        pytest.param('<script>{"publishedAt":1772704800}</script>', "", "storm", id="seconds in a script"),
        pytest.param("<script>{'articlePublishDate':'2026-03-05'}</script>", "", "storm", id="pushed to a counter"),
        pytest.param("", '<meta name=FirstPublished content="2026-03-05 10:00">', "storm", id="a meta tag"),
        pytest.param("", "", "local/t20260305_12.shtml", id="an address with a letter before the day"),
    ],
)
def test_a_day_is_found_where_only_one_odd_place_has_it(body: str, head: str, url: str) -> None:
    published = dates_of(f"{body}{STORY}", head, f"https://www.example.com/{url}").published
    assert published is not None
    assert published.value.day == "2026-03-05"


def test_a_stated_time_keeps_the_publishers_offset() -> None:
    stated = '<meta property="article:published_time" content="2026-05-14T14:00:00+03:00">'
    published = dates_of(STORY, stated).published
    assert published is not None
    assert (published.value.at, published.value.zone) == (datetime(2026, 5, 14, 11, 0, tzinfo=UTC), "+03:00")


def test_the_day_in_a_caption_gives_way_to_the_one_beside_the_story() -> None:
    figure = "<figure><img src=a.jpg><figcaption>The harbour on January 7, 2026. / AFP</figcaption></figure>"
    published = dates_of(f"<h1>Storm</h1>{figure}<div class=date>January 8, 2026</div>{STORY}").published
    assert published is not None
    assert published.value.day == "2026-01-08"
    only = dates_of(f"<h1>Storm</h1>{figure}{STORY}").published
    assert only is None or only.value.day == "2026-01-07"


def test_a_time_that_a_script_sets_is_read() -> None:
    published = dates_of(f"<h1>Storm</h1>{STORY}<script>var createTime = '2026-01-08 20:15';</script>").published
    assert published is not None
    assert (published.value.day, published.value.day_only) == ("2026-01-08", False)


def test_a_date_after_the_fetch_is_refused_and_flagged() -> None:
    dates = dates_of(STORY, '<meta property="article:published_time" content="2027-05-14T14:00:00Z">')
    assert dates.published is None
    assert dates.flags == ("published_in_future",)


def test_a_date_that_nothing_says_is_the_storys_is_flagged() -> None:
    assert dates_of(f"{STORY}<p>The meeting of March 4, 2024 was short.</p>").flags == ("published_guessed",)


@pytest.mark.parametrize(
    ("stated", "shown", "zone", "day"),
    [
        pytest.param("2020-02-25T02:25:54Z", "February 24, 2020 | 9:25pm", "-05:00", "2020-02-24", id="by the clock"),
        pytest.param("2019-10-18T22:04:00Z", "19 October 2019 00:04", "+02:00", "2019-10-19", id="east of Greenwich"),
        pytest.param("2022-05-04T03:37:37Z", "Posted 3 May 2022", "-04:00", "2022-05-03", id="by the day"),
        pytest.param("2022-05-04T15:00:00Z", "Posted 4 May 2022", "+00:00", "2022-05-04", id="the same day"),
    ],
)
def test_a_time_stated_in_utc_is_of_the_day_that_readers_see(stated: str, shown: str, zone: str, day: str) -> None:
    head = f'<meta property="article:published_time" content="{stated}">'
    dates = dates_of(f"<h1>Storm</h1><p>{shown}</p>{STORY}", head)
    assert dates.published is not None
    assert (dates.published.value.zone, dates.published.value.day) == (zone, day)
    assert dates.published.value.at == datetime.fromisoformat(stated)
    assert ("published_zone_inferred" in dates.flags) == (zone != "+00:00")


@pytest.mark.parametrize(
    ("stated", "tells_day"),
    [
        pytest.param("2022-05-04T03:37:37Z", False, id="a day that may be of another thing"),
        pytest.param("2022-05-04T15:00:00Z", True, id="no offset explains it"),
        pytest.param("2022-05-04T03:37:37-03:00", True, id="an offset is stated"),
    ],
)
def test_no_offset_is_made_up(stated: str, tells_day: bool) -> None:
    moment, shown = parse_moment(stated), parse_moment("2022-05-03")
    assert moment is not None
    assert shown is not None
    assert with_shown_day(moment, [(shown, tells_day)]) is None


def test_a_day_of_revision_gives_way_to_what_is_stated_of_publication() -> None:
    stated = '<meta property="article:published_time" content="2021-02-03T10:00:00Z">'
    published = dates_of(f"<h1>Storm</h1><p class=date>Updated March 4, 2024</p>{STORY}", stated).published
    assert published is not None
    assert (published.origin, published.value.day) == ("meta article:published_time", "2021-02-03")


@pytest.mark.parametrize(
    ("url", "lang", "day"),
    [
        ("https://www.example.com/storm", "en-US", "2024-03-04"),
        ("https://www.example.co.uk/storm", "en", "2024-04-03"),
        ("https://www.example.com/storm", "fr", "2024-04-03"),
    ],
)
def test_a_date_with_slashes_is_read_in_the_order_of_its_readers(url: str, lang: str, day: str) -> None:
    markup = f"<html lang={lang}><body><h1>Storm</h1><p class=date>3/4/2024</p>{STORY}</body></html>"
    document = parse_page(Page(url=url, body=markup.encode()))
    assert isinstance(document, Document)
    passages, _ = read_passages(document.tree)
    published = read_dates(document, read_structured(document), NO_HINTS, FETCHED, passages, 0).published
    assert published is not None
    assert published.value.day == day


def test_a_feeds_date_is_taken_where_the_page_has_none_that_sure() -> None:
    hints = Hints(published_at=datetime(2026, 5, 14, 11, 0, tzinfo=UTC))
    assert dates_of(f"{STORY}<p>The meeting of March 4, 2024 was short.</p>", hints=hints).published == Found(
        Moment(datetime(2026, 5, 14, 11, 0, tzinfo=UTC), "+00:00"), "hint", HINT_CERTAINTY
    )
    stated = '<meta property="article:published_time" content="2026-05-14T12:00:00Z">'
    published = dates_of(STORY, stated, hints=hints).published
    assert published is not None
    assert published.origin == "meta article:published_time"


@pytest.mark.parametrize(
    ("markup", "origin"),
    [
        ('<script>var page = {"datePublished": "2024-03-04T10:00:00Z"};</script>', "script data"),
        ('<span property="schema:dateCreated" content="2024-03-04T10:00:00Z"></span>', "itemprop"),
    ],
)
def test_what_only_the_pages_data_says_is_read_where_nothing_else_tells(markup: str, origin: str) -> None:
    published = dates_of(f"<h1>Storm</h1>{STORY}{markup}").published
    assert published is not None
    assert (published.origin, published.value.day) == (origin, "2024-03-04")


def test_a_shown_date_is_believed_over_a_vague_name() -> None:
    vague = '<meta name="date" content="2022-01-26">'
    published = dates_of(f"<h1>Storm</h1><p>21 January 2022</p>{STORY}", vague).published
    assert published is not None
    assert (published.origin, published.value.day) == ("written", "2022-01-21")
    assert dates_of(STORY, vague).published is not None


def test_a_publication_that_is_the_last_change_gives_way_to_an_earlier_one() -> None:
    head = (
        '<meta property="article:published_time" content="2024-08-05T19:49:50Z">'
        '<meta property="article:modified_time" content="2024-08-05T19:49:50Z">'
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Storm",'
        ' "datePublished": "2024-08-04T13:23:00Z", "dateModified": "2024-08-05T19:49:50Z"}</script>'
    )
    published = dates_of(f"<h1>Storm</h1>{STORY}", head=head).published
    assert published is not None
    assert published.value.day == "2024-08-04"


def test_a_day_of_change_gives_way_to_one_that_is_stated_and_shown() -> None:
    head = (
        '<meta property="article:published_time" content="2019-10-18T12:31:33+02:00">'
        '<meta property="article:modified_time" content="2019-10-19T03:32:24+02:00">'
    )
    body = f"<div class=date>19.10.2019</div><h1>Storm</h1><div class=date>18.10.2019</div>{STORY}"
    published = dates_of(body, head=head).published
    assert published is not None
    assert published.value.day == "2019-10-18"


def test_a_date_with_slashes_is_read_as_the_day_that_is_stated() -> None:
    published = dates_of(f"<h1>Storm</h1><p>03/10/2023</p>{STORY}", url="https://www.example.com/2023/october/03/storm")
    assert published.published is not None
    assert published.published.value.day == "2023-10-03"


@pytest.mark.parametrize("path", ["2017/7/12/storm", "storm-12-07-2017", "news/12-07-2017"])
def test_an_address_has_its_day_in_several_orders(path: str) -> None:
    published = dates_of(STORY, url=f"https://www.example.com/{path}").published
    assert published is not None
    assert published.value.day == "2017-07-12"


def test_a_time_element_without_a_clock_tells_the_publishers_day() -> None:
    head = '<meta property="article:published_time" content="2022-05-04T00:53:29Z">'
    published = dates_of(f"<h1>Storm</h1><time>2022-05-03</time>{STORY}", head=head).published
    assert published is not None
    assert (published.value.day, published.value.zone) == ("2022-05-03", "-01:00")


def test_comments_of_the_same_day_do_not_hide_the_date_beside_the_headline() -> None:
    comments = "".join(
        f"<div class=comment><p>Posted by A reader on {day} January 2026</p></div>" for day in (21, 21, 22, 23)
    )
    published = dates_of(f"<h1>Storm</h1><div>Jane Doe, 21 Jan. 2026</div>{STORY}<div>{comments}</div>").published
    assert published is not None
    assert published.value.day == "2026-01-21"


def test_a_last_change_is_none_of_publication() -> None:
    published = dates_of(f"{STORY}<p>Letzte Änderung: 31.10.2025 - 14:49</p><p>Erschienen am: 01.11.2025</p>").published
    assert published is not None
    assert published.value.day == "2025-11-01"


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("<div><span>Research</span><span>5 March 2026</span></div>", id="behind a section"),
        pytest.param("<div><a>Health</a><b>MARCH 5, 2026</b><i>Updated: APRIL 2, 2026</i></div>", id="twice"),
        pytest.param("<div><span>Mar 5, 2026</span><span>5 mins</span></div>", id="before a number"),
        pytest.param("<div><time>5 de marzo de 2026</time><time>21:25</time></div>", id="before a clock"),
        pytest.param("<p>Posted on <a><time>5. März 2026</time><time>4. März 2026</time></a></p>", id="two days"),
    ],
)
def test_a_date_is_read_though_only_the_style_sheet_sets_it_apart(line: str) -> None:
    published = dates_of(f"<h1>Storm</h1>{line}{STORY}").published
    assert published is not None
    assert published.value.day == "2026-03-05"


def test_a_change_gives_way_to_a_day_that_is_labelled_as_publication() -> None:
    footer = "<p>Letzte Änderung: 31.03.2026 - 14:49<br>Erschienen am: 01.04.2026</p>"
    published = dates_of(f"<h1>Storm</h1>{STORY * 5}{footer}").published
    assert published is not None
    assert published.value.day == "2026-04-01"


def test_the_day_of_an_embedded_post_is_none_of_the_story() -> None:
    post = "<blockquote class=twitter-tweet><p>Back today</p>— Port (@port) <a href=/1>May 7, 2026</a></blockquote>"
    assert dates_of(f"<h1>Storm</h1>{STORY}{post}{STORY}").published is None


def test_a_change_gives_way_to_a_day_that_is_stated_and_in_the_address() -> None:
    stated = (
        '<meta property="article:published_time" content="2026-05-03T23:17+09:00">'
        '<meta property="article:modified_time" content="2026-05-04T00:06+09:00">'
    )
    shown = "<div><time datetime=2026-05-04T00:05>2026/05/04 00:05</time></div>"
    published = dates_of(f"<h1>Storm</h1>{shown}{STORY}", stated, "https://www.example.com/20260503-1/").published
    assert published is not None
    assert published.value.day == "2026-05-03"


@pytest.mark.parametrize(
    ("body", "url", "day"),
    [
        pytest.param("<p>3/4/2024</p>" + STORY, "https://www.example.com/1", "2024-03-04", id="an English page alone"),
        pytest.param(
            f"<p>3/4/2024</p>{STORY}<ul><li>A story of 25/12/2023</ul>", "https://www.example.com/1", "2024-04-03",
            id="another date of the page",
        ),
        pytest.param("<p>3/4/2024</p>" + STORY, "https://www.example.com/2024/04/1", "2024-04-03", id="the address"),
        pytest.param("<p>7/8/2026</p>" + STORY, "https://www.example.com/1", "None", id="both in the future"),
        pytest.param("<p>8/5/2026</p>" + STORY, "https://www.example.com/1", "2026-05-08", id="one in the future"),
        pytest.param("<time>8/5/2026</time>" + STORY, "https://www.example.com/1", "2026-05-08", id="a time element"),
    ],
)  # fmt: skip
def test_what_a_page_has_besides_tells_how_a_date_with_slashes_is_read(body: str, url: str, day: str) -> None:
    published = dates_of(f"<h1>Storm</h1>{body}", url=url).published
    assert (published.value.day if published else "None") == day


def test_a_tag_is_not_read_by_the_language_of_the_page() -> None:
    head = '<meta name="date" content="11/01/2023 12:43:42">'
    markup = f"<html lang=de><head>{head}</head><body><h1>Storm</h1><p>Erstellt am: 01.11.2023</p>{STORY}</body></html>"
    document = parse_page(Page(url="https://www.example.ch/1", body=markup.encode()))
    assert isinstance(document, Document)
    passages, _ = read_passages(document.tree)
    published = read_dates(document, read_structured(document), NO_HINTS, FETCHED, passages, 0).published
    assert published is not None
    assert published.value.day == "2023-11-01"


def test_two_days_that_a_life_lies_between_are_no_day_of_publication() -> None:
    published = dates_of(f"<h1>Storm</h1><p>March 3, 1931 – January 5, 2026</p><p>January 8, 2026</p>{STORY}").published
    assert published is not None
    assert published.value.day == "2026-01-08"


def test_a_time_without_an_offset_has_that_of_a_statement_with_its_clock() -> None:
    head = '<meta property="article:published_time" content="2026-01-08T09:30:00">'
    other = '<meta name="date" content="2026-01-08T09:30:00+01:00">'
    published = dates_of(f"<h1>Storm</h1>{STORY}", head + other).published
    assert published is not None
    assert published.value.zone == "+01:00"


PUBLISHED = '<meta property="article:published_time" content="2026-01-08T09:30:00+03:00">'


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("<p>Published January 8, 2026 | Updated January 9, 2026</p>", id="in the line of both"),
        pytest.param("<p>Aktualisiert am 9. Januar 2026</p>", id="in German"),
        pytest.param("<p><a href=/8>14:32 08.01.2026</a> (обновлено: 15:10 09.01.2026)</p>", id="behind a linked day"),
        pytest.param("<p>เผยแพร่: 8 ม.ค. 2569 ปรับปรุง: 9 ม.ค. 2569</p>", id="of both in Thai"),
        pytest.param("<time class=updated datetime=2026-01-09>tomorrow</time>", id="an element named so"),
    ],
)
def test_a_change_that_only_readers_are_told_of_is_read(line: str) -> None:
    modified = dates_of(f"<h1>Storm</h1>{line}{STORY}", PUBLISHED).modified
    assert modified is not None
    assert (modified.origin, modified.value.at.strftime("%Y-%m-%d")) == ("labelled", "2026-01-09")


@pytest.mark.parametrize(
    ("line", "head"),
    [
        pytest.param("<p>Updated January 7, 2026</p>", PUBLISHED, id="before publication"),
        pytest.param("<p><a href=/2>Updated January 9, 2026</a></p>", PUBLISHED, id="of another story"),
        pytest.param("<p>January 9, 2026</p>", PUBLISHED, id="without a label"),
    ],
)
def test_other_days_near_the_headline_are_no_change(line: str, head: str) -> None:
    assert dates_of(f"<h1>Storm</h1>{line}{STORY}", head).modified is None
