"""Similar articles: a query of an article's distinctive words; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from indexer.analysis.languages import analysis_of
from indexer.analysis.normalizing import is_stop_word, normalized
from indexer.analysis.words import words
from news.index import Hit
from news.query.tree import Description, Query, Term

SIMILAR_SHOWN = 5
_LEAST_SCORE = 0.3  # share of the article's own score that a similar one needs; a choice, checked on a day of newswire
_TITLE_WORDS = 12
_TEXT_WORDS = 12  # the most frequent ones
_READ_CHARACTERS = 20_000  # of the body


def like_query(title: str, dek: str | None, text: str, language: str | None) -> Query | None:
    """A query of the distinctive words of title, dek and body; None when there are none."""
    analysis = analysis_of(language)
    chosen: dict[str, str] = {}  # term -> word
    for word in words(f"{title} {dek or ''}"):
        if _tells(word, analysis) and len(chosen) < _TITLE_WORDS:
            chosen.setdefault(normalized(word, analysis), word)
    counts = Counter(word for word in words(text[:_READ_CHARACTERS]) if _tells(word, analysis))
    for word, count in counts.most_common(2 * _TEXT_WORDS):
        if count > 1 and len(chosen) < _TITLE_WORDS + _TEXT_WORDS:
            chosen.setdefault(normalized(word, analysis), word)
    return Description(tuple(Term(word) for word in chosen.values())) if chosen else None


def alike(hits: Sequence[Hit], own_id: str, cluster: int | None = None) -> list[Hit]:
    """The hits of `like_query` that score close enough to the article, without it and its copies."""

    def is_own(hit: Hit) -> bool:
        return hit.id == own_id or (cluster is not None and hit.fields.get("cluster") == cluster)

    own = next((hit.score for hit in hits if is_own(hit)), None) or 0.0
    others = [hit for hit in hits if not is_own(hit) and (hit.score or 0.0) >= _LEAST_SCORE * own]
    return others[:SIMILAR_SHOWN]


def _tells(word: str, analysis: str) -> bool:
    return len(word) > 1 and not word.isdigit() and not is_stop_word(word, analysis)
