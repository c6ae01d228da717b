"""A source's boilerplate on one page: which blocks to remove, and what the page shows for comparison."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from crawler.extraction.body.wording import PageFacts
from crawler.extraction.page.passages import Passage
from crawler.extraction.text import joined_key, word_key
from news.article import Article, Block, BlockKind
from news.boilerplate import Boilerplate
from news.seen_pages import SeenPage, block_digest, is_sentence, seen_page

LINKED_SHARE = 0.8  # of a passage's characters; from here on it is a link, not a sentence with one
# Kind -> (share, length): a run of that length or more is one of the source's lists if that share is known; choices
_LISTS = {"link": (0.3, 1), "line": (0.3, 4), "text": (1.0, 1)}
MIN_OWN_CHARACTERS = 12  # of a block that is looked up in what the page states


@dataclass(frozen=True, slots=True)
class Noticed:
    """What extraction saw of a page, for callers that compare a source's pages."""

    passages: Sequence[Passage]
    facts: PageFacts
    blocks: tuple[Block, ...]  # of the story, still with the source's boilerplate


Notice = Callable[[Noticed], None]


def unnoticed(noticed: Noticed) -> None:
    """Ignore what was noticed, for callers that look at one page only."""


def sift(
    blocks: tuple[Block, ...], passages: Sequence[Passage], facts: PageFacts, known: Boilerplate, notice: Notice
) -> tuple[Block, ...]:
    """The story's blocks without boilerplate, after telling `notice` what they were."""
    notice(Noticed(passages, facts, blocks))
    return without_boilerplate(blocks, passages, facts, known)


def without_boilerplate(
    blocks: tuple[Block, ...], passages: Sequence[Passage], facts: PageFacts, known: Boilerplate
) -> tuple[Block, ...]:
    """The story's blocks without those known from the source's other stories; the story's own words stay."""
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
    """The texts in the source's lists, including the newest entries, which are not known yet."""
    found: set[str] = set()
    for (kind, _), group in groupby(passages, key=_kin):
        run = list(group)
        share, least = _LISTS[kind]
        if len(run) >= least:
            count = sum(block_digest(passage.text) in known for passage in run)
            found |= {passage.text for passage in run} if count >= share * len(run) else set()
    return found


def _kin(passage: Passage) -> tuple[str, str]:
    """The kind that the entries of one list share: links, full sentences, or other lines by their place."""
    if passage.link_characters >= LINKED_SHARE * _size(passage.text):
        return "link", ""
    return ("text", "") if is_sentence(passage.text) else ("line", passage.box.path)


def linked_texts(passages: Iterable[Passage]) -> set[str]:
    """The texts of passages that are nothing but links."""
    return {passage.text for passage in passages if passage.link_characters >= LINKED_SHARE * _size(passage.text)}


def page_shown(article: Article, noticed: Noticed) -> SeenPage:
    """The page in the form in which it is compared with others of its source."""
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
    """Whether a text is the page's own headline or summary, which other pages show in their lists."""
    key = word_key(text)
    return key == facts.title or any(key == stated or key == stated[: len(key)] for stated in facts.descriptions)


def _is_in_stated_body(text: str, facts: PageFacts) -> bool:
    joined = joined_key(text)
    return len(joined) >= MIN_OWN_CHARACTERS and joined in facts.stated_body


def _decide_subheads(blocks: Sequence[Block], links: Sequence[bool], dropped: list[bool]) -> None:
    """Keep a recurring subhead if text of the story follows directly; drop any subhead at the end."""
    if not any(dropped):
        return
    below_is_gone = nothing_follows = True
    for index in range(len(blocks) - 1, -1, -1):
        if blocks[index].kind is BlockKind.SUBHEAD and not links[index]:
            dropped[index] = nothing_follows or (dropped[index] and below_is_gone)
        below_is_gone = dropped[index]
        nothing_follows = nothing_follows and dropped[index]
