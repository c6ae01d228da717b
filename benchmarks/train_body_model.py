"""Trains the judge of passages on sets of annotated pages and says how well it judges sites it never saw.

    python benchmarks/train_body_model.py SET_FOLDER… [--write] [--folds 5]

Needs lightgbm, which is no dependency of newsdex. The model's out-of-fold scores group pages by site, so no page is
judged by trees that saw its publisher. --write trains on all pages and writes
crawler/extraction/models/body_model.json and second_look_model.json: the second look's trees learn from what the
first ones say of sites that they never saw.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import lightgbm
import numpy as np
from lxml.html import HtmlElement
from tldextract import TLDExtract

from benchmarks.extraction import load_scorer, page_of
from crawler.extraction.body.bodymodel import HOPELESS_SUM, MODEL_FILE, SECOND_FILE, certainties_of
from crawler.extraction.body.features import Column, headline_index, measure, page_facts
from crawler.extraction.body.furniture import clean_blocks
from crawler.extraction.body.passages import read_passages
from crawler.extraction.body.second_look import FIRST_NAMES, second_measures
from crawler.extraction.body.story import read_story
from crawler.extraction.deks import read_dek
from crawler.extraction.images import read_image
from crawler.extraction.page.document import Document, parse_page
from crawler.extraction.page.structured import read_structured
from crawler.extraction.text import word_key
from crawler.extraction.titles.titles import read_title
from news.article import Hints

Row = dict[str, Any]

ROUNDS = 400
PARAMETERS = {
    "objective": "cross_entropy", "learning_rate": 0.03, "num_leaves": 16, "max_depth": 6, "min_data_in_leaf": 150,
    "feature_fraction": 0.3, "bagging_fraction": 0.7, "bagging_freq": 1, "lambda_l2": 5.0, "max_bin": 63,
    "num_threads": 2, "verbose": -1, "seed": 1, "deterministic": True,
}  # fmt: skip
SECOND_ROUNDS = 80  # 110 and 150 are as good
SECOND_PARAMETERS = PARAMETERS | {"feature_fraction": 0.4}
FEATURE_COUNT = 115  # the most telling ones; the others change nothing out of sample
LENGTH_POWER = 0.7  # a passage weighs as its share of the story's words to this power
SEGMENT_WEIGHT = 15.0  # of a passage that holds one of a page's must-have or must-not-have strings
PAGE_WEIGHT = 100.0  # of all passages of a page with a full body together

_DOMAINS = TLDExtract(suffix_list_urls=())


@dataclass
class Sample:
    """The passages of one page: features, wanted answers (-1: unknown), weights, and how a text is made of them."""

    set_name: str
    truth: Row
    site: str
    names: list[str]
    table: np.ndarray
    wanted: np.ndarray
    weights: np.ndarray
    text_of: Callable[[Column], str]  # certainties -> the body, before gaps are filled from the page's data
    look_again: Callable[[Column], dict[str, Column]]  # the first look's log-odds -> the second's measures


class _Element(int):
    """The number of a box in place of its element, with the attributes that are read later: no page's tree is kept."""

    def __new__(cls, number: int, element: HtmlElement) -> _Element:
        made = super().__new__(cls, number)
        made._kept = {name: value for name in ("align", "style") if (value := element.get(name))}
        return made

    def get(self, name: str) -> str | None:
        return self._kept.get(name)


def read_sample(set_folder: Path, truth: Row, scorer: ModuleType) -> Sample | None:
    """One page of a set; None where it holds no passage."""
    body = gzip.decompress((set_folder / "pages" / f"{truth['id']}.html.gz").read_bytes())
    document = parse_page(page_of(truth, body))
    if not isinstance(document, Document):
        return None
    structured = read_structured(document)
    passages, boxes = read_passages(document.tree)
    title = read_title(document, structured, Hints(), passages)
    headline = title.value if title else ""
    if not passages:
        return None
    place = headline_index(passages, word_key(headline))
    facts = page_facts(structured, headline)
    columns = measure(passages, boxes, facts, place)
    dek, lead = read_dek(document, structured, headline), read_image(document, structured, headline, None)
    apart = {dek.element} if dek and dek.stands_apart else set()
    doubted = apart if dek and dek.is_doubted else set()
    numbers = {box.element: box.number for box in boxes}
    not_story, doubted = (
        {numbers[element] for element in elements if element in numbers}
        for elements in (apart - doubted | set(lead.caption_elements), doubted)
    )
    for box in boxes:
        box.element = _Element(box.number, box.element)

    def text(certainties: Column) -> str:
        told = dek.text if dek and dek.is_told else None
        news = facts.is_news
        story = read_story(passages, certainties, not_story, is_news=news, headline=place, doubted=doubted, dek=told)
        cleaned = clean_blocks(story.blocks, title=headline, dek=None, captions=lead.caption_lines)
        return "\n".join(block.text for block in cleaned.blocks)

    texts = [passage.text for passage in passages]
    by_body = truth.get("body_text") is not None
    wanted, weights = _by_body(texts, truth, scorer) if by_body else _by_segments(texts, truth)
    table = np.stack(list(columns.values()), axis=1)
    names = list(columns)
    columns = {name: columns[name] for name in FIRST_NAMES}

    def look_again(odds: Column) -> dict[str, Column]:
        return second_measures(passages, columns, odds)

    return Sample(set_folder.name, truth, site_of(truth), names, table, wanted, weights, text, look_again)


