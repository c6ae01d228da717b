"""The daemon's lock: one daemon at a time on one record, on whichever machine it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

from news.errors import NewsdexError, StoreError
from store.leases.holders import Holder, is_elsewhere
from store.leases.service import DAEMON_LEASE, LEASE_SECONDS, Leases


class DaemonRunning(NewsdexError):
    """Another daemon is working on this record."""


class DaemonLock:
    """The lease that a running daemon holds."""

    def __init__(self, leases: Leases) -> None:
        self._all = leases
        self._mine = leases.claimant(DAEMON_LEASE)

    def take(self, *, now: datetime) -> None:
        """Take the lease. Raises DaemonRunning, naming its holder."""
        claim = self._mine.acquire([DAEMON_LEASE], now=now)
        if not claim.granted:
            raise DaemonRunning(_running(claim.holder or "", self._all.since(DAEMON_LEASE)))

    @contextmanager
    def held(self, clock: Callable[[], datetime]) -> Iterator[None]:
        """Hold the lease while the block runs; the block must renew it. Raises DaemonRunning."""
        self.take(now=clock())
        try:
            yield
        finally:
            with suppress(StoreError):  # the lease expires anyway after this process ends
                self.release()

    def renew(self, *, now: datetime) -> bool:
        """Extend the lease; False when it was lost."""
        return self._mine.renew([DAEMON_LEASE], now=now)

    def is_found(self) -> bool:
        """Whether anyone opening the record now would find the lease; False once the record's file is gone."""
        return self._mine.is_found(DAEMON_LEASE)

    def release(self) -> None:
        """Release the lease, so that another daemon can start."""
        self._mine.release([DAEMON_LEASE])


def _running(holder: str, since: datetime | None) -> str:
    process = Holder.parse(holder)
    began = f" since {since:%Y-%m-%d %H:%M:%S} UTC" if since else ""
    if is_elsewhere(process):
        todo = f"stop it there; if it died, a daemon here can take over within {LEASE_SECONDS:.0f} seconds"
    else:
        todo = f"stop it first (kill {process.pid}), or name another data_dir"
    return f"a daemon works on this record already: {process.shown}{began}; {todo}"
