"""The status page's forms and cookie, asked for by a client that shows every header."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from html.parser import HTMLParser
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import httpx
import pytest
import sqlalchemy as sa

from indexer.engine import EngineHealth
from news.crawl_ends import FinishReason
from news.fetch import UrlKind
from news.keys import Scope
from news.requests import RequestKind
from news.triggers import Trigger
from store.backups.last import record_backup
from store.records import NewUrl
from store.schema import article, extraction_alarm, fill, url
from store.sql.database import Database, sqlite_url
from tests.support.operated import GAZETTE, KURYE, STORY, Operated

BROWSER = {"Sec-Fetch-Site": "same-origin"}


@contextmanager
def browsing(operated: Operated, scope: Scope | None = Scope.OPERATE) -> Iterator[httpx.Client]:
    """A client with the cookie of a key of this scope."""
    with operated.client() as client:
        client.headers.update(BROWSER)
        if scope is not None:
            answer = client.post("/login", data={"key": f" {operated.key(scope)}\n", "next": "/status"})
            assert (answer.status_code, answer.headers["location"]) == (303, "/status")
        yield client


def text_of(answer: httpx.Response) -> str:
    """What a page says, without its elements."""
    assert answer.status_code == 200, answer.text
    parts: list[str] = []
    parser = HTMLParser()
    parser.handle_data = parts.append  # type: ignore[method-assign, assignment]  # the parser's own hook
    parser.feed(answer.text)
    return " ".join(" ".join(parts).split())


def test_the_cookie_is_for_this_server_alone(operated: Operated) -> None:
    key = operated.key(Scope.READ)
    with operated.client() as client:
        answer = client.post("/login", data={"key": key}, headers=BROWSER)
        cookie = answer.headers["set-cookie"].lower()
        assert {"httponly", "samesite=strict", "path=/"} <= set(cookie.split("; "))
        assert "secure" not in cookie
        assert key not in answer.headers["location"]
        behind_proxy = client.post("/login", data={"key": key}, headers={**BROWSER, "X-Forwarded-Proto": "https"})
        assert "secure" in behind_proxy.headers["set-cookie"].lower().split("; ")


def test_a_wrong_key_does_not_log_in_and_is_not_repeated(operated: Operated) -> None:
    with operated.client() as client:
        answer = client.post("/login", data={"key": "ndx_wrong", "next": "//evil.example"}, headers=BROWSER)
        assert answer.status_code == 401
        assert "set-cookie" not in answer.headers
        assert "This key is not valid" in answer.text
        assert "ndx_wrong" not in answer.text
        assert "evil" not in answer.text


def test_logging_out_takes_the_cookie_away(operated: Operated) -> None:
    with browsing(operated, Scope.READ) as client:
        assert "Log out" in client.get("/status").text
        assert client.post("/logout").status_code == 303
        assert "Log out" not in client.get("/status").text


def test_the_last_backup_and_the_room_on_the_disk_are_told(operated: Operated, monkeypatch: pytest.MonkeyPatch) -> None:
    free = SimpleNamespace(free=5 * 10**9)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: free)
    with operated.client() as client:
        assert "Last backup none yet" in text_of(client.get("/status"))
        record_backup(operated.folder, at=operated.now)
        operated.now += timedelta(hours=3)
        told = text_of(client.get("/status"))
        assert "Last backup 3 h ago" in told
        assert "Free on disk 5.0 GB" in told
        assert "for lack of it" not in told
        free.free = 10**6
        assert "Free on disk 1.0 MB crawls may stop for lack of it" in text_of(client.get("/status"))


def test_a_source_that_no_file_describes_is_counted_and_named(operated: Operated) -> None:
    operated.crawl(GAZETTE, stories=2)
    with operated.client() as client:
        assert "Not followed any more" not in client.get("/status").text
        operated.sources.remove(GAZETTE)
        told = text_of(client.get("/status"))
        assert "Articles 2" in told
        assert "Not followed any more: gazette (2 articles)" in told


def test_a_source_whose_feeds_belong_to_another_is_told_to_fetch_nothing(operated: Operated) -> None:
    operated.store.frontier.add(
        [NewUrl(url=KURYE.feeds[0], kind=UrlKind.FEED)], source_id="kurye-old", found_on=None, now=operated.now
    )
    with operated.client() as client:
        assert "it fetches nothing" not in client.get("/status").text  # no crawl looked yet
        operated.crawl(KURYE)
        operated.crawl(GAZETTE, stories=1)
        told = text_of(client.get("/status"))
        assert told.count("it fetches nothing") == 1
        assert "all that it names belongs to the source kurye-old" in told
    ((trouble,), _) = operated.operations.condition.troubles()
    assert (trouble.kind, trouble.source_id) == ("idle", "kurye")


def test_buttons_are_for_keys_that_may_use_them(operated: Operated) -> None:
    for scope, shown in ((None, False), (Scope.READ, False), (Scope.OPERATE, True), (Scope.ADMIN, True)):
        with browsing(operated, scope) as client:
            assert ("Crawl now" in client.get("/status").text) is shown, scope


def test_a_source_is_crawled_paused_and_resumed_by_form(operated: Operated) -> None:
    operated.crawl(GAZETTE, stories=1)
    with browsing(operated) as client:
        answer = client.post("/status/requests", data={"kind": "crawl", "source": "gazette"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/status")
        (asked,) = operated.operations.requests.newest(limit=9)
        assert (asked.kind, asked.scope.source_id) == (RequestKind.CRAWL, "gazette")
        client.post("/status/pause", data={"scope": "gazette"})
        assert set(operated.operations.pauses()) == {"gazette"}
        operated.run_daemon()
        said = text_of(client.get("/status"))
        assert "waits: gazette is paused" in said
        assert "when resumed" in said
        client.post("/status/cancel", data={"id": asked.id})
        client.post("/status/resume", data={"scope": "gazette"})
        assert operated.operations.pauses() == {}
        assert "cancelled" in text_of(client.get("/status"))


def test_what_failed_is_shown_with_its_reason_and_tried_again(operated: Operated) -> None:
    operated.crawl(KURYE, failing=2)
    with browsing(operated) as client:
        said = text_of(client.get("/status"))
        assert "timeout : no answer in 30 s · article of Örnek Kurye , 1 time in a row, first now" in said
        assert "What to do: the host's own trouble, unless other sources have it too" in said
        client.post("/status/requests", data={"kind": "fetch", "failed": "1"})
        (asked,) = operated.operations.requests.newest(limit=9)
        assert (asked.scope.failed, asked.total_count) == (True, 2)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "", "Origin": "https://evil.example"},
    ],
)
def test_a_form_of_another_site_does_nothing(operated: Operated, headers: dict[str, str]) -> None:
    with browsing(operated) as client:
        answer = client.post("/status/pause", data={"scope": "*"}, headers=headers)
        assert answer.status_code == 403
        assert "another site" in answer.text
        assert client.post("/logout", headers=headers).status_code == 403
    assert operated.operations.pauses() == {}


def test_forms_need_a_key_that_may(operated: Operated) -> None:
    for scope, status in ((None, 401), (Scope.READ, 403)):
        with browsing(operated, scope) as client:
            assert client.post("/status/pause", data={"scope": "*"}).status_code == status
    assert operated.operations.pauses() == {}


def test_a_strange_form_is_told_what_is_wrong(operated: Operated) -> None:
    with browsing(operated) as client:
        for action, form, status in (
            ("requests", {"kind": "sing"}, 400),
            ("requests", {"kind": "crawl", "source": "nobody"}, 404),
            ("cancel", {"id": "nothing"}, 404),
            ("pause", {"scope": "nobody"}, 404),
            ("sing", {}, 404),
        ):
            assert client.post(f"/status/{action}", data=form).status_code == status, action


def test_it_says_what_stands_in_the_way(operated: Operated) -> None:
    operated.health = EngineHealth(ok=False, detail="no answer from 127.0.0.1", name="Elasticsearch")
    operated.operations.pause("*")
    with operated.client() as client:
        said = text_of(client.get("/status"))
    assert "Status The search engine does not answer" in said
    assert "Urgent : the search engine does not answer Elasticsearch What to do: see to it" in said
    assert "Everything is paused since 24 Nov 2026, 12:00 UTC" in said
    assert "No daemon is running" in said


def test_an_index_that_takes_nothing_is_told_though_it_answers(operated: Operated) -> None:
    operated.health = EngineHealth(ok=True, detail="up", takes_nothing="the server's disk is nearly full")
    with operated.client() as client:
        assert "the index takes no articles the server's disk is nearly full" in text_of(client.get("/status"))
        told = client.get("/api/v1/status").json()
    assert (told["engine_ok"], told["engine_takes_nothing"]) == (True, "the server's disk is nearly full")


def test_times_are_told_in_the_display_zone(operated: Operated) -> None:
    operated.crawl(GAZETTE, stories=1)
    operated.now += timedelta(minutes=3)
    with (
        operated.served(display_zone=ZoneInfo("Europe/Istanbul")) as url,
        httpx.Client(trust_env=False, timeout=60) as client,
    ):
        page = client.get(f"{url}status").text
    assert "As of 24 Nov 2026, 15:03 UTC+03:00. Times are in Europe/Istanbul." in page
    assert (
        '<time datetime="2026-11-24T15:00:00+03:00" title="Tue 24 Nov 2026, 15:00:00 UTC+03:00">3 min ago</time>'
        in page
    )


def test_what_publishers_removed_is_counted_beside_what_stands(operated: Operated) -> None:
    operated.crawl(GAZETTE, stories=2)
    database = Database(sqlite_url(operated.folder / "newsdex.sqlite"))
    with browsing(operated, Scope.READ) as client:
        assert "removed" not in text_of(client.get("/status"))
        gone = sa.select(article.c.id).limit(1).scalar_subquery()
        with database.write() as connection:
            connection.execute(sa.update(article).where(article.c.id == gone).values(state="removed"))
        assert "Articles 1 1 more that publishers removed" in text_of(client.get("/status"))
        assert "1 more that the publisher removed" in text_of(client.get("/sources/gazette"))
    database.close()


def test_hostile_text_comes_out_as_text(operated: Operated) -> None:
    hostile = "https://gazette.example/world/a-b-<script>alert(1)</script>-c"
    operated.operations.requests.ask(RequestKind.FETCH, urls=[hostile, STORY])
    run_id = operated.store.runs.start('"><img src=x>', Trigger.SCHEDULE, now=operated.now)
    operated.store.runs.finish(run_id, reason=FinishReason.FAILED, counts={}, now=operated.now)
    with operated.client() as client:
        page = client.get("/status").text
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "&lt;img" in page


def test_a_source_whose_pages_read_otherwise_is_told_on_page_api_and_metrics(operated: Operated) -> None:
    operated.crawl(GAZETTE, stories=1)
    raised = {"source_id": "gazette", "kind": "no_date", "since_at": operated.now, "evidence": "on 9 of 10 pages"}
    database = Database(sqlite_url(operated.folder / "newsdex.sqlite"))
    with database.write() as connection:
        connection.execute(sa.insert(extraction_alarm).values(**raised))
    database.close()
    with browsing(operated) as client:
        told = r"Gazette : its pages do not read as they usually did: no date since 24 Nov.{0,20} on 9 of 10 pages"
        assert re.search(told, text_of(client.get("/status")))
        (alarm,) = client.get("/api/v1/status").json()["alarms"]
        assert (alarm["source"], alarm["kind"], alarm["evidence"]) == ("gazette", "no_date", "on 9 of 10 pages")
        (trouble,) = client.get("/api/v1/status").json()["troubles"]
        assert (trouble["kind"], trouble["severity"], trouble["source"]) == ("alarm", "warning", "gazette")
        metrics = client.get("/metrics").text
        assert 'newsdex_source_alarms{source="gazette"} 1.0' in metrics
        assert 'newsdex_troubles{severity="warning"} 1.0' in metrics


def test_a_gap_of_a_feed_is_told_on_the_status_page_and_on_its_sources(operated: Operated) -> None:
    operated.crawl(GAZETTE, stories=1)
    since, until = operated.now - timedelta(hours=5), operated.now - timedelta(hours=2)
    lost = {"source_id": "gazette", "kind": "gap", "since_at": since, "until_at": until, "created_at": operated.now}
    database = Database(sqlite_url(operated.folder / "newsdex.sqlite"))
    with database.write() as connection:
        feed = connection.execute(sa.select(url.c.id, url.c.url).where(url.c.kind == "feed").limit(1)).first()
        figures = {"document_count": 1, "found_count": 4, "detail": "no sitemap", "ended_at": operated.now}
        feed_id = feed.id if feed else None
        connection.execute(sa.insert(fill).values(**lost, **figures, feed_id=feed_id))
    database.close()
    with operated.client() as client:
        for path in ("/status", "/sources/gazette"):
            text = text_of(client.get(path))
            assert "Gaps of feeds" in text
            assert re.search(r"1 document read, 4 articles found, ended \S.{0,20} \(no sitemap\)", text)
        assert "Gaps of feeds" not in text_of(client.get("/sources/kurye"))


def test_the_page_of_what_is_held_tells_the_days_and_what_is_missing(operated: Operated) -> None:
    operated.crawl(GAZETTE, stories=2, failing=1)
    with browsing(operated, Scope.READ) as client:
        assert '<a href="/sources/gazette/completeness">what is missing</a>' in client.get("/sources/gazette").text
        shown = text_of(client.get("/sources/gazette/completeness?from=2026-11-24&to=2026-11-24"))
        assert "2 of the 3 articles" in shown
        assert "2026-11-24 66.7 % 2 0 1 0 0 0" in shown
        assert "failing , timeout: no answer in 30 s" in shown
        assert "named no article for these days" in text_of(client.get("/sources/kurye/completeness"))
        assert client.get("/sources/nobody/completeness").status_code == 404
        assert client.get("/sources/gazette/completeness?from=2026-11-24&to=2026-11-23").status_code == 400
