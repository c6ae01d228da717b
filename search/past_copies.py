"""Copies among articles as they stood at a moment: of one text, the earliest that matched is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from news.copies import are_copies, likeness
from news.shingles import Sketch, sketch_of


@dataclass(frozen=True, kw_only=True)
class PastMatch:
    """An article that matched in its version of then."""

    score: float | None
    document: dict[str, Any]  # as the index would have held it then
    cluster: int | None  # of today: copies of then are looked for among those
    seniority: int  # less is earlier
    left_out: list[str] = field(default_factory=list)  # ids of its copies that matched too

    @cached_property
    def sketch(self) -> Sketch:
        """Of its text of then."""
        return sketch_of(self.document.get("text", ""))


def without_copies(matches: Sequence[PastMatch]) -> list[PastMatch]:
    """The matches, in their order, without those whose text of then is a copy of an earlier one's."""
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
