"""The affixes that indexer/analysis/endings.py takes off words, from lists of words with their lemmas.

    python -m benchmarks.train_endings LANGUAGE… [--words N]

Needs simplemma (lemmas) and wordfreq (how often words are written): `make training`. What is taken off is chosen one by
one, whatever raises F most: how many pairs of a lemma's forms share a stem (recall), and how much of what shares a
word's stem is of its lemma (precision), words weighted by the square root of how often they are written. Each half of
the lemmas chooses by itself and is judged by the other: what is printed first. The table has the affixes that either
chose, and what both chose of how stems end.
"""

from __future__ import annotations

import argparse
import heapq
import math
import unicodedata
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from benchmarks.needed import needed
from indexer.analysis.endings import LEAST_LETTERS, Affixes, bare
from indexer.analysis.normalizing import with_equal_letters

Words = Mapping[str, tuple[str, float]]  # a word with equal letters -> its lemma and weight
Choice = tuple[str, str, str]  # where, what, and what comes in its place

GRAMMAR_WORDS = 200  # the commonest, which queries leave out
LEAST_GAIN = 2e-4  # of F, for an affix to be chosen
LEAST_WORDS = 8  # that have it
LONGEST = {"prefix": 4, "suffix": 6}  # letters
BETA = 0.8  # precision counts a little more than recall
LEXICONS = {"hr": "hbs"}  # simplemma's name of the language
LISTS = {"hr": "sh"}  # wordfreq's
PREFIXED = frozenset({"he", "id"})
CLITICS = "ה ו ב ל מ כ ש וה שה מה כש וב ול ומ וש שב של בה לה כשה שמ"  # Hebrew's, of one word with what follows


