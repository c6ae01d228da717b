"""Turns validation errors into one line a person can act on: file, line, key, value, what to write."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from config.fields import Described, described_fields, groups
from config.yaml_lines import KeyPath, LinedYaml
from news.errors import ConfigError

MAX_QUOTED = 80


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One mistake in a settings or source file."""

    file: str
    line: int | None  # None if there is no line, as for an environment variable
    message: str  # key, value and what to write

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}, line {self.line}"
        return f"{where}: {self.message}"

    def as_error(self) -> ConfigError:
        """The line as an error."""
        return ConfigError(str(self))


def problems_of(
    error: ValidationError, model: type[BaseModel], document: LinedYaml, environment: Mapping[KeyPath, str]
) -> list[Problem]:
    """One problem per error, in file order; `environment` maps a key to the variable that set it."""
    found = [_problem(details, model, document, environment) for details in error.errors(include_url=False)]
    return sorted(found, key=lambda problem: problem.line or 0)


def dotted(path: KeyPath) -> str:
    """A key path as messages write it: `sections[0].url`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def quoted(value: Any) -> str:
    """The offending value in quotes, cut to a readable length, without any password in a URL."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    text = re.sub(r"//[^/@\s]*@", "//…@", " ".join(text.split()))
    return f'"{text[:MAX_QUOTED]}…"' if len(text) > MAX_QUOTED else f'"{text}"'


def _problem(
    details: ErrorDetails, model: type[BaseModel], document: LinedYaml, environment: Mapping[KeyPath, str]
) -> Problem:
    path = details["loc"]
    message = f"{dotted(path)}: {_objection(details, model)}" if path else str(details["ctx"]["error"])
    if path in environment:
        return Problem(file=f"environment variable {environment[path]}", line=None, message=message)
    return Problem(file=document.name, line=document.line_of(path), message=message)


def _objection(details: ErrorDetails, model: type[BaseModel]) -> str:
    path = tuple(part for part in details["loc"] if isinstance(part, str))
    field = _find(path, model)
    shown = "the value" if field is not None and field.is_secret else quoted(details["input"])
    match details["type"]:
        case "extra_forbidden":
            return f"is not a setting; {_nearest(path, model)}"
        case "missing":
            return "is missing; add it"
        case "model_type" | "dict_type" | "model_attributes_type":
            return f"{shown} is not a group of settings; write its keys below it, indented"
        case "value_error":
            return f"{shown} {details['ctx']['error']}"
    return _unwanted(details, field, shown)


def _unwanted(details: ErrorDetails, field: Described | None, shown: str) -> str:
    if field is None:
        return f"{shown}: {details['msg'][:1].lower()}{details['msg'][1:]}"
    is_item = isinstance(details["loc"][-1], int)
    return f"{shown} is not accepted; write {'text' if is_item else field.wanted}"


def _find(path: tuple[str, ...], model: type[BaseModel]) -> Described | None:
    return next((field for field in described_fields(model) if field.path == path), None)


def _nearest(path: tuple[str, ...], model: type[BaseModel]) -> str:
    """Suggest where an unknown key may have been meant to go."""
    for name in path[:-1]:
        nested = dict(groups(model)).get(name)
        if nested is None:
            return "delete the line"
        model = nested
    known = list(model.model_fields)
    close = difflib.get_close_matches(path[-1], known, n=1)
    return f'did you mean "{close[0]}"?' if close else f"known here: {', '.join(known)}"
