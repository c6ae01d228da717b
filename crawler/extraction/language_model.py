"""The language detector with a smaller table, giving the same answers to the last bit.

py3langid stores an automaton as rows of 256 next states: 37 MB plus 7 MB of lists, nearly all of which ended up in the
memory of every reading process. The automaton's state at a byte of a text is the longest known byte sequence that ends
there (Aho and Corasick, 1975), so a sorted table of these sequences (1.3 MB) gives the same result in the same time.
Making it from the library's file takes a second, so it is cached (language_tables.py).
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
_MAX_LENGTH = 8  # bytes of a sequence that fit in a key; the model's longest has six
_ROWS_AT_ONCE = 2_000  # searched; all at once would mean another copy of the table
_NO_FEATURE = -1  # as in the detector


class SmallIdentifier(LanguageIdentifier):  # type: ignore[misc]  # the library has no types
    """py3langid's detector with a table of sequences instead of its automaton."""

    __slots__ = ("_sequences",)

    def __init__(self, tables: Tables) -> None:
        self._sequences = tables.sequences
        scores, languages = _shared(tables.scores), tables.languages.tolist()
        super().__init__(scores, tables.priors, languages, (), (), norm_probs=True, tk_row=())

    def _raw_score(self, text: bytes) -> NDArray[np.float32]:
        """The scores that the library gets by walking its automaton."""
        visits = Counter(features_in(text, self._sequences))
        if not visits:
            return np.zeros(len(self.nb_classes), dtype=np.float32)
        scores: NDArray[np.float32] = self._sparse_score(visits, self.nb_ptc)
        return scores


@lru_cache(maxsize=1)
def identifier() -> SmallIdentifier:
    """The detector; its tables are read once for a process and all processes forked from it."""
    file = tables_file(os.environ)
    tables = kept_tables(file)
    if tables is None:
        tables = _tables_of(LanguageIdentifier.from_model_file(MODEL_FILE))
        keep_tables(tables, file)
    return SmallIdentifier(tables)


def _tables_of(read: LanguageIdentifier) -> Tables:
    """The tables of a detector, which is emptied: keeping its automaton as well would set the process's peak memory."""
    sequences = sequences_of(read)
    read.tk_nextmove = read.tk_row = read.tk_output = read._rowbase = ()
    return Tables(scores=read.nb_ptc, priors=read.nb_pc, languages=np.array(read.nb_classes), sequences=sequences)


def sequences_of(read: LanguageIdentifier) -> tuple[Sequences, ...]:
    """The automaton's sequences by length, from one byte up; the shortest path to a state spells its sequence.

    Raises ValueError if a sequence is too long for a key.
    """
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
        keys = (keys[at] << np.uint64(8)) | byte.astype(np.uint64)  # ascending, as `at` is and all lengths are equal
        is_new[states] = False
        found.append(Sequences(keys, feature_of[states]))
    raise ValueError(f"py3langid's model knows sequences of more than {_MAX_LENGTH} bytes; install the version locked")


def _where_new(
    is_new: NDArray[np.bool_], next_states: NDArray[np.integer], rows: NDArray[np.integer]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """(index into `rows`, byte) of each transition to a state not seen yet."""
    starts = range(0, len(rows), _ROWS_AT_ONCE)
    steps = [np.nonzero(is_new[next_states[rows[start : start + _ROWS_AT_ONCE]]]) for start in starts]
    at = [places + start for start, (places, _) in zip(starts, steps, strict=True)]
    return np.concatenate(at), np.concatenate([byte for _, byte in steps])


def features_in(text: bytes, sequences: tuple[Sequences, ...]) -> list[int]:
    """The features of a text: at each byte, that of the longest known sequence ending there, if it has one."""
    byte = np.frombuffer(text, dtype=np.uint8).astype(np.uint64)
    features = np.full(len(byte), _NO_FEATURE, dtype=np.int32)
    places = np.arange(len(byte))  # the byte after each known sequence of the previous length
    keys = np.zeros(len(byte), dtype=np.uint64)  # of those sequences
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
    """The table in shared memory, so that of its 27 MB a forked process holds only the pages it reads."""
    shared = np.frombuffer(mmap.mmap(-1, table.nbytes), dtype=table.dtype).reshape(table.shape)
    shared[...] = table
    return shared
