"""Whether the whole story is free to read: what the publisher states, and prompts to pay right after the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from crawler.extraction.page.document import Document
from crawler.extraction.page.jsonld import as_list
from crawler.extraction.page.passages import Passage
from crawler.extraction.page.structured import Structured
from crawler.extraction.page.tree import text_of
from crawler.extraction.paywall_prompts import PAYWALL_PROMPTS
from crawler.extraction.rules import select
from news.article import Block

WITHHELD = "text_withheld"  # the flag of an article whose text ends before a prompt to pay
PASSAGES_BEHIND = 6  # how many passages after the text's last one are searched for a prompt
MAX_PROMPT_CHARACTERS = 250
MAX_TEASER_CHARACTERS = 3_000  # of a story's beginning, where only a prompt says that the rest is paid
MAX_SELECTORS = 10

_PROMPT = re.compile("|".join(PAYWALL_PROMPTS), re.IGNORECASE)
_TIERS = {
    "free": True, "unlocked": True, "metered": False, "locked": False, "premium": False, "paid": False,
    "subscriber": False, "paywall": False,
}  # fmt: skip
_TIER_METAS = ("article:content_tier", "og:article:content_tier", "content_tier", "contenttier", "cxenseparse:paywall")


@dataclass(frozen=True)
class Access:
    """What is known about who may read the story."""

    is_free: bool | None  # None = not known
    origin: str = ""  # where is_free was read
    is_withheld: bool = False  # the page holds only the beginning of the story


def read_access(
    document: Document, structured: Structured, passages: Sequence[Passage], blocks: Sequence[Block]
) -> Access:
    """Whether the story is free to read, and whether its text is cut off on this page."""
    is_prompted = _is_prompted(passages, blocks)
    stated, origin = _stated(structured)
    if stated is None and is_prompted and sum(len(block.text) for block in blocks) <= MAX_TEASER_CHARACTERS:
        stated, origin = False, "prompt"
    return Access(stated, origin, stated is False and (is_prompted or _is_empty(document, structured)))


def _stated(structured: Structured) -> tuple[bool | None, str]:
    """The publisher's claim about the article, else about a part of it, else about its tier; and its origin."""
    for node in (structured.article, *_parts(structured)):
        claim = _truth(node.get("isAccessibleForFree"))
        if claim is not None:
            return claim, "json-ld"
    tier = structured.meta(*_TIER_METAS).strip().lower()
    return _TIERS.get(tier), "meta"


def _truth(value: object) -> bool | None:
    text = str(value).strip().lower().rsplit("/", 1)[-1]
    return {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}.get(text)


def _parts(structured: Structured) -> Iterator[Mapping[str, object]]:
    yield from (part for part in as_list(structured.article.get("hasPart")) if isinstance(part, Mapping))


def _is_empty(document: Document, structured: Structured) -> bool:
    """Whether the parts stated to be paid are on the page but without text."""
    paid = [part for part in _parts(structured) if _truth(part.get("isAccessibleForFree")) is False]
    selectors = [str(each) for part in paid for each in as_list(part.get("cssSelector"))][:MAX_SELECTORS]
    if not selectors:
        return False
    found = [element for selector in selectors for element in select(document.tree, selector)]
    # A selector that matches nothing proves nothing
    return bool(found) and not any(text_of(element, limit=20) for element in found)


def _is_prompted(passages: Sequence[Passage], blocks: Sequence[Block]) -> bool:
    """Whether the text is followed closely by a prompt to pay for the rest."""
    last = next((block.text for block in reversed(blocks) if block.text), None)
    places = [index for index, passage in enumerate(passages) if passage.text == last]
    if not places:
        return False
    behind = passages[places[-1] + 1 : places[-1] + 1 + PASSAGES_BEHIND]
    return any(len(each.text) <= MAX_PROMPT_CHARACTERS and _PROMPT.search(each.text) for each in behind)
