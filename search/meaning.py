"""The first hits in the order of words and meaning together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from indexer.meaning import MODEL, SentenceModel
from news.errors import StoreError
from news.index import Hit
from news.query.tree import TEXT_FIELDS, AllOf, AnyOf, Description, Fuzzy, Near, Phrase, Query, Term
from news.vectors import by_words_and_meaning, closeness

VectorsOf = Callable[[str, Collection[str]], Mapping[str, bytes]]  # model, article ids -> the vectors that are held


class Meaning:
    """Orders hits by a sentence model, which is asked for when first needed, and the vectors of the record."""

    def __init__(self, vectors_of: VectorsOf, *, load: Callable[[], SentenceModel]) -> None:
        self._vectors_of = vectors_of
        self._load = load

    def ordered(self, query: Query, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        """These hits of a search by relevance, with those moved forward that are closest to its words in meaning.

        As they were if no word is looked for in the texts, or the record cannot be read. Raises ConfigError if the
        model's packages are not installed.
        """
        words = asked_words(query)
        try:
            held = self._vectors_of(MODEL, [hit.id for hit in hits]) if words else {}
        except StoreError:
            held = {}
        if not held:
            return tuple(hits)
        asked = self._load().vector(words)
        order = by_words_and_meaning(
            [hit.id for hit in hits], {article_id: closeness(asked, vector) for article_id, vector in held.items()}
        )
        by_id = {hit.id: hit for hit in hits}
        return tuple(by_id[article_id] for article_id in order)


def asked_words(query: Query) -> str:
    """The words that a query looks for in texts, as typed; without those it excludes.

    >>> asked_words(AllOf((Term("harbour"), Term("bbc", "source"), Phrase("high tide"))))
    'harbour high tide'
    """
    match query:
        case AllOf(children) | AnyOf(children) | Description(children):
            return " ".join(filter(None, map(asked_words, children)))
        case Term(text=text, field=field) | Phrase(text=text, field=field):
            return text if field is None or field in TEXT_FIELDS else ""
        case Near(text=text, field=field) | Fuzzy(text=text, field=field):
            return text if field is None or field in TEXT_FIELDS else ""
        case _:
            return ""
