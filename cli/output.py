"""Output for people and for programs."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Any

from rich.console import Console
from rich.progress import Progress, ProgressColumn
from rich.table import Column, Table

MIB = 1024 * 1024
WIDE = 10_000  # columns if not a terminal: lines and tables stay whole for the program that reads them

# Foreign text is printed as it is: "[b]" is not markup and ":car:" not an emoji
console = Console(highlight=False, markup=False, emoji=False, width=None if sys.stdout.isatty() else WIDE)


def progress_bar(*columns: ProgressColumn, quiet: bool) -> Progress:
    """A progress bar for people; none in piped output, which a program reads."""
    return Progress(*columns, console=console, disable=quiet or not console.is_terminal)


def print_json(value: Any) -> None:
    """Print a record, mapping or list as JSON; nothing is lost, whatever the terminal lacks."""
    encoding = sys.stdout.encoding or "utf-8"  # None if nothing is encoded
    print(json.dumps(plain(value), ensure_ascii=encoding.lower() != "utf-8", indent=2))


def plain(value: Any) -> Any:
    """Turn records into mappings and moments into ISO 8601 text, so that JSON can hold them."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return value.isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else value  # as the API writes it


def named(title: str) -> Column:
    """A column of ids, which people type and copy: it stays whole in a narrow terminal while others shrink."""
    return Column(title, no_wrap=True)


def says_yes(question: str) -> bool:
    """Whether the person at the terminal agrees; anything but yes means no."""
    return console.input(f"{question} [y/N] ", markup=False).strip().lower() in {"y", "yes"}


def print_table(table: Table, *, if_empty: str) -> None:
    """Print a table, or this sentence if it has no rows."""
    console.print(table if table.row_count else if_empty)


def counted(number: int, what: str) -> str:
    """A number of things, in words.

    >>> counted(1, "file"), counted(2, "file")
    ('1 file', '2 files')
    """
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def mebibytes(size_bytes: int) -> str:
    """A size in MiB.

    >>> mebibytes(3 * MIB // 2)
    '1.5 MiB'
    """
    return f"{size_bytes / MIB:,.1f} MiB"


def removal(at: datetime, zone: tzinfo) -> str:
    """The statement that an article was removed, and on which day."""
    return f"removed by its publisher on {at.astimezone(zone).date()}"


def moment(at: datetime | None, zone: tzinfo) -> str:
    """A time for a table: to the minute, in the display time zone."""
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M") if at else "–"
