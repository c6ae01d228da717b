"""When a URL is worth asking for again: pure rules over times."""

from __future__ import annotations

from datetime import datetime, timedelta

from news.fetch import Outcome, UrlKind, UrlState

# Most edits of a news article fall into its first hours (the field's crawlers shrink on change and grow on sameness:
# StormCrawler's AdaptiveScheduler); asking again after a share of the time it has stood unchanged follows that curve
# with one number. The bounds are choices.
SHARE_OF_QUIET_TIME = 0.5
LEAST_INTERVAL = timedelta(minutes=15)
MOST_INTERVAL = timedelta(days=30)

GONE_CONFIRMATIONS = 3  # 404/410 answers before a URL counts as gone
GONE_INTERVAL = timedelta(hours=12)  # spread of those answers: one bad evening of a publisher removes nothing

FAILURE_BASE = timedelta(minutes=2)
FAILURE_CAP = timedelta(days=1)
REFUSED_INTERVAL = timedelta(days=7)  # rules, addresses and page sizes change, but seldom
NOT_ARTICLE_INTERVAL = timedelta(days=1)  # a page without a story may become one
NOT_ARTICLE_LIFE = timedelta(days=7)


def article_due_at(*, now: datetime, first_fetched_at: datetime, changed_at: datetime | None) -> datetime:
    """When to look at an article again: after half of the time it has stood unchanged, within bounds."""
    quiet = now - (changed_at or first_fetched_at)
    return now + min(max(quiet * SHARE_OF_QUIET_TIME, LEAST_INTERVAL), MOST_INTERVAL)


def failure_due_at(*, now: datetime, failure_count: int, retry_at: datetime | None = None) -> datetime:
    """When to try again after this many failures in a row; not before a Retry-After."""
    step: timedelta = FAILURE_BASE * 2 ** min(failure_count - 1, 16)
    due: datetime = now + min(step, FAILURE_CAP)
    return max(due, retry_at) if retry_at else due


def gone_due_at(*, now: datetime, failure_count: int) -> datetime | None:
    """When to confirm a 404 or 410; None when it has been confirmed and the URL is gone."""
    return None if failure_count >= GONE_CONFIRMATIONS else now + GONE_INTERVAL


def discovery_due_at(
    *, now: datetime, poll_interval: timedelta, depth: int, kind: UrlKind, changed_at: datetime | None
) -> datetime | None:
    """When to ask a feed, sitemap or section page again.

    What the source names is polled at its interval. A sitemap found inside another is asked less and less while it
    stands still, and the second page of a section only when the first leads to it (None).
    """
    if depth == 0 or kind is UrlKind.FEED:
        return now + poll_interval
    if kind is UrlKind.SECTION:
        return None
    quiet = now - changed_at if changed_at else timedelta(0)
    return now + min(max(quiet * SHARE_OF_QUIET_TIME, poll_interval), timedelta(days=1))


def after_failure(
    *, outcome: Outcome, kind: UrlKind, failure_count: int, now: datetime, retry_at: datetime | None
) -> tuple[UrlState, datetime | None]:
    """The state of a URL after a fetch without content, and when it is due again (None = never by itself).

    `failure_count` counts this failure too.
    """
    if outcome in {Outcome.BLOCKED_SCHEME, Outcome.OUT_OF_SCOPE}:
        return UrlState.REFUSED, None
    if outcome in {Outcome.ROBOTS_REFUSED, Outcome.BLOCKED_PRIVATE, Outcome.TOO_LARGE}:
        return UrlState.REFUSED, now + REFUSED_INTERVAL
    if outcome is Outcome.GONE and kind is UrlKind.ARTICLE:
        due = gone_due_at(now=now, failure_count=failure_count)
        return (UrlState.FAILING if due else UrlState.GONE), due
    return UrlState.FAILING, failure_due_at(now=now, failure_count=failure_count, retry_at=retry_at)
