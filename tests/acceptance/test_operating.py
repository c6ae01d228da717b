"""Keys, pauses and work on demand as people use them: by command, over HTTP, with a daemon and without."""

from __future__ import annotations

import json
import re
from pathlib import Path

import httpx
import pytest

from news.fetch import UrlKind
from store.clock import utc_now
from store.records import NewUrl
from tests.support.commands import Commands, Site
from tests.support.daemons import DaemonProcess, Newsroom, wait_for

KEY = re.compile(r"ndx_[0-9a-f]{12}_[0-9a-f]{48}")


@pytest.fixture
def quiet(followed: Newsroom) -> Newsroom:
    """A publisher whose schedule asks nothing while a test goes on."""
    followed.follow("gazette", schedule="every 31 days")
    return followed


def asking(daemon: DaemonProcess, key: str) -> httpx.Client:
    headers = {"Authorization": f"Bearer {key}"}
    return httpx.Client(base_url=daemon.url, headers=headers, trust_env=False, timeout=60)


def test_a_key_is_shown_once_listed_replaced_and_ended(commands: Commands) -> None:
    made = commands.json("keys", "create", "desk", "--scope", "operate")
    assert KEY.fullmatch(made["key"])
    listed = commands.say("keys", "list")
    assert made["id"] in listed.stdout
    assert made["key"] not in listed.stdout
    replaced = commands.json("keys", "rotate", made["id"])
    assert (replaced["name"], replaced["scope"]) == ("desk", "operate")
    assert replaced["key"] != made["key"]
    assert commands.say("keys", "revoke", replaced["id"]).returncode == 0
    assert [key["revoked_at"] is not None for key in commands.json("keys", "list")] == [True, True]
    assert commands.say("keys", "revoke", replaced["id"]).returncode == 3
    assert commands.say("keys", "create", "x", "--scope", "all").returncode == 2
    files = (commands.home / "data").rglob("*")
    assert not any(made["key"].encode() in file.read_bytes() for file in files if file.is_file())


def test_a_public_address_needs_a_key_first(commands: Commands) -> None:
    refused = commands.run("web", "--host", "0.0.0.0", "--port", "0")
    assert refused.returncode == 2
    assert "can be reached from other machines and there is no key yet: make one with" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
    assert commands.run("daemon", "--host", "0.0.0.0", "--port", "0").returncode == 2


def test_a_container_s_first_key_comes_from_a_file(commands: Commands) -> None:
    written = commands.say("keys", "generate").stdout
    (commands.home / "key").write_text(written, encoding="ascii")
    commands.configure(web={"host": "0.0.0.0", "port": 0, "initial_key_file": "key"})
    daemon = DaemonProcess(commands)
    try:
        url = daemon.ready().url.replace("0.0.0.0", "127.0.0.1")
        assert httpx.get(f"{url}api/v1/status", trust_env=False, timeout=60).status_code == 401
        key = {"Authorization": f"Bearer {written.strip()}"}
        assert httpx.get(f"{url}api/v1/status", headers=key, trust_env=False, timeout=60).status_code == 200
        assert written.strip() not in "".join(daemon.log)
        assert daemon.stop() == 0
    finally:
        daemon.close()


def test_without_a_daemon_the_command_does_what_it_asks_for(crawled_site: Site) -> None:
    url = crawled_site.json("search", "muttaqi tehran talks")["hits"][0]["url"]
    for words, kind, counted in (
        (["--url", url], "fetch", {"not_modified": 1}),
        (["--as", "replay", "--url", url], "replay", {"read_count": 1, "changed_count": 0, "unreadable_count": 0}),
        (["--as", "reindex", "--url", url], "reindex", {"indexed": 1}),
    ):
        done = crawled_site.json("recrawl", *words)["request"]
        assert (done["kind"], done["state"], done["counts"]) == (kind, "done", counted)
    whole = crawled_site.json("recrawl", "--as", "reindex")["request"]
    assert (whole["state"], whole["done"]) == ("done", whole["total"])
    assert len(crawled_site.json("requests", "list")["requests"]) == 4
    assert crawled_site.run("recrawl", "--failed").stdout.splitlines()[-1] == "nothing matches"
    assert crawled_site.say("recrawl", "--since", "never", "--source", crawled_site.source_id).returncode == 2
    assert crawled_site.say("recrawl", "--source", "nobody").returncode == 3
    assert crawled_site.say("recrawl").returncode == 2


def test_what_failed_is_asked_for_again(site: Site) -> None:
    gone = f"{site.publisher.url}/world/never-was-there-12345"
    with site.opened() as opened:
        new = [NewUrl(url=gone, kind=UrlKind.ARTICLE)]
        opened.store.frontier.add(new, source_id=site.source_id, found_on=None, now=utc_now())
    site.crawl()
    again = site.json("recrawl", "--failed")
    assert again["request"]["total"] == again["request"]["done"] == 1
    assert again["crawls"][0]["counts"]["gone"] == 1


