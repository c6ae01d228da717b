"""The scripts that train extraction's trees read pages as extraction does, and write trees that it reads back.

Nothing is trained here: lightgbm need not be installed.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import replace
from datetime import date
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from benchmarks import body_samples, boosting, train_body_model, train_metadata_models
from benchmarks.extraction import page_of
from crawler.extraction.body.bodymodel import body_model, second_look_model
from crawler.extraction.choice import certainties
from crawler.extraction.page.document import Document, parse_page
from crawler.extraction.service import extract
from crawler.extraction.text import word_key
from crawler.extraction.trees import certainties_of, trees_from
from news.article import Article

STORY = [
    "The harbour of Kemer will open again on Monday, the council said after a long meeting on Tuesday evening.",
    "Ships had waited outside since the storm of last week, which broke two of the three piers and the old crane.",
    "Repairs cost less than was feared, the harbour master told reporters, because the foundations had held.",
    "Fishermen may use the northern basin from Saturday, while ferries to the islands begin a day later.",
]
PAGE = f"""<html lang="en"><head><title>Harbour opens again - Example Post</title>
<meta property="og:title" content="Harbour opens again"><meta name="author" content="Ann Example">
<meta property="article:published_time" content="2026-03-03T18:00:00+00:00"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article><h1>Harbour opens again</h1><p class="byline">By Ann Example</p><time datetime="2026-03-03">3 March 2026</time>
<div class="body"><p>{STORY[0]}</p><p>{STORY[1]}</p><img src="/pier.jpg">
<p style="text-align:center">The pier in May</p>
<p>{STORY[2]}</p><p>{STORY[3]}</p></div></article>
<footer><p><a href="/terms">Terms of use</a> <a href="/privacy">Privacy</a></p></footer></body></html>""".encode()
URL = "https://news.example.org/2026/03/03/harbour-opens-again"
WHOLE = {"id": "a", "url": URL, "body_text": "\n".join(STORY), "title": "Harbour opens again",
         "authors": ["Ann Example"], "published": "2026-03-03"}  # fmt: skip
PARTS = {"id": "b", "url": URL, "must_have": [STORY[1]], "must_not_have": ["Terms of use"]}
SCORER = SimpleNamespace(  # the parts of the corpora's score.py that are needed
    words=lambda text: re.findall(r"\w+", text or ""),
    title_key=word_key,
    names=set,
    set_f1=lambda wanted, found: float(wanted == found),
    days=lambda day: {date.fromisoformat(day)} if day else set(),
)
FIELDS = sorted(train_metadata_models.READERS)


def body_sample(truth: dict[str, Any]) -> body_samples.Sample:
    read = body_samples.read_sample("corpus", truth, PAGE, SCORER)
    assert read is not None
    return read


def test_a_sample_gives_the_text_that_extraction_gives() -> None:
    sample = body_sample(WHOLE)
    odds = body_model().odds(dict(zip(sample.names, sample.table.T, strict=True)))
    names, (table,) = train_body_model.second_tables([sample], [odds])
    second = second_look_model().odds(dict(zip(names, table.T, strict=True)))
    story = extract(page_of(WHOLE, PAGE))
    assert isinstance(story, Article)
    assert sample.text_of(certainties_of((odds + second) / 2)).split("\n") == story.text.split("\n\n") == STORY


def test_a_sample_of_boxed_paragraphs_gives_the_text_that_extraction_gives() -> None:
    boxed = "".join(
        f"<div class=part>{part}</div>"
        for part in (f"<p>{STORY[0]}</p>", f"<p>{STORY[1]}</p>", "<h2>Repairs</h2>", f"<p>{STORY[2]}</p>",
                     "<div role=heading>Ferries</div>", f"<p>{STORY[3]}</p>")
    )  # fmt: skip
    start, end = PAGE.index(b'<div class="body">'), PAGE.index(b"</article>")
    page = PAGE[:start] + f'<div class="body">{boxed}</div>'.encode() + PAGE[end:]
    sample = body_samples.read_sample("corpus", WHOLE, page, SCORER)
    story = extract(page_of(WHOLE, page))
    assert sample is not None
    assert isinstance(story, Article)
    odds = body_model().odds(dict(zip(sample.names, sample.table.T, strict=True)))
    assert sample.text_of(certainties_of(odds)).split("\n") == story.text.split("\n\n")


def test_the_annotations_say_which_passages_are_story() -> None:
    whole, parts = body_sample(WHOLE), body_sample(PARTS)
    assert np.flatnonzero(whole.wanted).tolist() == [6, 7, 9, 10]  # not the centred caption between them
    assert whole.weights.sum() == pytest.approx(body_samples.PAGE_WEIGHT)
    assert (np.flatnonzero(parts.wanted == 1).tolist(), np.flatnonzero(parts.wanted == 0).tolist()) == ([7], [11])


@pytest.mark.parametrize("field", FIELDS)
def test_the_candidates_of_a_field_have_all_measures_and_the_right_one_is_marked(field: str) -> None:
    document = parse_page(page_of(WHOLE, PAGE))
    assert isinstance(document, Document)
    sample = train_metadata_models.READERS[field](WHOLE, document, SCORER)
    assert sample is not None
    measures, right, least, has_value = sample
    sure = certainties(field, measures)
    assert has_value
    assert right[sure.index(max(sure))] == 1
    assert max(sure) >= least[sure.index(max(sure))]


class Trees:
    """Stands for trees that were trained on these rows: they may judge no page of the same site."""

    def __init__(self, table: np.ndarray, *_: Any) -> None:
        self._seen = set(table.ravel())

    def predict(self, table: np.ndarray, **_: Any) -> np.ndarray:
        assert self._seen.isdisjoint(table.ravel())
        return np.full(len(table), len(self._seen), dtype=float)


def test_no_page_is_judged_by_trees_that_saw_its_site(monkeypatch: pytest.MonkeyPatch) -> None:
    for script in (train_body_model, train_metadata_models):
        monkeypatch.setattr(script, "boosted", Trees)
    hosts = [host for site in range(6) for host in (f"www.site{site}.co.uk", f"m.site{site}.co.uk")]
    sites = [body_samples.site_of({"url": f"https://{host}/a", "id": "a"}) for host in hosts]
    number = {site: float(place) for place, site in enumerate(dict.fromkeys(sites))}
    assert len(number) == 6
    tables = [np.full((2, 3), number[site]) for site in sites]  # a row says of which site it is
    bodies = [
        replace(body_sample(WHOLE), site=site, table=table, wanted=np.ones(2), weights=np.ones(2))
        for site, table in zip(sites, tables, strict=True)
    ]
    odds = train_body_model.cross_validate(bodies, [0, 2], folds=3)
    assert all(0 < judged.min() < 6 for judged in odds)
    assert len(train_body_model.cross_validate_second(bodies, tables, odds, folds=3)) == len(bodies)
    fields = [
        train_metadata_models.Sample("corpus", site, ["a"] * 3, table, np.ones(2), [0.0, 0.0], has_value=True)
        for site, table in zip(sites, tables, strict=True)
    ]
    assert train_metadata_models.report("date", fields, folds=3, seeds=2)["corpus"]["right"] == 1


def test_what_is_written_is_read_back() -> None:
    root = {
        "split_feature": 2, "threshold": 0.5, "left_child": {"leaf_value": -1.25},
        "right_child": {
            "split_feature": 0, "threshold": 3.0, "left_child": {"leaf_value": 0.5}, "right_child": {"leaf_value": 2},
        },
    }  # fmt: skip
    booster = SimpleNamespace(dump_model=lambda: {"tree_info": [{"tree_structure": root}] * 2})
    read = json.loads(boosting.written({"about": "x"} | boosting.stored(booster, ["first", "unused", "third"])))
    model = trees_from(read["features"], read["trees"])
    columns = {"first": np.array([9.0, 1.0, 9.0]), "third": np.array([0.0, 1.0, 1.0])}
    assert model.odds(columns).tolist() == [-2.5, 1.0, 4.0]


@pytest.mark.parametrize("script", [train_body_model, train_metadata_models])
def test_a_script_without_lightgbm_says_what_installs_it(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "lightgbm", None)
    monkeypatch.setattr(sys, "argv", ["train", *(["date"] if script is train_metadata_models else []), "corpus"])
    with pytest.raises(SystemExit, match="2"):
        script.main()
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("lightgbm cannot be loaded")
    assert line.endswith("run: make training")
