"""The commented settings file that `newsdex init` writes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from pydantic import BaseModel, SecretStr

from config.fields import Described, described_fields, groups
from config.settings import Settings

_HEADER = """\
# Settings of newsdex. Every setting stands here with its default; remove the "#" in front of a key to change it.
# Environment variables win over this file: NEWSDEX_CRAWL__DELAY_SECONDS=2 sets crawl.delay_seconds.
# Relative paths count from the folder of this file.
"""
_PLAIN = re.compile(r"[A-Za-z0-9~/._-][A-Za-z0-9~/._+() -]*(:[A-Za-z0-9~/._-]+)*")
_NOT_TEXT = re.compile(r"(?i:null|true|false|~|[-+.0-9e_]+)")


def commented_settings() -> str:
    """The text of a settings file that changes nothing: each setting is commented out at its default."""
    nested = dict(groups(Settings))
    parts = [_HEADER]
    parts += [_entry(field, indent="") for field in described_fields(Settings) if len(field.path) == 1]
    for name, group in nested.items():
        parts.append(f"# {_first_line(group)}\n{name}:\n")
        parts += [_entry(field, indent="  ") for field in described_fields(group)]
    return "\n".join(parts)


def written_value(value: Any) -> str:
    """A default as it would be written in the file."""
    if value is None:
        return "null"
    if isinstance(value, SecretStr):
        return '""'
    if isinstance(value, (str, Path)):
        text = str(value)
        return text if _PLAIN.fullmatch(text) and not _NOT_TEXT.fullmatch(text) else json.dumps(text)
    if isinstance(value, (tuple, list)):
        return "[" + ", ".join(written_value(item) for item in value) + "]"
    return json.dumps(value)


def _entry(field: Described, *, indent: str) -> str:
    comment = f"{indent}# {field.description} ({field.wanted})."
    return f"{comment}\n{indent}#{field.path[-1]}: {written_value(field.default)}\n"


def _first_line(group: type[BaseModel]) -> str:
    return (group.__doc__ or "").strip().splitlines()[0]
