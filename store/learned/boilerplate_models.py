"""What was known of a source when a version was read: kept while a version names it, to verify it with."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from news.boilerplate import Boilerplate
from store.schema import article_version, boilerplate_model

_KEPT = sa.select(boilerplate_model.c.version).where(boilerplate_model.c.version == sa.bindparam("version"))


def keep_model(connection: Connection, model: Boilerplate) -> None:
    """Write a model down where it is not yet; one that knows nothing needs no row."""
    if not model.version:
        return
    if connection.execute(_KEPT, {"version": model.version}).first() is None:
        row = {"version": model.version, "record": _pack(model)}
        connection.execute(sa.insert(boilerplate_model).values(**row))


def kept_model(connection: Connection, version: str) -> Boilerplate | None:
    """The model of a version; None for those of before it was kept."""
    query = sa.select(boilerplate_model.c.record).where(boilerplate_model.c.version == version)
    record = connection.execute(query).scalar()
    return _unpack(version, record) if record is not None else None


def drop_unused(connection: Connection, versions: Collection[str] | None = None) -> None:
    """Delete the models among these, or among all, that no version of an article names any more."""
    # The second condition is that of the index
    named = (article_version.c.boilerplate_version == boilerplate_model.c.version) & (
        article_version.c.boilerplate_version != ""
    )
    unused = sa.delete(boilerplate_model).where(~sa.exists().where(named))
    if versions is not None:
        unused = unused.where(boilerplate_model.c.version.in_(versions))
    connection.execute(unused)


def _pack(model: Boilerplate) -> bytes:
    """How many blocks are repeated, their digests, then those that are listed: eight bytes each."""
    numbers = array("q", [len(model.repeated), *sorted(model.repeated), *sorted(model.listed)])
    if sys.byteorder == "big":
        numbers.byteswap()  # a database may move to another machine
    return numbers.tobytes()


def _unpack(version: str, record: bytes) -> Boilerplate:
    numbers = array("q")
    numbers.frombytes(record)
    if sys.byteorder == "big":
        numbers.byteswap()
    end = numbers[0] + 1
    return Boilerplate(version=version, repeated=frozenset(numbers[1:end]), listed=frozenset(numbers[end:]))
