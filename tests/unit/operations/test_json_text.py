"""JSON written before it is saved: the same bytes as when a column writes it, and as clean."""

from __future__ import annotations

import json
import pickle

import pytest

from store.json_text import JsonText, cleaned, is_clean, json_text, written

VALUES = [
    {"title": "Café", "blocks": [["p", "naïve 😀 “quoted”"]], "n": 1.5, "none": None},
    {"nul": "a\0b"},
    {"lone": ["\ud800 surrogate"]},
    {"한국어": "\ud83d"},
    {"written": r"a literal \u0000 and \ud800"},
]


@pytest.mark.parametrize("value", VALUES)
def test_it_is_what_a_column_would_write_of_the_clean_value(value: object) -> None:
    text = json_text(value)

    assert text == json.dumps(cleaned(value))
    assert written(text) == written(value if is_clean(value) else cleaned(value))
    json.loads(text)


def test_it_is_known_as_written_in_another_process_too() -> None:
    text = pickle.loads(pickle.dumps(json_text({"a": "b"})))

    assert isinstance(text, JsonText)
    assert is_clean(text)
    assert written(text) == '{"a": "b"}'
