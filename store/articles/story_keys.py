"""Finding the article of a story that was met under another form of address."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from news.article import Article
from news.article_record import article_from_record
from news.identity import Sighting, same_story, story_keys
from store.schema import article, article_alias, article_version, story_key
from store.sql.database import forms_of

MAX_CANDIDATES = 50  # newest articles compared: a daily headline has many
OPENING_CHARACTERS = 1000


def sighting_of(story: Article, addresses: Sequence[str]) -> Sighting:
    """The sighting of a story under these addresses."""
    return Sighting(
        addresses=tuple(addresses),
        title=story.title,
        published_at=story.published_at,
        published_day_only=story.published_day_only,
        opening=story.text[:OPENING_CHARACTERS],
    )


def same_articles(connection: Connection, sighting: Sighting) -> set[str]:
    """The ids of known articles that are this story; for sites without known forms of address, none, at no cost."""
    forms = forms_of(connection)
    keys = story_keys(sighting, forms)
    if not keys:
        return set()
    query = (
        sa.select(article.c.id, article_version.c.record)
        .join(
            article_version,
            (article_version.c.article_id == article.c.id) & (article_version.c.version == article.c.version),
        )
        .where(article.c.id.in_(sa.select(story_key.c.article_id).where(story_key.c.key.in_(keys))))
        .order_by(article.c.first_seen_at.desc(), article.c.id)
        .limit(MAX_CANDIDATES)
    )
    return {
        row.id
        for row in connection.execute(query).all()
        if same_story(sighting, sighting_of(article_from_record(row.record), _aliases(connection, row.id)), forms)
    }


def keep_story_keys(connection: Connection, article_id: str, sighting: Sighting) -> None:
    """Make the article findable by the keys of this sighting."""
    _insert_keys(connection, article_id, sorted(story_keys(sighting, forms_of(connection))))


def move_story_keys(connection: Connection, *, from_id: str, to_id: str) -> None:
    """Move the keys of a merged article to the one that stays."""
    keys = connection.execute(sa.select(story_key.c.key).where(story_key.c.article_id == from_id)).scalars().all()
    _insert_keys(connection, to_id, keys)
    connection.execute(sa.delete(story_key).where(story_key.c.article_id == from_id))


def _insert_keys(connection: Connection, article_id: str, keys: Sequence[str]) -> None:
    if not keys:
        return
    mine = (story_key.c.article_id == article_id) & story_key.c.key.in_(keys)
    known = set(connection.execute(sa.select(story_key.c.key).where(mine)).scalars())
    rows = [{"key": key, "article_id": article_id} for key in keys if key not in known]
    if rows:
        connection.execute(sa.insert(story_key), rows)


def _aliases(connection: Connection, article_id: str) -> list[str]:
    query = sa.select(article_alias.c.url).where(article_alias.c.article_id == article_id)
    return list(connection.execute(query).scalars())
