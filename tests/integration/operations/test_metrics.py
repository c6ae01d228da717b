"""What Prometheus is told, read back with Prometheus' own parser."""

from __future__ import annotations

import shutil
from datetime import timedelta
from types import SimpleNamespace

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from indexer.engine import EngineHealth
from news.crawl_ends import FinishReason
from news.requests import RequestKind
from news.triggers import Trigger
from store.backups.last import record_backup
from tests.support.operated import GAZETTE, STORY, Operated

Samples = dict[tuple[str, ...], float]


def scraped(client: httpx.Client) -> Samples:
    """Name and label values to value."""
    answer = client.get("/metrics")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    families = list(text_string_to_metric_families(answer.text))
    assert all(family.documentation for family in families)
    return {(sample.name, *sample.labels.values()): sample.value for family in families for sample in family.samples}


@pytest.fixture(autouse=True)
def _room(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same room on the disk at each look: others write there meanwhile."""
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: SimpleNamespace(free=5 << 30))


def test_every_figure_is_that_of_the_store(operated: Operated) -> None:
    operated.crawl(GAZETTE, stories=2, failing=1)
    operated.operations.requests.ask(RequestKind.FETCH, urls=[STORY])
    record_backup(operated.folder, at=operated.now)
    operated.now += timedelta(minutes=10)
    with operated.client() as client:
        found = scraped(client)
        status = client.get("/api/v1/status").json()
        assert (status["last_backup_at"], status["free_bytes"]) == ("2026-11-24T12:00:00Z", 5 << 30)
    assert found["newsdex_articles",] == found["newsdex_article_versions",] == found["newsdex_outbox_pending",] == 2
    assert found["newsdex_urls",] == 4
    assert found["newsdex_outbox_oldest_age_seconds",] == 600
    assert found["newsdex_source_last_success_age_seconds", "gazette"] == 600
    assert ("newsdex_source_last_success_age_seconds", "kurye") not in found
    assert found["newsdex_last_backup_age_seconds",] == 600
    assert found["newsdex_free_bytes",] == 5 << 30
    assert (found["newsdex_source_due", "gazette"], found["newsdex_source_failing", "gazette"]) == (1, 1)
    assert (found["newsdex_requests_open",], found["newsdex_runs_open",]) == (1, 0)
    assert (found["newsdex_engine_up",], found["newsdex_daemon_up",], found["newsdex_paused",]) == (1, 0, 0)


def test_counters_count_from_the_start_of_the_process_and_never_fall(operated: Operated) -> None:
    operated.crawl(GAZETTE, stories=5)
    with operated.client() as client:
        assert ("newsdex_runs_total", "finished") not in scraped(client)
        operated.crawl(GAZETTE, stories=1, failing=1)
        under_way = operated.store.runs.start("kurye", Trigger.SCHEDULE, now=operated.now)
        operated.store.runs.heartbeat(under_way, {"unchanged": 2}, now=operated.now)
        first = scraped(client)
        assert first["newsdex_runs_total", "finished"] == first["newsdex_fetches_total", "timeout"] == 1
        assert (first["newsdex_fetches_total", "unchanged"], first["newsdex_runs_open",]) == (2, 1)
        assert first["newsdex_new_urls_total",] == 2
        assert ("newsdex_fetches_total", "new_urls") not in first
        assert scraped(client) == first
        operated.store.runs.finish(under_way, reason=FinishReason.STOPPED, counts={"unchanged": 3}, now=operated.now)
        second = scraped(client)
        assert (second["newsdex_fetches_total", "unchanged"], second["newsdex_runs_total", "stopped"]) == (3, 1)
        assert second["newsdex_fetches_total", "timeout"] == 1


def test_what_is_down_is_told(operated: Operated) -> None:
    operated.health = EngineHealth(ok=False, detail="no answer")
    operated.operations.pause("*")
    operated.run_daemon()
    with operated.client() as client:
        found = scraped(client)
    assert (found["newsdex_engine_up",], found["newsdex_daemon_up",], found["newsdex_paused",]) == (0, 1, 1)
    assert ("newsdex_last_backup_age_seconds",) not in found
