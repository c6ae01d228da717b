"""Saving fetches: URL state, fetch record, article version and the intent to index, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from news.article import Article, ArticleState, NotArticle, NotArticleReason
from news.article_record import article_record
from news.boilerplate import NO_BOILERPLATE, Boilerplate
from news.fetch import SAME, Outcome, UrlKind, UrlState
from store.articles.known_articles import MetAddresses, resolve_ids
from store.articles.twins import record_twins
from store.copies.service import place_stored, record_copies, sketches_of
from store.crawls.paces import AskedRequest, record_asked
from store.crawls.subscriptions import record_hubs
from store.forgetting.results import without_forgotten
from store.frontier.missed_pages import have_missed_page_read
from store.frontier.new_urls import add_urls
from store.learned.audits import record_audits
from store.learned.boilerplate_learning import record_pages
from store.learned.boilerplate_models import drop_unused, keep_model
from store.learned.revisits import record_visits
from store.outbox import raise_revision
from store.priorities import Priority
from store.records import FetchResult, SavedFetch
from store.requests.backfills import settle
from store.requests.fills import record_fills
from store.requests.urls import adopt, answer
from store.saving.article_writer import ArticleSave, is_followed_elsewhere, save_article
from store.saving.fetch_writer import gather_fetch
from store.saving.leading_on import spared
from store.saving.moves import StoryMove
from store.saving.outages import record_ends, settle_outage
from store.saving.recoveries import record_recoveries
from store.saving.redirects import save_redirect
from store.saving.removals import settle_led_away, settle_removal, settle_return
from store.schema import article, article_version, url
from store.sql.database import SAVING, Database
from store.sql.gathered import GatheredRows, gathering

# Built once: building a statement takes SQLAlchemy longer than running it takes SQLite
_KNOWN = (
    sa.select(
        url.c.id,
        url.c.lease_run_id,
        url.c.requested_at,
        url.c.priority,
        article.c.url_id.label("followed_id"),
        article.c.state.label("article_state"),
    )
    .select_from(url.outerjoin(article, article.c.id == url.c.article_id))
    .where(url.c.id.in_(sa.bindparam("row_ids", expanding=True)))
    .with_for_update(of=url)
)
_RECORDED = (record_visits, record_pages, record_audits, record_fills, record_hubs, record_recoveries, record_ends)
_MAY_BE_OF_BACKFILLS = {Priority.BACKFILL, Priority.REQUESTED}


class FetchSaver:
    """Saves what crawls fetched."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(
        self,
        results: Sequence[FetchResult],
        *,
        asked: Sequence[AskedRequest] = (),
        before_commit: Callable[[Sequence[SavedFetch | None]], None] = lambda saved: None,
    ) -> list[SavedFetch | None]:
        """Save these fetches, in order, and the requests made to hosts, all in one transaction.

        `before_commit` is called with the returned outcomes; if it raises, nothing is saved. The outcome is None for a
        fetch whose row was forgotten, or leased to another run meanwhile: nothing of it is saved, as the other run's
        fetch counts.
        """
        sketches = sketches_of(results)
        with self._database.write(alone_in=SAVING) as connection:
            results = without_forgotten(connection, results)
            saved = _save_all(connection, results)
            for record in _RECORDED:
                record(connection, zip(results, saved, strict=True))
            record_copies(connection, zip(results, saved, strict=True), sketches)
            record_twins(connection, zip(results, saved, strict=True))
            record_asked(connection, asked)
            before_commit(saved)
            return saved

    def lead_to_forgotten(self, results: Sequence[FetchResult]) -> list[bool]:
        """Whether each of these leads to a forgotten article, of which nothing may be kept."""
        with self._database.read() as connection:
            kept = without_forgotten(connection, results)
        return [left.outcome is Outcome.FORGOTTEN for left in kept]

    def article_id(self, result: FetchResult) -> str:
        """The article id that saving this fetch's story will use."""
        return self.article_ids([result])[0]

    def article_ids(self, results: Sequence[FetchResult]) -> list[str]:
        """The article ids that saving these fetches' stories will use, each by itself."""
        with self._database.read() as connection:
            return resolve_ids(connection, results)

    def replace_version(
        self,
        article_id: str,
        version: int,
        story: Article,
        *,
        content_digest: str,
        extractor_version: str,
        boilerplate: Boilerplate = NO_BOILERPLATE,
        now: datetime,
    ) -> None:
        """Replace a version by what a newer extraction reads in its page; the index is told if it is the newest."""
        with self._database.write(alone_in=SAVING) as connection:
            read = {"record": article_record(story), "content_digest": content_digest}
            _update_version(
                connection, article_id, version, {**read, "extractor_version": extractor_version}, boilerplate
            )
            newest = (article.c.id == article_id) & (article.c.version == version)
            values = {"content_digest": content_digest, "published_at": story.published_at}
            if connection.execute(sa.update(article).where(newest).values(**values)).rowcount:
                raise_revision(connection, article_id, now)
                place_stored(connection, article_id, now)

    def confirm_version(
        self, article_id: str, version: int, *, extractor_version: str, boilerplate: Boilerplate
    ) -> None:
        """Note that today's extraction reads the same in an old version's page as the record says."""
        with self._database.write(alone_in=SAVING) as connection:
            _update_version(connection, article_id, version, {"extractor_version": extractor_version}, boilerplate)


