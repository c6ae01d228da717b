"""Boilerplate models with which versions were read, kept while a version names them so that it can be verified.

A source learns a block or two with each crawl and has up to two thousand, so whole models would take more space than
the texts read with them. Most are stored as the difference from another model of the source, which is stored whole.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from news.boilerplate import Boilerplate
from store.schema import article_version, boilerplate_base, boilerplate_model
from store.sql.statements import Upsert

MOST_DIFFERENT = 1 / 16  # of a model's blocks; if six change each time, whole models and differences take equal space
_KEPT = sa.select(boilerplate_model.c.record, boilerplate_model.c.base).where(
    boilerplate_model.c.version == sa.bindparam("version")
)
_BASE = sa.select(boilerplate_base.c.version).where(boilerplate_base.c.source_id == sa.bindparam("source_id"))
_KEEP_BASE = Upsert(boilerplate_base, replaced=("version",))


def keep_model(connection: Connection, model: Boilerplate, *, source_id: str) -> None:
    """Store a source's model unless it is stored already; an empty one needs no row."""
    if not model.version or connection.execute(_KEPT, {"version": model.version}).first() is not None:
        return
    base_version = connection.execute(_BASE, {"source_id": source_id}).scalar()
    base = kept_model(connection, base_version) if base_version is not None else None
    difference = _difference(base, model) if base is not None else None
    if difference is None or _size(difference) > MOST_DIFFERENT * _size(model):
        base_version, difference = None, model
        _KEEP_BASE.run(connection, [{"source_id": source_id, "version": model.version}])
    row = {"version": model.version, "record": _pack(difference), "base": base_version}
    connection.execute(sa.insert(boilerplate_model).values(**row))


def kept_model(connection: Connection, version: str) -> Boilerplate | None:
    """The model of this version; None if it dates from before models were kept."""
    row = connection.execute(_KEPT, {"version": version}).first()
    if row is None:
        return None
    found = _unpack(version, row.record)
    base = kept_model(connection, row.base) if row.base is not None else None
    return _difference(base, found) if base is not None else found


def drop_unused(connection: Connection, versions: Collection[str] | None = None) -> None:
    """Delete the models, of these or of all, that no article version and no other model needs any more."""
    if versions is None:
        _drop(connection, sa.true())
        _drop(connection, sa.true())  # those just deleted may have needed others
        return
    told_by = sa.select(boilerplate_model.c.base).where(boilerplate_model.c.version.in_(versions))
    bases = [base for base in connection.execute(told_by).scalars() if base is not None]
    for some in (versions, bases):
        _drop(connection, boilerplate_model.c.version.in_(some))


def _drop(connection: Connection, which: sa.ColumnElement[bool]) -> None:
    # The second condition is the index's own
    named = (article_version.c.boilerplate_version == boilerplate_model.c.version) & (
        article_version.c.boilerplate_version != ""
    )
    other = boilerplate_model.alias("other")
    needed = sa.or_(sa.exists().where(named), sa.exists().where(other.c.base == boilerplate_model.c.version))
    connection.execute(sa.delete(boilerplate_model).where(which, ~needed))


def _difference(one: Boilerplate, other: Boilerplate) -> Boilerplate:
    """The symmetric difference of two models, under the second's version; applied to one model, it gives the other."""
    repeated, listed = one.repeated ^ other.repeated, one.listed ^ other.listed
    return Boilerplate(version=other.version, repeated=repeated, listed=listed)


def _size(model: Boilerplate) -> int:
    return len(model.repeated) + len(model.listed)


def _pack(model: Boilerplate) -> bytes:
    """Pack the number of repeated blocks, their digests, and those of listed blocks: eight bytes each."""
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
