"""Tables of what was asked for: requests, fills of gaps and backfills, hub subscriptions, and API keys."""

from __future__ import annotations

import sqlalchemy as sa

from store.schema.columns import ROW_ID, CleanJson, CleanText, Instant, metadata, partial_index

request = sa.Table(  # work that somebody asked for
    "request",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("kind", sa.String(16), nullable=False),  # news.requests.RequestKind
    sa.Column("scope", CleanJson, nullable=False),
    sa.Column("scope_digest", sa.String(64), nullable=False),  # of kind and scope: an equal open request is reused
    sa.Column("state", sa.String(16), nullable=False),  # news.requests.RequestState
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("started_at", Instant),
    sa.Column("ended_at", Instant),
    sa.Column("total_count", sa.Integer, nullable=False, default=0),
    sa.Column("done_count", sa.Integer, nullable=False, default=0),
    sa.Column("counts", CleanJson, nullable=False),
    sa.Column("detail", CleanText, nullable=False, default=""),
    partial_index("ix_request_open", "scope_digest", where="ended_at IS NULL", unique=True),
    sa.Index("ix_request_created_at", "created_at"),
)

request_url = sa.Table(  # what a request asks for, URL by URL
    "request_url",
    metadata,
    sa.Column("request_id", sa.String(32), sa.ForeignKey("request.id"), primary_key=True),
    sa.Column("url_id", ROW_ID, sa.ForeignKey("url.id"), primary_key=True),
    sa.Column("prior_due_at", Instant),  # its row's earlier due time, restored if the request is cancelled
    sa.Column("done_at", Instant),
    sa.Column("outcome", sa.String(24)),
    sa.Index("ix_request_url_url_id", "url_id"),
)

feed_window = sa.Table(  # what a feed held when last read, for noticing gaps: news.gaps
    "feed_window",
    metadata,
    sa.Column("url_id", ROW_ID, sa.ForeignKey("url.id"), primary_key=True, autoincrement=False),
    sa.Column("read_at", Instant, nullable=False),
    sa.Column("entries", CleanJson, nullable=False),  # a list of [key, seconds since 1970 or null]
)

fill = sa.Table(  # a span of time that is filled from a source's sitemaps and sections
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
    partial_index("ix_fill_open", "source_id", where="ended_at IS NULL"),
)

fill_url = sa.Table(  # the documents read for a fill, and what they led to
    "fill_url",
    metadata,
    sa.Column("fill_id", ROW_ID, sa.ForeignKey("fill.id"), primary_key=True, autoincrement=False),
    sa.Column("url_id", ROW_ID, sa.ForeignKey("url.id"), primary_key=True, autoincrement=False),
    sa.Column("done_at", Instant),
    sa.Index("ix_fill_url_url_id", "url_id"),
)

subscription = sa.Table(  # a feed's hub that notifies us of news (WebSub)
    "subscription",
    metadata,
    sa.Column("url_id", ROW_ID, sa.ForeignKey("url.id"), primary_key=True, autoincrement=False),
    sa.Column("token", sa.String(64), nullable=False, unique=True),  # identifies it in the address that the hub calls
    sa.Column("hub_url", CleanText, nullable=False),
    sa.Column("topic_url", CleanText, nullable=False),
    sa.Column("secret", sa.String(64), nullable=False),
    sa.Column("state", sa.String(16), nullable=False),  # news.websub.SubscriptionState
    sa.Column("next_attempt_at", Instant, nullable=False),  # when the hub is asked again, for a renewal too
    sa.Column("attempt_count", sa.Integer, nullable=False, default=0),  # in a row without an answer
    sa.Column("expires_at", Instant),  # of the lease the hub granted
    sa.Column("notified_at", Instant),
    sa.Column("detail", CleanText, nullable=False, default=""),
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
