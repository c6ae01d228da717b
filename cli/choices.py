"""Options that accept one of a few words, and the error for any other word."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from news.errors import ConfigError

Choice = TypeVar("Choice", bound=StrEnum)


def chosen(option: str, text: str, choices: Iterable[Choice]) -> Choice:
    """The choice written this way. Raises ConfigError naming the option and all choices."""
    known = tuple(choices)
    for choice in known:
        if choice.value == text:
            return choice
    raise ConfigError(f"{option} {text!r}: has to be {one_of([choice.value for choice in known])}")


def one_of(words: list[str]) -> str:
    """The words as a list of alternatives.

    >>> one_of(["rss", "atom", "json"])
    "'rss', 'atom' or 'json'"
    """
    quoted = [repr(word) for word in words]
    return " or ".join(filter(None, [", ".join(quoted[:-1]), quoted[-1]]))
