"""Tables of standing searches: their deliveries, matches and alerts, and the versions still to be matched."""

from __future__ import annotations

import sqlalchemy as sa

from store.schema.columns import ROW_ID, CleanJson, CleanText, Instant, metadata

standing_search = sa.Table(  # a query that every article is matched against as it is saved: news.standing
    "standing_search",
    metadata,
    sa.Column("id", sa.String(16), primary_key=True),
    sa.Column("name", CleanText, nullable=False),
    sa.Column("query", CleanText, nullable=False),  # as typed; parsed by every process that matches
    sa.Column("filters", CleanJson, nullable=False),
    sa.Column("owner_key_id", sa.String(16)),  # the key it was saved with; null = none
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
    sa.Column("time_zone", sa.String(64)),  # of mail: the zone of its hours and days
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("revoked_at", Instant),
    sa.Index("ix_standing_delivery_search_id", "search_id"),
)

standing_match = sa.Table(  # an article that a standing search found; each only once
    "standing_match",
    metadata,
    sa.Column("id", ROW_ID, primary_key=True, autoincrement=True),
    sa.Column("search_id", sa.String(16), sa.ForeignKey("standing_search.id"), nullable=False),
    sa.Column("article_id", sa.String(32), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),  # the first one that matched, or the last edit
    sa.Column("matched_at", Instant, nullable=False),
    sa.UniqueConstraint("search_id", "article_id"),
    sa.Index("ix_standing_match_newest", "search_id", "id"),
)

standing_alert = sa.Table(  # a match still to be sent by webhook or mail
    "standing_alert",
    metadata,
    sa.Column("id", ROW_ID, primary_key=True, autoincrement=True),
    sa.Column("delivery_id", sa.String(16), sa.ForeignKey("standing_delivery.id"), nullable=False),
    sa.Column("article_id", sa.String(32), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("matched_at", Instant, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),  # news.standing.AlertState
    sa.Column("attempt_count", sa.Integer, nullable=False),
    sa.Column("next_attempt_at", Instant, nullable=False),
    sa.Column("reason", CleanText, nullable=False),  # why the last attempt failed
    sa.Index("ix_standing_alert_due", "state", "next_attempt_at"),
    sa.Index("ix_standing_alert_delivery_id", "delivery_id", "id"),
)

standing_queue = sa.Table(  # versions still to be matched against the standing searches
    "standing_queue",
    metadata,
    sa.Column("article_id", sa.String(32), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("enqueued_at", Instant, nullable=False),
    sa.Index("ix_standing_queue_enqueued_at", "enqueued_at"),
)
