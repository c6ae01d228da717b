"""Which stories of the newswire count as copies of each other, by the time between them, as JSON.

    python -m benchmarks.copy_newswire CORPORA

A desk sends its corrections and second takes within hours. Stories sent days apart that share half of their text are
most often two reports filled into one template (a bond's terms, a day's money market), which no search should fold.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import combinations
from pathlib import Path

from benchmarks.search_load import articles as articles_of
from news.copies import MIN_CONTAINMENT, MIN_SIZE, are_copies, likeness
from news.shingles import Sketch, sketch_of

MOST_HELD = 400  # stories that share one band; commoner ones are left out
HOUR_SECONDS = 3600
SPANS = {"6 hours": 6 * HOUR_SECONDS, "a day": 24 * HOUR_SECONDS, "3 days": 72 * HOUR_SECONDS}
LATER = "longer"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpora", type=Path)
    held = articles_of(parser.parse_args().corpora / "news" / "reuters21578.jsonl.gz")
    stories = [one for one in held if "published" in one]
    sketches = [sketch_of(one.get("text", "")) for one in stories]
    times = [datetime.fromisoformat(one["published"]) for one in stories]
    alike: Counter[str] = Counter()
    copies: Counter[str] = Counter()
    for one, other in candidates(sketches):
        found = likeness(sketches[one], sketches[other])
        if found.containment >= MIN_CONTAINMENT and found.size >= MIN_SIZE:
            span = span_of(abs((times[one] - times[other]).total_seconds()))
            alike[span] += 1
            copies[span] += are_copies(found)
    print(json.dumps({"by_text_alone": told(alike), "with_figures": told(copies)}, indent=1))


def candidates(sketches: Sequence[Sketch]) -> Iterator[tuple[int, int]]:
    """The pairs that share a band, each once."""
    held: dict[int, list[int]] = defaultdict(list)
    for number, sketch in enumerate(sketches):
        for band in sketch.bands:
            held[band].append(number)
    yield from {pair for numbers in held.values() if len(numbers) <= MOST_HELD for pair in combinations(numbers, 2)}


def span_of(seconds: float) -> str:
    return next((name for name, most in SPANS.items() if seconds <= most), LATER)


def told(counts: Mapping[str, int]) -> dict[str, int]:
    """The pairs at most so far apart, and beyond."""
    return {name: counts[name] for name in (*SPANS, LATER)}


if __name__ == "__main__":
    main()
