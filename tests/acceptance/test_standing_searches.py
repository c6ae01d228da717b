"""A saved search is told what the daemon finds, without the search engine, and across a kill."""

from __future__ import annotations

import json
import signal
import urllib.request

from tests.support.daemons import Newsroom, wait_for
from tests.support.receivers import Receiver


def told(receiver: Receiver) -> list[str]:
    return [json.loads(body)["article"]["title"] for _, body in receiver.calls]


def test_a_daemon_tells_what_it_finds_once_even_when_it_was_killed(followed: Newsroom, receiver: Receiver) -> None:
    commands = followed.commands
    commands.configure(
        shipped_sources=False,
        alerts={"trusted_hosts": ["127.0.0.1"]},
        # nothing listens there: alerts need no search engine
        engine={"kind": "elasticsearch", "elasticsearch_url": "http://127.0.0.1:9", "timeout_seconds": 1},
    )
    saved = commands.json("searches", "add", "ferry (harbour OR island)", "--feed", "rss", "--webhook", receiver.url)
    feed = next(each["secret"] for each in saved["deliveries"] if each["kind"] == "rss")
    daemon = followed.daemon().ready()
    wait_for(lambda: told(receiver), saying=lambda: "\n".join(daemon.log[-30:]))
    daemon.signal(signal.SIGKILL)
    daemon.wait()
    followed.publish("island", "Ferry reaches the island")
    daemon = followed.daemon().ready()
    wait_for(lambda: len(told(receiver)) > 1, saying=lambda: "\n".join(daemon.log[-30:]))
    with urllib.request.urlopen(daemon.url.rstrip("/") + "/feeds/" + feed.rpartition("/")[2], timeout=30) as answer:
        assert b"Ferry reaches the island" in answer.read()
    assert daemon.stop() == 0
    assert told(receiver) == ["Ferry leaves the harbour at dawn", "Ferry reaches the island"]
    token = feed.rpartition("/")[2].partition(".")[0]
    assert not any(token in line for line in daemon.log)
    shown = commands.json("searches", "show", saved["id"])
    assert (shown["found"], shown["to_tell"]) == (2, 0)
