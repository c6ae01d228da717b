"""Deciding whether a fetched story is a new article, a new version or nothing new, and writing it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from news.article import Article
from news.article_record import article_record
from news.fetch import Outcome, UrlState
from news.identity import Sighting, are_forms_of_one_site, story_keys
from news.index import first_revision
from news.urls import url_key
from news.versions.digest import article_id_for
from store.copies.service import place_stored
from store.copies.sketches import leave
from store.database import forms_of
from store.gathered import GatheredRows
from store.learned.boilerplate_models import keep_model
from store.left_addresses import leave_addresses
from store.outbox import enqueue, gather_entry
from store.records import FetchResult
from store.schema import article, article_alias, article_version, fetch, url
from store.standing.queued import gather_standing
from store.statements import Upsert
from store.story_keys import keep_story_keys, move_story_keys, same_articles, sighting_of

_MET = sa.select(article_alias.c.article_id).where(article_alias.c.url_key.in_(sa.bindparam("keys", expanding=True)))
_MET_AT = sa.select(article_alias.c.url_key).where(article_alias.c.url_key.in_(sa.bindparam("keys", expanding=True)))
_BY_ID = sa.select(article).where(article.c.id.in_(sa.bindparam("ids", expanding=True)))
_BY_AGE = _BY_ID.order_by(article.c.first_seen_at, article.c.id)
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


class MetAddresses:
    """Which addresses of a transaction's stories were met before; asked once for all, since most are new."""

    def __init__(self, connection: Connection, results: Iterable[FetchResult]) -> None:
        stories = [result for result in results if isinstance(result.extraction, Article)]
        keys = sorted({url_key(address) for result in stories for address in _addresses(result)})
        self._before = set(connection.execute(_MET_AT, {"keys": keys}).scalars()) if keys else set()
        self._since: set[str] = set()  # the rows that say so may still be gathered, not written

    def meet(self, keys: Collection[str]) -> tuple[bool, bool]:
        """Note that a story is saved under these; return whether any was met before, and any in this transaction."""
        found = not self._before.isdisjoint(keys), not self._since.isdisjoint(keys)
        self._since.update(keys)
        return found


def save_article(
    rows: GatheredRows, result: FetchResult, story: Article, met: MetAddresses, *, now: datetime | None = None
) -> ArticleSave:
    """Save the story: its article and version if they are new, its addresses, and the outbox entry.

    New rows are gathered, and written before anything that may depend on them is read or changed. Pass `now` for pages
    that were fetched long ago.
    """
    connection = rows.connection
    addresses = _addresses(result)
    sighting = sighting_of(story, addresses)
    has_forms = bool(story_keys(sighting, forms_of(connection)))
    met_before, met_since = met.meet([url_key(address) for address in addresses])
    if has_forms or met_since:
        rows.write()  # they are looked up: for these forms, texts are compared
    may_be_known = has_forms or met_before or met_since or result.row.article_id is not None
    known = _articles_at(connection, sighting, result.row.article_id) if may_be_known else []
    if not known:
        created = _create(rows, result, story, addresses, first_revision(now or result.fetched_at))
        keep_story_keys(connection, created.article_id or "", sighting)
        return created
    main = known[0]
    if len(known) > 1 or main.state == "removed" or main.url_id != result.row.id:
        rows.write()
    merged = _merge(connection, main.id, [row.id for row in known[1:]], result.fetched_at)
    _add_aliases(connection, main.id, addresses)
    keep_story_keys(connection, main.id, sighting)
    if main.content_digest == result.content_digest:
        if merged or main.state == "removed":
            _revive(connection, main, result.fetched_at)
        is_alias = _followed_elsewhere(connection, main, result)
        return ArticleSave(outcome=Outcome.UNCHANGED, article_id=main.id, version=main.version, is_alias=is_alias)
    if _followed_elsewhere(connection, main, result):
        detail = f"another address of {main.url}"
        return ArticleSave(outcome=Outcome.UNCHANGED, article_id=main.id, detail=detail, is_alias=True)
    leave_addresses(connection, main, story, addresses)
    return _add_version(rows, result, story, main, addresses)


def is_followed_elsewhere(connection: Connection, result: FetchResult) -> bool:
    """Whether an unchanged page is an alias of an article that is followed under another address."""
    if result.row.article_id is None or result.outcome not in {Outcome.UNCHANGED, Outcome.NOT_MODIFIED}:
        return False
    query = sa.select(article).where(article.c.id == result.row.article_id)
    main = connection.execute(query).first()
    return main is not None and _followed_elsewhere(connection, main, result)


def resolve_id(connection: Connection, result: FetchResult) -> str:
    """The article id that saving this story will use."""
    sighting = _sighting(result)
    known = _articles_at(connection, sighting, result.row.article_id)
    return str(known[0].id) if known else _new_id(connection, result, sighting.addresses)


