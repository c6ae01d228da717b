"""Trains the judges of metadata on sets of annotated pages and says how well they choose on sites they never saw.

    python benchmarks/train_metadata_models.py {title,byline,date} SET_FOLDER… [--write] [--folds 10] [--seeds 3]

Needs lightgbm (`make training`). A judge says of every candidate on a page how sure it is the field's
value; the best one is taken. Out-of-fold scores group pages by site, so no page is judged by trees that saw its
publisher. The judge of headlines is trained on each page also without what another site may lack, and scored there too.
--write trains on all pages and writes crawler/extraction/models/FIELD_model.json.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np

from benchmarks.body_samples import Scorer, fold_of, site_of
from benchmarks.boosting import Booster, boosted, stored, write_model
from benchmarks.extraction import Row, load_scorer, page_of, read_pages
from benchmarks.needed import needed
from benchmarks.pages_without import without
from crawler.extraction.body.page_facts import headline_index
from crawler.extraction.bylines.bylines import author_candidates, least_certainty
from crawler.extraction.choice import model_file
from crawler.extraction.dates.dates import day_statements
from crawler.extraction.dates.day_measures import day_candidates
from crawler.extraction.dates.day_order import read_order
from crawler.extraction.dates.days_of_asking import without_days_of_asking
from crawler.extraction.page.document import Document, parse_page
from crawler.extraction.page.passages import Passage
from crawler.extraction.page.structured import Structured, read_structured
from crawler.extraction.page.walk import read_passages
from crawler.extraction.text import word_key
from crawler.extraction.titles.titles import read_title, title_candidates
from news.article import Hints

# Measures and rightness of each candidate, how sure each must be to be given, whether the page has a value.
Measured = tuple[list[Row], list[float], list[float], bool]

PARAMETERS = {
    "objective": "cross_entropy", "learning_rate": 0.05, "num_leaves": 8, "max_depth": 4, "min_data_in_leaf": 20,
    "feature_fraction": 0.5, "bagging_fraction": 0.7, "bagging_freq": 1, "lambda_l2": 5.0, "num_threads": 1,
    "verbose": -1, "seed": 1, "deterministic": True,
}  # fmt: skip
ROUNDS = {"title": 900, "byline": 400, "date": 200}
# How much a page weighs: news pages are few among the sets and what newsdex is for.
SET_WEIGHTS = {"title": {"fundus": 4.0, "wcxb": 1.5}, "byline": {"fundus": 3.0, "wcxb": 2.0},
               "date": {"fundus": 4.0, "wcxb": 1.5}}  # fmt: skip
# What each page is read without as well, and how much it weighs then beside the whole of it. Days gain nothing by it;
# bylines as much as they lose (docs/benchmarks.md).
WITHOUT = {"title": (("metadata",), ("names",), ("names", "landmarks", "metadata"))}
WITHOUT_WEIGHT = 0.4


@dataclass
class Sample:
    """The candidates of one page: what was measured of each, and how right it is."""

    set_name: str
    site: str
    names: list[str]  # of the measures; none where the page has no candidate
    table: np.ndarray
    wanted: np.ndarray
    least: list[float]  # how sure each must be; below, the field stays empty
    has_value: bool  # a page annotated as unsigned has none
    lacks: tuple[str, ...] = ()  # what the page was read without

    @property
    def weight(self) -> float:
        """How much it counts, before what its set counts."""
        return WITHOUT_WEIGHT if self.lacks else 1.0

    @property
    def kind(self) -> str:
        """Its set, and what it was read without."""
        return f"{self.set_name} without {', '.join(self.lacks)}" if self.lacks else self.set_name


def titles(truth: Row, document: Document, scorer: Scorer) -> Measured | None:
    """Headlines are right or wrong by their words."""
    if not truth.get("title"):
        return None
    passages, _ = read_passages(document.tree)
    found = title_candidates(document, read_structured(document), Hints(), passages)
    wanted = scorer.title_key(truth["title"])
    return [dict(one.measures) for one in found], [float(one.key == wanted) for one in found], [0.0] * len(found), True


def bylines(truth: Row, document: Document, scorer: Scorer) -> Measured | None:
    """Bylines are right as far as their names are; of a page annotated as unsigned none is."""
    if truth.get("authors") is None:
        return None
    structured = read_structured(document)
    passages, headline = _passages(document, structured)
    found = author_candidates(document, structured, Hints(), passages, headline)
    wanted = scorer.names(truth["authors"])
    right = [scorer.set_f1(wanted, scorer.names(list(one.names))) if wanted else 0.0 for one in found]
    return [dict(one.measures) for one in found], right, [least_certainty(one) for one in found], bool(wanted)


def dates(truth: Row, document: Document, scorer: Scorer) -> Measured | None:
    """Days are right or wrong, in the publisher's offset or in UTC."""
    wanted = scorer.days(truth.get("published"))
    if not wanted:
        return None
    structured = read_structured(document)
    passages, headline = _passages(document, structured)
    order = read_order(document, passages)
    statements = day_statements(document, structured, passages, headline, order)
    found = day_candidates(without_days_of_asking(statements, None), structured)
    stated = [{date.fromisoformat(one.day), *(s.moment.at.date() for s in one.statements)} for one in found]
    right = [float(bool(days & wanted)) for days in stated]
    return [dict(one.measures) for one in found], right, [0.0] * len(found), True


