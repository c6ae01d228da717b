"""Matched words marked in the stored text, for the embedded engine (Elasticsearch marks its own)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.engines.plan import All, Any, Begins, Plan, Words
from indexer.engines.scoring import FRAGMENT_CHARACTERS, MAX_FRAGMENTS, WHOLE_FIELDS
from indexer.engines.words import Token, tokens
from indexer.languages import UNDETERMINED
from news.index import MARK_END, MARK_START

Span = tuple[int, int]
_SNAP_CHARACTERS = 20  # how far a fragment's edge moves to fall between two words


@dataclass(frozen=True, slots=True)
class _Text:
    """A stored value and its two readings: terms in its language, and plain words."""

    value: str
    terms: Sequence[Token]
    plain: Sequence[Token]


def highlights(values: dict[str, str], planned: Plan | None, analysis: str) -> dict[str, tuple[str, ...]]:
    """For each text field that holds a match: title and dek whole, of the body the best fragments in reading order."""
    found = {}
    leaves = list(_leaves(planned)) if planned else []
    for name, value in values.items():
        wanted = [leaf for leaf in leaves if name in leaf.fields]
        if not wanted:
            continue
        text = _Text(value, list(tokens(value, analysis)), list(tokens(value, UNDETERMINED)))
        spans = _merged(span for leaf in wanted for span in _matches(leaf, text))
        if spans:
            windows = [(0, len(value))] if name in WHOLE_FIELDS else _best_windows(value, spans)
            found[name] = tuple(dict.fromkeys(_marked(value, window, spans) for window in windows))
    return found


def _leaves(planned: Plan) -> Iterator[Words | Begins]:
    """What may be marked; nothing below a NOT."""
    match planned:
        case Words() | Begins():
            yield planned
        case All(children=children) | Any(children=children):
            for child in children:
                yield from _leaves(child)
        case _:
            return


def _matches(leaf: Words | Begins, text: _Text) -> Iterator[Span]:
    if isinstance(leaf, Begins):
        yield from ((token.start, token.end) for token in text.plain if token.term.startswith(leaf.start))
    elif len(leaf.terms) == 1:
        yield from ((token.start, token.end) for token in text.terms if token.term == leaf.terms[0])
    else:
        yield from _phrase_matches(leaf, text.terms)


def _phrase_matches(leaf: Words, found: Sequence[Token]) -> Iterator[Span]:
    """The words of every window of the phrase's length and slop that holds them all."""
    wanted = set(leaf.terms)
    length = len(leaf.terms) + leaf.slop
    terms = [token.term for token in found]
    for start, term in enumerate(terms):
        if term not in wanted:
            continue
        window = range(start, min(start + length, len(terms)))
        near = [terms[index] for index in window]
        exact = tuple(near[: len(leaf.terms)]) == leaf.terms
        if exact or (leaf.slop and wanted <= set(near)):
            yield from ((found[index].start, found[index].end) for index in window if terms[index] in wanted)


def _merged(spans: Iterator[Span]) -> list[Span]:
    """Ordered, and those that touch or overlap as one (pairs of characters do)."""
    merged: list[Span] = []
    for start, end in sorted(set(spans)):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _best_windows(value: str, spans: Sequence[Span]) -> list[Span]:
    """The windows with the most different matched words."""
    windows: list[tuple[int, Span]] = []
    index = 0
    while index < len(spans):
        window = _window(value, spans[index])
        inside = [span for span in spans[index:] if span[1] <= window[1]] or [spans[index]]
        different = {value[start:end].casefold() for start, end in inside}
        windows.append((len(different), window))
        index += len(inside)
    best = sorted(range(len(windows)), key=lambda position: (-windows[position][0], position))[:MAX_FRAGMENTS]
    return [windows[position][1] for position in sorted(best)]


def _window(value: str, first: Span) -> Span:
    """About FRAGMENT_CHARACTERS beginning shortly before a match, within one line, cut between words."""
    line_start = value.rfind("\n", 0, first[0]) + 1
    line_end = value.find("\n", first[1])
    line_end = len(value) if line_end < 0 else line_end
    start = max(line_start, first[0] - FRAGMENT_CHARACTERS // 4)
    end = min(line_end, max(start + FRAGMENT_CHARACTERS, first[1]))
    if start > line_start:
        space = value.find(" ", start, min(start + _SNAP_CHARACTERS, first[0]))
        start = space + 1 if space >= 0 else start
    if end < line_end:
        space = value.rfind(" ", max(end - _SNAP_CHARACTERS, first[1]), end)
        end = space if space >= 0 else end
    return start, end


def _marked(value: str, window: Span, spans: Sequence[Span]) -> str:
    pieces, position = [], window[0]
    for start, end in spans:
        if start >= window[0] and end <= window[1]:
            pieces += [value[position:start], MARK_START, value[start:end], MARK_END]
            position = end
    return "".join([*pieces, value[position : window[1]]]).strip()
