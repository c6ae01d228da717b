"""The copies of an article, as page, API and command line show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from news.clusters import Standing
from store.views import CopyView


@dataclass(frozen=True, kw_only=True, slots=True)
class Copies:
    """The articles with almost the same text, including the one asked about; none if it has no copies."""

    members: tuple[CopyView, ...]  # the earliest first
    source_names: Mapping[str, str]

    @property
    def earliest(self) -> CopyView | None:
        """The copy that came first, by publication, then by when it was first seen."""
        return next((one for one in self.members if one.standing is Standing.EARLIEST), None)

    @property
    def agencies(self) -> tuple[str, ...]:
        """All agencies the copies credit, each spelt as in the first copy that names it."""
        named: dict[str, str] = {}
        for one in self.members:
            for agency in one.article.agencies:
                named.setdefault(agency.casefold(), agency)
        return tuple(named.values())

    def source_name(self, one: CopyView) -> str:
        """The source's display name."""
        return self.source_names.get(one.source_id, one.source_id)

    def others(self, article_id: str) -> tuple[CopyView, ...]:
        """All but this one."""
        return tuple(one for one in self.members if one.article_id != article_id)


def copies_of(members: Sequence[CopyView], source_names: Mapping[str, str]) -> Copies:
    """The copies of an article from what the store holds."""
    return Copies(members=tuple(members), source_names=source_names)
