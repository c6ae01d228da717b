"""Extraction stays as good as it was on the developers' corpora; lowering a floor is a deliberate act.

The trees that judge passages, headlines, bylines and days were trained on these pages, so the floors here catch what
breaks; how well sites are read that nobody trained on is in `out_of_fold`, which the training scripts measure and
write into the model files.
"""

from __future__ import annotations

import hashlib
import json
import logging
from pathlib import Path
from typing import Any

import pytest

from benchmarks.extraction import load_scorer, ours, read_pages, score_of
from crawler.extraction.body.bodymodel import body_model
from crawler.extraction.choice import judge
from tests.support.corpora import need_corpora

FLOORS: dict[str, dict[str, Any]] = json.loads(Path(__file__).with_name("floors.json").read_text(encoding="utf-8"))


def measured(report: dict[str, Any]) -> dict[str, float]:
    body = report["body"] or report["segments"]
    return {
        "body_f1": body["f1"],
        "title": report["title"]["norm"],
        "date": report["date"]["day"],
        "author": report["authors"]["f1"],
    }


@pytest.mark.corpora
@pytest.mark.parametrize("name", FLOORS)
def test_no_field_falls_below_its_floor(name: str) -> None:
    folder = need_corpora() / "extraction" / name
    wanted = FLOORS[name]
    digest = hashlib.sha256((folder / "truth.jsonl").read_bytes()).hexdigest()
    if digest != wanted["corpus_digest"]:
        pytest.skip(f"{name} is another corpus than the floors were measured on: {digest}")
    logging.disable(logging.CRITICAL)
    try:
        scorer = load_scorer(folder)
        truths = list(scorer.read_jsonl(folder / "truth.jsonl"))[:: wanted["every"]]
        rows = [ours(truth, body) for truth, body in read_pages(folder, truths)]
    finally:
        logging.disable(logging.NOTSET)
    found = measured(score_of(scorer, name, truths, rows))
    below = {
        field: (round(found[field], 4), floor) for field, floor in wanted["floors"].items() if found[field] < floor
    }
    assert not below, f"{name}: (measured, floor) of what fell"


@pytest.mark.parametrize("name", FLOORS)
def test_the_model_judges_sites_it_never_saw_well_enough(name: str) -> None:
    assert body_model().out_of_fold[name]["f1"] >= FLOORS[name]["out_of_fold_f1"]


@pytest.mark.parametrize("field", ["title", "byline", "date"])
@pytest.mark.parametrize("name", FLOORS)
def test_metadata_is_chosen_well_enough_on_sites_that_no_tree_saw(name: str, field: str) -> None:
    assert judge(field).out_of_fold[name]["right"] >= FLOORS[name]["out_of_fold_right"][field]
