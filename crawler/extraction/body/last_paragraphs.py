"""The last paragraphs of a story that a page's furniture parts from the rest of it."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.extraction.body.furniture_lines import is_furniture
from crawler.extraction.page.passages import Passage
from crawler.extraction.text import ends_sentence
from crawler.extraction.trees import Column

LAST_CERTAINTY = 0.55  # of such a paragraph, what is enough for story on pages that call themselves no news
MIN_CHARACTERS = 60
MAX_STEPS = 3  # passages behind the story's last one; a choice


def keep_last_paragraphs(passages: Sequence[Passage], certainties: Column, chosen: list[bool]) -> None:
    """Keep sentences just behind the story's end that are built as its paragraphs are and nearly sure enough."""
    last = max((index for index, is_chosen in enumerate(chosen) if is_chosen), default=-1)
    behind = [
        index
        for index in range(last + 1, min(last + 1 + MAX_STEPS, len(passages)))
        if certainties[index] >= LAST_CERTAINTY and _is_sentence(passages[index])
    ]
    if last < 0 or not behind:
        return
    paths = {passages[index].box.path for index, is_chosen in enumerate(chosen) if is_chosen}
    for index in behind:
        chosen[index] = passages[index].box.path in paths


def _is_sentence(passage: Passage) -> bool:
    """Whether a passage is a sentence in plain words: no link, no prompt."""
    text = passage.text
    is_linked = 2 * passage.link_characters > len(text)
    return len(text) >= MIN_CHARACTERS and ends_sentence(text) and not is_linked and not is_furniture(text)
