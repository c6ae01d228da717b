"""Texts of different words, for tests that compare texts."""

from __future__ import annotations

import random
from collections.abc import Sequence

_SYLLABLES = ("ka", "lo", "mi", "ter", "ran", "shu", "bel", "dor", "vis", "nem", "pa", "qui", "rost", "el", "un", "gra")


def paragraphs_of(seed: int, *, count: int = 6, words: int = 40) -> list[str]:
    """Paragraphs that no other seed has."""
    chance = random.Random(seed)

    def word() -> str:
        return "".join(chance.choice(_SYLLABLES) for _ in range(chance.randint(2, 4)))

    return [" ".join(word() for _ in range(words)).capitalize() + "." for _ in range(count)]


def text_of(paragraphs: Sequence[str]) -> str:
    """The paragraphs as an article's text."""
    return "\n\n".join(paragraphs)
