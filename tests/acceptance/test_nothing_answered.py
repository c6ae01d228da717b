"""A crawl that got nothing of what it asked for says so, and never counts as one that ended well."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from store.clock import utc_now
from store.views import RunView
from tests.support.commands import Commands
from tests.support.daemons import Newsroom, wait_for
from tests.support.publisher import Item, Publisher

PROSE = ["The ferry left the harbour at dawn with forty passengers, the operator said, and reached the island."] * 6
FAILED = 1


@pytest.fixture
def follow(publisher: Publisher, commands: Commands) -> Callable[[], None]:
    """Follows the publisher by its feed, which names one story."""

    def begin() -> None:
        story = publisher.article("/ferry-leaves-harbour-1", "Ferry leaves the harbour at dawn", PROSE)
        feed = publisher.feed("/feed.xml", [Item(link=story, title="Ferry leaves the harbour at dawn")])
        crawl = {"delay_seconds": 0, "max_delay_seconds": 0}
        commands.follow("gazette", name="Gazette", home_url=f"{publisher.url}/", feeds=[feed], crawl=crawl)

    return begin


def last_run(commands: Commands) -> tuple[RunView | None, bool]:
    """The newest crawl, and whether any ended well."""
    with commands.opened() as opened:
        figures = opened.store.overview.sources(["gazette"], now=utc_now())["gazette"]
    return figures.last_run, figures.last_success_at is not None


def test_rules_that_cannot_be_read_end_a_crawl_as_failed(
    publisher: Publisher, commands: Commands, follow: Callable[[], None]
) -> None:
    follow()
    publisher.robots("", status=503)

    done = commands.run("crawl", "gazette", "--json")

    why = "robots.txt answers with status 503, so nothing may be asked"
    advice = "`newsdex sources show gazette` says what to do"
    assert (done.returncode, done.stderr) == (FAILED, f"newsdex: nothing of gazette could be read: {why}; {advice}\n")
    report = json.loads(done.stdout)["crawls"][0]
    assert (report["finish_reason"], report["counts"]) == ("all_failed", {"robots_deferred": 1, "new_urls": 0})
    run, ever_ended_well = last_run(commands)
    assert run is not None
    assert (run.finish_reason, ever_ended_well) == ("all_failed", False)


def test_a_feed_that_is_gone_is_no_crawl_that_ended_well(
    publisher: Publisher, commands: Commands, follow: Callable[[], None]
) -> None:
    follow()
    publisher.gone("/feed.xml")

    done = commands.run("crawl", "gazette")

    assert done.returncode == FAILED
    assert "nothing of gazette could be read: status 404" in done.stderr
    assert last_run(commands)[1] is False


def test_a_backfill_that_gets_nothing_has_failed(
    publisher: Publisher, commands: Commands, follow: Callable[[], None]
) -> None:
    follow()
    publisher.robots("", status=503)

    done = commands.run("backfill", "gazette", "--from", "2024-03-01", "--to", "2024-03-31")

    assert done.returncode == FAILED
    assert "nothing of gazette could be read: robots.txt answers with status 503" in done.stderr
    assert "the crawl ended: all_failed" in done.stdout


def test_a_crawl_by_the_daemon_that_gets_nothing_has_failed(followed: Newsroom) -> None:
    followed.follow("gazette", schedule="every 31 days")
    followed.follow("mirror", schedule="every 31 days", feeds=[f"{followed.publisher.url}/mirror.xml"])
    followed.publisher.gone("/mirror.xml")
    daemon = followed.daemon().ready()
    wait_for(lambda: daemon.finds("ferry"), saying=lambda: "".join(daemon.log))
    with followed.commands.opened() as opened:
        wait_for(lambda: (run := opened.store.runs.last("mirror")) and run.ended_at, saying=lambda: "".join(daemon.log))

    done = followed.commands.run("crawl", "mirror", "gazette")

    advice = "`newsdex sources show mirror` says what to do"
    told = [line for line in done.stderr.splitlines() if " waits: the server of " not in line]  # both are on one
    assert (done.returncode, told) == (FAILED, [f"newsdex: nothing of mirror could be read: status 404; {advice}"])
    assert "Crawl · gazette" in done.stdout


def test_one_page_that_fails_is_no_failed_crawl(
    publisher: Publisher, commands: Commands, follow: Callable[[], None]
) -> None:
    follow()
    publisher.reset("/ferry-leaves-harbour-1")

    done = commands.run("crawl", "gazette")

    assert (done.returncode, done.stderr) == (0, "")
    run, ended_well = last_run(commands)
    assert run is not None
    assert (run.finish_reason, ended_well) == ("finished", True)
