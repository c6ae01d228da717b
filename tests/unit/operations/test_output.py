"""What `--json` prints, and tables for people."""

from __future__ import annotations

import io
import json
import sys
import unicodedata
from datetime import UTC, datetime, timedelta, timezone

import pytest
from rich.table import Table

from cli.entry import print_what_there_is
from cli.output import console, plain, print_json


def test_times_are_written_as_the_api_writes_them() -> None:
    at = datetime(2026, 11, 26, 9, 6, 37, 540842, tzinfo=UTC)
    istanbul = at.astimezone(timezone(timedelta(hours=3)))
    assert plain({"at": [at, istanbul, None]}) == {
        "at": ["2026-11-26T09:06:37.540842Z", "2026-11-26T12:06:37.540842+03:00", None]
    }


def columns(text: str) -> int:
    """The columns of a terminal that text without combining marks takes (UAX #11)."""
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def test_columns_of_a_table_stand_below_each_other_in_every_script() -> None:
    table = Table("name", "home", box=None)
    for name in ("人民日報社", "한겨레 신문", "（株）ﾆｭｰｽ", "Gazette"):
        table.add_row(name, "https://a.example/")
    with console.capture() as captured:
        console.print(table)
    lines = captured.get().splitlines()
    places = {columns(line[: line.index("h")]) for line in lines}
    assert (len(lines), len(places)) == (5, 1)


def test_what_looks_like_markup_or_an_emoji_is_printed_as_it_is() -> None:
    address = "https://a.example/?x[/b]=1&[red]=:car:"
    table = Table("address", box=None)
    table.add_row(address)
    with console.capture() as captured:
        console.print(table)
        console.print(address)
    assert captured.get().split() == ["address", address, address]


def test_a_terminal_that_lacks_a_character_is_shown_its_code_and_json_loses_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(shown, encoding="iso8859-9"))
    print_what_there_is()
    print("İzmir · 上海")
    print_json({"place": "上海"})
    sys.stdout.flush()
    line, _, printed = shown.getvalue().decode("iso8859-9").partition("\n")
    assert line == r"İzmir · \u4e0a\u6d77"
    assert json.loads(printed) == {"place": "上海"}
