"""Real texts for the pairs of copy_pairs.py, and how they are taken apart and put together."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

SETS = ("fundus", "wcxb")
MIN_WORDS = 120
MAX_NEWSWIRE = 400  # stories of the load corpus that take part
_SENTENCE = re.compile(r"(?<=[.!?。！？])\s+|(?<=[。！？])")
QUOTED = re.compile('["“”„«»「]')
_SPACELESS = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Story:
    """A real text."""

    id: str
    language: str
    paragraphs: tuple[str, ...]

    @property
    def word_count(self) -> int:
        return sum(map(size_of, self.paragraphs))


def stories_of(corpora: Path) -> list[Story]:
    """The true bodies of the extraction corpus and longer stories of the newswire, in a fixed order."""
    found = [story for name in SETS for story in _pages(corpora / "extraction" / name)]
    return found + list(_newswire(corpora / "news" / "reuters21578.jsonl.gz"))


def halves(stories: Sequence[Story]) -> tuple[list[Story], list[Story]]:
    """One part to choose limits on and one to report: every second story, so that both hold every language and set."""
    return list(stories[::2]), list(stories[1::2])


def _pages(folder: Path) -> Iterator[Story]:
    for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        parts = tuple(part for part in row["paragraphs"] or () if part.strip())
        story = Story(row["id"], str(row.get("country") or "en"), parts)
        if story.word_count >= MIN_WORDS:
            yield story


def _newswire(path: Path) -> Iterator[Story]:
    count = 0
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % 7 or count == MAX_NEWSWIRE:  # its days hold many updates of one story
                continue
            row = json.loads(line)
            parts = tuple(" ".join(part.split()) for part in row.get("text", "").split("\n\n") if part.strip())
            story = Story(row["id"], "wire", parts)
            if story.word_count >= MIN_WORDS:
                count += 1
                yield story


def text_of(paragraphs: Sequence[str]) -> str:
    return "\n\n".join(paragraphs)


def sentences_of(text: str) -> list[str]:
    return [one for one in _SENTENCE.split(text) if one.strip()] or [text]


def size_of(text: str) -> int:
    """Words, or half the characters where a script has no spaces."""
    return len(_SPACELESS.findall(text)) // 2 + len(text.split())


def split(text: str) -> list[str]:
    return list(text) if len(_SPACELESS.findall(text)) * 2 > len(text) else text.split()


def unsplit(words: Sequence[str], like: str) -> str:
    return ("" if len(_SPACELESS.findall(like)) * 2 > len(like) else " ").join(words)


def words_in(text: str) -> list[str]:
    return [word for word in split(text) if not QUOTED.search(word)]
