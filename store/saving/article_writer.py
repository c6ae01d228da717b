"""Deciding whether a fetched story is a new article, a new version or nothing new, and writing it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from news.article import Article, ArticleState
from news.article_record import article_record
from news.fetch import MISSING, SAME, Outcome, UrlState
from news.identity import are_forms_of_one_site, story_keys
from news.index import first_revision
from news.urls import url_key
from store.articles.known_articles import MetAddresses, known_story
from store.articles.left_addresses import leave_addresses
from store.articles.new_ids import TakenIds, new_id
from store.articles.story_addresses import story_addresses
from store.articles.story_keys import keep_story_keys, sighting_of
from store.copies.service import place_stored
from store.frontier.rows import state_of
from store.learned.boilerplate_models import keep_model
from store.outbox import enqueue, gather_entry
from store.records import FetchResult
from store.saving.giving_up import give_up
from store.saving.merging import merge
from store.schema import article, article_alias, article_version
from store.sql.database import forms_of
from store.sql.gathered import GatheredRows
from store.sql.statements import Upsert
from store.standing.queued import gather_standing

_INSERT_ARTICLE = sa.insert(article)
_INSERT_VERSION = sa.insert(article_version)
_ADD_ALIASES = Upsert(article_alias)


@dataclass(frozen=True, kw_only=True, slots=True)
class ArticleSave:
    """The outcome of saving a fetched story."""

    outcome: Outcome
    article_id: str | None = None
    version: int | None = None
    detail: str = ""
    is_alias: bool = False  # the article is followed under another address; this one needs no revisit
    is_doubted: bool = False  # nothing shows that what answered is the article: its page is to be sent whole next


def save_article(
    rows: GatheredRows, result: FetchResult, story: Article, met: MetAddresses, *, now: datetime | None = None
) -> ArticleSave:
    """Save the story: its article and version if they are new, its addresses, and the outbox entry.

    New rows are gathered, and written before anything that may depend on them is read or changed. Pass `now` for pages
    that were fetched long ago.
    """
    connection = rows.connection
    addresses: Sequence[str] = story_addresses(result)
    sighting = sighting_of(story, addresses)
    has_forms = bool(story_keys(sighting, forms_of(connection)))
    met_before, met_since = met.meet([url_key(address) for address in addresses])
    if has_forms or met_since:
        rows.write()  # they are looked up: for these forms, texts are compared
    may_be_known = has_forms or met_before or met_since or result.row.article_id is not None
    known: Sequence[Row[Any]] = ()
    if may_be_known:
        told = known_story(connection, result)
        addresses, sighting, known = told.addresses, told.sighting, told.articles
        for row in told.claimants:
            give_up(connection, row, result)
    if not known:
        created = _create(rows, result, story, addresses, met.ids, first_revision(now or result.fetched_at))
        keep_story_keys(connection, created.article_id or "", sighting)
        return created
    main = known[0]
    if len(known) > 1 or main.state == ArticleState.REMOVED or main.url_id != result.row.id:
        rows.write()
    merged = merge(connection, main.id, [row.id for row in known[1:]], result.fetched_at)
    add_aliases(connection, main.id, addresses)
    keep_story_keys(connection, main.id, sighting)
    if main.content_digest == result.content_digest:
        if merged or main.state == ArticleState.REMOVED:
            revive(connection, main, result.fetched_at)
        is_alias = _followed_elsewhere(connection, main, result)
        return ArticleSave(outcome=Outcome.UNCHANGED, article_id=main.id, version=main.version, is_alias=is_alias)
    if _followed_elsewhere(connection, main, result):
        detail = f"another address of {main.url}"
        return ArticleSave(outcome=Outcome.UNCHANGED, article_id=main.id, detail=detail, is_alias=True)
    leave_addresses(connection, main, story, addresses)
    return _add_version(rows, result, story, main, addresses)


def is_followed_elsewhere(connection: Connection, result: FetchResult, article_id: str | None) -> bool:
    """Whether an unchanged page is an alias of an article that is followed under another address."""
    if article_id is None or result.outcome not in SAME:
        return False
    query = sa.select(article).where(article.c.id == article_id)
    main = connection.execute(query).first()
    return main is not None and _followed_elsewhere(connection, main, result)


def _create(
    rows: GatheredRows, result: FetchResult, story: Article, addresses: Sequence[str], taken: TakenIds, revision: int
) -> ArticleSave:
    article_id = new_id(result, addresses, taken)
    taken.add(article_id)
    now = result.fetched_at
    row = {
        "id": article_id,
        "source_id": result.row.source_id,
        "url": addresses[0],
        "url_id": result.row.id,
        "state": ArticleState.LIVE.value,
        "first_seen_at": now,
        "version": 1,
        "content_digest": result.content_digest,
        "published_at": story.published_at,
        "index_revision": revision,
    }
    rows.add(_INSERT_ARTICLE, row)
    insert_version(rows, result, story, article_id, 1)
    for alias in _aliases(article_id, addresses):
        rows.add(_ADD_ALIASES.on(rows.connection), alias)
    gather_entry(rows, article_id, revision, now)
    return ArticleSave(outcome=Outcome.NEW_ARTICLE, article_id=article_id, version=1)


def _add_version(
    rows: GatheredRows, result: FetchResult, story: Article, main: Row[Any], addresses: Sequence[str]
) -> ArticleSave:
    version, revision = main.version + 1, main.index_revision + 1
    rows.connection.execute(
        sa.update(article)
        .where(article.c.id == main.id)
        .values(
            url=addresses[0],
            url_id=result.row.id,
            state=ArticleState.LIVE.value,
            removed_at=None,
            version=version,
            content_digest=result.content_digest,
            published_at=story.published_at,
            index_revision=revision,
        )
    )
    insert_version(rows, result, story, main.id, version)
    gather_entry(rows, main.id, revision, result.fetched_at)
    return ArticleSave(outcome=Outcome.NEW_VERSION, article_id=main.id, version=version)


def insert_version(rows: GatheredRows, result: FetchResult, story: Article, article_id: str, version: int) -> None:
    """Write one version of an article."""
    archive, read = result.archive, result.reading
    if rows.is_first(f"model {read.boilerplate.version}"):
        keep_model(rows.connection, read.boilerplate, source_id=result.row.source_id)
    row = {
        "article_id": article_id,
        "version": version,
        "fetched_at": result.fetched_at,
        "content_digest": result.content_digest,
        "extractor_version": read.extractor_version,
        "boilerplate_version": read.boilerplate.version,
        "payload_digest": archive.payload_digest if archive else result.payload_digest,
        "warc_file": archive.warc_file if archive else None,
        "warc_offset": archive.warc_offset if archive else None,
        "record": read.record or article_record(story),
        "taken_from": result.taken_from,
    }
    rows.add(_INSERT_VERSION, row)
    if result.taken_from is None:  # pages from other people's archives are not news
        gather_standing(rows, article_id, version, result.fetched_at)


def add_aliases(connection: Connection, article_id: str, addresses: Sequence[str]) -> None:
    """Make these addresses an article's."""
    _ADD_ALIASES.run(connection, _aliases(article_id, addresses))


