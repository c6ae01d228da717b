"""Reads single words and phrases of a query as leaves of its tree, limiting their number and cost."""

from __future__ import annotations

import re

from news.query.complaints import Complaints, unknown_field
from news.query.dates import DATE_FIELDS
from news.query.tokens import FIELDS, QueryToken
from news.query.tree import Fuzzy, Near, Phrase, Prefix, Query, Term

MAX_CLAUSES = 64  # words, phrases and prefixes; the rest is ignored
MAX_EXPANDING = 8  # prefixes and fuzzy words, near phrases counting twice; more are read as plain words
MAX_DISTANCE = 50  # of near words
MAX_EDITS = 2  # of a fuzzy word: the most that search engines support
MIN_PREFIX = 2  # letters; one is enough in scripts other than Latin

_FUZZY = re.compile(r"(?P<word>.*\w)~(?P<edits>[0-9]{0,3})")
_LETTER_MISSING = re.compile(r"[^\W\d_]+\?[^\W\d_]+")
_NEARNESS_ELSEWHERE = re.compile(r"(?:adj|n|near|onear|pre|w)/\d{1,3}", re.IGNORECASE)
_EXCLUSION_ELSEWHERE = re.compile(r"!(?P<word>\w.*)")
_WEIGHT_ELSEWHERE = re.compile(r"(?P<word>\w.*)\^\d+(?:\.\d+)?")
_LONG_WORD = 6  # from this many letters on two may be wrong, as in Elasticsearch's AUTO


class WordReader:
    """Reads the words and phrases of one query and counts them."""

    def __init__(self, complaints: Complaints) -> None:
        self._complaints = complaints
        self._clauses = self._expanding = 0

    def read(self, token: QueryToken, field: str | None) -> Query | None:
        """The leaf for a token, in this index field; None when it has no meaning or exceeds the limit."""
        self._clauses += 1
        if self._clauses > MAX_CLAUSES:
            self._complaints.about(token, f"a query has at most {MAX_CLAUSES} words and phrases")
            return None
        match token.kind:
            case "stray":
                self._complaints.about(token, 'this " is never closed; add another')
                return None
            case "phrase" | "quotation":
                return self._phrase(token, field)
            case "url":
                return Term(token.text, field or "url")
            case "unknown":
                self._complaints.about(token, unknown_field(token.text))
        return self._word(token, field)

    def _phrase(self, token: QueryToken, field: str | None) -> Query | None:
        text = token.text.strip()
        if not text:
            self._complaints.about(token, "there is nothing between these quotes")
            return None
        if "*" in text.split():
            self._complaints.about(token, 'a star stands for no word; write "one other"~5 for words near each other')
        if token.slop is not None and token.slop > MAX_DISTANCE:
            self._complaints.about(token, f"near words are at most {MAX_DISTANCE} words apart")
        if token.slop and self._may_expand(token, 2):
            return Near(text, min(token.slop, MAX_DISTANCE), field)
        return Phrase(text, field)

    def _word(self, token: QueryToken, field: str | None) -> Query:
        self._check_marks(token)
        begin = token.text.rstrip("*")
        if begin != token.text and any(character.isalnum() for character in begin):
            return self._prefix(token, begin, field)
        if fuzzy := _FUZZY.fullmatch(token.text):
            return self._fuzzy(token, fuzzy, field)
        return Term(token.text, field)

    def _check_marks(self, token: QueryToken) -> None:
        """Complain about marks that mean something in other search languages, or elsewhere in this one."""
        text = token.text
        name = text[:-1].lower() if text.endswith(":") and token.kind == "word" else ""
        if name in FIELDS or name in DATE_FIELDS:
            self._complaints.about(token, f"nothing stands behind {name}:; write {name}:word with no space between")
        if found := _EXCLUSION_ELSEWHERE.fullmatch(text):
            self._complaints.about(token, f"! excludes nothing; write -{found['word']}")
        if found := _WEIGHT_ELSEWHERE.fullmatch(text):
            self._complaints.about(token, f"^ gives no word more weight; write {found['word']}")
        if _NEARNESS_ELSEWHERE.fullmatch(text):
            self._complaints.about(token, f'{text} is no operator; write "one other"~5')
        if _LETTER_MISSING.fullmatch(text):
            self._complaints.about(
                token, "a ? stands for no letter; write begin* for a beginning, or word~ for a spelling"
            )
        if "*" in text.rstrip("*"):
            self._complaints.about(token, "a star stands at the end of a word: begin*")

    def _prefix(self, token: QueryToken, begin: str, field: str | None) -> Query:
        if len(begin) < MIN_PREFIX and begin.isascii():
            self._complaints.about(token, f"a beginning needs {MIN_PREFIX} letters")
            return Term(begin, field)
        return Prefix(begin, field) if self._may_expand(token) else Term(begin, field)

    def _fuzzy(self, token: QueryToken, found: re.Match[str], field: str | None) -> Query:
        word = found["word"]
        edits = int(found["edits"] or (2 if len(word) >= _LONG_WORD else 1))
        if edits > MAX_EDITS:
            self._complaints.about(token, f"at most {MAX_EDITS} letters may be wrong; write {word}~{MAX_EDITS}")
        if not edits or not self._may_expand(token):
            return Term(word, field)
        return Fuzzy(word, min(edits, MAX_EDITS), field)

    def _may_expand(self, token: QueryToken, cost: int = 1) -> bool:
        self._expanding += cost
        if self._expanding > MAX_EXPANDING:
            self._complaints.about(
                token, f"a query has at most {MAX_EXPANDING} words with * or ~, a near phrase counts as two"
            )
        return self._expanding <= MAX_EXPANDING
