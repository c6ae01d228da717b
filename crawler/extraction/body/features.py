"""What is measured of each passage before it is judged story or furniture: numbers with names."""

from __future__ import annotations

from collections import Counter
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from crawler.extraction.body.passages import BODY_PROPERTY, HIDDEN, ROLE_NAMES, Box, Passage, line_of
from crawler.extraction.body.wording import WORDING_NAMES, PageFacts, wording
from crawler.extraction.page.jsonld import is_article, types
from crawler.extraction.page.nametokens import GROUP_NAMES
from crawler.extraction.page.structured import Structured
from crawler.extraction.text import plain, word_key

Column = NDArray[np.float64]

LONG_CHARACTERS = 80  # a passage of that length with few links is prose
PROSE_LINK_SHARE = 0.33
WRAP_PASSAGES = 4  # in the smallest box that tells what a passage stands among
SCORED_LEVELS = 3  # above a passage that its prose counts for
MAX_STATED_CHARACTERS = 200_000  # of a stated body that passages are looked up in

_NEWS_TYPES = frozenset({"Report", "LiveBlogPosting"})
_TAGS = (
    "p", "div", "li", "h1", "h2", "h3", "h4", "td", "blockquote", "figcaption", "dd", "dt", "pre", "section",
    "article", "th", "body",
)  # fmt: skip
# Of these the two passages before and the two behind are looked at as well.
_NEIGHBOUR_NAMES = (
    "chars", "link_share", "ends", "tag_p", "prose_chars", "furniture", "tag_li", "in_best", "path_count",
    "path_prose_share",
)  # fmt: skip
_TAG_INDEX = {tag: index for index, tag in enumerate(_TAGS)}


def page_facts(structured: Structured, title: str) -> PageFacts:
    """What a page states, in the form that passages are compared with."""
    descriptions = (
        structured.field("description"), structured.meta("og:description"), structured.meta("description"),
        structured.meta("twitter:description"), structured.field("alternativeHeadline"),
    )  # fmt: skip
    raw = structured.article.get("articleBody")
    kinds = types(structured.article)
    return PageFacts(
        title=word_key(title),
        descriptions=tuple(dict.fromkeys(word_key(text) for text in descriptions if text)),
        stated_body="".join(word_key(plain(raw, limit=MAX_STATED_CHARACTERS))) if isinstance(raw, str) else "",
        is_news=any("News" in kind or kind in _NEWS_TYPES for kind in kinds),
        is_declared=is_article(structured.article) or structured.meta("og:type").lower() == "article",
    )


def headline_index(passages: list[Passage], title: tuple[str, ...]) -> int:
    """The index of the passage that shows the headline; -1 where none does."""
    titled = [index for index, passage in enumerate(passages) if title and _is_title(passage.text[:1_000], title)]
    headings = [index for index, passage in enumerate(passages) if passage.box.tag == "h1"]
    both = [index for index in titled if passages[index].box.tag == "h1"]
    return next((found[0] for found in (both, titled, headings) if found), -1)


def _is_title(text: str, title: tuple[str, ...]) -> bool:
    if text.isascii() and title[0] not in text.lower():  # nearly all texts, in a tenth of the time
        return False
    return word_key(text) == title


def measure(
    passages: list[Passage], boxes: list[Box], facts: PageFacts, headline: int | None = None
) -> dict[str, Column]:
    """Feature name -> one value per passage; `headline` is headline_index's answer where it is known already."""
    base = _wordings(passages, facts) | _markup(passages, facts)
    prose = (base["chars"] >= LONG_CHARACTERS) & (base["link_share"] < PROSE_LINK_SHARE)
    base["prose_chars"] = np.where(prose, base["chars"], 0.0)
    base |= _place(passages, base, headline_index(passages, facts.title) if headline is None else headline)
    base |= _kin(passages, boxes, base)
    base |= _containers(passages, boxes, base)
    base |= _around(base)
    return base


def _wordings(passages: list[Passage], facts: PageFacts) -> dict[str, Column]:
    table = np.array([wording(passage.text, facts) for passage in passages], dtype=np.float64)
    return {name: table[:, index] for index, name in enumerate(WORDING_NAMES)}


def _markup(passages: list[Passage], facts: PageFacts) -> dict[str, Column]:
    """Tags, names, roles and inline markup of each passage and of what it stands in."""
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
    tags = np.array([_TAG_INDEX.get(passage.box.tag, -1) for passage in passages])
    columns |= {f"tag_{tag}": (tags == index).astype(np.float64) for tag, index in _TAG_INDEX.items()}
    roles = np.array([passage.box.roles for passage in passages], dtype=np.int64)
    columns |= {"hidden": _bit(roles, HIDDEN), "body_property": _bit(roles, BODY_PROPERTY)}
    columns |= {f"in_{name}": _bit(roles, 1 << index) for index, name in enumerate(ROLE_NAMES)}
    own = np.array([passage.box.bits | passage.inline_bits for passage in passages], dtype=np.int64)
    around = np.array([_bits_around(passage.box) for passage in passages], dtype=np.int64)
    above = np.array([passage.box.all_bits | passage.inline_bits for passage in passages], dtype=np.int64)
    for reach, bits in (("own", own), ("near", own | around), ("any", above)):
        columns |= {f"{reach}_{group}": _bit(bits, 1 << index) for index, group in enumerate(GROUP_NAMES)}
    return columns