def _aliases(article_id: str, addresses: Sequence[str]) -> list[dict[str, str]]:
    keys = {url_key(address): address for address in addresses}
    return [{"url_key": key, "url": address, "article_id": article_id} for key, address in keys.items()]


def revive(connection: Connection, main: Row[Any], now: datetime) -> None:
    """Make an article live, and tell the index of it."""
    values = {"state": ArticleState.LIVE.value, "removed_at": None, "index_revision": main.index_revision + 1}
    connection.execute(sa.update(article).where(article.c.id == main.id).values(**values))
    enqueue(connection, main.id, main.index_revision + 1, now)
    place_stored(connection, main.id, now)


def _followed_elsewhere(connection: Connection, main: Row[Any], result: FetchResult) -> bool:
    """Whether the article's text comes from another URL that still answers.

    Two addresses of one story (a print page, an AMP page) differ in small ways; taking versions from both would show
    an edit at every fetch. If two forms of address both call themselves canonical, the one met first is followed.
    """
    if main.url_id == result.row.id or main.url == result.row.url:
        return False
    if result.row.last_status in MISSING:  # it is back, after the article moved
        return state_of(connection, main.url_id) is UrlState.FETCHED
    forms = forms_of(connection)
    if result.canonical_url == result.row.url and not are_forms_of_one_site(main.url, result.row.url, forms):
        return False
    return state_of(connection, main.url_id) is UrlState.FETCHED
