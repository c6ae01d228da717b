"""The root of every error newsdex raises on purpose.

NewsdexError               what, where and what to do, in one line
├── ConfigError            a settings or source file is wrong (exit code 2)
├── NotFoundError          a named thing does not exist (exit code 3)
├── StoreError             the database or the archive cannot be used (exit code 4)
└── EngineError            the search engine cannot be used (exit code 5)
    └── EngineUnavailable  it does not answer now: keep the work and try again
                └── SearchUnanswered  this search was too much for it, or needed a part of it that is down
"""

from __future__ import annotations

import re

_NUMBER = re.compile(r"^\[Errno -?\d+\] ")  # prefix of operating system errors; the words after it say the same


class NewsdexError(Exception):
    """A known failure; its one-line text says what happened, where, and what to do next."""

    exit_code = 1


class ConfigError(NewsdexError):
    """A settings or source file is wrong."""

    exit_code = 2


class NotFoundError(NewsdexError):
    """A source, article or URL that was named does not exist here."""

    exit_code = 3


class StoreError(NewsdexError):
    """The database or the archive cannot be used."""

    exit_code = 4


class EngineError(NewsdexError):
    """The search engine cannot be used."""

    exit_code = 5


class EngineUnavailable(EngineError):
    """The search engine is not answering now; nothing is lost, the work stays queued."""


class SearchUnanswered(EngineUnavailable):
    """The engine is up, but could not answer this search completely; the text may be shown to whoever asked."""


def one_line(error: BaseException, *, limit: int | None = 200) -> str:
    """A foreign error's message on one line of at most `limit` characters; its class name if it has none.

    >>> one_line(ConnectionRefusedError(111, "Connection refused"))
    'Connection refused'
    """
    return _NUMBER.sub("", " ".join(str(error).split()))[:limit] or type(error).__name__
