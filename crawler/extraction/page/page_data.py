"""A page's data for its own scripts: Next.js flight data, Nuxt's state, JSON scripts, pushed or assigned states."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from crawler.extraction.page.document import Document
from crawler.extraction.page.nuxt import nuxt_state, nuxt_values

MAX_DATA_CHARACTERS = 3_000_000
MAX_STATES = 40  # of one script
MIN_STATE_CHARACTERS = 300  # shorter ones cannot hold a story

_PUSH = re.compile(r"self\.__next_f\.push\(\s*(\[.*\])\s*\)", re.DOTALL)
# window["__RQ"].push({…}), window.__INITIAL_STATE__ = {…}, … = JSON.parse("{…}")
_STATE = re.compile(
    r"window\[[^]]{1,80}\]\.push\((?=\{)|[\w$\]]\s{0,3}=\s{0,3}(?:JSON\.parse\(\s?(?=\")|(?=\{\s{0,9}\"))"
)
_ROW = re.compile(r"([0-9a-f]{1,6}):", re.IGNORECASE)
_TEXT_ROW = re.compile(r"T([0-9a-f]{1,7}),", re.IGNORECASE)


def data_rows(document: Document) -> dict[str, object]:
    """The page's data by name: flight rows by their id, states and JSON scripts by number."""
    stream: list[str] = []
    rows: dict[str, object] = {}
    for script in document.tree.iter("script"):
        text = (script.text or "")[:MAX_DATA_CHARACTERS]
        if (script.get("type") or "").lower() == "application/json":
            stated = _json(text)
            is_nuxt = script.get("id") == "__NUXT_DATA__"
            rows[f"json {len(rows)}"] = nuxt_values(stated) if is_nuxt else _unwrapped(stated)
        elif match := _PUSH.search(text):
            pushed = _json(match[1])
            if isinstance(pushed, list) and len(pushed) == 2 and isinstance(pushed[1], str):
                stream.append(pushed[1])
        elif "__NUXT__" in text and (state := nuxt_state(text)) is not None:
            rows[f"nuxt {len(rows)}"] = state
        else:
            rows |= {f"state {number}": state for number, state in enumerate(_states(text), len(rows))}
    rows.update(_parse_stream("".join(stream)[:MAX_DATA_CHARACTERS]))
    return rows


def _unwrapped(stated: object) -> object:
    """An object with texts that are JSON parsed, as SvelteKit embeds responses in the page."""
    if not isinstance(stated, dict):
        return stated
    return {
        key: _json(value) or value
        if isinstance(value, str) and value[:1] in ("{", "[") and len(value) >= MIN_STATE_CHARACTERS
        else value
        for key, value in stated.items()
    }


def _states(text: str) -> Iterator[object]:
    """The objects that a script pushes or assigns, except those inside another."""
    position = 0
    for _ in range(MAX_STATES):
        if not (match := _STATE.search(text, position)):
            return
        value, position = _first_json(text, match.end())
        if position - match.end() >= MIN_STATE_CHARACTERS:
            yield _json(value) if isinstance(value, str) else value


def _parse_stream(stream: str) -> dict[str, object]:
    """Parse rows "id:json", which end at a line break, and "id:Tlength,text", where length is in hexadecimal bytes."""
    data, position = stream.encode("utf-8", "surrogatepass"), 0
    rows: dict[str, object] = {}
    while position < len(data):
        head = data[position : position + 24].decode("ascii", "replace")
        match = _ROW.match(head)
        if not match:
            position = _next_line(data, position)
            continue
        start = position + match.end()
        if text_row := _TEXT_ROW.match(head[match.end() :]):
            start += text_row.end()
            position = start + int(text_row[1], 16)
            rows[match[1]] = data[start:position].decode("utf-8", "replace")
        else:
            position = _next_line(data, start)
            rows[match[1]] = _json(data[start:position].decode("utf-8", "replace").lstrip("IHS"))
    return rows


def _next_line(data: bytes, position: int) -> int:
    end = data.find(b"\n", position)
    return len(data) if end < 0 else end + 1


def _json(text: str) -> object:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _first_json(text: str, start: int) -> tuple[object, int]:
    """The JSON value at `start` and where it ends; None and `start` if there is no JSON."""
    try:
        return json.JSONDecoder(strict=False).raw_decode(text, start)
    except (ValueError, RecursionError):
        return None, start
