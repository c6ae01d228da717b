"""A cursor over the tokens of a query."""

from __future__ import annotations

from collections.abc import Sequence

from news.query.tokens import QueryToken


class Cursor:
    """A position among the tokens that moves forward as they are read."""

    def __init__(self, tokens: Sequence[QueryToken]) -> None:
        self._tokens = tokens
        self._position = 0

    def peek(self) -> QueryToken | None:
        """The next token without moving; None at the end."""
        return self._tokens[self._position] if self._position < len(self._tokens) else None

    def peek_word(self) -> QueryToken | None:
        """The next token if it is a plain word, without moving."""
        token = self.peek()
        return token if token and token.kind == "word" else None

    def next(self) -> QueryToken | None:
        """Take the next token; None at the end."""
        token = self.peek()
        if token is not None:
            self._position += 1
        return token

    def is_at(self, mark: str) -> bool:
        """Whether this operator or parenthesis comes next."""
        token = self.peek()
        return token is not None and token.text == mark and token.kind in {"operator", "paren"}

    def take(self, mark: str) -> QueryToken | None:
        """Take this operator or parenthesis if it comes next; otherwise return None and stay."""
        return self.next() if self.is_at(mark) else None
