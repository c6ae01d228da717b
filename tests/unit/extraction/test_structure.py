"""The story as structure: what a page shows besides its words."""

from __future__ import annotations

import pytest

from crawler.extraction.service import extract
from news.article import Article, Block, BlockKind, Embed, EmbedKind, Image, Page, Span, SpanKind

LINES = [
    "The harbour opened again on Sunday after a storm that had kept every ferry at its berth for three days.",
    "Crews cleared sand from the slipway through the night, and the first boat left with the morning tide.",
    "Fares stay as they were in spring, the harbour office said, and tickets of last week remain good.",
    "A second crane is to be set up before the winter, so that two boats can be unloaded side by side.",
]
LEAD = '<meta property="og:image" content="https://gazette.example/big/lead-harbour-photo-640.jpg">'


def read(inside: str, *, head: str = "") -> Article:
    opening = f"<p>{LINES[0]}</p><p>{LINES[1]}</p>"
    html = (
        f'<html lang="en"><head><title>Harbour opens again</title>{head}</head><body><nav><a href="/">Home</a></nav>'
        f"<article><h1>Harbour opens again after the storm</h1>{opening}{inside}"
        f"<p>{LINES[2]}</p><p>{LINES[3]}</p></article>"
        "<footer>The Sample Gazette</footer></body></html>"
    )
    article = extract(Page(url="https://gazette.example/harbour", body=html.encode()))
    assert isinstance(article, Article)
    return article


def between(inside: str, *, head: str = "") -> list[Block]:
    """What is read between the second and the third paragraph."""
    blocks = list(read(inside, head=head).blocks)
    texts = [block.text for block in blocks]
    return blocks[texts.index(LINES[1]) + 1 : texts.index(LINES[2])]


def test_lists_keep_their_kind_and_their_ends() -> None:
    items = ["Boats sail at six and at nine in the morning.", "Dogs travel free of charge on every deck."]
    lists = f"<ol><li>{items[0]}</li><li>{items[1]}</li></ol><ul><li>Bring a coat, since the deck is windy.</li></ul>"
    blocks = between(lists)
    assert [(block.kind, block.ordered, block.opens) for block in blocks] == [
        (BlockKind.LIST_ITEM, True, True),
        (BlockKind.LIST_ITEM, True, False),
        (BlockKind.LIST_ITEM, False, True),
    ]


def test_cells_stand_in_their_columns() -> None:
    rows = (
        "<tr><th rowspan=2>Boat that sails</th><th colspan=2>Passengers</th><th>Port of call</th></tr>"
        "<tr><th>In the summer</th><th>In the winter</th></tr>"
        "<tr><td>Gull of the north</td><td></td><td>Four hundred</td><td>Oban</td></tr>"
        "<tr><td colspan='2'>Tern of the south</td><td>Two hundred</td></tr>"
    )
    cells = [block.cells for block in between(f"<table>{rows}</table>")]
    assert cells[:4] == [
        ("Boat that sails", "Passengers", "", "Port of call"),
        ("", "In the summer", "In the winter"),
        ("Gull of the north", "", "Four hundred", "Oban"),
        ("Tern of the south", "", "Two hundred"),
    ]


def test_a_table_keeps_its_cells_and_the_names_of_its_columns() -> None:
    rows = "".join(f"<tr><td>Boat number {n}</td><td>Berth at pier {n}</td></tr>" for n in range(1, 5))
    blocks = between(f"<table><tr><th>Name of the boat</th><th>Where it lies</th></tr>{rows}</table>")
    assert [(block.kind, block.cells, block.heads, block.opens) for block in blocks[:2]] == [
        (BlockKind.TABLE_ROW, ("Name of the boat", "Where it lies"), True, True),
        (BlockKind.TABLE_ROW, ("Boat number 1", "Berth at pier 1"), False, False),
    ]
    assert blocks[1].text == "Boat number 1 | Berth at pier 1"


def test_subheads_have_levels_and_quotes_stay_together() -> None:
    said = ("We have never seen such a storm in spring.", "Nobody slept that night, and nobody went home.")
    quote = f"<blockquote><p>{said[0]}</p><p>{said[1]}</p></blockquote>"
    blocks = between(f"<h3>What the crew says</h3>{quote}")
    assert [(block.kind, block.level, block.opens) for block in blocks] == [
        (BlockKind.SUBHEAD, 3, False),
        (BlockKind.QUOTE, None, True),
        (BlockKind.QUOTE, None, False),
    ]


