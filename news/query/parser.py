"""Parser of what people type into the search box; docs/search.md describes the language for its users.

The grammar, from the tightest binding to the loosest::

    word   "a phrase"   "near words"~5   begin*   fuzzy~   field:word   after:2022-01-01   (group)   https://an.address
    -x  NOT x       not x
    +x              x, even among many words
    x AND y         both
    x OR y          either
    x y             see below

Operators are upper case; a field is a name in FIELDS or DATE_FIELDS. Every text parses: an operator out of place is
read as a word. Whatever was not read the way it looks is noted as a complaint, and `parse_strict` raises the first one.

Side by side, phrases, fields, groups and up to ALL_REQUIRED words must all match. More words are a description, of
which only a share must match, because no article contains a whole sentence as typed. Within a description, text in
parentheses or printed quotes is part of the sentence; with more than TYPED words, which nobody types by hand, so are
"quotes" and "-" (`side_by_side.py`; single words and phrases: `words.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from news.query.complaints import Complaint, Complaints, wrong_date
from news.query.cursor import Cursor
from news.query.dates import dated_span
from news.query.errors import QuerySyntaxError
from news.query.side_by_side import Clause, arranged, combined
from news.query.tokens import FIELDS, VALUES, QueryToken, clean_text, tokenize
from news.query.tree import TEXT_FIELDS, AllOf, AnyOf, Fetched, MatchAll, Not, Published, Query, Term
from news.query.words import WordReader

MAX_DEPTH = 16  # of parentheses; deeper ones are ignored

_EDITED = AnyOf(tuple(Term(name, "changed") for name in TEXT_FIELDS))  # whatever an edit changed of its content
_BEFORE_HOST = re.compile(r"\A(?:https?://)?(?:(?:www|\*)?\.)?", re.IGNORECASE)
_LANGUAGE_CODE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9-]+)?[*~]?")


def parse_query(text: str, *, now: datetime | None = None) -> Query:
    """The tree of any text; never raises. An empty text is MatchAll. Without `now`, relative dates are words.

    >>> parse_query('bridge -toll title:"new bridge"')
    AllOf(children=(Term(text='bridge', field=None), Not(child=Term(text='toll', field=None)), \
Phrase(text='new bridge', field='title')))
    """
    return _parse(clean_text(text), now)[0]


def parse_strict(text: str, *, now: datetime | None = None) -> Query:
    """The tree of a text that means what it looks like; raises QuerySyntaxError at the first doubt."""
    clean = clean_text(text)
    query, complaint = _parse(clean, now)
    if complaint:
        raise QuerySyntaxError(complaint.message, text=clean, position=complaint.position)
    return query


def _parse(clean: str, now: datetime | None) -> tuple[Query, Complaint | None]:
    if not (tokens := tokenize(clean)):
        return MatchAll(), None
    complaints = Complaints(len(clean))
    query = _Parser(Cursor(tokens), complaints, now).parse() or combined([Term(word) for word in clean.split()], [])
    complaint = complaints.first()
    if complaint is None and not any(character.isalnum() for character in clean):
        complaint = Complaint(0, "there is no letter and no digit in it to look for; write a word")
    return query, complaint


class _Parser:
    """Recursive descent over the tokens; every method takes the tokens it understands and leaves the rest."""

    def __init__(self, cursor: Cursor, complaints: Complaints, now: datetime | None) -> None:
        self._cursor = cursor
        self._complaints = complaints
        self._words = WordReader(complaints)
        self._now = now
        self._depth = 0

    def parse(self) -> Query | None:
        """Parse the whole text; None when no part of it has a meaning."""
        parts = []
        while self._cursor.peek():
            parts.append(self._sequence(None))
            if closing := self._cursor.take(")"):
                self._complaints.about(closing, "this ) closes nothing; take it away or open it")
        found = [part for part in parts if part is not None]
        return combined([], found) if found else None

    def _sequence(self, field: str | None) -> Query | None:
        clauses: list[Clause] = []
        while (first := self._cursor.peek()) and not self._cursor.is_at(")"):
            item = self._either(field)
            if item is not None:
                clauses.append((first, item))
        return arranged(clauses, field, self._complaints) if clauses else None

    def _either(self, field: str | None) -> Query | None:
        choices = [self._both(field)]
        while self._cursor.take("OR"):
            choices.append(self._both(field))
        return _joined(choices, AnyOf)

    def _both(self, field: str | None) -> Query | None:
        parts = [self._unary(field)]
        while self._cursor.take("AND"):
            parts.append(self._unary(field))
        return _joined(parts, AllOf)

    def _unary(self, field: str | None) -> Query | None:
        negated = False
        while (token := self._cursor.peek()) and (token.kind == "sign" or self._cursor.is_at("NOT")):
            negated ^= token.text in {"-", "NOT"}
            self._cursor.next()
        item = self._primary(field)
        return Not(item) if negated and item is not None else item

    def _primary(self, field: str | None) -> Query | None:
        token = None if self._cursor.is_at(")") else self._cursor.next()
        if token is None:
            self._complaints.about(self._cursor.peek(), "a word or a phrase is missing here")
            return None
        if token.kind == "operator":
            wrong = f"{token.text} has nothing on its left; write a word there, or {token.text.lower()}"
            self._complaints.about(token, wrong)
            return None
        if token.kind == "field":
            return self._field(token)
        if token.text == "(" and token.kind == "paren":
            return self._group(token, field)
        if token.text == "AROUND" and self._cursor.is_at("("):
            self._complaints.about(token, 'AROUND is no operator; write "one other"~5')
        return self._words.read(token, field)

    def _group(self, opening: QueryToken, field: str | None) -> Query | None:
        if self._depth >= MAX_DEPTH:
            self._complaints.about(opening, f"parentheses go at most {MAX_DEPTH} deep")
            return None
        self._depth += 1
        inside = self._sequence(field)
        if inside is None:
            self._complaints.about(opening, "there is nothing in these parentheses")
        if not self._cursor.take(")"):
            self._complaints.about(opening, "this ( is never closed; add )")
        self._depth -= 1
        return inside

    def _field(self, token: QueryToken) -> Query | None:
        """Read what follows the name of a field, to be matched in that field."""
        name = token.text.lower()
        if name not in FIELDS:
            return self._published(token, name)
        field = FIELDS[name]
        if field in VALUES:
            return self._one_of(token, field)
        if name == "site" and (value := self._cursor.peek()) and value.kind in {"word", "url"}:
            self._cursor.next()
            return Term(_BEFORE_HOST.sub("", value.text).rstrip("/"), field)
        value = self._cursor.peek_word()
        if field == "language" and value and not _LANGUAGE_CODE.fullmatch(value.text):
            self._complaints.about(value, f"{name}: takes the code of a language, such as en or tr")
        return self._primary(field)

    def _published(self, token: QueryToken, name: str) -> Query | None:
        value = self._cursor.peek_word()
        span = dated_span(name, value.text, self._now) if value else None
        if span is None:
            return self._name_as_word(token, wrong_date(name))
        self._cursor.next()
        return AllOf((_EDITED, Fetched(*span))) if name == "edited" else Published(*span)

    def _one_of(self, token: QueryToken, field: str) -> Query | None:
        """Read one of the fixed values of a field, such as the part of an article that an edit changed."""
        value = self._cursor.peek_word()
        held = VALUES[field].get(value.text.lower()) if value else None
        if held is None:
            known = ", ".join(dict.fromkeys(VALUES[field].values()))
            return self._name_as_word(token, f"{token.text.lower()}: takes one of {known}")
        self._cursor.next()
        return _EDITED if held in {"any", "edited"} else Term(held, field)

    def _name_as_word(self, token: QueryToken, wrong: str) -> Query | None:
        """Read a field name as a plain word, because its value is wrong."""
        self._complaints.about(self._cursor.peek() or token, wrong)
        return self._words.read(QueryToken("word", token.text, token.position), None)


def _joined(parts: Sequence[Query | None], kind: type[AllOf] | type[AnyOf]) -> Query | None:
    found = tuple(part for part in parts if part is not None)
    if len(found) <= 1:
        return found[0] if found else None
    return kind(found)
