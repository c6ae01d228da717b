"""The detector's small tables answer as py3langid's own."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace

import numpy as np
import pytest

from crawler.extraction.language_model import features_in, sequences_of

FEATURES = {b"a": 0, b"he": 1, b"she": 2, b"hers": 3}


def automaton(sequences: dict[bytes, int]) -> SimpleNamespace:
    """As py3langid's: a state for each beginning of a sequence; after a byte, the longest that the text ends with."""
    states = sorted({one[:size] for one in sequences for size in range(len(one) + 1)}, key=len)
    number = {state: index for index, state in enumerate(states)}

    def follow(state: bytes, byte: int) -> int:
        text = state + bytes([byte])
        return next(number[text[start:]] for start in range(len(text) + 1) if text[start:] in number)

    def feature(state: bytes) -> int:
        return next((sequences[state[at:]] for at in range(len(state)) if state[at:] in sequences), -1)

    rows = [[follow(state, byte) for byte in range(256)] for state in states]
    return SimpleNamespace(
        tk_nextmove=np.array(rows).ravel(), tk_row=np.arange(len(states)), tk_output=[feature(one) for one in states]
    )


def walked(read: SimpleNamespace, text: bytes) -> list[int]:
    """py3langid's way to the same features."""
    state, found = 0, []
    for byte in text:
        state = read.tk_nextmove[read.tk_row[state] * 256 + byte]
        if read.tk_output[state] >= 0:
            found.append(read.tk_output[state])
    return found


@pytest.mark.parametrize(
    "text", [b"", b"s", b"ushers", b"she has hers; a herd", b"\0\0he\0", b"shershe", bytes(range(256))]
)
def test_a_text_has_the_features_of_the_automaton_in_their_order(text: bytes) -> None:
    read = automaton(FEATURES)
    found = features_in(text, sequences_of(read))
    assert list(Counter(found).items()) == list(Counter(walked(read, text)).items())


def test_sequences_too_long_for_a_key_are_refused() -> None:
    with pytest.raises(ValueError, match="more than 8 bytes"):
        sequences_of(automaton({b"ninebytes": 0}))
