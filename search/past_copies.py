"""Copies among articles as they stood at a moment: of each text, only the earliest match is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from news.copies import are_copies, likeness
from news.shingles import Sketch, sketch_of


@dataclass(frozen=True, kw_only=True)
class PastMatch:
    """An article whose version of that time matched."""

    score: float | None
    document: dict[str, Any]  # as the index would have held it at that time
    cluster: int | None  # today's cluster; copies are looked for only within it
    seniority: int  # lower is earlier
    left_out: list[str] = field(default_factory=list)  # ids of its copies that also matched

    @cached_property
    def sketch(self) -> Sketch:
        """The sketch of its text at that time."""
        return sketch_of(self.document.get("text", ""))


def without_copies(matches: Sequence[PastMatch]) -> list[PastMatch]:
    """The matches in order, without those whose text at that time was a copy of an earlier one's."""
    earliest: dict[int, list[PastMatch]] = {}
    hidden: set[str] = set()
    for match in sorted(matches, key=lambda each: each.seniority):
        if match.cluster is None:
            continue
        shown = earliest.setdefault(match.cluster, [])
        original = next((one for one in shown if are_copies(likeness(one.sketch, match.sketch))), None)
        if original is None:
            shown.append(match)
        else:
            original.left_out.append(match.document["id"])
            hidden.add(match.document["id"])
    return [match for match in matches if match.document["id"] not in hidden]
