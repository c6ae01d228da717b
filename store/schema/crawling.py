"""Tables of the frontier and of crawls: URLs, fetches, runs, hosts and the leases on them."""

from __future__ import annotations

import sqlalchemy as sa

from store.schema.columns import ROW_ID, CleanJson, CleanText, Instant, metadata, partial_index

# Pages that were read and now answer that they are not there; the index is used where this is written just so
LOST = "state = 'failing' AND last_status IN (404, 410) AND kind = 'article' AND last_fetched_at IS NOT NULL"

url = sa.Table(
    "url",
    metadata,
    sa.Column("id", ROW_ID, primary_key=True, autoincrement=True),
    sa.Column("url_key", sa.String(32), nullable=False, unique=True),  # digest of the normalized URL
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
    sa.Column("requested_at", Instant),  # when it was last requested, if no fetch has answered that yet
    sa.Column("lease_run_id", ROW_ID),  # the run that is fetching it now
    sa.Column("lease_expires_at", Instant),
    sa.Column("etag", CleanText),
    sa.Column("last_modified", CleanText),
    sa.Column("payload_digest", sa.String(80)),
    sa.Column("content_digest", sa.String(64)),
    sa.Column("last_fetched_at", Instant),
    sa.Column("last_seen_at", Instant),  # when its content was last confirmed, also by a 304
    sa.Column("last_changed_at", Instant),
    sa.Column("change_count", sa.Integer, nullable=False, default=0),
    sa.Column("last_outcome", sa.String(24)),
    sa.Column("last_status", sa.Integer),
    sa.Column("last_detail", CleanText, nullable=False, default=""),
    sa.Column("failed_at", Instant),  # when it last failed; says nothing once it gave content again
    sa.Column("failure_count", sa.Integer, nullable=False, default=0),
    sa.Column("article_id", sa.String(32)),
    sa.Column("title_hint", CleanText),
    sa.Column("published_hint", Instant),
    sa.Column("section_hint", CleanText),
    sa.Column("published_at", Instant),  # as stated by its page when last read
    sa.Index("ix_url_due", "source_id", "priority", "next_due_at"),
    sa.Index("ix_url_lease_run_id", "lease_run_id"),
    sa.Index("ix_url_article_id", "article_id"),
    sa.Index("ix_url_seen", "source_id", "last_seen_at"),
    partial_index("ix_url_document", "source_id", where="kind <> 'article'"),
    partial_index("ix_url_failing", "source_id", "last_outcome", where="state = 'failing'"),
    partial_index("ix_url_lost", "source_id", "failed_at", where=LOST),
    partial_index("ix_url_refused", "host", where="state = 'refused'"),
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
    sa.Column("delay_seconds", sa.Float),  # learned from its answers; null = nothing learned yet
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
    sa.Column("demanded_seconds", sa.Float, nullable=False),  # the minimum interval since the request before it
    sa.Column("kept_seconds", sa.Float),  # the actual interval; null = no earlier request is known
    sa.Column("status", sa.Integer),  # null = no answer
    sa.Index("ix_host_request_source_id", "source_id"),
)

host_day = sa.Table(  # the requests made to a host on one UTC day, counted
    "host_day",
    metadata,
    sa.Column("host", CleanText, primary_key=True),
    sa.Column("day", sa.String(10), primary_key=True),  # ISO 8601
    sa.Column("asked_count", sa.Integer, nullable=False),
    sa.Column("throttled_count", sa.Integer, nullable=False),  # answered with 429 or 503
    sa.Column("failed_count", sa.Integer, nullable=False),  # any other 5xx, or no answer
    sa.Column("early_count", sa.Integer, nullable=False),  # made sooner than allowed
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
    partial_index("ix_run_open", "source_id", where="ended_at IS NULL"),
)

fetch = sa.Table(
    "fetch",
    metadata,
    sa.Column("id", ROW_ID, primary_key=True, autoincrement=True),
    sa.Column("url_id", ROW_ID, sa.ForeignKey("url.id"), nullable=False),
    sa.Column("run_id", ROW_ID),
    sa.Column("fetched_at", Instant, nullable=False),
    sa.Column("effective_url", CleanText),  # null = the requested URL
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
    sa.Column("taken_from", CleanText),  # the foreign archive file of the page; null = fetched from the publisher
    sa.Index("ix_fetch_url", "url_id", "id"),
    sa.Index("ix_fetch_article", "article_id", "id"),
    sa.Index("ix_fetch_payload", "payload_digest"),
    partial_index("ix_fetch_place", "warc_file", "warc_offset", where="warc_file IS NOT NULL"),
)

slot = sa.Table(  # a time of a source's schedule that came due
    "slot",
    metadata,
    sa.Column("source_id", sa.String(64), primary_key=True),
    sa.Column("slot_at", Instant, primary_key=True),
    sa.Column("fired_at", Instant, nullable=False),
    sa.Column("missed_count", sa.Integer, nullable=False, default=0),  # earlier slots that this one stands for too
    sa.Column("skipped", CleanText),  # why it led to no crawl; null = it made the source due
    sa.Column("run_id", ROW_ID),  # the crawl that answered it
    partial_index("ix_slot_open", "source_id", where="run_id IS NULL AND skipped IS NULL"),
)

pause = sa.Table(  # while one of these is in force, no crawl of its source starts; "*" is every source
    "pause",
    metadata,
    sa.Column("scope", sa.String(64), primary_key=True),
    sa.Column("paused_at", Instant, nullable=False),
)
