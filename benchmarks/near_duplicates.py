"""How well copies of a text are told from other stories, and how long it takes to look one up, as JSON.

    python -m benchmarks.near_duplicates CORPORA [--seed 2] [--articles 1000000] [--lookups 2000] [--part look-up]

The pairs are those of `benchmarks.copy_pairs`. Limits are tried on one half of the stories with seed 1; what is
reported is the other half with another seed, with the limits of the program. `clusters` places every text and its
copies in one store, in random order, and counts the pairs that stand in one cluster.

The look-up is measured in a store of so many articles whose sketches are made up: shingles of the newswire as often
as they are there, and others that are nowhere else. The texts looked up are copies of real ones, half of which the
store holds.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import numpy as np
import sqlalchemy as sa

from benchmarks.copy_pairs import COPIES, LabelledPair, Maker, labelled_pairs
from benchmarks.copy_store import article_row, fill_store
from benchmarks.copy_texts import Story, halves, stories_of, text_of
from benchmarks.search_load import articles as articles_of
from news.copies import MIN_SIZE, Likeness, are_copies, likeness
from news.shingles import RECIPE, sketch_of
from store.clock import utc_now
from store.copies.sketches import Placed, find_copies, place
from store.migrate import migrate
from store.schema import article, copy_sketch
from store.sql.database import Database, sqlite_url

CHOSEN_WITH = 1  # the seed of the half that limits are tried on
TRIED = [round(0.3 + 0.05 * step, 2) for step in range(8)]  # least containments
PARTS = ("pairs", "clusters", "look-up")
HELD_SHARE = 0.5  # of the texts looked up: that many have a copy in the store


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair with what its sketches say."""

    pair: LabelledPair
    found: Likeness
    is_candidate: bool  # a look-up of one would come upon the other


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--lookups", type=int, default=2000)
    parser.add_argument("--part", action="append", choices=PARTS, help="only this; may be repeated")
    parser.add_argument("--folder", type=Path, help="where the store is made; a temporary folder unless given")
    arguments = parser.parse_args()
    parts = arguments.part or PARTS
    stories = stories_of(arguments.corpora)
    chosen_on, reported_on = halves(stories)
    result: dict[str, Any] = {"recipe": RECIPE}
    if "pairs" in parts:
        result["pairs"] = measured(judged(labelled_pairs(reported_on, arguments.seed)))
        result["tried"] = tried(judged(labelled_pairs(chosen_on, CHOSEN_WITH)))
    with tempfile.TemporaryDirectory(dir=arguments.folder) as name:
        if "clusters" in parts:
            result["clusters"] = measured_clusters(reported_on, arguments.seed, Path(name) / "clusters.sqlite")
        if "look-up" in parts:
            path = Path(name) / "load.sqlite"
            texts = looked_up(stories, arguments.lookups, arguments.seed)
            newswire = [
                one.get("text", "") for one in articles_of(arguments.corpora / "news" / "reuters21578.jsonl.gz")
            ]
            result["look_up"] = measured_lookups(path, arguments.articles, texts, newswire, arguments.seed)
    print(json.dumps(result, indent=1))


def judged(pairs: Iterable[LabelledPair]) -> list[Judged]:
    made = []
    for pair in pairs:
        one, other = sketch_of(pair.one), sketch_of(pair.other)
        made.append(Judged(pair, likeness(one, other), bool(set(one.bands) & set(other.bands))))
    return made


def measured(pairs: Sequence[Judged]) -> dict[str, Any]:
    """Precision, recall and F1 with the program's limits, and the mistakes by case."""
    found = [each.is_candidate and are_copies(each.found) for each in pairs]
    cases = Counter(each.pair.case for each in pairs)
    wrong = Counter(each.pair.case for each, said in zip(pairs, found, strict=True) if said != each.pair.same)
    counts = {case: {"pairs": count, "wrong": wrong[case]} for case, count in cases.items()}
    return {**scores((each.pair.same, said) for each, said in zip(pairs, found, strict=True)), "cases": counts}


def tried(pairs: Sequence[Judged]) -> dict[str, float]:
    """F1 by least containment."""
    return {
        str(limit): scores(
            (each.pair.same, each.is_candidate and each.found.containment >= limit and each.found.size >= MIN_SIZE)
            for each in pairs
        )["f1"]
        for limit in TRIED
    }


