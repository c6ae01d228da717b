"""Feeds: what each format says, and what no document can do."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.discovery.feeds import read_feed
from crawler.discovery.readings import FeedReading, Unreadable
from news.fetch import Outcome

URL = "https://news.example/feed/rss.xml"

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"
     xmlns:media="http://search.yahoo.com/mrss/">
<channel>
  <title>The Gazette</title>
  <link>https://news.example/</link>
  <atom:link rel="self" href="/feed/rss.xml"/>
  <atom:link rel="hub" href="https://hub.example/"/>
  <ttl>15</ttl>
  <image><title>Logo</title><link>https://news.example/logo</link></image>
  <item>
    <media:content url="https://img.example/1.jpg"><media:title>Not the title</media:title></media:content>
    <title>Ferry &amp;amp; bridge <![CDATA[<b>reopen</b>]]></title>
    <link>/world/ferry-and-bridge-reopen-1</link>
    <guid isPermaLink="false">1</guid>
    <category>World</category><category>Transport</category>
    <pubDate>Tue, 01 Jul 2025 10:30:00 +0300</pubDate>
  </item>
  <item>
    <title>Only a guid</title>
    <guid>https://news.example/world/only-a-guid-2</guid>
    <dc:date>2025-07-01T08:00:00Z</dc:date>
  </item>
  <item><title>No address</title><guid isPermaLink="true">item-3</guid></item>
  <item><title>Mail</title><link>mailto:desk@news.example</link></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://cdn.example/atom/">
  <title type="html">The &lt;i&gt;Gazette&lt;/i&gt;</title>
  <link rel="self" href="feed.xml"/><link rel="next" href="feed.xml?page=2"/>
  <entry>
    <title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Storm <em>hits</em> coast</div></title>
    <link rel="enclosure" href="/audio.mp3"/>
    <link rel="alternate" type="application/json" href="/1.json"/>
    <link rel="alternate" type="text/html" href="../storm-hits-coast"/>
    <source><title>Another feed</title><link href="https://other.example/"/></source>
    <category term="world" label="World news"/>
    <published>2025-07-01T12:30:00+03:00</published><updated>2025-07-02T00:00:00Z</updated>
  </entry>
</feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
  xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel rdf:about="x"><title>Old style</title></channel>
  <item rdf:about="y"><title>One</title><link>https://news.example/one</link><dc:date>2025-07-01</dc:date>
  <dc:subject>Business</dc:subject></item>
</rdf:RDF>"""


def read(document: str | bytes, content_type: str | None = None, *, limit: int = 100) -> FeedReading:
    body = document.encode() if isinstance(document, str) else document
    reading = read_feed(body, URL, content_type, limit=limit)
    assert isinstance(reading, FeedReading), reading
    return reading


def reason(document: str | bytes) -> str:
    body = document.encode() if isinstance(document, str) else document
    reading = read_feed(body, URL, None, limit=10)
    assert isinstance(reading, Unreadable)
    return reading.reason


def item(inner: str) -> str:
    return f"<rss version='2.0'><channel><item>{inner}</item></channel></rss>"


def test_an_rss_feed_is_read() -> None:
    feed = read(RSS)
    assert (feed.title, feed.broken) == ("The Gazette", False)
    assert feed.self_url == URL
    assert feed.hub_urls == ("https://hub.example/",)
    first, second = feed.entries
    assert first.url == "https://news.example/world/ferry-and-bridge-reopen-1"
    assert first.title == "Ferry & bridge reopen"
    assert first.section == "World"
    assert first.published_at == datetime(2025, 7, 1, 7, 30, tzinfo=UTC)
    assert second.url == "https://news.example/world/only-a-guid-2"
    assert second.published_at == datetime(2025, 7, 1, 8, tzinfo=UTC)


def test_an_atom_feed_is_read() -> None:
    feed = read(ATOM)
    assert feed.title == "The Gazette"
    (entry,) = feed.entries
    assert entry.url == "https://cdn.example/storm-hits-coast"
    assert entry.title == "Storm hits coast"
    assert entry.section == "World news"
    assert entry.published_at == datetime(2025, 7, 1, 9, 30, tzinfo=UTC)
    assert entry.modified_at == datetime(2025, 7, 2, tzinfo=UTC)


def test_an_rss_1_feed_is_read() -> None:
    feed = read(RDF)
    (entry,) = feed.entries
    assert (feed.title, entry.title, entry.section) == ("Old style", "One", "Business")
    assert entry.published_at == datetime(2025, 7, 1, tzinfo=UTC)


