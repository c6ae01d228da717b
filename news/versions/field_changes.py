"""Differences between two readings of one page, field by field."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from news.article import Article, Block, Image

MAX_EXAMPLES = 5  # per field and kind
MAX_SHOWN_CHARACTERS = 300
# Statements about a reading, not part of it
_NOT_READ = frozenset({"url", "canonical_url", "evidence", "certainty", "flags"})
COMPARED_FIELDS = tuple(each.name for each in dataclasses.fields(Article) if each.name not in _NOT_READ)


class ChangeKind(StrEnum):
    """What happened to a field."""

    WON = "won"  # it was empty before
    LOST = "lost"  # it is empty now
    CHANGED = "changed"


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldChange:
    """One field that differs."""

    field: str
    kind: ChangeKind
    before: str  # for people, "" = empty; for a body, the removed blocks
    after: str  # for a body, the added blocks


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """An example of a field that differs."""

    article_id: str
    version: int
    url: str
    before: str
    after: str


@dataclass(kw_only=True, slots=True)
class FieldTally:
    """How often a field differs."""

    counts: Counter[ChangeKind] = field(default_factory=Counter)
    examples: dict[ChangeKind, list[Example]] = field(default_factory=dict)

    def add(self, change: FieldChange, *, article_id: str, version: int, url: str) -> None:
        """Count one more change."""
        self.counts[change.kind] += 1
        examples = self.examples.setdefault(change.kind, [])
        if len(examples) < MAX_EXAMPLES:
            examples.append(
                Example(article_id=article_id, version=version, url=url, before=change.before, after=change.after)
            )


def field_changes(before: Article, after: Article) -> Iterator[FieldChange]:
    """The fields that differ between two readings of one page."""
    for name in COMPARED_FIELDS:
        old, new = getattr(before, name), getattr(after, name)
        if old == new:
            continue
        kind = ChangeKind.CHANGED if old and new else ChangeKind.WON if new else ChangeKind.LOST
        if name == "blocks":
            gone, added = _only_in(before.blocks, after.blocks), _only_in(after.blocks, before.blocks)
            yield FieldChange(field=name, kind=kind, before=_cut(gone), after=_cut(added))
        else:
            yield FieldChange(field=name, kind=kind, before=_cut(_shown(old)), after=_cut(_shown(new)))


def _only_in(blocks: Iterable[Block], others: Iterable[Block]) -> str:
    rest = Counter(block.text for block in others)
    only = []
    for block in blocks:
        if rest[block.text]:
            rest[block.text] -= 1
        else:
            only.append(block.text)
    return " ¶ ".join(only)


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Image):
        return " | ".join(part for part in (value.url, value.caption, value.credit) if part)
    if isinstance(value, tuple):
        return ", ".join(map(_shown, value))
    return str(value)


def _cut(text: str) -> str:
    return text if len(text) <= MAX_SHOWN_CHARACTERS else f"{text[: MAX_SHOWN_CHARACTERS - 1]}…"
