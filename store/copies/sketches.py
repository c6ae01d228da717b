"""Finding articles by their sketches, and linking those that are copies."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from news.clusters import Standing
from news.copies import are_copies, likeness
from news.shingles import BAND_COUNT, RECIPE, Sketch, packed, unpacked
from store.copies.clusters import Change, regroup
from store.schema import copy_band, copy_link, copy_sketch
from store.sql.statements import chunks

# Bounds on the work per article, whatever the record holds; choices
MAX_HELD = 32  # articles read per band, always the same ones: a page that a thousand share costs no more
MAX_CANDIDATES = 32  # articles whose sketches are compared, first those that share most, and the rarest, bands


_NO_BAND = -1
_OF_ARTICLE = sa.select(copy_sketch).where(copy_sketch.c.article_id == sa.bindparam("article_id"))
_SKETCHES = sa.select(copy_sketch.c.number, copy_sketch.c.sketch, copy_sketch.c.shingle_count).where(
    copy_sketch.c.number.in_(sa.bindparam("numbers", expanding=True))
)
_INSERT = sa.insert(copy_sketch).returning(copy_sketch.c.number, copy_sketch.c.article_id)
_INSERT_BANDS = sa.insert(copy_band)
_INSERT_LINKS = sa.insert(copy_link)
_NEIGHBOURS = sa.select(copy_link.c.other).where(copy_link.c.number == sa.bindparam("number"))
# As SQL text with our own numbers: having SQLAlchemy build it for each article takes five times as long as running it
_HELD = f"SELECT number FROM copy_band WHERE band = :band{{0}} AND number <> :besides ORDER BY number LIMIT {MAX_HELD}"  # noqa: S608
# A band that few hold says more: the words of a daily report's form are held by many, its figures by its copies alone
_WEIGHED = f"SELECT number, {MAX_HELD**2} / count(*) OVER () AS weight FROM ({_HELD}) AS held{{0}}"  # noqa: S608
_ALL_HELD = " UNION ALL ".join(_WEIGHED.format(n) for n in range(BAND_COUNT))
_LOOK_UP = sa.text(
    f"SELECT number FROM ({_ALL_HELD}) AS found"  # noqa: S608
    f" GROUP BY number ORDER BY sum(weight) DESC, number LIMIT {MAX_CANDIDATES}"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """An article's text, to be placed among its copies."""

    article_id: str
    source_id: str
    sketch: Sketch
    seniority: int  # news.clusters.seniority_of


def place(connection: Connection, placed: Placed, now: datetime) -> None:
    """Store the sketch of an article's newest text, and let it join, stay in, move between or leave clusters.

    Other articles whose place in a cluster changes get a new revision; for this one, that is up to the caller.
    """
    known = connection.execute(_OF_ARTICLE, {"article_id": placed.article_id}).first()
    if known is None:
        place_new(connection, [placed], now)
        return
    values = _values(placed)
    if all(getattr(known, name) == value for name, value in values.items()):
        return
    number = known.number
    connection.execute(sa.update(copy_sketch).where(copy_sketch.c.number == number).values(**values))
    neighbours = _neighbours(connection, number)
    _keep_bands(connection, number, _sketch(known).bands, placed.sketch.bands)
    copies = find_copies(connection, placed.sketch, besides=number, also=neighbours)
    _keep_links(connection, number, neighbours, copies)
    if not neighbours and not copies:
        return
    change = Change(
        articles={number: placed.article_id},
        others=frozenset(neighbours | copies if known.seniority != placed.seniority else neighbours - copies),
        left=known.cluster_id if known.source_id != placed.source_id else None,
        now=now,
    )
    regroup(connection, change)


def place_new(connection: Connection, articles: Sequence[Placed], now: datetime) -> None:
    """Place articles that have no sketch yet, all at once, since most statements cost no more for all than for one."""
    if not articles:
        return
    rows = connection.execute(_INSERT, [{**_values(each), "standing": int(Standing.EARLIEST)} for each in articles])
    numbers = {row.article_id: row.number for row in rows}
    sketches = {numbers[each.article_id]: each.sketch for each in articles}
    bands = [{"band": band, "number": number} for number, sketch in sketches.items() for band in sketch.bands]
    if bands:
        connection.execute(_INSERT_BANDS, bands)
    pairs = _copies_among(connection, sketches)
    if not pairs:
        return
    connection.execute(_INSERT_LINKS, [{"number": one, "other": other} for one, other in sorted(pairs)])
    linked = {one for one, _ in pairs}
    ids = {number: article_id for article_id, number in numbers.items() if number in linked}
    regroup(connection, Change(articles=ids, now=now))