def test_a_json_feed_is_read() -> None:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Gazette",
        "next_url": "/feed.json?page=2",
        "hubs": [{"type": "WebSub", "url": "https://hub.example/"}, "x"],
        "items": [
            {"id": 1, "url": "/a", "title": "A", "date_published": "2025-07-01T12:30:00+03:00", "tags": ["World"]},
            {"id": "2"},
            "not an item",
            {"url": 5},
        ],
    }
    feed = read(json.dumps(document))
    (entry,) = feed.entries
    assert (entry.url, entry.title, entry.section) == ("https://news.example/a", "A", "World")
    assert entry.published_at == datetime(2025, 7, 1, 9, 30, tzinfo=UTC)
    assert feed.hub_urls == ("https://hub.example/",)


def test_entries_beyond_the_limit_are_counted() -> None:
    feed = read("<rss><channel>" + "<item><link>/a</link></item>" * 7 + "</channel></rss>", limit=5)
    assert (len(feed.entries), feed.truncated_count) == (5, 2)
    feed = read(json.dumps({"items": [{"url": "/a"}] * 7}), limit=5)
    assert (len(feed.entries), feed.truncated_count) == (5, 2)


@pytest.mark.parametrize(
    ("inner", "link"),
    [
        ("<link>https://a.example/?x=1&amp;y=2</link>", "https://a.example/?x=1&y=2"),
        ("<link>https://a.example/?x=1&y=2</link>", "https://a.example/?x=1&y=2"),
        ("<link><![CDATA[https://a.example/?x=1&y=2]]></link>", "https://a.example/?x=1&y=2"),
        ("<link>https://a.example/?x=1&amp;amp;y=2</link>", "https://a.example/?x=1&y=2"),
        ("<link>\n  https://a.example/1\n</link>", "https://a.example/1"),
        ("<link></link><guid>https://a.example/1</guid>", "https://a.example/1"),
        ("<link>//a.example/1</link>", "https://a.example/1"),
        ("<link>1</link>", "https://news.example/feed/1"),
    ],
)
def test_links_come_out_as_the_publisher_meant_them(inner: str, link: str) -> None:
    assert [entry.url for entry in read(item(inner)).entries] == [link]


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "ftp://a.example/", "http://[", "data:,x"]
)
def test_a_link_that_is_no_web_address_is_left_out(link: str) -> None:
    assert read(item(f"<link>{link}</link>")).entries == ()


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Caf&eacute; &nbsp;open", "Café open"),
        ("AT&T up", "AT&T up"),
        ("3 &lt; 5 and 6 > 4", "3 < 5 and 6 > 4"),
        ("tick&#8217;s", "tick’s"),
        ("\u202eevil\u202c", "evil"),
        ("a&#0;b&#xD800;c", "abc"),
        ("&#27;[31mred", "[31mred"),
        ("x" * 5000, "x" * 1000),
    ],
)
def test_titles_are_one_clean_line(title: str, expected: str) -> None:
    (entry,) = read(item(f"<link>/a</link><title>{title}</title>")).entries
    assert entry.title == expected


@pytest.mark.parametrize(
    ("document", "content_type"),
    [
        ("<?xml version='1.0' encoding='windows-1254'?>" + item("<link>/a</link><title>Ağ ış</title>"), None),
        (item("<link>/a</link><title>Ağ ış</title>"), "text/xml; charset=windows-1254"),
    ],
)
def test_the_charset_is_found(document: str, content_type: str | None) -> None:
    (entry,) = read(document.encode("windows-1254"), content_type).entries
    assert entry.title == "Ağ ış"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-8"])
def test_a_byte_order_mark_and_utf_16_are_read(encoding: str) -> None:
    body = item("<link>/a</link><title>Ağ</title>").encode(encoding)
    body = b"\xff\xfe" + body if encoding == "utf-16-le" else body
    assert [entry.title for entry in read(body).entries] == ["Ağ"]


def test_bytes_outside_the_charset_lose_only_themselves() -> None:
    body = item("<link>/a</link><title>caf\u00e9</title>").encode("latin-1")
    assert [entry.title for entry in read(body).entries] == ["café"]


@pytest.mark.parametrize("codec", ["idna", "punycode", "unicode_escape", "utf-7", "rot13", "base64", "no-such-codec"])
def test_a_charset_that_is_none_is_not_used(codec: str) -> None:
    document = f"<?xml version='1.0' encoding='{codec}'?>" + item("<link>/a</link><title>plain</title>")
    assert [entry.title for entry in read(document).entries] == ["plain"]


@pytest.mark.parametrize(
    "date",
    ["", "soon", "0001-01-01", "9999-12-31T23:59:59-12:00", "1970-01-01T00:00:00Z", "Tue, 99 Jul 2025", "2025-13-01"],
)
def test_a_date_that_cannot_be_true_is_none(date: str) -> None:
    (entry,) = read(item(f"<link>/a</link><pubDate>{date}</pubDate>")).entries
    assert entry.published_at is None


