"""A match as feeds, webhooks and mails present it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from indexer.analysis.languages import analysis_of
from indexer.documents import document
from indexer.engines.highlighting import highlights
from indexer.engines.planner import plan
from news.query.tree import TEXT_FIELDS, Query, is_about_edits, is_about_removals
from news.standing import StandingSearch, standing_query
from news.versions.edits import SILENT
from search.highlight import to_html
from search.results import edited_words
from store.records import StoredArticle
from store.standing.matches import MatchedArticle

SUMMARY_CHARACTERS = 400  # of the body, when there is neither a matching passage nor a dek
_REMOVED = "Removed by its publisher."
FORMER_TOLD = 2  # passages that an edit took away


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
    changed: tuple[str, ...]  # of title, dek and text, what the last edit changed; also "silent"
    is_edit: bool  # whether an edit was found, and not the article
    is_removal: bool  # whether it was found because its publisher removed it

    @property
    def urn(self) -> str:
        """A permanent name of the article, or of its edit, whatever its address becomes."""
        return f"urn:newsdex:{self.article_id}" + (f":{self.version}" if self.is_edit else "")

    @property
    def page_path(self) -> str:
        """The address on the page: of what an edit changed, else of the article."""
        article = f"/articles/{self.article_id}"
        return f"{article}?version={self.version}&changes=true" if self.is_edit else article

    @property
    def news_at(self) -> datetime:
        """The moment by which readers order it: when an edit or a removal was found, or an article was published."""
        return self.published_at if self.published_at and not (self.is_edit or self.is_removal) else self.matched_at


def shown_match(search: StandingSearch, matched: MatchedArticle, source_names: Mapping[str, str]) -> ShownMatch:
    """The match with the passages that matched."""
    stored, article = matched.stored, matched.stored.article
    query = standing_query(search.query, matched.match.matched_at)
    passages = _passages(query, matched)
    edit = _edit(stored) if is_about_edits(query) and stored.edits.latest else ""
    summary = edit or article.dek or _beginning(article.text)
    is_removal = stored.removed_at is not None and is_about_removals(query)
    if is_removal:
        summary = f"{_REMOVED} {summary}"
    extract = " … ".join(map(to_html, passages))
    news = _REMOVED if is_removal else edit
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
        summary_html=" ".join(filter(None, (to_html(news), extract))) or to_html(summary),
        changed=stored.edits.latest,
        is_edit=bool(edit) and not is_removal,
        is_removal=is_removal,
    )


def _edit(stored: StoredArticle) -> str:
    """What the last edit of an article changed, and the first of what is no longer there."""
    edits = stored.edits
    silently = " silently" if SILENT in edits.latest else ""
    told = f"Edited{silently}: {edited_words(edits.latest)}."
    former = " … ".join(_beginning(passage) for passage in edits.former[:FORMER_TOLD])
    return f"{told} No longer there: {former}" if former else told


def _passages(query: Query, matched: MatchedArticle) -> tuple[str, ...]:
    """The passages of the body or the dek that matched."""
    values = document(matched.stored)
    analysis = analysis_of(values.get("language"))
    planned = plan(query, analysis)
    texts = {name: values[name] for name in TEXT_FIELDS if name != "title" and name in values}
    found = highlights(texts, planned, analysis)
    return found.get("text") or found.get("dek") or ()


def _beginning(text: str) -> str:
    if len(text) <= SUMMARY_CHARACTERS:
        return text
    return text[: text.rfind(" ", 0, SUMMARY_CHARACTERS)].rstrip() + " …"
