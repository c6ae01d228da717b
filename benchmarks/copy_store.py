"""A store of any number of articles' sketches, made in bulk: shingles as frequent as in real text, and rare ones."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from news.shingles import BAND_COUNT, RECIPE, SKETCH_SIZE, Sketch, packed, sketch_of

BATCH = 20_000
START = datetime(2020, 1, 1, tzinfo=UTC)
MEAN_SHINGLES, LEAST_SHINGLES = 420, 60  # of an article: a gamma distribution of shape 2 above the least
Numbers = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Made:
    """A sketch as it is stored."""

    shingle_count: int
    packed: bytes
    bands: Numbers


def fill_store(path: Path, articles: int, texts: Sequence[str], held: Sequence[Sketch], seed: int) -> None:
    """So many articles, these sketches among them, with the frequent shingles of these texts."""
    frequent = frequent_shingles(texts)
    chance = np.random.default_rng(seed)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    bands, owners = [], []
    number = 0
    known = [Made(one.shingle_count, packed(one), np.array(one.bands, dtype=np.uint32)) for one in held]
    for batch in chain([known], made_up(chance, articles - len(held), frequent)):
        rows = [article_row(f"{number + n:020x}", number + n) for n in range(len(batch))]
        _insert(connection, "article", [{**row, "first_seen_at": 0} for row in rows])
        _insert(connection, "copy_sketch", [_sketch_row(number + n, one) for n, one in enumerate(batch)])
        bands += [one.bands for one in batch]
        owners += [np.full(len(one.bands), number + n + 1, dtype=np.int32) for n, one in enumerate(batch)]
        number += len(batch)
        connection.commit()
    all_bands, all_owners = np.concatenate(bands), np.concatenate(owners)
    order = np.lexsort((all_owners, all_bands))
    pairs = zip(all_bands[order].tolist(), all_owners[order].tolist(), strict=True)
    connection.executemany("INSERT INTO copy_band (band, number) VALUES (?, ?)", pairs)
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
    }


def _sketch_row(number: int, made: Made) -> dict[str, Any]:
    return {
        "number": number + 1,
        "article_id": f"{number:020x}",
        "source_id": "load",
        "recipe": RECIPE,
        "shingle_count": made.shingle_count,
        "sketch": made.packed,
        "seniority": number,
        "standing": 0,
    }


def _insert(connection: sqlite3.Connection, table: str, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        names, marks = ", ".join(rows[0]), ", ".join(f":{name}" for name in rows[0])
        connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)


@dataclass(frozen=True, slots=True)
class Frequent:
    """Shingles that several texts have."""

    ranks: Numbers
    shares: npt.NDArray[np.float64]  # how often each is met among them, summed up
    share: float  # of all shingles met


def frequent_shingles(texts: Sequence[str]) -> Frequent:
    """Of the lowest hashes of the texts, which are an even sample of their shingles."""
    counts: Counter[int] = Counter()
    for text in texts:
        counts.update(sketch_of(text).hashes)
    frequent = {rank: count for rank, count in counts.items() if count > 1}
    weights = np.array(list(frequent.values()), dtype=np.float64)
    shares = np.cumsum(weights / weights.sum())
    return Frequent(np.array(list(frequent), dtype=np.uint32), shares, float(weights.sum() / counts.total()))


def made_up(chance: np.random.Generator, count: int, frequent: Frequent) -> Iterator[list[Made]]:
    """So many sketches, in batches."""
    while count > 0:
        size = min(BATCH, count)
        lengths = LEAST_SHINGLES + chance.gamma(2, (MEAN_SHINGLES - LEAST_SHINGLES) / 2, size).astype(np.int64)
        drawn = chance.integers(0, 1 << 32, lengths.sum(), dtype=np.uint32)
        is_frequent = chance.random(lengths.sum()) < frequent.share
        places = np.searchsorted(frequent.shares, chance.random(is_frequent.sum()))
        drawn[is_frequent] = frequent.ranks[np.minimum(places, len(frequent.ranks) - 1)]
        yield [_made(part) for part in np.split(drawn, np.cumsum(lengths)[:-1])]
        count -= size


def _made(shingles: Numbers) -> Made:
    distinct = np.unique(shingles)
    return Made(len(distinct), distinct[:SKETCH_SIZE].astype(">u4").tobytes(), distinct[:BAND_COUNT])