def main() -> None:
    """Print the table of each language with how well each half did on the other's lemmas."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("languages", nargs="+")
    parser.add_argument("--words", type=int, default=20_000, help="of each half, the commonest")
    arguments = parser.parse_args()
    for language in arguments.languages:
        words = lexicon(language)
        halves = [{word: one for word, one in words.items() if _half(one[0]) == half} for half in (0, 1)]
        chosen = [
            Learner(_first(half, arguments.words), has_prefixes=language in PREFIXED).affixes() for half in halves
        ]
        judged = [Score(half, affixes) for half, affixes in zip(reversed(halves), chosen, strict=True)]
        table = _common(*chosen)
        print(language, *judged, "all", Score(words, table), Score(words, Affixes()), sep=" | ")
        print(f"    {table!r}", flush=True)


def lexicon(language: str) -> Words:
    """The words of a language that have a lemma, the commonest first, without the words of its grammar."""
    dictionaries = needed("simplemma.strategies.dictionaries.dictionary_factory").DefaultDictionaryFactory
    lemmas = dictionaries(cache_max_size=1).get_dictionary(LEXICONS.get(language, language))
    often = needed("wordfreq").get_frequency_dict(LISTS.get(language, language))
    return words_of(language, lemmas, often)


def words_of(language: str, lemmas: Mapping[str, str], often: Mapping[str, float]) -> Words:
    """The words of a list that have a lemma, the commonest first, without the words of its grammar."""
    weights: dict[tuple[str, str], float] = defaultdict(float)
    for word in sorted(often, key=lambda each: -often[each]):
        if len(word) < 3 or not all(unicodedata.category(letter)[0] in "LM" for letter in word):
            continue
        lemma = lemmas.get(word) or (_behind_clitic(word, lemmas, often) if language == "he" else None)
        if lemma:
            weights[with_equal_letters(word, language), lemma.lower()] += math.sqrt(often[word])
    words: dict[str, tuple[str, float]] = {}
    for word, lemma in list(weights)[GRAMMAR_WORDS:]:
        words.setdefault(word, (lemma, weights[word, lemma]))
    return words


def _behind_clitic(word: str, lemmas: Mapping[str, str], often: Mapping[str, float]) -> str | None:
    for clitic in CLITICS.split():
        rest = word.removeprefix(clitic)
        if rest != word and len(rest) >= 3 and lemmas.get(rest) and often.get(rest, 0) >= 0.2 * often[word]:
            return lemmas[rest]
    return None


class Score:
    """Recall and precision of stems, kept up while words change theirs."""

    def __init__(self, words: Words, affixes: Affixes) -> None:
        self._words = words
        self._of_lemma: dict[str, float] = defaultdict(float)
        self._of_both: dict[tuple[str, str], float] = defaultdict(float)
        self._of_stem: dict[str, float] = defaultdict(float)
        self._squares: dict[str, float] = defaultdict(float)  # of what each lemma has of a stem
        self._together = self._alike = self._alone = 0.0
        alone: dict[str, float] = defaultdict(float)
        for lemma, weight in words.values():
            self._of_lemma[lemma] += weight
            alone[lemma] += weight * weight
        self._alone = sum(square / self._of_lemma[lemma] for lemma, square in alone.items())
        self._total = sum(self._of_lemma.values())
        self.stems = {word: bare(word, affixes) for word in words}
        for word, stem in self.stems.items():
            self._put(word, stem, 1)

    def __str__(self) -> str:
        return f"recall {self.recall:.3f} precision {self.precision:.3f}"

    @property
    def recall(self) -> float:
        return (self._together - self._alone) / max(self._total - self._alone, 1e-9)

    @property
    def precision(self) -> float:
        return self._alike / self._total

    @property
    def f(self) -> float:
        either = BETA * BETA * self.precision + self.recall
        return (1 + BETA * BETA) * self.precision * self.recall / either if self.recall > 0 else 0.0

    def change(self, stems: Mapping[str, str]) -> None:
        """Give words other stems."""
        for word in stems:
            self._put(word, self.stems[word], -1)
        for word, stem in stems.items():
            self._put(word, stem, 1)
            self.stems[word] = stem

    def with_change(self, stems: Mapping[str, str]) -> float:
        """What F would be."""
        before = {word: self.stems[word] for word in stems}
        self.change(stems)
        found = self.f
        self.change(before)
        return found

    def _put(self, word: str, stem: str, sign: int) -> None:
        lemma, weight = self._words[word]
        had = self._of_both[stem, lemma]
        has = self._of_both[stem, lemma] = had + sign * weight
        self._together += (has * has - had * had) / self._of_lemma[lemma]
        if self._of_stem[stem] > 1e-12:
            self._alike -= self._squares[stem] / self._of_stem[stem]
        self._squares[stem] += has * has - had * had
        self._of_stem[stem] += sign * weight
        if self._of_stem[stem] > 1e-12:
            self._alike += self._squares[stem] / self._of_stem[stem]


class Learner:
    """Chooses affixes for some words."""

    def __init__(self, words: Words, *, has_prefixes: bool) -> None:
        self._words = words
        self._has_prefixes = has_prefixes
        self._chosen: set[Choice] = set()
        self._score = Score(words, Affixes())

    def affixes(self) -> Affixes:
        """What is taken off."""
        for _ in range(2):  # what was chosen first may be better left out, and others then come in
            self._choose(_affixed(self._words, "suffix"))
            if self._has_prefixes:
                self._choose(_affixed(self._words, "prefix"))
            self._leave_out()
        self._choose(self._tails())
        return _made(self._chosen)

    def _choose(self, having: Mapping[Choice, list[str]]) -> None:
        """One after the other, the best first; what is no longer best is looked at again later."""
        waiting = [(-math.inf, choice) for choice in having if choice not in self._chosen]
        heapq.heapify(waiting)
        while waiting:
            _, choice = heapq.heappop(waiting)
            stems = self._changed({*self._chosen, choice}, having[choice])
            gain = self._score.with_change(stems) - self._score.f
            if gain < LEAST_GAIN:
                continue
            if waiting and -gain > waiting[0][0]:
                heapq.heappush(waiting, (-gain, choice))
                continue
            self._chosen.add(choice)
            self._score.change(stems)

    def _leave_out(self) -> None:
        for choice in sorted(self._chosen):
            stems = self._changed(self._chosen - {choice}, self._words)
            if self._score.with_change(stems) >= self._score.f - LEAST_GAIN / 2:
                self._chosen.remove(choice)
                self._score.change(stems)

    def _tails(self) -> dict[Choice, list[str]]:
        """How two stems of one lemma end."""
        ends: dict[Choice, float] = defaultdict(float)
        of_lemma: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        having: dict[str, list[str]] = defaultdict(list)
        for word, stem in self._score.stems.items():
            of_lemma[self._words[word][0]][stem] += self._words[word][1]
            for length in (1, 2, 3):
                having[stem[-length:]].append(word)
        for stems in of_lemma.values():
            total = sum(stems.values())
            for one, other in ((one, other) for one in stems for other in stems if one != other):
                for choice in dict.fromkeys(_ends(one, other)):
                    ends[choice] += stems[one] * stems[other] / total
        return {choice: having[choice[1]] for choice in sorted(ends, key=lambda each: -ends[each])[:150]}

    def _changed(self, chosen: Iterable[Choice], words: Iterable[str]) -> dict[str, str]:
        affixes = _made(chosen)
        stems = self._score.stems
        return {word: stem for word in words if (stem := bare(word, affixes)) != stems[word]}


def _affixed(words: Iterable[str], where: str) -> dict[Choice, list[str]]:
    having: dict[Choice, list[str]] = defaultdict(list)
    for word in words:
        for length in range(1, min(LONGEST[where], len(word) - LEAST_LETTERS) + 1):
            part = word[:length] if where == "prefix" else word[-length:]
            having[where, part, ""].append(word)
    return {choice: found for choice, found in having.items() if len(found) >= LEAST_WORDS}


def _ends(one: str, other: str) -> Iterator[Choice]:
    same = next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    for place in (same, same - 1):
        if place >= 2 and 1 <= len(one) - place <= 3 and len(other) - place <= 2:
            yield "tail", one[place:], other[place:]


def _made(chosen: Iterable[Choice]) -> Affixes:
    by_place: dict[str, dict[str, str]] = {"prefix": {}, "suffix": {}, "tail": {}}
    for where, part, other in sorted(chosen):
        by_place[where][part] = other
    return Affixes(
        prefixes=frozenset(by_place["prefix"]), suffixes=frozenset(by_place["suffix"]), tails=by_place["tail"]
    )


def _common(one: Affixes, other: Affixes) -> Affixes:
    return Affixes(
        prefixes=frozenset(one.prefixes) | frozenset(other.prefixes),
        suffixes=frozenset(one.suffixes) | frozenset(other.suffixes),
        tails={tail: end for tail, end in one.tails.items() if other.tails.get(tail) == end},
    )


def _first(words: Words, count: int) -> Words:
    return dict(list(words.items())[:count])


def _half(lemma: str) -> int:
    return zlib.crc32(lemma.encode()) % 2


if __name__ == "__main__":
    main()