def _passages(document: Document, structured: Structured) -> tuple[list[Passage], int]:
    """The page's passages and the index of its headline among them."""
    passages, _ = read_passages(document.tree)
    title = read_title(document, structured, Hints(), passages)
    return passages, headline_index(passages, word_key(title.value if title else ""))


READERS: dict[str, Callable[[Row, Document, Scorer], Measured | None]] = {
    "title": titles,
    "byline": bylines,
    "date": dates,
}


def read_samples(field: str, folders: list[Path], scorer: Scorer) -> Iterator[Sample]:
    """Every page of the sets on which the field is annotated, whole and as WITHOUT has it."""
    for folder in folders:
        for truth, body in read_pages(folder, list(scorer.read_jsonl(folder / "truth.jsonl"))):
            page = page_of(truth, body)
            for lacks in ((), *WITHOUT.get(field, ())):
                document = parse_page(without(page, lacks) if lacks else page)
                read = READERS[field](truth, document, scorer) if isinstance(document, Document) else None
                if read:
                    yield _sample(folder.name, site_of(truth), read, lacks)


def _sample(set_name: str, site: str, read: Measured, lacks: tuple[str, ...]) -> Sample:
    measures, right, least, has_value = read
    names = list(measures[0]) if measures else []
    table = np.array([[row[name] for name in names] for row in measures], dtype=float)
    return Sample(set_name, site, names, table, np.array(right), least, has_value, lacks)


def train(field: str, samples: list[Sample]) -> Booster:
    """Trees on these pages."""
    samples = [sample for sample in samples if sample.names]
    weights = [np.full(len(s.wanted), s.weight * SET_WEIGHTS[field].get(s.set_name, 1.0)) for s in samples]
    table = np.concatenate([sample.table for sample in samples])
    wanted = np.concatenate([sample.wanted for sample in samples])
    return boosted(table, wanted, np.concatenate(weights), PARAMETERS, ROUNDS[field])


def cross_validate(field: str, samples: list[Sample], folds: int, seed: int) -> list[tuple[float, float]]:
    """(certainty beyond what it must have, rightness) of each page's choice by trees that saw no page of its site."""
    chosen = [(-1.0, 0.0)] * len(samples)
    place = [fold_of(f"{seed} {sample.site}", folds) for sample in samples]
    for fold in range(folds):
        booster = train(field, [sample for sample, at in zip(samples, place, strict=True) if at != fold])
        for index, sample in enumerate(samples):
            if place[index] == fold and sample.names:
                sure = booster.predict(sample.table)
                best = int(sure.argmax())
                chosen[index] = (float(sure[best]) - sample.least[best], float(sample.wanted[best]))
    return chosen


def report(field: str, samples: list[Sample], folds: int, seeds: int) -> dict[str, Row]:
    """How right the choice is on unseen sites, a mean over several foldings, and the most it could be."""
    runs = [cross_validate(field, samples, folds, seed) for seed in range(seeds)]
    return {kind: _scores(kind, samples, runs) for kind in dict.fromkeys(s.kind for s in samples)}


def _scores(kind: str, samples: list[Sample], runs: list[list[tuple[float, float]]]) -> Row:
    mine = [index for index, sample in enumerate(samples) if sample.kind == kind]
    signed = [index for index in mine if samples[index].has_value]
    scores: Row = {"pages": len(signed)}
    if any(least for index in signed for least in samples[index].least):
        scores["right_if_always_answered"] = round(statistics.fmean(run[i][1] for run in runs for i in signed), 4)
    right = statistics.fmean(run[i][1] * (run[i][0] >= 0) for run in runs for i in signed)
    scores["right"] = round(right, 4)
    scores["best_possible"] = round(statistics.fmean(max(samples[i].wanted, default=0.0) for i in signed), 4)
    if unsigned := [i for i in mine if not samples[i].has_value]:
        scores["false"] = round(statistics.fmean(run[i][0] >= 0 for run in runs for i in unsigned), 4)
    return scores


def main() -> None:
    """Print the cross-validated scores; write the model on demand."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("field", choices=sorted(READERS))
    parser.add_argument("sets", nargs="+", type=Path, metavar="SET_FOLDER")
    parser.add_argument("--folds", type=int, default=10)
    parser.add_argument("--seeds", type=int, default=3, help="how many foldings the scores are averaged over")
    parser.add_argument("--write", action="store_true", help="write the model trained on all pages into the package")
    args = parser.parse_args()
    needed("lightgbm")
    scorer = load_scorer(args.sets[0])
    samples = list(read_samples(args.field, args.sets, scorer))
    scores = report(args.field, samples, args.folds, args.seeds)
    print(json.dumps({"out_of_fold": scores}, indent=1))
    if args.write:
        about = {
            "about": f"Trees that judge candidates of a {args.field}; written by benchmarks/train_metadata_models.py.",
            "out_of_fold": scores,
        }
        model = stored(train(args.field, samples), next(sample.names for sample in samples if sample.names))
        write_model(model_file(args.field), about | model)


if __name__ == "__main__":
    main()
