"""Scores and CPU time of extraction on sets of annotated pages, beside trafilatura's default in the same run.

    python benchmarks/extraction.py SET_FOLDER… [--limit N] [--predictions FILE] [--no-baseline] [--scoreboard]
                                    [--chart FILE.svg] [--without names,landmarks,metadata]

A set folder is one of the developers' corpora (truth.jsonl and pages/); score.py is imported from beside it. Each page
is read by all extractors in turn, so their CPU times meet the same machine. --scoreboard adds readability-lxml,
newspaper4k and news-please, which `make scoreboard` installs apart; --chart draws what is wrong or missing in the body;
--without has every extractor read the pages without class and id, without HTML's landmarks, without meta and JSON-LD.
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
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from lxml.html import fromstring
from trafilatura import bare_extraction

from benchmarks.pages_without import CHOICES, without
from benchmarks.plots import grouped_bars
from crawler.extraction.body.bodymodel import body_model
from crawler.extraction.prediction import prediction
from crawler.extraction.service import extract
from crawler.extraction.version import EXTRACTOR_VERSION
from news.article import Page

Row = dict[str, Any]
Predict = Callable[[Row, bytes], Row]


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
    return [(truth, read_page(set_folder, truth)) for truth in truths]


def read_page(set_folder: Path, truth: Row) -> bytes:
    """The page that a truth is of."""
    return gzip.decompress((set_folder / "pages" / f"{truth['id']}.html.gz").read_bytes())


def page_of(truth: Row, body: bytes) -> Page:
    """A page of a set under its address; some have none."""
    return Page(url=truth["url"] or "http://unknown.invalid/", body=body)


def ours(truth: Row, body: bytes) -> Row:
    """newsdex's prediction."""
    return prediction(truth["id"], extract(page_of(truth, body)))


def trafilatura_default(truth: Row, body: bytes) -> Row:
    """trafilatura's prediction with its own metadata."""
    found = bare_extraction(body, url=truth["url"], with_metadata=True, include_comments=False)
    if found is None:
        return {"id": truth["id"]}
    assert not isinstance(found, dict)  # that is for callers who ask for one
    authors = [name.strip() for name in (found.author or "").split(";") if name.strip()]
    return {"id": truth["id"], "title": found.title, "authors": authors, "published": found.date, "text": found.text}


def readability(truth: Row, body: bytes) -> Row:
    """readability-lxml's prediction."""
    from readability import Document  # noqa: PLC0415 - no dependency

    document = Document(body.decode("utf-8", "replace"))
    pieces = fromstring(document.summary()).itertext()  # text_content() would join words of two paragraphs
    text = "\n".join(map(str, pieces))
    return {"id": truth["id"], "title": document.short_title(), "text": text}


def newspaper(truth: Row, body: bytes) -> Row:
    """newspaper4k's prediction."""
    from newspaper import article  # noqa: PLC0415 - no dependency

    found = article(truth["url"], input_html=body.decode("utf-8", "replace"), fetch_images=False)
    return {"id": truth["id"], "text": found.text, **_stated(found, found.publish_date)}


def news_please(truth: Row, body: bytes) -> Row:
    """news-please's prediction."""
    from newsplease import NewsPlease  # noqa: PLC0415 - no dependency

    found = NewsPlease.from_html(body.decode("utf-8", "replace"), url=truth["url"], fetch_images=False)
    return {"id": truth["id"], "text": found.maintext, **_stated(found, found.date_publish)}


def _stated(found: Any, published_at: datetime | None) -> Row:
    published = published_at.isoformat() if published_at else None
    return {"title": found.title, "authors": found.authors, "published": published}


OTHERS: dict[str, tuple[str, Predict]] = {
    "readability-lxml": ("readability", readability),
    "newspaper4k": ("newspaper", newspaper),
    "news-please": ("newsplease", news_please),
}


def others() -> dict[str, Predict]:
    """The other extractors; ends the run where one is not installed."""
    missing = [name for name, (module, _) in OTHERS.items() if importlib.util.find_spec(module) is None]
    if missing:
        raise SystemExit(f"not installed here: {', '.join(missing)}; run: make scoreboard SETS='SET_FOLDER…'")
    return {name: predict for name, (_, predict) in OTHERS.items()}


