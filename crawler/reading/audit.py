"""Figures of a page as it was read, for the audit of its source."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from crawler.extraction.body.boilerplate import Noticed
from crawler.extraction.page.passages import Box, Passage
from crawler.extraction.text import word_key
from crawler.reading import comparing
from news.article import Article, Hints, NotArticle
from news.seen_pages import block_digest
from news.signs import Figures

STORY_SHARE = 0.8  # of the body's characters, held by the box around the story
FOREIGN_ORIGIN = "hint"  # a value from the feed entry, not from the page
MAX_TEMPLATE_CHARACTERS = 200

# UTF-8 read as a one-byte encoding, and the mark of bytes that are no text at all
_BROKEN = re.compile(
    "\ufffd|\u00c3[\u0080-\u00bf\u2013-\u203a\u0152-\u0178\u20ac]|\u00e2\u20ac|\u00c2[\u00a0-\u00bf]"
    "|[\u00d0\u00d1][\u0080-\u00bf\u2013-\u203a\u0402-\u0453]|[\u00d8\u00d9][\u0080-\u00bf\u0152-\u0178\u2013-\u203a]"
)
# Each of these marks begins with one of them; most texts contain none
_BROKEN_STARTS = re.compile("[\ufffd\u00c2\u00c3\u00d0\u00d1\u00d8\u00d9\u00e2]")
# Markup and references to characters that are shown instead of what they stand for
_SHOWN_MARKUP = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,5}|#x[0-9a-fA-F]{2,4});|</?[a-zA-Z]{1,10}(?:\s[^<>]{0,200})?/?>")
_NUMBER = re.compile(r"\d+")


def figures_of(extraction: Article | NotArticle, noticed: Noticed | None, hints: Hints) -> Figures:
    """Measure a page; `noticed` is what extraction worked on, `hints` what was known before."""
    if isinstance(extraction, NotArticle) or noticed is None:
        reason = extraction.reason.value if isinstance(extraction, NotArticle) else "unknown"
        return Figures(reason=reason, section=hints.section)
    text = extraction.text
    words = Counter(word_key(text))
    sentences = comparing.long_sentences(text)
    candidates = sum(len(block.text) for block in noticed.blocks)
    top, around = _around_story(noticed.passages, {block.text for block in noticed.blocks})
    found = Figures(
        section=hints.section or extraction.section,
        has_author=bool(extraction.authors),
        is_own_author=comparing.is_own_author(extraction, hints),
        language=extraction.language,
        body_characters=len(text),
        sentences=comparing.longest(sentences),
        doubled_share=comparing.doubled_share(sentences),
        topic_share=comparing.topic_share(extraction.title, words),
        teaser_share=_teaser_share(words, noticed.facts.descriptions),
        stated_share=_stated_share(extraction, noticed.facts.stated_body),
        left_share=comparing.left_share(noticed.passages, text),
        line_share=comparing.line_share(extraction),
        link_share=_link_share(around),
        boilerplate_share=max(0.0, 1 - len(text) / candidates) if candidates else 0.0,
        broken_share=_broken_marks(text) / max(1, words.total()),
        template=(top or extraction.evidence.get("blocks", ""))[:MAX_TEMPLATE_CHARACTERS],
    )
    return _with_date(_with_title(found, extraction, hints), extraction, hints)


def _with_title(found: Figures, article: Article, hints: Hints) -> Figures:
    title = _title(article)
    share = comparing.title_share(article.title, hints.title) if title is not None else None
    return replace(found, title=title, title_share=share)


def _with_date(found: Figures, article: Article, hints: Hints) -> Figures:
    if article.published_at is None or not _is_own_date(article):
        return replace(found, has_date=False)
    return replace(
        found,
        moment=int(article.published_at.timestamp() // 60),
        is_day_only=article.published_day_only,
        days_off=comparing.days_off(article.published_at, article.url, hints),
    )


def _broken_marks(text: str) -> int:
    broken = len(_BROKEN.findall(text)) if not text.isascii() and _BROKEN_STARTS.search(text) else 0
    return broken + (len(_SHOWN_MARKUP.findall(text)) if "&" in text or "<" in text else 0)


def _is_own_date(article: Article) -> bool:
    """Whether the page itself says when its story was published; if it does not, the date may be a guess."""
    return article.evidence.get("published_at") != FOREIGN_ORIGIN and "published_guessed" not in article.flags


def _title(article: Article) -> int | None:
    """The digest of the headline that the page itself shows."""
    if "title_missing" in article.flags or article.evidence.get("title") == FOREIGN_ORIGIN:
        return None
    if article.site_name and word_key(article.title) == word_key(article.site_name):
        return None
    return block_digest(article.title.ljust(20, "_"))  # short headlines count too


def _teaser_share(words: Counter[str], descriptions: Sequence[tuple[str, ...]]) -> float:
    total = words.total()
    return max(((words & Counter(each)).total() / total for each in descriptions), default=0.0) if total else 0.0


def _stated_share(article: Article, stated: str) -> float | None:
    """The share, by characters, of a body stated as data that is in the blocks that were read."""
    if not stated:
        return None
    found = sum(len(key) for block in article.blocks if (key := "".join(word_key(block.text))) and key in stated)
    return min(1.0, found / len(stated))


def _around_story(passages: Sequence[Passage], story: set[str]) -> tuple[str, list[Passage]]:
    """The place of most of the story, and all passages in the smallest box around it."""
    by_box: Counter[Box] = Counter()
    for passage in passages:
        if passage.text in story:
            by_box[passage.box] += len(passage.text)
    sizes: Counter[str] = Counter()
    held: Counter[int] = Counter()
    for inner, size in by_box.items():
        sizes[_NUMBER.sub("", inner.path)] += size
        for box in _boxes(inner):
            held[box.number] += size
    if not sizes:
        return "", []
    # Boxes are numbered from the outside in: the last one that holds enough is the smallest
    around = max(number for number, size in held.items() if size >= STORY_SHARE * sizes.total())
    top, _ = sizes.most_common(1)[0]
    inside = {0: around == 0, around: True}
    return top, [each for each in passages if each.box.number >= around and _is_inside(each.box, inside)]


def _boxes(box: Box | None) -> Iterator[Box]:
    while box is not None:
        yield box
        box = box.parent


def _is_inside(box: Box, inside: dict[int, bool]) -> bool:
    """Whether a box is the one around the story or within it; `inside` caches the answers."""
    if box.number in inside:
        return inside[box.number]
    way = []
    for each in _boxes(box):
        if each.number in inside:
            break
        way.append(each.number)
    found = inside.get(each.number, False)
    inside.update(dict.fromkeys(way, found))
    return found


def _link_share(passages: Sequence[Passage]) -> float:
    size = sum(len(passage.text) for passage in passages)
    return sum(passage.link_characters for passage in passages) / size if size else 0.0
