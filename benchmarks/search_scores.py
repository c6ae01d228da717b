"""How well ranked answers meet relevance judgements."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

Judgements = Mapping[str, Mapping[str, float]]  # query id -> document id -> grade; above 0 is relevant
MEASURES = ("ndcg@10", "recall@100", "mrr@10", "map@100", "success@1", "success@10")


def mean_scores(judgements: Judgements, run: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """The mean of every measure over the queries that have an answer, none without any; what the run lacks scores 0."""
    rows = [
        score_query(judged, run.get(query, ()))
        for query, judged in judgements.items()
        if any(grade > 0 for grade in judged.values())
    ]
    return {measure: sum(row[measure] for row in rows) / len(rows) for measure in MEASURES} if rows else {}


def score_query(judged: Mapping[str, float], ranked: Sequence[str]) -> dict[str, float]:
    """One query's measures; nDCG with linear gain and log2 discount, as trec_eval's ndcg_cut has it."""
    relevant = {document for document, grade in judged.items() if grade > 0}
    hits = [rank for rank, document in enumerate(ranked[:100], 1) if document in relevant]
    first = hits[0] if hits else math.inf
    ideal = _gained(sorted((max(grade, 0) for grade in judged.values()), reverse=True)[:10])
    return {
        "ndcg@10": _gained(max(judged.get(document, 0), 0) for document in ranked[:10]) / ideal,
        "recall@100": len(hits) / len(relevant),
        "mrr@10": 1 / first if first <= 10 else 0.0,
        "map@100": sum(found / rank for found, rank in enumerate(hits, 1)) / len(relevant),
        "success@1": float(first == 1),
        "success@10": float(first <= 10),
    }


def _gained(grades: Iterable[float]) -> float:
    return sum(grade / math.log2(rank + 1) for rank, grade in enumerate(grades, 1))
