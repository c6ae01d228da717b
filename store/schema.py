"""The tables, in SQLAlchemy Core, for SQLite and PostgreSQL alike. Alembic's migrations make them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

from store.json_text import clean, cleaned, is_clean

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


class Instant(sa.types.TypeDecorator[datetime]):
    """An aware UTC moment, kept as microseconds since 1970 so that both databases compare it alike."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value!r}")
        delta = value.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)
        return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        seconds, microseconds = divmod(int(value), 1_000_000)
        return datetime.fromtimestamp(seconds, UTC).replace(microsecond=microseconds)


class CleanText(sa.types.TypeDecorator[str]):
    """Text from outside: NUL and lone surrogates, which no database takes, are replaced."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return clean(value) if value is not None else None


class CleanJson(sa.types.TypeDecorator[Any]):
    """JSON whose texts are cleaned in the same way."""

    impl = sa.JSON
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return value if is_clean(value) else cleaned(value)


url = sa.Table(
    "url",
    metadata,
    sa.Column("id", ROW_ID, primary_key=True, autoincrement=True),
    sa.Column("url_key", sa.String(32), nullable=False, unique=True),  # digest of the normalised URL
    sa.Column("url", CleanText, nullable=False),
    sa.Column("host", CleanText, nullable=False),
    sa.Column("source_id", sa.String(64), nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("priority", sa.Integer, nullable=False, default=0),
    sa.Column("depth", sa.Integer, nullable=False, default=0),
    sa.Column("discovered_at", Instant, nullable=False),
    sa.Column("discovered_from", CleanText),
    sa.Column("next_due_at", Instant),  # null = not due again by itself
    sa.Column("requested_at", Instant),  # the newest request for it that no fetch has answered yet
    sa.Column("lease_run_id", ROW_ID),  # the run that is asking for it now
    sa.Column("lease_expires_at", Instant),
    sa.Column("etag", CleanText),
    sa.Column("last_modified", CleanText),
    sa.Column("payload_digest", sa.String(80)),
    sa.Column("content_digest", sa.String(64)),
    sa.Column("last_fetched_at", Instant),
    sa.Column("last_seen_at", Instant),  # last time its content was confirmed, a 304 included
    sa.Column("last_changed_at", Instant),
    sa.Column("change_count", sa.Integer, nullable=False, default=0),
    sa.Column("last_outcome", sa.String(24)),
    sa.Column("last_status", sa.Integer),
    sa.Column("last_detail", CleanText, nullable=False, default=""),
    sa.Column("failure_count", sa.Integer, nullable=False, default=0),
    sa.Column("article_id", sa.String(32)),
    sa.Column("title_hint", CleanText),
    sa.Column("published_hint", Instant),
    sa.Column("section_hint", CleanText),
    sa.Column("published_at", Instant),  # as its page was read last
    sa.Index("ix_url_due", "source_id", "priority", "next_due_at"),
    sa.Index("ix_url_lease_run_id", "lease_run_id"),
    sa.Index("ix_url_article_id", "article_id"),
    sa.Index("ix_url_seen", "source_id", "last_seen_at"),
    sa.Index(
        "ix_url_document",
        "source_id",
        sqlite_where=sa.text("kind <> 'article'"),
        postgresql_where=sa.text("kind <> 'article'"),
    ),
    sa.Index(
        "ix_url_failing",
        "source_id",
        "last_outcome",
        sqlite_where=sa.text("state = 'failing'"),
        postgresql_where=sa.text("state = 'failing'"),
    ),
)

host = sa.Table(
    "host",
    metadata,
    sa.Column("host", CleanText, primary_key=True),
    sa.Column("robots_status", sa.Integer),
    sa.Column("robots_body", sa.LargeBinary),
    sa.Column("robots_fetched_at", Instant),
)

host_pace = sa.Table(  # how fast a host may be asked, by "host[:port]": http and https are one server to its publisher
    "host_pace",
    metadata,
    sa.Column("host", CleanText, primary_key=True),
    sa.Column("last_asked_at", Instant),
    sa.Column("retry_at", Instant),  # no request before this (Retry-After, 429)
    sa.Column("delay_seconds", sa.Float),  # what its answers taught; null = nothing yet
    sa.Column("asked_count", sa.BigInteger, nullable=False, server_default="0"),
)

host_request = sa.Table(  # the newest requests made to each host: a ring of places, so it never grows
    "host_request",
    metadata,
    sa.Column("host", CleanText, primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("source_id", sa.String(64), nullable=False),
    sa.Column("asked_at", Instant, nullable=False),
    sa.Column("url", CleanText, nullable=False),
    sa.Column("rule", CleanText, nullable=False),  # what allowed it
    sa.Column("demanded_seconds", sa.Float, nullable=False),  # the least time since the request before it
    sa.Column("kept_seconds", sa.Float),  # the time that had passed; null = nothing is known of one before
    sa.Column("status", sa.Integer),  # null = no answer
    sa.Index("ix_host_request_source_id", "source_id"),
)

host_day = sa.Table(  # what was asked of a host on one UTC day
    "host_day",
    metadata,
    sa.Column("host", CleanText, primary_key=True),
    sa.Column("day", sa.String(10), primary_key=True),  # ISO 8601
    sa.Column("asked_count", sa.Integer, nullable=False),
    sa.Column("throttled_count", sa.Integer, nullable=False),  # answered with 429 or 503
    sa.Column("failed_count", sa.Integer, nullable=False),  # any other 5xx, or no answer
    sa.Column("early_count", sa.Integer, nullable=False),  # made sooner than was demanded
    sa.Column("least_kept_seconds", sa.Float),
    sa.Column("most_demanded_seconds", sa.Float, nullable=False),
)

lease = sa.Table(  # a claim on a host ("host:…") or on the engine's writer ("drain")
    "lease",
    metadata,
    sa.Column("name", CleanText, primary_key=True),
    sa.Column("holder", CleanText, nullable=False),  # machine:pid:start of the process
    sa.Column("acquired_at", Instant, nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
)

run = sa.Table(
    "run",
    metadata,
    sa.Column("id", ROW_ID, primary_key=True, autoincrement=True),
    sa.Column("source_id", sa.String(64), nullable=False),
    sa.Column("trigger", sa.String(16), nullable=False),
    sa.Column("holder", CleanText, nullable=False),
    sa.Column("started_at", Instant, nullable=False),
    sa.Column("heartbeat_at", Instant, nullable=False),
    sa.Column("ended_at", Instant),
    sa.Column("finish_reason", sa.String(24)),
    sa.Column("counts", CleanJson, nullable=False),
    sa.Index("ix_run_source", "source_id", "id"),
    sa.Index(
        "ix_run_open",
        "source_id",
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    ),
)

fetch = sa.Table(
    "fetch",
    metadata,
    sa.Column("id", ROW_ID, primary_key=True, autoincrement=True),
    sa.Column("url_id", ROW_ID, sa.ForeignKey("url.id"), nullable=False),
    sa.Column("run_id", ROW_ID),
    sa.Column("fetched_at", Instant, nullable=False),
    sa.Column("effective_url", CleanText),  # null = the requested one
    sa.Column("outcome", sa.String(24), nullable=False),
    sa.Column("status", sa.Integer),
    sa.Column("detail", CleanText, nullable=False, default=""),
    sa.Column("body_bytes", sa.BigInteger),
    sa.Column("duration_seconds", sa.Float),
    sa.Column("warc_file", CleanText),
    sa.Column("warc_offset", sa.BigInteger),
    sa.Column("payload_digest", sa.String(80)),
    sa.Column("article_id", sa.String(32)),
    sa.Column("version", sa.Integer),
    sa.Column("taken_from", CleanText),  # the archive file a page was taken from; null = asked of the publisher
    sa.Index("ix_fetch_url", "url_id", "id"),
    sa.Index("ix_fetch_article", "article_id", "id"),
    sa.Index("ix_fetch_payload", "payload_digest"),
    sa.Index(
        "ix_fetch_place",
        "warc_file",
        "warc_offset",
        sqlite_where=sa.text("warc_file IS NOT NULL"),
        postgresql_where=sa.text("warc_file IS NOT NULL"),
    ),
)

article = sa.Table(
    "article",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("source_id", sa.String(64), nullable=False),
    sa.Column("url", CleanText, nullable=False),  # the address it is known by
    sa.Column("url_id", ROW_ID),  # the frontier row its newest version came from
    sa.Column("state", sa.String(16), nullable=False),  # live | removed | merged
    sa.Column("merged_into", sa.String(32)),
    sa.Column("first_seen_at", Instant, nullable=False),
    sa.Column("removed_at", Instant),
    sa.Column("version", sa.Integer, nullable=False),  # the newest
    sa.Column("content_digest", sa.String(64), nullable=False),  # of the newest version
    sa.Column("published_at", Instant),
    sa.Column("index_revision", sa.BigInteger, nullable=False),
    sa.Column("indexed_revision", sa.BigInteger, nullable=False, default=0),  # the last one the engine confirmed
    sa.Column("indexed_at", Instant),
    sa.Index("ix_article_source", "source_id", "published_at"),
    sa.Index("ix_article_first_seen_at", "first_seen_at"),
)

article_version = sa.Table(
    "article_version",
    metadata,
    sa.Column("article_id", sa.String(32), sa.ForeignKey("article.id"), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("fetched_at", Instant, nullable=False),
    sa.Column("content_digest", sa.String(64), nullable=False),
    sa.Column("extractor_version", sa.String(32), nullable=False),
    sa.Column("boilerplate_version", sa.String(16), nullable=False, server_default=""),  # "" = nothing was known
    sa.Column("extraction_score", sa.Float),  # news.audit, 0 to 1; null = not judged
    sa.Column("payload_digest", sa.String(80)),
    sa.Column("warc_file", CleanText),
    sa.Column("warc_offset", sa.BigInteger),
    sa.Column("record", CleanJson, nullable=False),  # news.article_record
    sa.Column("taken_from", CleanText),  # the archive file its page was taken from; null = asked of the publisher
    sa.Index(
        "ix_article_version_boilerplate_version",
        "boilerplate_version",
        sqlite_where=sa.text("boilerplate_version <> ''"),
        postgresql_where=sa.text("boilerplate_version <> ''"),
    ),
    sa.Index(
        "ix_article_version_place",
        "warc_file",
        "warc_offset",
        sqlite_where=sa.text("warc_file IS NOT NULL"),
        postgresql_where=sa.text("warc_file IS NOT NULL"),
    ),
)

article_alias = sa.Table(
    "article_alias",
    metadata,
    sa.Column("url_key", sa.String(32), primary_key=True),
    sa.Column("url", CleanText, nullable=False),
    sa.Column("article_id", sa.String(32), sa.ForeignKey("article.id"), nullable=False),
    sa.Index("ix_article_alias_article_id", "article_id"),
)

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("article_id", sa.String(32), primary_key=True),
    sa.Column("revision", sa.BigInteger, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),  # pending | dead
    sa.Column("enqueued_at", Instant, nullable=False),
    sa.Column("next_attempt_at", Instant, nullable=False),
    sa.Column("attempt_count", sa.Integer, nullable=False, default=0),
    sa.Column("reason", CleanText, nullable=False, default=""),
    sa.Index("ix_outbox_pending", "state", "next_attempt_at"),
)

slot = sa.Table(  # one line of a source's schedule that came due
    "slot",
    metadata,
    sa.Column("source_id", sa.String(64), primary_key=True),
    sa.Column("slot_at", Instant, primary_key=True),
    sa.Column("fired_at", Instant, nullable=False),
    sa.Column("missed_count", sa.Integer, nullable=False, default=0),  # earlier slots that this one stands for too
    sa.Column("skipped", CleanText),  # why it led to no crawl; null = it made the source due
    sa.Column("run_id", ROW_ID),  # the crawl that answered it
    sa.Index(
        "ix_slot_open",
        "source_id",
        sqlite_where=sa.text("run_id IS NULL AND skipped IS NULL"),
        postgresql_where=sa.text("run_id IS NULL AND skipped IS NULL"),
    ),
)

request = sa.Table(  # work somebody asked for
    "request",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("kind", sa.String(16), nullable=False),  # news.requests.RequestKind
    sa.Column("scope", CleanJson, nullable=False),
    sa.Column("scope_digest", sa.String(64), nullable=False),  # of kind and scope: an equal open one is the same
    sa.Column("state", sa.String(16), nullable=False),  # news.requests.RequestState
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("started_at", Instant),
    sa.Column("ended_at", Instant),
    sa.Column("total_count", sa.Integer, nullable=False, default=0),
    sa.Column("done_count", sa.Integer, nullable=False, default=0),
    sa.Column("counts", CleanJson, nullable=False),
    sa.Column("detail", CleanText, nullable=False, default=""),
    sa.Index(
        "ix_request_open",
        "scope_digest",
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    ),
    sa.Index("ix_request_created_at", "created_at"),
)

request_url = sa.Table(  # what a request asks for, URL by URL
    "request_url",
    metadata,
    sa.Column("request_id", sa.String(32), sa.ForeignKey("request.id"), primary_key=True),
    sa.Column("url_id", ROW_ID, sa.ForeignKey("url.id"), primary_key=True),
    sa.Column("prior_due_at", Instant),  # what its row said before, for a cancelled request
    sa.Column("done_at", Instant),
    sa.Column("outcome", sa.String(24)),
    sa.Index("ix_request_url_url_id", "url_id"),
)

pause = sa.Table(  # no crawl begins while one of these stands; "*" is every source
    "pause",
    metadata,
    sa.Column("scope", sa.String(64), primary_key=True),
    sa.Column("paused_at", Instant, nullable=False),
)

api_key = sa.Table(
    "api_key",
    metadata,
    sa.Column("id", sa.String(16), primary_key=True),
    sa.Column("name", CleanText, nullable=False),
    sa.Column("scope", sa.String(16), nullable=False),  # news.keys.Scope
    sa.Column("secret_digest", sa.String(64), nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("last_used_at", Instant),
    sa.Column("revoked_at", Instant),
)

story_key = sa.Table(  # what finds an article that is met under another form of address: news.identity.story_keys
    "story_key",
    metadata,
    sa.Column("key", sa.String(32), primary_key=True),
    sa.Column("article_id", sa.String(32), primary_key=True),
    sa.Index("ix_story_key_article_id", "article_id"),
)

revisit_habits = sa.Table(  # what visits have taught about a source's articles and feeds
    "revisit_habits",
    metadata,
    sa.Column("source_id", sa.String(64), primary_key=True),
    sa.Column("record", CleanJson, nullable=False),  # news.habits.habits_record
    sa.Column("updated_at", Instant, nullable=False),
)

boilerplate_block = sa.Table(  # blocks that a source shows on different stories: news.boilerplate.KnownBlock
    "boilerplate_block",
    metadata,
    sa.Column("source_id", sa.String(64), primary_key=True),
    sa.Column("digest", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("text", CleanText, nullable=False),  # its beginning, for people
    sa.Column("is_repeated", sa.Boolean, nullable=False),
    sa.Column("story_count", sa.Integer, nullable=False),
    sa.Column("since_at", Instant, nullable=False),
    sa.Column("last_seen_at", Instant, nullable=False),
    sa.Index("ix_boilerplate_block_last_seen_at", "source_id", "last_seen_at"),
)

boilerplate_model = sa.Table(  # what was known of a source when some version was read, as long as there is one
    "boilerplate_model",
    metadata,
    sa.Column("version", sa.String(16), primary_key=True),  # of equal blocks, whosever they are
    sa.Column("record", sa.LargeBinary, nullable=False),  # store.boilerplate_models
)

shown_page = sa.Table(  # what the newest article pages of a source show, to compare the next ones with
    "shown_page",
    metadata,
    sa.Column("source_id", sa.String(64), primary_key=True),
    sa.Column("article_id", sa.String(32), primary_key=True),
    sa.Column("seen_at", Instant, nullable=False),
    sa.Column("record", sa.LargeBinary, nullable=False),  # store.shown_pages
    sa.Column("is_stale", sa.Boolean, nullable=False),  # its stored text holds blocks that are known by now
    sa.Index("ix_shown_page_seen_at", "source_id", "seen_at"),
    sa.Index(
        "ix_shown_page_stale",
        "source_id",
        sqlite_where=sa.text("is_stale"),
        postgresql_where=sa.text("is_stale"),
    ),
)

extraction_usual = sa.Table(  # how a source's pages usually read: news.audit
    "extraction_usual",
    metadata,
    sa.Column("source_id", sa.String(64), primary_key=True),
    sa.Column("record", CleanJson, nullable=False),
    sa.Column("updated_at", Instant, nullable=False),
)

extraction_alarm = sa.Table(  # a source whose pages stopped to read as usual
    "extraction_alarm",
    metadata,
    sa.Column("source_id", sa.String(64), primary_key=True),
    sa.Column("kind", sa.String(24), primary_key=True),  # news.audit.Sign
    sa.Column("since_at", Instant, primary_key=True),
    sa.Column("ended_at", Instant),  # null = it stands
    sa.Column("evidence", CleanText, nullable=False),
    sa.Index("ix_extraction_alarm_standing", "source_id", "ended_at"),
)

feed_window = sa.Table(  # what a feed held when it was read last, to notice gaps: news.gaps
    "feed_window",
    metadata,
    sa.Column("url_id", ROW_ID, sa.ForeignKey("url.id"), primary_key=True, autoincrement=False),
    sa.Column("read_at", Instant, nullable=False),
    sa.Column("entries", CleanJson, nullable=False),  # [key, seconds since 1970 or null] of each
)

fill = sa.Table(  # a span of a source's time that is filled from sitemaps and sections
    "fill",
    metadata,
    sa.Column("id", ROW_ID, primary_key=True, autoincrement=True),
    sa.Column("source_id", sa.String(64), nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),  # news.fills.FillKind
    sa.Column("feed_id", ROW_ID),  # the feed that had the gap
    sa.Column("since_at", Instant, nullable=False),
    sa.Column("until_at", Instant, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("ended_at", Instant),
    sa.Column("document_count", sa.Integer, nullable=False, default=0),  # sitemaps and pages read for it
    sa.Column("found_count", sa.Integer, nullable=False, default=0),  # articles that were unknown
    sa.Column("detail", CleanText, nullable=False, default=""),
    sa.Index("ix_fill_source", "source_id", "id"),
    sa.Index(
        "ix_fill_open",
        "source_id",
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    ),
)

fill_url = sa.Table(  # what is read for a fill and what it led to
    "fill_url",
    metadata,
    sa.Column("fill_id", ROW_ID, sa.ForeignKey("fill.id"), primary_key=True, autoincrement=False),
    sa.Column("url_id", ROW_ID, sa.ForeignKey("url.id"), primary_key=True, autoincrement=False),
    sa.Column("done_at", Instant),
    sa.Index("ix_fill_url_url_id", "url_id"),
)

subscription = sa.Table(  # a feed's hub that tells us of news (WebSub)
    "subscription",
    metadata,
    sa.Column("url_id", ROW_ID, sa.ForeignKey("url.id"), primary_key=True, autoincrement=False),
    sa.Column("token", sa.String(64), nullable=False, unique=True),  # names it in the address the hub calls
    sa.Column("hub_url", CleanText, nullable=False),
    sa.Column("topic_url", CleanText, nullable=False),
    sa.Column("secret", sa.String(64), nullable=False),
    sa.Column("state", sa.String(16), nullable=False),  # news.websub.SubscriptionState
    sa.Column("next_attempt_at", Instant, nullable=False),  # when the hub is asked again, a renewal included
    sa.Column("attempt_count", sa.Integer, nullable=False, default=0),  # in a row without an answer
    sa.Column("expires_at", Instant),  # of the lease the hub granted
    sa.Column("notified_at", Instant),
    sa.Column("detail", CleanText, nullable=False, default=""),
)

standing_search = sa.Table(  # a query that is asked of every article as it is saved: news.standing
    "standing_search",
    metadata,
    sa.Column("id", sa.String(16), primary_key=True),
    sa.Column("name", CleanText, nullable=False),
    sa.Column("query", CleanText, nullable=False),  # as typed; read anew by every process that matches
    sa.Column("filters", CleanJson, nullable=False),
    sa.Column("owner_key_id", sa.String(16)),  # the key it was saved with; null = without one
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("changed_at", Instant, nullable=False),
    sa.Column("paused_at", Instant),
)

standing_delivery = sa.Table(  # where the matches of a standing search go
    "standing_delivery",
    metadata,
    sa.Column("id", sa.String(16), primary_key=True),
    sa.Column("search_id", sa.String(16), sa.ForeignKey("standing_search.id"), nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),  # news.standing.DeliveryKind
    sa.Column("token_digest", sa.String(64), unique=True),  # of a feed's token
    sa.Column("target", CleanText),  # a webhook's URL or a mail address
    sa.Column("secret", sa.String(64)),  # signs webhooks and unsubscribe addresses
    sa.Column("pace", sa.String(16)),  # of mail: news.standing.Pace
    sa.Column("time_zone", sa.String(64)),  # of mail: whose hours and days
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("revoked_at", Instant),
    sa.Index("ix_standing_delivery_search_id", "search_id"),
)

standing_match = sa.Table(  # an article a standing search found; once for each
    "standing_match",
    metadata,
    sa.Column("id", ROW_ID, primary_key=True, autoincrement=True),
    sa.Column("search_id", sa.String(16), sa.ForeignKey("standing_search.id"), nullable=False),
    sa.Column("article_id", sa.String(32), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),  # the first one that matched
    sa.Column("matched_at", Instant, nullable=False),
    sa.UniqueConstraint("search_id", "article_id"),
    sa.Index("ix_standing_match_newest", "search_id", "id"),
)

standing_alert = sa.Table(  # a match that a webhook or a mail has still to tell
    "standing_alert",
    metadata,
    sa.Column("id", ROW_ID, primary_key=True, autoincrement=True),
    sa.Column("delivery_id", sa.String(16), sa.ForeignKey("standing_delivery.id"), nullable=False),
    sa.Column("article_id", sa.String(32), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("matched_at", Instant, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),  # pending | dead
    sa.Column("attempt_count", sa.Integer, nullable=False),
    sa.Column("next_attempt_at", Instant, nullable=False),
    sa.Column("reason", CleanText, nullable=False),  # why the last attempt failed
    sa.Index("ix_standing_alert_due", "state", "next_attempt_at"),
    sa.Index("ix_standing_alert_delivery_id", "delivery_id", "id"),
)

standing_queue = sa.Table(  # versions that standing searches have still to be asked about
    "standing_queue",
    metadata,
    sa.Column("article_id", sa.String(32), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("enqueued_at", Instant, nullable=False),
    sa.Index("ix_standing_queue_enqueued_at", "enqueued_at"),
)

forgotten = sa.Table(  # addresses and stories that are never taken up again; the file beside the archive says the same
    "forgotten",
    metadata,
    sa.Column("key", sa.String(32), primary_key=True),  # news.forgetting
    sa.Column("forgotten_at", Instant, nullable=False),
)

copy_sketch = sa.Table(  # what copies of an article's newest text are found by, and the cluster they form
    "copy_sketch",
    metadata,
    sa.Column("number", ROW_ID, primary_key=True, autoincrement=True),  # stands for the article in the two tables below
    sa.Column("article_id", sa.String(32), nullable=False, unique=True),
    sa.Column("source_id", sa.String(64), nullable=False),
    sa.Column("recipe", sa.Integer, nullable=False),  # news.shingles.RECIPE
    sa.Column("shingle_count", sa.Integer, nullable=False),
    sa.Column("sketch", sa.LargeBinary, nullable=False),  # news.shingles.packed; empty = too short to be judged
    sa.Column("seniority", sa.BigInteger, nullable=False),  # news.clusters.seniority_of
    sa.Column("cluster_id", sa.String(32)),  # null = no copies
    sa.Column("standing", sa.Integer, nullable=False),  # news.clusters.Standing
    sa.Index(
        "ix_copy_sketch_cluster",
        "cluster_id",
        "seniority",
        sqlite_where=sa.text("cluster_id IS NOT NULL"),
        postgresql_where=sa.text("cluster_id IS NOT NULL"),
    ),
)

copy_band = sa.Table(  # articles whose sketches share a band may be copies
    "copy_band",
    metadata,
    sa.Column("band", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("number", ROW_ID, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

copy_link = sa.Table(  # two articles that are copies, each with the other
    "copy_link",
    metadata,
    sa.Column("number", ROW_ID, primary_key=True, autoincrement=False),
    sa.Column("other", ROW_ID, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
