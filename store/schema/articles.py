"""Tables of articles with their versions and addresses, of the outbox, and of what was forgotten."""

from __future__ import annotations

import sqlalchemy as sa

from store.schema.columns import ROW_ID, CleanJson, CleanText, Instant, metadata, partial_index

article = sa.Table(
    "article",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("source_id", sa.String(64), nullable=False),
    sa.Column("url", CleanText, nullable=False),  # the address it is known by
    sa.Column("url_id", ROW_ID),  # the frontier row that its newest version came from
    sa.Column("state", sa.String(16), nullable=False),  # news.article.ArticleState
    sa.Column("merged_into", sa.String(32)),
    sa.Column("first_seen_at", Instant, nullable=False),
    sa.Column("removed_at", Instant),
    sa.Column("version", sa.Integer, nullable=False),  # the newest
    sa.Column("content_digest", sa.String(64), nullable=False),  # of the newest version
    sa.Column("published_at", Instant),
    sa.Column("index_revision", sa.BigInteger, nullable=False),
    sa.Index("ix_article_source", "source_id", "published_at"),
    sa.Index("ix_article_first_seen_at", "first_seen_at"),
    partial_index("ix_article_merged_into", "merged_into", where="merged_into IS NOT NULL"),
)

article_version = sa.Table(
    "article_version",
    metadata,
    sa.Column("article_id", sa.String(32), sa.ForeignKey("article.id"), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("fetched_at", Instant, nullable=False),
    sa.Column("content_digest", sa.String(64), nullable=False),
    sa.Column("extractor_version", sa.String(32), nullable=False),
    sa.Column("boilerplate_version", sa.String(16), nullable=False, server_default=""),  # "" = none
    sa.Column("extraction_score", sa.Float),  # news.audit, 0 to 1; null = not judged
    sa.Column("payload_digest", sa.String(80)),
    sa.Column("warc_file", CleanText),
    sa.Column("warc_offset", sa.BigInteger),
    sa.Column("record", CleanJson, nullable=False),  # news.article_record
    sa.Column("taken_from", CleanText),  # the foreign archive file of its page; null = fetched from the publisher
    partial_index("ix_article_version_boilerplate_version", "boilerplate_version", where="boilerplate_version <> ''"),
    partial_index("ix_article_version_place", "warc_file", "warc_offset", where="warc_file IS NOT NULL"),
)

article_alias = sa.Table(
    "article_alias",
    metadata,
    sa.Column("url_key", sa.String(32), primary_key=True),
    sa.Column("url", CleanText, nullable=False),
    sa.Column("article_id", sa.String(32), sa.ForeignKey("article.id"), nullable=False),
    sa.Index("ix_article_alias_article_id", "article_id"),
)

article_vector = sa.Table(  # what an article is about, as a sentence model tells it
    "article_vector",
    metadata,
    sa.Column("article_id", sa.String(32), primary_key=True),
    sa.Column("model", sa.String(64), nullable=False),
    sa.Column("content_digest", sa.String(64), nullable=False),  # of the text it was made of
    sa.Column("vector", sa.LargeBinary, nullable=False),  # news.vectors.packed
)

story_key = sa.Table(  # finds an article that is met under another form of address: news.identity.story_keys
    "story_key",
    metadata,
    sa.Column("key", sa.String(32), primary_key=True),
    sa.Column("article_id", sa.String(32), primary_key=True),
    sa.Index("ix_story_key_article_id", "article_id"),
)

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("article_id", sa.String(32), primary_key=True),
    sa.Column("revision", sa.BigInteger, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),  # store.outbox.PENDING or DEAD
    sa.Column("enqueued_at", Instant, nullable=False),
    sa.Column("next_attempt_at", Instant, nullable=False),
    sa.Column("attempt_count", sa.Integer, nullable=False, default=0),
    sa.Column("reason", CleanText, nullable=False, default=""),
    sa.Index("ix_outbox_pending", "state", "next_attempt_at"),
)

forgotten = sa.Table(  # addresses and stories never to be taken up again; a file beside the archive lists the same
    "forgotten",
    metadata,
    sa.Column("key", sa.String(32), primary_key=True),  # news.forgetting
    sa.Column("forgotten_at", Instant, nullable=False),
)
