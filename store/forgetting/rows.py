"""Deleting every row that holds anything of an article, by one table of rules so that none is missed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from store import schema
from store.copies.sketches import leave
from store.learned.boilerplate_models import drop_unused
from store.outbox import enqueue
from store.records import Held
from store.schema import article, article_alias, article_version, fetch, outbox, request, request_url, url
from store.sql.statements import CHUNK, chunks


class By(StrEnum):
    """What the column of a rule is compared with."""

    ARTICLE = "article"  # the ids of the article and of those merged into it
    URL_ROW = "url row"  # the frontier rows of its addresses
    ADDRESS = "address"


# In this order, so that no row is deleted while another still refers to it.
RULES: tuple[tuple[sa.Column[object], By], ...] = (
    (schema.standing_queue.c.article_id, By.ARTICLE),
    (schema.standing_alert.c.article_id, By.ARTICLE),
    (schema.standing_match.c.article_id, By.ARTICLE),
    (schema.copy_sketch.c.article_id, By.ARTICLE),
    (schema.article_vector.c.article_id, By.ARTICLE),
    (schema.shown_page.c.article_id, By.ARTICLE),
    (schema.story_key.c.article_id, By.ARTICLE),
    (schema.request_url.c.url_id, By.URL_ROW),
    (schema.fill_url.c.url_id, By.URL_ROW),
    (schema.feed_window.c.url_id, By.URL_ROW),
    (schema.subscription.c.url_id, By.URL_ROW),
    (schema.host_request.c.url, By.ADDRESS),
    (schema.fetch.c.url_id, By.URL_ROW),
    (schema.fetch.c.article_id, By.ARTICLE),
    (schema.article_alias.c.article_id, By.ARTICLE),
    (schema.article_version.c.article_id, By.ARTICLE),
    (schema.article.c.id, By.ARTICLE),
    (schema.url.c.id, By.URL_ROW),
)
# `forget_rows` itself deals with requests that name an address, with telling the index, and with the bands and links
# of the sketch.
BESIDES = frozenset({"request", "outbox", "copy_band", "copy_link"})
# Tables that hold nothing of a single article; a new table belongs here or in RULES (a test checks that).
OF_NO_ARTICLE = frozenset(
    {"api_key", "boilerplate_base", "boilerplate_block", "boilerplate_model", "extraction_alarm", "extraction_usual",
     "fill", "forgotten", "host", "host_day", "host_pace", "lease", "notice", "notice_delivery", "pause",
     "revisit_habits", "run", "slot", "standing_delivery", "standing_search", "trouble"}
)  # fmt: skip


def held_of(connection: Connection, article_ids: Sequence[str], addresses: Sequence[str]) -> Held:
    """What the record holds of these articles, including those merged into them, and of these addresses."""
    merged = sa.select(article.c.id).where(article.c.merged_into.in_(article_ids))
    ids = tuple(dict.fromkeys([*article_ids, *connection.execute(merged).scalars()]))
    found = dict.fromkeys(addresses)
    for column, by in (
        (article.c.url, article.c.id),
        (article_alias.c.url, article_alias.c.article_id),
        (url.c.url, url.c.article_id),
        (fetch.c.effective_url, fetch.c.article_id),
    ):
        query = sa.select(column).where(by.in_(ids)).distinct()
        found |= dict.fromkeys(address for address in connection.execute(query).scalars() if address)
    versions = connection.execute(
        sa.select(article_version.c.payload_digest).where(article_version.c.article_id.in_(ids))
    ).scalars()
    digests = list(versions)
    return Held(
        article_ids=ids,
        addresses=tuple(found),
        payload_digests=tuple(sorted({digest for digest in digests if digest})),
        version_count=len(digests),
    )


def forget_rows(connection: Connection, held: Held, *, now: datetime) -> Mapping[str, int]:
    """Delete what the record holds, and queue that for the index; return how many rows were deleted, by table."""
    rows = connection.execute(
        sa.select(url.c.id).where(sa.or_(url.c.url.in_(held.addresses), url.c.article_id.in_(held.article_ids)))
    ).scalars()
    for article_id in held.article_ids:
        leave(connection, article_id, now)  # its copies remain without it, and the index is told
    values: dict[By, list[object]] = {
        By.ARTICLE: list(held.article_ids),
        By.URL_ROW: list(rows),
        By.ADDRESS: list(held.addresses),
    }
    _tell_index(connection, held, now)
    _forget_requests(connection, held.addresses)
    addresses = url.c.discovered_from.in_(held.addresses)
    connection.execute(sa.update(url).where(addresses).values(discovered_from=None))
    counts: dict[str, int] = {}
    for column, by in RULES:
        for chunk in chunks(values[by], CHUNK):
            deleted = sa.delete(column.table).where(column.in_(chunk))
            name = str(column.table.name)
            counts[name] = counts.get(name, 0) + connection.execute(deleted).rowcount
    drop_unused(connection)
    return counts


def forget_places(connection: Connection, payload_digests: Sequence[str]) -> None:
    """Clear references to these payloads, which other pages may share, so that they are archived anew when met."""
    place = {"warc_file": None, "warc_offset": None}
    for chunk in chunks(payload_digests, CHUNK):
        which = fetch.c.payload_digest.in_(chunk)
        sharing = sa.select(fetch.c.article_id).where(which, fetch.c.article_id.is_not(None)).distinct()
        mine = article_version.c.payload_digest.in_(chunk)
        versions = sa.update(article_version).where(article_version.c.article_id.in_(sharing), mine)
        connection.execute(versions.values(**place))
        connection.execute(sa.update(fetch).where(which).values(**place, payload_digest=None))
        rows = sa.update(url).where(url.c.payload_digest.in_(chunk))
        connection.execute(rows.values(payload_digest=None))


def _tell_index(connection: Connection, held: Held, now: datetime) -> None:
    known = sa.select(article.c.id, article.c.index_revision).where(article.c.id.in_(held.article_ids))
    for row in connection.execute(known).all():
        enqueue(connection, row.id, row.index_revision + 1, now)
    waiting = sa.update(outbox).where(outbox.c.article_id.in_(held.article_ids)).values(reason="")
    connection.execute(waiting)


def _forget_requests(connection: Connection, addresses: Sequence[str]) -> None:
    """Delete the requests that name one of these addresses in their scope."""
    naming = [
        row.id
        for row in connection.execute(sa.select(request.c.id, request.c.scope)).all()
        if set(row.scope.get("urls", ())) & set(addresses)
    ]
    for table, column in ((request_url, request_url.c.request_id), (request, request.c.id)):
        connection.execute(sa.delete(table).where(column.in_(naming)))
