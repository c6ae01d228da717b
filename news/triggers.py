"""Why crawls begin."""

from __future__ import annotations

from enum import StrEnum


class Trigger(StrEnum):
    """Why a crawl began; of several reasons the first of these."""

    REQUEST = "request"  # somebody asked a daemon for it, or asked for it on the command line with progress to follow
    SCHEDULE = "schedule"  # a slot of its source
    REVISIT = "revisit"  # URLs that came due by themselves
    CLI = "cli"  # `newsdex crawl` without a daemon
    DEMO = "demo"
