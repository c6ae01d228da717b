"""Who signs a story elsewhere than in its byline: at the text's end or beginning, in script data, in a note below."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.extraction.body.passages import Passage
from crawler.extraction.bylines.names import tidy_names
from crawler.extraction.bylines.people import people_of
from crawler.extraction.bylines.writer_notes import noted_writer
from crawler.extraction.found import Found
from crawler.extraction.page.flight import Flight
from crawler.extraction.text import word_key
from news.article import Block

TOLD_CERTAINTY = 0.7  # of such a byline, a choice: where a note tells of a writer, 16 of 18 wrote the story


def signed(
    authors: Found[tuple[str, ...]] | None,
    told: Flight,
    signers: tuple[str, ...],
    passages: Sequence[Passage],
    headline: int,
    sites: frozenset[str],
) -> Found[tuple[str, ...]] | None:
    """The byline; where it names no person, who signs the text or the script data it was read from, or is noted.

    `headline` is the index of its passage, -1 where none shows it.
    """
    if authors and people_of(authors.value, None, sites):
        return authors
    noted = noted_writer(passages, headline)
    note = (noted,) if noted else ()
    for names, origin in ((signers, "signature"), (told.writers, "flight data"), (note, "note")):
        if tidied := tidy_names(list(names), sites):
            return Found(tidied, origin, TOLD_CERTAINTY)
    return authors


def without_writer(blocks: tuple[Block, ...], authors: Found[tuple[str, ...]] | None) -> tuple[Block, ...]:
    """The story without a last line that is the writer's name and nothing else."""
    if authors is None or len(blocks) <= 1:
        return blocks
    return blocks[:-1] if word_key(blocks[-1].text) in {word_key(name) for name in authors.value} else blocks
