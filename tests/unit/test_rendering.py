"""HTML and Markdown made from blocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import HtmlElement, fragments_fromstring
from markdown_it import MarkdownIt

from crawler.extraction.service import extract
from news.article import Article, Block, BlockKind, Embed, EmbedKind, Image, Page, Span, SpanKind, post_head
from news.rendering import BodyForm, rendered, safe_url, to_html, to_markdown

ALLOWED = {
    "a": {"href", "rel"}, "img": {"src", "alt", "loading"}, "time": {"datetime"}, "p": set(), "h1": set(), "h2": set(),
    "h3": set(), "h4": set(), "h5": set(), "h6": set(), "ul": set(), "ol": set(), "li": set(), "blockquote": set(),
    "table": set(), "tbody": set(), "tr": set(), "th": set(), "td": set(), "pre": set(), "hr": set(), "figure": set(),
    "figcaption": set(), "strong": set(), "em": set(),
}  # fmt: skip
P = BlockKind.PARAGRAPH
HOSTILE = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>", "javascript:alert(1)",
    "<a href='javascript:alert(1)'>x</a>", "]]><!--", "&lt;b&gt;", "`${alert(1)}`", "[x](javascript:alert(1))",
    "![x](data:text/html,x)", "</p></article><iframe src=//evil.example>", "\u202e\u0000<b>",
)  # fmt: skip
HOSTILE_URLS = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<script>", "vbscript:x", "//evil.example/", "/path",
    "", "https:", "http://[bad", "file:///etc/passwd", " https://x.example/",
)  # fmt: skip


def check_safe(html: str, allowed: dict[str, set[str]] = ALLOWED) -> None:
    """Nothing but allowed elements, attributes and addresses."""
    for part in fragments_fromstring(html) if html.strip() else []:
        assert isinstance(part, HtmlElement) or not str(part).strip()
        for element in part.iter() if isinstance(part, HtmlElement) else ():
            assert element.tag in allowed
            assert set(element.attrib) <= allowed[element.tag]
            for name in ("href", "src"):
                assert element.get(name, "https://").startswith(("http://", "https://"))


def blocks_of(text: str, url: str) -> list[Block]:
    """Every kind of block, made of one text and one address."""
    span = Span(start=0, end=max(1, len(text) // 2), kind=SpanKind.LINK, url=url)
    strong = Span(start=0, end=len(text), kind=SpanKind.STRONG)
    image = Image(url=url, caption=text, credit=text, alt=text)
    return [
        *(Block(kind=kind, text=text, spans=(span, strong)) for kind in BlockKind),
        Block(kind=BlockKind.TABLE_ROW, text=text, cells=(text, text), heads=True, opens=True),
        Block(kind=BlockKind.IMAGE, image=image),
        Block(kind=BlockKind.EMBED, embed=Embed(kind=EmbedKind.VIDEO, url=url)),
        post_head(datetime(2026, 11, 26, tzinfo=UTC), text),
    ]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("url", HOSTILE_URLS)
def test_hostile_texts_and_addresses_stay_texts(text: str, url: str) -> None:
    html = to_html(blocks_of(text, url))
    check_safe(html)
    assert "<script" not in html
    assert "<a " not in html
    assert "](" + url not in to_markdown([Block(kind=P, text="word", spans=blocks_of("word", url)[0].spans)])


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_and_address_makes_safe_html(text: str, url: str) -> None:
    check_safe(to_html(blocks_of(text, f"https://x.example/{url}")).replace("\x00", ""))
    to_markdown(blocks_of(text, url))


def test_a_hostile_page_gives_safe_html_with_its_story() -> None:
    story = "The harbour opened again after a storm that had kept every ferry at its berth for three days. "
    page = (
        "<html><body><article><h1 onclick=x()>Harbour opens again after the storm</h1><script>steal()</script>"
        f"<p onmouseover=x()>{story * 2}<a href='javascript:x()' style='x'>one</a> "
        "<a href='https://tides.example/?a=1&b=\"2'>two</a></p><object data=x></object><form><input></form>"
        f"<style>p{{}}</style><p>{story * 2}&lt;script&gt;alert(1)&lt;/script&gt;</p>"
        "<figure><img src='/i/ferry-at-berth.jpg' onerror=x() alt='\"><script>x()</script>'></figure>"
        "<svg onload=x()></svg><iframe srcdoc='<script>x()</script>'></iframe>"
        f"<p>{story * 2}</p></article></body></html>"
    )
    article = extract(Page(url="https://gazette.example/harbour", body=page.encode()))
    assert isinstance(article, Article)
    html = rendered(article, BodyForm.HTML)
    check_safe(html)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert '<a href="https://tides.example/?a=1&amp;b=' in html


def test_each_kind_of_block_becomes_its_element() -> None:
    assert to_html(_sample()).split("\n") == [
        "<h2>Timetable</h2>",
        '<p>See <a href="https://x.example/a" rel="nofollow noopener">the <strong>new</strong> one</a>.</p>',
        "<ul><li>Six</li><li>Nine</li></ul>",
        "<ul><li>Coat</li></ul>",
        "<blockquote><p>Never.</p><p>Ever.</p></blockquote>",
        "<table><tbody><tr><th>Boat</th><th>Berth</th></tr><tr><td>One</td><td>A|B</td></tr></tbody></table>",
        ["<pre>a", "  b</pre>"][0],
        "  b</pre>",
        "<hr>",
        '<figure><img src="https://x.example/i.jpg" alt="A boat" loading="lazy">'
        "<figcaption>Leaving / AP</figcaption></figure>",
        '<p><a href="https://x.example/v" rel="nofollow noopener">https://x.example/v</a></p>',
        '<h2><time datetime="2026-11-26T14:05:00+00:00">2026-11-26 14:05 Sails</time></h2>',
    ]


def test_each_kind_of_block_becomes_commonmark() -> None:
    assert to_markdown(_sample()) == "\n\n".join(
        [
            "## Timetable",
            "See [the **new** one](https://x.example/a).",
            "- Six\n- Nine",
            "* Coat",
            "> Never.\n>\n> Ever.",
            "| Boat | Berth |\n| --- | --- |\n| One | A\\|B |",
            "```\na\n  b\n```",
            "---",
            "![A boat](https://x.example/i.jpg)\n*Leaving / AP*",
            "<https://x.example/v>",
            "## 2026-11-26 14:05 Sails",
        ]
    )


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("# no heading", "\\# no heading"), ("1. no list", "1\\. no list"), ("- no list", "\\- no list"),
        ("a*b_c`d", "a\\*b\\_c\\`d"), ("2026 was wet", "2026 was wet"), ("<b>", "\\<b\\>"),
        ("| no table", "\\| no table"), ("&lt; &#60; AT&T; R&D", "\\&lt; \\&#60; AT\\&T; R&D"),
    ],
)  # fmt: skip
def test_text_that_looks_like_markdown_is_text(text: str, markdown: str) -> None:
    assert to_markdown([Block(kind=P, text=text)]) == markdown


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_texts_in_what_is_made_of_markdown(text: str) -> None:
    blocks = blocks_of(text, "https://x.example/a")
    behind_lists = [block for other in blocks for block in (Block(kind=BlockKind.LIST_ITEM, text=text), other)]
    made = MarkdownIt("commonmark").enable("table").render(to_markdown(behind_lists))
    check_safe(made, ALLOWED | {"thead": set(), "code": set(), "img": {"src", "alt"}, "ol": {"start"}})


@pytest.mark.parametrize(
    ("text", "strong", "slanted", "html"),
    [
        ("他说「不」。", (2, 6), None, "<p>他说「<strong>不</strong>」。</p>"),
        ("Er sagte„Nein“laut", (8, 14), None, "<p>Er sagte„<strong>Nein</strong>“laut</p>"),
        ("重要性", (0, 3), (2, 3), "<p><strong>重要<em>性</em></strong></p>"),
        ("one two", (0, 3), (4, 7), "<p><strong>one</strong> <em>two</em></p>"),
        ("a … b", (2, 3), None, "<p>a … b</p>"),
    ],
)
def test_emphasis_is_told_beside_letters_and_punctuation(
    text: str, strong: tuple[int, int], slanted: tuple[int, int] | None, html: str
) -> None:
    places = [(SpanKind.STRONG, strong), (SpanKind.EMPHASIS, slanted)]
    spans = tuple(Span(start=place[0], end=place[1], kind=kind) for kind, place in places if place)
    made = MarkdownIt("commonmark").render(to_markdown([Block(kind=P, text=text, spans=spans)]))
    assert made.strip() == html


def test_a_link_behind_an_exclamation_mark_is_no_image() -> None:
    link = Span(start=5, end=9, kind=SpanKind.LINK, url="https://x.example/")
    made = MarkdownIt("commonmark").render(to_markdown([Block(kind=P, text="Stop!Read", spans=(link,))]))
    assert made.strip() == '<p>Stop!<a href="https://x.example/">Read</a></p>'


def test_signs_at_the_end_of_a_heading_stay() -> None:
    heading = to_markdown([Block(kind=BlockKind.SUBHEAD, text="Written in C #")])
    assert MarkdownIt("commonmark").render(heading).strip() == "<h2>Written in C #</h2>"


def test_a_fence_is_longer_than_any_in_the_text() -> None:
    assert to_markdown([Block(kind=BlockKind.PREFORMATTED, text="a\n````\nb")]) == "`````\na\n````\nb\n`````"


def test_text_is_headline_dek_and_body() -> None:
    article = Article(url="https://x.example/", title="Title", dek="Dek", blocks=(Block(kind=P, text="Body"),))
    assert rendered(article, BodyForm.TEXT) == "Title\n\nDek\n\nBody"
    assert rendered(article, BodyForm.MARKDOWN) == "# Title\n\n*Dek*\n\nBody"
    assert rendered(article, BodyForm.HTML) == "<h1>Title</h1>\n<p>Dek</p>\n<p>Body</p>"


def test_a_dek_that_opens_the_text_is_not_told_twice() -> None:
    blocks = (Block(kind=P, text="Ferries sail again."), Block(kind=P, text="Body"))
    article = Article(url="https://x.example/", title="Title", dek="Ferries sail…", blocks=blocks)
    assert rendered(article, BodyForm.TEXT) == "Title\n\nFerries sail again.\n\nBody"
    assert replace(article, dek="Ferries wait.").dek_apart == "Ferries wait."


def test_only_absolute_web_addresses_are_safe() -> None:
    assert [safe_url(url) for url in HOSTILE_URLS] == [None] * len(HOSTILE_URLS)
    assert safe_url("https://x.example/a?b=c") == "https://x.example/a?b=c"


def _sample() -> list[Block]:
    link = Span(start=4, end=15, kind=SpanKind.LINK, url="https://x.example/a")
    strong = Span(start=8, end=11, kind=SpanKind.STRONG)
    image = Image(url="https://x.example/i.jpg", caption="Leaving", credit="AP", alt="A boat")
    return [
        Block(kind=BlockKind.SUBHEAD, text="Timetable", level=2),
        Block(kind=P, text="See the new one.", spans=(link, strong)),
        Block(kind=BlockKind.LIST_ITEM, text="Six", opens=True),
        Block(kind=BlockKind.LIST_ITEM, text="Nine"),
        Block(kind=BlockKind.LIST_ITEM, text="Coat", opens=True),
        Block(kind=BlockKind.QUOTE, text="Never.", opens=True),
        Block(kind=BlockKind.QUOTE, text="Ever."),
        Block(kind=BlockKind.TABLE_ROW, text="Boat | Berth", cells=("Boat", "Berth"), heads=True, opens=True),
        Block(kind=BlockKind.TABLE_ROW, text="One | A|B", cells=("One", "A|B")),
        Block(kind=BlockKind.PREFORMATTED, text="a\n  b"),
        Block(kind=BlockKind.SEPARATOR),
        Block(kind=BlockKind.IMAGE, image=image),
        Block(kind=BlockKind.EMBED, embed=Embed(kind=EmbedKind.VIDEO, url="https://x.example/v")),
        post_head(datetime(2026, 11, 26, 14, 5, tzinfo=UTC), "Sails"),
    ]
