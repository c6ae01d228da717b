"""What all edits of an article together changed and removed: the values that `changed:` and `removed:` search."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from news.article import Article

SILENT = "silent"  # in `changed`: an edit that did not update the stated modification time
MAX_FORMER_CHARACTERS = 200_000  # a choice: a live page edited for days keeps its newest removals


@dataclass(frozen=True, kw_only=True, slots=True)
class Edits:
    """The sum of an article's edits."""

    changed: tuple[str, ...] = ()  # of title, dek and text, those that an edit changed; also SILENT
    former: tuple[str, ...] = ()  # passages of earlier versions that the newest lacks, latest first
    latest: tuple[str, ...] = ()  # as `changed`, by the last edit alone

    @property
    def former_text(self) -> str:
        """The former passages as one text, a blank line between them."""
        return "\n\n".join(self.former)


def edits_of(versions: Sequence[Article]) -> Edits:
    """The sum of the edits over an article's versions, given oldest first.

    >>> old, new = Article(url="u", title="Five hurt"), Article(url="u", title="Six hurt")
    >>> edits_of([old, new])
    Edits(changed=('title',), former=('Five hurt',), latest=('title',))
    """
    each = [tuple(_changes(old, new)) for old, new in pairwise(versions)]
    changed = dict.fromkeys(name for names in each for name in names)
    kept = set(_passages(versions[-1])) if versions else set()
    former: dict[str, None] = {}
    room = MAX_FORMER_CHARACTERS
    for version in reversed(versions[:-1]):
        for passage in _passages(version):
            if passage not in kept and passage not in former and len(passage) <= room:
                former[passage] = None
                room -= len(passage)
    return Edits(changed=tuple(changed), former=tuple(former), latest=each[-1] if each else ())


def _changes(old: Article, new: Article) -> Iterable[str]:
    names = [name for name in ("title", "dek", "text") if (getattr(old, name) or "") != (getattr(new, name) or "")]
    stated = old.modified_at or new.modified_at
    if names and stated and old.modified_at == new.modified_at:
        names.append(SILENT)
    return names


def _passages(version: Article) -> Iterable[str]:
    yield version.title
    if version.dek:
        yield version.dek
    yield from (block.text for block in version.blocks)
