"""A text that differs only by which of a page's blocks were taken for it was not edited."""

from __future__ import annotations

import pytest

from news.article import Article, Block, BlockKind
from news.seen_pages import SeenPage, seen_page
from news.versions.choices import other_blocks

FIRST = "The harbour opened again after the storm."
SECOND = "Ferries leave at six and at nine from now on."
ASIDE = "The Canadian dollar traded at 74.27 cents."
LINK = "Ten orchards that lived through the frost"
NEWER_LINK = "The glacier is measured from the air"


def story(*texts: str, title: str = "Harbour opens") -> Article:
    blocks = tuple(Block(kind=BlockKind.PARAGRAPH, text=text) for text in texts)
    return Article(url="https://paper.example/1", title=title, blocks=blocks)


def page(read: Article, *beside: str, links: tuple[str, ...] = ()) -> SeenPage:
    texts = [block.text for block in read.blocks]
    return seen_page(read.title, [text for text in texts if text not in links], beside, held=texts)


def is_no_edit(before: Article, after: Article, seen_before: SeenPage, seen_after: SeenPage) -> bool:
    others = other_blocks(before, after)
    return others is not None and others.are_chosen(seen_before, seen_after)


def test_a_block_that_stands_on_both_pages_is_chosen() -> None:
    without, with_it = story(FIRST, SECOND), story(FIRST, ASIDE, SECOND)
    assert is_no_edit(without, with_it, page(without, ASIDE), page(with_it))
    assert is_no_edit(with_it, without, page(with_it), page(without, ASIDE))


def test_a_block_that_only_one_page_has_is_an_edit() -> None:
    without, with_it = story(FIRST, SECOND), story(FIRST, ASIDE, SECOND)
    assert not is_no_edit(without, with_it, page(without), page(with_it))
    assert not is_no_edit(with_it, without, page(with_it), page(without))


def test_links_to_other_stories_change_without_an_edit() -> None:
    before, after = story(FIRST, LINK, SECOND), story(FIRST, NEWER_LINK, SECOND)
    assert is_no_edit(before, after, page(before, links=(LINK,)), page(after, links=(NEWER_LINK,)))
    assert not is_no_edit(before, after, page(before), page(after))


def test_a_story_of_links_is_edited_with_them() -> None:
    before, after = story(FIRST, LINK), story(FIRST, LINK, NEWER_LINK)
    links = (LINK, NEWER_LINK)
    assert not is_no_edit(before, after, page(before, links=links), page(after, links=links))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (story(FIRST), story(FIRST, title="Harbour closes")),
        (story(FIRST, SECOND), story(SECOND, FIRST)),
        (story("It cost 1.5 million in all."), story("It cost 15 million in all.")),
        (story(FIRST, "Yes."), story(FIRST)),
        (story(FIRST), story(FIRST, FIRST)),
    ],
)
def test_what_is_changed_by_choice_of_whole_blocks_alone_may_be_none(before: Article, after: Article) -> None:
    assert other_blocks(before, after) is None
