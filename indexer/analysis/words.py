"""How text becomes terms, the same for both engines.

Words by Unicode class, initials ("U.S.") as one word, pairs of characters for scripts without spaces; each word then
becomes a term (normalizing.py). Stop words stay in the index, so that phrases can include them; queries leave them out.
Indexing makes the terms of every article twice, so the most common kinds of text take a path without a Python call per
word.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby, islice, pairwise

from indexer.analysis.languages import UNDETERMINED
from indexer.analysis.normalizing import TERMS
from indexer.analysis.unspaced import SPACELESS, has_unspaced, pair_spans, pairs

MAX_WORD_CHARACTERS = 255  # longer ones are split, as Elasticsearch does

# The basic plane without Han, Hangul, surrogates and private use: three quarters of it, without any marks. Searching
# those as well, and listing each mark separately, cost every process 20 ms more
_WITH_MARKS = (range(0x300, 0x3400), range(0xA66F, 0xAC00), range(0xF900, 0x10000))


def _marks() -> str:
    """Every combining mark of the basic plane, and the joiners, as regular expression ranges."""
    points = [0xAD, 0x200C, 0x200D, *(point for part in _WITH_MARKS for point in part if _is_mark(point))]
    runs = [[point for _, point in run] for _, run in groupby(enumerate(points), lambda placed: placed[1] - placed[0])]
    return "".join(f"\\u{run[0]:04x}-\\u{run[-1]:04x}" for run in runs)


def _is_mark(point: int) -> bool:
    return unicodedata.category(chr(point)) in {"Mn", "Mc"}


_MARKS = _marks()
_ASCII_WORD = re.compile(rf"[0-9A-Za-z]{{1,{MAX_WORD_CHARACTERS}}}")
_SPACED_WORD = re.compile(rf"[\w{_MARKS}]{{1,{MAX_WORD_CHARACTERS}}}")  # for evened text without unspaced scripts
_ANY_WORD = re.compile(
    rf"(?P<spaceless>[{SPACELESS}]+)|(?:(?![{SPACELESS}])[^\W_]|[{_MARKS}]){{1,{MAX_WORD_CHARACTERS}}}"
)
_MAYBE_INITIALS = re.compile(r"\. ?[^\W\d_](?!\w)")  # begins with a literal, so text without it is skipped fast
_INITIALS = re.compile(
    rf"(?<![\w{_MARKS}])(?<!\w\.)[^\W\d_](?:(?:\.[^\W\d_](?![\w{_MARKS}])){{1,20}}|(?:\.\ [A-Z](?=\.)){{1,4}})"
)
_NON_JOINER = re.compile("\u200c(?<=[\u0600-\u06ff]\u200c)")  # in Persian, where others write a space
_APOSTROPHES = (  # those that are letters; each pattern begins with a literal, as above
    re.compile("'(?<=[\u0400-\u04ff]')(?=[\u0400-\u04ff])"),  # in Ukrainian and Belarusian
    re.compile("’(?<=[\u0400-\u04ff]’)(?=[\u0400-\u04ff])"),
    re.compile('"(?<=[א-ת]")(?=[א-ת](?![א-ת]))'),  # in Hebrew acronyms, before the last letter: צה"ל
    re.compile("[״”](?<=[א-ת][״”])(?=[א-ת](?![א-ת]))"),
)
_LETTERS = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{_MARKS}])*")


def terms(text: str, analysis: str) -> tuple[str, ...]:
    """The terms of a text in a language's analysis, in order; neighbours are one position apart."""
    return tuple(filter(None, map(TERMS[analysis].__getitem__, words(text))))


def readings(text: str, analysis: str) -> tuple[str, str]:
    """(terms in the language's analysis, plain terms), each joined by spaces."""
    found = words(text)
    plain = " ".join(filter(None, map(TERMS[UNDETERMINED].__getitem__, found)))
    if analysis == UNDETERMINED:
        return plain, plain
    return " ".join(filter(None, map(TERMS[analysis].__getitem__, found))), plain


