"""Who signs a story below its last paragraph, and lines about the writer that are none of it."""

from __future__ import annotations

import pytest
from lxml.html import fromstring

from crawler.extraction.bylines.mailed_writers import mailed_writer
from crawler.extraction.bylines.signers import signature_below, without_writer
from crawler.extraction.found import Found
from crawler.extraction.page.walk import read_passages
from news.article import Block, BlockKind

PARAGRAPH = "<p>The council of Kemer voted on Tuesday to open the harbour again after ten years of works.</p>"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        pytest.param("<p style='text-align:right'><strong>LÊ VÍ DỤ</strong></p>", ("LÊ VÍ DỤ",), id="to the right"),
        pytest.param("<p><b>Ayşe Örnek</b></p>", ("Ayşe Örnek",), id="bold"),
        pytest.param("<p>Ayşe Örnek</p>", (), id="plain"),
        pytest.param("<p><b>Example News Agency</b></p>", (), id="an agency"),
        pytest.param("<p><b>Scientific Contact:</b></p>", (), id="a label"),
        pytest.param("<p><b>Lê Ví Dụ</b> (Theo <em>Reuters</em>)</p>", ("Lê Ví Dụ",), id="after an agency"),
    ],
)
def test_a_name_set_apart_below_the_story_signs_it(line: str, names: tuple[str, ...]) -> None:
    passages, _ = read_passages(fromstring(f"<body><div>{PARAGRAPH * 3}{line}</div></body>"))
    assert signature_below(passages, -1) == names


@pytest.mark.parametrize(
    ("line", "is_story"),
    [
        ("Jane Doe", False),
        ("خبرنگار: Jane Doe", False),
        ("Jane Doe (with AFP)", False),
        ("Contact Jane Doe at jdoe@example.com.", False),
        ("Jane Doe covers ports. Follow her @jdoe on X.", False),
        ("The harbour master, Mary Major, can be reached at 555-0134.", True),
        ("Jane Doe waited at the quay until the ferry came.", True),
    ],
)
def test_a_last_line_about_the_writer_is_no_story(line: str, is_story: bool) -> None:
    blocks = tuple(Block(kind=BlockKind.PARAGRAPH, text=text) for text in ("The harbour is open.", line))
    authors: Found[tuple[str, ...]] = Found(("Jane Doe",), "byline", 1.0)
    assert (without_writer(blocks, authors) == blocks) is is_story


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("<a href='/av/3'>Jane Doesson</a><a href='mailto:x'>jane.doesson@paper.example</a>", ("Jane Doesson",)),
        ("Jörg Beispiel, joerg.beispiel@paper.example", ("Jörg Beispiel",)),
        ("Jane Doesson tips@paper.example", ()),
        ("Jane Doesson, 43, may be asked at jane.doesson@paper.example why she stays on the island.", ()),
    ],
)
def test_a_line_with_a_name_and_its_own_address_names_the_writer(line: str, names: tuple[str, ...]) -> None:
    passages, _ = read_passages(fromstring(f"<body><h1>Harbour opens</h1><div>{line}</div>{PARAGRAPH}</body>"))
    assert mailed_writer(passages, 0) == names
