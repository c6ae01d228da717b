"""Making the results to save of a crawl's fetches, with the times when their URLs are due again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from crawler.answered.fetch import AnsweredFetch
from crawler.fetching.outcomes import Failed
from crawler.recording.batch import Fetched
from news.article import Article
from news.fetch import Outcome, UrlKind, UrlState
from news.revisits.due import (
    NOT_ARTICLE_INTERVAL,
    NOT_ARTICLE_LIFE,
    after_failure,
    article_due_at,
    discovery_due_at,
    is_unread_news,
)
from news.revisits.habits import Habits
from news.revisits.hazard import Hazard
from news.source import Source
from news.urls import normalize_url
from news.versions.digest import payload_digest
from store.learned.revisits import article_history
from store.records import FetchResult, FrontierRow


class Results:
    """Makes the results of one crawl of a source."""

    def __init__(self, source: Source, *, run_id: int) -> None:
        self._source = source
        self._run_id = run_id
        self._poll_interval = timedelta(seconds=source.poll_interval_seconds)
        self.learn(Habits())

    def learn(self, habits: Habits) -> None:
        """Compute due times from these statistics from now on."""
        self._habits = habits
        self._hazard = Hazard.learned(habits.watched)

    def of(
        self,
        fetch: AnsweredFetch,
        *,
        outcome: Outcome,
        next_due_at: datetime | None,
        detail: str = "",
        body_bytes: int | None = None,
    ) -> FetchResult:
        """The result of an answered fetch, without anything that was read from its body.

        Raises UnpackingFailed where `body_bytes` is not given and the body cannot be unpacked.
        """
        answer = fetch.answer
        return FetchResult(
            row=fetch.row,
            run_id=self._run_id,
            fetched_at=fetch.fetched_at,
            outcome=outcome,
            effective_url=answer.url if self.normalized(answer.url) != fetch.row.url else None,
            status=answer.status,
            detail=detail,
            body_bytes=len(answer.body) if body_bytes is None else body_bytes,
            asked_at=answer.asked_at,
            condition=answer.condition,
            duration_seconds=answer.duration_seconds,
            etag=None if answer.is_led_to else answer.etag,
            last_modified=None if answer.is_led_to else answer.last_modified,
            next_due_at=next_due_at,
        )

    def not_modified(self, fetch: AnsweredFetch) -> FetchResult:
        """The result of an answer that says that nothing has changed."""
        same = self.of(fetch, outcome=Outcome.NOT_MODIFIED, next_due_at=self.due_at(fetch.row, fetch.fetched_at))
        return replace(same, redirected_to=self.redirected_to(fetch))

    def unchanged(self, fetch: AnsweredFetch, payload: str, content: str | None = None) -> FetchResult:
        """The result of an answer with the same body as last time; both digests are stored."""
        same = self.of(fetch, outcome=Outcome.UNCHANGED, next_due_at=self.due_at(fetch.row, fetch.fetched_at))
        redirected_to = self.redirected_to(fetch)
        return replace(same, payload_digest=payload, content_digest=content, redirected_to=redirected_to)

    def redirected_to(self, fetch: AnsweredFetch) -> str | None:
        """The normalized address that answered; None if it is the one that was asked for."""
        effective = self.normalized(fetch.answer.url)
        return effective if effective != fetch.row.url else None

    def failed(self, fetch: AnsweredFetch, failed: Failed) -> Fetched:
        """The result to save of an answer that gave no content."""
        state, due_at = _after(failed, fetch.row, fetch.fetched_at)
        result = self.of(fetch, outcome=failed.outcome, detail=failed.detail, next_due_at=due_at)
        exchange = None
        if state is UrlState.GONE and fetch.row.article_id is not None:
            exchange = fetch.exchange(payload_digest(fetch.answer.body))  # the proof of a removal, if it is one
        return Fetched(result=replace(result, state=state), exchange=exchange)

    def unanswered(self, row: FrontierRow, failed: Failed, *, now: datetime) -> Fetched:
        """The result to save of a fetch without an answer, or with one that cannot be described."""
        state, due_at = _after(failed, row, now)
        return Fetched(
            result=FetchResult(
                row=row,
                run_id=self._run_id,
                fetched_at=now,
                outcome=failed.outcome,
                detail=failed.detail,
                state=state,
                next_due_at=due_at,
            )
        )

    def due_at(self, row: FrontierRow, now: datetime, *, changed_at: datetime | None = None) -> datetime | None:
        """When to fetch this URL again; None leaves that to the slots of the schedule."""
        if row.kind is UrlKind.ARTICLE:
            return self.article_due_at(row, now) if row.article_id is not None else self.not_article_due_at(row, now)
        if row.depth == 0 and not self._source.schedule.is_adaptive:
            return None  # the slots of the schedule make it due
        return discovery_due_at(
            now=now,
            poll_interval=self._poll_interval,
            depth=row.depth,
            kind=row.kind,
            changed_at=changed_at or row.last_changed_at,
            arrivals=self._habits.arrivals.get(str(row.id)),
        )

    def article_due_at(
        self, row: FrontierRow, now: datetime, article: Article | None = None, *, is_changed: bool = False
    ) -> datetime:
        """When to revisit an article; `is_changed` says that its content differs from last time."""
        history = article_history(row, published_at=article.published_at if article else None)
        if is_changed:
            edits = 1 if row.content_digest else 0  # the first content is not an edit
            history = replace(history, changed_at=now, change_count=row.change_count + edits)
        return article_due_at(
            history,
            self._habits,
            hazard=self._hazard,
            revisits_per_day=self._source.revisits_per_day,
            now=now,
        )

    def not_article_due_at(self, row: FrontierRow, now: datetime) -> datetime | None:
        """When to check again whether a page has become an article; None once that was tried for long enough."""
        if row.article_id is not None:
            return self.due_at(row, now)
        is_tried = row.last_fetched_at is not None and now - row.discovered_at >= NOT_ARTICLE_LIFE
        return None if is_tried else now + NOT_ARTICLE_INTERVAL

    def normalized(self, url: str) -> str:
        """The URL as normalized for this source."""
        return normalize_url(url, strip_parameters=self._source.strip_parameters) or url


def _after(failed: Failed, row: FrontierRow, now: datetime) -> tuple[UrlState, datetime | None]:
    """The state of a URL after a failure, and when it is tried again."""
    wait = failed.retry_after_seconds
    return after_failure(
        outcome=failed.outcome,
        kind=row.kind,
        failure_count=row.failure_count + 1,
        now=now,
        retry_at=now + timedelta(seconds=wait) if wait is not None else None,
        is_news=is_unread_news(published_at=row.published_hint, last_fetched_at=row.last_fetched_at, now=now),
    )
