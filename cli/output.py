"""Printing for people and for programs."""

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
WIDE = 10_000  # columns where nobody looks: lines and tables are kept whole for the program that reads them

# What pages and people wrote is printed as it is: "[b]" is no markup and ":car:" no picture
console = Console(highlight=False, markup=False, emoji=False, width=None if sys.stdout.isatty() else WIDE)


def progress_bar(*columns: ProgressColumn, quiet: bool) -> Progress:
    """A bar for people who look on: none in what is piped, which a program reads."""
    return Progress(*columns, console=console, disable=quiet or not console.is_terminal)


def print_json(value: Any) -> None:
    """Print a record, mapping or list as JSON, which loses nothing whatever the terminal lacks."""
    encoding = sys.stdout.encoding or "utf-8"  # None where nothing is encoded
    print(json.dumps(plain(value), ensure_ascii=encoding.lower() != "utf-8", indent=2))


def plain(value: Any) -> Any:
    """Records as mappings and moments as ISO 8601 text, so that JSON can hold them."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return value.isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else value  # as the API writes it


def named(title: str) -> Column:
    """A column of ids, which are typed and copied: it stays whole in a narrow terminal, where others give way."""
    return Column(title, no_wrap=True)


def says_yes(question: str) -> bool:
    """Whether the person at the terminal agrees; anything but yes is no."""
    return console.input(f"{question} [y/N] ", markup=False).strip().lower() in {"y", "yes"}


def print_table(table: Table, *, if_empty: str) -> None:
    """Print a table, or this sentence where it has no rows."""
    console.print(table if table.row_count else if_empty)


def counted(number: int, what: str) -> str:
    """A number of things.

    >>> counted(1, "file"), counted(2, "file")
    ('1 file', '2 files')
    """
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def mebibytes(size_bytes: int) -> str:
    """A size.

    >>> mebibytes(3 * MIB // 2)
    '1.5 MiB'
    """
    return f"{size_bytes / MIB:,.1f} MiB"


def removal(at: datetime, zone: tzinfo) -> str:
    """That an article was removed, and on which day."""
    return f"removed by its publisher on {at.astimezone(zone).date()}"


def moment(at: datetime | None, zone: tzinfo) -> str:
    """A time for a table: to the minute, in the zone times are shown in."""
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M") if at else "–"
