"""Log lines: one for each event, whatever its text, and no secret in them."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest

from cli.logs import SELDOM_SECONDS, Seldom, set_up_logging
from config.settings import LogSettings
from news.standing_tokens import make_feed_token, unsubscribe_token


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.mark.parametrize("form", ["text", "json"])
def test_hostile_text_stays_in_its_line(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging(LogSettings(format=form), process="daemon")
    logging.getLogger("crawler").warning("fetched %s", "https://x.example/\r\nERROR \x1b[31mforged\u2028line")
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert "\x1b[31mforged" not in lines[0]


def test_json_lines_hold_the_fields(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging(LogSettings(format="json"), process="worker")
    logging.getLogger("crawler").info("crawl ended", extra={"source_id": "paper", "run_id": 7})
    event = json.loads(capsys.readouterr().err)
    assert (event["event"], event["source_id"], event["run_id"], event["level"]) == ("crawl ended", "paper", 7, "info")
    assert event["process"] == "worker"
    assert event["timestamp"].endswith("Z")


def test_secrets_are_masked(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging(LogSettings(), process="daemon")
    key = "ndx_00112233aabb_" + "5" * 48
    logging.getLogger("search").error("refused %s at postgresql://desk:hunter2@db/news", key)
    line = capsys.readouterr().err
    assert "5555" not in line
    assert "hunter2" not in line
    assert "ndx_00112233aabb_***" in line


def test_the_tokens_of_feeds_and_unsubscribe_addresses_are_masked(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging(LogSettings(), process="daemon")
    feed, end = make_feed_token(), unsubscribe_token("0123456789abcdef", "00" * 32)
    logging.getLogger("search").warning("GET /feeds/%s.rss and /unsubscribe/%s failed", feed, end)
    line = capsys.readouterr().err
    assert feed.removeprefix("ndf_") not in line
    assert end.rpartition("_")[2] not in line
    assert "/feeds/ndf_***.rss" in line


def test_the_level_decides_what_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging(LogSettings(level="error"), process="daemon")
    logging.getLogger("crawler").warning("a small thing")
    assert capsys.readouterr().err == ""


def test_a_traceback_is_set_in(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging(LogSettings(), process="daemon")
    try:
        raise ValueError("first\n2026-11-26T00:00:00Z [error] forged")
    except ValueError:
        logging.getLogger("crawler").exception("a crawl failed")
    first, *others = capsys.readouterr().err.splitlines()
    assert "a crawl failed" in first
    assert others
    assert all(line.startswith("    ") for line in others)


def test_what_the_scheduler_says_at_each_turn_of_a_job_is_told_every_ten_minutes() -> None:
    now = 0.0
    seldom = Seldom(lambda: now)

    def is_told(text: str, job: str) -> bool:
        return seldom.filter(logging.LogRecord("apscheduler.scheduler", logging.WARNING, "", 0, text, (job,), None))

    assert is_told("Execution of job %s skipped", "heartbeat")
    assert not is_told("Execution of job %s skipped", "tick")
    assert is_told("Job %s was missed", "tick")
    now = SELDOM_SECONDS
    assert is_told("Execution of job %s skipped", "heartbeat")


def test_it_is_so_once_however_often_logging_is_set_up(capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        set_up_logging(LogSettings(), process="daemon")
    for number in range(3):
        logging.getLogger("apscheduler.scheduler").warning("Execution of job %s skipped", number)
    assert len(capsys.readouterr().err.splitlines()) == 1
