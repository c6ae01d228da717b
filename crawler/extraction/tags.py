"""The publisher's keywords."""

from __future__ import annotations

import re

from crawler.extraction.page.jsonld import as_list, name_of
from crawler.extraction.page.structured import Structured
from crawler.extraction.text import word_key

MAX_TAGS = 50
MAX_TAG_CHARACTERS = 80

# What systems write for themselves: "98be933f-38cf-4fba-b6c6", "contentId: 15", "type_news", "{$category}", "ivw:home".
_TECHNICAL = re.compile(
    r"[0-9a-f]{8}-[0-9a-f-]{9,}|\d{5,}|_.*|[a-z]+(?:_[a-z0-9-]+)+|[a-z]+:[a-z]\w*|(?:[a-z]+[A-Z]\w*|[a-z]+-type|locale):.*"
    r"|(?:Page|Article) Type:.*|NLP .*|[{\[<].*|https?|/.*|://.*"
)
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
            if _is_tag(tag):
                tags.setdefault(word_key(tag), tag)
    return tuple(tags.values())[:MAX_TAGS]


def _is_tag(text: str) -> bool:
    return 0 < len(text) <= MAX_TAG_CHARACTERS and bool(word_key(text)) and not _TECHNICAL.fullmatch(text)
