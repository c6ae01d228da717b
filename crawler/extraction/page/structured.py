"""What a page states about itself for machines: JSON-LD, OpenGraph and meta tags."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from crawler.extraction.page.document import Document
from crawler.extraction.page.jsonld import Node, article_node, as_list, is_offer, name_of, nodes
from crawler.extraction.text import plain, word_key

MAX_META_TAGS = 500
_MAX_HEADINGS = 10
_OFFER_TYPES = frozenset(
    {"product", "product.item", "og:product", "product.group", "business.business", "hotel", "restaurant"}
)


@dataclass(frozen=True)
class Structured:
    """The statements of one page."""

    nodes: tuple[Node, ...] = ()  # every JSON-LD node
    article: Node = field(default_factory=dict)  # the one about this page's article; empty if there is none
    metas: dict[str, tuple[str, ...]] = field(default_factory=dict)  # lower-case name or property -> contents

    def meta(self, *names: str) -> str:
        """The first non-empty content under these names, in their order; "" if there is none."""
        return next((value for name in names for value in self.metas.get(name, ()) if value), "")

    def all(self, *names: str) -> list[tuple[str, str]]:
        """The (name, content) pairs under these names."""
        return [(name, value) for name in names for value in self.metas.get(name, ())]

    def field(self, *keys: str) -> str:
        """The first plain value of the article node under these keys; "" if it has none."""
        return next((value for key in keys for value in [_plain_first(self.article.get(key))] if value), "")

    @cached_property
    def site_names(self) -> tuple[str, ...]:
        """The page's names for its site, most explicit first."""
        stated = [value for _, value in self.all("og:site_name", "application-name", "apple-mobile-web-app-title")]
        stated.append(name_of(self.article.get("publisher")))
        for node in self.nodes:
            kinds = {str(kind) for kind in as_list(node.get("@type"))}
            if kinds & {"WebSite", "NewsMediaOrganization", "Organization", "Newspaper"}:
                stated += [name_of(node), *(plain(name) for name in as_list(node.get("alternateName")))]
        stated += [
            value.lstrip("@") for _, value in self.all("twitter:site", "al:ios:app_name", "publisher", "dc.publisher")
        ]
        return tuple(dict.fromkeys(name for name in stated if name and len(name) <= 80 and "://" not in name))


def offers(structured: Structured) -> bool:
    """Whether a page is of something to buy, hire, visit or apply for: it has no writer and no day but those stated."""
    return not structured.article and (
        structured.meta("og:type").lower() in _OFFER_TYPES or any(map(is_offer, structured.nodes))
    )


def read_structured(document: Document) -> Structured:
    """Read all statements of a page."""
    found = nodes(document.elements.tagged("script"))
    return Structured(
        nodes=tuple(found),
        article=article_node(found, _shown_headlines(document)) or {},
        metas=_metas(document),
    )


def _metas(document: Document) -> dict[str, tuple[str, ...]]:
    metas: dict[str, list[str]] = {}
    for count, element in enumerate(document.elements.tagged("meta")):
        if count >= MAX_META_TAGS:
            break
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = plain(element.get("content"))
        if name and content:
            metas.setdefault(name.strip().lower(), []).append(content)
    return {name: tuple(dict.fromkeys(values)) for name, values in metas.items()}


def _shown_headlines(document: Document) -> set[tuple[str, ...]]:
    headings = document.elements.tagged("h1")[:_MAX_HEADINGS]
    metas = document.elements.tagged("meta")
    shown = {word_key("".join(heading.itertext())) for heading in headings}
    shown |= {word_key(meta.get("content")) for meta in metas if meta.get("property") == "og:title"}
    return shown - {()}


def _plain_first(value: object) -> str:
    return next((text for item in as_list(value) for text in [name_of(item)] if text), "")