def test_a_date_in_the_future_is_none_for_those_who_say_what_day_it_is() -> None:
    body = item("<link>/a</link><pubDate>2025-07-10</pubDate>").encode()
    reading = read_feed(body, URL, None, limit=1, now=datetime(2025, 7, 1, tzinfo=UTC))
    assert isinstance(reading, FeedReading)
    assert reading.entries[0].published_at is None


@pytest.mark.parametrize(
    "document",
    [
        RSS[: RSS.index("<item><title>No address")],
        RSS.replace("</guid>", "", 1),
        RSS.replace("<title>Only", "<title><title>Only"),
    ],
)
def test_a_damaged_feed_gives_what_can_be_read(document: str) -> None:
    feed = read(document)
    assert feed.broken
    assert feed.entries[0].title == "Ferry & bridge reopen"


@pytest.mark.parametrize("noise", ["\n\n", "Warning: disk full\n", "<b>Notice</b>: line 3 "])
def test_noise_before_a_feed_is_skipped(noise: str) -> None:
    assert len(read(noise + RSS).entries) == 2


@pytest.mark.parametrize(
    ("document", "why"),
    [
        ("", "empty"),
        ("  \n\0", "empty"),
        ("hello", "no XML element in it"),
        ("<!doctype html><html><body>Not found</body></html>", "an HTML page"),
        ("<svg/>", "the root element is <svg>"),
        ("{", "not JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
        ('{"a": 1}', "JSON without a list of items"),
    ],
)
def test_what_is_no_feed_says_why(document: str, why: str) -> None:
    assert reason(document) == why


def test_entities_are_refused() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}]>' + item("<link>/a</link><title>&l9;</title>")
    outside = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + item("<link>/a</link><title>&x;</title>")
    for document in (bomb, outside, bomb.encode("utf-16")):
        assert reason(document) == "declares XML entities, which no feed or sitemap needs"


def test_an_external_document_type_is_not_fetched() -> None:
    document = '<!DOCTYPE rss SYSTEM "http://127.0.0.1:1/x.dtd">' + item("<link>/a</link><title>T</title>")
    assert [entry.title for entry in read(document).entries] == ["T"]


@pytest.mark.parametrize(
    "inner",
    ["<a>" * 100_000, "<title>" + "<" * 100_000, "&" * 100_000, "<![CDATA[" * 20_000, "<!--" * 20_000, "<?" * 20_000],
)
def test_hostile_shapes_end_soon_and_quietly(inner: str) -> None:
    assert isinstance(read_feed(item(inner).encode(), URL, None, limit=10), FeedReading | Unreadable)


def test_deeply_nested_json_is_unreadable() -> None:
    assert reason('{"items":' + "[" * 100_000).startswith("not JSON")


pieces = st.sampled_from(
    ["<rss>", "<channel>", "<item>", "<link>", "/a", "</link>", "</item>", "<title>", "&#xD800;", "&amp;", "<![CDATA[",
     "]]>", "<!DOCTYPE rss [", "<!ENTITY", "<a:b>", "xml:base='http://['", "<feed xmlns='http://www.w3.org/2005/Atom'>",
     "<entry>", "<link href='http://['/>", "\0", "\ud800", "é", '{"items":[', "{", "}", "]", '"url":"/a"', "\x1b"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=300) | st.lists(pieces, max_size=25).map(lambda p: "".join(p).encode("utf-8", "surrogatepass"))
)
def test_no_bytes_make_it_raise(body: bytes) -> None:
    reading = read_feed(body, URL, "text/xml", limit=3)
    assert isinstance(reading, Unreadable) or len(reading.entries) <= 3
    if isinstance(reading, FeedReading):
        for entry in reading.entries:
            assert entry.url.startswith(("http://", "https://"))
            (entry.url + (entry.title or "") + (entry.section or "")).encode("utf-8")


@pytest.mark.parametrize(
    "body",
    [
        '<feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="/feed?page=2"/></feed>',
        '<feed xmlns="http://www.w3.org/2005/Atom"><link rel="prev-archive" href="/feed?page=2"/></feed>',
        '<rss xmlns:a="http://www.w3.org/2005/Atom"><channel><a:link rel="next" href="/feed?page=2"/></channel></rss>',
        '{"items": [], "next_url": "https://news.example/feed?page=2"}',
    ],
    ids=["atom", "archive", "rss", "json"],
)
def test_the_page_with_older_entries_is_named(body: str) -> None:
    read = read_feed(body.encode(), URL, None, limit=10)
    assert isinstance(read, FeedReading)
    assert read.next_url == "https://news.example/feed?page=2"


RUSSIAN = item("<title>Паром снова ходит</title><link>/1</link>")


