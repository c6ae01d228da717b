"""Nuxt's state for a page's scripts: a function call that returns it, or a list of values that refer to each other.

Both forms are devalue's (github.com/Rich-Harris/devalue): Nuxt 2 passes repeated values as parameters of a function,
Nuxt 3 lists every value once, in a JSON script.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from itertools import islice

MAX_VALUES = 200_000  # of one state; a value used in several places counts each time
MAX_DEPTH = 60  # of values within values
MAX_STATEMENTS = 20_000

_OPENING = re.compile(r"__NUXT__\s{0,3}=\s{0,3}(?:\(function\((?P<names>[\w$,\s]{0,200000})\)\s?\{|(?=\{))")
# The tokens of a JavaScript literal: strings stay, names are quoted, short forms become JSON's.
_TOKEN = re.compile(
    r'"(?:[^"\\]|\\.)*(?:"|\\?\Z)'
    r"|new Date\((?P<date>[^)]{0,40})\)|(?P<void>void 0)|(?P<not>![01])|Array\((?P<size>\d{1,4})\)"
    r"|(?P<name>[A-Za-z_$][\w$]*)(?P<colon>\s?:)?|(?<![\w.])(?P<fraction>-?\.\d)",
    re.DOTALL,
)
_WORDS = {"true": "true", "false": "false", "null": "null", "undefined": "null", "NaN": "null", "Infinity": "null"}
_MARK = "\0"  # put before the name of a parameter; no text contains it
_NAMED = r'"\\u0000([\w$]+)"'
_STATEMENT = re.compile(rf'{_NAMED}(?:\.{_NAMED}|\[("(?:[^"\\]|\\.)*"|\d{{1,6}})\])=')
_RETURN = '"\\u0000return"'

_decoder = json.JSONDecoder(strict=False)


def nuxt_state(text: str) -> object:
    """The state that a Nuxt 2 script assigns to `__NUXT__`; None if it has none, or not in devalue's form."""
    if (match := _OPENING.search(text)) is None:
        return None
    source = _TOKEN.sub(_as_json, text[match.end() :])
    try:
        return _called(source, match["names"]) if match["names"] is not None else _value(source, 0)[0]
    except (ValueError, RecursionError):
        return None


def nuxt_values(values: object) -> object:
    """The state of a Nuxt 3 page, with indexes replaced by their values; None if this is not such a list."""
    if not isinstance(values, list) or not values or not isinstance(values[0], list | dict):
        return None

    def named(number: object) -> object:
        if type(number) is not int:
            return number  # the name of a type, which comes before its content
        return values[number] if 0 <= number < len(values) else None

    return _filled(values[0], named, [MAX_VALUES], 0)


def _as_json(match: re.Match[str]) -> str:
    """One token of a JavaScript literal as JSON; a parameter becomes a marked string."""
    if (name := match["name"]) is not None:
        return f'"{name}":' if match["colon"] else _WORDS.get(name) or f'"\\u0000{name}"'
    if match["date"] is not None:
        return match["date"] or "null"
    if match["not"]:
        return "true" if match["not"] == "!0" else "false"
    if match["size"]:
        return json.dumps([None] * int(match["size"]))
    if match["fraction"]:
        return match["fraction"].replace(".", "0.")
    return "null" if match["void"] else match[0]


def _called(source: str, names: str) -> object:
    """What the function returns: assignments come before its return, the arguments of the call after it."""
    start = source.index(_RETURN)
    result, end = _value(source, start + len(_RETURN))
    given = _arguments(source, source.index("(", end) + 1)
    parameters = dict(zip((name.strip() for name in names.split(",")), given, strict=False))
    for match in islice(_STATEMENT.finditer(source, 0, start), MAX_STATEMENTS):
        key = match[2] or json.loads(match[3])
        _assign(parameters.get(match[1]), key, _value(source, match.end())[0])

    def named(value: object) -> object:
        return parameters.get(value[1:]) if isinstance(value, str) and value[:1] == _MARK else value

    return _filled(result, named, [MAX_VALUES], 0)


def _arguments(source: str, start: int) -> Iterator[object]:
    """The comma-separated values from a position on."""
    while source[start : start + 1] not in ("", ")"):
        value, end = _value(source, start)
        yield value
        start = end + 1 if source[end : end + 1] == "," else len(source)


def _value(source: str, start: int) -> tuple[object, int]:
    """The value at a position, after blanks, and where it ends. Raises ValueError if it is not JSON."""
    while source[start : start + 1].isspace():
        start += 1
    value, end = _decoder.raw_decode(source, start)
    return value, end


def _assign(target: object, key: object, value: object) -> None:
    """Set an entry of a parameter's object or list."""
    if isinstance(target, dict):
        target[key] = value
    elif isinstance(target, list) and isinstance(key, int):
        target[key : key + 1] = [value]


def _filled(value: object, named: Callable[[object], object], left: list[int], depth: int) -> object:
    """A copy with names replaced by their values; `left` holds how many values may still be made."""
    left[0] -= 1
    if left[0] < 0 or depth > MAX_DEPTH:
        return None
    if isinstance(value, dict):
        return {key: _filled(named(each), named, left, depth + 1) for key, each in value.items()}
    if isinstance(value, list):
        return [_filled(named(each), named, left, depth + 1) for each in value]
    return value
