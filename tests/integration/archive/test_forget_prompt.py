"""`forget` asks before it forgets, and takes nothing but a yes for one. It is given a terminal of its own."""

from __future__ import annotations

import os
import pty
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from cli.commands.doctor import run_doctor
from cli.commands.forget import forget_target
from news.errors import NewsdexError
from store.archive.forget import ArchiveForgetter
from store.forgetting.journals import begun_in
from tests.support.commands import Commands
from tests.support.stores import add_urls, make_result, make_story

URL = "https://paper.example/a"


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """What somebody types at the terminal that standard input is."""
    ours, theirs = pty.openpty()
    with os.fdopen(theirs) as terminal, os.fdopen(ours, "wb", buffering=0) as keyboard:
        monkeypatch.setattr("sys.stdin", terminal)

        def type_line(line: str) -> None:
            keyboard.write(f"{line}\n".encode())

        yield type_line


@pytest.fixture
def article_id(commands: Commands, monkeypatch: pytest.MonkeyPatch) -> str:
    """An article in the installation of the current folder."""
    monkeypatch.chdir(commands.home)
    with commands.opened() as opened:
        add_urls(opened.store, URL)
        row = opened.store.frontier.row_at(URL)
        assert row is not None
        (saved,) = opened.store.saver.save([make_result(row, make_story("Gone tomorrow", url=URL), archive=None)])
    assert saved is not None
    return saved.article_id or ""


def test_what_is_broken_off_says_who_finishes_it(
    commands: Commands, article_id: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(ArchiveForgetter, "scrub", interrupted)
    with pytest.raises(KeyboardInterrupt):
        forget_target(article_id, reason="", yes=True, as_json=False)
    assert "a running daemon finishes what was begun" in capsys.readouterr().err
    with suppress(NewsdexError):  # nobody is told of troubles, and the like
        run_doctor(as_json=False)
    assert "note  forgetting  1 under way or broken off" in capsys.readouterr().out
    monkeypatch.undo()
    monkeypatch.chdir(commands.home)
    forget_target(URL, reason="", yes=True, as_json=False)
    assert begun_in(commands.home / "data") == []


@pytest.mark.parametrize(
    ("answer", "is_forgotten"), [("y", True), (" YES ", True), ("", False), ("n", False), ("yesterday", False)]
)
def test_only_a_yes_forgets(
    commands: Commands,
    article_id: str,
    typed: Callable[[str], None],
    capsys: pytest.CaptureFixture[str],
    answer: str,
    is_forgotten: bool,
) -> None:
    typed(answer)
    forget_target(article_id, reason="", yes=False, as_json=False)
    told = capsys.readouterr().out
    assert f"Gone tomorrow\n  {URL}\n1 version would go" in told
    assert "forget this for good? [y/N] " in told
    assert ("nothing was forgotten" in told) is not is_forgotten
    with commands.opened() as opened:
        assert (opened.store.articles.get(article_id) is None) is is_forgotten
