"""A match as feeds, webhooks and mails present it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from indexer.analysis.languages import analysis_of
from indexer.documents import document
from indexer.engines.highlighting import highlights
from indexer.engines.planner import plan
from news.query.tree import TEXT_FIELDS
from news.standing import StandingSearch, standing_query
from search.highlight import to_html
from store.standing.matches import MatchedArticle

SUMMARY_CHARACTERS = 400  # of the body, when there is neither a matching passage nor a dek


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownMatch:
    """One match, ready to be written."""

    article_id: str
    version: int
    url: str
    title: str
    dek: str | None
    authors: tuple[str, ...]
    section: str | None
    source_id: str
    source_name: str
    language: str | None
    published_at: datetime | None
    matched_at: datetime
    summary: str  # plain text
    summary_html: str  # escaped, with matches in <mark>

    @property
    def urn(self) -> str:
        """A permanent name of the article, whatever its address becomes."""
        return f"urn:newsdex:{self.article_id}"


def shown_match(search: StandingSearch, matched: MatchedArticle, source_names: Mapping[str, str]) -> ShownMatch:
    """The match with the passages that matched."""
    stored, article = matched.stored, matched.stored.article
    passages = _passages(search, matched)
    summary = article.dek or _beginning(article.text)
    return ShownMatch(
        article_id=stored.id,
        version=stored.version,
        url=stored.url,
        title=article.title,
        dek=article.dek,
        authors=article.authors,
        section=article.section,
        source_id=stored.source_id,
        source_name=source_names.get(stored.source_id, stored.source_id),
        language=article.language,
        published_at=article.published_at,
        matched_at=matched.match.matched_at,
        summary=summary,
        summary_html=" … ".join(map(to_html, passages)) or to_html(summary),
    )


def _passages(search: StandingSearch, matched: MatchedArticle) -> tuple[str, ...]:
    """The passages of the body or the dek that matched."""
    values = document(matched.stored)
    analysis = analysis_of(values.get("language"))
    planned = plan(standing_query(search.query, matched.match.matched_at), analysis)
    texts = {name: values[name] for name in TEXT_FIELDS if name != "title" and name in values}
    found = highlights(texts, planned, analysis)
    return found.get("text") or found.get("dek") or ()


def _beginning(text: str) -> str:
    if len(text) <= SUMMARY_CHARACTERS:
        return text
    return text[: text.rfind(" ", 0, SUMMARY_CHARACTERS)].rstrip() + " …"
