"""Edits summed up for the index."""

from __future__ import annotations

from datetime import UTC, datetime

from news.article import Article, Block, BlockKind
from news.versions.edits import MAX_FORMER_CHARACTERS, Edits, edits_of

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def version(title: str, *passages: str, dek: str | None = None, modified_at: datetime | None = None) -> Article:
    blocks = tuple(Block(kind=BlockKind.PARAGRAPH, text=passage) for passage in passages)
    return Article(url="https://example.com/a", title=title, dek=dek, blocks=blocks, modified_at=modified_at)


def test_an_article_never_edited_has_no_edits() -> None:
    assert edits_of([version("Bridge opens", "It opened.")]) == Edits()


def test_a_passage_taken_away_and_brought_back_is_not_former() -> None:
    found = edits_of([version("A", "one", "two"), version("A", "one"), version("A", "two", "one")])
    assert found == Edits(changed=("text",), former=(), latest=("text",))


def test_former_passages_of_all_versions_the_latest_first_each_once() -> None:
    first, second, third = version("A", "one"), version("B", "two", "one"), version("C", "three", dek="new")
    found = edits_of([first, second, third])
    assert (found.changed, found.former) == (("title", "text", "dek"), ("B", "two", "one", "A"))


def test_what_the_last_edit_changed_is_told_apart() -> None:
    edits = edits_of([version("A", "one"), version("B", "one"), version("B", "two", "one")])
    assert (edits.changed, edits.latest) == (("title", "text"), ("text",))


def test_an_edit_under_the_same_stated_time_is_silent() -> None:
    open_edit = edits_of([version("A", modified_at=None), version("B", modified_at=NOON)])
    assert open_edit.changed == ("title",)
    assert edits_of([version("A", modified_at=NOON), version("B", modified_at=NOON)]).changed == ("title", "silent")


def test_where_no_time_is_stated_nothing_is_called_silent() -> None:
    assert edits_of([version("A"), version("B")]).changed == ("title",)


def test_the_oldest_removals_give_way() -> None:
    half = MAX_FORMER_CHARACTERS // 2
    found = edits_of([version("A", "x" * half), version("A", "y" * half), version("A", "z")])
    assert [passage[0] for passage in found.former] == ["y", "x"]
    found = edits_of([version("A", "x" * half), version("A", "y" * (half + 1)), version("A", "z")])
    assert [passage[0] for passage in found.former] == ["y"]
