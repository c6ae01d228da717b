"""A process that takes a lease, says so, and says on SIGUSR1 whether it still has it.

python -m tests.support.lease_holder DATABASE_URL NAME NOW   (each a JSON value)
"""

from __future__ import annotations

import json
import signal
import sys
from datetime import datetime

from store.leases.holders import this_process
from store.leases.service import Leases
from store.sql.database import Database


def main() -> None:
    url, name, now = map(json.loads, sys.argv[1:])
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
    database = Database(url)
    leases = Leases(database, this_process())
    at = datetime.fromisoformat(now)
    print("granted" if leases.acquire([name], now=at).granted else "refused", flush=True)
    signal.sigwait({signal.SIGUSR1})
    print("held" if leases.renew([name], now=at) else "lost", flush=True)
    database.close()


if __name__ == "__main__":
    main()
