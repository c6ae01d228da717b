"""What the daemon tells when the store fails something that it does by itself."""

from __future__ import annotations

import logging

from store.outage import Outage

log = logging.getLogger(__name__)


def outage(name: str, trouble: str) -> Outage:
    """For one thing that is tried again: its trouble is told once, and so is the end of it."""
    return Outage(log, waits=f"{trouble}, and is tried again", goes_on=f"the store answers again ({name})")