def test_a_pause_holds_for_the_command_too(crawled_site: Site) -> None:
    url = crawled_site.json("search", "muttaqi tehran talks")["hits"][0]["url"]
    crawled_site.say("pause", crawled_site.source_id)
    held = crawled_site.run("recrawl", "--url", url)
    assert held.returncode == 0
    assert held.stdout.splitlines()[-1] == f"the rest waits: {crawled_site.source_id} is paused"
    told = crawled_site.say("status").stdout
    assert "daemon: none is running; open requests: 1" in told
    assert f"paused: {crawled_site.source_id}" in told
    crawled_site.say("resume", crawled_site.source_id)
    assert crawled_site.json("recrawl", "--url", url)["request"]["state"] == "done"


def test_a_daemon_is_asked_and_followed(quiet: Newsroom) -> None:
    daemon = quiet.daemon().ready()
    wait_for(lambda: daemon.finds("ferry"), saying=lambda: "".join(daemon.log))
    url = quiet.publish("bridge", "Bridge reopens after the flood")

    followed = quiet.commands.json("recrawl", "--url", url, "--follow")["request"]
    assert (followed["state"], followed["counts"]) == ("done", {"new_article": 1})
    for kind in ("replay", "reindex"):
        words = ("recrawl", "--as", kind, "--source", "gazette", "--follow")
        done = quiet.commands.json(*words, here=True)["request"]
        assert (done["kind"], done["state"], done["done"]) == (kind, "done", 2)

    left = quiet.commands.run("recrawl", "--url", url)
    (request_id,) = re.findall(r"request ([0-9a-f]{16})\n", left.stdout)
    assert f"newsdex requests follow {request_id}" in left.stdout
    ended = quiet.commands.json("requests", "follow", request_id)["request"]
    assert (ended["id"], ended["state"]) == (request_id, "done")
    assert daemon.stop() == 0


def test_a_pause_holds_what_is_asked_for_over_http_until_it_is_resumed(quiet: Newsroom) -> None:
    key = quiet.commands.json("keys", "create", "desk", "--scope", "operate")["key"]
    daemon = quiet.daemon().ready()
    wait_for(lambda: daemon.finds("ferry"), saying=lambda: "".join(daemon.log))
    assert "gazette is paused" in quiet.commands.say("pause", "gazette").stdout
    url = quiet.publish("bridge", "Bridge reopens after the flood")
    with asking(daemon, key) as api:
        asked = api.post("/api/v1/requests", json={"urls": [url]})
        assert (asked.status_code, asked.json()["held_by"]) == (202, "gazette is paused")
        waiting = quiet.commands.say("requests", "list").stdout
        assert "waits: gazette is paused" in " ".join(waiting.split())
        with api.stream("GET", f"{asked.headers['location']}/events") as events:
            lines = events.iter_lines()
            assert next(lines) == "event: progress"
            assert quiet.commands.say("resume").returncode == 0
            data = [line for line in lines if line.startswith("data: ")]
        assert json.loads(data[-1].removeprefix("data: "))["counts"] == {"new_article": 1}
        status = api.get("/api/v1/status").json()
        assert status["daemon"] is not None
        assert [source["articles"] for source in status["sources"]] == [2]
        assert status["sources"][0]["next_slot_at"] is not None
        assert 'newsdex_fetches_total{outcome="new_article"}' in api.get("/metrics").text
    assert key not in "".join(daemon.log)
    assert daemon.stop() == 0


def test_an_open_stream_does_not_keep_a_server_from_stopping(quiet: Newsroom) -> None:
    key = quiet.commands.json("keys", "create", "desk", "--scope", "operate")["key"]
    daemon = quiet.daemon().ready()
    quiet.commands.say("pause")
    url = quiet.publish("bridge", "Bridge reopens after the flood")
    with asking(daemon, key) as api:
        asked = api.post("/api/v1/requests", json={"urls": [url]})
        with api.stream("GET", f"{asked.headers['location']}/events") as events:
            lines = events.iter_lines()
            next(lines)
            assert daemon.stop() == 0
            assert "event: end" not in list(lines)
    cancelled = quiet.commands.json("requests", "cancel", asked.json()["id"])["request"]
    assert cancelled["state"] == "cancelled"


def test_tables_tell_times_in_the_display_zone(commands: Commands, tmp_path: Path) -> None:
    commands.json("keys", "create", "desk")
    (made,) = commands.json("keys", "list")
    hour, minute = (int(part) for part in made["created_at"][11:16].split(":"))
    commands.configure(time_zone="Asia/Kolkata")  # five and a half hours ahead, all year
    there = (hour * 60 + minute + 330) % 1440
    assert f"{there // 60:02}:{there % 60:02}" in commands.say("keys", "list").stdout
