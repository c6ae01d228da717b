"""Trains the judges of metadata on sets of annotated pages and says how well they choose on sites they never saw.

    python benchmarks/train_metadata_models.py {title,byline} SET_FOLDER… [--write] [--folds 10] [--seeds 3]

Needs lightgbm, which is no dependency of newsdex. A judge says of every candidate on a page how sure it is the field's
value; the best one is taken. Out-of-fold scores group pages by site, so no page is judged by trees that saw its
publisher. --write trains on all pages and writes crawler/extraction/FIELD_model.json.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import statistics
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import lightgbm
import numpy as np

from benchmarks.extraction import load_scorer, read_pages
from benchmarks.train_body_model import fold_of, site_of, stored, written
from crawler.extraction.choice import model_file
from crawler.extraction.document import Document, parse_page
from crawler.extraction.structured import read_structured
from crawler.extraction.titles import title_candidates
from news.article import Hints, Page

Row = dict[str, Any]

PARAMETERS = {
    "objective": "cross_entropy", "learning_rate": 0.05, "num_leaves": 8, "max_depth": 4, "min_data_in_leaf": 20,
    "feature_fraction": 0.5, "bagging_fraction": 0.7, "bagging_freq": 1, "lambda_l2": 5.0, "num_threads": 1,
    "verbose": -1, "seed": 1, "deterministic": True,
}  # fmt: skip
ROUNDS = {"title": 300, "byline": 300}
# How much a page weighs: news pages are few among the sets and what newsdex is for.
SET_WEIGHTS = {"title": {"fundus": 4.0, "wcxb": 1.5}, "byline": {"fundus": 3.0, "wcxb": 2.0}}


@dataclass
class Sample:
    """The candidates of one page: what was measured of each, and how right it is."""

    set_name: str
    site: str
    names: list[str]
    table: np.ndarray
    wanted: np.ndarray


def titles(truth: Row, document: Document, scorer: ModuleType) -> tuple[list[Row], list[float]] | None:
    """Headlines are right or wrong by their words."""
    if not truth.get("title"):
        return None
    found = title_candidates(document, read_structured(document), Hints())
    wanted = scorer.title_key(truth["title"])
    return [dict(one.measures) for one in found], [float(one.key == wanted) for one in found]


READERS: dict[str, Callable[[Row, Document, ModuleType], tuple[list[Row], list[float]] | None]] = {"title": titles}


def read_samples(field: str, folders: list[Path], scorer: ModuleType) -> Iterator[Sample]:
    """Every page of the sets on which the field is annotated."""
    for folder in folders:
        for truth, body in read_pages(folder, list(scorer.read_jsonl(folder / "truth.jsonl"))):
            document = parse_page(Page(url=truth["url"] or "http://unknown.invalid/", body=body))
            read = READERS[field](truth, document, scorer) if isinstance(document, Document) else None
            if read and read[0]:
                names = list(read[0][0])
                table = np.array([[measures[name] for name in names] for measures in read[0]], dtype=float)
                yield Sample(folder.name, site_of(truth), names, table, np.array(read[1]))


def train(field: str, samples: list[Sample]) -> lightgbm.Booster:
    """Trees on these pages."""
    weights = [np.full(len(s.wanted), SET_WEIGHTS[field].get(s.set_name, 1.0)) for s in samples]
    data = lightgbm.Dataset(
        np.concatenate([sample.table for sample in samples]),
        np.concatenate([sample.wanted for sample in samples]),
        weight=np.concatenate(weights),
    )
    return lightgbm.train(PARAMETERS, data, ROUNDS[field])


def cross_validate(field: str, samples: list[Sample], folds: int, seed: int) -> dict[str, list[float]]:
    """Set -> how right the choice is on each page, by trees that saw no page of its site."""
    right: dict[str, list[float]] = {}
    place = [fold_of(f"{seed} {sample.site}", folds) for sample in samples]
    for fold in range(folds):
        booster = train(field, [sample for sample, at in zip(samples, place, strict=True) if at != fold])
        for sample in (sample for sample, at in zip(samples, place, strict=True) if at == fold):
            right.setdefault(sample.set_name, []).append(float(sample.wanted[booster.predict(sample.table).argmax()]))
    return right


def report(field: str, samples: list[Sample], folds: int, seeds: int) -> dict[str, dict[str, float]]:
    """How right the choice is on unseen sites, a mean over several foldings, and the most it could be."""
    runs = [cross_validate(field, samples, folds, seed) for seed in range(seeds)]
    return {
        name: {
            "right": round(statistics.fmean(value for run in runs for value in run[name]), 4),
            "best_possible": round(statistics.fmean(max(s.wanted) for s in samples if s.set_name == name), 4),
            "pages": len(runs[0][name]),
        }
        for name in runs[0]
    }


def digest(samples: list[Sample]) -> str:
    """What the trees were trained on, in short."""
    return hashlib.sha256(b"".join(sample.table.tobytes() for sample in samples)).hexdigest()[:16]


def main() -> None:
    """Print the cross-validated scores; write the model on demand."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("field", choices=sorted(READERS))
    parser.add_argument("sets", nargs="+", type=Path, metavar="SET_FOLDER")
    parser.add_argument("--folds", type=int, default=10)
    parser.add_argument("--seeds", type=int, default=3, help="how many foldings the scores are averaged over")
    parser.add_argument("--write", action="store_true", help="write the model trained on all pages into the package")
    args = parser.parse_args()
    scorer = load_scorer(args.sets[0])
    samples = list(read_samples(args.field, args.sets, scorer))
    scores = report(args.field, samples, args.folds, args.seeds)
    print(json.dumps({"out_of_fold": scores}, indent=1))
    if args.write:
        about = {
            "about": f"Trees that judge candidates of a {args.field}; written by benchmarks/train_metadata_models.py.",
            "out_of_fold": scores,
        }
        model = stored(train(args.field, samples), samples[0].names)
        target = Path(__file__).resolve().parent.parent / "crawler" / "extraction" / model_file(args.field)
        target.write_text(written(about | model), encoding="utf-8")


if __name__ == "__main__":
    main()
