"""Scores and CPU time of extraction on sets of annotated pages, beside trafilatura's default in the same run.

    python benchmarks/extraction.py SET_FOLDER… [--limit N] [--predictions FILE] [--no-baseline]

A set folder is one of the developers' corpora (truth.jsonl and pages/); score.py is imported from beside it.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import logging
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from trafilatura import bare_extraction

from crawler.extraction.prediction import prediction
from crawler.extraction.service import EXTRACTOR_VERSION, extract
from news.article import Page

Row = dict[str, Any]


def load_scorer(set_folder: Path) -> ModuleType:
    """The corpora's own score.py."""
    path = set_folder.resolve().parent / "score.py"
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"no score.py at {path}")
    module = importlib.util.module_from_spec(spec)
    sys.modules["score"] = module
    spec.loader.exec_module(module)
    return module


def read_pages(set_folder: Path, truths: list[Row]) -> list[tuple[Row, bytes]]:
    """(truth, bytes of the page) pairs."""
    return [(t, gzip.decompress((set_folder / "pages" / f"{t['id']}.html.gz").read_bytes())) for t in truths]


def ours(truth: Row, body: bytes) -> Row:
    """newsdex's prediction."""
    return prediction(truth["id"], extract(Page(url=truth["url"] or "http://unknown.invalid/", body=body)))


def trafilatura_default(truth: Row, body: bytes) -> Row:
    """trafilatura's prediction with its own metadata."""
    found = bare_extraction(body, url=truth["url"], with_metadata=True, include_comments=False)
    if found is None:
        return {"id": truth["id"]}
    authors = [name.strip() for name in (found.author or "").split(";") if name.strip()]
    return {"id": truth["id"], "title": found.title, "authors": authors, "published": found.date, "text": found.text}


def measure(pages: list[tuple[Row, bytes]], predict: Callable[[Row, bytes], Row]) -> tuple[list[Row], dict[str, float]]:
    """Predictions and CPU milliseconds per page."""
    rows, cost = [], []
    for truth, body in pages:
        start = time.process_time()
        rows.append(predict(truth, body))
        cost.append((time.process_time() - start) * 1000)
    ranked = sorted(cost)
    return rows, {
        "ms_mean": statistics.fmean(cost),
        "ms_p95": ranked[int(0.95 * (len(ranked) - 1))],
        "ms_max": ranked[-1],
    }


def score_of(scorer: ModuleType, name: str, truths: list[Row], rows: list[Row]) -> Row:
    """The set's measures as the corpora's script gives them."""
    report = asdict(scorer.score_set(name, truths, {row["id"]: row for row in rows}))
    report.pop("worst")
    return report


def main() -> None:
    """Print one JSON object with the scores of every set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", type=Path, metavar="SET_FOLDER")
    parser.add_argument("--limit", type=int, help="only the first N pages of each set")
    parser.add_argument("--predictions", type=Path, help="write newsdex's predictions there, one JSON object a line")
    parser.add_argument("--no-baseline", action="store_true", help="leave trafilatura's own run out")
    args = parser.parse_args()
    logging.disable(logging.CRITICAL)

    scorer = load_scorer(args.sets[0])
    result: Row = {"extractor_version": EXTRACTOR_VERSION, "sets": {}}
    written: list[Row] = []
    predictors = {"newsdex": ours} if args.no_baseline else {"newsdex": ours, "trafilatura": trafilatura_default}
    for folder in args.sets:
        truths = list(scorer.read_jsonl(folder / "truth.jsonl"))[: args.limit]
        pages = read_pages(folder, truths)
        entry: Row = {}
        for name, predict in predictors.items():
            predict(*pages[0])  # models and patterns are loaded before the clock runs
            rows, cost = measure(pages, predict)
            entry[name] = score_of(scorer, folder.name, truths, rows) | {"cpu": cost}
            written += rows if name == "newsdex" else []
        result["sets"][folder.name] = entry
    if args.predictions:
        args.predictions.write_text(
            "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in written), encoding="utf-8"
        )
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
