"""Matches what waits in a store again and again, each time killed one SQL statement later, until it is left to finish.

python -m tests.support.killed_matching FOLDER DATABASE_URL|null   (JSON values); prints how often it was killed.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from indexer.matching.service import StandingMatching
from store.service import Store
from tests.support.killed_statements import die_at
from tests.support.stores import ARCHIVE_FILE_BYTES, NOW


def main() -> None:
    folder, url = map(json.loads, sys.argv[1:])
    statement = 0
    while True:
        statement += 1
        child = os.fork()
        if child == 0:
            _match_killed_at(folder, url, statement)
            os._exit(0)
        status = os.waitpid(child, 0)[1]
        if os.WIFEXITED(status):
            print(statement - 1, flush=True)
            sys.exit(os.WEXITSTATUS(status))


def _match_killed_at(folder: str, url: str | None, statement: int) -> None:
    store = Store.open(Path(folder), database_url=url, max_archive_file_bytes=ARCHIVE_FILE_BYTES, clock=lambda: NOW)
    die_at(statement)
    for _ in StandingMatching(store, clock=lambda: NOW).match_pending():
        pass
    store.close()


if __name__ == "__main__":
    main()
