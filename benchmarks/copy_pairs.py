"""Labelled pairs of texts made from real ones: copies as newsrooms make them, and other stories that look like copies.

Everything follows from the seed. A positive is one text twice: cut, under another headline and lede, in another
order, edited in every sentence, with paragraphs added, or several of these. A hard negative is two stories: one that
takes over quotations or the background of another, two pages filled into one template, two reports of one event, a
round-up that holds a brief.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.copy_texts import QUOTED, Story, sentences_of, size_of, split, text_of, unsplit, words_in

_CREDITS = (
    ("LONDON (Agency) - ", "Reporting by the agency's bureau; editing by the desk."),
    ("", "With additional material from news agencies."),
    ("(Agency) — ", "Copyright the agency. All rights reserved."),
    ("", "This story is published from a wire feed without changes to the text."),
)


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Two texts, whether one is a copy of the other, and what makes the case."""

    one: str
    other: str
    same: bool
    case: str


class Maker:
    """Makes texts of others; everything it needs of chance comes from one generator."""

    def __init__(self, stories: Sequence[Story], chance: random.Random) -> None:
        self._chance = chance
        self._stories = {language: list(group) for language, group in _by_language(stories).items()}
        self._words = {
            language: sorted({word for story in group for part in story.paragraphs for word in words_in(part)})
            for language, group in self._stories.items()
        }

    def cut(self, story: Story, *, low: float = 0.34, high: float = 0.85) -> list[str]:
        """Its beginning, as a desk cuts it, to between a third and most of the whole."""
        wanted = story.word_count * self._chance.uniform(low, high)
        return _first_words(story.paragraphs, wanted)

    def headed(self, story: Story) -> list[str]:
        """Under another headline, whose words open the text too, and with another first sentence."""
        first, *rest = story.paragraphs
        sentences = sentences_of(first)
        return [self._sentence(story.language), _joined([self._sentence(story.language), *sentences[1:]]), *rest]

    def reordered(self, story: Story) -> list[str]:
        """Its paragraphs in another order; of a text without enough of them, its sentences."""
        parts = list(story.paragraphs)
        if len(parts) < 4:
            parts = [sentence for part in parts for sentence in sentences_of(part)]
        self._chance.shuffle(parts)
        return parts

    def edited(self, story: Story) -> list[str]:
        """As an agency or a subeditor changes it: words in every sentence, some sentences gone, credits around it."""
        rate, dropped = self._chance.uniform(0.02, 0.12), self._chance.uniform(0.0, 0.15)
        made = []
        for part in story.paragraphs:
            kept = [one for one in sentences_of(part) if self._chance.random() >= dropped]
            if kept:
                made.append(_joined([self._changed_words(one, story.language, rate) for one in kept]))
        opening, ending = self._chance.choice(_CREDITS)
        return [opening + (made[0] if made else ""), *made[1:], ending]

    def added(self, story: Story) -> list[str]:
        """With a paragraph or several put in that make it up to two thirds longer."""
        wanted = story.word_count * self._chance.uniform(0.1, 0.67)
        new = _first_words(self.other(story).paragraphs, wanted)
        at = self._chance.randrange(len(story.paragraphs) + 1)
        return [*story.paragraphs[:at], *new, *story.paragraphs[at:]]

    def mixed(self, story: Story) -> list[str]:
        """Cut and edited, or in another order with a paragraph added."""
        if self._chance.random() < 0.5:
            return self.edited(_of(story, self.cut(story, low=0.5)))
        return self.reordered(_of(story, self.added(story)))

    def quoting(self, story: Story) -> list[str]:
        """Another story that takes over this one's quotations, up to three tenths of the shorter one."""
        other = self.other(story)
        quotes = [one for part in story.paragraphs for one in sentences_of(part) if QUOTED.search(one)]
        self._chance.shuffle(quotes)
        share = self._chance.uniform(0.08, 0.3) * min(story.word_count, other.word_count)
        return self._inserted(other, _first_words(quotes, share))

    def sequel(self, story: Story) -> list[str]:
        """The next day's story: news of its own, and this one's last paragraphs as its background."""
        other = self.other(story)
        share = self._chance.uniform(0.1, 0.35) * min(story.word_count, other.word_count)
        background = _first_words(list(reversed(story.paragraphs)), share)
        return [*other.paragraphs, *reversed(background)]

    def templated(self, story: Story) -> tuple[list[str], list[str]]:
        """Two pages filled into one template: every sentence of the frame has other names and figures."""
        rate = self._chance.uniform(0.2, 0.45)
        frame = [one for part in story.paragraphs for one in sentences_of(part)][:25]
        return tuple([self._changed_words(one, story.language, rate) for one in frame] for _ in range(2))  # type: ignore[return-value]

    def retold(self, story: Story) -> list[str]:
        """Another report of the event: its names, figures and some phrases in sentences of other making."""
        other = iter([one for part in self.other(story).paragraphs for one in sentences_of(part)])
        made = []
        for sentence in (one for part in story.paragraphs for one in sentences_of(part)):
            own = next(other, None)
            if own is None:
                break
            words, theirs = split(own), split(sentence)
            start = self._chance.randrange(max(1, len(theirs) - 5))
            at = self._chance.randrange(len(words) + 1)
            words[at:at] = theirs[start : start + self._chance.randint(2, 5)]  # a name with its title, a figure
            made.append(unsplit(words, own))
        return made

    def rounded_up(self, story: Story) -> tuple[list[str], list[str]]:
        """A brief, and a round-up or live blog that holds it among seven other items."""
        brief = _first_words(story.paragraphs, 80)
        items = [_first_words(self.other(story).paragraphs, 80) for _ in range(7)]
        items.insert(self._chance.randrange(8), brief)
        return brief, [part for item in items for part in item]

    def other(self, story: Story) -> Story:
        """Another story in the same language; in any, where there is none."""
        group = [one for one in self._stories[story.language] if one.id != story.id]
        if not group:
            group = [one for stories in self._stories.values() for one in stories if one.id != story.id]
        return self._chance.choice(group)

    def _inserted(self, story: Story, parts: Sequence[str]) -> list[str]:
        made = list(story.paragraphs)
        for part in parts:
            made.insert(self._chance.randrange(len(made) + 1), part)
        return made

    def _sentence(self, language: str) -> str:
        story = self._chance.choice(self._stories[language])
        return self._chance.choice(sentences_of(self._chance.choice(story.paragraphs)))

    def _changed_words(self, sentence: str, language: str, rate: float) -> str:
        made: list[str] = []
        for word in split(sentence):
            if self._chance.random() >= rate:
                made.append(word)
                continue
            match self._chance.randrange(3):
                case 0:
                    made.append(self._chance.choice(self._words[language]))
                case 1:
                    made += [word, self._chance.choice(self._words[language])]
        return unsplit(made, sentence)


