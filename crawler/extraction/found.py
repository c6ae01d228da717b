"""A value together with where it came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """One field's value and its origin, such as "json-ld" or "rule"."""

    value: T
    origin: str
