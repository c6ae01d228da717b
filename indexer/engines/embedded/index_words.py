"""What the embedded index knows of words, and how a request reads in its languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import tantivy

from indexer.analysis.languages import ANALYSIS_CODES, analysis_of
from indexer.engines.crowds import main_field
from indexer.engines.embedded.query import any_of, index_field
from indexer.engines.embedded.reader import Snapshot
from indexer.engines.embedded.schema import ANALYSIS, PLAIN
from indexer.engines.foreign import Spelling, Spread
from indexer.engines.plan import Words
from indexer.engines.readings import Readings, readings_of
from news.index import SearchRequest
from news.query.tree import TEXT_FIELDS

_MOST_LANGUAGES = 1000


def readings_in(snapshot: Snapshot, request: SearchRequest) -> Readings:
    """The request's distinct readings in the languages of the index's articles."""
    analyses = [code for code in ANALYSIS_CODES if snapshot.searcher.doc_freq(ANALYSIS, code)]
    return readings_of(request, analyses, _IndexWords(snapshot))


@dataclass(frozen=True, slots=True)
class _IndexWords:
    """The words of a snapshot; those of a removed article count until its segment is merged."""

    snapshot: Snapshot

    @property
    def article_count(self) -> int:
        return self.snapshot.searcher.num_docs

    def counts(self, words: Collection[Words]) -> Mapping[Words, int]:
        searcher = self.snapshot.searcher
        return {word: searcher.doc_freq(index_field(main_field(word)), word.terms[0]) for word in words}

    def spreads(self, spellings: Collection[Spelling]) -> Mapping[Spelling, Spread]:
        return {each: self._spread(each) for each in spellings}

    def _spread(self, asked: Spelling) -> Spread:
        known = self.snapshot.spreads.recall(asked)
        if known is None:
            fields = [name if asked.is_stem else name + PLAIN for name in TEXT_FIELDS]
            schema = self.snapshot.schema
            found = [tantivy.Query.term_query(schema, field, asked.term, "basic") for field in fields]
            known = self._counted(any_of(found))
            self.snapshot.spreads.remember(asked, known)
        return known

    def _counted(self, query: tantivy.Query) -> Spread:
        by_language = {"languages": {"terms": {"field": "language", "size": _MOST_LANGUAGES, "missing": ""}}}
        counts: Counter[str] = Counter()
        for bucket in self.snapshot.searcher.aggregate(query, by_language)["languages"]["buckets"]:
            counts[analysis_of(bucket["key"])] += int(bucket["doc_count"])
        return counts
