"""A saved search is told what is found, without the search engine, across a kill and a crawl in the foreground."""

from __future__ import annotations

import json
import signal
import urllib.request

from tests.support.daemons import Newsroom, wait_for
from tests.support.receivers import Receiver


def told(receiver: Receiver) -> list[str]:
    return [json.loads(body)["article"]["title"] for _, body in receiver.calls]


def test_what_is_found_is_told_once_across_a_kill_and_a_crawl_without_the_daemon(
    followed: Newsroom, receiver: Receiver
) -> None:
    commands = followed.commands
    commands.configure(
        shipped_sources=False,
        alerts={"trusted_hosts": ["127.0.0.1"]},
        # nothing listens there: alerts need no search engine
        engine={"kind": "elasticsearch", "elasticsearch_url": "http://127.0.0.1:9", "timeout_seconds": 1},
    )
    saved = commands.json("searches", "add", "ferry (harbour OR island)", "--feed", "rss", "--webhook", receiver.url)
    feed = next(each["url"] for each in saved["deliveries"] if each["kind"] == "rss")
    daemon = followed.daemon().ready()
    wait_for(lambda: told(receiver), saying=lambda: "\n".join(daemon.log[-30:]))
    with commands.opened() as opened:  # what it was killed before it wrote down would be told again
        wait_for(lambda: not opened.store.standing_alerts.counts().pending)
    daemon.signal(signal.SIGKILL)
    daemon.wait()
    followed.publish("island", "Ferry reaches the island")
    followed.ask()
    daemon = followed.daemon().ready()
    wait_for(lambda: len(told(receiver)) > 1, saying=lambda: "\n".join(daemon.log[-30:]))
    with urllib.request.urlopen(daemon.url.rstrip("/") + "/feeds/" + feed.rpartition("/")[2], timeout=600) as answer:
        assert b"Ferry reaches the island" in answer.read()
    assert daemon.stop() == 0
    assert told(receiver) == ["Ferry leaves the harbour at dawn", "Ferry reaches the island"]
    token = feed.rpartition("/")[2].partition(".")[0]
    assert not any(token in line for line in daemon.log)
    shown = commands.json("searches", "show", saved["id"])
    assert (shown["found"], shown["pending"]) == (2, 0)

    followed.publish("bridge", "Ferry passes the harbour bridge")
    crawled = commands.run("crawl", "gazette")  # in the foreground, between two daemons
    assert "saved searches found 1" in crawled.stdout
    shown = commands.json("searches", "show", saved["id"])
    assert (shown["found"], shown["pending"], len(told(receiver))) == (3, 1, 2)
    daemon = followed.daemon().ready()
    wait_for(lambda: len(told(receiver)) > 2, saying=lambda: "\n".join(daemon.log[-30:]))
    followed.publish("night", "Ferry stays in the harbour at night")
    followed.ask()
    wait_for(lambda: len(told(receiver)) > 3, saying=lambda: "\n".join(daemon.log[-30:]))
    assert daemon.stop() == 0
    assert told(receiver)[2:] == ["Ferry passes the harbour bridge", "Ferry stays in the harbour at night"]
