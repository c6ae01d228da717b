"""The benchmark takes any folder laid out like a judged collection, fields missing, and scores as trec_eval does."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from benchmarks.search_collections import Collection, collections_in
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


def _laid_out(folder: Path, docs: list[dict[str, object]], queries: list[dict[str, object]], qrels: str) -> Collection:
    folder.mkdir()
    (folder / "docs.jsonl").write_text("\ufeff" + "\n".join(map(json.dumps, docs)), encoding="utf-8")
    (folder / "queries.jsonl").write_text("\r\n".join(map(json.dumps, queries)), encoding="utf-8")
    (folder / "qrels.tsv").write_text(qrels, encoding="utf-8")
    return Collection(folder)


def test_a_collection_may_be_odd(tmp_path: Path) -> None:
    long_id = "x" * 2000
    docs: list[dict[str, object]] = [
        {"id": "a b/ü?#%", "title": None, "text": "The bridge across the strait was closed."},
        {"id": long_id, "text": "A bridge of \ud800 words " + "and more " * 200_000},
        {"id": 7},
        {"id": "", "title": "Cafe\u0301 de la gare", "text": ["one", "two"], "language": None, "unknown": {"of": "it"}},
        {"id": 7, "title": "the strait, once more under one id"},
    ]
    queries: list[dict[str, object]] = [
        {"id": 1, "text": 'strait "bridge'},
        {"id": "two", "text": "café"},
        {"id": "3", "text": "title:(((( AND OR -"},
        {"id": "4", "text": None},
        {"id": "5", "text": "bridge " * 200},
    ]
    qrels = f"1\ta b/ü?#%\t2.5\r\n\ntwo\t\t1\n5\t{long_id}\t1\n3\t7\t-1\nunasked\t7\t1"
    collection = _laid_out(tmp_path / "odd", docs, queries, qrels)
    assert collection.judgements()["1"] == {"a b/ü?#%": 2.5}
    report = measure(collection, "embedded")
    assert (report["documents"], report["queries"]) == (4, 5)
    assert report["mrr@10"] == (1 + 1 + 1 / 2 + 0) / 4  # "5" finds the shorter text first; "unasked" has no query
    assert [found.name for found in collections_in(tmp_path)] == ["odd"]


def test_judgements_may_have_the_columns_of_trec(tmp_path: Path) -> None:
    collection = _laid_out(tmp_path / "trec", [{"id": "d"}], [], "q 0 d 2\nq 0 e 0\n")
    assert collection.judgements() == {"q": {"d": 2.0, "e": 0.0}}


def test_documents_of_a_mixed_collection_are_taken_by_their_own_language(tmp_path: Path) -> None:
    turkish = "Belediye meclisi yeni köprüyü onayladı ve çalışmaların bu yıl başlayacağını duyurdu. " * 4
    english = "The council approved the new bridge and said that the works would begin within this year. " * 4
    docs: list[dict[str, object]] = [
        {"id": 0, "text": turkish},
        {"id": 1, "text": english},
        {"id": 2, "text": "bridge"},
    ]
    collection = _laid_out(tmp_path / "mixed", docs, [{"id": "q", "text": "köprüler"}], "q\t0\t1\n")
    languages = [(entry.document or {})["language"] for _, entry in collection.entries()]
    assert languages[:2] == ["tr", "en"]
    assert measure(collection, "embedded")["success@1"] == 1.0


def test_a_collection_without_right_answers_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    collection = _laid_out(
        tmp_path / "none", [{"id": "d", "text": "bridge"}], [{"id": "q", "text": "bridge"}], "q\td\t0\n"
    )
    assert "mrr@10" not in measure(collection, "embedded")
    assert "nothing to score" in capsys.readouterr().err


def test_scores_are_those_of_trec_eval() -> None:
    scores = score_query({"a": 2, "b": 1, "c": 0, "d": 1}, ["x", "a", "b"])
    ideal = 2 + 1 / 1.584962500721156 + 1 / 2
    assert scores["ndcg@10"] == pytest.approx((2 / 1.584962500721156 + 1 / 2) / ideal)
    assert scores["recall@100"] == pytest.approx(2 / 3)
    assert scores["map@100"] == pytest.approx((1 / 2 + 2 / 3) / 3)
    assert (scores["mrr@10"], scores["success@1"], scores["success@10"]) == (0.5, 0.0, 1.0)
    assert mean_scores({"q": {"a": 1}, "unanswered": {"a": 1}, "unjudged": {"a": 0}}, {"q": ["a"]})["mrr@10"] == 0.5