def resolve_ids(connection: Connection, results: Sequence[FetchResult]) -> list[str]:
    """The article ids that saving these stories will use, each by itself; new ones are resolved together."""
    forms = forms_of(connection)
    keys = [[url_key(address) for address in _addresses(result)] for result in results]
    met = set(connection.execute(_MET_AT, {"keys": sorted({key for mine in keys for key in mine})}).scalars())
    return [
        article_id_for(mine[0])
        if result.row.article_id is None and met.isdisjoint(mine) and not story_keys(_sighting(result), forms)
        else resolve_id(connection, result)
        for result, mine in zip(results, keys, strict=True)
    ]


def _sighting(result: FetchResult) -> Sighting:
    story, addresses = result.extraction, _addresses(result)
    return sighting_of(story, addresses) if isinstance(story, Article) else Sighting(addresses=tuple(addresses))


def _addresses(result: FetchResult) -> list[str]:
    """The story's normalized addresses, the one it is known by first."""
    urls = [result.canonical_url, result.redirected_to, result.row.url]
    return list(dict.fromkeys(u for u in urls if u))


def _articles_at(connection: Connection, sighting: Sighting, article_id: str | None) -> list[Row[Any]]:
    """The articles met under these addresses or known to be this story, with merges followed, oldest first."""
    keys = [url_key(address) for address in sighting.addresses]
    found = set(connection.execute(_MET, {"keys": keys}).scalars())
    if article_id is not None:
        found.add(article_id)
    found |= same_articles(connection, sighting)
    if not found:
        return []
    rows = connection.execute(_BY_ID, {"ids": sorted(found)}).all()
    heads = {row.merged_into or row.id for row in rows}
    return list(connection.execute(_BY_AGE, {"ids": sorted(heads)}).all())


def _create(
    rows: GatheredRows, result: FetchResult, story: Article, addresses: Sequence[str], revision: int
) -> ArticleSave:
    if result.minted_id is not None:
        rows.write()  # it is looked up
    article_id = _new_id(rows.connection, result, addresses)
    now = result.fetched_at
    row = {
        "id": article_id,
        "source_id": result.row.source_id,
        "url": addresses[0],
        "url_id": result.row.id,
        "state": "live",
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


def _new_id(connection: Connection, result: FetchResult, addresses: Sequence[str]) -> str:
    minted = result.minted_id
    if minted is not None and connection.execute(sa.select(article.c.id).where(article.c.id == minted)).first() is None:
        return minted
    made = article_id_for(url_key(addresses[0]))
    if len(addresses) > 1 and connection.execute(sa.select(article.c.id).where(article.c.id == made)).first():
        return article_id_for(url_key(addresses[-1]))  # another story was once known by that address
    return made


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
            state="live",
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
    archive = result.archive
    if rows.is_first(f"model {result.boilerplate.version}"):
        keep_model(rows.connection, result.boilerplate, source_id=result.row.source_id)
    row = {
        "article_id": article_id,
        "version": version,
        "fetched_at": result.fetched_at,
        "content_digest": result.content_digest,
        "extractor_version": result.extractor_version,
        "boilerplate_version": result.boilerplate.version,
        "payload_digest": archive.payload_digest if archive else result.payload_digest,
        "warc_file": archive.warc_file if archive else None,
        "warc_offset": archive.warc_offset if archive else None,
        "record": result.record or article_record(story),
        "taken_from": result.taken_from,
    }
    rows.add(_INSERT_VERSION, row)
    if result.taken_from is None:  # pages from other people's archives are not news
        gather_standing(rows, article_id, version, result.fetched_at)


def _add_aliases(connection: Connection, article_id: str, addresses: Sequence[str]) -> None:
    _ADD_ALIASES.run(connection, _aliases(article_id, addresses))


def _aliases(article_id: str, addresses: Sequence[str]) -> list[dict[str, str]]:
    keys = {url_key(address): address for address in addresses}
    return [{"url_key": key, "url": address, "article_id": article_id} for key, address in keys.items()]


def _merge(connection: Connection, main_id: str, other_ids: Sequence[str], now: datetime) -> bool:
    """Merge articles found to be one: the older id stays, the others redirect to it and leave the index."""
    for other in other_ids:
        values = {"state": "merged", "merged_into": main_id, "index_revision": article.c.index_revision + 1}
        connection.execute(sa.update(article).where(article.c.id == other).values(**values))
        connection.execute(sa.update(article).where(article.c.merged_into == other).values(merged_into=main_id))
        for table in (article_alias, url, fetch):
            connection.execute(sa.update(table).where(table.c.article_id == other).values(article_id=main_id))
        move_story_keys(connection, from_id=other, to_id=main_id)
        leave(connection, other, now)
        revision = connection.execute(sa.select(article.c.index_revision).where(article.c.id == other)).scalar_one()
        enqueue(connection, other, revision, now)
    return bool(other_ids)


def _revive(connection: Connection, main: Row[Any], now: datetime) -> None:
    values = {"state": "live", "removed_at": None, "index_revision": main.index_revision + 1}
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
    forms = forms_of(connection)
    if result.canonical_url == result.row.url and not are_forms_of_one_site(main.url, result.row.url, forms):
        return False
    state = connection.execute(sa.select(url.c.state).where(url.c.id == main.url_id)).scalar()
    return state == UrlState.FETCHED.value
