"""Bodies of the API's report on what is held of what a source named."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel, Field

from news.completeness import Completeness, DayTally, Missing, MissingArticle


class DayTallyModel(BaseModel):
    """The articles of one day, by what became of them."""

    day: date = Field(description="In UTC, as the articles or the documents that name them are dated")
    held: int = Field(description="Articles held, including those that their publisher removed since")
    missing: int = Field(description="Articles that were named and are not held: the sum of the next four")
    waiting: int = Field(description="Not asked for yet")
    failing: int = Field(description="The last fetch failed; they are tried again")
    refused: int = Field(description="robots.txt, the source's hosts or the address guard forbid them")
    gone: int = Field(description="Answered 404 or 410 before they could be read")
    no_article: int = Field(description="Pages that hold no article; not counted as missing")


class MissingArticleModel(BaseModel):
    """An article that a feed, sitemap or section page named and that is not held."""

    url: str
    dated_at: datetime = Field(description="As it was dated where it was found, otherwise when it was found")
    title: str | None = Field(description="As it was called there")
    why: Missing = Field(description="Why it is not held")
    outcome: str | None = Field(description="Of its last fetch; null if it was not asked for yet")
    detail: str
    discovered_from: str | None = Field(description="The document that named it")
    next_due_at: datetime | None = Field(description="When it is asked for next; null if never by itself")


class CompletenessModel(BaseModel):
    """What is held of the articles that a source named for some days."""

    source: str
    held: int = Field(description="Articles held")
    missing: int = Field(description="Articles that were named and are not held")
    share: float | None = Field(description="The share of named articles that is held, 0 to 1; null if none was named")
    days: list[DayTallyModel] = Field(description="Every day of the span, oldest first")
    missing_articles: list[MissingArticleModel] = Field(description="The newest ones, up to `limit`")


def completeness_body(found: Completeness) -> CompletenessModel:
    """The report."""
    return CompletenessModel(
        source=found.source_id,
        held=found.held,
        missing=found.missing,
        share=found.share,
        days=[_day_body(each) for each in found.days],
        missing_articles=[_missing_body(each) for each in found.missing_articles],
    )


def _day_body(tally: DayTally) -> DayTallyModel:
    return DayTallyModel(
        day=tally.day,
        held=tally.held,
        missing=tally.missing,
        waiting=tally.waiting,
        failing=tally.failing,
        refused=tally.refused,
        gone=tally.gone,
        no_article=tally.no_article,
    )


def _missing_body(missing: MissingArticle) -> MissingArticleModel:
    return MissingArticleModel(
        url=missing.url,
        dated_at=missing.dated_at,
        title=missing.title,
        why=missing.why,
        outcome=missing.outcome,
        detail=missing.detail,
        discovered_from=missing.discovered_from,
        next_due_at=missing.next_due_at,
    )