def _by_body(texts: list[str], truth: Row, scorer: ModuleType) -> tuple[np.ndarray, np.ndarray]:
    """The share of each passage's shingles that the annotated body has; a dek beside the body is not judged."""
    body = scorer.words(truth["body_text"])
    grams, dek = _grams(body), _grams(scorer.words(truth.get("summary")))
    lines = {tuple(scorer.words(line)) for line in truth["body_text"].split("\n") + list(truth.get("paragraphs") or [])}
    tokens = [scorer.words(text) for text in texts]
    everything = [token for words in tokens for token in words]
    wanted, weights, position = np.zeros(len(texts)), np.zeros(len(texts)), 0
    for index, words in enumerate(tokens):
        around = everything[max(0, position - 2) : position + len(words) + 2]
        position += len(words)
        if len(words) >= 4:
            wanted[index] = _share(words, grams)
            if wanted[index] < 0.5 and _share(words, dek) > 0.5:
                wanted[index] = -1
        elif words:
            wanted[index] = float(tuple(words) in lines or _share(around, grams) > 0.6)
        weights[index] = ((len(words) + 1) / max(20, len(body))) ** LENGTH_POWER if wanted[index] >= 0 else 0.0
    return wanted, weights * PAGE_WEIGHT / (weights.sum() or 1.0)


def _grams(words: list[str]) -> set[tuple[str, ...]]:
    return set(zip(*(words[start:] for start in range(4)), strict=False))


def _share(words: list[str], grams: set[tuple[str, ...]]) -> float:
    own = list(zip(*(words[start:] for start in range(4)), strict=False))
    return sum(gram in grams for gram in own) / len(own) if own else 0.0


def _by_segments(texts: list[str], truth: Row) -> tuple[np.ndarray, np.ndarray]:
    """Passages that hold one of the annotated strings."""
    wanted, weights = np.full(len(texts), -1.0), np.zeros(len(texts))
    whole = " ".join(texts)
    starts = np.cumsum([0, *(len(text) + 1 for text in texts)])
    for strings, answer in ((truth["must_not_have"], 0.0), (truth["must_have"], 1.0)):
        for string in (" ".join(text.split()) for text in strings):
            place = whole.find(string)
            while place >= 0:
                first = np.searchsorted(starts, place, side="right") - 1
                last = np.searchsorted(starts, place + len(string) - 1, side="right") - 1
                wanted[first : last + 1], weights[first : last + 1] = answer, SEGMENT_WEIGHT
                place = whole.find(string, place + 1)
    return wanted, weights


def site_of(truth: Row) -> str:
    """The site a page is of."""
    return str(_DOMAINS(truth["url"] or "").top_domain_under_public_suffix or truth["id"])


def train(samples: list[Sample], columns: list[int]) -> lightgbm.Booster:
    """Trees on these pages and columns."""
    table = np.concatenate([sample.table[:, columns] for sample in samples])
    return _boosted(samples, table, np.full(len(table), True), PARAMETERS, ROUNDS)


def train_second(samples: list[Sample], tables: list[np.ndarray], odds: list[np.ndarray]) -> lightgbm.Booster:
    """Trees on what the first ones, which saw no page of the site, say of each page's passages."""
    hopeful = np.concatenate(odds) > HOPELESS_SUM
    return _boosted(samples, np.concatenate(tables), hopeful, SECOND_PARAMETERS, SECOND_ROUNDS)


def _boosted(
    samples: list[Sample], table: np.ndarray, asked: np.ndarray, parameters: Row, rounds: int
) -> lightgbm.Booster:
    wanted = np.concatenate([sample.wanted for sample in samples])
    weights = np.concatenate([sample.weights for sample in samples])
    used = (weights > 0) & asked
    data = lightgbm.Dataset(table[used], np.clip(wanted[used], 0, 1), weight=weights[used])
    return lightgbm.train(parameters, data, rounds)


def fold_of(site: str, folds: int) -> int:
    """A site's fold, the same in every run."""
    return int(hashlib.sha256(site.encode()).hexdigest(), 16) % folds


def cross_validate(samples: list[Sample], columns: list[int], folds: int) -> list[np.ndarray]:
    """Every page's log-odds by trees that saw no page of its site."""
    judged: list[np.ndarray] = [np.zeros(0)] * len(samples)
    for fold in range(folds):
        booster = train([sample for sample in samples if fold_of(sample.site, folds) != fold], columns)
        for index, sample in enumerate(samples):
            if fold_of(sample.site, folds) == fold:
                judged[index] = booster.predict(sample.table[:, columns], raw_score=True)
    return judged


