"""A proposed source as it is shown: as tables for people, as facts for programs."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rich.table import Table
from rich.text import Text

from cli.output import console, moment
from crawler.proposals.proposal import Proposal

GOOD, FAIR = 0.75, 0.5  # thresholds of the confidence
SHOWN_CHARACTERS = 70  # of a sample's title


def print_proposal(proposal: Proposal, zone: ZoneInfo) -> None:
    """Print what was found, with times in this zone."""
    told = [proposal.language or "language unknown", *([proposal.time_zone] if proposal.time_zone else [])]
    console.print(f"{proposal.name}, {proposal.home_url} ({', '.join(told)})")
    ways = Table("", "way", "address", "why", box=None)
    for way in sorted(proposal.ways, key=lambda way: not way.chosen):
        ways.add_row("+" if way.chosen else "-", way.kind.value, Text(way.url), Text(way.reason))
    console.print(ways)
    samples = Table("sample", "published", "words", "", box=None)
    for sample in proposal.samples:
        title = Text((sample.title or sample.url)[:SHOWN_CHARACTERS])
        words = str(sample.word_count) if not sample.problem else "–"
        samples.add_row(title, moment(sample.published_at, zone), words, Text(sample.problem))
    console.print(samples)
    if proposal.renders:
        console.print("no story without scripts: a browser is to run them; `newsdex doctor` says whether it can")
    level = "good" if proposal.confidence >= GOOD else "fair" if proposal.confidence >= FAIR else "low"
    console.print(f"confidence {proposal.confidence:.2f}, {level}; {proposal.request_count} requests:")
    for one in proposal.checks:
        console.print(f"  {one.name}: {one.score:.2f} of weight {one.weight:g}, {one.evidence}")


def facts_of(proposal: Proposal, source_id: str, text: str, *, written_to: Path | None) -> dict[str, Any]:
    """What was found and written, for programs; `text` is that of the source file."""
    ways = [
        {"kind": way.kind.value, "url": way.url, "chosen": way.chosen, "reason": way.reason}
        | {"entry_count": len(way.entries), "newest_at": way.newest_at}
        for way in proposal.ways
    ]
    return {
        "id": source_id,
        "name": proposal.name,
        "home_url": proposal.home_url,
        "language": proposal.language,
        "time_zone": proposal.time_zone,
        "hosts": proposal.hosts,
        "article_pattern": proposal.article_pattern,
        "ways": ways,
        "renders": proposal.renders,
        "samples": proposal.samples,
        "confidence": proposal.confidence,
        "checks": proposal.checks,
        "request_count": proposal.request_count,
        "text": text,
        "written_to": str(written_to) if written_to else None,
    }
