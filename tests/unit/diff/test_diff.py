"""Two versions of an article, compared."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.output import plain
from news.article import Article, Block, BlockKind, Image
from news.versions.diff import Change, Mark, Piece, VersionDiff, diff_text, diff_versions

AT = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
FIRST = "The harbour was closed on Sunday after a storm damaged its northern pier."
SECOND = "Ships were sent to other ports along the coast until the pier could be checked."
THIRD = "The mayor said repairs would take about two weeks and cost half a million."


def article(*paragraphs: str, title: str = "Harbour closed", **fields: object) -> Article:
    blocks = tuple(Block(kind=BlockKind.PARAGRAPH, text=text) for text in paragraphs)
    return Article(url="https://paper.example/a", title=title, blocks=blocks, **fields)  # type: ignore[arg-type]  # Article's own


def marked(pieces: tuple[Piece, ...]) -> str:
    wrap = {Mark.SAME: "{}", Mark.ADDED: "+{}+", Mark.REMOVED: "-{}-"}
    return "".join(wrap[piece.mark].format(piece.text) for piece in pieces)


def changes(diff: VersionDiff) -> list[tuple[str, int | None, int | None]]:
    return [(block.change.value, block.old_position, block.new_position) for block in diff.body]


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("Two people died", "Three people died", "-Two-+Three+ people died"),
        ("Harbour closed", "Harbour closed, ships diverted", "Harbour closed+, ships diverted+"),
        ("He said: “No.”", "He said: “Yes.”", "He said: “-No-+Yes+.”"),
        ("Costs 3.5 million", "Costs 3.7 million", "Costs- 3.5-+ 3.7+ million"),
        ("二人が負傷した", "三人が負傷した", "-二-+三+人が負傷した"),
        ("ผู้ว่าการ กล่าว", "ผู้ว่าการ แถลง", "ผู้ว่าการ- กล่าว-+ แถลง+"),
        ("قُتل شخصان في أنقرة", "قُتل ثلاثة أشخاص في أنقرة", "قُتل- شخصان-+ ثلاثة أشخاص+ في أنقرة"),
        ("대통령이 서울에 도착했다", "대통령이 부산에 도착했다", "대통령이- 서울에-+ 부산에+ 도착했다"),
        ("", "All new", "+All new+"),
        ("All gone", "", "-All gone-"),
        ("no body", "nobody", "-no body-+nobody+"),
    ],
)
def test_words_are_the_units_of_the_script(old: str, new: str, shown: str) -> None:
    assert marked(diff_text(old, new)) == shown


def test_spaces_alone_are_a_difference_too() -> None:
    assert marked(diff_text("a ( b )", "a (b)")) == "-a ( b )-+a (b)+"


@given(st.text(alphabet="ab .,东京ا\u064b\n", max_size=30), st.text(alphabet="ab .,东京ا\u064b\n", max_size=30))
def test_the_pieces_make_up_both_texts(old: str, new: str) -> None:
    pieces = diff_text(old, new)
    after = "".join(piece.text for piece in pieces if piece.mark is not Mark.REMOVED)
    before = "".join(piece.text for piece in pieces if piece.mark is not Mark.ADDED)
    assert after.rstrip() == new.rstrip()
    assert "".join(before.split()) == "".join(old.split())
    assert all(piece.text for piece in pieces)
    assert all(one.mark is not other.mark for one, other in pairwise(pieces))
    if old == new:
        assert all(piece.mark is Mark.SAME for piece in pieces)


def test_equal_versions_have_no_difference() -> None:
    one = article(FIRST, SECOND, dek="A storm came.")
    diff = diff_versions(one, one)
    assert {change for change, _, _ in changes(diff)} == {"same"}
    assert (diff.title.is_changed, diff.dek.is_changed) == (False, False)
    assert (diff.added_count, diff.removed_count, diff.others) == (0, 0, ())


def test_headline_standfirst_and_body_are_compared_and_the_words_counted() -> None:
    old = article(FIRST, SECOND, dek="A storm came.")
    new = article(FIRST.replace("Sunday", "Monday morning"), SECOND, title="Harbour reopened", dek="A storm went.")
    diff = diff_versions(old, new)
    assert marked(diff.title.pieces) == "Harbour- closed-+ reopened+"
    assert marked(diff.dek.pieces) == "A storm- came-+ went+."
    assert changes(diff) == [("changed", 1, 1), ("same", 2, 2)]
    assert (diff.added_count, diff.removed_count) == (4, 3)


def test_a_paragraph_that_moved_is_shown_as_moved_with_the_words_it_changed() -> None:
    old = article(FIRST, SECOND, THIRD)
    assert changes(diff_versions(old, article(THIRD, FIRST, SECOND))) == [
        ("moved", 3, 1),
        ("same", 1, 2),
        ("same", 2, 3),
    ]
    reworded = diff_versions(old, article(THIRD.replace("two", "three"), FIRST, SECOND)).body[0]
    assert reworded.change is Change.MOVED
    assert "- two-+ three+" in marked(reworded.pieces)


def test_gone_and_new_paragraphs_stand_where_they_stood() -> None:
    diff = diff_versions(article(FIRST, SECOND, THIRD), article(FIRST, "Nobody was hurt.", THIRD))
    assert changes(diff) == [("same", 1, 1), ("added", None, 2), ("removed", 2, None), ("same", 3, 3)]


def test_a_byline_or_caption_that_changed_is_shown_beside() -> None:
    image = Image(url="https://paper.example/a.jpg", caption="The pier", credit="Desk")
    old, new = article(FIRST, image=image), article(FIRST, image=replace(image, caption="The broken pier"))
    diff = diff_versions(old, new)
    assert [(field.name, marked(field.pieces)) for field in diff.others] == [("caption", "The+ broken+ pier")]
    (byline,) = diff_versions(old, replace(old, authors=("A Desk",))).others
    assert byline.name == "byline"


@pytest.mark.parametrize(
    ("before", "after", "silent"),
    [(AT, AT, True), (AT, AT + timedelta(hours=1), False), (None, AT, False), (AT, None, False), (None, None, None)],
)
def test_an_edit_is_silent_when_the_stated_modification_time_stands(
    before: datetime | None, after: datetime | None, silent: bool | None
) -> None:
    diff = diff_versions(article(FIRST, modified_at=before), article(SECOND, modified_at=after))
    assert diff.silent is silent


def test_the_record_is_json_as_it_stands() -> None:
    old = article(FIRST, SECOND, modified_at=AT)
    record = json.loads(json.dumps(plain(diff_versions(old, article(SECOND, THIRD, modified_at=AT)))))
    assert record["silent"] is True
    assert record["title"] == {"name": "title", "pieces": [{"mark": "same", "text": "Harbour closed"}]}
    assert record["body"][0]["change"] == "removed"


def test_a_block_of_the_same_word_over_and_over_is_compared_as_a_whole() -> None:
    old, new = "so " * 3000, "so " * 2999 + "then"
    assert [piece.mark for piece in diff_text(old, new)] == [Mark.REMOVED, Mark.ADDED]


def test_long_versions_without_a_common_paragraph_are_told_apart_whole() -> None:
    old = article(*(f"old line {number} of the live report {number * 7}" for number in range(400)))
    new = article(*(f"fresh entry {number} in another list {number * 3}" for number in range(400)))
    kinds = [change for change, _, _ in changes(diff_versions(old, new))]
    assert kinds == ["added"] * 400 + ["removed"] * 400


def test_a_list_turned_round_keeps_every_paragraph_once() -> None:
    lines = [f"entry {number} of the live report" for number in range(1500)]
    found = changes(diff_versions(article(*lines), article(*reversed(lines))))
    assert sorted(new for _, _, new in found if new is not None) == list(range(1, 1501))
    assert sorted(old for _, old, _ in found if old is not None) == list(range(1, 1501))