def second_tables(samples: list[Sample], odds: list[np.ndarray]) -> tuple[list[str], list[np.ndarray]]:
    """The names of the second look's measures, and each page's."""
    measures = [sample.look_again(each) for sample, each in zip(samples, odds, strict=True)]
    return list(measures[0]), [np.stack(list(each.values()), axis=1) for each in measures]


def cross_validate_second(
    samples: list[Sample], tables: list[np.ndarray], odds: list[np.ndarray], folds: int
) -> list[np.ndarray]:
    """Every page's certainties by both looks, neither of which saw a page of its site."""
    judged: list[np.ndarray] = [np.zeros(0)] * len(samples)
    for fold in range(folds):
        others = [index for index, sample in enumerate(samples) if fold_of(sample.site, folds) != fold]
        booster = train_second(
            [samples[index] for index in others], [tables[index] for index in others], [odds[index] for index in others]
        )
        for index, sample in enumerate(samples):
            if fold_of(sample.site, folds) == fold:
                both = (odds[index] + booster.predict(tables[index], raw_score=True)) / 2
                judged[index] = certainties_of(np.where(odds[index] > HOPELESS_SUM, both, odds[index]))
    return judged


def report(samples: list[Sample], judged: list[np.ndarray], scorer: ModuleType) -> Row:
    """The body measures of each set."""
    scores: Row = {}
    for name in dict.fromkeys(sample.set_name for sample in samples):
        predictions = {
            sample.truth["id"]: {
                "id": sample.truth["id"],
                "text": sample.text_of(sure),
            }
            for sample, sure in zip(samples, judged, strict=True)
            if sample.set_name == name
        }
        truths = [sample.truth for sample in samples if sample.set_name == name]
        full = truths[0].get("body_text") is not None
        measures = (
            scorer.score_body(truths, predictions, "best", 0, 0)[0]
            if full
            else scorer.score_segments(truths, predictions)
        )
        scores[name] = {key: round(measures[key], 4) for key in ("f1", "precision", "recall", "pages")}
    return scores


def stored(booster: lightgbm.Booster, features: list[str]) -> Row:
    """The trees in the form that bodymodel.py reads."""
    trees = [_nodes(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"]]
    used = sorted({int(node[0]) for tree in trees for node in tree if len(node) > 1})
    place = {old: new for new, old in enumerate(used)}
    trees = [[[place[int(node[0])], *node[1:]] if len(node) > 1 else node for node in tree] for tree in trees]
    return {"features": [features[index] for index in used], "trees": trees}


def _nodes(root: Row) -> list[list[float]]:
    nodes: list[list[float]] = []

    def add(node: Row) -> int:
        place = len(nodes)
        nodes.append([])
        if "leaf_value" in node:
            nodes[place] = [round(node["leaf_value"], 5)]
        else:
            left, right = add(node["left_child"]), add(node["right_child"])
            nodes[place] = [node["split_feature"], float(f"{node['threshold']:.9g}"), left, right]
        return place

    add(root)
    return nodes


def written(model: Row) -> str:
    """The model as JSON with a tree a line."""
    trees = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in model["trees"])
    head = json.dumps({key: value for key, value in model.items() if key != "trees"}, indent=1)
    return f'{head[:-2]},\n "trees": [\n{trees}\n]\n}}\n'


def main() -> None:
    """Print the cross-validated scores; write the model on demand."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", type=Path, metavar="SET_FOLDER")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="write the model trained on all pages into the package")
    args = parser.parse_args()
    scorer = load_scorer(args.sets[0])
    found = (
        read_sample(folder, truth, scorer)
        for folder in args.sets
        for truth in scorer.read_jsonl(folder / "truth.jsonl")
    )
    samples = [sample for sample in found if sample is not None]
    names = samples[0].names
    gains = train(samples, list(range(len(names)))).feature_importance("gain")
    columns = sorted(np.argsort(-gains)[:FEATURE_COUNT].tolist())
    odds = cross_validate(samples, columns, args.folds)
    second_names, tables = second_tables(samples, odds)
    scores = report(samples, cross_validate_second(samples, tables, odds, args.folds), scorer)
    print(json.dumps({"out_of_fold": scores}, indent=1))
    if args.write:
        model = stored(train(samples, columns), [names[column] for column in columns])
        about = {
            "about": "Trees that judge passages; written by benchmarks/train_body_model.py.",
            "out_of_fold": scores,
        }
        folder = Path(__file__).resolve().parent.parent / "crawler" / "extraction"
        (folder / MODEL_FILE).write_text(written(about | model), encoding="utf-8")
        second = stored(train_second(samples, tables, odds), second_names)
        about = {"about": "Trees of the second look; written by benchmarks/train_body_model.py."}
        (folder / SECOND_FILE).write_text(written(about | second), encoding="utf-8")


if __name__ == "__main__":
    main()
