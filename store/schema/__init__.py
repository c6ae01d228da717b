"""The tables by subject, in SQLAlchemy Core for both SQLite and PostgreSQL. Alembic's migrations create them."""

from __future__ import annotations

from store.schema.articles import article, article_alias, article_vector, article_version, forgotten, outbox, story_key
from store.schema.asking import api_key, feed_window, fill, fill_url, request, request_url, subscription
from store.schema.columns import ROW_ID, CleanJson, CleanText, Instant, metadata
from store.schema.copies import copy_band, copy_link, copy_sketch
from store.schema.crawling import fetch, host, host_day, host_pace, host_request, lease, pause, run, slot, url
from store.schema.learning import (
    boilerplate_base,
    boilerplate_block,
    boilerplate_model,
    extraction_alarm,
    extraction_usual,
    revisit_habits,
    shown_page,
)
from store.schema.notices import notice, notice_delivery, trouble
from store.schema.standing import standing_alert, standing_delivery, standing_match, standing_queue, standing_search

__all__ = [
    "ROW_ID",
    "CleanJson",
    "CleanText",
    "Instant",
    "api_key",
    "article",
    "article_alias",
    "article_vector",
    "article_version",
    "boilerplate_base",
    "boilerplate_block",
    "boilerplate_model",
    "copy_band",
    "copy_link",
    "copy_sketch",
    "extraction_alarm",
    "extraction_usual",
    "feed_window",
    "fetch",
    "fill",
    "fill_url",
    "forgotten",
    "host",
    "host_day",
    "host_pace",
    "host_request",
    "lease",
    "metadata",
    "notice",
    "notice_delivery",
    "outbox",
    "pause",
    "request",
    "request_url",
    "revisit_habits",
    "run",
    "shown_page",
    "slot",
    "standing_alert",
    "standing_delivery",
    "standing_match",
    "standing_queue",
    "standing_search",
    "story_key",
    "subscription",
    "trouble",
    "url",
]
