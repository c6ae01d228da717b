"""Log messages for store failures during the daemon's own work."""

from __future__ import annotations

import logging

from store.outage import Outage

log = logging.getLogger(__name__)


def outage(name: str, trouble: str) -> Outage:
    """The outage of one repeated task: its start is logged once, and so is its end."""
    return Outage(log, waits=f"{trouble}, and is tried again", goes_on=f"the store answers again ({name})")
