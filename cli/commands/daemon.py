"""`daemon`: all parts together, until stopped."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from cli.output import console
from cli.standing import standing_of
from cli.web_app import web_app
from cli.wiring import Installation, settings_here
from config.sources import load_sources
from indexer.matching.service import StandingMatching
from news.errors import EngineUnavailable
from scheduler.bell import Bell
from scheduler.daemon import Daemon, Parts
from scheduler.in_force import InForce, Loaded
from scheduler.indexing import kept_delivery
from scheduler.lock import DaemonLock
from scheduler.notifying.match_deliveries import Teller
from scheduler.notifying.operators import Operators
from scheduler.standing import Standing
from scheduler.supervisor import Supervisor
from scheduler.timing.schedules import Schedules, make_jobs
from scheduler.timing.slots import next_fire_at
from search.operations.overview import DaemonState
from search.operations.service import Operations
from search.service import SearchService
from search.web.server import WebServer
from store.clock import utc_now

VECTORS_AT_A_TIME = 600  # some 45 s of CPU
log = logging.getLogger(__name__)


def run_holding(opened: Installation, lock: DaemonLock, *, host: str | None, port: int | None, web: bool) -> None:
    """Run until SIGTERM or SIGINT, with the lock already held."""
    _open_engine(opened)
    with Bell() as bell:
        _assemble(opened, lock, bell, host=host, port=port, web=web).run(_say_ready)


def _open_engine(opened: Installation) -> None:
    """Open the engine now if it answers; otherwise delivery opens it as soon as it can."""
    try:
        opened.unopened_engine.open()
    except EngineUnavailable as error:
        log.warning("the search engine is not there yet: %s", error)


def _assemble(
    opened: Installation, lock: DaemonLock, bell: Bell, *, host: str | None, port: int | None, web: bool
) -> Daemon:
    store, jobs = opened.store, make_jobs()
    in_force = InForce(Loaded(settings=opened.settings, sources=opened.sources), load=_load, clock=utc_now)
    command = [sys.executable, "-m", "cli", "worker"]

    def tell_saved() -> None:
        parts.saved()

    def wake() -> None:
        parts.wake()

    supervisor = Supervisor(command, environment=_worker_environment(), on_saved=tell_saved)
    operations = _operations(opened, in_force, supervisor, wake=wake)
    parts = Parts(
        jobs=jobs,
        schedules=Schedules(store, jobs, clock=utc_now, on_due=lambda: supervisor.tell("wake")),
        supervisor=supervisor,
        delivery=kept_delivery(store, opened.unopened_engine),
        standing=_standing(opened, in_force),
        operators=Operators(store, lambda: in_force.settings, operations.condition.troubles, clock=utc_now),
        server=_server(opened, in_force, operations, host=host, port=port) if web else None,
        make_vectors=partial(opened.make_vectors, most=VECTORS_AT_A_TIME) if opened.meaning else None,
    )
    return Daemon(in_force, parts, store=store, lock=lock, clock=utc_now, bell=bell, on_stopping=_end_within)


def _standing(opened: Installation, in_force: InForce) -> Standing:
    teller = Teller(opened.store, lambda: in_force.settings, _Names(in_force), clock=utc_now)
    return Standing(StandingMatching(opened.store, clock=utc_now), teller)


def _operations(
    opened: Installation, in_force: InForce, supervisor: Supervisor, *, wake: Callable[[], None]
) -> Operations:
    began_at = utc_now()
    return Operations(
        opened.store,
        lambda: in_force.sources,
        engine_health=opened.unopened_engine.health,
        clock=utc_now,
        next_slot_at=lambda source, now: next_fire_at(source.schedule, source.id, now),
        wake=wake,
        daemon_state=lambda: DaemonState(
            since_at=began_at, crash_count=supervisor.crash_count, refusal=in_force.refusal
        ),
    )


def _server(
    opened: Installation, in_force: InForce, operations: Operations, *, host: str | None, port: int | None
) -> WebServer:
    engine, web = opened.unopened_engine, opened.settings.web
    host, port = host or web.host, web.port if port is None else port
    service = SearchService(engine, opened.store, _Names(in_force), meaning=opened.meaning)
    standing = standing_of(opened, alerts=lambda: in_force.settings.alerts, source_names=_Names(in_force))
    app = web_app(opened, service, operations, standing=standing, host=host)
    return WebServer(app, host=host, port=port, on_stop=operations.stopping.set)


class _Names(Mapping[str, str]):
    """The ids and names of the sources currently in force."""

    def __init__(self, in_force: InForce) -> None:
        self._in_force = in_force

    def __getitem__(self, source_id: str) -> str:
        return self._in_force.sources.by_id[source_id].name

    def __iter__(self) -> Iterator[str]:
        return iter(self._in_force.sources.by_id)

    def __len__(self) -> int:
        return len(self._in_force.sources)


def _end_within(seconds: float, code: int) -> None:
    """Exit this process after so long, whatever it is waiting for: a hanging server never frees its thread."""

    def leave() -> None:
        log.error(
            "the stop is held up, as by a server that hangs, and ends here; the next start goes on from the record"
        )
        os._exit(code)

    limit = threading.Timer(seconds, leave)
    limit.daemon = True
    try:
        limit.start()
    except RuntimeError:  # the system has no thread left: then by a signal, which the main thread handles if it can
        signal.signal(signal.SIGALRM, lambda number, frame: leave())
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _load() -> Loaded:
    settings = settings_here()
    return Loaded(settings=settings, sources=load_sources(settings))


def _worker_environment() -> dict[str, str]:
    """An environment in which the worker finds the same packages and settings as this process."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(entry or str(Path.cwd()) for entry in sys.path)}


def _say_ready(url: str | None) -> None:
    console.print(f"newsdex is ready at {url}" if url else "newsdex is ready")