def _bit(values: NDArray[np.int64], bit: int) -> Column:
    column: Column = ((values & bit) != 0).astype(np.float64)
    return column


def _bits_around(box: Box) -> int:
    """The name groups of the two boxes around one."""
    parent = box.parent
    if parent is None:
        return 0
    return parent.bits | (parent.parent.bits if parent.parent else 0)


def _place(passages: list[Passage], base: dict[str, Column], headline: int) -> dict[str, Column]:
    """Where the passage stands on the page: by count, by text, behind the headline."""
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
    """Sums over the passages of one kind: same path of tags and classes, same parent, same box."""
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
    """How much of the page's prose the boxes around the passage hold, and how far the best one is."""
    sums = _BoxSums(len(boxes))
    for passage, length, share, good in zip(
        passages, base["chars"].tolist(), base["link_share"].tolist(), base["prose_chars"].tolist(), strict=True
    ):
        sums.add(passage.box, length, length * share, good)
    sums.hand_up(boxes)
    total = sums.prose[0] or 1.0
    best = max(range(len(boxes)), key=sums.score.__getitem__)
    peak = sums.score[best] or 1.0
    line = {box.number for box in line_of(boxes[best])}
    rows = []
    for passage in passages:
        box = passage.box
        parent = box.parent or box
        grand = parent.parent or parent
        wrap = box
        while sums.count[wrap.number] < WRAP_PASSAGES and wrap.parent is not None:
            wrap = wrap.parent
        size = sums.chars[wrap.number] or 1.0
        top, steps = box, 0
        while top.number not in line and top.parent is not None:
            top, steps = top.parent, steps + 1
        one, two = parent.number, grand.number
        rows.append(
            [
                sums.score[one] / peak, sums.score[two] / peak, sums.prose[one] / total, sums.prose[two] / total,
                sums.linked[one] / max(sums.chars[one], 1.0), sums.linked[two] / max(sums.chars[two], 1.0),
                sums.chars[two], float(top.number == best), float(steps), float(boxes[best].depth - top.depth),
                sums.count[wrap.number], size, sums.linked[wrap.number] / size, sums.prose[wrap.number] / size,
                sums.prose[wrap.number] / total,
            ]
        )  # fmt: skip
    table = np.array(rows, dtype=np.float64)
    names = (
        "parent_score", "grand_score", "parent_prose", "grand_prose", "parent_links", "grand_links", "grand_chars",
        "in_best", "steps_to_best", "levels_above_best",
        "wrap_count", "wrap_chars", "wrap_links", "wrap_prose", "wrap_prose_share",
    )  # fmt: skip
    columns = {name: table[:, index] for index, name in enumerate(names)}
    return columns | {"best_prose": np.full(len(rows), sums.prose[best] / total)}


class _BoxSums:
    """Characters under every box of a page."""

    def __init__(self, count: int) -> None:
        self.count = [0.0] * count
        self.prose = [0.0] * count
        self.chars = [0.0] * count
        self.linked = [0.0] * count
        self.score = [0.0] * count  # prose of close passages: as in readability's scoring, less at each level up

    def add(self, box: Box, chars: float, linked: float, prose: float) -> None:
        """Count a passage for its box, its links and its score for those around as well."""
        self.count[box.number] += 1
        self.chars[box.number] += chars
        self.prose[box.number] += prose
        if linked:  # fractions, whose sum depends on the order
            for around in line_of(box):
                self.linked[around.number] += linked
        if prose:
            for step, around in enumerate(islice(line_of(box.parent), SCORED_LEVELS), start=1):
                self.score[around.number] += prose / step

    def hand_up(self, boxes: list[Box]) -> None:
        """Count every box's characters for those it stands in, which have lower numbers."""
        for box in reversed(boxes):
            if box.parent is not None:
                self.count[box.parent.number] += self.count[box.number]
                self.chars[box.parent.number] += self.chars[box.number]
                self.prose[box.parent.number] += self.prose[box.number]


def _around(base: dict[str, Column]) -> dict[str, Column]:
    """The passages before and behind."""
    result: dict[str, Column] = {}
    for name in _NEIGHBOUR_NAMES:
        for step in (-2, -1, 1, 2):
            result[f"{name}{step:+d}"] = shifted(base[name], step)
    for name in ("prose_chars", "chars", "link_share", "prompts"):
        for reach in (3, 8):
            result[f"{name}_before{reach}"] = window(base[name], -reach, -1)
            result[f"{name}_after{reach}"] = window(base[name], 1, reach)
    return result


def shifted(values: Column, step: int, fill: float = -1.0) -> Column:
    """The value `step` passages further on; `fill` beyond the ends."""
    result = np.full(len(values), fill)
    if step > 0:
        result[:-step] = values[step:]
    else:
        result[-step:] = values[:step]
    return result


def window(values: Column, first: int, last: int) -> Column:
    """The sum over the passages from `first` to `last` relative to each."""
    sums = np.concatenate(([0.0], np.cumsum(values)))
    index = np.arange(len(values))
    low = np.clip(index + first, 0, len(values))
    high = np.clip(index + last + 1, 0, len(values))
    return sums[high] - sums[low]
