"""Metrics for Prometheus: read from the store at each scrape, so that every process reports the same."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime

from fastapi import APIRouter
from prometheus_client import CollectorRegistry, Metric, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector
from starlette.responses import Response

from news.troubles import Severity
from search.operations.overview import Overview
from search.operations.service import Operations
from store.standing.alerts import StandingFigures
from store.views import RunView

METRICS_PATH = "/metrics"
MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"  # Prometheus' text exposition format
NEW_URLS = "new_urls"  # the only count of a crawl that is not an outcome


class RunTally:
    """Running counts of all crawls since it was created; only new and still open crawls are read again."""

    def __init__(self, operations: Operations) -> None:
        self._operations = operations
        self._newest_id = operations.newest_run_id()
        self._open_ids: set[int] = set()
        self._ended: Counter[str] = Counter()
        self._reasons: Counter[str] = Counter()
        self._lock = threading.Lock()

    def read(self) -> tuple[Counter[str], Counter[str]]:
        """(crawls ended by reason, fetches by outcome), including those of open crawls so far."""
        with self._lock:
            current: Counter[str] = Counter()
            for run in self._operations.runs_after(self._newest_id, also=self._open_ids):
                self._take(run, current)
            return self._reasons.copy(), self._ended + current

    def _take(self, run: RunView, current: Counter[str]) -> None:
        self._newest_id = max(self._newest_id, run.id)
        if run.ended_at is None:
            self._open_ids.add(run.id)
            current.update(run.counts)
            return
        self._open_ids.discard(run.id)
        self._reasons[run.finish_reason or "unknown"] += 1
        self._ended.update(run.counts)


class NewsdexCollector(Collector):
    """All metrics of an installation."""

    def __init__(self, operations: Operations) -> None:
        self._operations = operations
        self._tally = RunTally(operations)

    def describe(self) -> Iterable[Metric]:
        """Describe nothing: registering must not read the store."""
        return ()

    def collect(self) -> Iterator[Metric]:
        """Read the store once."""
        overview, totals = self._operations.condition.overview(), self._operations.totals()
        yield _gauge("articles", "Live articles", totals.articles)
        yield _gauge("article_versions", "Distinct contents of articles", totals.versions)
        yield _gauge("urls", "Known URLs", totals.urls)
        yield _gauge("requests_open", "Requests that have not ended", self._operations.requests.open_count())
        yield _gauge("runs_open", "Crawls under way", len(overview.open_runs))
        yield _gauge("engine_up", "Whether the search engine answers", overview.engine.ok)
        yield _gauge("daemon_up", "Whether a daemon runs", overview.daemon is not None)
        yield _gauge("paused", "Whether everything is paused", overview.paused_at is not None)
        yield _gauge("free_bytes", "Free space on the file system of the data folder", overview.space.free_bytes)
        sizes = self._operations.sizes()
        yield _gauge("record_bytes", "What the database takes", sizes.record_bytes)
        yield _gauge("archive_bytes", "What the WARC files take", sizes.archive_bytes)
        yield from _backup(overview)
        yield from _outbox(overview)
        yield from _standing(overview.standing, overview.made_at)
        yield from _sources(overview)
        yield _troubles(overview)
        yield from _counters(*self._tally.read())


def _gauge(name: str, about: str, value: float) -> Metric:
    return GaugeMetricFamily(f"newsdex_{name}", about, value=float(value))


def _backup(overview: Overview) -> Iterator[Metric]:
    if overview.last_backup_at is not None:
        age = (overview.made_at - overview.last_backup_at).total_seconds()
        yield _gauge("last_backup_age_seconds", "Time since the last whole backup", max(0.0, age))


def _outbox(overview: Overview) -> Iterator[Metric]:
    outbox = overview.outbox
    age = (overview.made_at - outbox.oldest_at).total_seconds() if outbox.oldest_at else 0.0
    yield _gauge("outbox_pending", "Articles the index has still to be told about", outbox.pending)
    yield _gauge("outbox_oldest_age_seconds", "How long the first of them waits", max(0.0, age))
    yield _gauge("outbox_dead", "Dead letters: articles that the engine refuses", outbox.dead)


def _standing(figures: StandingFigures, now: datetime) -> Iterator[Metric]:
    alerts = figures.alerts
    late = (now - alerts.oldest_due_at).total_seconds() if alerts.oldest_due_at else 0.0
    yield _gauge("standing_searches", "Saved searches", figures.searches)
    yield _gauge("standing_waiting", "Versions of articles that have still to be matched", figures.waiting)
    yield _gauge("alerts_pending", "Matches that webhooks and mails have still to send", alerts.pending)
    yield _gauge("alerts_late_seconds", "How long the first of them is due", max(0.0, late))
    yield _gauge("alerts_dead", "Dead letters: matches that were given up on", alerts.dead)


def _sources(overview: Overview) -> Iterator[Metric]:
    about = {
        "due": "URLs whose time has come",
        "failing": "URLs whose last fetch failed",
        "articles": "Live articles of a source",
        "alarms": "Signs that its pages do not read as they usually did",
        "silent": "Whether nothing new is found of it for unusually long",
        "feed_gaps": "Times in the last seven days that its feeds lost entries between two polls",
        "last_success_age_seconds": "Time since a crawl of the source last ended well",
    }
    families = {
        name: GaugeMetricFamily(f"newsdex_source_{name}", text, labels=["source"]) for name, text in about.items()
    }
    for row in overview.sources:
        figures, labels = row.figures, [row.source.id]
        families["due"].add_metric(labels, figures.due)
        families["failing"].add_metric(labels, figures.failing)
        families["articles"].add_metric(labels, figures.articles)
        families["alarms"].add_metric(labels, sum(alarm.source_id == row.source.id for alarm in overview.alarms))
        families["silent"].add_metric(labels, figures.silent_since is not None)
        families["feed_gaps"].add_metric(labels, sum(gap.source_id == row.source.id for gap in overview.gaps))
        if figures.last_success_at is not None:
            age = (overview.made_at - figures.last_success_at).total_seconds()
            families["last_success_age_seconds"].add_metric(labels, max(0.0, age))
    yield from families.values()


def _troubles(overview: Overview) -> Metric:
    family = GaugeMetricFamily("newsdex_troubles", "Things that are wrong now", labels=["severity"])
    for severity in Severity:
        family.add_metric([severity.value], sum(each.severity is severity for each in overview.troubles))
    return family


def _counters(reasons: Counter[str], counts: Counter[str]) -> Iterator[Metric]:
    runs = CounterMetricFamily("newsdex_runs", "Crawls that ended, since this process began", labels=["reason"])
    for reason, number in sorted(reasons.items()):
        runs.add_metric([reason], number)
    fetches = CounterMetricFamily("newsdex_fetches", "Fetches, since this process began", labels=["outcome"])
    for outcome, number in sorted(counts.items()):
        if outcome != NEW_URLS:
            fetches.add_metric([outcome], number)
    found = CounterMetricFamily("newsdex_new_urls", "URLs met for the first time", value=float(counts[NEW_URLS]))
    yield from (runs, fetches, found)


def metrics_router(operations: Operations) -> APIRouter:
    """The route that Prometheus scrapes."""
    router = APIRouter(include_in_schema=False)
    registry = CollectorRegistry(auto_describe=False)
    registry.register(NewsdexCollector(operations))

    @router.get(METRICS_PATH)
    def metrics() -> Response:
        return Response(generate_latest(registry), media_type=MEDIA_TYPE)

    return router
