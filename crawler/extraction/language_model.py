"""The language detector with a smaller table of letters, and the same answers to the last bit.

py3langid keeps an automaton as rows of 256 next states: 37 MB and 7 of lists, of which a reading process came to hold
nearly all. A text's state at a byte is the longest of the automaton's byte sequences that ends there (Aho and Corasick,
1975), so a sorted table of these, 1.3 MB, tells the same, in as much time. Making it from the library's file takes a
second, so it is kept (language_tables.py).
"""

from __future__ import annotations

import mmap
import os
from collections import Counter
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from crawler.extraction.language_tables import Sequences, Tables, keep_tables, kept_tables, tables_file

_BYTES = 256
_MAX_LENGTH = 8  # of a sequence, in bytes: so many make a key; the model's longest has six
_ROWS_AT_ONCE = 2_000  # looked through: all would be copied once more
_NO_FEATURE = -1  # the detector's own mark


class SmallIdentifier(LanguageIdentifier):  # type: ignore[misc]  # the library has no types
    """py3langid's detector with sequences in place of its automaton."""

    __slots__ = ("_sequences",)

    def __init__(self, tables: Tables) -> None:
        self._sequences = tables.sequences
        scores, languages = _shared(tables.scores), tables.languages.tolist()
        super().__init__(scores, tables.priors, languages, (), (), norm_probs=True, tk_row=())

    def _raw_score(self, text: bytes) -> NDArray[np.float32]:
        """As the library's, which walks its automaton here."""
        visits = Counter(features_in(text, self._sequences))
        if not visits:
            return np.zeros(len(self.nb_classes), dtype=np.float32)
        scores: NDArray[np.float32] = self._sparse_score(visits, self.nb_ptc)
        return scores


@lru_cache(maxsize=1)
def identifier() -> SmallIdentifier:
    """The detector, its tables read once per process and those forked from it."""
    file = tables_file(os.environ)
    tables = kept_tables(file)
    if tables is None:
        tables = _tables_of(LanguageIdentifier.from_model_file(MODEL_FILE))
        keep_tables(tables, file)
    return SmallIdentifier(tables)


def _tables_of(read: LanguageIdentifier) -> Tables:
    """Empties the one that was read: its automaton beside what comes would be the peak of the process."""
    sequences = sequences_of(read)
    read.tk_nextmove = read.tk_row = read.tk_output = read._rowbase = ()
    return Tables(scores=read.nb_ptc, priors=read.nb_pc, languages=np.array(read.nb_classes), sequences=sequences)


def sequences_of(read: LanguageIdentifier) -> tuple[Sequences, ...]:
    """What the automaton knows, by length from one byte on: the shortest way to a state spells its sequence."""
    next_states = np.asarray(read.tk_nextmove).reshape(-1, _BYTES)
    row_of, feature_of = np.asarray(read.tk_row), np.asarray(read.tk_output, dtype=np.int32)
    is_new = np.ones(len(row_of), dtype=bool)
    is_new[0] = False
    states, keys = np.zeros(1, dtype=np.intp), np.zeros(1, dtype=np.uint64)
    found: list[Sequences] = []
    while len(found) <= _MAX_LENGTH:
        rows = row_of[states]
        at, byte = _where_new(is_new, next_states, rows)
        if not len(at):
            return tuple(found)
        states = next_states[rows[at], byte]
        keys = (keys[at] << np.uint64(8)) | byte.astype(np.uint64)  # in order, as those before, which are as long
        is_new[states] = False
        found.append(Sequences(keys, feature_of[states]))
    raise ValueError(f"py3langid's model knows sequences of more than {_MAX_LENGTH} bytes; install the version locked")


def _where_new(
    is_new: NDArray[np.bool_], next_states: NDArray[np.integer], rows: NDArray[np.integer]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """(place among `rows`, byte) of each step to a new state."""
    starts = range(0, len(rows), _ROWS_AT_ONCE)
    steps = [np.nonzero(is_new[next_states[rows[start : start + _ROWS_AT_ONCE]]]) for start in starts]
    at = [places + start for start, (places, _) in zip(starts, steps, strict=True)]
    return np.concatenate(at), np.concatenate([byte for _, byte in steps])


def features_in(text: bytes, sequences: tuple[Sequences, ...]) -> list[int]:
    """The feature of the longest known sequence that ends at each byte of a text, where it has one."""
    byte = np.frombuffer(text, dtype=np.uint8).astype(np.uint64)
    features = np.full(len(byte), _NO_FEATURE, dtype=np.int32)
    places = np.arange(len(byte))  # one byte on from where a known sequence of the length before ends
    keys = np.zeros(len(byte), dtype=np.uint64)  # those sequences
    for known in sequences:
        keys = (keys << np.uint64(8)) | byte[places]
        at = np.searchsorted(known.keys, keys)
        at[at == len(known.keys)] = 0
        is_known = known.keys[at] == keys
        features[places[is_known]] = known.features[at[is_known]]
        is_known &= places + 1 < len(byte)
        places, keys = places[is_known] + 1, keys[is_known]
    found: list[int] = features[features != _NO_FEATURE].tolist()
    return found


def _shared(table: NDArray[np.float16]) -> NDArray[np.float16]:
    """The table where a forked process has only those of its 27 MB in memory that it looks at."""
    shared = np.frombuffer(mmap.mmap(-1, table.nbytes), dtype=table.dtype).reshape(table.shape)
    shared[...] = table
    return shared
