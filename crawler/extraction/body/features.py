"""The named measurements by which each passage is judged to be story or furniture."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import numpy as np

from crawler.extraction.body.wording import WORDING_NAMES, PageFacts, first_word, wordings
from crawler.extraction.page.jsonld import is_article, types
from crawler.extraction.page.nametokens import GROUP_NAMES
from crawler.extraction.page.passages import BODY_PROPERTY, HIDDEN, ROLE_NAMES, Box, Passage, line_of
from crawler.extraction.page.structured import Structured
from crawler.extraction.text import joined_key, plain, word_key
from crawler.extraction.trees import Column

LONG_CHARACTERS = 80  # a passage at least this long with few links is prose
PROSE_LINK_SHARE = 0.33
WRAP_PASSAGES = 4  # in the smallest box that shows what a passage stands among
SCORED_LEVELS = 3  # above a passage to whose score its prose counts
MAX_STATED_CHARACTERS = 200_000  # of a stated body in which passages are looked up

_NEWS_TYPES = frozenset({"Report", "LiveBlogPosting"})
_TAGS = (
    "p", "div", "li", "h1", "h2", "h3", "h4", "td", "blockquote", "figcaption", "dd", "dt", "pre", "section",
    "article", "th", "body",
)  # fmt: skip
# Features also taken from the two passages before and the two after.
_NEIGHBOUR_NAMES = (
    "chars", "link_share", "ends", "tag_p", "prose_chars", "furniture", "tag_li", "in_best", "path_count",
    "path_prose_share",
)  # fmt: skip
# Features summed over the passages before and after.
_SUMMED_NAMES = ("prose_chars", "chars", "link_share", "prompts")
_TAG_BITS = {tag: 1 << index for index, tag in enumerate(_TAGS)}
_TAG_COLUMNS = {f"tag_{tag}": bit for tag, bit in _TAG_BITS.items()}
_ROLE_COLUMNS = {"hidden": HIDDEN, "body_property": BODY_PROPERTY} | {
    f"in_{name}": 1 << index for index, name in enumerate(ROLE_NAMES)
}


def page_facts(structured: Structured, title: str) -> PageFacts:
    """What a page states about itself, in the form in which passages are compared with it."""
    descriptions = (
        structured.field("description"), structured.meta("og:description"), structured.meta("description"),
        structured.meta("twitter:description"), structured.field("alternativeHeadline"),
    )  # fmt: skip
    raw = structured.article.get("articleBody")
    kinds = types(structured.article)
    return PageFacts(
        title=word_key(title),
        descriptions=tuple(dict.fromkeys(word_key(text) for text in descriptions if text)),
        stated_body=joined_key(plain(raw, limit=MAX_STATED_CHARACTERS)) if isinstance(raw, str) else "",
        is_news=any("News" in kind or kind in _NEWS_TYPES for kind in kinds),
        is_declared=is_article(structured.article) or structured.meta("og:type").lower() == "article",
    )


def headline_index(passages: list[Passage], title: tuple[str, ...]) -> int:
    """The index of the passage that shows the headline, or -1 if none does."""
    titled = [index for index, passage in enumerate(passages) if title and _is_title(passage.text[:1_000], title)]
    headings = [index for index, passage in enumerate(passages) if passage.box.tag == "h1"]
    both = [index for index in titled if passages[index].box.tag == "h1"]
    return next((found[0] for found in (both, titled, headings) if found), -1)


def _is_title(text: str, title: tuple[str, ...]) -> bool:
    if (first := first_word(text)) is not None:  # cached for nearly all passages, since judging them needs it too
        can_be = first == title[0]
    else:
        can_be = not text.isascii() or title[0] in text.lower()  # takes a tenth of the time of word_key
    return can_be and word_key(text) == title


def measure(
    passages: list[Passage], boxes: list[Box], facts: PageFacts, headline: int | None = None
) -> dict[str, Column]:
    """Feature name -> one value per passage; `headline` is headline_index's result if already known."""
    base = _wordings(passages, facts) | _markup(passages, facts)
    prose = (base["chars"] >= LONG_CHARACTERS) & (base["link_share"] < PROSE_LINK_SHARE)
    base["prose_chars"] = np.where(prose, base["chars"], 0.0)
    base |= _place(passages, base, headline_index(passages, facts.title) if headline is None else headline)
    base |= _kin(passages, boxes, base)
    base |= _containers(passages, boxes, base)
    base |= _around(base)
    return base


def _wordings(passages: list[Passage], facts: PageFacts) -> dict[str, Column]:
    table = wordings((passage.text for passage in passages), facts)
    return {name: table[:, index] for index, name in enumerate(WORDING_NAMES)}


