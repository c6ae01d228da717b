"""Saved searches as the API accepts and returns them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from news.alerts import written_secret
from news.standing import MAX_NAME_CHARACTERS, Alert, AlertState, DeliveryKind, Pace
from search.params import SearchedFor
from search.standing.matches import ShownMatch
from search.standing.service import SearchSummary
from search.standing.words import masked_target, searched_for
from store.standing.deliveries import MadeDelivery


class NewSearchModel(SearchedFor):
    """A search to save; it is read strictly, and every word of it is required."""

    name: Annotated[str, StringConstraints(max_length=MAX_NAME_CHARACTERS)] = Field(
        "", description="What to call it; by default, its words", examples=["Ceasefire"]
    )
    strict: bool = Field(True, strict=True, description="Saved searches are always read strictly")


class NewDeliveryModel(BaseModel):
    """A way to have matches delivered from now on."""

    model_config = ConfigDict(extra="forbid")

    kind: DeliveryKind = Field(description="A feed (rss, atom, json), a webhook or mail")
    target: Annotated[str, StringConstraints(max_length=2048)] | None = Field(
        None, description="A webhook's URL or a mail address; nothing for feeds"
    )
    pace: Pace | None = Field(None, description="For mail: at once, every full hour, or daily at 7 (the default)")
    time_zone: Annotated[str, StringConstraints(max_length=64)] | None = Field(
        None, description="For mail: IANA name of the time zone to go by; by default, the installation's"
    )


class FailingModel(BaseModel):
    """The newest match that a delivery could not send yet, otherwise the newest that it gave up on."""

    article_id: str
    state: AlertState = Field(description="pending: tried again; dead: given up on, a dead letter")
    attempts: int
    reason: str
    next_attempt_at: datetime | None = Field(description="When it is tried next; null if it was given up on")


class _DeliveryFields(BaseModel):
    id: str
    kind: DeliveryKind = Field(description="A feed (rss, atom, json), a webhook or mail")
    target: str | None
    pace: Pace | None
    time_zone: str | None
    created_at: datetime


class DeliveryModel(_DeliveryFields):
    """A delivery; `target` is shortened, since it may be a secret."""

    failing: FailingModel | None = Field(description="A match that it could not send; null if everything was sent")


class MadeDeliveryModel(_DeliveryFields):
    """A delivery with its path or secret, which is shown only once."""

    path: str | None = Field(description="For a feed: its path; whoever knows it can read the feed")
    secret: str | None = Field(description="For a webhook: the secret that signs its requests")


class SavedSearchModel(BaseModel):
    """A saved search and how it is doing."""

    id: str
    name: str
    search: SearchedFor
    created_at: datetime
    paused_at: datetime | None
    found: int = Field(description="How many matches are kept")
    newest_at: datetime | None
    pending: int = Field(description="Matches that webhooks and mails have still to send")
    dead: int = Field(description="Dead letters: matches that were given up on")
    deliveries: list[DeliveryModel]


class SavedSearchesModel(BaseModel):
    """Every saved search, oldest first."""

    searches: list[SavedSearchModel]


class MatchModel(BaseModel):
    """An article that a saved search found."""

    article_id: str
    version: int
    url: str
    title: str
    source: str
    published_at: datetime | None
    matched_at: datetime
    summary_html: str = Field(description="HTML text whose only element is <mark>")


class MatchesModel(BaseModel):
    """The newest matches."""

    matches: list[MatchModel]


class DeadLetterModel(BaseModel):
    """A match that could not be delivered."""

    article_id: str
    delivery: str
    attempts: int
    reason: str
    matched_at: datetime


class DeadLettersModel(BaseModel):
    """The newest matches that could not be delivered."""

    dead_letters: list[DeadLetterModel]


class RetriedModel(BaseModel):
    """How many matches are sent again."""

    retried: int


def search_body(summary: SearchSummary) -> SavedSearchModel:
    """A saved search."""
    return SavedSearchModel(
        id=summary.search.id,
        name=summary.search.name,
        search=searched_for(summary.search),
        created_at=summary.search.created_at,
        paused_at=summary.search.paused_at,
        found=summary.found.count if summary.found else 0,
        newest_at=summary.found.newest_at if summary.found else None,
        pending=summary.alerts.pending,
        dead=summary.alerts.dead,
        deliveries=[
            DeliveryModel(
                id=each.id,
                kind=each.kind,
                target=masked_target(each),
                pace=each.pace,
                time_zone=each.time_zone,
                created_at=each.created_at,
                failing=_failing(summary.failing.get(each.id)),
            )
            for each in summary.deliveries
        ],
    )


def _failing(alert: Alert | None) -> FailingModel | None:
    if alert is None:
        return None
    is_tried_again = alert.state is AlertState.PENDING
    return FailingModel(
        article_id=alert.article_id,
        state=alert.state,
        attempts=alert.attempt_count,
        reason=alert.reason,
        next_attempt_at=alert.next_attempt_at if is_tried_again else None,
    )


def made_body(made: MadeDelivery, feeds_path: str) -> MadeDeliveryModel:
    """A delivery as it is shown once, to whoever made it."""
    delivery = made.delivery
    return MadeDeliveryModel(
        id=delivery.id,
        kind=delivery.kind,
        target=masked_target(delivery),
        pace=delivery.pace,
        time_zone=delivery.time_zone,
        created_at=delivery.created_at,
        path=f"{feeds_path}/{made.token}.{delivery.kind}" if made.token else None,
        secret=written_secret(made.secret) if made.secret else None,
    )


def match_body(match: ShownMatch) -> MatchModel:
    """A match."""
    return MatchModel(
        article_id=match.article_id,
        version=match.version,
        url=match.url,
        title=match.title,
        source=match.source_id,
        published_at=match.published_at,
        matched_at=match.matched_at,
        summary_html=match.summary_html,
    )


def dead_letter_body(alert: Alert) -> DeadLetterModel:
    """A dead letter."""
    return DeadLetterModel(
        article_id=alert.article_id,
        delivery=alert.delivery_id,
        attempts=alert.attempt_count,
        reason=alert.reason,
        matched_at=alert.matched_at,
    )