COPIES: dict[str, Callable[[Maker, Story], list[str]]] = {
    "cut": Maker.cut,
    "re-headlined": Maker.headed,
    "re-ordered": Maker.reordered,
    "agency-edited": Maker.edited,
    "paragraphs added": Maker.added,
    "several at once": Maker.mixed,
}
OTHERS: dict[str, Callable[[Maker, Story], list[str]]] = {
    "quotations taken over": Maker.quoting,
    "background taken over": Maker.sequel,
    "same event": Maker.retold,
}
PAIRS: dict[str, Callable[[Maker, Story], tuple[list[str], list[str]]]] = {
    "same template": Maker.templated,
    "brief in a round-up": Maker.rounded_up,
}


def labelled_pairs(stories: Sequence[Story], seed: int) -> Iterator[LabelledPair]:
    """For every story a pair of each case."""
    maker = Maker(stories, random.Random(seed))
    for story in stories:
        whole = text_of(story.paragraphs)
        for case, make in COPIES.items():
            yield LabelledPair(whole, text_of(make(maker, story)), True, case)
        for case, make in OTHERS.items():
            yield LabelledPair(whole, text_of(make(maker, story)), False, case)
        for case, make_both in PAIRS.items():
            one, other = make_both(maker, story)
            yield LabelledPair(text_of(one), text_of(other), False, case)
        yield LabelledPair(whole, text_of(maker.other(story).paragraphs), False, "any other story")


def _joined(sentences: Sequence[str]) -> str:
    return " ".join(sentences)


def _of(story: Story, paragraphs: Sequence[str]) -> Story:
    return Story(story.id, story.language, tuple(paragraphs))


def _first_words(paragraphs: Sequence[str], wanted: float) -> list[str]:
    """Whole sentences from the beginning until there are so many words."""
    made: list[str] = []
    count = 0
    for part in paragraphs:
        kept = []
        for sentence in sentences_of(part):
            if count >= wanted:
                break
            kept.append(sentence)
            count += size_of(sentence)
        if kept:
            made.append(_joined(kept))
    return made


def _by_language(stories: Sequence[Story]) -> dict[str, list[Story]]:
    groups: dict[str, list[Story]] = {}
    for story in stories:
        groups.setdefault(story.language, []).append(story)
    return groups
