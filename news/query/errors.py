"""The error raised by strict reading of a query."""

from __future__ import annotations

from news.errors import NewsdexError

_SHOWN_BEFORE = 60  # characters of the query shown before the error, so that the caret stays on the line


class QuerySyntaxError(NewsdexError):
    """A query that does not mean what it looks like."""

    exit_code = 2

    def __init__(self, message: str, *, text: str, position: int) -> None:
        super().__init__(f"at character {position + 1}: {message}")
        self.message = message
        self.text = text  # the query as it was read
        self.position = position  # in `text`, in characters, from 0

    @property
    def pointed(self) -> str:
        """The query with a caret below it at the position of the error.

        >>> print(QuerySyntaxError("missing", text="a AND ", position=6).pointed)
        a AND
              ^
        """
        start = max(0, self.position - _SHOWN_BEFORE)
        shown = ("…" if start else "") + self.text[start:]
        return f"{shown.rstrip()}\n{' ' * (self.position - start + bool(start))}^"