def measure(pages: list[tuple[Row, bytes]], predictors: dict[str, Predict]) -> dict[str, tuple[list[Row], Row]]:
    """Every extractor's predictions and CPU milliseconds per page."""
    rows: dict[str, list[Row]] = {name: [] for name in predictors}
    costs: dict[str, list[float]] = {name: [] for name in predictors}
    for truth, body in pages:
        for name, predict in predictors.items():
            start = time.process_time()
            rows[name].append(predicted(predict, truth, body))
            costs[name].append((time.process_time() - start) * 1000)
    return {name: (rows[name], spread(costs[name])) for name in predictors}


def predicted(predict: Predict, truth: Row, body: bytes) -> Row:
    """One prediction; an extractor that raises has found nothing."""
    try:
        return predict(truth, body)
    except Exception:  # what other extractors raise is theirs; ours never does
        return {"id": truth["id"]}


def spread(costs: list[float]) -> Row:
    """Mean, 95th percentile and maximum."""
    ranked = sorted(costs)
    return {"ms_mean": statistics.fmean(costs), "ms_p95": ranked[int(0.95 * (len(ranked) - 1))], "ms_max": ranked[-1]}


def score_of(scorer: ModuleType, name: str, truths: list[Row], rows: list[Row]) -> Row:
    """The set's measures as the corpora's script gives them."""
    report = asdict(scorer.score_set(name, truths, {row["id"]: row for row in rows}))
    report.pop("worst")
    return report


def chart(sets: Mapping[str, Row]) -> str:
    """The body's distance from the truth for each set and extractor; the trees on unseen sites beside newsdex."""
    names = [name for name in next(iter(sets.values())) if name != "cpu_ratio"]
    series = {name: [_distance((entry[name]["body"] or entry[name]["segments"])["f1"]) for entry in sets.values()]
              for name in names}  # fmt: skip
    known = body_model().out_of_fold
    if all(name in known for name in sets):
        unseen = {"newsdex, unseen sites": [_distance(known[name]["f1"]) for name in sets]}
        series = {"newsdex": series.pop("newsdex")} | unseen | series
    return grouped_bars("Body: 100 − F1 in percent, lower is better", list(sets), series, most=20.0)


def _distance(f1: float) -> float:
    return 100.0 * (1.0 - f1)


def _choices(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    if unknown := [name for name in names if name not in CHOICES]:
        raise argparse.ArgumentTypeError(f"{', '.join(unknown)} is none of {', '.join(CHOICES)}")
    return names


def main() -> None:
    """Print one JSON object with the scores of every set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", type=Path, metavar="SET_FOLDER")
    parser.add_argument("--limit", type=int, help="only the first N pages of each set")
    parser.add_argument("--predictions", type=Path, help="write newsdex's predictions there, one JSON object a line")
    parser.add_argument("--no-baseline", action="store_true", help="leave trafilatura's own run out")
    parser.add_argument("--scoreboard", action="store_true", help="add readability-lxml, newspaper4k and news-please")
    parser.add_argument("--chart", type=Path, metavar="FILE.svg", help="draw the bodies' scores there")
    parser.add_argument("--without", type=_choices, default=(), metavar="WHAT,…", help=f"of: {', '.join(CHOICES)}")
    args = parser.parse_args()
    logging.disable(logging.CRITICAL)

    scorer = load_scorer(args.sets[0])
    result: Row = {"extractor_version": EXTRACTOR_VERSION, "sets": {}}
    written: list[Row] = []
    predictors: dict[str, Predict] = {"newsdex": ours}
    predictors |= {} if args.no_baseline else {"trafilatura": trafilatura_default}
    predictors |= others() if args.scoreboard else {}
    for folder in args.sets:
        truths = list(scorer.read_jsonl(folder / "truth.jsonl"))[: args.limit]
        pages = read_pages(folder, truths)
        if args.without:
            pages = [(truth, without(page_of(truth, body), args.without).body) for truth, body in pages]
        for predict in predictors.values():
            predicted(predict, *pages[0])  # models and patterns are loaded before the clock runs
        found = measure(pages, predictors)
        entry: Row = {
            name: score_of(scorer, folder.name, truths, rows) | {"cpu": cost} for name, (rows, cost) in found.items()
        }
        if "trafilatura" in entry:
            entry["cpu_ratio"] = entry["newsdex"]["cpu"]["ms_mean"] / entry["trafilatura"]["cpu"]["ms_mean"]
        written += found["newsdex"][0]
        result["sets"][folder.name] = entry
    if args.predictions:
        args.predictions.write_text(
            "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in written), encoding="utf-8"
        )
    if args.chart:
        args.chart.write_text(chart(result["sets"]), encoding="utf-8")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
