"""Tables of troubles noted by the daemon, and of notices sent or still to be sent to operators."""

from __future__ import annotations

import sqlalchemy as sa

from store.schema.columns import ROW_ID, CleanJson, CleanText, Instant, metadata

trouble = sa.Table(  # news.troubles.Noted
    "trouble",
    metadata,
    sa.Column("kind", sa.String(32), primary_key=True),
    sa.Column("source_id", sa.String(64), primary_key=True),  # empty = the installation
    sa.Column("part", sa.String(64), primary_key=True),
    sa.Column("severity", sa.String(16), nullable=False),
    sa.Column("what", CleanText, nullable=False),
    sa.Column("evidence", CleanText, nullable=False),
    sa.Column("todo", CleanText, nullable=False),
    sa.Column("since_at", Instant),
    sa.Column("first_seen_at", Instant, nullable=False),
    sa.Column("told_at", Instant),
    sa.Column("gone_at", Instant),
)

notice = sa.Table(  # the text of one message to operators
    "notice",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("made_at", Instant, nullable=False),
    sa.Column("subject", CleanText, nullable=False),
    sa.Column("text", CleanText, nullable=False),
    sa.Column("body", CleanJson, nullable=False),  # for webhooks
    sa.Index("ix_notice_made_at", "made_at"),
)

notice_delivery = sa.Table(  # a message on its way to one operator
    "notice_delivery",
    metadata,
    sa.Column("id", ROW_ID, primary_key=True, autoincrement=True),
    sa.Column("notice_id", sa.String(32), sa.ForeignKey("notice.id"), nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),  # news.standing.DeliveryKind: mail | webhook
    sa.Column("target", CleanText, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),  # store.notices.NoticeState
    sa.Column("attempt_count", sa.Integer, nullable=False),
    sa.Column("next_attempt_at", Instant, nullable=False),
    sa.Column("reason", CleanText, nullable=False),  # why the last attempt failed
    sa.Index("ix_notice_delivery_due", "state", "next_attempt_at"),
    sa.Index("ix_notice_delivery_notice_id", "notice_id"),
)
