"""Saved searches over HTTP: the API, the feeds that a token opens, and the end of mails."""

from __future__ import annotations

import json
import logging
import urllib.error
import urllib.request
from datetime import timedelta
from typing import Any

import feedparser
import httpx
import pytest

from config.settings import AlertSettings
from indexer.matching.service import StandingMatching
from news.keys import Scope
from news.standing_tokens import unsubscribe_token
from tests.support.operated import Operated
from tests.support.stores import fetch_story, make_story

PAGE = "https://paper.example/world/storm-1"
SEARCHES = "/api/v1/searches"


def saved(client: httpx.Client, **values: Any) -> dict[str, Any]:
    answer = client.post(SEARCHES, json={"q": "storm", "name": "Storms", **values})
    assert answer.status_code == 201, answer.text
    body: dict[str, Any] = answer.json()
    assert answer.headers["location"] == f"{SEARCHES}/{body['id']}"
    return body


def delivered(client: httpx.Client, search_id: str, kind: str, **values: Any) -> dict[str, Any]:
    answer = client.post(f"{SEARCHES}/{search_id}/deliveries", json={"kind": kind, **values})
    assert answer.status_code == 201, answer.text
    body: dict[str, Any] = answer.json()
    return body


def find(operated: Operated, *titles: str) -> None:
    for number, title in enumerate(titles):
        story = make_story(title, f"A storm <b>blows</b> near pier \x0b{number}.", authors=("A & B",), section="World")
        fetch_story(operated.store, f"{PAGE}{number}", story, at=operated.now)
    for _ in StandingMatching(operated.store, clock=lambda: operated.now).match_pending():
        pass


def test_a_search_is_saved_paused_resumed_and_removed(operated: Operated) -> None:
    with operated.client(operated.key(Scope.OPERATE)) as client:
        body = saved(client, section=["World"], **{"from": "2026-01-01"})
        assert body["search"]["section"] == ["World"]
        assert (body["found"], body["paused_at"]) == (0, None)
        one = f"{SEARCHES}/{body['id']}"
        assert client.post(f"{one}/pause").json()["paused_at"]
        assert client.post(f"{one}/resume").json()["paused_at"] is None
        assert [each["id"] for each in client.get(SEARCHES).json()["searches"]] == [body["id"]]
        assert client.delete(one).status_code == 204
        assert client.get(one).status_code == 404


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        ({"q": 'storm "unclosed'}, 400, "never closed"),
        ({"q": ""}, 400, "everything"),
        ({"q": "x", "from": "2026-02-01", "to": "2026-01-01"}, 400, "no article can lie between"),
        ({"q": "x", "source": ["nope"]}, 400, "no source 'nope'"),
        ({"q": "x", "sort": "newest"}, 422, "sort"),
    ],
)
def test_what_cannot_be_watched_is_refused(operated: Operated, body: dict[str, Any], status: int, told: str) -> None:
    with operated.client(operated.key(Scope.OPERATE)) as client:
        answer = client.post(SEARCHES, json=body)
        assert answer.status_code == status
        assert told in answer.json()["detail"]


def test_saving_needs_a_key_of_scope_operate(operated: Operated) -> None:
    with operated.client(operated.key(Scope.READ)) as client:
        assert client.post(SEARCHES, json={"q": "storm"}).status_code == 403
        assert client.get(SEARCHES).status_code == 200


@pytest.mark.parametrize(
    ("kind", "values", "told"),
    [
        ("webhook", {"target": "http://127.0.0.1/x"}, "not a public address"),
        ("webhook", {"target": "ftp://hooks.example/x"}, "web address"),
        ("webhook", {}, "web address"),
        ("mail", {"target": "desk@paper.example"}, "alerts.smtp_host"),
        ("rss", {"target": "https://x.example/"}, "leave the target out"),
        ("atom", {"pace": "daily"}, "for mail"),
    ],
)
def test_deliveries_that_cannot_work_are_refused(
    operated: Operated, kind: str, values: dict[str, Any], told: str
) -> None:
    with operated.client(operated.key(Scope.OPERATE)) as client:
        path = f"{SEARCHES}/{saved(client)['id']}/deliveries"
        answer = client.post(path, json={"kind": kind, **values})
        assert answer.status_code == 400
        assert told in answer.json()["detail"]


def test_what_a_delivery_needs_kept_secret_is_told_once(operated: Operated) -> None:
    with operated.client(operated.key(Scope.OPERATE)) as client:
        search_id = saved(client)["id"]
        made = delivered(client, search_id, "webhook", target="https://hooks.example/services/T0/s3cret")
        assert made["secret"].startswith("whsec_")
        feed = delivered(client, search_id, "rss")
        shown = client.get(f"{SEARCHES}/{search_id}").text
        assert made["secret"] not in shown
        assert "s3cret" not in shown
        assert feed["path"] not in shown
        assert {each["target"] for each in json.loads(shown)["deliveries"]} == {None, "https://hooks.example/…"}
        assert client.delete(f"{SEARCHES}/{search_id}/deliveries/{made['id']}").status_code == 204
        assert client.delete(f"{SEARCHES}/{search_id}/deliveries/{made['id']}").status_code == 404
        assert client.delete(f"{SEARCHES}/{saved(client)['id']}/deliveries/{feed['id']}").status_code == 404


