"""The daemon as people run it: started, killed, reloaded, stopped."""

from __future__ import annotations

import os
import shutil
import signal
import urllib.error
import uuid
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from config.memory import FEW_ARENAS
from news.requests import RequestKind, RequestScope, RequestState, RequestView
from store.clock import utc_now
from store.crawls.pauses import EVERYTHING
from store.requests.service import Requests
from tests.es_node.es_node_fixture import delay
from tests.support.arenas import arenas_of
from tests.support.daemons import LIMIT_SECONDS, Newsroom, wait_for
from tests.support.shared_elasticsearch import engine_at


def test_it_follows_its_sources_until_it_is_stopped(followed: Newsroom) -> None:
    daemon = followed.daemon().ready()
    assert daemon.get("/readyz")["status"] == "ready"
    wait_for(lambda: daemon.finds("ferry"), saying=lambda: "".join(daemon.log))

    followed.publish("bridge", "Bridge reopens after the flood")
    wait_for(lambda: daemon.finds("bridge"), saying=lambda: "".join(daemon.log))

    workers = daemon.worker_pids()
    for pid in (daemon.pid, *workers):  # they would be eight for each core; one that outgrew its part has two
        assert arenas_of(pid) <= 2 * FEW_ARENAS
    assert daemon.stop() == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in workers)
    assert "Traceback" not in "".join(daemon.log)


def test_a_second_one_ends_naming_the_first(followed: Newsroom) -> None:
    first = followed.daemon().ready()
    second = followed.commands.run("daemon", "--port", "0")
    assert second.returncode == 1
    assert f"a daemon works on this record already: process {first.pid} on" in second.stderr
    assert len(second.stderr.splitlines()) == 1
    assert first.stop() == 0
    assert followed.daemon().ready().stop() == 0


def test_a_killed_one_leaves_no_worker_and_the_next_goes_on(followed: Newsroom) -> None:
    first = followed.daemon().ready()
    wait_for(lambda: first.finds("ferry"), saying=lambda: "".join(first.log))
    workers = first.worker_pids()
    first.signal(signal.SIGKILL)
    first.wait()
    wait_for(lambda: not any(_lives(pid) for pid in workers))

    followed.publish("bridge", "Bridge reopens after the flood")
    followed.ask()
    second = followed.daemon().ready()
    assert second.finds("ferry")
    wait_for(lambda: second.finds("bridge"), saying=lambda: "".join(second.log))


def test_a_killed_worker_is_replaced(followed: Newsroom) -> None:
    daemon = followed.daemon().ready()
    (worker,) = wait_for(daemon.worker_pids)
    wait_for(lambda: daemon.finds("ferry"), saying=lambda: "".join(daemon.log))
    os.kill(worker, signal.SIGKILL)
    wait_for(daemon.said("the worker died with status -9"))
    followed.publish("bridge", "Bridge reopens after the flood")
    followed.ask()
    wait_for(lambda: daemon.finds("bridge"), saying=lambda: "".join(daemon.log))
    assert daemon.worker_pids() != [worker]


def test_a_request_under_way_does_not_keep_it_from_stopping(followed: Newsroom) -> None:
    followed.commands.configure(daemon={"stop_seconds": 1})
    hanging = followed.publish("bridge", "Bridge reopens after the flood").removeprefix(followed.publisher.url)
    followed.publisher.hang(hanging)
    daemon = followed.daemon().ready()
    wait_for(lambda: followed.publisher.requests_for(hanging))
    assert daemon.stop() == 0
    with followed.commands.opened() as opened:
        assert opened.store.activity.open_runs() == []
        assert opened.store.counts(now=utc_now()).due >= 1


def test_a_second_signal_ends_it_at_once(followed: Newsroom) -> None:
    followed.commands.configure(daemon={"stop_seconds": 60})
    hanging = followed.publish("bridge", "Bridge reopens after the flood").removeprefix(followed.publisher.url)
    followed.publisher.hang(hanging)
    daemon = followed.daemon().ready()
    wait_for(lambda: followed.publisher.requests_for(hanging))
    workers = daemon.worker_pids()
    daemon.signal(signal.SIGTERM)
    wait_for(daemon.said("stopping"))
    daemon.signal(signal.SIGTERM)
    assert daemon.wait() == 130
    wait_for(lambda: not any(_lives(pid) for pid in workers))


def test_reloading_takes_new_sources_and_refuses_wrong_files(followed: Newsroom) -> None:
    daemon = followed.daemon().ready()
    wait_for(lambda: daemon.finds("ferry"), saying=lambda: "".join(daemon.log))

    followed.follow("broken", schedule="every 5")
    daemon.signal(signal.SIGHUP)
    wait_for(daemon.said('schedule: "every 5" is not a cron line or an interval'))
    refused = wait_for(lambda: daemon.get("/api/v1/status")["reload_refused"])
    assert 'schedule: "every 5" is not a cron line' in refused["reason"]
    (followed.commands.home / "sources/broken.yaml").unlink()

    followed.publisher.article(
        "/sport/final-of-the-cup-2", "Cup final goes to extra time", ["It was a long match."] * 9
    )
    followed.publisher.page(
        "/sport", '<main><a href="/sport/final-of-the-cup-2">Cup final goes to extra time</a></main>'
    )
    sections = [{"url": f"{followed.publisher.url}/sport"}]
    followed.follow("sport", home_url=f"{followed.publisher.url}/", feeds=[], sections=sections)
    daemon.signal(signal.SIGHUP)
    wait_for(lambda: daemon.finds("cup"), saying=lambda: "".join(daemon.log))
    assert daemon.get("/api/v1/status")["reload_refused"] is None
    assert daemon.stop() == 0


