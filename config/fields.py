"""Descriptions of a settings model's fields: types, bounds, defaults and meanings.

The same description serves the error messages, the commented file of `newsdex init` and the reference tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le
from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo


@dataclass(frozen=True, kw_only=True, slots=True)
class Described:
    """One key of a settings or source file."""

    path: tuple[str, ...]
    types: tuple[Any, ...]  # the accepted types without None
    optional: bool  # null is accepted
    default: Any
    required: bool
    bounds: tuple[Any, ...]  # annotated_types constraints
    pattern: str | None
    description: str
    words: str | None = None  # what to write, if the type alone cannot say it

    @property
    def key(self) -> str:
        """The dotted name used in messages and documentation."""
        return ".".join(self.path)

    @property
    def is_path(self) -> bool:
        """Whether the value is a file or folder name."""
        return Path in self.types

    @property
    def is_secret(self) -> bool:
        """Whether the value must never be shown."""
        return SecretStr in self.types

    @property
    def wanted(self) -> str:
        """What to write, phrased to follow "write"."""
        words = self.words or _kind_words(self.types) + _bound_words(self.bounds)
        if self.pattern and not self.words:
            words += f" matching {self.pattern}"
        return f"{words}, or null" if self.optional else words


def groups(model: type[BaseModel]) -> Iterator[tuple[str, type[BaseModel]]]:
    """The nested groups of settings, single ones and lists of them, in the order of the model."""
    for name, info in model.model_fields.items():
        item = get_args(info.annotation)[0] if get_origin(info.annotation) is tuple else info.annotation
        if isinstance(item, type) and issubclass(item, BaseModel):
            yield name, item


@cache  # each start calls it five times, and building them takes 14 ms
def described_fields(model: type[BaseModel], prefix: tuple[str, ...] = ()) -> tuple[Described, ...]:
    """Every single setting, with groups expanded, in the order of the model."""
    nested = dict(groups(model))
    found: list[Described] = []
    for name, info in model.model_fields.items():
        if name in nested:
            found += described_fields(nested[name], (*prefix, name))
        else:
            found.append(_described((*prefix, name), info))
    return tuple(found)


def _described(path: tuple[str, ...], info: FieldInfo) -> Described:
    annotation = info.annotation
    union = get_origin(annotation) in (Union, UnionType)
    types = get_args(annotation) if union else (annotation,)
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    patterns = [found for found in (getattr(item, "pattern", None) for item in info.metadata) if found]
    return Described(
        path=path,
        types=tuple(_bare(found) for found in types if found is not type(None)),
        optional=type(None) in types,
        default=info.get_default(call_default_factory=True) if not info.is_required() else None,
        required=info.is_required(),
        bounds=tuple(item for item in info.metadata if isinstance(item, (Ge, Gt, Le))),
        pattern=patterns[0] if patterns else None,
        description=info.description or "",
        words=str(extra["wanted"]) if "wanted" in extra else None,
    )


def _bare(kind: Any) -> Any:
    """The type inside an Annotated, or the type itself."""
    return get_args(kind)[0] if get_origin(kind) is Annotated else kind


def _kind_words(types: tuple[Any, ...]) -> str:
    first = types[0]
    if get_origin(first) is Literal:
        return " or ".join(str(choice) for choice in get_args(first))
    if get_origin(first) in (tuple, list):
        return "a list"
    words = {
        bool: "true or false",
        int: "a whole number",
        float: "a number",
        str: "text",
        SecretStr: "text in quotes",
        Path: "a path",
    }
    return words.get(first, "a value")


def _bound_words(bounds: tuple[Any, ...]) -> str:
    least = next((_plain(bound.ge) for bound in bounds if isinstance(bound, Ge)), None)
    most = next((_plain(bound.le) for bound in bounds if isinstance(bound, Le)), None)
    above = next((_plain(bound.gt) for bound in bounds if isinstance(bound, Gt)), None)
    if least is not None and most is not None:
        return f" from {least} to {most}"
    words = [f" of at least {least}" if least else "", f" above {above}" if above else ""]
    if most is not None:
        words.append(f" and at most {most}" if above else f" of at most {most}")
    return "".join(words)


def _plain(number: Any) -> str:
    return str(int(number)) if float(number).is_integer() else str(number)
