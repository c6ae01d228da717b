"""Whether a text changed by an edit, or only because other blocks of its page were taken for the story."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from news.article import Article
from news.seen_pages import SeenPage, block_digest
from news.versions.digest import content_digest


@dataclass(frozen=True, kw_only=True, slots=True)
class OtherBlocks:
    """The blocks that only one of two readings of a story has; everything else is equal."""

    gone: frozenset[int]  # digests
    come: frozenset[int]

    def are_chosen(self, before: SeenPage, after: SeenPage) -> bool:
        """Whether the publisher changed none of them: each stands on both pages, or is entirely a link.

        Links within the text lead to other stories; a site that changes them at each fetch has edited nothing.
        """
        return self.gone - before.links <= after.shown and self.come - after.links <= before.shown


def other_blocks(before: Article, after: Article) -> OtherBlocks | None:
    """The differing blocks; None if anything else differs, such as a headline, the order or punctuation."""
    if _but_body(before) != _but_body(after):
        return None
    old, new = _texts(before), _texts(after)
    gone, come = set(old) - set(new), set(new) - set(old)
    if [text for text in old if text not in gone] != [text for text in new if text not in come]:
        return None
    keys_gone, keys_come = set(map(block_digest, gone)), set(map(block_digest, come))
    if None in keys_gone | keys_come or keys_gone & keys_come:  # too short to tell, or only punctuation differs
        return None
    return OtherBlocks(gone=_known(keys_gone), come=_known(keys_come))


def _but_body(article: Article) -> str:
    return content_digest(replace(article, blocks=()))


def _texts(article: Article) -> list[str]:
    return [block.text for block in article.blocks if block.text]


def _known(keys: Iterable[int | None]) -> frozenset[int]:
    return frozenset(key for key in keys if key is not None)
