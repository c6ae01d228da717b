"""What is noted of troubles and what operators are told is kept whole or not at all. Runs on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from news.errors import StoreError
from news.notices import Noted
from news.troubles import Severity, Trouble, TroubleKind
from store.notices import KEPT, Message, Notices, Target
from store.service import Store
from tests.support.stores import NOW, Place, after

ENGINE = Trouble(kind=TroubleKind.ENGINE, severity=Severity.URGENT, what="the engine is away", evidence="no answer")
ALARM = Trouble(
    kind=TroubleKind.ALARM,
    severity=Severity.WARNING,
    source_id="paper",
    part="no_date",
    what="reads otherwise",
    todo="look",
    since_at=NOW,
)
HOOK, MAIL = Target("webhook", "hooks.example"), Target("mail", "desk@paper.example")


def message(key: str, *, at: datetime = NOW) -> Message:
    return Message(
        id=key, made_at=at, subject=f"Notice {key}", text="Wrong:\n- all", body={"event": "notice", "id": key}
    )


def send(store: Store, key: str, *targets: Target, at: datetime = NOW) -> None:
    store.notices.keep([], before=[], message=message(key, at=at), targets=targets or (HOOK, MAIL))


def test_what_was_noted_is_there_again_and_what_is_over_is_not(place: Place) -> None:
    store = place.open()
    first = [Noted(trouble=ENGINE, first_seen_at=NOW), Noted(trouble=ALARM, first_seen_at=NOW, told_at=after(hours=1))]
    store.notices.keep(first, before=[])
    assert sorted(place.open().notices.noted(), key=lambda each: each.trouble.kind) == sorted(
        first, key=lambda each: each.trouble.kind
    )
    second = [replace(first[1], gone_at=after(hours=2), trouble=replace(ALARM, evidence="more"))]
    store.notices.keep(second, before=first)
    assert store.notices.noted() == second
    store.notices.keep([], before=second)
    assert store.notices.noted() == []


def test_a_message_waits_for_each_target_until_it_is_told_given_up_or_dropped(store: Store) -> None:
    send(store, "a")
    hook, mail = store.notices.pending()
    assert [each.target for each in (hook, mail)] == [HOOK, MAIL]
    assert (hook.message, hook.attempt_count, hook.next_attempt_at) == (message("a"), 0, NOW)
    store.notices.postpone(hook.id, "status 500", until=after(seconds=10), attempts=1)
    store.notices.postpone(hook.id, "status 502", until=after(seconds=20), attempts=0)
    (waiting,) = (each for each in store.notices.pending() if each.target == HOOK)
    assert (waiting.attempt_count, waiting.reason) == (1, "status 502")
    assert waiting.next_attempt_at == after(seconds=20)
    store.notices.told(hook.id)
    store.notices.give_up(mail.id, "no such mailbox")
    assert store.notices.pending() == []
    send(store, "b", MAIL)
    store.notices.drop(store.notices.pending()[0].id, "nobody")
    found = store.notices.newest(limit=9)
    assert [(each.message.id, each.target, each.state, each.attempt_count, each.reason) for each in found] == [
        ("b", MAIL, "dropped", 0, "nobody"),
        ("a", MAIL, "dead", 1, "no such mailbox"),
        ("a", HOOK, "told", 2, ""),
    ]
    assert len(store.notices.newest(limit=1)) == 1


def test_targets_that_do_not_get_what_they_were_sent_last_are_named_until_they_do(store: Store) -> None:
    send(store, "a")
    hook, mail = store.notices.pending()
    for _ in range(2):
        store.notices.postpone(hook.id, "status 500", until=NOW, attempts=1)
    assert store.notices.failing(now=NOW) == [], "one or two may be chance"
    store.notices.postpone(hook.id, "status 500", until=NOW, attempts=1)
    store.notices.give_up(mail.id, "no such mailbox")
    assert {each.target: each.reason for each in store.notices.failing(now=NOW)} == {
        HOOK: "status 500",
        MAIL: "no such mailbox",
    }
    send(store, "b", MAIL)
    assert len(store.notices.failing(now=NOW)) == 2, "what was not tried proves nothing"
    store.notices.told(store.notices.pending()[-1].id)
    assert [each.target for each in store.notices.failing(now=NOW)] == [HOOK]
    assert store.notices.failing(now=after(days=1)) == []


def test_a_notice_and_what_it_told_are_kept_together_or_not_at_all(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = place.open()
    begun = [Noted(trouble=ENGINE, first_seen_at=NOW)]
    store.notices.keep(begun, before=[])
    told = [replace(begun[0], told_at=NOW)]

    def fail(*_args: Any, **_kwargs: Any) -> None:
        raise StoreError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr("store.notices._send", fail)
        with pytest.raises(StoreError):
            store.notices.keep(told, before=begun, message=message("a"), targets=[HOOK])
    assert (store.notices.noted(), store.notices.pending()) == (begun, [])
    store.notices.keep(told, before=begun, message=message("a"), targets=[HOOK])
    assert (store.notices.noted(), len(store.notices.pending())) == (told, 1)


def test_notices_of_the_last_hour_are_counted_and_old_ones_go(store: Store) -> None:
    for minutes in (0, 30, 61):
        send(store, str(minutes), at=after(minutes=minutes))
    assert store.notices.made_at(now=after(minutes=61)) == [after(minutes=30), after(minutes=61)]
    send(store, "late", at=NOW + KEPT + (after(minutes=40) - NOW))
    assert {each.message.id for each in store.notices.newest(limit=99)} == {"61", "late"}


def test_nothing_is_written_where_nothing_changed(store: Store) -> None:
    noted = [Noted(trouble=ENGINE, first_seen_at=NOW)]
    store.notices.keep(noted, before=[])
    notices = Notices(None)  # type: ignore[arg-type]  # it must not be asked
    notices.keep(noted, before=noted)