def _markup(passages: list[Passage], facts: PageFacts) -> dict[str, Column]:
    """Features of the tags, names, roles and inline markup of each passage and the boxes around it."""
    sizes = np.array([len(passage.text) for passage in passages], dtype=np.float64)
    count = len(passages)
    columns: dict[str, Column] = {
        "link_share": np.array([passage.link_characters for passage in passages]) / sizes,
        "links": np.array([passage.link_count for passage in passages], dtype=np.float64),
        "bold_share": np.array([passage.bold_characters for passage in passages]) / sizes,
        "italic_share": np.array([passage.italic_characters for passage in passages]) / sizes,
        "after_break": np.array([passage.after_break for passage in passages], dtype=np.float64),
        "image_before": np.array([passage.image_before for passage in passages], dtype=np.float64),
        "depth": np.array([passage.box.depth for passage in passages], dtype=np.float64),
        "has_stated_body": np.full(count, float(bool(facts.stated_body))),
        "is_news": np.full(count, float(facts.is_news)),
        "is_declared": np.full(count, float(facts.is_declared)),
    }
    columns |= _bits([_TAG_BITS.get(passage.box.tag, 0) for passage in passages], _TAG_COLUMNS)
    columns |= _bits([passage.box.roles for passage in passages], _ROLE_COLUMNS)
    own = [passage.box.bits | passage.inline_bits for passage in passages]
    near = [bits | _bits_around(passage.box) for bits, passage in zip(own, passages, strict=True)]
    above = [passage.box.all_bits | passage.inline_bits for passage in passages]
    for reach, values in (("own", own), ("near", near), ("any", above)):
        columns |= _bits(values, {f"{reach}_{group}": 1 << index for index, group in enumerate(GROUP_NAMES)})
    return columns


def _bits(values: list[int], bits: dict[str, int]) -> dict[str, Column]:
    """One column per named bit: 1 where a value has the bit."""
    masks = np.array(list(bits.values()), dtype=np.int64)[:, None]
    table = ((np.array(values, dtype=np.int64) & masks) != 0).astype(np.float64)
    return dict(zip(bits, table, strict=True))


def _bits_around(box: Box) -> int:
    """The name groups of a box's parent and grandparent."""
    parent = box.parent
    if parent is None:
        return 0
    return parent.bits | (parent.parent.bits if parent.parent else 0)


def _place(passages: list[Passage], base: dict[str, Column], headline: int) -> dict[str, Column]:
    """Where each passage stands on the page: by count, by text, and relative to the headline."""
    count = len(passages)
    index = np.arange(count, dtype=np.float64)
    chars = base["chars"]
    before = np.cumsum(chars) - chars
    prose_before = np.cumsum(base["prose_chars"]) - base["prose_chars"]
    total, prose_total = chars.sum() or 1.0, base["prose_chars"].sum() or 1.0
    return {
        "position": index / count, "chars_before": before / total, "prose_before": prose_before / prose_total,
        "since_headline": index - headline if headline >= 0 else np.full(count, -999.0),
        "prose_since_headline": prose_before - (prose_before[headline] if headline >= 0 else 0.0),
        "page_passages": np.full(count, float(count)), "page_prose": np.full(count, prose_total),
        "repeats": _repeats(passages),
    }  # fmt: skip


def _repeats(passages: list[Passage]) -> Column:
    counts = Counter(passage.text for passage in passages)
    return np.array([float(counts[passage.text]) for passage in passages])


def _kin(passages: list[Passage], boxes: list[Box], base: dict[str, Column]) -> dict[str, Column]:
    """Sums over passages of one kind: the same path of tags and classes, the same parent, or the same box."""
    result: dict[str, Column] = {}
    paths: dict[str, int] = {}
    kinds = {
        "path": np.array([paths.setdefault(passage.box.path, len(paths)) for passage in passages]),
        "parent": np.array([(passage.box.parent or passage.box).number for passage in passages]),
        "box": np.array([passage.box.number for passage in passages]),
    }
    total_prose = base["prose_chars"].sum() or 1.0
    for name, kind in kinds.items():
        count = np.bincount(kind)
        chars = np.bincount(kind, base["chars"])
        linked = np.bincount(kind, base["chars"] * base["link_share"])
        prose = np.bincount(kind, base["prose_chars"])
        prompts = np.bincount(kind, base["prompts"])
        result[f"{name}_count"] = count[kind].astype(np.float64)
        result[f"{name}_chars"] = chars[kind]
        result[f"{name}_mean"] = chars[kind] / count[kind]
        result[f"{name}_link_share"] = linked[kind] / np.maximum(chars[kind], 1.0)
        result[f"{name}_prompts"] = prompts[kind] / np.sqrt(count[kind])
        result[f"{name}_prose_share"] = prose[kind] / total_prose
    return result


