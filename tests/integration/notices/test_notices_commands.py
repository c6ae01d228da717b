"""`newsdex notices`: whether what operators are told would arrive, and what became of it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from scheduler.notifying.notice_texts import Sender, trial_message
from store.notices import Target
from tests.support.commands import Commands
from tests.support.receivers import MailServer, Receiver
from tests.support.stores import NOW


@pytest.fixture
def told(commands: Commands, receiver: Receiver, mail_server: MailServer) -> Commands:
    """An installation that tells by webhook and mail, and has a watchman."""
    mails: dict[str, Any] = {"smtp_host": "127.0.0.1", "smtp_port": mail_server.port, "smtp_security": "none"}
    commands.configure(
        alerts={"trusted_hosts": ["127.0.0.1"], "mail_from": "newsdex@paper.example", **mails},
        notices={
            "webhook_url": f"{receiver.url}/s3cret",
            "emails": "desk@paper.example, two@paper.example",
            "heartbeat_url": f"{receiver.url}/beat",
        },
    )
    return commands


def test_a_test_is_sent_to_everybody_at_once(told: Commands, receiver: Receiver, mail_server: MailServer) -> None:
    found = told.say("notices", "test")
    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout.splitlines() == [
        "webhook 127.0.0.1 took it",
        "mail desk@paper.example took it",
        "mail two@paper.example took it",
        "heartbeat 127.0.0.1 took it",
    ]
    ((_, body),) = receiver.calls
    assert json.loads(body)["event"] == "test"
    assert receiver.beats == ["/hook/beat"]
    assert [mail["To"] for mail in mail_server.mails] == ["desk@paper.example", "two@paper.example"]
    assert mail_server.mails[0]["Subject"].endswith(": a test")


def test_who_does_not_take_it_is_named_with_the_reason(
    told: Commands, receiver: Receiver, mail_server: MailServer
) -> None:
    receiver.answers = [(500, {}), (404, {})]
    mail_server.refused.add("two@paper.example")
    found = told.say("notices", "test", "--json")
    assert found.returncode == 1
    assert found.stderr == "newsdex: 3 of 4 did not take the test: 127.0.0.1, two@paper.example, 127.0.0.1\n"
    assert "s3cret" not in found.stdout
    assert {(each["kind"], each["taken"], each["reason"]) for each in json.loads(found.stdout)} == {
        ("webhook", False, "answered with status 500"),
        ("mail", True, ""),
        ("mail", False, "the mail server refuses the address (status 550)"),
        ("heartbeat", False, "127.0.0.1 answered with status 404"),
    }


def test_where_nobody_is_told_the_settings_are_named(commands: Commands) -> None:
    found = commands.say("notices", "test")
    assert found.returncode == 2
    assert found.stderr.startswith("newsdex: there is nobody to notify; set notices.emails, notices.webhook_url or ")


def test_the_newest_notices_are_listed_with_what_became_of_them(commands: Commands) -> None:
    assert "no notice was made yet" in commands.say("notices", "list").stdout
    message = trial_message(Sender(name="here", time_zone="UTC"), key="k", now=NOW)
    targets = [Target("webhook", "hooks.example"), Target("mail", "desk@paper.example")]
    with commands.opened() as opened:
        notices = opened.store.notices
        notices.keep([], before=[], message=message, targets=targets)
        hook, mail = notices.pending()
        notices.told(hook.id)
        notices.give_up(mail.id, "no such mailbox")
    printed = commands.say("notices", "list").stdout
    for words in (
        "hooks.example",
        "told",
        "desk@paper.example",
        "dead letter (no such mailbox)",
        "newsdex at here: a test",
    ):
        assert words in printed
    newest, oldest = commands.json("notices", "list")
    assert (newest["target"], newest["state"], newest["reason"]) == ("desk@paper.example", "dead", "no such mailbox")
    assert (oldest["kind"], oldest["id"], oldest["attempts"], oldest["next_attempt_at"]) == ("webhook", "k", 1, None)
    assert len(commands.json("notices", "list", "--limit", "1")) == 1


@pytest.mark.parametrize(
    ("notices", "words"),
    [
        ({"emails": ["desk"]}, "is not a mail address; write one such as desk@example.org"),
        ({"webhook_url": "ftp://hooks.example/"}, "is not an http or https URL"),
        ({"webhook_secret": "pass phrase"}, "the value is not whsec_ and at least 24 bytes in Base64"),
        ({"most_per_hour": 0}, "notices.most_per_hour"),
    ],
)
def test_wrong_settings_are_named_in_one_line(commands: Commands, notices: dict[str, Any], words: str) -> None:
    commands.configure(notices=notices)
    found = commands.say("notices", "test")
    assert (found.returncode, len(found.stderr.splitlines())) == (2, 1)
    assert words in found.stderr
    assert "pass phrase" not in found.stderr
