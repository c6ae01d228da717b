"""What each version of an article changed, as the API and the command line report it to programs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from pydantic import BaseModel, Field

from news.versions.diff import BlockDiff, Change, FieldDiff, Piece, diff_versions
from store.views import VersionView

MOST_CHANGES = 50  # per answer; each requires comparing two texts


class PieceModel(BaseModel):
    """A run of text."""

    mark: str = Field(description="same, added or removed; all but the removed ones make up the new text")
    text: str = Field(description="Exactly as it stands, white space included")


class FieldChangeModel(BaseModel):
    """A line outside the body that changed."""

    name: str = Field(description="byline, caption, credit or source_line")
    pieces: list[PieceModel] = Field(description="In the order of the new text")


class BlockChangeModel(BaseModel):
    """A block of the body that changed."""

    change: str = Field(description="added, removed, changed or moved")
    kind: str = Field(description="Kind of the block, as in the version that has it")
    pieces: list[PieceModel] = Field(description="In the order of the new text")
    old_position: int | None = Field(description="Position in the old version, from 1; null if the block is new")
    new_position: int | None = Field(description="Position in the new version, from 1; null if it was removed")


class ChangeModel(BaseModel):
    """What one version changed."""

    version: int = Field(description="The version that brought the change")
    old_version: int = Field(description="The version before it")
    fetched_at: datetime
    is_silent: bool | None = Field(
        description="Whether the stated time of change stayed the same; null if none is stated"
    )
    added: int = Field(description="How many words were added; characters in scripts without spaces")
    removed: int = Field(description="How many were removed, counted the same way")
    title: list[PieceModel]
    dek: list[PieceModel]
    body: list[BlockChangeModel] = Field(description="Blocks that changed, in the order of the new version")
    others: list[FieldChangeModel] = Field(description="Those of byline, caption, credit and source line that changed")


class ChangesModel(BaseModel):
    """The edits of an article."""

    article_id: str
    url: str
    changes: list[ChangeModel] = Field(description=f"Oldest first; the newest {MOST_CHANGES} at most")


def changes_body(article_id: str, url: str, versions: Sequence[VersionView]) -> ChangesModel:
    """What each of these versions, given oldest first, changed from the previous one."""
    newest = versions[-MOST_CHANGES - 1 :]
    return ChangesModel(article_id=article_id, url=url, changes=[_change(*pair) for pair in pairwise(newest)])


def _change(old: VersionView, new: VersionView) -> ChangeModel:
    diff = diff_versions(old.article, new.article)
    return ChangeModel(
        version=new.version,
        old_version=old.version,
        fetched_at=new.fetched_at,
        is_silent=diff.silent,
        added=diff.added_count,
        removed=diff.removed_count,
        title=_pieces(diff.title.pieces),
        dek=_pieces(diff.dek.pieces),
        body=[_block(block) for block in diff.body if block.change is not Change.SAME],
        others=[_field(field) for field in diff.others],
    )


def _pieces(pieces: Sequence[Piece]) -> list[PieceModel]:
    return [PieceModel(mark=piece.mark, text=piece.text) for piece in pieces]


def _block(block: BlockDiff) -> BlockChangeModel:
    return BlockChangeModel(
        change=block.change,
        kind=block.kind,
        pieces=_pieces(block.pieces),
        old_position=block.old_position,
        new_position=block.new_position,
    )


def _field(field: FieldDiff) -> FieldChangeModel:
    return FieldChangeModel(name=field.name, pieces=_pieces(field.pieces))
