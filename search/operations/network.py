"""Whether the network itself keeps sources from being read, judged by the newest crawls of all of them; pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from news.crawl_ends import GOOD_ENDS
from news.fetch import Outcome
from search.operations.overview import SourceCondition
from store.views import FailureView

LEAST_SOURCES = 2  # with only one, its own site is the likelier cause
SHARE = 0.5  # of the sources: a choice. Sites that share a host or a CDN also fail together
LONGEST_CRAWL = timedelta(hours=1)  # a crawl under way when the network failed may still have ended well
NO_ANSWER = frozenset(
    {Outcome.DNS_FAILED, Outcome.CONNECTION_FAILED, Outcome.TIMEOUT, Outcome.ROBOTS_DEFERRED}
)  # outcomes when nothing answers; robots.txt is fetched first


def cut_off(rows: Sequence[SourceCondition], failing: Collection[FailureView]) -> list[SourceCondition]:
    """The watched sources that fail because no site answers; none if some site does answer.

    That is assumed when half of them got no answer, and none has been answered since the first of these began to fail.
    """
    answered = {each.source_id for each in failing if each.outcome not in NO_ANSWER}
    reached_at = max((at for row in rows if (at := _reached_at(row)) is not None), default=None)
    found = [row for row in rows if row.source.id not in answered and _fails_since(row, reached_at)]
    return found if len(found) >= max(LEAST_SOURCES, len(rows) * SHARE) else []


def _reached_at(row: SourceCondition) -> datetime | None:
    """When a crawl of the source last reached the network, as a safe lower bound."""
    last, success_at = row.figures.last_run, row.figures.last_success_at
    if last is not None and last.finish_reason in GOOD_ENDS:
        return last.started_at
    return success_at - LONGEST_CRAWL if success_at is not None else None


def _fails_since(row: SourceCondition, reached_at: datetime | None) -> bool:
    since = row.figures.documents_failing_since
    return since is not None and (reached_at is None or since > reached_at)