@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_a_feed_is_read_by_feed_readers_without_a_key(operated: Operated, kind: str) -> None:
    with operated.client(operated.key(Scope.OPERATE)) as client:
        path = delivered(client, saved(client)["id"], kind)["path"]
    find(operated, "Storm <i>at</i> sea & land", "Storm again")
    with operated.client(open_reads=False) as reader:
        answer = reader.get(path)
        assert answer.headers["content-type"].startswith(f"application/{kind}+xml")
        read = feedparser.parse(answer.content)
    assert not read.bozo, read.get("bozo_exception")
    assert read.version.startswith(kind)
    assert read.feed.title == "Storms"
    newest, older = read.entries
    assert (newest.title, older.link) == ("Storm again", f"{PAGE}0")
    assert newest.id.startswith("urn:newsdex:")
    assert newest.id != older.id
    assert "A <mark>storm</mark>" in newest.summary or "A storm" in newest.summary  # readers drop elements
    assert older.author == "A & B"
    assert older.tags[0].term == "World"
    assert "ndf_" not in answer.text


def test_a_json_feed_has_what_jsonfeed_org_asks_for(operated: Operated) -> None:
    with operated.client(operated.key(Scope.OPERATE)) as client:
        path = delivered(client, saved(client)["id"], "json")["path"]
        find(operated, "Storm at sea")
        answer = client.get(path)
    assert answer.headers["content-type"].startswith("application/feed+json")
    feed = answer.json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    (item,) = feed["items"]
    assert item["content_html"].startswith("A <mark>storm</mark> &lt;b&gt;blows&lt;/b&gt;")
    assert {"id", "url", "title", "date_published", "authors"} <= item.keys()


def test_a_feed_that_is_known_is_not_sent_again(operated: Operated) -> None:
    with operated.client(operated.key(Scope.OPERATE)) as client:
        path = delivered(client, saved(client)["id"], "atom")["path"]
        find(operated, "Storm at sea")
        first = client.get(path)
        assert client.get(path, headers={"If-None-Match": first.headers["etag"]}).status_code == 304
        assert client.get(path, headers={"If-Modified-Since": first.headers["last-modified"]}).status_code == 304
        assert client.get(path, headers={"If-Modified-Since": "yesterday"}).status_code == 200
        assert client.head(path).headers["etag"] == first.headers["etag"]


def test_a_revoked_or_rotated_address_ends_at_once(operated: Operated) -> None:
    with operated.client(operated.key(Scope.OPERATE)) as client:
        search_id = saved(client)["id"]
        made = delivered(client, search_id, "rss")
        assert client.get(made["path"].replace(".rss", ".atom")).status_code == 404
        one = f"{SEARCHES}/{search_id}/deliveries/{made['id']}"
        rotated = client.post(f"{one}/rotate").json()
        assert client.get(made["path"]).status_code == 404
        assert client.get(rotated["path"]).status_code == 200
        client.delete(one)
        assert client.get(rotated["path"]).status_code == 404


def test_no_token_is_logged(operated: Operated, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)  # what a daemon writes; below it are the libraries' own notes
    with operated.client(operated.key(Scope.OPERATE)) as client:
        path = delivered(client, saved(client)["id"], "rss")["path"]
    caplog.clear()
    with operated.served() as url:
        with urllib.request.urlopen(url.rstrip("/") + path, timeout=60) as answer:
            assert answer.status == 200
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(url.rstrip("/") + path.replace(".rss", ".atom"), timeout=60)
        refused.value.close()
    assert [record for record in caplog.records if "ndf_" in record.getMessage()] == []


def test_a_mail_program_ends_mails_with_one_request(operated: Operated) -> None:
    operated.alerts = AlertSettings(smtp_host="127.0.0.1", mail_from="newsdex@paper.example")
    with operated.client(operated.key(Scope.OPERATE)) as client:
        search_id = saved(client)["id"]
        made = delivered(client, search_id, "mail", target="desk@paper.example", time_zone="Europe/Istanbul")
        assert (made["target"], made["pace"], made["secret"]) == ("d…@paper.example", "daily", None)
    _, secret = operated.store.standing_deliveries.get(made["id"])
    token = unsubscribe_token(made["id"], secret or "")
    with operated.client(open_reads=False) as anybody:
        path = f"/unsubscribe/{token}"
        assert "End these mails?" in anybody.get(path).text
        assert anybody.get(f"/unsubscribe/{token[:-1]}0" if token[-1] != "0" else f"{path[:-1]}1").status_code == 404
        assert operated.store.standing_deliveries.of([search_id]) != []  # looking ends nothing
        form = {"List-Unsubscribe": "One-Click"}
        assert anybody.post(path, data=form).status_code == 200
        assert operated.store.standing_deliveries.of([search_id]) == []
        assert anybody.post(path, data=form).status_code == 200


