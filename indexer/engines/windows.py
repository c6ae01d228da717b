"""Which passages of a body are shown as its highlights: those where most of the query's words stand together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.analysis.normalizing import TERMS
from indexer.analysis.unspaced import has_unspaced
from indexer.engines.scoring import FRAGMENT_CHARACTERS, MAX_FRAGMENTS
from indexer.engines.word_edges import first_beginning, last_beginning

Span = tuple[int, int]
_BEFORE = FRAGMENT_CHARACTERS // 4  # characters shown before the first match


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a window may begin."""

    end: int  # of the window, about
    match: Span  # its first
    word_count: int  # different words of the query in it


def best_windows(value: str, matched: Sequence[Span], analysis: str) -> list[Span]:
    """The windows with the most different words of the query, best first, then in order; forms of a word are one."""
    labels = [_label(value[start:end], analysis) for start, end in matched]
    ranked = sorted(_places(value, matched, labels), key=lambda place: (-place.word_count, place.match))
    chosen: list[_Place] = []
    for place in ranked:
        if all(place.end <= other.match[0] or place.match[0] >= other.end for other in chosen):
            chosen.append(place)
            if len(chosen) == MAX_FRAGMENTS:
                break
    return _cut(value, chosen)


def _label(word: str, analysis: str) -> str:
    return word if has_unspaced(word) else TERMS[analysis][word] or word


def _places(value: str, matched: Sequence[Span], labels: Sequence[str]) -> Iterator[_Place]:
    """A place for each match, with the number of words from there to the window's end or the line's."""
    inside: Counter[str] = Counter()
    line = (0, -1)
    after = 0  # the first match behind the window
    for number, match in enumerate(matched):
        if match[0] > line[1]:
            line = _line(value, match)
        end = max(min(max(line[0], match[0] - _BEFORE) + FRAGMENT_CHARACTERS, line[1]), match[1])
        while after < len(matched) and (matched[after][1] <= end or after == number):
            inside[labels[after]] += 1
            after += 1
        yield _Place(end=end, match=match, word_count=len(inside))
        inside[labels[number]] -= 1
        if not inside[labels[number]]:
            del inside[labels[number]]


def _line(value: str, match: Span) -> Span:
    """The line that a match begins in."""
    end = value.find("\n", match[1])
    return value.rfind("\n", 0, match[0]) + 1, len(value) if end < 0 else end


def _cut(value: str, chosen: Sequence[_Place]) -> list[Span]:
    """The windows of the places, best first, those that touch as one."""
    rank = {place: number for number, place in enumerate(chosen)}
    windows: list[tuple[int, Span]] = []  # with the rank of the best place in it
    for place in sorted(chosen, key=lambda each: each.match):
        shown_until = windows[-1][1][1] if windows else 0
        start, end = _window(value, place.match, shown_until)
        if windows and start <= shown_until:
            best, (first, _) = windows[-1]
            windows[-1] = (min(best, rank[place]), (first, max(shown_until, end)))
        else:
            windows.append((rank[place], (start, end)))
    return [window for _, window in sorted(windows)]


def _window(value: str, first: Span, shown_until: int) -> Span:
    """About FRAGMENT_CHARACTERS beginning shortly before a match, within one line, cut between words.

    Text before `shown_until` is in another window.
    """
    line_start, line_end = _line(value, first)
    earliest = max(line_start, min(shown_until, first[0]))
    start = max(earliest, first[0] - _BEFORE)
    end = min(line_end, max(start + FRAGMENT_CHARACTERS, first[1]))
    if start > earliest:
        start = first_beginning(value, start, first[0])
    if end < line_end:
        end = last_beginning(value, first[1], end)
    return start, end
