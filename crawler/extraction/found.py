"""A value with its origin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

SECOND_OPINION = "trafilatura"  # the origin of a body when our own reading found hardly anything

# How often a field from each origin was right on the developers' corpora, rounded; 0.8 for origins not listed.
_CERTAINTIES = {
    "rule": 1.0, "json-ld": 0.9, "meta article:published_time": 0.95, "itemprop": 0.95, "html lang": 0.95,
    "written": 0.9, "labelled": 0.85, "address": 0.9, "hint": 0.8, "htmldate": 0.7, "text": 0.5, "words": 0.95,
    "relative": 0.9, "byline": 0.75, "marked": 0.75, "meta": 0.8, "url": 0.6, "kicker": 0.7, "breadcrumb": 0.8,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A field's value and its origin, such as "json-ld" or "rule"."""

    value: T
    origin: str
    stated_certainty: float | None = None  # 0 to 1; None = as sure as its origin

    @property
    def certainty(self) -> float:
        """How sure the value is, 0 to 1."""
        return _CERTAINTIES.get(self.origin, 0.8) if self.stated_certainty is None else self.stated_certainty
