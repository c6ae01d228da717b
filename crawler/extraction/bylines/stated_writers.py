"""The writers that a page's data states: in JSON-LD and in meta tags."""

from __future__ import annotations

from collections.abc import Mapping

from crawler.extraction.bylines.byline_lines import may_name
from crawler.extraction.bylines.names import ADDRESS
from crawler.extraction.bylines.own_names import MAX_AUTHORS, family_last
from crawler.extraction.page.jsonld import as_list, name_of
from crawler.extraction.page.structured import Structured
from crawler.extraction.text import joined_key
from crawler.extraction.vocabulary import AGENCIES

_METAS = (
    "author", "article:author", "og:article:author", "og:author", "byl", "authors", "parsely-author",
    "sailthru.author", "dc.creator", "dcterms.creator",
    "citation_author", "dcsext.author", "article:author_name", "shareaholic:article_author_name", "creator",
)  # fmt: skip
# What WordPress's commonest plugin for search engines puts before the writer in the card of a post.
_WRITTEN_BY = frozenset(
    {
        "written by", "verfasst von", "geschrieben von", "écrit par", "rédigé par", "escrito por", "escrit per",
        "scritto da", "geschreven door", "skriven av", "skrevet av", "skrevet af", "kirjoittanut", "napisane przez",
        "napsal(a)",
        "autor", "szerző:", "scris de", "yazan:", "yazan", "написано автором", "автор", "кем написано", "написав",
        "συντάχθηκε από", "كُتب بواسطة", "נכתב על ידי", "نوشته‌شده بدست", "執筆者", "作者", "글쓴이",
        "ditulis oleh", "được viết bởi",
    }
)  # fmt: skip


def stated_in_metas(structured: Structured) -> list[str]:
    """The bylines in meta tags; those of catalogues count where the common ones are missing."""
    metas = [value for _, value in structured.all(*_METAS[:5]) if not ADDRESS.search(value)]
    metas = metas or [family_last(value) for _, value in structured.all(*_METAS[5:]) if not ADDRESS.search(value)]
    if not metas and structured.meta("twitter:label1").casefold() in _WRITTEN_BY:
        metas = [value for _, value in structured.all("twitter:data1")[:1] if may_name(value, strict=True)]
    return [meta.partition(" | ")[0] for meta in metas[:MAX_AUTHORS]]  # the portal's name follows


def stated_in_json(structured: Structured) -> tuple[list[str], list[str]]:
    """(people, organizations) stated in JSON-LD; a name without a type counts as a person's."""
    people: list[str] = []
    groups: list[str] = []
    by_id = {node.get("@id"): node for node in structured.nodes if node.get("@id")}
    for stated in (
        as_list(structured.article.get("author"))[:MAX_AUTHORS]
        or as_list(structured.article.get("creator"))[:MAX_AUTHORS]
    ):
        author: object = stated
        if isinstance(author, Mapping) and not author.get("name"):
            author = by_id.get(author.get("@id"), author)
        for name in (
            [name_of(item) for item in as_list(author.get("name"))]
            if isinstance(author, Mapping) and isinstance(author.get("name"), list)
            else [name_of(author)]
        ):
            organization = isinstance(author, Mapping) and any(
                "Organization" in str(kind) for kind in as_list(author.get("@type"))
            )
            (groups if organization and name.casefold() not in AGENCIES else people).append(name)
    return [name for name in people if name], [name for name in groups if name]


def stated_groups(structured: Structured) -> frozenset[str]:
    """The authors stated as organizations and not called like people, each with its words run together."""
    groups = (name for name in stated_in_json(structured)[1] if not may_name(name, strict=True))
    return frozenset(joined_key(name) for name in groups)
