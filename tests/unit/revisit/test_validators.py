"""Whether a server's 304 is believed: how often it is tried, and what proves it wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from news.fetch import UrlKind
from news.revisits.validators import (
    ARTICLES_EVERY,
    DOCUMENTS_EVERY,
    DOUBTED_FOR,
    Condition,
    Look,
    Suspicion,
    Trust,
    Validators,
    after_look,
    condition_for,
    doubts,
    trusts_from_record,
    trusts_record,
)

NOW = datetime(2026, 11, 28, tzinfo=UTC)
OLD, NEW = Validators(etag='"1"'), Validators(etag='"2"')


def asked(trust: Trust, kind: UrlKind = UrlKind.ARTICLE, *, url_id: int = 1, known: Validators = OLD) -> Condition:
    return condition_for(trust, kind=kind, url_id=url_id, known=known, now=NOW)


def look(condition: Condition, *, changed: bool = False, same: bool = False, after: Validators = NEW) -> Look:
    return Look(condition=condition, url_id=1, is_not_modified=same, is_changed=changed, before=OLD, after=after)


@pytest.mark.parametrize(("kind", "every"), [(UrlKind.ARTICLE, ARTICLES_EVERY), (UrlKind.FEED, DOCUMENTS_EVERY)])
def test_one_look_of_so_many_is_made_without_validators(kind: UrlKind, every: int) -> None:
    trust, whole = Trust(), 0
    for _ in range(every * 30):
        condition = asked(trust, kind)
        whole += condition is Condition.WHOLE
        trust = after_look(trust, look(condition, same=condition is Condition.NEWEST), NOW)
    assert 28 <= whole <= 35
    assert asked(Trust(), kind) is Condition.NEWEST


def test_of_as_many_feeds_as_are_asked_before_each_comes_to_be_asked_for_whole() -> None:
    for feed_count in range(1, 2 * DOCUMENTS_EVERY):
        trust, asked_whole = Trust(), set()
        for poll in range(feed_count * 200):
            feed = poll % feed_count
            condition = asked(trust, UrlKind.FEED, url_id=feed)
            if condition is Condition.WHOLE:
                asked_whole.add(feed)
            trust = after_look(trust, look(condition, same=condition is Condition.NEWEST), NOW)
        assert asked_whole == set(range(feed_count))


def test_a_url_without_validators_needs_no_look() -> None:
    assert asked(Trust(unread_count=1000), known=Validators()) is Condition.NONE


def test_a_change_under_the_same_validators_is_a_lie() -> None:
    doubted = after_look(Trust(), look(Condition.WHOLE, changed=True, after=OLD), NOW)
    assert doubted.is_doubted(NOW)
    assert asked(doubted) is Condition.NONE
    (doubt,) = doubts({"feed a.example:8080": doubted, "article a.example": Trust()}, NOW)
    assert (doubt.kind, doubt.host, doubt.until_at) == (UrlKind.FEED, "a.example:8080", NOW + DOUBTED_FOR)


def test_a_change_with_other_validators_is_asked_about_with_those_of_before() -> None:
    trust = after_look(Trust(), look(Condition.WHOLE, changed=True), NOW)
    assert (trust.suspicion, trust.is_doubted(NOW)) == (Suspicion(url_id=1, before=OLD), False)
    assert asked(trust, known=NEW) is Condition.EARLIER
    assert asked(trust, url_id=2) is Condition.NEWEST
    lied = after_look(trust, look(Condition.EARLIER, same=True), NOW)
    assert lied.is_doubted(NOW)
    assert lied.suspicion is None
    told_the_truth = after_look(trust, look(Condition.EARLIER), NOW)
    assert not told_the_truth.is_doubted(NOW)
    assert asked(told_the_truth) is Condition.NEWEST


def test_a_look_that_finds_nothing_changed_raises_no_suspicion() -> None:
    assert after_look(Trust(unread_count=40), look(Condition.WHOLE), NOW) == Trust(whole_count=1)


def test_trust_is_given_again_after_a_month() -> None:
    doubted = Trust(doubted_at=NOW - DOUBTED_FOR)
    assert asked(doubted) is Condition.NEWEST
    assert asked(Trust(doubted_at=NOW - DOUBTED_FOR + timedelta(seconds=1))) is Condition.NONE
    assert after_look(doubted, look(Condition.NEWEST, same=True), NOW).doubted_at is None


def test_trust_survives_being_kept() -> None:
    suspicion = Suspicion(url_id=7, before=Validators(last_modified="Sat, 28 Nov 2026 00:00:00 GMT"))
    trusts = {"feed a.example": Trust(unread_count=3, suspicion=suspicion), "article b.example": Trust(doubted_at=NOW)}
    assert trusts_from_record(trusts_record(trusts)) == trusts
