"""The publisher's keywords for a story, without those that a site states on every page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from crawler.extraction.found import Found
from crawler.extraction.page.document import Document
from crawler.extraction.page.jsonld import as_list, name_of
from crawler.extraction.page.passages import Passage
from crawler.extraction.page.structured import Structured
from crawler.extraction.shown_tags import marked_tags, shown_tags
from crawler.extraction.text import word_key
from news.words import SPACELESS

MAX_TAGS = 50
MAX_TAG_CHARACTERS = 80
MIN_UNPARTED_WORDS = 5  # of a single keyword that is really a list separated by spaces
MIN_SITE_KEYWORDS = 5  # fewer say too little about whether they are the site's
MIN_TOLD_SHARE = 0.2  # of a story's keywords that occur in it: docs/benchmarks.md
LONG_LIST = 20  # keywords; of a longer list, more must occur in the story
MIN_TOLD_SHARE_OF_LONG = 0.5

# Systems' internal values: "98be933f-38cf-4fba-b6c6", "contentId: 15", "type_news", "{$category}", "ivw:home".
_TECHNICAL = re.compile(
    r"[0-9a-f]{8}-[0-9a-f-]{9,}|\d{5,}|_.*|[a-z]+(?:_[a-z0-9-]+)+|[a-z]+:[a-z]\w*|(?:[a-z]+[A-Z]\w*|[a-z]+-type|locale):.*"
    r"|(?:Page|Article) Type:.*|NLP .*|[{\[<].*|https?|/.*|://.*"
)
# Default categories, for when an editor chose none; case-folded.
_UNFILED = frozenset(
    {
        "uncategorized", "uncategorised", "non classé", "sin categoría", "sin categoria", "sin clasificar",
        "sem categoria", "senza categoria", "geen categorie", "niet gecategoriseerd", "unkategorisiert",
        "nicht kategorisiert", "kategorisiz", "bez kategorii", "bez kategorije", "nekategorizirano", "nezařazené",
        "nezaradené", "fără categorie", "egyéb kategória", "okategoriserade", "okategoriserat",
        "ikke kategoriseret", "ukategorisert", "ukategoriseret", "luokittelematon", "без рубрики", "без категории",
        "без категорії", "некатегоризирани", "χωρίς κατηγορία", "غير مصنف", "دسته‌بندی نشده", "未分类", "未分類",
        "미분류", "chưa phân loại", "tak berkategori",
    }
)  # fmt: skip
_UNSPACED = re.compile(f"[{SPACELESS}]")
_SEPARATOR = re.compile(r"\s*[,;|]\s*|\s*、\s*")
_HASHES = re.compile(r"(?:^|\s+)#(?=\w)")


def read_tags(
    document: Document, structured: Structured, passages: Sequence[Passage], headline: int, story: Sequence[str]
) -> Found[tuple[str, ...]] | None:
    """The distinct keywords in the publisher's order; None where there are none.

    What is stated or marked as the article's is preferred to a list that is shown, and that to the page's keywords.
    `story` is the headline and the blocks' texts, `headline` its index among the passages.
    """
    stated = [name_of(value) for value in as_list(structured.article.get("keywords"))]
    stated += [value for _, value in structured.all("article:tag", "og:article:tag")]
    readings: tuple[tuple[str, Callable[[], tuple[str, ...]]], ...] = (
        ("stated tags", lambda: _tags(stated)),
        ("rel=tag", lambda: _tags(marked_tags(document))),
        ("news_keywords", lambda: _tags([structured.meta("news_keywords", "parsely-tags")])),
        ("shown list", lambda: _of_story(_tags(shown_tags(passages, headline)), story)),
        ("keywords", lambda: _of_story(_keywords(structured, story[0] if story else ""), story)),
    )
    return next((Found(tags[:MAX_TAGS], origin) for origin, read in readings if (tags := read())), None)


def _keywords(structured: Structured, title: str) -> tuple[str, ...]:
    """The page's keywords, even if only spaces separate them; none if they are just the headline."""
    tags = _tags([structured.meta("sailthru.tags", "keywords")])
    if len(tags) != 1 or len(tags[0].split()) < MIN_UNPARTED_WORDS:
        return tags
    if len(parts := _HASHES.split(tags[0])) > 2:  # more than the text before the first hash and one tag
        return _tags(parts)
    return () if word_key(tags[0]) == word_key(title) else _tags(tags[0].split())


def _tags(lines: Iterable[str]) -> tuple[str, ...]:
    tags: dict[tuple[str, ...], str] = {}
    for line in lines:
        for tag in _SEPARATOR.split(line):
            if _is_tag(tag):
                tags.setdefault(word_key(tag), tag)
    return tuple(tags.values())


def _is_tag(text: str) -> bool:
    if not 0 < len(text) <= MAX_TAG_CHARACTERS or text.casefold() in _UNFILED:
        return False
    return bool(word_key(text)) and not _TECHNICAL.fullmatch(text)


def _of_story(keywords: tuple[str, ...], story: Sequence[str]) -> tuple[str, ...]:
    """The keywords, or none if so few occur in the story that the list must be the site's, the same on every page."""
    if len(keywords) < MIN_SITE_KEYWORDS:
        return keywords
    text = f" {' '.join(word for line in story for word in word_key(line))}"
    told = sum(_is_told(" ".join(word_key(keyword)), text) for keyword in keywords)
    least = MIN_TOLD_SHARE if len(keywords) <= LONG_LIST else MIN_TOLD_SHARE_OF_LONG
    return keywords if told >= least * len(keywords) else ()


def _is_told(keyword: str, text: str) -> bool:
    """Whether a keyword occurs at the start of a word of a text, or anywhere in a script without spaces."""
    return f" {keyword}" in text or (bool(_UNSPACED.search(keyword)) and keyword in text)
