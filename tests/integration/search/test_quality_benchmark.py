"""The benchmark takes any folder laid out like a judged collection, fields missing, and scores as trec_eval does."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from benchmarks.search_collections import Collection
from benchmarks.search_quality import measure
from benchmarks.search_scores import mean_scores, score_query


def test_a_bare_collection_is_measured(tmp_path: Path) -> None:
    docs = [
        {"id": 1, "title": "Gelgit nasıl oluşur", "text": None},
        {"id": "two", "text": "Limandaki gemiler bugün yola çıktı ve akşam dönecek."},
        {"id": "three", "title": "", "text": "Belediye meclisi yeni köprüyü onayladı.", "language": "tr"},
    ]
    with gzip.open(tmp_path / "docs.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(doc) + "\n" for doc in docs)
    queries = '{"id": "a", "text": "köprüyü onayladı"}\n{"id": "b", "text": "GEMİLER"}\n\n'
    (tmp_path / "queries.jsonl").write_text(queries, encoding="utf-8")
    (tmp_path / "qrels.tsv").write_text("a\tthree\t2\nb\ttwo\t1\nb\t1\t0\nc\tthree\t0\n")
    collection = Collection(tmp_path)
    assert collection.is_one
    assert collection.language == "tr"
    report = measure(collection, "embedded", runs=tmp_path / "runs")
    assert (report["ndcg@10"], report["recall@100"], report["mrr@10"]) == (1.0, 1.0, 1.0)
    assert (tmp_path / "runs" / f"{tmp_path.name}.embedded.run").read_text().startswith("a Q0 three 1 ")
    assert not Collection(tmp_path / "runs").is_one


def test_scores_are_those_of_trec_eval() -> None:
    scores = score_query({"a": 2, "b": 1, "c": 0, "d": 1}, ["x", "a", "b"])
    ideal = 2 + 1 / 1.584962500721156 + 1 / 2
    assert scores["ndcg@10"] == pytest.approx((2 / 1.584962500721156 + 1 / 2) / ideal)
    assert scores["recall@100"] == pytest.approx(2 / 3)
    assert scores["map@100"] == pytest.approx((1 / 2 + 2 / 3) / 3)
    assert (scores["mrr@10"], scores["success@1"], scores["success@10"]) == (0.5, 0.0, 1.0)
    assert mean_scores({"q": {"a": 1}, "unanswered": {"a": 1}, "unjudged": {"a": 0}}, {"q": ["a"]})["mrr@10"] == 0.5