def test_what_is_asked_for_is_fetched_and_a_pause_is_kept(followed: Newsroom) -> None:
    daemon = followed.daemon().ready()
    wait_for(lambda: daemon.finds("ferry"), saying=lambda: "".join(daemon.log))
    url = followed.publish("bridge", "Bridge reopens after the flood")
    with followed.commands.opened() as opened:
        requests, pauses = opened.store.requests, opened.store.pauses
        pauses.pause(EVERYTHING, now=utc_now())
        wait_for(lambda: not opened.store.activity.open_runs())
        followed.publisher.forget_requests()
        scope = RequestScope(urls=(url,))
        asked, _ = requests.create(RequestKind.FETCH, scope, url_sources={url: "gazette"}, now=utc_now())
        assert daemon.stop() == 0

        again = followed.daemon().ready()
        wait_for(lambda: opened.store.slots.recent("gazette", limit=1)[0].skipped is None)
        assert followed.publisher.requests == []
        pauses.resume(EVERYTHING)
        wait_for(lambda: (view := requests.get(asked.id)) and view.state is RequestState.DONE)
        wait_for(lambda: again.finds("bridge"), saying=lambda: "".join(again.log))

        replayed, _ = requests.create(RequestKind.REPLAY, RequestScope(source_id="gazette"), now=utc_now())
        indexed, _ = requests.create(RequestKind.REINDEX, RequestScope(), now=utc_now())
        wait_for(lambda: all(ended(requests, each.id) for each in (replayed, indexed)))
        for view in (ended(requests, each.id) for each in (replayed, indexed)):
            assert view is not None
            assert (view.state, view.done_count) == (RequestState.DONE, 2)


def test_commands_ask_a_running_daemon_and_follow_it(followed: Newsroom) -> None:
    followed.follow("gazette", schedule="every 31 days")
    daemon = followed.daemon().ready()
    wait_for(lambda: daemon.finds("ferry"), saying=lambda: "".join(daemon.log))
    followed.publish("bridge", "Bridge reopens after the flood")

    crawled = followed.commands.json("crawl", "gazette")["request"]
    assert (crawled["kind"], crawled["state"]) == ("crawl", "done")
    wait_for(lambda: daemon.finds("bridge"), saying=lambda: "".join(daemon.log))

    indexed = followed.commands.json("reindex")["request"]
    assert (indexed["kind"], indexed["state"], indexed["done"]) == ("reindex", "done", 2)
    refused = followed.commands.run("crawl", "gazette", "--due")
    assert refused.returncode == 1
    assert "a daemon is running and crawls what is due by itself" in refused.stderr


def test_an_index_that_was_deleted_is_rebuilt(followed: Newsroom) -> None:
    daemon = followed.daemon().ready()
    wait_for(lambda: daemon.finds("ferry"), saying=lambda: "".join(daemon.log))
    assert daemon.stop() == 0
    shutil.rmtree(followed.commands.home / "data/index")
    again = followed.daemon().ready()
    wait_for(lambda: again.finds("ferry"), saying=lambda: "".join(again.log))


def ended(requests: Requests, request_id: str) -> RequestView | None:
    view = requests.get(request_id)
    return view if view is not None and view.ended else None


def _lives(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False


@pytest.mark.elasticsearch
def test_it_follows_while_elasticsearch_is_away_and_mends_an_index_that_went(
    followed: Newsroom, elasticsearch_fault_proxy: Any
) -> None:
    proxy, name = elasticsearch_fault_proxy, f"test-{uuid.uuid4().hex[:8]}"
    followed.commands.configure(engine=engine_at(proxy.url, name))
    proxy.down()
    daemon = followed.daemon().ready()
    with followed.commands.opened() as opened:
        wait_for(lambda: opened.store.counts().articles, saying=lambda: "".join(daemon.log))
        with pytest.raises(urllib.error.HTTPError) as refused:
            daemon.get("/readyz")
        refused.value.close()
        assert refused.value.code == 503
        assert opened.store.outbox.counts().pending == 1

    proxy.up()
    wait_for(lambda: daemon.finds("ferry"), saying=lambda: "".join(daemon.log))

    with Elasticsearch(proxy.url) as client:
        client.indices.delete(index=list(client.indices.get(index=f"{name}-*")))
    followed.publish("bridge", "Bridge reopens after the flood")
    followed.ask()
    wait_for(lambda: daemon.finds("bridge") and daemon.finds("ferry"), saying=lambda: "".join(daemon.log))
    assert daemon.stop() == 0


@pytest.mark.elasticsearch
def test_a_server_that_hangs_does_not_keep_it_from_stopping(followed: Newsroom, elasticsearch_fault_proxy: Any) -> None:
    proxy = elasticsearch_fault_proxy
    engine = engine_at(proxy.url, f"test-{uuid.uuid4().hex[:8]}")
    followed.commands.configure(engine=engine, daemon={"stop_seconds": 0})
    daemon = followed.daemon().ready()
    wait_for(lambda: daemon.finds("ferry"), saying=lambda: "".join(daemon.log))
    proxy.inject(delay(LIMIT_SECONDS), times=None)
    asked = len(proxy.requests)
    followed.publish("bridge", "Bridge reopens after the flood")
    followed.ask()
    wait_for(lambda: len(proxy.requests) > asked, saying=lambda: "".join(daemon.log))
    assert daemon.stop() == 0
    assert "the stop is held up, as by a server that hangs" in "".join(daemon.log)
    with followed.commands.opened() as opened:
        assert opened.store.outbox.counts().pending == 1
