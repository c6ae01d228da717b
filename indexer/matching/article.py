"""An article as queries see it: the same terms that the engines index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from indexer.analysis.languages import UNDETERMINED, analysis_of
from indexer.analysis.normalizing import TERMS
from indexer.analysis.words import words
from indexer.engines.plan import fold_value
from indexer.fields import FIELDS, Field, Kind

VALUE_GAP = 100  # positions between two values of a list, as in Elasticsearch, so that no phrase spans both
_NO_POSITIONS: Sequence[int] = ()


@dataclass(slots=True)
class Terms:
    """The terms of one field and their positions."""

    positions: dict[str, list[int]] = field(default_factory=dict)  # in order

    @classmethod
    def of(cls, found: Iterable[tuple[int, str]]) -> Terms:
        """From (position, term) in order."""
        made = cls()
        for position, term in found:
            made.positions.setdefault(term, []).append(position)
        return made

    def at(self, term: str) -> Sequence[int]:
        """The positions of a term; empty if it is missing."""
        return self.positions.get(term, _NO_POSITIONS)

    def neighbours(self) -> Iterator[tuple[str, str]]:
        """Each term, paired with the one that follows it."""
        standing = {position: term for term, positions in self.positions.items() for position in positions}
        return ((term, standing[place + 1]) for place, term in standing.items() if place + 1 in standing)


@dataclass(slots=True)
class AnalysedArticle:
    """The searchable side of a document, in the analysis of its own language."""

    analysis: str
    moments: dict[str, datetime] = field(default_factory=dict)  # by date field
    terms: dict[str, Terms] = field(default_factory=dict)  # by text field, in its language; by keyword field, plain
    plain: dict[str, frozenset[str]] = field(default_factory=dict)  # by text or keyword field: unstemmed words
    values: dict[str, frozenset[str]] = field(default_factory=dict)  # by folded keyword field: whole values

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> AnalysedArticle:
        """The searchable side of a document of indexer.documents."""
        made = cls(analysis=analysis_of(document.get("language")))
        for declared in FIELDS.values():
            value = document.get(declared.name)
            if value:
                made._add(declared, value)
        return made

    def _add(self, declared: Field, value: Any) -> None:
        name = declared.name
        if declared.kind is Kind.TEXT:
            self._add_text(name, words(value))
        elif declared.kind is Kind.DATE:
            self.moments[name] = datetime.fromisoformat(value)
        elif declared.kind is Kind.KEYWORD:
            each = value if isinstance(value, list | tuple) else (value,)
            if declared.folded:
                self.values[name] = frozenset(map(fold_value, each))
            if declared.words:
                self._add_values(name, each)

    def _add_text(self, name: str, found: Sequence[str]) -> None:
        spoken = filter(None, map(TERMS[self.analysis].__getitem__, found))
        self.terms[name] = Terms.of(enumerate(spoken))
        self.plain[name] = frozenset(filter(None, map(TERMS[UNDETERMINED].__getitem__, set(found))))

    def _add_values(self, name: str, values: Sequence[str]) -> None:
        placed: list[tuple[int, str]] = []
        for value in values:
            start = placed[-1][0] + VALUE_GAP if placed else 0
            found = filter(None, map(TERMS[UNDETERMINED].__getitem__, words(value)))
            placed += [(start + place, term) for place, term in enumerate(found)]
        self.terms[name] = Terms.of(placed)
        self.plain[name] = frozenset(term for _, term in placed)
