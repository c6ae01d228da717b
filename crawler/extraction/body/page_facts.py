"""What a page states about its story, and the passage that shows its headline."""

from __future__ import annotations

from crawler.extraction.body.wording import PageFacts, first_word
from crawler.extraction.page.jsonld import is_article, types
from crawler.extraction.page.passages import Passage
from crawler.extraction.page.structured import Structured
from crawler.extraction.text import joined_key, plain, word_key

MAX_STATED_CHARACTERS = 200_000  # of a stated body in which passages are looked up
_NEWS_TYPES = frozenset({"Report", "LiveBlogPosting"})


def page_facts(structured: Structured, title: str) -> PageFacts:
    """What a page states about itself, in the form in which passages are compared with it."""
    descriptions = (
        structured.field("description"), structured.meta("og:description"), structured.meta("description"),
        structured.meta("twitter:description"), structured.field("alternativeHeadline"),
    )  # fmt: skip
    raw = structured.article.get("articleBody")
    kinds = types(structured.article)
    return PageFacts(
        title=word_key(title),
        descriptions=tuple(dict.fromkeys(word_key(text) for text in descriptions if text)),
        stated_body=joined_key(plain(raw, limit=MAX_STATED_CHARACTERS)) if isinstance(raw, str) else "",
        is_news=any("News" in kind or kind in _NEWS_TYPES for kind in kinds),
        is_declared=is_article(structured.article) or structured.meta("og:type").lower() == "article",
    )


def headline_index(passages: list[Passage], title: tuple[str, ...]) -> int:
    """The index of the passage that shows the headline, or -1 if none does."""
    titled = [index for index, passage in enumerate(passages) if title and _is_title(passage.text[:1_000], title)]
    headings = [index for index, passage in enumerate(passages) if passage.box.tag == "h1"]
    both = [index for index in titled if passages[index].box.tag == "h1"]
    return next((found[0] for found in (both, titled, headings) if found), -1)


def _is_title(text: str, title: tuple[str, ...]) -> bool:
    if (first := first_word(text)) is not None:  # cached for nearly all passages, since judging them needs it too
        can_be = first == title[0]
    else:
        can_be = not text.isascii() or title[0] in text.lower()  # takes a tenth of the time of word_key
    return can_be and word_key(text) == title
