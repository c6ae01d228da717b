"""Operators are told what is wrong and when it is right again, across a kill, and a watchman that all is well."""

from __future__ import annotations

import json
import signal

from tests.support.daemons import Newsroom, wait_for
from tests.support.receivers import Receiver

HASTY = ("-m", "tests.support.hasty_daemon")
LOOKED_AT = {"engine", "documents"}  # a machine that runs tests may have other troubles, such as a full disk


def told(receiver: Receiver) -> list[str]:
    """What began (+) and ended (-), in order; a notice that a kill had come twice is one."""
    found = []
    for body in {each["id"]: each for each in (json.loads(body) for _, body in receiver.calls)}.values():
        for sign, part in (("+", "began"), ("-", "ended")):
            found += [f"{sign}{each['kind']}" for each in body[part] if each["kind"] in LOOKED_AT]
    return found


def test_what_goes_wrong_is_told_and_what_is_right_again(followed: Newsroom, receiver: Receiver) -> None:
    commands = followed.commands
    settings = {
        "shipped_sources": False,
        "alerts": {"trusted_hosts": ["127.0.0.1"]},
        "notices": {
            "webhook_url": f"{receiver.url}/s3cret",
            "heartbeat_url": f"{receiver.url}/beat",
            "heartbeat_seconds": 10,
            "urgent_after_seconds": 0,
            "warning_after_seconds": 0,
        },
    }
    away = {"kind": "elasticsearch", "elasticsearch_url": "http://127.0.0.1:9", "timeout_seconds": 1}  # nobody listens
    commands.configure(**settings, engine=away)
    followed.publisher.page("/feed.xml", "", status=500)
    daemon = followed.daemon(program=HASTY).ready()
    wait_for(lambda: {"+engine", "+documents"} <= set(told(receiver)), saying=lambda: "".join(daemon.log[-30:]))
    assert receiver.beats == []
    assert {each["kind"] for each in daemon.get("/api/v1/status")["troubles"]} >= LOOKED_AT
    followed.publish("bridge", "Bridge reopens after the flood")
    followed.ask()
    wait_for(lambda: "-documents" in told(receiver), saying=lambda: "".join(daemon.log[-30:]))
    daemon.signal(signal.SIGKILL)
    daemon.wait()

    commands.configure(engine={"kind": "embedded"})
    daemon = followed.daemon(program=HASTY).ready()
    wait_for(lambda: "-engine" in told(receiver), saying=lambda: "".join(daemon.log[-30:]))
    wait_for(lambda: receiver.beats, saying=lambda: "".join(daemon.log[-30:]))
    assert daemon.stop() == 0
    assert sorted(told(receiver)) == ["+documents", "+engine", "-documents", "-engine"]
    assert not any("s3cret" in line for line in daemon.log)
    listed = commands.json("notices", "list")
    assert {(each["kind"], each["target"], each["state"]) for each in listed} == {("webhook", "127.0.0.1", "told")}
    assert {each["id"] for each in listed} == {json.loads(body)["id"] for _, body in receiver.calls}
    assert "s3cret" not in json.dumps(listed)
