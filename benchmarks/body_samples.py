"""Annotated pages as the body's trees learn from them: what is measured of each passage, and whether it is story."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from lxml.html import HtmlElement
from tldextract import TLDExtract

from benchmarks.extraction import Row, page_of
from crawler.extraction.body.features import measure
from crawler.extraction.body.furniture import clean_blocks
from crawler.extraction.body.page_facts import headline_index, page_facts
from crawler.extraction.body.second_look import FIRST_NAMES, second_measures
from crawler.extraction.body.story import read_story
from crawler.extraction.deks import read_dek
from crawler.extraction.images import read_image
from crawler.extraction.page.document import Document, parse_page
from crawler.extraction.page.structured import read_structured
from crawler.extraction.page.walk import read_passages
from crawler.extraction.text import word_key
from crawler.extraction.titles.titles import read_title
from crawler.extraction.trees import Column
from news.article import Hints

Scorer = Any  # the corpora's score.py, or what stands for it
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
    """The number of a box in place of its element, with what is read of it later: no page's tree is kept."""

    _kept: dict[str, str]
    _child_count: int

    def __new__(cls, number: int, element: HtmlElement) -> _Element:
        made = super().__new__(cls, number)
        made._kept = {name: value for name in ("align", "role", "style") if (value := element.get(name))}
        made._child_count = len(element)
        return made

    def __len__(self) -> int:
        return self._child_count

    def get(self, name: str) -> str | None:
        return self._kept.get(name)


def read_sample(set_name: str, truth: Row, body: bytes, scorer: Scorer) -> Sample | None:
    """One page of a set; None where it holds no passage."""
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
    unsure = apart if dek and dek.is_doubted else set()
    numbers = {box.element: box.number for box in boxes}
    not_story, doubted = (
        {numbers[element] for element in elements if element in numbers}
        for elements in (apart - unsure | set(lead.caption_elements), unsure)
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

    return Sample(set_name, truth, site_of(truth), names, table, wanted, weights, text, look_again)


def _by_body(texts: list[str], truth: Row, scorer: Scorer) -> tuple[np.ndarray, np.ndarray]:
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


def fold_of(site: str, folds: int) -> int:
    """A site's fold, the same in every run."""
    return int(hashlib.sha256(site.encode()).hexdigest(), 16) % folds
