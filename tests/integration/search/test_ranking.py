"""Ranking on judged collections does not fall below what was measured; lowering a floor is a decision."""

from __future__ import annotations

import pytest

from benchmarks.search_collections import Collection
from benchmarks.search_quality import measure
from tests.support.corpora import need_corpora

# collection: digest, measure, floor. Measured 2026-11-26: .7718, .4041 and .7837; both engines alike to four digits.
FLOORS = {
    "time": ("6ee32e4427936f26", "ndcg@10", 0.77),
    "cranfield": ("e2456c34992e366c", "ndcg@10", 0.40),
    "reuters-known-item": ("2d5104c9647a6236", "mrr@10", 0.78),
}


MEANING_FLOORS = {"time": 0.7717, "cranfield": 0.43}  # what words alone reach, and what decision 15 demands


def measured(name: str, kind: str, *, by_meaning: bool = False) -> float:
    digest, measured_by, _ = FLOORS[name]
    collection = Collection(need_corpora() / "search" / name)
    assert collection.digest == digest, f"{name} is not the collection its floor was measured on"
    return float(measure(collection, kind, by_meaning=by_meaning)[measured_by])


@pytest.mark.corpora
@pytest.mark.parametrize("name", FLOORS)
def test_the_embedded_engine_ranks_as_well_as_measured(name: str) -> None:
    assert measured(name, "embedded") >= FLOORS[name][2]


@pytest.mark.corpora
@pytest.mark.elasticsearch
@pytest.mark.parametrize("name", ["time", "cranfield"])  # the third takes a minute to index and ranks alike
def test_elasticsearch_ranks_as_well(name: str, elasticsearch_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ELASTICSEARCH_URL", elasticsearch_url)
    assert measured(name, "elasticsearch") == pytest.approx(measured(name, "embedded"), abs=0.02)


@pytest.mark.corpora
@pytest.mark.slow
@pytest.mark.parametrize("name", MEANING_FLOORS)
def test_the_order_of_meaning_loses_nowhere_and_reaches_what_it_was_made_for(name: str) -> None:
    assert measured(name, "embedded", by_meaning=True) >= MEANING_FLOORS[name]
