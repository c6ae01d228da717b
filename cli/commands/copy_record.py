"""`copy-record`: the record in another database, which the setting `database_url` then names."""

from __future__ import annotations

from contextlib import suppress

from cli.output import console, print_json, progress_bar
from cli.wiring import installation
from news.errors import NewsdexError, StoreError
from scheduler.lock import DaemonLock
from store.service import utc_now


def copy_into(database_url: str, *, as_json: bool) -> None:
    """Copy it while no daemon works on it. Raises StoreError, and NewsdexError while a daemon or a crawl does."""
    with installation() as opened:
        store, lock = opened.store, DaemonLock(opened.store.leases)
        lock.take(now=utc_now())
        try:
            if active := store.activity.open_runs():
                raise NewsdexError(f"run {active[0].id} of {active[0].source_id} is under way; copy when it has ended")
            with progress_bar(quiet=as_json) as bar:
                task = bar.add_task("rows", total=store.row_count())
                rows = store.copy_into(database_url, on_rows=lambda table, count: bar.advance(task, count))
        finally:
            with suppress(StoreError):
                lock.release()
    if as_json:
        print_json({"rows": rows})
        return
    console.print(
        f"copied {sum(rows.values()):,} rows, among them {rows['article']:,} articles; nothing here was changed"
    )
    console.print("set database_url (or NEWSDEX_DATABASE_URL) to the copy; archive and index stay in data_dir")
