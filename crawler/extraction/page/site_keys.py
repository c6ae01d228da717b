"""The names of the site that a page belongs to, for comparison."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import permutations

from crawler.extraction.page.document import Document
from crawler.extraction.page.structured import Structured
from crawler.extraction.spellings import spelled_in_addresses
from crawler.extraction.text import joined_key, tidy, word_key
from news.article import Hints

MIN_LABEL = 3  # characters of a part of the host that a name is compared with
MIN_NAME = 6  # of a name in the title that is told by the host
MAX_TITLE_CHARACTERS = 400

_LAST_PART = re.compile(r".*\s[|\-–—·•»:]\s(.+)$", re.DOTALL)


def site_keys(document: Document, structured: Structured, hints: Hints) -> frozenset[str]:
    """The site's names and host, each with its words run together for comparison."""
    names = [hints.site_name or "", *structured.site_names]
    labels = document.host.split(".")
    hosts = [document.host, ".".join(labels[-2:]), *(label for label in labels[:-1] if len(label) > 3)]
    keys = {key for name in (*names, *hosts) for key in ["".join(word_key(name))] if key}
    title = document.elements.first("title")
    stated = tidy(title.text_content(), limit=MAX_TITLE_CHARACTERS) if title is not None else ""
    told = _named_by_title(stated, tuple(labels[:-1]))
    return frozenset(keys | (told - {joined_key(structured.meta("author"))}))  # a writer's blog bears the writer's name


@lru_cache(maxsize=8)  # asked several times for each page
def _named_by_title(title: str, labels: tuple[str, ...]) -> frozenset[str]:
    """The key of the last part of the page's title if it is the host spelt out; a set of one or none.

    "Example Forum" on forum.example.org, "Jornal da Maré" on jornaldamare.com.
    """
    last = _LAST_PART.match(title)
    words = word_key(last[1]) if last else ()
    if len(key := "".join(words)) < MIN_NAME:
        return frozenset()
    parts = [label.replace("-", "") for label in labels if len(label) >= MIN_LABEL and label != "www"]
    hosts = {*parts, *("".join(pair) for pair in permutations(parts, 2))}
    is_host = any("".join(spelt) in hosts for spelt in spelled_in_addresses(words))
    return frozenset({key}) if is_host else frozenset()
