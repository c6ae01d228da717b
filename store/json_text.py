"""JSON that every database accepts, serialized where a value is made rather than in the transaction that saves it."""

from __future__ import annotations

import json
from typing import Any


class JsonText(str):
    """A clean value as JSON text, which a JSON column stores as it is."""

    __slots__ = ()


def json_text(value: Any) -> JsonText:
    """The JSON of a value, with its texts cleaned."""
    text = json.dumps(value)
    # Only escaped characters can need cleaning, and most of these are accented letters
    return JsonText(text if _is_clean_json(text, value) else json.dumps(cleaned(value)))


def written(value: Any) -> str:
    """The text passed to a database for a value of a JSON column."""
    return str(value) if isinstance(value, JsonText) else json.dumps(value)


def is_clean(value: Any) -> bool:
    """Whether no text in a value needs cleaning; checked in its JSON, far faster than text by text."""
    return isinstance(value, JsonText) or _is_clean_json(json.dumps(value), value)


def _is_clean_json(text: str, value: Any) -> bool:
    if "\\u0000" in text:
        return False
    if "\\ud" not in text:  # no surrogate, paired or not
        return True
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def clean(text: str) -> str:
    """The text in a form that every database stores: NUL and lone surrogates are replaced."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def cleaned(value: Any) -> Any:
    """The value with all its texts cleaned."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {cleaned(key): cleaned(item) for key, item in value.items()}
    return [cleaned(item) for item in value] if isinstance(value, list | tuple) else value