def _update_version(
    connection: Connection, article_id: str, version: int, values: Mapping[str, Any], model: Boilerplate
) -> None:
    """Update a version that was read again with this model."""
    key = (article_version.c.article_id == article_id) & (article_version.c.version == version)
    earlier = connection.execute(sa.select(article_version.c.boilerplate_version).where(key)).scalar()
    connection.execute(sa.update(article_version).where(key).values(**values, boilerplate_version=model.version))
    source_id = connection.execute(sa.select(article.c.source_id).where(article.c.id == article_id)).scalar_one()
    keep_model(connection, model, source_id=source_id)
    if earlier and earlier != model.version:
        drop_unused(connection, [earlier])


def _save_all(connection: Connection, results: Sequence[FetchResult]) -> list[SavedFetch | None]:
    """Save these in order. Rows that nothing here reads are gathered across them and written together."""
    known: dict[int, Row[Any]] = {}
    met = MetAddresses(connection, results)
    saved: list[SavedFetch | None] = []
    with gathering(connection) as rows:
        for place, result in enumerate(results):
            if result.row.id not in known:
                rows.write()
                row_ids = list({other.row.id for other in results[place:]})
                found: Iterable[Row[Any]] = connection.execute(_KNOWN, {"row_ids": row_ids})
                known = {row.id: row for row in found}
            writes = rows.write_count
            one = _save_one(rows, result, known.pop(result.row.id, None), met)
            saved.append(one)
            if rows.write_count != writes or (one and one.outcome is Outcome.NEW_VERSION):
                known.clear()  # other rows may have changed: an article removed, merged, or followed elsewhere
    return saved


def _save_one(rows: GatheredRows, result: FetchResult, known: Row[Any] | None, met: MetAddresses) -> SavedFetch | None:
    connection = rows.connection
    if known is None or (result.run_id is not None and known.lease_run_id != result.run_id):
        return None
    of_backfill = result.row.kind is UrlKind.ARTICLE and known.priority in _MAY_BE_OF_BACKFILLS
    may_be_alias = known.followed_id not in (None, result.row.id)
    is_removed = known.article_state == ArticleState.REMOVED
    led_away = known.followed_id is not None and _is_led_away(result)
    if result.outcome is Outcome.GONE or led_away or result.discovery.urls or may_be_alias or is_removed:
        rows.write()  # what follows reads other rows
    story = StoryMove(connection, result)
    result = settle_removal(connection, settle_outage(connection, result, story), story)
    if led_away:
        result = settle_led_away(connection, result, story)
    saved = _save_content(rows, result, met, may_be_alias=may_be_alias)
    if is_removed:
        settle_return(connection, result)
    new_url_ids = add_urls(
        connection,
        result.discovery.urls,
        source_id=result.row.source_id,
        found_on=result.effective_url or result.row.url,
        now=result.fetched_at,
    )
    missed_page_ids = have_missed_page_read(connection, result, new_url_ids)
    if known.priority == Priority.BACKFILL and result.row.kind is UrlKind.SITEMAP and result.state is UrlState.FETCHED:
        result = replace(result, next_due_at=None)  # an old sitemap is read once, and again if its index says so
    if not saved.is_alias:
        result = spared(connection, result, outcome=saved.outcome, article_id=saved.article_id)
    asked_again = _answer_requests(connection, result, saved, known.requested_at, [*new_url_ids, *missed_page_ids])
    gather_fetch(rows, result, saved, asked_again=asked_again, priority=known.priority)
    if of_backfill:
        rows.write()
        settle(connection, result.row.id, outcome=saved.outcome.value, now=result.fetched_at)
    return SavedFetch(
        outcome=saved.outcome,
        article_id=saved.article_id,
        version=saved.version,
        new_url_count=len(new_url_ids),
        is_alias=saved.is_alias,
        is_removal=result.is_removal,
        is_backfilled=known.priority == Priority.BACKFILL,
    )


def _is_led_away(result: FetchResult) -> bool:
    read = result.reading.extraction
    return isinstance(read, NotArticle) and read.reason is NotArticleReason.LED_AWAY


def _answer_requests(
    connection: Connection,
    result: FetchResult,
    saved: ArticleSave,
    requested_at: datetime | None,
    new_url_ids: Sequence[int],
) -> bool:
    """Answer the requests for this URL; whether one that came while the fetch was under way is still open."""
    # The latter was seen when the row was taken, so it counts whatever the clocks of two machines say
    answered_at = max(filter(None, (result.asked_at, result.row.requested_at)), default=None)
    if requested_at is None or answered_at is None:
        return requested_at is not None
    row_id, outcome, now = result.row.id, saved.outcome.value, result.fetched_at
    adopt(connection, row_id, new_url_ids, answered_at=answered_at, now=now)
    is_answered = answer(connection, row_id, answered_at=answered_at, outcome=outcome, now=now)
    return requested_at > answered_at and not is_answered


def _save_content(rows: GatheredRows, result: FetchResult, met: MetAddresses, *, may_be_alias: bool) -> ArticleSave:
    if result.story is not None:
        return save_article(rows, result, result.story, met)
    if result.redirected_to is not None and result.row.article_id is not None and result.outcome in SAME:
        return save_redirect(rows, result, result.row.article_id, result.redirected_to, may_be_alias=may_be_alias)
    is_alias = may_be_alias and is_followed_elsewhere(rows.connection, result, result.row.article_id)
    return ArticleSave(outcome=result.outcome, article_id=result.row.article_id, is_alias=is_alias)
