"""The start of `daemon`: if another one already works on the record, says so before the rest is loaded."""

from __future__ import annotations

from cli.logs import set_up_logging
from cli.wiring import installation
from scheduler.lock import DaemonLock
from store.service import utc_now


def run_daemon(*, host: str | None, port: int | None, web: bool) -> None:
    """Follow the sources, keep the index true, and serve the page, until SIGTERM or SIGINT."""
    with installation() as opened:
        set_up_logging(opened.settings.log, process="daemon")
        lock = DaemonLock(opened.store.leases)
        with lock.held(utc_now):
            from cli.commands.daemon import run_holding  # half of a second daemon's time, which ends above

            run_holding(opened, lock, host=host, port=port, web=web)
