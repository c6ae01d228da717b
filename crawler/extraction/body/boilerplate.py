"""A source's boilerplate on one page: which blocks leave the story, and what the page itself shows to learn from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from crawler.extraction.body.passages import Passage
from crawler.extraction.body.wording import PageFacts
from crawler.extraction.text import word_key
from news.article import Article, Block, BlockKind
from news.boilerplate import Boilerplate
from news.seen_pages import SeenPage, block_digest, is_sentence, seen_page

LINKED_SHARE = 0.8  # of a passage's characters: it is a link, not a sentence with one
# Where that share of a run of so many passages of one kind is known, the run is a list of the source's; choices
_LISTS = {"link": (0.3, 1), "line": (0.3, 4), "text": (1.0, 1)}
MIN_OWN_CHARACTERS = 12  # of a block that is looked up in what the page states


@dataclass(frozen=True, slots=True)
class Noticed:
    """What extraction had before it: for those who look at a source's pages together."""

    passages: Sequence[Passage]
    facts: PageFacts
    blocks: tuple[Block, ...]  # of the story, the source's boilerplate still in


Notice = Callable[[Noticed], None]


def unnoticed(noticed: Noticed) -> None:
    """For those who look at one page only."""


def sift(
    blocks: tuple[Block, ...], passages: Sequence[Passage], facts: PageFacts, known: Boilerplate, notice: Notice
) -> tuple[Block, ...]:
    """The story's blocks without boilerplate, after `notice` was told what they were."""
    notice(Noticed(passages, facts, blocks))
    return without_boilerplate(blocks, passages, facts, known)


def without_boilerplate(
    blocks: tuple[Block, ...], passages: Sequence[Passage], facts: PageFacts, known: Boilerplate
) -> tuple[Block, ...]:
    """The story's blocks without those the source is known to show on other stories; its own words stay."""
    if not known or not blocks:
        return blocks
    linked, listed = linked_texts(passages), _listed_texts(passages, known)
    links = [block.text in linked for block in blocks]
    dropped = [
        _is_boilerplate(block, index, is_link, facts, known)
        or (block.text in listed and not _is_stated(block.text, facts))
        for index, (block, is_link) in enumerate(zip(blocks, links, strict=True))
    ]
    _decide_subheads(blocks, links, dropped)
    return tuple(block for block, gone in zip(blocks, dropped, strict=True) if not gone)


def _listed_texts(passages: Sequence[Passage], known: Boilerplate) -> set[str]:
    """What stands in the source's lists, the newest entries among them, which are not known yet."""
    found: set[str] = set()
    for (kind, _), group in groupby(passages, key=_kin):
        run = list(group)
        share, least = _LISTS[kind]
        if len(run) >= least:
            count = sum(block_digest(passage.text) in known for passage in run)
            found |= {passage.text for passage in run} if count >= share * len(run) else set()
    return found


def _kin(passage: Passage) -> tuple[str, str]:
    """What the entries of one list share: all are links, or lines in one place that end like headlines."""
    if passage.link_characters >= LINKED_SHARE * _size(passage.text):
        return "link", ""
    return ("text", "") if is_sentence(passage.text) else ("line", passage.box.path)


def linked_texts(passages: Iterable[Passage]) -> set[str]:
    """The passages that are wholly links."""
    return {passage.text for passage in passages if passage.link_characters >= LINKED_SHARE * _size(passage.text)}


def page_shown(article: Article, noticed: Noticed) -> SeenPage:
    """The page as it is compared with others of its source."""
    linked = linked_texts(noticed.passages)
    story = [block.text for block in noticed.blocks if block.text not in linked]
    held = (block.text for block in article.blocks)
    return seen_page(article.title, story, (passage.text for passage in noticed.passages), held=held)


def _size(text: str) -> int:
    return len(text) - text.count(" ")


def _is_boilerplate(block: Block, index: int, is_link: bool, facts: PageFacts, known: Boilerplate) -> bool:
    digest = block_digest(block.text)
    if digest in known.repeated:
        return not _is_stated(block.text, facts)
    if digest not in known.listed:
        return False
    return is_link or not (index == 0 or _is_stated(block.text, facts) or _is_in_stated_body(block.text, facts))


def _is_stated(text: str, facts: PageFacts) -> bool:
    """Whether it is the page's own headline or summary, which other pages show in their lists."""
    key = word_key(text)
    return key == facts.title or any(key == stated or key == stated[: len(key)] for stated in facts.descriptions)


def _is_in_stated_body(text: str, facts: PageFacts) -> bool:
    joined = "".join(word_key(text))
    return len(joined) >= MIN_OWN_CHARACTERS and joined in facts.stated_body


def _decide_subheads(blocks: Sequence[Block], links: Sequence[bool], dropped: list[bool]) -> None:
    """A standing subhead stays where text of the story stands right below it; none stays at the end."""
    if not any(dropped):
        return
    below_is_gone = nothing_follows = True
    for index in range(len(blocks) - 1, -1, -1):
        if blocks[index].kind is BlockKind.SUBHEAD and not links[index]:
            dropped[index] = nothing_follows or (dropped[index] and below_is_gone)
        below_is_gone = dropped[index]
        nothing_follows = nothing_follows and dropped[index]
