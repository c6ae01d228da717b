"""Tables in a narrow terminal."""

from __future__ import annotations

import io

from rich.console import Console
from rich.table import Table

from cli.output import named


def test_an_id_stays_whole_where_other_columns_give_way() -> None:
    table = Table(named("id"), "name", "state", "asked", "ended", box=None)
    table.add_row("936de769e46ef741", "a long name of a search", "running", "2026-11-28 11:36", "2026-11-28 11:36")
    narrow = io.StringIO()
    Console(file=narrow, width=40).print(table)
    assert "936de769e46ef741" in narrow.getvalue()
