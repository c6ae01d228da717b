"""An article's body on the page: everything is there, nothing is loaded, headings follow one another."""

from __future__ import annotations

from lxml import html

from news.article import Block, BlockKind, Embed, EmbedKind, Image, Span, SpanKind
from news.versions.diff import diff_versions
from search.page.article_view import body_html, passages
from tests.support.newsroom import story


def shown(*blocks: Block) -> html.HtmlElement:
    return html.fragment_fromstring(body_html(blocks), create_parent=True)


def subhead(level: int | None, text: str = "Then") -> Block:
    return Block(kind=BlockKind.SUBHEAD, text=text, level=level)


def test_pictures_and_embeds_are_links_that_say_where_they_lead() -> None:
    picture = Image(url="https://img.example/a.jpg", caption="A <pier>", credit="AFP", alt="Pier")
    body = shown(
        Block(kind=BlockKind.IMAGE, text="", image=picture),
        Block(kind=BlockKind.IMAGE, text="", image=Image(url="https://img.example/b.jpg", alt="Pier")),
        Block(kind=BlockKind.EMBED, text="", embed=Embed(kind=EmbedKind.VIDEO, url="https://www.video.example/7")),
        Block(kind=BlockKind.EMBED, text="", embed=Embed(kind=EmbedKind.FRAME, url="https://map.example/")),
    )
    assert [link.text for link in body.cssselect("a")] == [
        *("Picture at img.example", "Picture at img.example", "Video at video.example", "Page at map.example"),
    ]
    assert [each.text_content() for each in body.cssselect("figcaption")] == ["A <pier> AFP", "Pier"]
    assert {link.get("rel") for link in body.cssselect("a")} == {"noopener noreferrer"}
    assert body.cssselect("img, iframe, script, [src]") == []


def test_what_is_no_address_is_no_link() -> None:
    body = shown(
        Block(kind=BlockKind.IMAGE, text="", image=Image(url="javascript:alert(1)")),
        Block(kind=BlockKind.EMBED, text="", embed=Embed(kind=EmbedKind.POST, url="data:text/html,x")),
        Block(
            kind=BlockKind.PARAGRAPH,
            text="See <b>this</b>",
            spans=(Span(start=0, end=3, kind=SpanKind.LINK, url="javascript:alert(1)"),),
        ),
    )
    assert body.cssselect("a, figure, b") == []
    assert body.text_content() == "See <b>this</b>"


def test_links_lists_quotes_and_tables_are_kept() -> None:
    body = shown(
        Block(
            kind=BlockKind.PARAGRAPH,
            text="See this",
            spans=(Span(start=4, end=8, kind=SpanKind.LINK, url="https://paper.example/"),),
        ),
        Block(kind=BlockKind.LIST_ITEM, text="One", ordered=True, opens=True),
        Block(kind=BlockKind.LIST_ITEM, text="Two", ordered=True),
        Block(kind=BlockKind.LIST_ITEM, text="Loose", opens=True),
        Block(kind=BlockKind.QUOTE, text="Well said", opens=True),
        Block(kind=BlockKind.TABLE_ROW, text="Pier Depth", cells=("Pier", "Depth"), heads=True, opens=True),
        Block(kind=BlockKind.TABLE_ROW, text="East 8 m", cells=("East", "8 m")),
        Block(kind=BlockKind.SEPARATOR, text=""),
    )
    assert [each.tag for each in body] == ["p", "ol", "ul", "blockquote", "div", "hr"]
    assert (body[0][0].tag, body[0][0].get("href"), len(body[1])) == ("a", "https://paper.example/", 2)
    assert [each.text for each in body[4].cssselect("th")] == ["Pier", "Depth"]
    assert body[4].get("tabindex") == "0"  # it scrolls where it is wider than the screen


def test_subheads_skip_no_level() -> None:
    levels = (3, 5, 3, 2, 6, None)
    body = shown(*(subhead(level) for level in levels))
    assert [each.tag for each in body] == ["h2", "h3", "h3", "h2", "h3", "h2"]


def test_paragraphs_far_from_every_change_are_folded_away() -> None:
    old = story("A story", *(f"Paragraph {number}." for number in range(12)))
    changed = [f"Paragraph {number}." if number not in (5, 9) else "Something else." for number in range(12)]
    runs = passages(diff_versions(old, story("A story", *changed)).body)
    counts = [(is_far, len([block for block in run if block.new_position])) for is_far, run in runs]
    assert counts == [(True, 4), (False, 3), (False, 1), (False, 3), (False, 1)]
    assert [is_far for is_far, _ in passages(diff_versions(old, old).body)] == [True]
