"""The named measurements by which each passage is judged to be story or furniture."""

from __future__ import annotations

from collections import Counter

import numpy as np

from crawler.extraction.body.container_features import container_features
from crawler.extraction.body.neighbour_features import neighbour_features
from crawler.extraction.body.page_facts import headline_index
from crawler.extraction.body.wording import WORDING_NAMES, PageFacts, wordings
from crawler.extraction.page.nametokens import GROUP_NAMES
from crawler.extraction.page.passages import BODY_PROPERTY, HIDDEN, ROLE_NAMES, Box, Passage
from crawler.extraction.trees import Column

LONG_CHARACTERS = 80  # a passage at least this long with few links is prose
PROSE_LINK_SHARE = 0.33

_TAGS = (
    "p", "div", "li", "h1", "h2", "h3", "h4", "td", "blockquote", "figcaption", "dd", "dt", "pre", "section",
    "article", "th", "body",
)  # fmt: skip
_TAG_BITS = {tag: 1 << index for index, tag in enumerate(_TAGS)}
_TAG_COLUMNS = {f"tag_{tag}": bit for tag, bit in _TAG_BITS.items()}
_ROLE_COLUMNS = {"hidden": HIDDEN, "body_property": BODY_PROPERTY} | {
    f"in_{name}": 1 << index for index, name in enumerate(ROLE_NAMES)
}


def measure(
    passages: list[Passage], boxes: list[Box], facts: PageFacts, headline: int | None = None
) -> dict[str, Column]:
    """Feature name -> one value per passage; `headline` is headline_index's result if already known."""
    base = _wordings(passages, facts) | _markup(passages, facts)
    prose = (base["chars"] >= LONG_CHARACTERS) & (base["link_share"] < PROSE_LINK_SHARE)
    base["prose_chars"] = np.where(prose, base["chars"], 0.0)
    base |= _place(passages, base, headline_index(passages, facts.title) if headline is None else headline)
    base |= _kin(passages, boxes, base)
    base |= container_features(passages, boxes, base)
    base |= neighbour_features(base)
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
