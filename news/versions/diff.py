"""Diffs: two versions of an article compared word by word, as records that any page can render.

Paragraphs are aligned first, so that moved ones show as moved and long texts stay cheap; words are compared only
within aligned paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from news.article import Article, BlockKind
from news.versions.align import Pair, align
from news.words import Word, words_of

# Above this many pairs of equal words (a long block with few different words), the whole block is shown as replaced.
MAX_EQUAL_PAIRS = 2_000_000
ISLAND_CHARACTERS = 3  # equal words this short between two changes read better as part of the change


class Mark(StrEnum):
    """What happened to a piece of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


class Change(StrEnum):
    """What happened to a block of the body."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"  # stands elsewhere now; its pieces show whether its words changed too


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A run of text. Concatenating the pieces that are not removed gives the new text."""

    mark: Mark
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldDiff:
    """The diff of a one-line field of the article."""

    name: str  # title | dek | byline | caption | credit | source_line
    pieces: tuple[Piece, ...]  # empty when neither version has the field

    @property
    def is_changed(self) -> bool:
        """Whether any word differs."""
        return any(piece.mark is not Mark.SAME for piece in self.pieces)


@dataclass(frozen=True, kw_only=True, slots=True)
class BlockDiff:
    """The diff of a block of the body; blocks of both versions are in the order of the new one."""

    change: Change
    kind: BlockKind  # as in the new version; of a removed block, as in the old
    pieces: tuple[Piece, ...]
    old_position: int | None  # in the old version, from 1
    new_position: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class VersionDiff:
    """The diff of two versions."""

    title: FieldDiff
    dek: FieldDiff
    body: tuple[BlockDiff, ...]
    others: tuple[FieldDiff, ...]  # of byline, caption, credit and source line, those that changed
    silent: bool | None  # the stated modification time stayed the same; None = the publisher states none
    added_count: int  # words, or characters in scripts without spaces
    removed_count: int


def diff_versions(old: Article, new: Article) -> VersionDiff:
    """What changed from one version of an article to another."""
    title, dek = _field("title", old.title, new.title), _field("dek", old.dek, new.dek)
    others = tuple(field for field in _other_fields(old, new) if field.is_changed)
    body = _body(old, new)
    parts: list[FieldDiff | BlockDiff] = [title, dek, *others, *body]
    pieces = [piece for part in parts for piece in part.pieces]
    stated = old.modified_at or new.modified_at
    return VersionDiff(
        title=title,
        dek=dek,
        body=body,
        others=others,
        silent=old.modified_at == new.modified_at if stated else None,
        added_count=_count(pieces, Mark.ADDED),
        removed_count=_count(pieces, Mark.REMOVED),
    )


def diff_text(old: str, new: str) -> tuple[Piece, ...]:
    """Compare two texts word by word.

    >>> [(piece.mark.value, piece.text) for piece in diff_text("Two people died", "Three people died")]
    [('removed', 'Two'), ('added', 'Three'), ('same', ' people died')]
    """
    if old == new:
        return _pieces([(Mark.SAME, new)])
    before, after = words_of(old), words_of(new)
    runs = _runs(before, after)
    if all(mark is Mark.SAME for mark, _ in runs):  # only their spacing differs
        return _pieces([(Mark.REMOVED, old), (Mark.ADDED, new)])
    return _pieces(runs)


def _field(name: str, old: str | None, new: str | None) -> FieldDiff:
    return FieldDiff(name=name, pieces=diff_text(old or "", new or ""))


def _other_fields(old: Article, new: Article) -> Iterator[FieldDiff]:
    yield _field("byline", ", ".join(old.authors), ", ".join(new.authors))
    for name in ("caption", "credit"):
        yield _field(name, *(getattr(article.image, name, None) for article in (old, new)))
    yield _field("source_line", old.source_line, new.source_line)


def _body(old: Article, new: Article) -> tuple[BlockDiff, ...]:
    parts = []
    old_blocks, new_blocks = ([block for block in article.blocks if block.text] for article in (old, new))
    for pair in align([block.text for block in old_blocks], [block.text for block in new_blocks]):
        before = old_blocks[pair.old] if pair.old is not None else None
        after = new_blocks[pair.new] if pair.new is not None else None
        pieces = diff_text(before.text if before else "", after.text if after else "")
        parts.append(
            BlockDiff(
                change=_change(pair, pieces),
                kind=(after or before or new_blocks[0]).kind,
                pieces=pieces,
                old_position=pair.old + 1 if pair.old is not None else None,
                new_position=pair.new + 1 if pair.new is not None else None,
            )
        )
    return tuple(parts)


def _change(pair: Pair, pieces: Iterable[Piece]) -> Change:
    if pair.old is None:
        return Change.ADDED
    if pair.new is None:
        return Change.REMOVED
    if pair.moved:
        return Change.MOVED
    return Change.SAME if all(piece.mark is Mark.SAME for piece in pieces) else Change.CHANGED


def _runs(before: Sequence[Word], after: Sequence[Word]) -> list[tuple[Mark, str]]:
    old, new = [word.text for word in before], [word.text for word in after]
    if _equal_pairs(old, new) > MAX_EQUAL_PAIRS:
        return [(Mark.REMOVED, _joined(before)), (Mark.ADDED, _joined(after))]
    runs: list[tuple[Mark, str]] = []
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for place, (tag, old_start, old_end, new_start, new_end) in enumerate(codes):
        gone, come = _joined(before[old_start:old_end]), _joined(after[new_start:new_end])
        island = 0 < place < len(codes) - 1 and len(come.strip()) <= ISLAND_CHARACTERS
        if tag == "equal" and not island:
            runs.append((Mark.SAME, come))
        else:
            runs += [(Mark.REMOVED, gone), (Mark.ADDED, come)]
    return runs


def _pieces(runs: Iterable[tuple[Mark, str]]) -> tuple[Piece, ...]:
    """Turn runs into pieces, joining those between two equal ones: first what was removed, then what was added."""
    pieces: list[Piece] = []
    waiting = {Mark.REMOVED: "", Mark.ADDED: ""}
    for mark, text in [*runs, (Mark.SAME, "")]:
        if mark is not Mark.SAME:
            waiting[mark] += text
            continue
        pieces += [Piece(mark=kind, text=held) for kind, held in waiting.items() if held]
        waiting = {Mark.REMOVED: "", Mark.ADDED: ""}
        if text:
            pieces.append(Piece(mark=Mark.SAME, text=text))
    return tuple(pieces)


def _equal_pairs(old: Sequence[str], new: Sequence[str]) -> int:
    counts: dict[str, int] = {}
    for word in new:
        counts[word] = counts.get(word, 0) + 1
    return sum(counts.get(word, 0) for word in old)


def _joined(words: Iterable[Word]) -> str:
    return "".join(word.space + word.text for word in words)


def _count(pieces: Iterable[Piece], mark: Mark) -> int:
    texts = (piece.text for piece in pieces if piece.mark is mark)
    return sum(any(map(str.isalnum, word.text)) for text in texts for word in words_of(text))
