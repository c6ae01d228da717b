"""Matches reach webhooks and mail readers, or are given up with the reason."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from config.settings import AlertSettings, Settings
from indexer.matching.service import StandingMatching
from news.alerts import written_secret
from news.index import Filters
from news.standing import Delivery, DeliveryKind, Pace
from scheduler.notifying.match_deliveries import Teller
from store.schema import article
from store.service import Store
from tests.support.daemons import wait_for
from tests.support.receivers import MailServer, Receiver
from tests.support.stores import NOW, Place, after, fetch_story, make_story
from tests.support.tls import certificate_for

PAGE = "https://paper.example/world/storm-1"
TRUSTING = Settings(alerts=AlertSettings(trusted_hosts=("127.0.0.1",)))


@pytest.fixture
def place(sqlite_place: Place) -> Place:
    return sqlite_place


def teller(store: Store, *, at: datetime = NOW, settings: Settings = TRUSTING) -> Teller:
    return Teller(store, lambda: settings, {"paper": "The Paper"}, clock=lambda: at, jitter=lambda: 0.5)


def watch(store: Store, url: str | None = None, **fields: Any) -> tuple[Delivery, str | None]:
    """A search for storms and its delivery."""
    search = store.standing_searches.add("Storms", "storm", Filters(), now=NOW)
    kind = DeliveryKind.WEBHOOK if url else DeliveryKind.MAIL
    values = {"target": url} if url else {"target": "desk@paper.example", "pace": Pace.IMMEDIATE, "time_zone": "UTC"}
    made = store.standing_deliveries.add(search.id, kind, now=NOW, **values | fields)
    return made.delivery, made.secret


def find(store: Store, *titles: str) -> None:
    """Articles that match."""
    for number, title in enumerate(titles):
        fetch_story(store, f"{PAGE}{number}", make_story(title, f"A storm <b>blows</b> near pier {number}."))
    for _ in StandingMatching(store, clock=lambda: NOW).match_pending():
        pass


def test_a_webhook_gets_each_match_once_and_signed(store: Store, receiver: Receiver) -> None:
    delivery, secret = watch(store, receiver.url)
    find(store, "Storm at sea", "Storm on land")
    teller(store).tell(delivery.id)
    teller(store).tell(delivery.id)
    assert [json.loads(body)["article"]["title"] for _, body in receiver.calls] == ["Storm at sea", "Storm on land"]
    headers, body = receiver.calls[0]
    told = json.loads(body)
    assert (told["type"], told["search"]["name"], told["article"]["source"]) == ("match", "Storms", "paper")
    assert told["article"]["summary_html"] == "A <mark>storm</mark> &lt;b&gt;blows&lt;/b&gt; near pier 0."
    assert headers["webhook-id"] == told["id"]
    assert secret is not None
    key = base64.b64decode(written_secret(secret).removeprefix("whsec_"))  # as a receiver's library has it
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert store.standing_alerts.counts().pending == 0


def test_a_failing_webhook_is_tried_again_later_with_the_same_id(store: Store, receiver: Receiver) -> None:
    delivery, _ = watch(store, receiver.url)
    find(store, "Storm at sea", "Storm on land")
    receiver.answers = [(503, {"Retry-After": "90"})]
    teller(store).tell(delivery.id)
    assert len(receiver.calls) == 1  # the second waits with the first
    assert store.standing_alerts.next_due_at() == after(seconds=90)
    failed = store.standing_alerts.failing(delivery.search_id)[delivery.id]
    assert (failed.attempt_count, failed.reason, failed.next_attempt_at) == (
        1,
        "answered with status 503",
        after(seconds=90),
    )
    teller(store, at=after(seconds=89)).tell(delivery.id)
    assert len(receiver.calls) == 1
    teller(store, at=after(seconds=90)).tell(delivery.id)
    assert [headers["webhook-id"] for headers, _ in receiver.calls[:2]] == [receiver.calls[0][0]["webhook-id"]] * 2
    assert len(receiver.calls) == 3
    assert store.standing_alerts.failing(delivery.search_id) == {}


def test_a_webhook_that_never_answers_well_is_given_up_and_can_be_asked_for_again(
    store: Store, receiver: Receiver
) -> None:
    delivery, _ = watch(store, receiver.url)
    find(store, "Storm at sea")
    receiver.answers = [(500, {})] * 8
    at = NOW
    while (due_at := store.standing_alerts.next_due_at()) is not None:
        at = due_at
        teller(store, at=at).tell(delivery.id)
    assert timedelta(hours=4) < at - NOW < timedelta(hours=12)
    (dead,) = store.standing_alerts.dead(delivery.search_id, limit=10)
    assert (dead.attempt_count, dead.reason) == (8, "answered with status 500")
    assert store.standing_alerts.failing(delivery.search_id) == {delivery.id: dead}
    store.standing_alerts.retry(delivery.search_id, now=at)
    teller(store, at=at).tell(delivery.id)
    assert store.standing_alerts.counts() == type(store.standing_alerts.counts())()


def test_why_a_webhook_failed_is_told_without_what_its_address_keeps_secret(store: Store, receiver: Receiver) -> None:
    delivery, _ = watch(store, f"{receiver.url}services/T0/s3cret?token=s3cret")
    find(store, "Storm at sea")
    at, untrusting = NOW, Settings()  # so that the address is refused
    while (due_at := store.standing_alerts.next_due_at()) is not None:
        at = due_at
        teller(store, at=at, settings=untrusting).tell(delivery.id)
    (dead,) = store.standing_alerts.dead(delivery.search_id, limit=10)
    assert dead.reason.startswith("127.0.0.1 ")
    assert "s3cret" not in dead.reason


def test_a_receiver_that_is_gone_is_not_asked_again(store: Store, receiver: Receiver) -> None:
    delivery, _ = watch(store, receiver.url)
    find(store, "Storm at sea", "Storm on land")
    receiver.answers = [(410, {})]
    teller(store).tell(delivery.id)
    assert store.standing_alerts.counts().dead == 2


def test_nothing_is_told_of_an_article_that_is_gone_and_nothing_waits_for_it(place: Place, receiver: Receiver) -> None:
    store = place.open()
    delivery, _ = watch(store, receiver.url)
    find(store, "Storm at sea", "Storm on land")
    with place.database().write() as connection:
        removed = {"state": "removed", "removed_at": after(days=1)}
        connection.execute(sa.update(article).where(article.c.url.endswith("-10")).values(**removed))
    teller(store).tell(delivery.id)
    assert [json.loads(body)["article"]["title"] for _, body in receiver.calls] == ["Storm on land"]
    assert store.standing_alerts.due_deliveries(now=after(days=9)) == []


def test_redirects_are_not_followed(store: Store, receiver: Receiver) -> None:
    delivery, _ = watch(store, receiver.url)
    find(store, "Storm at sea")
    receiver.answers = [(302, {"Location": receiver.url})]
    teller(store).tell(delivery.id)
    assert len(receiver.calls) == 1
    assert store.standing_alerts.counts().pending == 1


def test_private_addresses_are_refused_unless_they_are_trusted(store: Store, receiver: Receiver) -> None:
    delivery, _ = watch(store, receiver.url)
    find(store, "Storm at sea")
    teller(store, settings=Settings()).tell(delivery.id)
    assert receiver.calls == []
    (alert,) = store.standing_alerts.due(delivery.id, now=after(days=1), limit=10)
    assert "public address" in alert.reason


def test_a_slow_receiver_holds_up_no_other(place: Place, receiver: Receiver, mail_server: MailServer) -> None:
    store = place.open()
    watch(store, receiver.url)
    watch(store)
    find(store, "Storm at sea")
    receiver.held.clear()
    telling = teller(store, settings=mailing(mail_server, trusted_hosts=("127.0.0.1",)))
    telling.begin_due()
    wait_for(lambda: mail_server.mails)
    assert receiver.calls == []
    receiver.held.set()
    telling.close()
    assert len(receiver.calls) == 1


def mailing(server: MailServer, **fields: Any) -> Settings:
    values = {"smtp_host": "127.0.0.1", "smtp_port": server.port, "smtp_security": "none"}
    return Settings(alerts=AlertSettings(**values | {"mail_from": "newsdex@paper.example"} | fields))


def test_a_mail_tells_what_was_found_as_text_and_as_html(store: Store, mail_server: MailServer) -> None:
    delivery, _ = watch(store)
    find(store, "Storm <script>alert(1)</script>", "Storm\r\non land")
    teller(store, settings=mailing(mail_server, public_url="https://news.example/")).tell(delivery.id)
    (mail,) = mail_server.mails
    assert mail["To"] == "desk@paper.example"
    assert mail["Subject"] == "Storms: Storm <script>alert(1)</script> and 1 more"
    assert mail["List-Unsubscribe"].startswith(f"<https://news.example/unsubscribe/ndu_{delivery.id}_")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    text, html = (part.get_content().replace("\r\n", "\n") for part in mail.iter_parts())
    assert "Storm on land\nThe Paper" in text
    assert "A storm <b>blows</b> near pier 0." in text
    assert "<script" not in html
    assert "A <mark>storm</mark> &lt;b&gt;blows&lt;/b&gt; near pier 0." in html
    assert "src=" not in html
    assert store.standing_alerts.counts().pending == 0


def test_without_a_public_address_mails_are_ended_by_mail(store: Store, mail_server: MailServer) -> None:
    delivery, _ = watch(store)
    find(store, "Storm")
    teller(store, settings=mailing(mail_server)).tell(delivery.id)
    wanted = f"<mailto:newsdex@paper.example?subject=unsubscribe%20{delivery.id}>"
    assert mail_server.mails[0]["List-Unsubscribe"] == wanted


def test_a_mail_that_failed_is_sent_again_under_the_same_id(store: Store, mail_server: MailServer) -> None:
    delivery, _ = watch(store)
    find(store, "Storm")
    away = mailing(mail_server).alerts.model_copy(update={"smtp_port": 1})
    teller(store, settings=Settings(alerts=away)).tell(delivery.id)
    (alert,) = store.standing_alerts.due(delivery.id, now=after(days=1), limit=10)
    assert (alert.attempt_count, alert.next_attempt_at) == (1, after(seconds=10))
    assert "mail server" in alert.reason
    teller(store, at=after(seconds=10), settings=mailing(mail_server)).tell(delivery.id)
    assert mail_server.mails[0]["Message-ID"].endswith("@paper.example>")


def test_an_address_that_is_refused_for_good_is_given_up(store: Store, mail_server: MailServer) -> None:
    delivery, _ = watch(store)
    find(store, "Storm")
    mail_server.refused.add("desk@paper.example")
    teller(store, settings=mailing(mail_server)).tell(delivery.id)
    assert store.standing_alerts.counts().dead == 1


def test_a_digest_waits_for_its_hour(store: Store, mail_server: MailServer) -> None:
    delivery, _ = watch(store, pace=Pace.DAILY, time_zone="Europe/Istanbul")
    find(store, "Storm", "Storm again")
    teller(store, settings=mailing(mail_server)).tell(delivery.id)
    assert mail_server.mails == []
    seven = datetime.fromisoformat("2026-03-02T07:00:00+03:00")
    assert store.standing_alerts.next_due_at() == seven
    teller(store, at=seven, settings=mailing(mail_server)).tell(delivery.id)
    assert mail_server.mails[0]["Subject"] == "Storms: Storm and 1 more"


@pytest.fixture
def certified(mail_server: MailServer, tmp_path: Path) -> MailServer:
    """The mail server with a certificate of localhost and a login; nobody trusts it yet."""
    mail_server.certificate = certificate_for("localhost", tmp_path)
    mail_server.login = ("newsdex", "pass phrase")
    return mail_server


def logging_in(server: MailServer, **fields: Any) -> Settings:
    values = {"smtp_host": "localhost", "smtp_username": "newsdex", "smtp_password": "pass phrase"}
    values["smtp_security"] = "tls" if server.is_tls_at_once else "starttls"
    return mailing(server, **values | fields)


def reason_of(store: Store, delivery: Delivery) -> str:
    (alert,) = store.standing_alerts.due(delivery.id, now=after(days=1), limit=10)
    return alert.reason


@pytest.mark.parametrize("at_once", [True, False], ids=["tls", "starttls"])
def test_a_mail_is_handed_over_encrypted_to_a_server_whose_certificate_is_trusted(
    store: Store, certified: MailServer, at_once: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    certified.is_tls_at_once = at_once
    delivery, _ = watch(store)
    find(store, "Storm")
    teller(store, settings=logging_in(certified)).tell(delivery.id)
    assert (certified.mails, "certificate is not trusted" in reason_of(store, delivery)) == ([], True)
    monkeypatch.setenv("SSL_CERT_FILE", str(certified.certificate))
    teller(store, at=after(days=1), settings=logging_in(certified)).tell(delivery.id)
    assert certified.mails[0]["To"] == "desk@paper.example"
    assert [line for line in certified.said if line in {"AUTH", "MAIL", "DATA"}] == []
    assert "TLS AUTH" in certified.said


@pytest.mark.parametrize(
    ("fields", "reason"),
    [({"smtp_password": "another"}, "who are you"), ({"smtp_username": None}, "log in first")],
    ids=["wrong password", "no login"],
)
def test_a_login_that_is_refused_is_told_and_tried_again_later(
    store: Store, certified: MailServer, fields: dict[str, Any], reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certified.certificate))
    delivery, _ = watch(store)
    find(store, "Storm")
    teller(store, settings=logging_in(certified, **fields)).tell(delivery.id)
    assert certified.mails == []
    assert reason in reason_of(store, delivery)
    assert "pass phrase" not in reason_of(store, delivery)


def test_no_password_leaves_unencrypted(store: Store, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    mail_server.login = ("newsdex", "pass phrase")
    delivery, _ = watch(store)
    find(store, "Storm")
    teller(store, settings=logging_in(mail_server)).tell(delivery.id)  # a server that offers no STARTTLS
    assert "STARTTLS" in reason_of(store, delivery)
    monkeypatch.setattr(
        "scheduler.notifying.mails.ip_address", lambda _: ip_address("192.0.2.1")
    )  # the server of another machine
    teller(store, at=after(days=1), settings=logging_in(mail_server, smtp_security="none")).tell(delivery.id)
    assert "unencrypted" in store.standing_alerts.due(delivery.id, now=after(days=2), limit=10)[0].reason
    assert "AUTH" not in mail_server.said
    monkeypatch.undo()
    teller(store, at=after(days=2), settings=logging_in(mail_server, smtp_security="none")).tell(delivery.id)
    assert len(mail_server.mails) == 1
