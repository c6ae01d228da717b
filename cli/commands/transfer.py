"""`transfer`: copies the record to another database, for `database_url` to name afterwards."""

from __future__ import annotations

import time

from cli.output import console, counted, print_json, progress_bar
from cli.wiring import installation
from news.errors import NewsdexError
from scheduler.lock import DaemonLock
from store.clock import utc_now
from store.leases.service import HEARTBEAT_SECONDS


def transfer_record(database_url: str, *, as_json: bool) -> None:
    """Copy the record while nothing works on it. Raises StoreError, and NewsdexError if a daemon or a crawl does."""
    with installation() as opened:
        is_file = opened.settings.database_url is None
        store, lock = opened.store, DaemonLock(opened.store.leases)
        with lock.held(utc_now), progress_bar(quiet=as_json) as bar:
            if active := store.activity.open_runs():
                raise NewsdexError(f"run {active[0].id} of {active[0].source_id} is under way; copy when it has ended")
            task = bar.add_task("rows", total=store.row_count())
            held = Held(lock)

            def advance(table: str, count: int) -> None:
                bar.advance(task, count)
                held.renew()

            rows = store.copy_into(database_url, on_rows=advance)
    if as_json:
        print_json({"rows": rows})
        return
    articles = counted(rows["article"], "article")
    console.print(f"copied {sum(rows.values()):,} rows, among them {articles}; nothing here was changed")
    console.print("set database_url (or NEWSDEX_DATABASE_URL) to the copy; archive and index stay in data_dir")
    if is_file:
        console.print("then move newsdex.sqlite out of it: a command without that setting would go on using it")


class Held:
    """The lease, held for as long as a copy takes; renewing waits for the disk, so it is not done at every call."""

    def __init__(self, lock: DaemonLock) -> None:
        self._lock = lock
        self._renewed = time.monotonic()

    def renew(self) -> None:
        """Renew the lease if that is due. Raises NewsdexError when another daemon has it."""
        if time.monotonic() - self._renewed < HEARTBEAT_SECONDS:
            return
        self._renewed = time.monotonic()
        if not self._lock.renew(now=utc_now()):
            raise NewsdexError("a daemon was started on this record meanwhile; stop it and copy again")
