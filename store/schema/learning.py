"""Tables of what was learned about each source: editing habits, boilerplate, and how its pages usually read."""

from __future__ import annotations

import sqlalchemy as sa

from store.schema.columns import CleanJson, CleanText, Instant, metadata, partial_index

revisit_habits = sa.Table(  # what visits taught about a source's articles and feeds
    "revisit_habits",
    metadata,
    sa.Column("source_id", sa.String(64), primary_key=True),
    sa.Column("record", CleanJson, nullable=False),  # news.revisits.habits.habits_record
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

boilerplate_model = sa.Table(  # a source's model as some version was read with it; kept while there is such a version
    "boilerplate_model",
    metadata,
    sa.Column("version", sa.String(16), primary_key=True),  # the same for equal blocks, whatever their source
    sa.Column("record", sa.LargeBinary, nullable=False),  # store.learned.boilerplate_models
    sa.Column("base", sa.String(16)),  # the model from which the record is a difference; null = the record is whole
    partial_index("ix_boilerplate_model_base", "base", where="base IS NOT NULL"),
)

boilerplate_base = sa.Table(  # the model from which a source's next ones are differences
    "boilerplate_base",
    metadata,
    sa.Column("source_id", sa.String(64), primary_key=True),
    sa.Column("version", sa.String(16), nullable=False),
)

shown_page = sa.Table(  # what a source's newest article pages show, for comparison with the next ones
    "shown_page",
    metadata,
    sa.Column("source_id", sa.String(64), primary_key=True),
    sa.Column("article_id", sa.String(32), primary_key=True),
    sa.Column("seen_at", Instant, nullable=False),
    sa.Column("record", sa.LargeBinary, nullable=False),  # store.learned.shown_pages
    sa.Column("is_stale", sa.Boolean, nullable=False),  # its stored text holds blocks that have become known since
    sa.Index("ix_shown_page_seen_at", "source_id", "seen_at"),
    partial_index("ix_shown_page_stale", "source_id", where="is_stale"),
)

extraction_usual = sa.Table(  # how a source's pages usually read: news.usual
    "extraction_usual",
    metadata,
    sa.Column("source_id", sa.String(64), primary_key=True),
    sa.Column("record", CleanJson, nullable=False),
    sa.Column("updated_at", Instant, nullable=False),
)

extraction_alarm = sa.Table(  # a source whose pages no longer read as usual
    "extraction_alarm",
    metadata,
    sa.Column("source_id", sa.String(64), primary_key=True),
    sa.Column("kind", sa.String(24), primary_key=True),  # news.usual.Sign
    sa.Column("since_at", Instant, primary_key=True),
    sa.Column("ended_at", Instant),  # null = it is on
    sa.Column("evidence", CleanText, nullable=False),
    sa.Index("ix_extraction_alarm_standing", "source_id", "ended_at"),
)
