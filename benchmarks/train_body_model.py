"""Trains the judge of passages on sets of annotated pages and says how well it judges sites it never saw.

    python benchmarks/train_body_model.py SET_FOLDER… [--write] [--folds 5]

Needs lightgbm (`make training`). The model's out-of-fold scores group pages by site, so no page is judged by trees that
saw its publisher. --write trains on all pages and writes crawler/extraction/models/body_model.json and
second_look_model.json: the second look's trees learn from what the first ones say of sites that they never saw.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np

from benchmarks.body_samples import Sample, Scorer, fold_of, read_sample
from benchmarks.boosting import Booster, boosted, stored, write_model
from benchmarks.extraction import Row, load_scorer, read_page
from benchmarks.needed import needed
from crawler.extraction.body.bodymodel import HOPELESS_SUM, MODEL_FILE, SECOND_FILE
from crawler.extraction.trees import certainties_of

ROUNDS = 400
PARAMETERS = {
    "objective": "cross_entropy", "learning_rate": 0.03, "num_leaves": 16, "max_depth": 6, "min_data_in_leaf": 150,
    "feature_fraction": 0.3, "bagging_fraction": 0.7, "bagging_freq": 1, "lambda_l2": 5.0, "max_bin": 63,
    "num_threads": 2, "verbose": -1, "seed": 1, "deterministic": True,
}  # fmt: skip
SECOND_ROUNDS = 80  # 110 and 150 are as good
SECOND_PARAMETERS = PARAMETERS | {"feature_fraction": 0.4}
FEATURE_COUNT = 115  # the most telling ones; the others change nothing out of sample


def train(samples: list[Sample], columns: list[int]) -> Booster:
    """Trees on these pages and columns."""
    table = np.concatenate([sample.table[:, columns] for sample in samples])
    return _boosted(samples, table, np.full(len(table), True), PARAMETERS, ROUNDS)


def train_second(samples: list[Sample], tables: list[np.ndarray], odds: list[np.ndarray]) -> Booster:
    """Trees on what the first ones, which saw no page of the site, say of each page's passages."""
    hopeful = np.concatenate(odds) > HOPELESS_SUM
    return _boosted(samples, np.concatenate(tables), hopeful, SECOND_PARAMETERS, SECOND_ROUNDS)


def _boosted(samples: list[Sample], table: np.ndarray, asked: np.ndarray, parameters: Row, rounds: int) -> Booster:
    wanted = np.concatenate([sample.wanted for sample in samples])
    weights = np.concatenate([sample.weights for sample in samples])
    used = (weights > 0) & asked
    return boosted(table[used], np.clip(wanted[used], 0, 1), weights[used], parameters, rounds)


def cross_validate(samples: list[Sample], columns: list[int], folds: int) -> list[np.ndarray]:
    """Every page's log-odds by trees that saw no page of its site."""
    judged: list[np.ndarray] = [np.zeros(0)] * len(samples)
    for fold in range(folds):
        booster = train([sample for sample in samples if fold_of(sample.site, folds) != fold], columns)
        for index, sample in enumerate(samples):
            if fold_of(sample.site, folds) == fold:
                judged[index] = booster.predict(sample.table[:, columns], raw_score=True)
    return judged


def second_tables(samples: list[Sample], odds: list[np.ndarray]) -> tuple[list[str], list[np.ndarray]]:
    """The names of the second look's measures, and each page's."""
    measures = [sample.look_again(each) for sample, each in zip(samples, odds, strict=True)]
    return list(measures[0]), [np.stack(list(each.values()), axis=1) for each in measures]


def cross_validate_second(
    samples: list[Sample], tables: list[np.ndarray], odds: list[np.ndarray], folds: int
) -> list[np.ndarray]:
    """Every page's certainties by both looks, neither of which saw a page of its site."""
    judged: list[np.ndarray] = [np.zeros(0)] * len(samples)
    for fold in range(folds):
        others = [index for index, sample in enumerate(samples) if fold_of(sample.site, folds) != fold]
        booster = train_second(
            [samples[index] for index in others], [tables[index] for index in others], [odds[index] for index in others]
        )
        for index, sample in enumerate(samples):
            if fold_of(sample.site, folds) == fold:
                both = (odds[index] + booster.predict(tables[index], raw_score=True)) / 2
                judged[index] = certainties_of(np.where(odds[index] > HOPELESS_SUM, both, odds[index]))
    return judged


def report(samples: list[Sample], judged: list[np.ndarray], scorer: Scorer) -> Row:
    """The body measures of each set."""
    scores: Row = {}
    for name in dict.fromkeys(sample.set_name for sample in samples):
        predictions = {
            sample.truth["id"]: {
                "id": sample.truth["id"],
                "text": sample.text_of(sure),
            }
            for sample, sure in zip(samples, judged, strict=True)
            if sample.set_name == name
        }
        truths = [sample.truth for sample in samples if sample.set_name == name]
        full = truths[0].get("body_text") is not None
        measures = (
            scorer.score_body(truths, predictions, "best", 0, 0)[0]
            if full
            else scorer.score_segments(truths, predictions)
        )
        scores[name] = {key: round(measures[key], 4) for key in ("f1", "precision", "recall", "pages")}
    return scores


def main() -> None:
    """Print the cross-validated scores; write the model on demand."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", type=Path, metavar="SET_FOLDER")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="write the model trained on all pages into the package")
    args = parser.parse_args()
    needed("lightgbm")
    scorer = load_scorer(args.sets[0])
    found = (
        read_sample(folder.name, truth, read_page(folder, truth), scorer)
        for folder in args.sets
        for truth in scorer.read_jsonl(folder / "truth.jsonl")
    )
    samples = [sample for sample in found if sample is not None]
    names = samples[0].names
    gains = train(samples, list(range(len(names)))).feature_importance("gain")
    columns = sorted(np.argsort(-gains)[:FEATURE_COUNT].tolist())
    odds = cross_validate(samples, columns, args.folds)
    second_names, tables = second_tables(samples, odds)
    scores = report(samples, cross_validate_second(samples, tables, odds, args.folds), scorer)
    print(json.dumps({"out_of_fold": scores}, indent=1))
    if args.write:
        model = stored(train(samples, columns), [names[column] for column in columns])
        about = {
            "about": "Trees that judge passages; written by benchmarks/train_body_model.py.",
            "out_of_fold": scores,
        }
        write_model(MODEL_FILE, about | model)
        second = stored(train_second(samples, tables, odds), second_names)
        about = {"about": "Trees of the second look; written by benchmarks/train_body_model.py."}
        write_model(SECOND_FILE, about | second)


if __name__ == "__main__":
    main()
