"""The operating part of the API over a real store, engine and server."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from indexer.engine import EngineHealth
from news.crawl_ends import FinishReason
from news.keys import Scope
from news.requests import RequestKind, RequestState
from news.triggers import Trigger
from search.app import OPENAPI_PATH, create_app
from store.leases.service import lease_names
from store.service import Store
from tests.support.operated import GAZETTE, KURYE, NOW, STORY, Operated

DOCS = Path(__file__).parents[3] / "docs" / "api.md"
REQUESTS = "/api/v1/requests"


def problem(answer: httpx.Response) -> tuple[int, str]:
    """The status and detail of a refusal."""
    assert answer.headers["content-type"] == "application/problem+json"
    told: dict[str, Any] = answer.json()
    assert told["status"] == answer.status_code
    return answer.status_code, told["detail"]


def test_an_article_asked_for_is_a_request_that_a_crawl_answers(operated: Operated) -> None:
    with operated.client(operated.key(Scope.OPERATE)) as api:
        asked = api.post(REQUESTS, json={"urls": [f"{STORY}?ref=feed&utm_source=x", STORY]})
        assert asked.status_code == 202
        made = asked.json()
        assert asked.headers["location"] == f"{REQUESTS}/{made['id']}"
        assert (made["kind"], made["state"], made["total"], made["done"]) == ("fetch", "open", 1, 0)
        assert made["scope"] == {"source": None, "urls": [STORY], "since": None, "until": None, "failed": False}
        assert operated.woken == 1

        again = api.post(REQUESTS, json={"kind": "fetch", "urls": [STORY]})
        assert (again.status_code, again.json()["id"]) == (200, made["id"])

        operated.crawl(GAZETTE, stories=1)
        done = api.get(asked.headers["location"]).json()
        assert (done["state"], done["done"], done["counts"]) == ("done", 1, {"new_article": 1})
        assert [each["id"] for each in api.get(REQUESTS).json()["requests"]] == [made["id"]]
        assert api.get(f"{REQUESTS}?open=true").json() == {"requests": []}


def test_a_backfill_is_a_request_that_can_be_ended(operated: Operated) -> None:
    span = {"since": "2026-01-01", "until": "2026-01-31T23:59:59Z"}
    with operated.client(operated.key(Scope.OPERATE)) as api:
        asked = api.post(REQUESTS, json={"kind": "backfill", "source": "gazette", **span})
        assert asked.status_code == 202
        made = asked.json()
        assert (made["kind"], made["state"], made["scope"]["since"]) == ("backfill", "open", "2026-01-01T00:00:00Z")
        turned = {"since": span["until"], "until": span["since"]}  # an end before the beginning is the same span
        assert api.post(REQUESTS, json={"kind": "backfill", "source": "gazette", **turned}).json()["id"] == made["id"]
        assert operated.store.fills.recent("gazette", limit=1)[0].ended_at is None
        assert api.post(f"{REQUESTS}/{made['id']}/cancel").json()["state"] == "cancelled"
        assert operated.store.fills.recent("gazette", limit=1)[0].detail == "stopped"


def test_what_makes_no_sense_is_refused_in_one_line(operated: Operated) -> None:
    with operated.client(operated.key(Scope.OPERATE)) as api:
        for body, expected, said in (
            ({"urls": ["https://other.example/a"]}, 404, "no source covers 'https://other.example/a'"),
            ({"urls": ["nonsense"]}, 400, "is not a web address"),
            ({"kind": "crawl", "source": "gazete"}, 404, 'did you mean "gazette"?'),
            ({"kind": "crawl", "urls": [STORY]}, 400, "a crawl is of a whole source"),
            ({"kind": "crawl"}, 400, "nothing named"),
            ({"kind": "backfill", "source": "gazette"}, 400, "of one source and a span of time"),
            ({"source": "gazette", "until": "2026-01-01"}, 400, "`until` is only for backfills"),
            ({}, 400, "nothing named"),
        ):
            status, detail = problem(api.post(REQUESTS, json=body))
            assert status == expected, body
            assert said in detail
            assert "\n" not in detail
        bodies: list[Any] = [
            {"since": "never"},
            {"since": 0},
            {"since": "0"},
            {"failed": 1},
            {"kind": "sing"},
            {"sources": "gazette"},
            {"urls": ["u"] * 1001},
            [],
            7,
        ]
        for invalid in bodies:
            assert problem(api.post(REQUESTS, json=invalid))[0] == 422, invalid
        headers = {"Content-Type": "application/json"}
        assert problem(api.post(REQUESTS, content=b"{", headers=headers))[0] == 422
        assert problem(api.post(REQUESTS, content=b" " * (5 * 1024 * 1024), headers=headers))[0] == 413
        assert problem(api.get(f"{REQUESTS}/unknown"))[0] == 404
        assert problem(api.post(f"{REQUESTS}/unknown/cancel"))[0] == 404
    assert operated.store.requests.recent(limit=10) == []


def test_writing_needs_a_key_and_says_which(operated: Operated) -> None:
    with operated.client() as api:
        refused = api.post(REQUESTS, json={"urls": [STORY]})
        assert problem(refused) == (
            401,
            "this needs a key of scope operate; send it as 'Authorization: Bearer ndx_…', or log in at /login",
        )
        assert refused.headers["www-authenticate"] == "Bearer"
        wrong = f"ndx_{'0' * 12}_{'0' * 48}"
        refused = api.post(REQUESTS, json={}, headers={"Authorization": f"Bearer {wrong}"})
        assert refused.headers["www-authenticate"] == 'Bearer error="invalid_token"'
        assert wrong not in refused.text
        reader = {"Authorization": f"Bearer {operated.key(Scope.READ)}"}
        assert problem(api.post(REQUESTS, json={}, headers=reader))[0] == 403
        assert problem(api.delete("/api/v1/pauses/*", headers=reader))[0] == 403
        operator = {"Authorization": f"Bearer {operated.key(Scope.OPERATE)}"}
        foreign = api.post(REQUESTS, json={"urls": [STORY]}, headers={**operator, "Origin": "https://evil.example"})
        assert problem(foreign)[0] == 403
        form = api.post(REQUESTS, data={"kind": "crawl"}, headers=operator)
        assert problem(form) == (403, "application/x-www-form-urlencoded is not taken here; send application/json")
    assert operated.store.requests.recent(limit=10) == []


def test_a_revoked_key_is_none(operated: Operated) -> None:
    key = operated.key(Scope.OPERATE)
    with operated.client(key) as api:
        assert api.post("/api/v1/pauses", json={"scope": "gazette"}).status_code == 200
        operated.store.keys.revoke(key.split("_")[1], now=NOW)
        assert problem(api.post("/api/v1/pauses", json={"scope": "kurye"}))[0] == 401
    assert set(operated.operations.pauses()) == {"gazette"}


def test_where_others_reach_it_reading_needs_a_key_too(operated: Operated) -> None:
    paths = ("/api/v1/search", "/api/v1/status", "/api/v1/requests", "/metrics", "/api/v1/openapi.json")
    with operated.client(open_reads=False) as api:
        assert [problem(api.get(path))[0] for path in paths] == [401] * len(paths)
        assert api.get("/healthz").status_code == api.get("/readyz").status_code == 200
        page = api.get("/?q=a&source=b")
        assert (page.status_code, page.headers["location"]) == (303, "/login?next=%2F%3Fq%3Da%26source%3Db")
        reader = {"Authorization": f"Bearer {operated.key(Scope.READ)}"}
        assert [api.get(path, headers=reader).status_code for path in paths] == [200] * len(paths)
        for answer in (api.get("/api/v1/status"), api.get("/status")):
            assert answer.headers["x-frame-options"] == "DENY"  # refusals carry the security headers too


def test_a_paused_source_holds_its_requests(operated: Operated) -> None:
    with operated.client(operated.key(Scope.OPERATE)) as api:
        crawl = {"kind": "crawl", "source": "gazette"}
        operated.crawl(GAZETTE, stories=1)
        assert api.post(REQUESTS, json=crawl).json()["held_by"] == "no daemon is running"
        operated.run_daemon()
        assert api.post(REQUESTS, json=crawl).json()["held_by"] is None
        paused = api.post("/api/v1/pauses", json={"scope": "gazette"})
        assert paused.json() == {"scope": "gazette", "paused_at": "2026-11-24T12:00:00Z"}
        assert api.post(REQUESTS, json=crawl).json()["held_by"] == "gazette is paused"
        operated.now += timedelta(minutes=5)
        operated.run_daemon()  # its lease is a minute long
        assert api.post("/api/v1/pauses", json={"scope": "gazette"}).json() == paused.json()
        api.post("/api/v1/pauses", json={"scope": "*"})
        assert api.post(REQUESTS, json=crawl).json()["held_by"] == "everything is paused"
        assert api.delete("/api/v1/pauses/*").status_code == 204
        assert api.post(REQUESTS, json=crawl).json()["held_by"] is None
        assert problem(api.delete("/api/v1/pauses/gazette")) == (404, "'gazette' is not paused")
        assert problem(api.post("/api/v1/pauses", json={"scope": "gazete"}))[0] == 404


def test_a_pause_outlasts_the_process(operated: Operated, tmp_path: Path) -> None:
    operated.operations.pause("kurye")
    again = Store.open(tmp_path / "operated", max_archive_file_bytes=1 << 20)
    assert again.pauses.all() == {"kurye": NOW}
    again.close()


def test_cancelling_ends_a_request_once(operated: Operated) -> None:
    with operated.client(operated.key(Scope.OPERATE)) as api:
        asked = api.post(REQUESTS, json={"urls": [STORY]}).json()
        cancelled = api.post(f"{REQUESTS}/{asked['id']}/cancel").json()
        assert (cancelled["state"], cancelled["ended_at"]) == ("cancelled", "2026-11-24T12:00:00Z")
        operated.now += timedelta(minutes=1)
        assert api.post(f"{REQUESTS}/{asked['id']}/cancel").json() == cancelled
        assert api.post(REQUESTS, json={"urls": [STORY]}).status_code == 202


def test_progress_comes_as_events_until_the_end(operated: Operated) -> None:
    with operated.client(operated.key(Scope.OPERATE)) as api:
        asked = api.post(REQUESTS, json={"urls": [STORY, f"{STORY}-again"]}).json()
        with api.stream("GET", f"{REQUESTS}/{asked['id']}/events") as answer:
            assert answer.headers["content-type"].startswith("text/event-stream")
            lines = answer.iter_lines()
            assert next(lines) == "event: progress"
            assert json.loads(next(lines).removeprefix("data: "))["state"] == "open"
            operated.crawl(GAZETTE, stories=2)
            last = [line for line in lines if line][-2:]
        assert last[0] == "event: end"
        assert json.loads(last[1].removeprefix("data: "))["counts"] == {"new_article": 2}
        assert problem(api.get(f"{REQUESTS}/unknown/events"))[0] == 404


def test_a_client_that_goes_and_a_server_that_stops_end_a_stream(operated: Operated) -> None:
    with operated.client(operated.key(Scope.OPERATE)) as api:
        asked = api.post(REQUESTS, json={"urls": [STORY]}).json()
        for _ in range(70):  # more than may be open at a time: those before have ended
            with api.stream("GET", f"{REQUESTS}/{asked['id']}/events") as answer:
                assert answer.status_code == 200
                next(answer.iter_lines())
        with api.stream("GET", f"{REQUESTS}/{asked['id']}/events") as answer:
            lines = answer.iter_lines()
            next(lines)
            operated.operations.stopping.set()
            assert "event: end" not in list(lines)


def test_the_status_says_how_each_source_is_doing(operated: Operated) -> None:
    operated.crawl(GAZETTE, stories=2, failing=1)
    operated.now += timedelta(minutes=10)
    operated.crawl(GAZETTE, reason=FinishReason.FAILED)
    operated.operations.pause("kurye")
    with operated.client() as api:
        status = api.get("/api/v1/status").json()
        assert (status["daemon"], status["paused_at"], status["engine_ok"]) == (None, None, True)
        assert (status["outbox"]["pending"], status["outbox"]["dead"]) == (2, 0)
        gazette, kurye = status["sources"]
        assert (gazette["articles"], gazette["failing"], gazette["volume"]) == (2, 1, [0] * 13 + [2])
        assert (gazette["last_run"]["finish_reason"], gazette["last_success_at"]) == ("failed", "2026-11-24T12:00:00Z")
        assert gazette["next_slot_at"] == "2026-11-24T12:17:00Z"
        assert (kurye["paused_at"], kurye["last_run"]) == ("2026-11-24T12:10:00Z", None)
        assert [run["finish_reason"] for run in api.get("/api/v1/runs").json()["runs"]] == ["failed", "finished"]
        assert api.get("/api/v1/runs?source=kurye").json() == {"runs": []}
        (failure,) = api.get("/api/v1/failures?source=gazette&limit=1").json()["failures"]
        assert (failure["outcome"], failure["detail"], failure["failures"]) == ("timeout", "no answer in 30 s", 1)


def test_a_source_tells_what_is_held_of_each_day_and_what_is_missing(operated: Operated) -> None:
    operated.crawl(GAZETTE, stories=2, failing=1)
    with operated.client() as api:
        found = api.get("/api/v1/sources/gazette/completeness?from=2026-11-23&limit=5").json()
        assert (found["source"], found["held"], found["missing"], round(found["share"], 2)) == ("gazette", 2, 1, 0.67)
        assert [(day["day"], day["held"], day["failing"]) for day in found["days"]] == [
            ("2026-11-23", 0, 0),
            ("2026-11-24", 2, 1),
        ]
        assert [(each["why"], each["outcome"]) for each in found["missing_articles"]] == [("failing", "timeout")]
        quiet = api.get("/api/v1/sources/kurye/completeness").json()
        assert (quiet["share"], len(quiet["days"]), quiet["missing_articles"]) == (None, 14, [])
        assert api.get("/api/v1/sources/nobody/completeness").status_code == 404
        wrong = {"from=1764000000": 422, "from=2026-11-24&to=2026-11-23": 400, "from=2024-01-01": 400}
        for given, status in wrong.items():
            assert problem(api.get(f"/api/v1/sources/gazette/completeness?{given}"))[0] == status


def test_a_body_that_is_not_json_is_told_where(operated: Operated) -> None:
    with operated.client(operated.key(Scope.OPERATE)) as api:
        sent = api.post(
            REQUESTS, content='{"kind": "crawl" "source": "x"}', headers={"Content-Type": "application/json"}
        )
        assert problem(sent) == (422, "body: is not JSON: Expecting ',' delimiter at character 17")
        assert [each["parameter"] for each in sent.json()["errors"]] == ["body"]


def test_a_source_that_is_no_more_holds_nothing_up_and_fails_nowhere(operated: Operated) -> None:
    operated.crawl(GAZETTE, failing=1)
    operated.crawl(KURYE, failing=1)
    operated.sources = [GAZETTE]
    with operated.client(operated.key(Scope.OPERATE)) as api:
        assert [each["source"] for each in api.get("/api/v1/failures").json()["failures"]] == ["gazette"]
        assert api.post(REQUESTS, json={"failed": True}).json()["total"] == 1
        since = api.post(REQUESTS, json={"since": "2026-11-01"}).json()
        assert since["total"] == 1


def test_a_status_is_told_while_the_engine_is_down(operated: Operated) -> None:
    operated.health = EngineHealth(ok=False, detail="no answer from 10.0.0.7", name="Elasticsearch")
    with operated.client(operated.key(Scope.READ)) as api:
        status = api.get("/api/v1/status").json()
        assert (status["engine_ok"], status["engine"]) == (False, "no answer from 10.0.0.7")
        assert status["troubles"][0]["evidence"] == "no answer from 10.0.0.7"


def test_a_request_for_a_source_whose_server_another_crawl_asks_says_so(operated: Operated) -> None:
    operated.run_daemon()
    view, _ = operated.operations.requests.ask(RequestKind.CRAWL, source_id=GAZETTE.id)
    view = replace(view, state=RequestState.OPEN, ended_at=None)  # nothing of it is known yet, so it is done at once
    assert operated.operations.requests.held_by([view]) == [None]
    other = operated.store.leases.claimant("the crawl of kurye")
    other.acquire(lease_names(GAZETTE)[:1], now=operated.now)
    (why,) = operated.operations.requests.held_by([view])
    assert why is not None
    assert why.startswith("the server of gazette is being asked by the crawl of kurye (process ")
    operated.store.runs.start(GAZETTE.id, Trigger.REQUEST, now=operated.now)
    assert operated.operations.requests.held_by([view]) == [None]


def test_what_is_wrong_is_the_same_without_the_figures_that_people_look_at(
    operated: Operated, monkeypatch: pytest.MonkeyPatch
) -> None:
    operated.crawl(GAZETTE, stories=2, failing=1)
    operated.crawl(KURYE, reason=FinishReason.FAILED)
    operated.store.pauses.pause(GAZETTE.id, now=operated.now)
    operated.health = EngineHealth(ok=False, detail="no answer")
    told = operated.operations.condition.overview().troubles
    monkeypatch.setattr(operated.store.overview, "sources", None)
    monkeypatch.setattr(operated.store.activity, "daily_counts", None)
    assert operated.operations.condition.troubles() == (told, frozenset({KURYE.id}))
    assert [each.kind for each in told] == ["engine", "crawl"]


def test_where_the_engine_lies_is_told_to_nobody_without_a_key(operated: Operated) -> None:
    operated.health = EngineHealth(ok=False, detail="no answer from 10.0.0.7", name="Elasticsearch")
    with operated.client() as anybody:
        status = anybody.get("/api/v1/status").json()
        assert (status["engine"], status["troubles"][0]["evidence"]) == ("Elasticsearch", "Elasticsearch")
        for path in ("/api/v1/status", "/status", "/readyz", "/metrics"):
            assert "10.0.0.7" not in anybody.get(path).text, path


def test_a_retry_of_what_failed_is_of_what_failed(operated: Operated) -> None:
    operated.crawl(GAZETTE, stories=2, failing=1)
    operated.crawl(KURYE, failing=1)
    with operated.client(operated.key(Scope.OPERATE)) as api:
        assert api.post(REQUESTS, json={"failed": True}).json()["total"] == 2
        assert api.post(REQUESTS, json={"failed": True, "source": "kurye"}).json()["total"] == 1


def test_operations_without_access_are_refused(operated: Operated) -> None:
    with pytest.raises(ValueError, match="would let everybody write"):
        create_app(operated.service, operations=operated.operations)


def test_openapi_and_the_documentation_have_every_route_parameter_and_field(operated: Operated) -> None:
    text = DOCS.read_text(encoding="utf-8")
    searching = create_app(operated.service).openapi()  # its own tests look after it
    with operated.client() as api:
        document = api.get(OPENAPI_PATH).json()
    schemas = document["components"]["schemas"]
    used = set(re.findall(r"#/components/schemas/(\w+)", json.dumps(document)))
    assert used <= schemas.keys()
    assert "HTTPValidationError" not in used
    for path in document["paths"].keys() - searching["paths"].keys():
        for method, operation in document["paths"][path].items():
            assert f"{method.upper()} {path}" in text, path
            assert ({} in operation["security"]) is (method == "get"), path
            for parameter in operation.get("parameters", []):
                assert f"`{parameter['name']}`" in text, (path, parameter["name"])
            for status in operation["responses"]:
                assert f"| {status} |" in text, (path, status)
    for name in schemas.keys() - searching["components"]["schemas"].keys():
        for field in schemas[name].get("properties", {}):
            assert f"`{field}`" in text, f"{name}.{field}"


def test_an_address_with_two_methods_names_both(operated: Operated) -> None:
    with operated.client(operated.key(Scope.OPERATE)) as api:
        answer = api.request("PUT", REQUESTS)
        assert (problem(answer)[0], answer.headers["allow"]) == (405, "GET, POST")
        for path in ("/healthz", "/readyz"):
            for method in ("TRACE", "PUT", "DELETE"):
                answer = api.request(method, path)
                assert (problem(answer)[0], answer.headers["allow"]) == (405, "GET"), (method, path)
