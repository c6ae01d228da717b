"""Operators are told of troubles by webhook and mail, in order, and a watchman that all is well."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from config.settings import AlertSettings, NoticeSettings, Settings
from news.troubles import Severity, Trouble, TroubleKind
from scheduler.notifying.operators import LOOK_SECONDS, STALE_LOOKS, Operators
from store.service import Store
from tests.support.daemons import wait_for
from tests.support.receivers import MailServer, Receiver
from tests.support.stores import NOW, Place, after

ENGINE = Trouble(
    kind=TroubleKind.ENGINE,
    severity=Severity.URGENT,
    what="the search engine does not answer",
    evidence="refused",
    todo="see to it",
)
FEED = Trouble(
    kind=TroubleKind.DOCUMENTS,
    severity=Severity.WARNING,
    source_id="paper",
    what="1 of its feeds, sitemaps and sections fails",
    since_at=after(hours=-3),
)
NOTICES = {"urgent_after_seconds": 0, "warning_after_seconds": 0, "most_per_hour": 60}


@pytest.fixture
def place(sqlite_place: Place) -> Place:
    return sqlite_place


@dataclass
class Watched:
    """An installation whose troubles and clock tests set."""

    store: Store
    settings: Settings
    now: datetime = NOW
    present: list[Trouble] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.operators = Operators(
            self.store,
            lambda: self.settings,
            lambda: (self.present, {"paper"}),
            clock=lambda: self.now,
            jitter=lambda: 0.5,
        )

    def look(self, *present: Trouble, at: datetime | None = None) -> None:
        """See these troubles and tell what is due."""
        self.present, self.now = list(present), at or self.now
        self.operators.watch.look()
        self.operators.deliveries.deliver_due()


def watched(store: Store, *, alerts: dict[str, Any] | None = None, **notices: Any) -> Watched:
    trusting = {"trusted_hosts": ("127.0.0.1",), **(alerts or {})}
    return Watched(store, Settings(alerts=AlertSettings(**trusting), notices=NoticeSettings(**(NOTICES | notices))))


def mailing(server: MailServer) -> dict[str, Any]:
    return {
        "smtp_host": "127.0.0.1",
        "smtp_port": server.port,
        "smtp_security": "none",
        "mail_from": "newsdex@paper.example",
        "public_url": "https://news.example/",
    }


def told(receiver: Receiver) -> list[tuple[list[str], list[str], list[str]]]:
    """What each call said began, lasts and ended."""
    bodies = [json.loads(body) for _, body in receiver.calls]
    return [tuple([one["kind"] for one in each[part]] for part in ("began", "lasts", "ended")) for each in bodies]  # type: ignore[misc]


def test_a_trouble_is_told_to_everybody_when_it_begins_and_when_it_is_over(
    store: Store, receiver: Receiver, mail_server: MailServer
) -> None:
    made = watched(store, alerts=mailing(mail_server), webhook_url=receiver.url, emails=("desk@paper.example",))
    made.look()
    made.look(FEED, ENGINE)
    made.look(FEED, ENGINE, at=after(minutes=1))
    made.look(FEED, at=after(hours=2))
    assert told(receiver) == [(["engine", "documents"], [], []), ([], ["documents"], ["engine"])]
    first = json.loads(receiver.calls[0][1])
    assert (first["event"], first["installation"]) == ("notice", "news.example")
    assert "type" not in first
    assert "webhook-signature" not in receiver.calls[0][0]
    began, ended = mail_server.mails
    assert (began["To"], began["Subject"]) == ("desk@paper.example", "newsdex at news.example: 2 troubles, 1 urgent")
    assert began["Auto-Submitted"] == "auto-generated"
    text = began.get_content().replace("\r\n", "\n")
    assert "- URGENT: the search engine does not answer (refused); see to it (since 2026-03-01 12:00 UTC)\n" in text
    assert "- paper: 1 of its feeds, sitemaps and sections fails (since 2026-03-01 09:00 UTC)\n" in text
    assert "How everything is: https://news.example/status" in text
    assert ended["Subject"] == "newsdex at news.example: right again: the search engine does not answer"
    assert "until 2026-03-01 14:00 UTC" in ended.get_content()
    assert first["text"].startswith("newsdex at news.example: 2 troubles, 1 urgent\nWrong:\n- URGENT: the search")
    assert {each.state for each in store.notices.newest(limit=9)} == {"told"}


def test_a_webhook_with_a_secret_is_signed(store: Store, receiver: Receiver) -> None:
    secret = "whsec_" + "A" * 32
    watched(store, webhook_url=receiver.url, webhook_secret=secret).look(ENGINE)
    ((headers, body),) = receiver.calls
    assert headers["webhook-id"] == json.loads(body)["id"]
    assert headers["webhook-signature"].startswith("v1,")


def test_what_is_not_taken_is_tried_again_and_what_comes_after_it_waits_its_turn(
    store: Store, receiver: Receiver
) -> None:
    made = watched(store, webhook_url=receiver.url)
    receiver.answers = [(503, {}), (503, {})]
    made.look(ENGINE)
    assert len(receiver.calls) == 1
    made.look(ENGINE, at=after(seconds=9))
    assert len(receiver.calls) == 1
    made.look(at=after(seconds=9.5))  # over: what is new is tried at once, after what waits
    assert [part for part, _, _ in told(receiver)] == [["engine"], ["engine"]]
    first, second = store.notices.pending()
    assert (first.attempt_count, first.next_attempt_at, first.reason) == (
        1,
        after(seconds=10),
        "answered with status 503",
    )
    assert (second.attempt_count, second.next_attempt_at) == (0, after(seconds=10))
    made.look(at=after(seconds=10))
    assert told(receiver)[2:] == [(["engine"], [], []), ([], [], ["engine"])]


def test_a_slow_or_dead_target_holds_up_no_other(store: Store, receiver: Receiver, mail_server: MailServer) -> None:
    away = mailing(mail_server) | {"smtp_port": 1}
    made = watched(store, alerts=away, webhook_url=receiver.url, emails=("desk@paper.example", "two@paper.example"))
    made.look(ENGINE)
    assert len(receiver.calls) == 1
    assert {each.target[1] for each in store.notices.pending()} == {"desk@paper.example", "two@paper.example"}


def test_what_never_arrives_is_given_up_and_then_told_as_a_trouble(store: Store, receiver: Receiver) -> None:
    made = watched(store, webhook_url=receiver.url)
    receiver.answers = [(500, {})] * 8
    made.look(ENGINE)
    while waiting := store.notices.pending():
        made.now = waiting[0].next_attempt_at
        made.operators.deliveries.deliver_due()
    assert timedelta(hours=4) < made.now - NOW < timedelta(hours=12)
    (failing,) = store.notices.failing(now=made.now)
    assert (failing.state, failing.attempt_count, failing.reason) == ("dead", 8, "answered with status 500")


def test_what_could_not_be_told_for_a_day_or_to_a_target_that_is_no_more_is_dropped(
    store: Store, receiver: Receiver
) -> None:
    made = watched(store, webhook_url=receiver.url)
    receiver.answers = [(500, {})]
    made.look(ENGINE)
    made.look(ENGINE, at=after(days=1))
    assert told(receiver)[1:] == [([], ["engine"], [])]
    newest, oldest = store.notices.newest(limit=9)
    assert (newest.state, oldest.state) == ("told", "dropped")
    receiver.answers = [(500, {})]
    made.look(FEED, at=after(days=1, hours=1))
    made.settings = watched(store).settings
    made.look(at=after(days=1, hours=2))
    assert store.notices.pending() == []
    assert store.notices.newest(limit=1)[0].reason == "the settings name this target no more"
    assert store.notices.failing(now=made.now) == []


def test_a_webhook_s_address_is_told_by_its_host_alone(
    store: Store, receiver: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    made = watched(store, webhook_url=f"{receiver.url}/s3cret", heartbeat_url=f"{receiver.url}/s3cret")
    made.settings = made.settings.model_copy(update={"alerts": AlertSettings()})  # so that the address is refused
    made.look(FEED)
    made.operators.heartbeats.beat_if_due()
    (waiting,) = store.notices.pending()
    assert waiting.reason.startswith("127.0.0.1 ")
    assert "127.0.0.1" in caplog.text
    assert "s3cret" not in caplog.text + waiting.reason + waiting.target[1]


def test_what_was_kept_and_not_sent_is_sent_by_the_next_daemon_with_the_same_id(
    place: Place, receiver: Receiver
) -> None:
    first = watched(place.open(), webhook_url=receiver.url)
    first.present = [ENGINE]
    first.operators.watch.look()  # and is killed
    assert receiver.calls == []
    second = watched(place.open(), webhook_url=receiver.url)
    second.look(ENGINE, at=after(minutes=1))
    assert told(receiver) == [(["engine"], [], [])]


def test_what_was_sent_and_not_marked_is_sent_again_with_the_same_id(
    place: Place, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = watched(place.open(), webhook_url=receiver.url)

    def killed(*_args: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(first.store.notices, "told", killed)
        with pytest.raises(KeyboardInterrupt):
            first.look(ENGINE)
    watched(place.open(), webhook_url=receiver.url).look(ENGINE, at=after(minutes=1))
    ids = [headers for headers, _ in receiver.calls]
    bodies = [json.loads(body)["id"] for _, body in receiver.calls]
    assert len(ids) == 2
    assert bodies[0] == bodies[1]


def test_the_watchman_is_asked_while_nothing_urgent_is_wrong(store: Store, receiver: Receiver) -> None:
    made = watched(store, heartbeat_url=receiver.url, heartbeat_seconds=60)
    made.operators.heartbeats.beat_if_due()
    assert receiver.beats == [], "nobody has looked yet"
    made.look(FEED)
    made.operators.heartbeats.beat_if_due()
    made.operators.heartbeats.beat_if_due()
    assert len(receiver.beats) == 1
    made.look(FEED, at=after(seconds=60))
    made.operators.heartbeats.beat_if_due()
    assert len(receiver.beats) == 2
    made.look(ENGINE, at=after(seconds=180))
    made.operators.heartbeats.beat_if_due()
    assert len(receiver.beats) == 2
    made.look(at=after(hours=1))
    made.operators.heartbeats.beat_if_due()
    assert len(receiver.beats) == 3


def test_the_watchman_is_not_told_that_all_is_well_where_nobody_can_look(store: Store, receiver: Receiver) -> None:
    made = watched(store, heartbeat_url=receiver.url, heartbeat_seconds=10)
    made.look()
    made.now = after(seconds=LOOK_SECONDS * STALE_LOOKS + 1)
    made.operators.heartbeats.beat_if_due()
    assert receiver.beats == []


def test_a_heartbeat_that_is_not_taken_is_logged_once(
    store: Store, receiver: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    made = watched(store, heartbeat_url=receiver.url, heartbeat_seconds=10)
    receiver.answers = [(500, {}), (500, {})]
    with caplog.at_level(logging.WARNING):
        for seconds in (0, 10, 20):
            made.look(at=after(seconds=seconds))
            made.operators.heartbeats.beat_if_due()
    assert [record.message for record in caplog.records] == [
        "the heartbeat is not taken: 127.0.0.1 answered with status 500"
    ]
    assert len(receiver.beats) == 3


def test_its_threads_look_tell_and_beat_until_they_are_ended(place: Place, receiver: Receiver) -> None:
    made = watched(place.open(), webhook_url=receiver.url, heartbeat_url=receiver.url)
    made.present = [FEED]
    made.operators.start()
    wait_for(lambda: receiver.calls and receiver.beats)
    made.operators.finish()
    assert told(receiver) == [(["documents"], [], [])]
