"""`daemon`: everything together, until it is stopped."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

from cli.commands.web import service_of
from cli.logs import set_up_logging
from cli.output import console
from cli.wiring import Installation, installation
from config.load import load_settings
from config.sources import load_sources
from indexer.delivery import Delivery
from scheduler.daemon import Daemon, Loaded
from scheduler.indexing import IndexKeeper
from scheduler.lock import DaemonLock
from scheduler.schedules import Schedules, make_jobs
from scheduler.supervisor import Supervisor
from search.app import create_app
from search.server import WebServer
from store.service import utc_now

log = logging.getLogger(__name__)


def run_daemon(*, host: str | None, port: int | None, web: bool) -> None:
    """Follow the sources, keep the index true, and serve the page, until SIGTERM or SIGINT."""
    with installation() as opened:
        set_up_logging(opened.settings.log, process="daemon")
        lock = DaemonLock(opened.store.leases)
        lock.take(now=utc_now())
        try:
            _assemble(opened, lock, host=host, port=port, web=web).run(_say_ready)
        finally:
            lock.release()


def _assemble(opened: Installation, lock: DaemonLock, *, host: str | None, port: int | None, web: bool) -> Daemon:
    store, settings = opened.store, opened.settings
    loaded = Loaded(settings=settings, sources=opened.sources)
    keeper = IndexKeeper(store, lambda: opened.engine)
    delivery = Delivery(store, lambda: opened.engine, before_each=keeper.keep)
    keeper.renew = delivery.hold
    supervisor = Supervisor(
        [sys.executable, "-m", "cli", "worker"], environment=_worker_environment(), on_saved=delivery.wake
    )
    jobs = make_jobs()
    schedules = Schedules(store, jobs, clock=utc_now, on_due=lambda: supervisor.tell("wake"))
    server = None
    if web:
        app = create_app(service_of(opened))
        chosen = settings.web.port if port is None else port
        server = WebServer(app, host=host or settings.web.host, port=chosen)
    return Daemon(
        loaded,
        store=store,
        lock=lock,
        jobs=jobs,
        schedules=schedules,
        supervisor=supervisor,
        delivery=delivery,
        server=server,
        load=_load,
        clock=utc_now,
    )


def _load() -> Loaded:
    settings = load_settings(None, environ=os.environ, cwd=Path.cwd())
    return Loaded(settings=settings, sources=load_sources(settings))


def _worker_environment() -> dict[str, str]:
    """The worker finds the same packages and settings as we did."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(entry or str(Path.cwd()) for entry in sys.path)}


def _say_ready(url: str | None) -> None:
    console.print(f"newsdex is ready at {url}" if url else "newsdex is ready")