def test_an_image_keeps_address_caption_credit_and_alternative() -> None:
    figure = (
        '<figure><img src="data:image/gif;base64,R0" data-src="/i/second-ferry.jpg" alt="A ferry at sea">'
        "<figcaption>The ferry leaves. <span class='credit'>Photo: Ada Example</span></figcaption></figure>"
    )
    assert [block.image for block in between(figure, head=LEAD)] == [
        Image(
            url="https://gazette.example/i/second-ferry.jpg",
            caption="The ferry leaves.",
            credit="Ada Example",
            alt="A ferry at sea",
        )
    ]


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="/pixel.gif" width="1" height="1">',
        '<img src="/i/author.jpg" class="avatar">',
        '<div class="related"><img src="/i/another.jpg"><p>Another story</p></div>',
        '<div><a href="/b"><img src="/i/b.jpg"></a><h4><a href="/b">Another story of the coast</a></h4></div>',
        '<aside><img src="/i/another.jpg"></aside>',
        '<img src="javascript:alert(1)">',
        '<iframe src="https://www.googletagmanager.com/ns.html?id=1"></iframe>',
        '<iframe src="https://tracker.example/" width="1" height="1"></iframe>',
        '<img src="/i/lead-harbour-photo-640.jpg">',
    ],
)
def test_what_is_no_image_of_the_story_is_left_out(markup: str) -> None:
    assert [block for block in between(markup, head=LEAD) if not block.text] == []


@pytest.mark.parametrize(
    ("markup", "embed"),
    [
        (
            '<iframe src="https://www.youtube.com/embed/a1"></iframe>',
            Embed(kind=EmbedKind.VIDEO, url="https://www.youtube.com/embed/a1"),
        ),
        (
            '<video><source src="/v/1.mp4"></video>',
            Embed(kind=EmbedKind.VIDEO, url="https://gazette.example/v/1.mp4"),
        ),
        ('<iframe data-src="//maps.example/a"></iframe>', Embed(kind=EmbedKind.FRAME, url="https://maps.example/a")),
        (
            '<blockquote class="twitter-tweet"><a href="https://twitter.com/gazette/status/12">26 Nov</a></blockquote>',
            Embed(kind=EmbedKind.POST, url="https://twitter.com/gazette/status/12"),
        ),
        (
            '<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/a1/"></blockquote>',
            Embed(kind=EmbedKind.POST, url="https://www.instagram.com/p/a1/"),
        ),
        (
            '<amp-youtube data-videoid="a1" width="480" height="270"></amp-youtube>',
            Embed(kind=EmbedKind.VIDEO, url="https://www.youtube.com/embed/a1"),
        ),
        (
            '<amp-iframe src="https://maps.example/a" width="480" height="270"></amp-iframe>',
            Embed(kind=EmbedKind.FRAME, url="https://maps.example/a"),
        ),
        (
            '<amp-twitter data-tweetid="12"></amp-twitter>',
            Embed(kind=EmbedKind.POST, url="https://twitter.com/i/status/12"),
        ),
    ],
)
def test_an_embed_is_named_by_kind_and_address(markup: str, embed: Embed) -> None:
    assert [block.embed for block in between(markup) if block.embed] == [embed]


def test_a_rule_separates_and_none_stands_at_an_end() -> None:
    assert [block.kind for block in between("<hr><hr>")] == [BlockKind.SEPARATOR]
    assert read("").blocks[-1].text == LINES[3]


def test_preformatted_text_keeps_its_lines() -> None:
    table = "  06:00   first boat of the morning to the island\n  09:00   second boat, which calls at the lighthouse"
    (block,) = between(f"<pre>\n{table}\n</pre>")
    assert (block.kind, block.text) == (BlockKind.PREFORMATTED, table)


def test_links_and_emphasis_are_told_by_their_place() -> None:
    (block,) = between(
        "<p>Read <a href='/log'>the <b>harbour</b>\n log</a> of <em>that night</em>, or "
        "<a href='javascript:x()'>run</a> it, "
        "since it tells more than this story can of the three days of the storm.</p>"
    )
    assert [(block.text[span.start : span.end], span.kind, span.url) for span in block.spans] == [
        ("the harbour log", SpanKind.LINK, "https://gazette.example/log"),
        ("harbour", SpanKind.STRONG, None),
        ("that night", SpanKind.EMPHASIS, None),
    ]


def test_lines_of_one_element_keep_their_own_links() -> None:
    blocks = between(
        f"<p>{LINES[0][:-1]} at last.<br>{LINES[1][:-1]} <a href='https://tides.example/'>by the tables</a>.</p>"
    )
    assert not blocks[0].spans
    (span,) = blocks[1].spans
    assert (span.url, blocks[1].text[span.start : span.end]) == ("https://tides.example/", "by the tables")
    assert span == Span(start=span.start, end=span.end, kind=SpanKind.LINK, url="https://tides.example/")


def test_blocks_without_words_change_no_text() -> None:
    with_media = read('<hr><img src="/i/second-ferry.jpg"><iframe src="https://vimeo.com/1"></iframe>')
    assert with_media.text == read("").text == "\n\n".join(LINES)


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("/log (1).html", "https://gazette.example/log%20(1).html"),
        ("/tides\n/today", "https://gazette.example/tides/today"),
        ("java&#10;script:alert(1)", None),
        ("https://two words/", None),
    ],
)
def test_an_address_is_read_as_browsers_do(href: str, url: str | None) -> None:
    (block,) = between(
        f"<p>The keeper's <a href='{href}'>log</a> tells of the three days of the storm, and of more.</p>"
    )
    assert [span.url for span in block.spans] == ([url] if url else [])