def words(text: str) -> list[str]:
    """The words of a text as written, initials without their dots, unspaced scripts as pairs of characters."""
    text = evened(text)
    if initials := _initials(text):
        text = _joined(text, initials)
    if simple := _simple_finder(text):
        return simple.findall(text)
    found: list[str] = []
    for match in _ANY_WORD.finditer(text):
        if match.lastgroup:
            found += pairs(text, *match.span())
        else:
            found.append(match.group())
    return found


def evened(text: str) -> str:
    """The text, at the same length, with spaces for what separates words and U+02BC for apostrophes that are letters.

    >>> evened("пам'ять d'Arc"), evened("re_do"), evened('צה"ל')
    ("памʼять d'Arc", 're do', 'צהʼל')
    """
    text = text.replace("_", " ")
    if not text.isascii():
        text = _NON_JOINER.sub(" ", text)
        for apostrophe in _APOSTROPHES:
            text = apostrophe.sub("\u02bc", text)
    return text


def is_of_letters(word: str) -> bool:
    """Whether a word is only letters, including the marks with which many scripts write vowels.

    >>> is_of_letters("भूकंप"), is_of_letters("F16")
    (True, False)
    """
    return _LETTERS.fullmatch(word) is not None


def places(text: str, numbers: Sequence[int]) -> list[tuple[int, int]]:
    """(start, end) of the words with these numbers, ascending and distinct; text after the last one is not read."""
    text = evened(text)
    simple = _simple_finder(text)
    if simple is None:
        chosen = frozenset(numbers)
        return [span for number, span in enumerate(islice(spans(text), numbers[-1] + 1)) if number in chosen]
    initials = _initials(text)
    dots = _left_out(text, initials)
    matches = simple.finditer(_joined(text, initials))
    skips = (number - before - 1 for before, number in pairwise([-1, *numbers]))
    found = [next(islice(matches, skipped, None)).span() for skipped in skips]
    if not dots:
        return found
    return [(start + bisect_right(dots, start), end + bisect_right(dots, end - 1)) for start, end in found]


def _initials(text: str) -> list[tuple[int, int]]:
    """(start, end) of all initials: only likely places are tried, since their pattern is slow to try everywhere."""
    found: list[tuple[int, int]] = []
    end = 0
    for maybe in _MAYBE_INITIALS.finditer(text):
        start = maybe.start() - 1
        if start >= end and (match := _INITIALS.match(text, start)):
            end = match.end()
            found.append((start, end))
    return found


def _joined(text: str, initials: Sequence[tuple[int, int]]) -> str:
    """The text with the dots of initials removed."""
    pieces, position = [], 0
    for start, end in initials:
        pieces += [text[position:start], text[start : end : _step(text, start)]]
        position = end
    return "".join([*pieces, text[position:]])


def _step(text: str, start: int) -> int:
    """The distance between the initials that begin at `start`: 2 in "J.R.", 3 in "J. R."."""
    return 3 if text[start + 2] == " " else 2


def _left_out(text: str, initials: Sequence[tuple[int, int]]) -> list[int]:
    """The places in the text with joined initials before which a dot or space was left out, ascending."""
    places: list[int] = []
    for start, end in initials:
        step, first = _step(text, start), start - len(places) + 1
        for place in range(first, first + (end - start) // step):
            places += [place] * (step - 1)
    return places


def spans(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each of `words(text)`."""
    position = 0
    text = evened(text)
    for start, end in _initials(text):
        yield from _spans(text, position, start)
        yield start, end
        position = end
    yield from _spans(text, position, len(text))


def _simple_finder(text: str) -> re.Pattern[str] | None:
    """The pattern that finds the words of an evened text without unspaced scripts; None for any other text."""
    if text.isascii():
        return _ASCII_WORD
    return None if has_unspaced(text) else _SPACED_WORD


def _spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _ANY_WORD.finditer(text, start, end):
        if match["spaceless"]:
            yield from pair_spans(text, *match.span())
        else:
            yield match.span()
