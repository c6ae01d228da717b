"""As `guarded_crawl`, saying beside each outcome what the process has taken of memory at most, in bytes."""

from __future__ import annotations

import json
import resource
import sys

from tests.support import guarded_crawl


def say(url: str, outcome: str) -> None:
    peak_bytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024  # Linux counts in KiB
    print(json.dumps([url, outcome, peak_bytes]), flush=True)


if __name__ == "__main__":
    guarded_crawl.Probe.tell = staticmethod(say)
    guarded_crawl.main(sys.argv[1], sys.argv[2:])
