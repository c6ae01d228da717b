"""The start of `daemon`: reports a daemon already working on the record before loading the rest."""

from __future__ import annotations

from cli.logs import set_up_logging
from cli.wiring import installation
from scheduler.lock import DaemonLock
from store.clock import utc_now


def run_daemon(*, host: str | None, port: int | None, web: bool) -> None:
    """Follow the sources, keep the index up to date and serve the page, until SIGTERM or SIGINT."""
    with installation() as opened:
        set_up_logging(opened.settings.log, process="daemon")
        lock = DaemonLock(opened.store.leases)
        with lock.held(utc_now):
            from cli.commands.daemon import run_holding  # half the time of a second daemon, which ends above

            run_holding(opened, lock, host=host, port=port, web=web)