def _containers(passages: list[Passage], boxes: list[Box], base: dict[str, Column]) -> dict[str, Column]:
    """How much of the page's prose the boxes around each passage hold, and how far away the best box is."""
    parents = [(box.parent or box).number for box in boxes]  # a box at the top is its own parent
    sums = _box_sums(passages, len(boxes), base)
    total = sums.prose[0] or 1.0
    best = int(np.argmax(sums.score))
    peak = sums.score[best] or 1.0
    line = {box.number for box in line_of(boxes[best])}
    held = sums.held.tolist()
    wraps, tops, steps = list(range(len(boxes))), list(range(len(boxes))), [0] * len(boxes)
    for number, parent in enumerate(parents):  # numbered first, so its results are ready to be inherited
        if parent != number:
            if held[number] < WRAP_PASSAGES:
                wraps[number] = wraps[parent]
            if number not in line:
                tops[number], steps[number] = tops[parent], steps[parent] + 1
    own = np.array([passage.box.number for passage in passages])
    above = np.array(parents)
    one = above[own]
    two = above[one]
    wrap, top = np.array(wraps)[own], np.array(tops)[own]
    depths = np.array([box.depth for box in boxes], dtype=np.float64)
    size = np.where(sums.chars[wrap] == 0.0, 1.0, sums.chars[wrap])
    return {
        "parent_score": sums.score[one] / peak, "grand_score": sums.score[two] / peak,
        "parent_prose": sums.prose[one] / total, "grand_prose": sums.prose[two] / total,
        "parent_links": sums.linked[one] / np.maximum(sums.chars[one], 1.0),
        "grand_links": sums.linked[two] / np.maximum(sums.chars[two], 1.0),
        "grand_chars": sums.chars[two], "in_best": (top == best).astype(np.float64),
        "steps_to_best": np.array(steps, dtype=np.float64)[own], "levels_above_best": depths[best] - depths[top],
        "wrap_count": sums.held[wrap], "wrap_chars": size, "wrap_links": sums.linked[wrap] / size,
        "wrap_prose": sums.prose[wrap] / size, "wrap_prose_share": sums.prose[wrap] / total,
        "best_prose": np.full(len(passages), sums.prose[best] / total),
    }  # fmt: skip


class _BoxSums(NamedTuple):
    """Totals under every box of a page, by box number; in characters unless noted."""

    held: Column  # passages
    chars: Column
    prose: Column
    linked: Column
    score: Column  # prose of nearby passages, less at each level up, as in readability's scoring


def _box_sums(passages: list[Passage], count: int, base: dict[str, Column]) -> _BoxSums:
    """Count every passage for its box and those around it, in page order, as sums of fractions depend on the order."""
    lines = {box: [each.number for each in line_of(box)] for box in {passage.box for passage in passages}}
    around = [lines[passage.box] for passage in passages]
    sizes = np.array([len(line) for line in around])
    places = np.array([number for line in around for number in line])

    def summed(values: Column) -> Column:
        sums: Column = np.bincount(places, np.repeat(values, sizes), count).astype(np.float64, copy=False)
        return sums

    score = [0.0] * count
    for line, prose in zip(around, base["prose_chars"].tolist(), strict=True):
        if prose:
            for step, number in enumerate(line[1 : SCORED_LEVELS + 1], start=1):
                score[number] += prose / step
    return _BoxSums(
        held=np.bincount(places, minlength=count).astype(np.float64),
        chars=summed(base["chars"]),
        prose=summed(base["prose_chars"]),
        linked=summed(base["chars"] * base["link_share"]),
        score=np.array(score),
    )


def _around(base: dict[str, Column]) -> dict[str, Column]:
    """Features of the passages before and after each passage."""
    result: dict[str, Column] = {}
    near = np.array([base[name] for name in _NEIGHBOUR_NAMES])
    moved = {step: shifted(near, step) for step in (-2, -1, 1, 2)}
    for row, name in enumerate(_NEIGHBOUR_NAMES):
        result |= {f"{name}{step:+d}": table[row] for step, table in moved.items()}
    summed = np.array([base[name] for name in _SUMMED_NAMES])
    sums = {
        f"{side}{reach}": window(summed, *ends)
        for reach in (3, 8)
        for side, ends in (("before", (-reach, -1)), ("after", (1, reach)))
    }
    for row, name in enumerate(_SUMMED_NAMES):
        result |= {f"{name}_{side}": table[row] for side, table in sums.items()}
    return result


def shifted(values: Column, step: int, fill: float = -1.0) -> Column:
    """For each row, the value `step` passages further on; `fill` beyond the ends."""
    result = np.full(values.shape, fill)
    if step > 0:
        result[..., :-step] = values[..., step:]
    else:
        result[..., -step:] = values[..., :step]
    return result


def window(values: Column, first: int, last: int) -> Column:
    """For each passage of a row, the sum over the passages from `first` to `last` relative to it."""
    sums = np.zeros((*values.shape[:-1], values.shape[-1] + 1))
    np.cumsum(values, axis=-1, out=sums[..., 1:])
    index = np.arange(values.shape[-1])
    low = np.clip(index + first, 0, len(index))
    high = np.clip(index + last + 1, 0, len(index))
    difference: Column = sums[..., high] - sums[..., low]
    return difference
