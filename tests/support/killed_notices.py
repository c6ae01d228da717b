"""Looks at a trouble and tells it, again and again, each time killed one SQL statement later, until it may finish.

python -m tests.support.killed_notices FOLDER DATABASE_URL|null WEBHOOK   (JSON values); prints how often it was killed.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from config.settings import AlertSettings, NoticeSettings, Settings
from news.troubles import Severity, Trouble, TroubleKind
from scheduler.notifying.operators import Operators
from store.service import Store
from tests.support.killed_statements import die_at
from tests.support.stores import ARCHIVE_FILE_BYTES, NOW

TROUBLE = Trouble(kind=TroubleKind.ENGINE, severity=Severity.URGENT, what="the search engine does not answer")


def main() -> None:
    folder, url, webhook = map(json.loads, sys.argv[1:])
    settings = Settings(
        alerts=AlertSettings(trusted_hosts=("127.0.0.1",)),
        notices=NoticeSettings(webhook_url=webhook, urgent_after_seconds=0),
    )
    statement = 0
    while True:
        statement += 1
        child = os.fork()
        if child == 0:
            _tell_killed_at(folder, url, settings, statement)
            os._exit(0)
        status = os.waitpid(child, 0)[1]
        if os.WIFEXITED(status):
            print(statement - 1, flush=True)
            sys.exit(os.WEXITSTATUS(status))


def _tell_killed_at(folder: str, url: str | None, settings: Settings, statement: int) -> None:
    store = Store.open(Path(folder), database_url=url, max_archive_file_bytes=ARCHIVE_FILE_BYTES, clock=lambda: NOW)
    operators = Operators(store, lambda: settings, lambda: ([TROUBLE], ()), clock=lambda: NOW)
    die_at(statement)
    operators.watch.look()
    operators.deliveries.deliver_due()
    store.close()


if __name__ == "__main__":
    main()
