"""A source whose pages stopped to read as usual is told where people look."""

from __future__ import annotations

from news.fetch import Outcome
from news.parts import LEARNING_PAGES
from news.signs import Figures
from tests.support.commands import Commands
from tests.support.stores import after, make_result, row_of


def test_status_and_sources_show_tell_an_alarm(commands: Commands) -> None:
    commands.follow("paper", name="Paper", home_url="https://paper.example/")
    with commands.opened() as opened:
        for number in range(LEARNING_PAGES + 20):
            row = row_of(opened.store, f"https://paper.example/{number}", at=after(minutes=number))
            figures = Figures(title=number, body_characters=2000, has_date=number < LEARNING_PAGES)
            result = make_result(row, outcome=Outcome.UNCHANGED, figures=figures, fetched_at=after(minutes=number))
            opened.store.saver.save([result])

    (alarm,) = commands.json("status")["alarms"]
    assert (alarm["source"], alarm["kind"]) == ("paper", "no_date")
    told = commands.say("status").stdout
    assert "warning: paper: its pages do not read as they usually did: no date (" in told
    assert "(since 2026-03-01" in told
    assert "https://paper.example/" in told
    (shown,) = commands.json("sources", "show", "paper")["audit"]["alarms"]
    assert (shown["kind"], shown["evidence"], shown["ended_at"]) == (alarm["kind"], alarm["evidence"], None)
