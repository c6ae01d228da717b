"""How long searches take on a large embedded index, as JSON.

    python -m benchmarks.search_speed CORPUS.jsonl.gz [--articles N] [--folder FOLDER] [--queries N]

The corpus (JSON lines with title, text, section …) is repeated up to N articles; with --folder the index is kept there
and used again. Every query is new: its words are drawn from the corpus. `page` is what the search page asks: ten hits
with highlights and four facets, copies left out.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.search_load import articles, open_filled
from config.settings import EngineSettings
from indexer.engine import Engine
from indexer.engines.factory import make_engine
from news.index import Filters, SearchRequest, Sort
from news.query.parser import parse_query

_FACETS = ("source", "section", "language", "authors")
_PAGE: dict[str, Any] = {"facets": _FACETS, "highlight": True, "collapse": True}
_NOT_SEEN = 3  # articles a word must stand in to be asked for


def main() -> None:
    arguments = _arguments()
    corpus = articles(arguments.corpus)
    with tempfile.TemporaryDirectory() as scratch:
        engine = make_engine(EngineSettings(index_name="speed"), folder=arguments.folder or Path(scratch))
        open_filled(engine, corpus, arguments.articles)
        queries = _Queries(corpus, random.Random(7))
        report = {name: _timed(engine, make, arguments.queries) for name, make in queries.kinds().items()}
        report_all = {"articles": engine.count(), "queries_of_a_kind": arguments.queries, "milliseconds": report}
        print(json.dumps(report_all, indent=2))
        engine.close()


class _Queries:
    """Draws new requests of each kind."""

    def __init__(self, corpus: Sequence[dict[str, Any]], chance: random.Random) -> None:
        self._corpus = corpus
        self._chance = chance
        counts = Counter(word for article in corpus for word in set(re.findall(r"[a-z]{4,}", article["text"].lower())))
        self._words: list[str] = sorted(word for word, seen in counts.items() if seen > _NOT_SEEN)
        self._common = [word for word, _ in counts.most_common(300)]

    def kinds(self) -> dict[str, Callable[[], SearchRequest]]:
        """Kind of query to what makes one."""
        return {
            "word": lambda: self._request(self._word()),
            "common_word": lambda: self._request(self._chance.choice(self._common)),
            "two_words": lambda: self._request(f"{self._word()} {self._chance.choice(self._common)}"),
            "phrase": lambda: self._request(f'"{self._phrase(2)}"'),
            "headline": lambda: self._request(self._phrase(7)),
            "prefix": lambda: self._request(self._word()[:4] + "*"),
            "fuzzy": lambda: self._request(self._word() + "~"),
            "filter": lambda: self._filtered(self._word()),
            "facets": lambda: replace(self._request(self._word()), limit=0, facets=_FACETS),
            "newest": lambda: replace(self._request(self._word()), sort=Sort.NEWEST),
            "page": lambda: self._page(" ".join(self._word() for _ in range(self._chance.randint(1, 2)))),
            "page_common_word": lambda: self._page(self._chance.choice(self._common)),
            "page_headline": lambda: self._page(self._phrase(7)),
            "page_of_a_source": lambda: replace(self._filtered(self._word()), **_PAGE),
            "front_page": lambda: SearchRequest(sort=Sort.NEWEST, limit=10, facets=_FACETS, collapse=True),
        }

    def _request(self, text: str) -> SearchRequest:
        return SearchRequest(query=parse_query(text), limit=10)

    def _filtered(self, text: str) -> SearchRequest:
        year = self._chance.randrange(2016, 2025)
        filters = Filters(
            sources=(f"source{self._chance.randrange(40):02}",),
            published_from=datetime(year, 1, 1, tzinfo=UTC),
            published_to=datetime(year + 1, 1, 1, tzinfo=UTC),
        )
        return replace(self._request(text), filters=filters)

    def _page(self, text: str) -> SearchRequest:
        return replace(self._request(text), **_PAGE)

    def _word(self) -> str:
        return self._chance.choice(self._words)

    def _phrase(self, length: int) -> str:
        while True:
            words = re.findall(r"[A-Za-z]+", self._chance.choice(self._corpus)["text"])
            if len(words) > length:
                start = self._chance.randrange(len(words) - length)
                return " ".join(words[start : start + length])


def _timed(engine: Engine, make: Callable[[], SearchRequest], count: int) -> dict[str, float]:
    requests = [make() for _ in range(count)]
    walls, cpus = [], []
    for request in requests:
        wall, cpu = time.perf_counter(), time.process_time()
        engine.search(request)
        walls.append(1000 * (time.perf_counter() - wall))
        cpus.append(1000 * (time.process_time() - cpu))
    return {
        "wall_p50": _quantile(walls, 0.5),
        "wall_p99": _quantile(walls, 0.99),
        "cpu_p50": _quantile(cpus, 0.5),
        "cpu_p99": _quantile(cpus, 0.99),
    }


def _quantile(values: Sequence[float], share: float) -> float:
    return round(sorted(values)[min(len(values) - 1, int(share * len(values)))], 2)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpus", type=Path, metavar="CORPUS.jsonl.gz")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=300, help="of each kind")
    parser.add_argument("--folder", type=Path, help="keep the index there")
    return parser.parse_args()


if __name__ == "__main__":
    main()
