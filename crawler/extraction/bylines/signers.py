"""Who signs a story outside its byline: at the text's end or beginning, in script data, or in a note below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import dropwhile

from crawler.extraction.bylines.byline_labels import opens_byline, without_opener
from crawler.extraction.bylines.byline_lines import may_name
from crawler.extraction.bylines.mailed_writers import mailed_writer
from crawler.extraction.bylines.own_names import tidy_names
from crawler.extraction.bylines.people import people_of
from crawler.extraction.bylines.writer_notes import noted_writer
from crawler.extraction.found import Found
from crawler.extraction.page.alignment import alignment
from crawler.extraction.page.flight import Flight
from crawler.extraction.page.passages import Passage
from crawler.extraction.text import ends_sentence, word_key
from news.article import Block

MIN_PARAGRAPH_CHARACTERS = 60  # of a story's last paragraph; a choice
MAX_SHORT_PARAGRAPHS = 3  # that may follow it before the signature; a choice
MAX_ADDRESS_CHARACTERS = 400  # of a line about the writer; a choice
_REACHED = re.compile(r"[\w.+-]+@[\w-]+\.\w|\d{3}[-. ]\d{3,4}|(?<!\w)@\w{2,}")
# Whom a writer follows or works with, in many languages; what stands behind is short
_FOLLOWED = re.compile(
    r"\s*\((?:theo|tổng hợp từ|with|after|via|nach|mit|d['’]après|avec|según|con|secondo|segundo|com|volgens|met"
    r"|wg|za|podle|s|po|по|за|според|dari|mengutip|sumber|enligt|ifølge)\s[^()]{2,40}\)$",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"^(?:staff writer|reporter|contact|reach|e-?mail|follow)?\s*(?:staff writer|reporter)?\s*", re.IGNORECASE
)
TOLD_CERTAINTY = 0.7  # of such a byline; a choice: 16 of 18 writers described in a note had written the story


def signed(
    authors: Found[tuple[str, ...]] | None,
    told: Flight,
    signers: tuple[str, ...],
    passages: Sequence[Passage],
    headline: int,
    sites: frozenset[str],
) -> Found[tuple[str, ...]] | None:
    """The byline or, if it names no person, whoever signs the text or its script data or is described in a note.
    `headline` is the index of its passage, -1 if none shows it.
    """
    if authors and people_of(authors.value, None, sites):
        return authors
    noted = noted_writer(passages, headline)
    note = (noted,) if noted else ()
    below = signature_below(passages, headline)
    mailed = mailed_writer(passages, headline)
    found = (
        (signers, "signature"),
        (told.writers, "flight data"),
        (mailed, "address"),
        (note, "note"),
        (below, "signature"),
    )
    for names, origin in found:
        if tidied := tidy_names(list(names), sites):
            return Found(tidied, origin, TOLD_CERTAINTY)
    return authors


def signature_below(passages: Sequence[Passage], headline: int) -> tuple[str, ...]:
    """The person whose name is all of the line right after the story's last paragraph, bold or right-aligned."""
    prose = (index for index, each in enumerate(passages) if index > headline and _is_paragraph(each))
    last = max(prose, default=len(passages))
    behind = passages[last + 1 : last + 1 + MAX_SHORT_PARAGRAPHS]
    for each in dropwhile(lambda one: ends_sentence(one.text) and one.box.path == passages[last].box.path, behind):
        name = without_source(each.text)
        names = (name,)
        is_set_apart = each.bold_characters >= len("".join(name.split())) or alignment(each.box) == "right"
        is_label = each.text[-1] in ":："  # of what follows
        is_alone = each.box.parent is passages[last].box.parent and not each.link_characters and is_set_apart
        if is_alone and not is_label and may_name(name, strict=True) and people_of(names, None, frozenset()) == names:
            return names
        break
    return ()


def _is_paragraph(passage: Passage) -> bool:
    return len(passage.text) >= MIN_PARAGRAPH_CHARACTERS and ends_sentence(passage.text)


def without_source(line: str) -> str:
    """A signature without whom it follows, in brackets: "Trần Văn A (Theo Reuters)", "Jane Doe (with AFP)"."""
    return _FOLLOWED.sub("", line)


def without_writer(blocks: tuple[Block, ...], authors: Found[tuple[str, ...]] | None) -> tuple[Block, ...]:
    """The story without a last line that is only the writer's name or says how to reach the writer."""
    if authors is None or len(blocks) <= 1:
        return blocks
    names = {word_key(name) for name in authors.value}
    line = without_source(blocks[-1].text)
    is_name = word_key(line) in names or (opens_byline(line) and word_key(without_opener(line)) in names)
    return blocks[:-1] if is_name or _tells_address(blocks[-1].text, authors.value) else blocks


def _tells_address(text: str, names: tuple[str, ...]) -> bool:
    """Whether a line says how to reach the writer: "Contact Jane Doe at jdoe@example.com"."""
    if len(text) > MAX_ADDRESS_CHARACTERS or not _REACHED.search(text):
        return False
    opened = _CONTACT.sub("", text).casefold()
    return any(" " in name and opened.startswith(name.casefold()) for name in names)
