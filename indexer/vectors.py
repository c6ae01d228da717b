"""Making the vectors of articles, apart from crawls and from delivery to the index."""

from __future__ import annotations

from collections.abc import Callable

from indexer.meaning import LANGUAGES, MODEL, SentenceModel
from store.articles.missing_vectors import MissingVectors
from store.articles.vectors import Unread, Vectors

BATCH = 20  # articles in a transaction: a second or two of CPU


def make_vectors(
    missing: MissingVectors,
    vectors: Vectors,
    model: Callable[[], SentenceModel],
    *,
    most: int | None = None,
    goes_on: Callable[[], bool],
) -> int:
    """Make the vectors that are missing, of the newest articles first; returns how many were made.

    At most `most` of them, and none after `goes_on` turned False. The model is asked for only if one is missing. Raises
    ConfigError if its packages are not installed.
    """
    made = 0
    while goes_on() and (most is None or made < most):
        unread = missing.find(MODEL, limit=BATCH if most is None else min(BATCH, most - made))
        if not unread:
            break
        vectors.keep(MODEL, [(each, _vector(each, model)) for each in unread])
        made += len(unread)
    return made


def _vector(unread: Unread, model: Callable[[], SentenceModel]) -> bytes:
    """Nothing for a language that the model does not know: hits in it keep their order."""
    return model().vector(unread.text) if unread.language in LANGUAGES else b""
