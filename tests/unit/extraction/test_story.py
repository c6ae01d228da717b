"""Passages of a page, the trees that judge them, and the blocks they become."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from lxml.html import document_fromstring

from crawler.extraction.body.bodymodel import body_model
from crawler.extraction.body.features import measure
from crawler.extraction.body.kinship import drawn_together
from crawler.extraction.body.neighbour_features import shifted, window
from crawler.extraction.body.story import judge_passages, read_story
from crawler.extraction.body.wording import PageFacts
from crawler.extraction.page.passages import Passage
from crawler.extraction.page.walk import MAX_PASSAGES, read_passages
from crawler.extraction.trees import MAX_LEAVES, ROWS_AT_ONCE, STEP_TREES, trees_from
from news.article import BlockKind

NO_FACTS = PageFacts(title=(), descriptions=(), stated_body="")


def passages_of(body: str) -> list[Passage]:
    return read_passages(document_fromstring(f"<html><body>{body}</body></html>"))[0]


def texts_of(body: str) -> list[str]:
    return [passage.text for passage in passages_of(body)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("<p>One <b>bold</b> line</p><p>Two</p>", ["One bold line", "Two"], id="a block is a passage"),
        pytest.param(
            "<div>One<br>two<p>Three</p>four</div>", ["One", "two", "Three", "four"], id="text between blocks"
        ),
        pytest.param("<p>One<script>var x</script> two</p>", ["One two"], id="scripts hold no text"),
        pytest.param("<p> \n </p><div></div>", [], id="blanks are none"),
        pytest.param("<a href=x><div>One</div><div>Two</div></a>", ["One", "Two"], id="a link around blocks"),
        pytest.param(
            "<p>A <ruby>港<rp>(</rp><rt>みなと</rt><rp>)</rp></ruby> in Japan</p>",
            ["A 港(みなと) in Japan"],
            id="how a word is read stands in its line",
        ),
        pytest.param(
            "<p>A <x-term>harbour</x-term> word</p><x-card>One</x-card><x-card>Two</x-card>",
            ["A harbour word", "One", "Two"],
            id="a site's own element within a sentence",
        ),
        pytest.param(
            "<h3><button>Can I <b>cross</b>?</button></h3><p>Yes. <button>Share</button></p>",
            ["Can I cross?", "Yes."],
            id="a button that is a heading folds what is below",
        ),
        pytest.param(
            "<div><span><img src=1.jpg><em class=img_desc>The harbour</em></span>Boats are back</div>",
            ["The harbour", "Boats are back"],
            id="a caption stands apart from the text behind its image",
        ),
    ],
)
def test_a_page_is_read_as_passages(body: str, expected: list[str]) -> None:
    assert texts_of(body) == expected


def test_a_passage_knows_its_links_and_emphasis() -> None:
    one, two = passages_of("<p>abcd <a href=x>efgh</a></p><a href=y><p><b>ijkl</b></p></a>")
    assert (one.link_characters, one.link_count, one.bold_characters) == (4, 1, 0)
    assert (two.link_characters, two.bold_characters) == (4, 4)


def test_a_page_has_no_more_passages_than_the_bound() -> None:
    assert len(passages_of("<p>a</p>" * (MAX_PASSAGES + 100))) == MAX_PASSAGES


def test_every_feature_of_the_model_is_measured() -> None:
    passages, boxes = read_passages(document_fromstring("<p>One line.</p><ul><li>Item</li></ul>"))
    columns = measure(passages, boxes, NO_FACTS)
    assert set(body_model().features) <= set(columns)
    assert {len(column) for column in columns.values()} == {2}
    assert all(np.isfinite(column).all() for column in columns.values())


def test_a_tree_asks_its_way_to_a_leaf() -> None:
    model = trees_from(["size", "links"], [[[0, 10.0, 1, 2], [-4.0], [1, 0.5, 3, 4], [4.0], [-4.0]], [[0.0]]])
    sure = model.certainties({"size": np.array([5.0, 50.0, 50.0]), "links": np.array([0.0, 0.0, 1.0])})
    assert sure == pytest.approx([0.018, 0.982, 0.018], abs=0.001)


def test_rows_beyond_those_looked_at_together_are_judged_alike() -> None:
    model = trees_from(["size"], [[[0, 10.0, 1, 2], [-4.0], [4.0]]])
    sizes = np.array([5.0, 50.0] * ROWS_AT_ONCE)
    assert model.certainties({"size": sizes}).tolist() == model.certainties({"size": sizes[:2]}).tolist() * ROWS_AT_ONCE


def test_a_tree_of_more_leaves_than_are_told_apart_is_refused() -> None:
    chain = [node for at in range(MAX_LEAVES) for node in ([0, float(at), 2 * at + 1, 2 * at + 2], [0.0])]
    with pytest.raises(ValueError, match="a tree has 17 leaves"):
        trees_from(["size"], [[*chain, [0.0]]])


def test_what_the_first_trees_rule_out_is_asked_of_no_others() -> None:
    first = [[0, 10.0, 1, 2], [-4.0], [0.0]]
    model = trees_from(["size"], [first, *[[[0.0]]] * (STEP_TREES - 1), [[8.0]]])
    sizes = {"size": np.array([5.0, 50.0])}
    assert replace(model, hopeless_sum=-3.0).certainties(sizes) == pytest.approx([0.018, 0.9997], abs=0.001)
    assert model.certainties(sizes) == pytest.approx([0.982, 0.9997], abs=0.001)


def test_neighbours_are_looked_up_within_the_page() -> None:
    values = np.array([1.0, 2.0, 3.0])
    assert shifted(values, 1).tolist() == [2.0, 3.0, -1.0]
    assert shifted(values, -2).tolist() == [-1.0, -1.0, 1.0]
    assert window(values, -2, -1).tolist() == [0.0, 1.0, 3.0]


def test_the_sure_passages_become_blocks_of_their_kind() -> None:
    body = (
        "<p>First</p><h2>Head</h2><ul><li>Item</li></ul><blockquote><p>Said</p></blockquote>"
        "<table><tr><th>Year</th><td>1875</td></tr></table><p><strong>Bold head</strong></p><p>Unsure</p>"
    )
    passages = passages_of(body)
    certainties = np.array([0.0 if passage.text == "Unsure" else 1.0 for passage in passages])
    story = read_story(passages, certainties, set(), is_news=False)
    assert [(block.kind, block.text) for block in story.blocks] == [
        (BlockKind.PARAGRAPH, "First"),
        (BlockKind.SUBHEAD, "Head"),
        (BlockKind.LIST_ITEM, "Item"),
        (BlockKind.QUOTE, "Said"),
        (BlockKind.TABLE_ROW, "Year | 1875"),
        (BlockKind.SUBHEAD, "Bold head"),
    ]
    assert 0.9 < story.certainty < 1.0


@pytest.mark.parametrize(
    ("inset", "sure", "expected"),
    [
        pytest.param("<ul><li>Three nights</li><li>Thirty minutes</li></ul>", 0.2, True, id="a list"),
        pytest.param("<blockquote><p>Nine days</p><p>No crane</p></blockquote>", 0.2, True, id="a quote"),
        pytest.param("<table><tr><td>2026</td><td>9 days</td></tr></table>", 0.2, True, id="a table"),
        pytest.param("<ul><li>Three nights</li><li>Thirty minutes</li></ul>", 0.05, False, id="surely none"),
        pytest.param("<ul class=wp-block-list><li>Three</li><li>Thirty</li></ul>", 0.2, True, id="named what it is"),
        pytest.param("<ul class=factbox><li>Three</li><li>Thirty</li></ul>", 0.2, False, id="named something else"),
        pytest.param("<div><ul><li>Three</li><li>Thirty</li></ul></div>", 0.2, False, id="in a box of its own"),
        pytest.param(
            "<div class=embed><blockquote><p>Nine</p><p>Ten</p></blockquote></div>", 0.2, True, id="a quote in a box"
        ),
        pytest.param(
            "<figure class=wp-block-table><table><tr><td>2026</td><td>9 days</td></tr></table></figure>",
            0.2,
            True,
            id="its table",
        ),
        pytest.param(
            "<div class=promo><blockquote><p>Nine</p><p>Ten</p></blockquote></div>", 0.2, False, id="a named box"
        ),
        pytest.param("<ul><li><a href=x>Storm</a></li><li><a href=y>Rain</a></li></ul>", 0.2, False, id="links"),
    ],
)
def test_a_plain_list_quote_or_table_between_two_paragraphs_is_story(inset: str, sure: float, expected: bool) -> None:
    passages = passages_of(f"<div><p>First</p>{inset}<p>Last</p></div>{inset}")
    certainties = np.array([1.0, sure, sure, 1.0, sure, sure])
    story = read_story(passages, certainties, set(), is_news=True)
    assert (len(story.blocks) > 2) is expected
    assert story.blocks[-1].text == "Last", "outside the story's box it counts for nothing"


def test_a_subhead_with_a_box_of_its_own_between_those_of_paragraphs_is_story() -> None:
    passages = passages_of("<div><div><p>First</p></div><section><h2>Why</h2></section><div><p>Last</p></div></div>")
    story = read_story(passages, np.array([1.0, 0.25, 1.0]), set(), is_news=False)
    assert [block.text for block in story.blocks] == ["First", "Why", "Last"]


def test_a_list_that_opens_the_box_of_the_next_paragraph_is_story_with_its_head() -> None:
    markup = "<div><p>First</p><div><h2>What</h2><ul><li>Flour</li></ul><p>Knead it</p></div></div>"
    story = read_story(passages_of(markup), np.array([1.0, 0.25, 0.4, 1.0]), set(), is_news=False)
    assert [block.text for block in story.blocks] == ["First", "What", "Flour", "Knead it"]


def test_code_that_the_last_paragraph_announces_is_story() -> None:
    markup = "<div><p>Run this:</p><pre>make all</pre></div>"
    story = read_story(passages_of(markup), np.array([1.0, 0.4]), set(), is_news=False)
    assert [block.text for block in story.blocks] == ["Run this:", "make all"]


def test_a_bold_label_and_one_link_lead_to_another_story() -> None:
    markup = "<div><p>First</p><p><b>More:</b> <a href=x>Enrolment falls for the sixth year in a row</a></p></div>"
    story = read_story(passages_of(markup), np.ones(2), set(), is_news=False)
    assert [block.text for block in story.blocks] == ["First"]


PROMPT = "<p>Sign up for our newsletter, The Harbour.</p>"


@pytest.mark.parametrize(
    "box",
    [
        pytest.param(f"<section><p>Local news you can trust</p>{PROMPT}</section>", id="a prompt's"),
        pytest.param("<section class=ai-summary><ul><li>Ferries sail</li></ul></section>", id="a machine's summary"),
        pytest.param(
            "<p align=center><img src=x></p><p align=center>The quay at night</p>", id="a caption in the middle"
        ),
    ],
)
def test_boxes_within_a_story_that_are_none_of_it(box: str) -> None:
    story = "".join(
        f"<p>Ships waited outside the harbour on day {day}, and the crews slept on deck.</p>" for day in "123456"
    )
    passages = passages_of(f"<div>{story}{box}</div>")
    blocks = read_story(passages, np.ones(len(passages)), set(), is_news=False).blocks
    assert len(blocks) == 6


def test_a_list_behind_a_quote_is_between_paragraphs_as_well() -> None:
    passages = passages_of("<div><blockquote><p>Said</p></blockquote><ul><li>Three</li></ul><p>Last</p></div>")
    story = read_story(passages, np.array([1.0, 0.2, 1.0]), set(), is_news=True)
    assert [block.text for block in story.blocks] == ["Said", "Three", "Last"]


def test_nothing_unlike_the_story_stands_behind_its_source_line() -> None:
    story = "".join(f"<p>{'Ships waited outside the harbour. ' * 6}Day {day}.</p>" for day in range(3))
    teasers = "<ul><li>Storm takes the pier</li><li>Film about a lighthouse wins</li></ul>"
    passages = passages_of(f"<article>{story}<p>SOURCE: AA and agencies</p>{teasers}</article>")
    kept = read_story(passages, np.ones(len(passages)), set(), is_news=True).blocks
    assert [block.kind for block in kept] == [BlockKind.PARAGRAPH] * 4
    passages = passages_of(f"<article>{story}<p>Source: Harbour office</p>{teasers}<p>The end.</p></article>")
    assert len(read_story(passages, np.ones(len(passages)), set(), is_news=True).blocks) == 7, "of a chart in the text"


def test_passages_built_alike_are_judged_alike() -> None:
    passages = passages_of("<p>First of all</p><p>Perhaps</p><div>Perhaps</div><p>Hardly so</p><p>And then</p>")
    drawn = drawn_together(passages, np.array([0.95, 0.5, 0.5, 0.3, 0.95]))
    assert drawn[1] > 0.6, "lifted by its kin"
    assert drawn[2] == 0.5, "without kin it stays as it is"
    assert drawn[3] == 0.3, "what is hardly story is not lifted"
    assert 0.8 < drawn[0] < 0.95


def test_passages_of_menus_draw_one_another_down() -> None:
    passages = passages_of("<ul><li>One item</li><li>Two items</li><li>Third item</li></ul>")
    assert (drawn_together(passages, np.array([0.6, 0.02, 0.02])) < [0.55, 0.03, 0.03]).all()


@pytest.mark.parametrize("names", ["caption", "embed-caption", "imageCaption photo"])
def test_captions_by_name_stand_beside_the_story_of_news(names: str) -> None:
    passages = passages_of(f"<p>Story</p><div class='{names}'><p>A harbour.</p></div><p class=captionless>More</p>")
    story = read_story(passages, np.ones(3), set(), is_news=True)
    assert [block.text for block in story.blocks] == ["Story", "More"]
    assert len(read_story(passages, np.ones(3), set(), is_news=False).blocks) == 3


def test_a_page_laid_out_as_a_table_is_no_table() -> None:
    passages = passages_of(f"<table><tr><td><p>{'One. ' * 80}</p><p>{'Two. ' * 80}</p></td></tr></table>")
    story = read_story(passages, np.ones(len(passages)), set(), is_news=False)
    assert {block.kind for block in story.blocks} == {BlockKind.PARAGRAPH}


def test_elements_known_to_be_no_story_are_left_out() -> None:
    tree = document_fromstring("<html><body><div><p>Dek</p></div><p>Story</p></body></html>")
    passages, _ = read_passages(tree)
    dek = tree.find(".//div")
    assert [block.text for block in read_story(passages, np.ones(2), {dek}, is_news=False).blocks] == ["Story"]


@pytest.mark.parametrize(("sure", "expected"), [(0.8, ["Story"]), (0.95, ["Dek", "Story"])])
def test_elements_that_may_be_something_else_are_story_where_that_is_sure(sure: float, expected: list[str]) -> None:
    tree = document_fromstring("<html><body><p>Dek</p><p>Story</p></body></html>")
    passages, _ = read_passages(tree)
    story = read_story(passages, np.array([sure, 0.8]), set(), is_news=False, doubted={tree.find(".//p")})
    assert [block.text for block in story.blocks] == expected


COMMENTED = (
    "<article><p>{story}</p></article><section class='post-comments'><article><p>I saw it.</p></article></section>"
)


@pytest.mark.parametrize(("size", "expected"), [(600, ["story"]), (100, ["story", "I saw it."])])
def test_readers_comments_are_no_story_where_there_is_one_besides(size: int, expected: list[str]) -> None:
    passages = passages_of(COMMENTED.format(story="story " * (size // 6)))
    read = [block.text for block in read_story(passages, np.ones(2), set(), is_news=False).blocks]
    assert [text if text == "I saw it." else "story" for text in read] == expected


def test_paragraphs_of_a_story_are_surer_than_a_menu() -> None:
    sentence = "The harbour was closed on Sunday after the storm, and ships waited outside for two days. "
    body = (
        "<nav><ul>"
        + "".join(f"<li><a href='/{name}'>{name}</a></li>" for name in ("World", "Sport", "Culture"))
        + "</ul></nav>"
        f"<article><h1>Storm</h1>{''.join(f'<p>{sentence * 3}</p>' for _ in range(6))}</article>"
    )
    passages, boxes = read_passages(document_fromstring(f"<html><body>{body}</body></html>"))
    sure = judge_passages(passages, boxes, NO_FACTS)
    paragraphs = [sure[index] for index, passage in enumerate(passages) if passage.box.tag == "p"]
    menu = [sure[index] for index, passage in enumerate(passages) if passage.box.tag == "li"]
    assert min(paragraphs) > 0.9
    assert max(menu) < 0.1


def test_a_page_that_calls_itself_news_is_read_more_strictly() -> None:
    passages = passages_of("<p>Story</p><div>Perhaps</div>")
    sure = np.array([0.9, 0.6])
    assert len(read_story(passages, sure, set(), is_news=False).blocks) == 2
    assert len(read_story(passages, sure, set(), is_news=True).blocks) == 1


@pytest.mark.parametrize(
    ("markup", "sure", "expected"),
    [
        pytest.param("<h2>Why it rose</h2>", 0.2, True, id="a subhead between two paragraphs of the story"),
        pytest.param("<h2>Why it rose</h2>", 0.05, False, id="a heading that is surely none"),
        pytest.param("<section><h2>Why it rose</h2></section>", 0.4, True, id="a subhead that stands apart from them"),
        pytest.param("<section><h2>Why it rose</h2></section>", 0.2, False, id="one that is surely none"),
        pytest.param("<section><h2><a href=x>Why it rose</a></h2></section>", 0.4, False, id="a linked heading apart"),
        pytest.param(f"<p>{'A quiet sentence stands here. ' * 3}</p>", 0.4, True, id="a paragraph between two of them"),
        pytest.param(
            f"<p class=x><a href=x>{'A headline of another story ' * 3}</a></p>", 0.4, False, id="a link between them"
        ),
        pytest.param(f"<div><p>{'A quiet sentence stands here. ' * 3}</p></div>", 0.4, False, id="a box of its own"),
    ],
)
def test_a_gap_in_the_story_is_filled_by_what_belongs_to_it(markup: str, sure: float, expected: bool) -> None:
    passages = passages_of(f"<div><p>First</p>{markup}<p>Last</p></div>")
    story = read_story(passages, np.array([1.0, sure, 1.0]), set(), is_news=False)
    assert (len(story.blocks) == 3) is expected


@pytest.mark.parametrize(
    ("sure", "expected"),
    [(0.25, ["First", "Key takeaways", "One", "Two"]), (0.1, ["First", "One", "Two"])],
)
def test_what_a_list_is_called_in_its_own_box_is_a_subhead(sure: float, expected: list[str]) -> None:
    passages = passages_of("<div><p>First</p><div><h2>Key takeaways</h2><ul><li>One</li><li>Two</li></ul></div></div>")
    story = read_story(passages, np.array([1.0, sure, 1.0, 1.0]), set(), is_news=False)
    assert [block.text for block in story.blocks] == expected


@pytest.mark.parametrize(
    ("markup", "sure", "kept"),
    [
        pytest.param(
            "<table><tr><th>Pier</th><th>Boats</th></tr><tr><td>North</td><td>12</td></tr><tr><td>South</td><td>9</td>"
            "</tr></table>",
            [0.1, 0.9, 0.1, 0.9, 0.9, 0.1],
            ["Pier | Boats", "North | 12", "South | 9"],
            id="a table of data of which half is story",
        ),
        pytest.param(
            "<table><tr><td>Pier</td><td>Boats</td></tr><tr><td>North</td><td>12</td></tr></table>",
            [0.1, 0.9, 0.1, 0.1],
            ["Boats"],
            id="a table of which little is",
        ),
        pytest.param(
            f"<table><tr><td>Menu</td><td>{'A quiet sentence stands here. ' * 12}</td></tr></table>",
            [0.1, 0.9],
            [("A quiet sentence stands here. " * 12).strip()],
            id="a page laid out as a table",
        ),
    ],
)
def test_a_table_of_data_of_which_enough_is_story_is_kept_whole(
    markup: str, sure: list[float], kept: list[str]
) -> None:
    story = read_story(passages_of(markup), np.array(sure), set(), is_news=False)
    assert [block.text for block in story.blocks] == kept


def test_one_sure_cell_is_no_end_of_a_table_between_paragraphs() -> None:
    table = "<table><tr><td>North</td><td>12</td></tr><tr><td>South</td><td>9</td></tr></table>"
    passages = passages_of(f"<p>First</p>{table}<p>Last</p>")
    story = read_story(passages, np.array([1.0, 0.5, 0.5, 0.5, 0.9, 1.0]), set(), is_news=True)
    assert [block.text for block in story.blocks] == ["First", "North | 12", "South | 9", "Last"]


def test_links_behind_a_label_of_other_stories_are_none_of_the_story() -> None:
    pointers = "<p><b>RELATED</b></p><p><a href=x>Mayor resigns</a></p><p><a href=y>Bread is dearer</a></p>"
    passages = passages_of(f"<p>First</p>{pointers}<p>The <a href=z>bridge</a> was closed.</p><p><a>Last</a></p>")
    sure = np.array([1.0, 0.1, 1.0, 1.0, 1.0, 1.0])
    story = read_story(passages, sure, set(), is_news=False)
    assert [block.text for block in story.blocks] == ["First", "The bridge was closed.", "Last"]


@pytest.mark.parametrize("line", ["READ ALSO Mayor resigns", "関連記事 市長が辞任", "İLGİLİ HABER Başkan istifa etti"])
def test_a_link_that_says_so_itself_leads_to_another_story(line: str) -> None:
    passages = passages_of(f"<p>First</p><p><a href=x>{line}</a></p><p>{line}</p>")
    story = read_story(passages, np.array([1.0, 1.0, 1.0]), set(), is_news=False)
    assert [block.text for block in story.blocks] == ["First", line]


@pytest.mark.parametrize(
    ("name", "posted", "kept"),
    [
        pytest.param("tiktok-embed", "Ships!", False, id="a post"),
        pytest.param("wp-block-quote", "Ships!", True, id="a quote"),
        pytest.param("tiktok-embed", "The first of forty ships is in!", True, id="a story about posts"),
    ],
)
def test_a_social_networks_post_is_no_text_beside_a_story(name: str, posted: str, kept: bool) -> None:
    quote = f"<blockquote class={name}><section><p>{posted}</p></section></blockquote>"
    passages = passages_of(f"<p>First line</p>{quote}<p>Last line</p>")
    story = read_story(passages, np.array([1.0, 0.9, 1.0]), set(), is_news=False)
    assert (posted in [block.text for block in story.blocks]) is kept


def test_a_subhead_with_a_box_of_its_own_is_story_where_each_paragraph_has_one() -> None:
    parts = ("<p>First</p>", "<h3><span><div>Why it rose</div></span></h3>", "<p>Last</p>")
    passages = passages_of("".join(f"<div class=part>{part}</div>" for part in parts))
    assert len(read_story(passages, np.array([1.0, 0.2, 1.0]), set(), is_news=True).blocks) == 3


def test_captions_and_first_headings_stand_beside_a_news_story() -> None:
    passages = passages_of("<h1>Head</h1><p>Story</p><figure><figcaption>Shown</figcaption></figure>")
    assert [block.text for block in read_story(passages, np.ones(3), set(), is_news=True).blocks] == ["Story"]
    assert len(read_story(passages, np.ones(3), set(), is_news=False).blocks) == 3


STORY = "The harbour was closed on Sunday after the storm, and ships waited outside for two days. "


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param("<main><p>{story}</p></main><div hidden><p>Enter the code that was sent</p></div>", id="hidden"),
        pytest.param("<header><p>Trains do not run tonight</p></header><main><p>{story}</p></main>", id="page's head"),
    ],
)
def test_what_stands_outside_the_article_is_left_out(markup: str) -> None:
    passages = passages_of(markup.format(story=STORY))
    story = read_story(passages, np.ones(len(passages)), set(), is_news=False)
    assert [block.text for block in story.blocks] == [STORY.strip()]


@pytest.mark.parametrize("markup", ["<header><p>{story}</p></header><p>End</p>", "<div hidden><p>{story}</p></div>"])
def test_a_page_that_holds_its_story_there_keeps_it(markup: str) -> None:
    passages = passages_of(markup.format(story=STORY))
    story = read_story(passages, np.ones(len(passages)), set(), is_news=False)
    assert STORY.strip() in [block.text for block in story.blocks]


def _articles(first: int, second: int, *, heading: str = "h1") -> list[str]:
    """The blocks of a page with two articles, so many paragraphs long, the headline in the first."""
    one = f"<article><h1>Storm</h1>{f'<p>{STORY * 2}</p>' * first}</article>"
    other = f"<article><{heading}>Another</{heading}>{'<p>Another story of the coast.</p>' * second}</article>"
    passages = passages_of(f"<main>{one}{other}<p>Behind both</p></main>")
    story = read_story(passages, np.ones(len(passages)), set(), is_news=True, headline=0)
    return [block.text for block in story.blocks]


def test_a_second_article_below_a_whole_one_is_another_story() -> None:
    assert _articles(6, 4) == [*[(STORY * 2).strip()] * 6, "Behind both"]


def test_a_story_in_several_article_elements_is_one() -> None:
    assert "Another story of the coast." in _articles(1, 9)
    assert "Another story of the coast." in _articles(6, 4, heading="h2")


def test_what_is_built_like_half_of_the_pieces_of_items_is_story_among_them() -> None:
    item = "<li><h3>{0}</h3><p class=date>{0} December, 7 pm</p><p class=text>Bring a coat and come early.</p></li>"
    passages = passages_of(f"<ul>{''.join(item.format(name) for name in ('One', 'Two', 'Three'))}</ul>")
    sure = np.array([0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.3, 0.9])
    texts = [block.text for block in read_story(passages, sure, set(), is_news=False).blocks]
    assert "Three December, 7 pm" in texts


@pytest.mark.parametrize(("sure", "expected"), [(0.45, 4), (0.2, 2)])
def test_the_rest_of_a_list_that_the_story_ends_with_belongs_to_it(sure: float, expected: int) -> None:
    passages = passages_of("<div><p>Story</p><ul><li>First step.</li><li>Second step.</li><li>Last.</li></ul></div>")
    story = read_story(passages, np.array([1.0, 0.9, sure, sure]), set(), is_news=False)
    assert len(story.blocks) == expected
