"""A process that opens a store when told to on stdin, and says so.

python -m tests.support.open_store FOLDER DATABASE_URL   (each a JSON value)
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from store.service import Store


def main() -> None:
    folder, url = map(json.loads, sys.argv[1:])
    print("ready", flush=True)
    sys.stdin.readline()
    store = Store.open(Path(folder), database_url=url, max_archive_file_bytes=1 << 20)
    store.ping()
    store.close()
    print("opened", flush=True)


if __name__ == "__main__":
    main()
