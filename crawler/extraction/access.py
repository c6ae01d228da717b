"""Whether everybody may read the whole story: what the publisher states, and prompts to pay right behind the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from crawler.extraction.body.passages import Passage
from crawler.extraction.page.document import Document
from crawler.extraction.page.jsonld import as_list
from crawler.extraction.page.structured import Structured
from crawler.extraction.page.tree import text_of
from crawler.extraction.paywall_prompts import PAYWALL_PROMPTS
from crawler.extraction.rules import select
from news.article import Block

WITHHELD = "text_withheld"  # the flag of an article whose text ends before a prompt to pay
PASSAGES_BEHIND = 6  # the text's last passage in which a prompt is looked for
MAX_PROMPT_CHARACTERS = 250
MAX_TEASER_CHARACTERS = 3_000  # of a story's beginning, where only a prompt says that more is to be paid for
MAX_SELECTORS = 10

_PROMPT = re.compile("|".join(PAYWALL_PROMPTS), re.IGNORECASE)
_TIERS = {
    "free": True, "unlocked": True, "metered": False, "locked": False, "premium": False, "paid": False,
    "subscriber": False, "paywall": False,
}  # fmt: skip
_TIER_METAS = ("article:content_tier", "og:article:content_tier", "content_tier", "contenttier", "cxenseparse:paywall")


@dataclass(frozen=True)
class Access:
    """What is known of who may read the story."""

    is_free: bool | None  # None = nothing says
    is_withheld: bool = False  # the page holds its beginning only


def read_access(
    document: Document, structured: Structured, passages: Sequence[Passage], blocks: Sequence[Block]
) -> Access:
    """Whether everybody may read the story, and whether its text is cut off here."""
    is_prompted = _is_prompted(passages, blocks)
    stated = _stated(structured)
    if stated is None and is_prompted and sum(len(block.text) for block in blocks) <= MAX_TEASER_CHARACTERS:
        stated = False
    return Access(stated, stated is False and (is_prompted or _is_empty(document, structured)))


def _stated(structured: Structured) -> bool | None:
    """The publisher's claim: of the article, else of a part of it, else of its tier."""
    for node in (structured.article, *_parts(structured)):
        claim = _truth(node.get("isAccessibleForFree"))
        if claim is not None:
            return claim
    tier = structured.meta(*_TIER_METAS).strip().lower()
    return _TIERS.get(tier)


def _truth(value: object) -> bool | None:
    text = str(value).strip().lower().rsplit("/", 1)[-1]
    return {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}.get(text)


def _parts(structured: Structured) -> Iterator[Mapping[str, object]]:
    yield from (part for part in as_list(structured.article.get("hasPart")) if isinstance(part, Mapping))


def _is_empty(document: Document, structured: Structured) -> bool:
    """Whether the parts that are stated to be paid for stand on the page without text."""
    paid = [part for part in _parts(structured) if _truth(part.get("isAccessibleForFree")) is False]
    selectors = [str(each) for part in paid for each in as_list(part.get("cssSelector"))][:MAX_SELECTORS]
    if not selectors:
        return False
    found = [element for selector in selectors for element in select(document.tree, selector)]
    return bool(found) and not any(text_of(element, limit=20) for element in found)  # a wrong selector says nothing


def _is_prompted(passages: Sequence[Passage], blocks: Sequence[Block]) -> bool:
    """Whether a prompt to pay for the rest stands right behind the text."""
    last = next((block.text for block in reversed(blocks) if block.text), None)
    places = [index for index, passage in enumerate(passages) if passage.text == last]
    if not places:
        return False
    behind = passages[places[-1] + 1 : places[-1] + 1 + PASSAGES_BEHIND]
    return any(len(each.text) <= MAX_PROMPT_CHARACTERS and _PROMPT.search(each.text) for each in behind)