def _copies_among(connection: Connection, sketches: Mapping[int, Sketch]) -> set[tuple[int, int]]:
    """The links of these articles, each in both directions."""
    candidates = {number: _candidates(connection, sketch.bands, number) for number, sketch in sketches.items()}
    held = _sketches(connection, set(chain.from_iterable(candidates.values())) - sketches.keys())
    every = {**held, **sketches}
    found = {
        (number, other)
        for number, others in candidates.items()
        for other in others
        if are_copies(likeness(sketches[number], every[other]))
    }
    return found | {(other, number) for number, other in found}


def _values(placed: Placed) -> dict[str, Any]:
    return {
        "article_id": placed.article_id,
        "source_id": placed.source_id,
        "recipe": RECIPE,
        "shingle_count": placed.sketch.shingle_count,
        "sketch": packed(placed.sketch),
        "seniority": placed.seniority,
    }


def leave(connection: Connection, article_id: str, now: datetime) -> None:
    """Delete the sketch of an article that is gone; its cluster remains without it."""
    known = connection.execute(sa.select(copy_sketch).where(copy_sketch.c.article_id == article_id)).first()
    if known is None:
        return
    number = known.number
    _keep_bands(connection, number, _sketch(known).bands, ())
    neighbours = _neighbours(connection, number)
    _keep_links(connection, number, neighbours, set())
    connection.execute(sa.delete(copy_sketch).where(copy_sketch.c.number == number))
    if neighbours:
        others = frozenset(neighbours)
        regroup(
            connection,
            Change(articles={number: article_id}, others=others, left=known.cluster_id, now=now),
        )


def find_copies(
    connection: Connection, sketch: Sketch, *, besides: int | None = None, also: Collection[int] = ()
) -> set[int]:
    """The numbers of the articles whose text is a copy of this one."""
    found = _sketches(connection, {*_candidates(connection, sketch.bands, besides), *also})
    return {number for number, other in found.items() if are_copies(likeness(sketch, other))}


def _sketches(connection: Connection, numbers: Collection[int]) -> dict[int, Sketch]:
    found: dict[int, Sketch] = {}
    for some in chunks(sorted(numbers)):
        found |= {row.number: _sketch(row) for row in connection.execute(_SKETCHES, {"numbers": some})}
    return found


def _candidates(connection: Connection, bands: Sequence[int], besides: int | None) -> list[int]:
    if not bands:
        return []
    given = {f"band{place}": band for place, band in enumerate(bands)}
    missing = {f"band{place}": _NO_BAND for place in range(len(bands), BAND_COUNT)}
    return list(connection.execute(_LOOK_UP, {**given, **missing, "besides": besides or 0}).scalars())


def _keep_bands(connection: Connection, number: int, old: Collection[int], new: Collection[int]) -> None:
    gone, come = set(old) - set(new), set(new) - set(old)
    if gone:
        which = copy_band.c.band.in_(sorted(gone)) & (copy_band.c.number == number)
        connection.execute(sa.delete(copy_band).where(which))
    if come:
        connection.execute(_INSERT_BANDS, [{"band": band, "number": number} for band in sorted(come)])


def _neighbours(connection: Connection, number: int) -> set[int]:
    return set(connection.execute(_NEIGHBOURS, {"number": number}).scalars())


def _keep_links(connection: Connection, number: int, old: Collection[int], new: Collection[int]) -> None:
    gone, come = sorted(set(old) - set(new)), sorted(set(new) - set(old))
    if gone:
        mine = (copy_link.c.number == number) & copy_link.c.other.in_(gone)
        theirs = copy_link.c.number.in_(gone) & (copy_link.c.other == number)
        connection.execute(sa.delete(copy_link).where(mine | theirs))
    if come:
        pairs = [pair for other in come for pair in ((number, other), (other, number))]
        connection.execute(_INSERT_LINKS, [{"number": one, "other": other} for one, other in pairs])


def _sketch(row: Any) -> Sketch:
    return unpacked(row.sketch, row.shingle_count)