def test_what_could_not_be_told_is_shown_and_told_again(operated: Operated) -> None:
    with operated.client(operated.key(Scope.OPERATE)) as client:
        search_id = saved(client)["id"]
        made = delivered(client, search_id, "webhook", target="https://hooks.example/x")
        find(operated, "Storm at sea")
        (alert,) = operated.store.standing_alerts.due(made["id"], now=operated.now, limit=10)
        one = f"{SEARCHES}/{search_id}"
        assert client.get(one).json()["deliveries"][0]["failing"] is None
        later = operated.now + timedelta(minutes=1)
        operated.store.standing_alerts.postpone([alert.id], "answered with status 500", until=later)
        told = {"article_id": alert.article_id, "attempts": 1, "reason": "answered with status 500"}
        failing = client.get(one).json()["deliveries"][0]["failing"]
        assert failing == told | {"state": "pending", "next_attempt_at": later.isoformat().replace("+00:00", "Z")}
        operated.store.standing_alerts.give_up([alert.id], "answered with status 500")
        (search,) = client.get(SEARCHES).json()["searches"]
        assert search["dead"] == 1
        failing = search["deliveries"][0]["failing"]
        assert failing == told | {"state": "dead", "attempts": failing["attempts"], "next_attempt_at": None}
        figures = client.get("/metrics").text
        assert "newsdex_alerts_dead 1.0" in figures
        assert "newsdex_standing_searches 1.0" in figures
        (dead,) = client.get(f"{one}/dead-letters").json()["dead_letters"]
        assert (dead["delivery"], dead["reason"]) == (made["id"], "answered with status 500")
        assert client.post(f"{one}/retry").json() == {"retried": 1}
        (match,) = client.get(f"{one}/matches").json()["matches"]
        assert match["title"] == "Storm at sea"


def form(path: str, **fields: str) -> dict[str, Any]:
    return {"url": path, "data": fields, "headers": {"Sec-Fetch-Site": "same-origin"}}


def test_the_page_saves_a_search_and_delivers_it_without_javascript(operated: Operated) -> None:
    key = operated.key(Scope.OPERATE)
    with operated.client(open_reads=True) as browser:
        assert "Save this search" in browser.get("/?q=storm&section=World").text
        asked_to = browser.get("/searches?q=storm").text
        assert "/login?next=/searches%3Fq%3Dstorm" in asked_to
        assert "<bdi>storm</bdi>" in asked_to  # what is to be saved is not forgotten
        assert browser.post(**form("/searches", search="q=storm")).status_code == 401
        browser.cookies.set("newsdex_key", key)
        shown = browser.get("/searches?q=storm&section=World&section=Asia").text
        assert 'value="q=storm&amp;section=World&amp;section=Asia"' in shown
        assert browser.post("/searches", data={"search": "q=storm"}).status_code == 403  # of no page of ours
        answer = browser.post(**form("/searches", search="q=storm&section=World&section=Asia", name="<b>Storms"))
        assert (answer.status_code, answer.headers["location"]) == (303, "/searches")
        find(operated, "Storm <i>at sea")
        (search,) = operated.store.standing_searches.all()
        assert search.filters.sections == ("World", "Asia")
        page = browser.get("/searches").text
        assert "&lt;b&gt;Storms" in page
        assert "Storm &lt;i&gt;at sea" in page
        told = browser.post(**form(f"/searches/{search.id}/deliveries", kind="atom"))
        assert told.headers["cache-control"] == "no-store"
        address = told.text.split('readonly value="')[1].split('"')[0]
        assert browser.get(address).status_code == 200
        assert address not in browser.get("/searches").text
        assert browser.post(**form(f"/searches/{search.id}/pause")).status_code == 303
        assert "<strong>paused</strong>" in browser.get("/searches").text
        doubtful = browser.post(**form("/searches", search="q=storm+%22open"))
        assert doubtful.status_code == 400
        assert "never closed" in doubtful.text
        for act in (f"/searches/{search.id}/remove", "/rotate", "/revoke"):
            asked = browser.get("/searches").text.split(f'{act}"')[0].rsplit("<details", 1)[1]
            assert asked.split("<summary")[1].count("</summary>") == 1, f"{act} is asked about first"
        assert "its list of 1 match and its delivery, for good" in browser.get("/searches").text
        assert browser.post(**form(f"/searches/{search.id}/remove")).status_code == 303
        assert "Nothing is saved yet" in browser.get("/searches").text


def test_a_search_and_its_delivery_are_saved_in_one_go_or_neither(operated: Operated) -> None:
    with operated.client(open_reads=True) as browser:
        browser.cookies.set("newsdex_key", operated.key(Scope.OPERATE))
        mistaken = browser.post(**form("/searches", search="q=storm", kind="webhook", target="hooks.example"))
        assert (mistaken.status_code, "Not saved: " in mistaken.text) == (400, True)
        assert operated.store.standing_searches.all() == []
        told = browser.post(**form("/searches", search="q=storm", kind="rss"))
    assert "/feeds/ndf_" in told.text
    (saved,) = operated.store.standing_searches.all()
    assert [each.kind for each in operated.store.standing_deliveries.of([saved.id])] == ["rss"]