@pytest.mark.parametrize(
    ("declared", "codec", "content_type"),
    [
        ("windows-1251", "cp1251", "text/xml; charset=utf-8"),  # a server's default for all it has
        ("utf-16", "utf-8", None),  # what .NET writes before text that is sent as UTF-8
        ("utf-16", "utf-8", "application/rss+xml; charset=utf-16"),
        ("utf-16", "utf-16-le", None),
        ("utf-16", "utf-16-be", None),
    ],
)
def test_a_wrong_statement_of_the_encoding_gives_way_to_the_bytes(
    declared: str, codec: str, content_type: str | None
) -> None:
    document = f'<?xml version="1.0" encoding="{declared}"?>{RUSSIAN}'
    (entry,) = read(document.encode(codec), content_type).entries
    assert entry.title == "Паром снова ходит"


@pytest.mark.parametrize(
    "relation", ["ALTERNATE", "http://www.iana.org/assignments/relation/alternate", "related alternate"]
)
def test_relations_are_read_as_they_are_written(relation: str) -> None:
    feed = read(f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><link rel='{relation}' href='/1'/></entry></feed>")
    assert [entry.url for entry in feed.entries] == ["https://news.example/1"]


def test_an_item_of_rss_1_without_a_link_is_named_by_what_it_is_about() -> None:
    feed = read(
        RDF.replace("<link>https://news.example/one</link>", "").replace('about="y"', 'about="https://news.example/y"')
    )
    assert [entry.url for entry in feed.entries] == ["https://news.example/y"]


def test_a_json_item_may_be_named_by_its_id_alone() -> None:
    items = [{"id": "https://news.example/1", "title": "One"}, {"id": "2", "title": "No address"}, {"id": 3}]
    feed = read(json.dumps({"version": "https://jsonfeed.org/version/1", "items": items}))
    assert [entry.url for entry in feed.entries] == ["https://news.example/1"]


def test_a_bare_angle_bracket_costs_no_entry() -> None:
    feed = read(
        item("<title>Turnout < 40 % & falling, 3 <4</title><link>/1</link>").replace(
            "</channel>", "<item><link>/2</link></item></channel>"
        )
    )
    assert [(entry.url, entry.title) for entry in feed.entries] == [
        ("https://news.example/1", "Turnout < 40 % & falling, 3 <4"),
        ("https://news.example/2", None),
    ]


def test_html_that_nobody_closed_costs_no_entry() -> None:
    items = "".join(
        f"<item><title>{n}</title><link>/{n}</link><description><p>a<br>b</description></item>" for n in range(3)
    )
    feed = read(f"<rss version='2.0'><channel>{items}</channel></rss>")
    assert feed.broken
    assert [(entry.url, entry.title) for entry in feed.entries] == [
        (f"https://news.example/{n}", str(n)) for n in range(3)
    ]


@pytest.mark.parametrize("spell", [str.upper, str.lower, str.title])
def test_names_are_read_however_they_are_spelled(spell: Callable[[str], str]) -> None:
    names = {name: spell(name) for name in ("rss", "channel", "title", "item", "link", "guid", "pubDate", "category")}
    document = """<{rss} VERSION="2.0"><{channel}><{title}>Gazette</{title}><{item}><{title}>Storm</{title}>
    <{guid} ISPERMALINK="FALSE">https://news.example/no-link</{guid}><{link}>https://news.example/storm</{link}>
    <{category}>World</{category}><{pubDate}>Tue, 01 July 2025 10:00 GMT</{pubDate}></{item}></{channel}></{rss}>"""
    reading = read(document.format(**names))
    (entry,) = reading.entries
    assert (reading.title, entry.title, entry.url) == ("Gazette", "Storm", "https://news.example/storm")
    assert (entry.section, entry.published_at) == ("World", datetime(2025, 7, 1, 10, tzinfo=UTC))


def test_so_are_attributes() -> None:
    document = """<FEED xmlns="http://www.w3.org/2005/Atom"><ENTRY><TITLE>Storm</TITLE>
    <LINK REL="ALTERNATE" HREF="https://news.example/storm"/></ENTRY></FEED>"""
    assert [entry.url for entry in read(document).entries] == ["https://news.example/storm"]


def test_a_feed_served_as_a_gzip_file_is_unpacked_up_to_a_bound() -> None:
    plain = item("<link>https://news.example/storm</link>")
    packed = gzip.compress(plain.encode())
    assert [entry.url for entry in read(packed, "application/gzip").entries] == ["https://news.example/storm"]
    assert read(packed[:-8]).broken
    bomb = gzip.compress(b"<rss>" + b" " * 50_000_000)
    refused = read_feed(bomb, URL, None, limit=10, max_bytes=1_000_000)
    assert isinstance(refused, Unreadable)
    assert (refused.outcome, refused.reason) == (Outcome.TOO_LARGE, "more than 1000000 bytes when unpacked")
