"""Which sources get the places for crawls, and whose crawls end for others."""

from __future__ import annotations

from crawler.crawls.places import SHARE_SECONDS, NewestCrawl, giving_up, in_line
from news.triggers import Trigger


def begun(seconds_ago: float, trigger: Trigger = Trigger.SCHEDULE) -> NewestCrawl:
    return NewestCrawl(trigger=trigger, begun_at=1000 - seconds_ago)


def test_who_had_no_crawl_for_longest_comes_first_of_those_with_news() -> None:
    due = {
        "pages": Trigger.REVISIT,
        "late": Trigger.SCHEDULE,
        "new": Trigger.SCHEDULE,
        "early": Trigger.SCHEDULE,
        "asked": Trigger.REQUEST,
    }
    newest = {"pages": begun(900), "late": begun(10), "early": begun(500)}
    assert in_line(due, newest, waiting=[]) == ["asked", "new", "early", "late", "pages"]
    assert in_line(due, newest, waiting=["late"])[:2] == ["asked", "late"]


def test_as_many_long_crawls_end_as_there_are_sources_with_news_left_out() -> None:
    newest = {"longest": begun(3 * SHARE_SECONDS), "long": begun(SHARE_SECONDS), "short": begun(SHARE_SECONDS - 1)}
    one, many = {"a": Trigger.SCHEDULE}, dict.fromkeys("abcd", Trigger.SCHEDULE)
    assert giving_up(newest, newest, one, now=1000) == ["longest"]
    assert giving_up(newest, newest, many, now=1000) == ["longest", "long"]


def test_what_somebody_asked_for_goes_on_and_pages_that_are_due_take_no_place() -> None:
    newest = {"asked": begun(3 * SHARE_SECONDS, Trigger.REQUEST), "long": begun(2 * SHARE_SECONDS)}
    assert giving_up(["asked"], newest, {"a": Trigger.SCHEDULE}, now=1000) == []
    assert giving_up(["long"], newest, {"a": Trigger.REVISIT}, now=1000) == []