def scores(answers: Iterable[tuple[bool, bool]]) -> dict[str, float]:
    """Of (is so, was said to be so)."""
    counts = Counter(answers)
    right, false, missed = counts[True, True], counts[False, True], counts[True, False]
    precision, recall = right / max(1, right + false), right / max(1, right + missed)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def measured_clusters(stories: Sequence[Story], seed: int, path: Path) -> dict[str, Any]:
    """Pairs that stand in one cluster, of every story and its copies in one store, come in random order."""
    chance = random.Random(seed)
    maker = Maker(stories, chance)
    texts = [(f"{n} {case}", text) for n, story in enumerate(stories) for case, text in forms_of(maker, story)]
    chance.shuffle(texts)
    database = store_at(path)
    started = process_time()
    with database.write() as connection:
        for number, (name, text) in enumerate(texts):
            sketch = sketch_of(text)
            connection.execute(sa.insert(article).values(**article_row(name, number)))
            place(connection, Placed(article_id=name, source_id=name, sketch=sketch, seniority=number), utc_now())
    spent = process_time() - started
    with database.read() as connection:
        rows = connection.execute(copy_sketch.select()).all()
    database.close()
    together: Counter[str | None] = Counter(row.cluster_id for row in rows)
    groups: dict[str | None, list[str]] = {}
    for row in rows:
        groups.setdefault(row.cluster_id, []).append(row.article_id.split()[0])
    found = [one == other for name, group in groups.items() if name for one, other in combinations(group, 2)]
    true_pairs = len(stories) * len(list(combinations(range(len(COPIES) + 1), 2)))
    right, false = sum(found), len(found) - sum(found)
    answers = Counter({(True, True): right, (False, True): false, (True, False): true_pairs - right})
    return {
        "articles": len(texts),
        "clusters": len(together),
        "ms_cpu_per_article": round(1000 * spent / len(texts), 2),
        **scores(answers.elements()),
    }


def forms_of(maker: Maker, story: Story) -> Iterator[tuple[str, str]]:
    yield "itself", text_of(story.paragraphs)
    for case, make in COPIES.items():
        yield case, text_of(make(maker, story))


def looked_up(stories: Sequence[Story], count: int, seed: int) -> list[str]:
    chance = random.Random(seed)
    maker = Maker(stories, chance)
    return [text_of(maker.mixed(chance.choice(stories))) for _ in range(count)]


def measured_lookups(
    path: Path, articles: int, texts: Sequence[str], newswire: Sequence[str], seed: int
) -> dict[str, Any]:
    """Milliseconds of finding an article's copies, and of placing it, in a store that holds so many."""
    sketches = [sketch_of(text) for text in texts]
    held = sketches[: int(len(sketches) * HELD_SHARE)]
    database = store_at(path)
    started = perf_counter()
    fill_store(path, articles, newswire, held, seed)
    built = perf_counter() - started
    find_wall, find_cpu, place_cpu, copies = [], [], [], 0
    for number, sketch in enumerate(sketches):
        with database.read() as connection:
            wall, cpu = perf_counter(), process_time()
            copies += bool(find_copies(connection, sketch))
            find_wall.append(perf_counter() - wall)
            find_cpu.append(process_time() - cpu)
        text = texts[number]
        with database.write() as connection:
            connection.execute(sa.insert(article).values(**article_row(f"new{number}", number)))
            cpu = process_time()
            placed = Placed(article_id=f"new{number}", source_id="new", sketch=sketch_of(text), seniority=number)
            place(connection, placed, utc_now())
            place_cpu.append(process_time() - cpu)
    database.close()
    return {
        "articles": articles,
        "built_in_seconds": round(built),
        "store_mb": round(sum(each.stat().st_size for each in path.parent.glob(path.name + "*")) / 1e6),
        "look_ups": len(sketches),
        "with_copies": copies,
        "look_up_ms_wall": percentiles(find_wall),
        "look_up_ms_cpu": percentiles(find_cpu),
        "sketch_and_place_ms_cpu": percentiles(place_cpu),
    }


def percentiles(seconds: Sequence[float]) -> dict[str, float]:
    found = np.percentile(np.array(seconds) * 1000, [50, 95, 99])
    return {
        "mean": round(float(np.mean(seconds)) * 1000, 2),
        **dict(zip(("p50", "p95", "p99"), found.round(2), strict=True)),
    }


def store_at(path: Path) -> Database:
    database = Database(sqlite_url(path))
    migrate(database)
    return database


if __name__ == "__main__":
    main()
