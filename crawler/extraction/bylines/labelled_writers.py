"""Writers named only in an attribute: for the page's scripts, or for screen readers."""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.extraction.bylines.byline_lines import may_name
from crawler.extraction.bylines.shown_bylines import MAX_BYLINE_CHARACTERS
from crawler.extraction.page.document import Document
from crawler.extraction.page.tree import outside_story
from crawler.extraction.text import tidy

_READ_ALOUD = "aria-label"
_OPENING = re.compile(
    r"\W*(?:by|written by|author(?: name)?|von|par|por|di|door|av|yazan|autor|autore|auteur|автор|بقلم)\s*:?\s+(?=\S)",
    re.IGNORECASE,
)


def labelled_writers(document: Document) -> list[str]:
    """The writers that attributes name, as at most one text.

    Cards of other stories have such attributes as well: if they differ, only those of boxes around the headline count.
    """
    found = [
        (element, names)
        for element, label, value in document.elements.labelled
        if (names := _names(label, value)) and not outside_story(element)
    ]
    if len({names for _, names in found}) > 1:
        heading = document.elements.first("h1")
        around = set() if heading is None else set(heading.iterancestors())
        found = [each for each in found if each[0] in around]
    return list(dict.fromkeys(names for _, names in found))[:1]


@lru_cache(maxsize=1_000)
def _names(label: str, value: str) -> str:
    """The names in an attribute's value; "" if it says something else."""
    text = tidy(value, limit=MAX_BYLINE_CHARACTERS)
    if label == _READ_ALOUD:
        opening = _OPENING.match(text)
        text = text[opening.end() :] if opening else ""
    return text if " " in text and may_name(text, strict=False) else ""
