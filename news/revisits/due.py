"""When a URL is worth fetching again: pure rules over times and over what a source's visits have taught."""

from __future__ import annotations

from datetime import datetime, timedelta

from news.fetch import Outcome, UrlKind, UrlState
from news.revisits.habits import Arrivals, ArticleHistory, Habits, article_factor
from news.revisits.hazard import Hazard

LEAST_INTERVAL = timedelta(minutes=5)  # choices: no page is fetched more often, and each within MOST_INTERVAL
MOST_INTERVAL = timedelta(days=30)

ARRIVALS_PER_POLL = 0.5  # a choice: half of a feed's polls may find nothing new
MOST_STRETCH = 6  # a feed is polled at least once in this many poll intervals, however quiet it is

SHARE_OF_QUIET_TIME = 0.5  # a nested sitemap is fetched again after this share of the time since it last changed

GONE_CONFIRMATIONS = 3  # 404/410 answers before a URL counts as gone
GONE_INTERVAL = timedelta(hours=12)  # least spacing of those answers: one bad evening at a publisher removes nothing

FAILURE_BASE = timedelta(minutes=2)
FAILURE_CAP = timedelta(days=1)
ROBOTS_LIFE = timedelta(days=1)  # RFC 9309, 2.4: then a forbidden document has robots.txt read again
ELSEWHERE_BASE = timedelta(hours=1)  # a site that redirects its readers elsewhere may do so for an hour, or for good
ELSEWHERE_LOOKS = 8  # visits to a page that redirects off the source's hosts, over the five days their waits add up to
REFUSED_INTERVAL = timedelta(days=7)  # rules, addresses and page sizes change, but rarely
NOT_ARTICLE_INTERVAL = timedelta(days=1)  # a page without a story may become one
NOT_ARTICLE_LIFE = timedelta(days=7)
NEWS_LIFE = timedelta(days=1)  # a choice: how long a story that could never be read is retried at the quick pace
DOUBTED_INTERVAL = timedelta(hours=1)  # a choice: most errors pass within it, and an edit does not wait long


def article_due_at(
    history: ArticleHistory, habits: Habits, *, hazard: Hazard, revisits_per_day: int, now: datetime
) -> datetime:
    """When to revisit an article: once enough edits are expected to be worth a request.

    `hazard` is the one learned from `habits`; a caller with many articles makes it once.
    """
    age = (now - history.born_at).total_seconds()
    edits = habits.spending.worthwhile_edits(now, revisits_per_day=revisits_per_day)
    due_age = hazard.age_when(age, edits / article_factor(habits, hazard, history, now))
    wait = timedelta(seconds=min(due_age - age, MOST_INTERVAL.total_seconds()))
    return now + max(wait, LEAST_INTERVAL)


def born_at(*, published_at: datetime | None, met_at: datetime) -> datetime:
    """When an article's age starts: when it was first seen, or its publication if over a day earlier.

    Publishers state dates without a time, and times in the future.
    """
    if published_at is not None and met_at - published_at > timedelta(days=1):
        return published_at
    return met_at


def failure_due_at(*, now: datetime, failure_count: int, retry_at: datetime | None = None) -> datetime:
    """When to retry after this many failures in a row; never before a Retry-After."""
    step: timedelta = FAILURE_BASE * 2 ** min(failure_count - 1, 16)
    due: datetime = now + min(step, FAILURE_CAP)
    return max(due, retry_at) if retry_at else due


def failures_within(span: timedelta) -> int:
    """The most consecutive failures possible for a page that had none when the span began.

    >>> [failures_within(timedelta(minutes=minutes)) for minutes in (1, 6, 60)]
    [1, 3, 5]
    """
    count, waited = 0, timedelta(0)
    while waited <= span:
        waited += min(FAILURE_BASE * 2 ** min(count, 16), FAILURE_CAP)
        count += 1
    return count


def gone_due_at(*, now: datetime, failure_count: int) -> datetime | None:
    """When to confirm a 404 or 410; None when it has been confirmed and the URL is gone."""
    return None if failure_count >= GONE_CONFIRMATIONS else now + GONE_INTERVAL


def discovery_due_at(
    *,
    now: datetime,
    poll_interval: timedelta,
    depth: int,
    kind: UrlKind,
    changed_at: datetime | None,
    arrivals: Arrivals | None = None,
) -> datetime | None:
    """When to fetch a feed, sitemap or section page again.

    Documents named by the source are polled at its poll interval, or less often while they bring little. A sitemap
    found in another is fetched less and less often while it does not change, and the second page of a section or feed
    only when the first leads to it (None).
    """
    if depth == 0:
        return now + _poll_wait(poll_interval, arrivals or Arrivals())
    if kind is not UrlKind.SITEMAP:
        return None
    quiet = now - changed_at if changed_at else timedelta(0)
    return now + min(max(quiet * SHARE_OF_QUIET_TIME, poll_interval), timedelta(days=1))


def _poll_wait(poll_interval: timedelta, arrivals: Arrivals) -> timedelta:
    """The time in which ARRIVALS_PER_POLL new articles are expected; at first every poll may bring one."""
    expected_seconds = (arrivals.seconds + poll_interval.total_seconds()) / (arrivals.count + 1) * ARRIVALS_PER_POLL
    wait = timedelta(seconds=min(expected_seconds, MOST_STRETCH * poll_interval.total_seconds()))
    return max(wait, poll_interval)


def is_unread_news(*, published_at: datetime | None, last_fetched_at: datetime | None, now: datetime) -> bool:
    """Whether a page was never fetched successfully and its feed or sitemap dates it today: it may be listed early."""
    return last_fetched_at is None and published_at is not None and now - published_at < NEWS_LIFE


def after_failure(
    *,
    outcome: Outcome,
    kind: UrlKind,
    failure_count: int,
    now: datetime,
    retry_at: datetime | None,
    is_news: bool = False,
) -> tuple[UrlState, datetime | None]:
    """The state of a URL after a fetch without content, and when it is due again (None = never by itself).

    `failure_count` includes this failure; `is_news` comes from `is_unread_news`.
    """
    if outcome is Outcome.BLOCKED_SCHEME:
        return UrlState.REFUSED, None
    if outcome is Outcome.OUT_OF_SCOPE and kind is UrlKind.ARTICLE:
        wait = ELSEWHERE_BASE * 2 ** (failure_count - 1) if failure_count < ELSEWHERE_LOOKS else None
        return UrlState.REFUSED, now + wait if wait is not None else None
    if outcome is Outcome.ROBOTS_REFUSED and kind is not UrlKind.ARTICLE:
        return UrlState.REFUSED, now + ROBOTS_LIFE
    if outcome in {Outcome.ROBOTS_REFUSED, Outcome.BLOCKED_PRIVATE, Outcome.TOO_LARGE}:
        return UrlState.REFUSED, now + REFUSED_INTERVAL
    if outcome is Outcome.GONE and kind is UrlKind.ARTICLE and is_news:
        soon = failure_due_at(now=now, failure_count=failure_count)
        return UrlState.FAILING, min(soon, now + GONE_INTERVAL)
    if outcome is Outcome.GONE and kind is UrlKind.ARTICLE:
        due = gone_due_at(now=now, failure_count=failure_count)
        return (UrlState.FAILING if due else UrlState.GONE), due
    return UrlState.FAILING, failure_due_at(now=now, failure_count=failure_count, retry_at=retry_at)
