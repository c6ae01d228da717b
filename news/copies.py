"""Whether two texts are copies of each other, judged by their sketches, and whether copies are one story."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from news.article import Article
from news.shingles import FIGURE_COUNT, MIN_UNITS, Sketch, sketch_of, units_of

# Chosen on one half of benchmarks/near_duplicates.py, reported on the other: see docs/benchmarks.md
MIN_CONTAINMENT = 0.5  # share of the shorter text's shingles that the longer one also has
LEAST_HEADLINE_WORDS = 3  # "Morning briefing" is no evidence
SAME_TEXT = 0.9  # of all shingles of both; a choice: pages of a rebuilt site add or leave out a line
EDITED_SIZE = 0.5  # of the longer text's size, if the shorter is the same before or after an edit; a choice
# Two fillings of one template share their sentences and differ in their figures; measured on the newswire, where both
# limits leave out three of five pairs sent days apart and hardly any of the same hours: see docs/benchmarks.md
LEAST_OTHER_FIGURES = 3  # figures of the text with fewer that the other lacks; a correction changes one or two
MIN_FIGURES = 0.5  # share of them that the other text also has
_TELLING_CHARACTERS = 1000  # enough to show that a text is not short; some 160 words in most languages
MIN_SIZE = 0.2  # of the longer text's size: a live blog that contains a brief is no copy of it


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much two texts have in common."""

    jaccard: float  # shared shingles as a share of all distinct shingles of both
    containment: float  # shared shingles as a share of the shorter text's
    size: float  # the shorter text's size as a share of the longer one's
    figures: float = 1.0  # shared figures as a share of those of the text with fewer; 1 where hardly any differ


_HIGHEST = (1 << 32) - 1  # hash
NOTHING = Likeness(0.0, 0.0, 0.0)


def likeness(one: Sketch, other: Sketch) -> Likeness:
    """Estimate from the sketches; exact when both hold all their shingles.

    The hashes up to the limit below which both sketches are complete are an even sample of both texts' shingles.
    """
    if not one.hashes or not other.hashes:
        return NOTHING
    limit = min(_known_up_to(one), _known_up_to(other))
    shared = len(set(one.hashes).intersection(other.hashes))  # none of them is above the limit
    jaccard = shared / (sum(bisect_right(each.hashes, limit) for each in (one, other)) - shared)
    smaller, larger = sorted((one.shingle_count, other.shingle_count))
    shared_count = jaccard / (1 + jaccard) * (smaller + larger)
    return Likeness(jaccard, min(1.0, shared_count / smaller), smaller / larger, _figures_shared(one, other))


def are_copies(found: Likeness) -> bool:
    """Whether texts this alike are one text: edited, cut, extended by a paragraph, or reordered.

    Reports filled into one template (results of companies, earthquakes, closing prices) are not: their figures differ.
    """
    return found.containment >= MIN_CONTAINMENT and found.size >= MIN_SIZE and found.figures >= MIN_FIGURES


def are_one_story(one: Article, other: Article) -> bool:
    """Whether copies of one text, from one source and day, are one story under two addresses.

    They are if they share a headline or a moment of publication. A text that grew from another and was published
    later under its own headline is its own story.
    """
    return _have_one_headline(one, other) or _state_one_moment(one, other)


def are_one_brief(one: Article, other: Article) -> bool:
    """Whether short texts of one source are one story: same stated moment, same headline, long enough to tell."""
    return _have_one_telling_headline(one, other) and _state_one_moment(one, other)


def are_one_text(one: Article, other: Article) -> bool:
    """Whether copies, from one source and day, are one text: the same headline, long enough, and all but identical.

    If both state one moment, one of them may have been edited: it holds all but all of the other, or the reverse.
    """
    if not _have_one_telling_headline(one, other):
        return False
    found = likeness(sketch_of(one.text), sketch_of(other.text))
    is_edited = found.containment >= SAME_TEXT and found.size >= EDITED_SIZE and _state_one_moment(one, other)
    return found.jaccard >= SAME_TEXT or is_edited


def is_short(text: str) -> bool:
    """Whether a text is too short to be compared with others.

    >>> is_short("Too short to be judged."), is_short("one and more " * 20)
    (True, False)
    """
    if len(units_of(text[:_TELLING_CHARACTERS])) >= 2 * MIN_UNITS:  # settles nearly every text at a tenth of the cost
        return False
    return len(units_of(text)) < 2 * MIN_UNITS and not sketch_of(text).hashes


def _have_one_headline(one: Article, other: Article) -> bool:
    return bool(one.title) and units_of(one.title or "") == units_of(other.title or "")


def _have_one_telling_headline(one: Article, other: Article) -> bool:
    return len(units_of(one.title or "")) >= LEAST_HEADLINE_WORDS and _have_one_headline(one, other)


def _state_one_moment(one: Article, other: Article) -> bool:
    are_moments = not one.published_day_only and not other.published_day_only
    return are_moments and one.published_at is not None and one.published_at == other.published_at


def _figures_shared(one: Sketch, other: Sketch) -> float:
    """The share of the fewer figures that both have, among those that neither sketch leaves out."""
    limit = min(each.figures[-1] if len(each.figures) == FIGURE_COUNT else _HIGHEST for each in (one, other))
    fewer = min(bisect_right(each.figures, limit) for each in (one, other))
    shared = len(set(one.figures).intersection(other.figures))
    return shared / fewer if fewer - shared >= LEAST_OTHER_FIGURES else 1.0


def _known_up_to(sketch: Sketch) -> int:
    is_whole = len(sketch.hashes) == sketch.shingle_count
    return _HIGHEST if is_whole else sketch.hashes[-1]
