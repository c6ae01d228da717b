"""The publisher's keywords."""

from __future__ import annotations

import re

from crawler.extraction.jsonld import as_list, name_of
from crawler.extraction.structured import Structured
from crawler.extraction.text import word_key

MAX_TAGS = 50
MAX_TAG_CHARACTERS = 80

_SEPARATOR = re.compile(r"\s*[,;|]\s*|\s*、\s*")


def read_tags(structured: Structured) -> tuple[str, ...]:
    """Keywords in the publisher's order, each once."""
    stated = [name_of(value) for value in as_list(structured.article.get("keywords"))]
    stated += [value for _, value in structured.all("article:tag", "og:article:tag")]
    if not any(stated):
        stated = [structured.meta("news_keywords", "parsely-tags", "sailthru.tags", "keywords")]
    tags: dict[tuple[str, ...], str] = {}
    for line in stated:
        for tag in _SEPARATOR.split(line):
            if tag and len(tag) <= MAX_TAG_CHARACTERS and word_key(tag):
                tags.setdefault(word_key(tag), tag)
    return tuple(tags.values())[:MAX_TAGS]
