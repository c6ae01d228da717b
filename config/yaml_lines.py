"""Reads a small YAML file into plain values and records the line of every key.

People write these files, so YAML features that surprise people are refused: anchors, aliases, tags, duplicate keys and
the YAML 1.1 scalars (`no` is the text "no", not false). This also rules out the attacks YAML is known for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from news.errors import ConfigError

KeyPath = tuple[str | int, ...]

MAX_FILE_BYTES = 256 * 1024  # a choice: the largest hand-written source file seen is under 4 kB
MAX_DEPTH = 12  # a choice: our own files nest three deep

_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_NUMBER = re.compile(r"[-+]?(?:[0-9]{1,18}\.[0-9]{0,18}|\.?[0-9]{1,18})(?:[eE][-+]?[0-9]{1,2})?")


@dataclass(frozen=True, kw_only=True, slots=True)
class LinedYaml:
    """The values of one file and their line numbers."""

    name: str  # how messages name the file
    data: dict[str, Any]
    lines: dict[KeyPath, int] = field(default_factory=dict)  # 1-based

    def line_of(self, path: KeyPath) -> int:
        """The line of a key or list item, or of the nearest enclosing part that is in the file."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_yaml(content: bytes, *, name: str) -> LinedYaml:
    """Parse a mapping; raises ConfigError naming the file and line if it is not one."""
    if len(content) > MAX_FILE_BYTES:
        raise ConfigError(f"{name}: {len(content)} bytes are too many for a settings file; keep it under 256 kB")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ConfigError(f"{name}, line {line}: not UTF-8; save the file as UTF-8") from error
    try:
        return _Reader(text, name).read()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        reason = (error.problem or "cannot be read").replace("\n", " ")
        raise ConfigError(f"{name}, line {line}: not YAML: {reason}; check indentation, colons and quotes") from error
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        raise ConfigError(f"{name}, line {line}: a control character; delete it or retype the line") from error


class _Reader:
    """Builds values directly from the parser's events, so that nothing is built before it is checked."""

    def __init__(self, text: str, name: str) -> None:
        self._events: Iterator[Any] = yaml.parse(text, Loader=yaml.SafeLoader)
        self._name = name
        self._lines: dict[KeyPath, int] = {}

    def read(self) -> LinedYaml:
        event = self._next_content()
        if event is None:
            return LinedYaml(name=self._name, data={})
        data = self._value(event, ())
        if data is None:
            return LinedYaml(name=self._name, data={})
        if not isinstance(data, dict):
            raise self._refuse(event, "not a set of keys", 'write lines such as "key: value"')
        extra = self._next_content()
        if extra is not None:
            raise self._refuse(extra, "a second document starts here", "keep one and drop the --- line")
        return LinedYaml(name=self._name, data=data, lines=self._lines)

    def _next_content(self) -> Any | None:
        """The next event that starts a value at the top level, or None at the end of the file."""
        for event in self._events:
            if isinstance(event, (yaml.NodeEvent, yaml.CollectionStartEvent)):
                return event
        return None

    def _value(self, event: Any, path: KeyPath) -> Any:
        if isinstance(event, yaml.AliasEvent):
            raise self._refuse(event, f"the alias *{event.anchor} is not read here", "write the value out")
        if event.anchor is not None:
            raise self._refuse(event, f"the anchor &{event.anchor} is not read here", "put a value with & in quotes")
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            raise self._refuse(event, f"the tag {tag} is not read here", "write the plain value")
        if len(path) > MAX_DEPTH:
            raise self._refuse(event, f"values are nested more than {MAX_DEPTH} deep", "check the indentation")
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return _scalar(event)

    def _mapping(self, path: KeyPath) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                raise self._refuse(event, "a key has to be a word", 'write "key: value"')
            key = event.value
            if key in found:
                first = self._lines[*path, key]
                raise self._refuse(event, f'"{key}" is set twice (first in line {first})', "keep one of them")
            self._lines[*path, key] = _line(event)
            found[key] = self._value(next(self._events), (*path, key))
        return found

    def _sequence(self, path: KeyPath) -> list[Any]:
        found: list[Any] = []
        for event in self._events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            item = (*path, len(found))
            self._lines[item] = _line(event)
            found.append(self._value(event, item))
        return found

    def _refuse(self, event: Any, what: str, instead: str) -> ConfigError:
        return ConfigError(f"{self._name}, line {_line(event)}: {what}; {instead}")


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _scalar(event: Any) -> str | int | float | bool | None:
    """Read a plain scalar by the YAML 1.2 core schema; quoted and block scalars are text."""
    text: str = event.value
    if event.style is not None:
        return text
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    if text in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return text.lower() == "true"
    if _INTEGER.fullmatch(text):
        return int(text)
    if _NUMBER.fullmatch(text):
        return float(text)
    return text
