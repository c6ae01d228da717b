"""How crawls end."""

from __future__ import annotations

from enum import StrEnum


class FinishReason(StrEnum):
    """Why a crawl ended."""

    FINISHED = "finished"  # nothing due was left
    URL_LIMIT = "url_limit"  # it took as many URLs as a crawl may
    TIME_LIMIT = "time_limit"  # it took as long as a crawl may
    YIELDED = "yielded"  # it made room for another source's, and continues when there is room
    ALL_FAILED = "all_failed"  # it made requests and got nothing that it asked for
    HOST_RESTING = "host_resting"  # its host has asked to be left alone
    PAUSED = "paused"  # its source was paused, or every source
    STOPPED = "stopped"  # its process was told to stop
    LEASE_LOST = "lease_lost"  # another process took over its server
    FAILED = "failed"  # a defect, or the store failed
    BUSY = "busy"  # it did not begin, as another crawl asks one of its servers
    LOST = "lost"  # its process died


# Of crawls that asked their source; one counts as good if it got anything
GOOD_ENDS = frozenset({FinishReason.FINISHED, FinishReason.URL_LIMIT, FinishReason.TIME_LIMIT, FinishReason.YIELDED})
