"""What saved queries cost each new article, as JSON.

    python -m benchmarks.standing_searches CORPUS.jsonl.gz [--searches 10000] [--articles 1000]

The queries are made of words and phrases as they stand in other articles of the corpus: in `any` a common word comes
as often as it is written, in `few` words come of at most every hundredth article, as people choose what they watch.
Processor time for each article, analysis included, after the first one; the planning of all queries, which that one
waits for, is told by itself.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
from collections import Counter
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from random import Random
from time import process_time
from typing import Any

from benchmarks.search_load import articles, load_entries
from indexer.analysis.normalizing import is_stop_word
from indexer.matching.matcher import Matcher, frequencies_of
from news.index import Filters
from news.standing import StandingSearch

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
SAMPLE = 1000  # articles whose words tell what is rare, as the daemon takes its newest


def main() -> None:
    """Measure both ways of choosing words."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--searches", type=int, default=10_000)
    parser.add_argument("--articles", type=int, default=1000)
    arguments = parser.parse_args()
    corpus = articles(arguments.corpus)
    documents = [dict(entry.document or {}) for entry in load_entries(corpus, len(corpus))]
    report: dict[str, Any] = {"searches": arguments.searches, "articles": arguments.articles}
    for name, texts in (("few", _rare_words(documents)), ("any", _words(documents))):
        report[name] = _measure(documents, texts, arguments.searches, arguments.articles)
    print(json.dumps({**report, "load_average": os.getloadavg()}, indent=2))


def _measure(
    documents: list[dict[str, Any]], texts: list[list[str]], search_count: int, article_count: int
) -> dict[str, Any]:
    saved = [_search(number, texts) for number in range(search_count)]
    began = process_time()
    frequencies = frequencies_of(documents[:SAMPLE])
    matcher = Matcher(saved, now=NOW, frequencies=frequencies)
    first, *others = islice(documents, SAMPLE, SAMPLE + article_count + 1)
    matcher.matching(first, now=NOW)
    planned_seconds = process_time() - began
    costs, matches = [], 0
    for document in others:
        began = process_time()
        matches += len(matcher.matching(document, now=NOW))
        costs.append((process_time() - began) * 1000)
    return {
        "median_ms": round(statistics.median(costs), 3),
        "mean_ms": round(statistics.fmean(costs), 3),
        "p95_ms": round(statistics.quantiles(costs, n=20)[-1], 3),
        "planning_seconds": round(planned_seconds, 2),
        "matches_an_article": round(matches / len(others), 1),
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "examples": [search.query for search in saved[:14]],
    }


def _words(documents: list[dict[str, Any]]) -> list[list[str]]:
    """The words of each article that are more than grammar."""
    found = []
    for document in documents[-5000:]:
        telling = (word.strip('.,;:"()<>-/') for word in str(document.get("text", "")).split())
        found.append([word for word in telling if len(word) > 2 and not is_stop_word(word, "en")])
    return [words for words in found if len(words) > 3]


def _rare_words(documents: list[dict[str, Any]]) -> list[list[str]]:
    texts = _words(documents)
    met = Counter(word.lower() for words in texts for word in set(words))
    most = len(texts) / 100
    return [few for words in texts if len(few := [word for word in words if met[word.lower()] <= most]) > 3]


def _search(number: int, texts: list[list[str]]) -> StandingSearch:
    """A query; of a hundred 24 have two words, 16 three, 18 are phrases, the others one of everything else."""
    random = Random(number)
    words = random.choice(texts)
    place = random.randrange(len(words) - 2)
    one, two, three = words[place : place + 3]
    forms = {
        f"{one} {two}": 24,
        f"{one} {two} {three}": 16,
        f'"{one} {two}"': 18,
        one: 8,
        f"{one} OR {two}": 8,
        f"{one} -{two}": 5,
        f"{one[:5]}*": 5,
        f"{one} {two[:4]}*": 3,
        f"{one}~": 2,
        f'"{one} {three}"~5': 3,
        f"title:{one}": 3,
        f"{one} last:7d": 2,
        f"({one} OR {two}) title:{three}": 2,
        f"-{one} section:earn": 1,
    }
    text = random.choices(list(forms), list(forms.values()))[0]
    filters = Filters(sources=(f"source{number % 40:02}",)) if number % 10 == 0 else Filters()
    return StandingSearch(id=f"s{number}", name=text, query=text, filters=filters, created_at=NOW)


if __name__ == "__main__":
    main()
