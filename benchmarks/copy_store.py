"""A store of any number of articles' sketches, made in bulk: shingles as frequent as in real text, and rare ones."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from news.shingles import RECIPE, SKETCH_SIZE, Sketch, packed, sketch_of

BATCH = 20_000
START = datetime(2020, 1, 1, tzinfo=UTC)
MEAN_SHINGLES, LEAST_SHINGLES = 420, 60  # of an article: a gamma distribution of shape 2 above the least
Numbers = npt.NDArray[np.uint32]


def fill_store(path: Path, articles: int, texts: Sequence[str], held: Sequence[Sketch], seed: int) -> None:
    """So many articles, these sketches among them, with the frequent shingles of these texts."""
    chance = np.random.default_rng(seed)
    ranks, shares, common = frequent_shingles(texts)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    bands, owners = [], []
    number = 0
    for sketches in _batches(chance, articles - len(held), ranks, shares, common, held):
        _insert(connection, "article", (article_row(f"{number + n:020x}", number + n) for n in range(len(sketches))))
        _insert(connection, "copy_sketch", (_sketch_row(number + n, one) for n, one in enumerate(sketches)))
        for n, one in enumerate(sketches):
            bands.append(np.array(one.bands, dtype=np.uint32))
            owners.append(np.full(len(one.bands), number + n + 1, dtype=np.int32))
        number += len(sketches)
        connection.commit()
    all_bands, all_owners = np.concatenate(bands), np.concatenate(owners)
    order = np.lexsort((all_owners, all_bands))
    connection.executemany(
        "INSERT INTO copy_band (band, number) VALUES (?, ?)",
        zip(map(int, all_bands[order]), map(int, all_owners[order]), strict=True),
    )
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def article_row(article_id: str, number: int) -> dict[str, Any]:
    """The least of an article's row."""
    return {
        "id": article_id,
        "source_id": "load",
        "url": f"https://news.example/{article_id}",
        "state": "live",
        "first_seen_at": START,
        "version": 1,
        "content_digest": f"{number:064x}",
        "index_revision": 1,
        "indexed_revision": 1,
    }


def _sketch_row(number: int, sketch: Sketch) -> dict[str, Any]:
    return {
        "number": number + 1,
        "article_id": f"{number:020x}",
        "source_id": "load",
        "recipe": RECIPE,
        "shingle_count": sketch.shingle_count,
        "sketch": packed(sketch),
        "seniority": number,
        "standing": 0,
    }


def _insert(connection: sqlite3.Connection, table: str, rows: Iterator[dict[str, Any]]) -> None:
    first = next(rows, None)
    if first is not None:
        names, marks = ", ".join(first), ", ".join(f":{name}" for name in first)
        values = ({**row, "first_seen_at": 0} if table == "article" else row for row in chain([first], rows))
        connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)


def frequent_shingles(texts: Sequence[str]) -> tuple[Numbers, npt.NDArray[np.float64], float]:
    """Hashes that several texts have, how often each is met among them, and what share of all shingles they are.

    The lowest hashes of a text are an even sample of its shingles.
    """
    counts: Counter[int] = Counter()
    for text in texts:
        counts.update(sketch_of(text).hashes)
    frequent = {rank: count for rank, count in counts.items() if count > 1}
    weights = np.array(list(frequent.values()), dtype=np.float64)
    return (
        np.array(list(frequent), dtype=np.uint32),
        np.cumsum(weights / weights.sum()),
        float(weights.sum() / counts.total()),
    )


def _batches(
    chance: np.random.Generator,
    count: int,
    ranks: Numbers,
    shares: npt.NDArray[np.float64],
    common: float,
    held: Sequence[Sketch],
) -> Iterator[list[Sketch]]:
    yield list(held)
    while count > 0:
        size = min(BATCH, count)
        lengths = LEAST_SHINGLES + chance.gamma(2, (MEAN_SHINGLES - LEAST_SHINGLES) / 2, size).astype(np.int64)
        drawn = chance.integers(0, 1 << 32, lengths.sum(), dtype=np.uint32)
        is_common = chance.random(lengths.sum()) < common
        drawn[is_common] = ranks[np.searchsorted(shares, chance.random(is_common.sum()))]
        yield [_sketch(part) for part in np.split(drawn, np.cumsum(lengths)[:-1])]
        count -= size


def _sketch(shingles: Numbers) -> Sketch:
    distinct = np.unique(shingles)
    return Sketch(tuple(map(int, distinct[:SKETCH_SIZE])), len(distinct))
