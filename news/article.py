"""What extraction makes of a page: an Article, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block of the body is."""

    PARAGRAPH = "paragraph"
    SUBHEAD = "subhead"
    LIST_ITEM = "list_item"
    QUOTE = "quote"
    TABLE_ROW = "table_row"


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """One piece of the body, in reading order."""

    kind: BlockKind
    text: str  # one line, whitespace folded


@dataclass(frozen=True, kw_only=True, slots=True)
class Image:
    """The lead image: named, never fetched."""

    url: str  # absolute
    caption: str | None = None  # what it shows
    credit: str | None = None  # who made it


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """The story of one page as extraction read it."""

    url: str  # effective URL: what answered after redirects
    canonical_url: str | None = None  # what the page declares for itself, unvalidated but absolute
    title: str  # the headline, without the site's name
    dek: str | None = None  # the standfirst, outside the body
    kicker: str | None = None  # the label above the headline
    authors: tuple[str, ...] = ()  # people and agencies of the byline, in order
    people: tuple[str, ...] = ()  # those of the byline that are no news agencies
    agencies: tuple[str, ...] = ()  # news agencies credited anywhere on the page, each under one name, such as "AFP"
    published_at: datetime | None = None  # aware, UTC; the publisher's claim
    published_zone: str | None = None  # the publisher's offset such as "+03:00"; None = not stated
    published_day_only: bool = False  # True = only a calendar day is known; published_at is its midnight UTC
    modified_at: datetime | None = None  # aware, UTC; the publisher's claim
    modified_zone: str | None = None
    section: str | None = None  # as the publisher writes it
    language: str | None = None  # ISO 639-1 code, lower case
    tags: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()  # the body
    image: Image | None = None
    source_line: str | None = None  # "TRTWorld and agencies" of "SOURCE: TRTWorld and agencies"
    site_name: str | None = None
    dateline: str | None = None  # "TEHRAN, Iran" of "TEHRAN, Iran (AFP) — …"; it stays in the body too
    is_free: bool | None = None  # the publisher's claim that everybody may read it; None = not stated
    evidence: Mapping[str, str] = field(default_factory=dict)  # field name -> where its value came from
    certainty: Mapping[str, float] = field(default_factory=dict)  # field name -> how sure its value is, 0 to 1
    flags: tuple[str, ...] = ()  # doubts, such as "published_in_future"

    @property
    def text(self) -> str:
        """The body as plain text, a blank line between blocks."""
        return "\n\n".join(block.text for block in self.blocks)


class NotArticleReason(StrEnum):
    """Why a page gives no article."""

    EMPTY = "empty"  # no text at all
    NO_BODY = "no_body"  # a page without a story's text
    HUB = "hub"  # a front, section or tag page: links, not a story
    CONSENT_WALL = "consent_wall"
    SOFT_404 = "soft_404"
    VIDEO = "video"  # a player with a caption
    NOT_HTML = "not_html"
    TIMEOUT = "extract_timeout"  # ran past the time or memory limit
    FAILED = "extract_failed"  # a defect of ours or a page no parser takes


@dataclass(frozen=True, kw_only=True, slots=True)
class NotArticle:
    """A page that holds no article, and why."""

    reason: NotArticleReason
    detail: str = ""  # one line for people


@dataclass(frozen=True, kw_only=True, slots=True)
class Hints:
    """What was known about a URL before its page was read; None = unknown."""

    title: str | None = None  # the feed entry's or news sitemap's headline
    published_at: datetime | None = None  # aware
    section: str | None = None
    language: str | None = None  # the source's main language
    site_name: str | None = None  # the source's name, to strip it from titles


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """The bytes extraction works on."""

    url: str  # effective URL
    body: bytes  # decoded from transfer and content encoding, not from its charset
    content_type: str | None = None  # the Content-Type header, for its charset
    fetched_at: datetime | None = None  # aware; dates much later than this are flagged
