"""What extraction returns for a page: an Article, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from news.pickling import pickled_by_values

POST_TIME = "%Y-%m-%d %H:%M"
RENDERED = "rendered"  # flag of an article whose page had to be rendered by a browser


class BlockKind(StrEnum):
    """The kind of a block of the body."""

    PARAGRAPH = "paragraph"
    SUBHEAD = "subhead"
    LIST_ITEM = "list_item"
    QUOTE = "quote"
    TABLE_ROW = "table_row"
    PREFORMATTED = "preformatted"  # its text keeps its line breaks
    IMAGE = "image"
    EMBED = "embed"
    SEPARATOR = "separator"


class SpanKind(StrEnum):
    """The kind of a stretch of text within a block."""

    LINK = "link"
    STRONG = "strong"
    EMPHASIS = "emphasis"


class EmbedKind(StrEnum):
    """The kind of embedded content."""

    POST = "post"  # from a social network
    VIDEO = "video"
    AUDIO = "audio"
    FRAME = "frame"  # anything else in a frame: a map, a chart


@pickled_by_values
@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """A stretch of a block's text that is a link or emphasised."""

    start: int  # in characters
    end: int  # exclusive
    kind: SpanKind
    url: str | None = None  # of a link: absolute, http or https


@pickled_by_values
@dataclass(frozen=True, kw_only=True, slots=True)
class Image:
    """An image: its address is recorded, the image itself is never fetched."""

    url: str  # absolute, http or https
    caption: str | None = None  # what it shows
    credit: str | None = None  # who made it
    alt: str | None = None  # what it shows, for those who cannot see it


@dataclass(frozen=True, kw_only=True, slots=True)
class Embed:
    """Content of another site inside the story: its address is recorded, the content is never fetched."""

    kind: EmbedKind
    url: str  # absolute, http or https


@pickled_by_values
@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """One piece of the body, in reading order."""

    kind: BlockKind
    text: str = ""  # one line, whitespace folded; "" for images, embeds and separators
    spans: tuple[Span, ...] = ()  # links and emphasis, ordered by where they start
    level: int | None = None  # of a subhead: 2 to 6
    ordered: bool = False  # of a list item: it is numbered
    opens: bool = False  # of a list item, table row or quote: it starts a new list, table or quote
    cells: tuple[str, ...] = ()  # of a table row
    heads: bool = False  # of a table row: a header row
    image: Image | None = None
    embed: Embed | None = None
    at: datetime | None = None  # of a subhead that opens a live blog post: aware, in the publisher's zone


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """One post of a live blog."""

    at: datetime  # aware, in the publisher's zone where that is stated
    title: str  # "" for none
    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        """The post as plain text, a blank line between blocks."""
        return text_of_blocks(self.blocks)


class ArticleKind(StrEnum):
    """The sort of article."""

    STORY = "story"
    LIVE = "live"  # a live blog: dated posts


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """The story of one page as extraction read it."""

    url: str  # effective URL: what answered after redirects
    kind: ArticleKind = ArticleKind.STORY
    canonical_url: str | None = None  # what the page declares for itself, unvalidated but absolute
    title: str  # the headline, without the site's name
    dek: str | None = None  # the standfirst, outside the body
    kicker: str | None = None  # the label above the headline
    authors: tuple[str, ...] = ()  # people and agencies of the byline, in order
    people: tuple[str, ...] = ()  # those in the byline that are not agencies, newsrooms or the site itself
    agencies: tuple[str, ...] = ()  # agencies credited anywhere on the page, each by one standard name, such as "AFP"
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
    is_free: bool | None = None  # the publisher's claim that anyone may read it; None = not stated
    evidence: Mapping[str, str] = field(default_factory=dict)  # field name -> where its value came from
    certainty: Mapping[str, float] = field(default_factory=dict)  # field name -> how sure its value is, 0 to 1
    flags: tuple[str, ...] = ()  # doubts, such as "published_in_future"

    @property
    def text(self) -> str:
        """The body as plain text, a blank line between blocks."""
        return text_of_blocks(self.blocks)

    @property
    def dek_apart(self) -> str | None:
        """The dek to show beside the text; None when the text opens with it."""
        return None if self.dek is None or self.text.startswith(self.dek.rstrip(" .…")) else self.dek

    @property
    def posts(self) -> tuple[Post, ...]:
        """A live blog's posts in page order; none for a story."""
        starts = [(index, block.at) for index, block in enumerate(self.blocks) if block.at is not None]
        ends = [*(index for index, _ in starts), len(self.blocks)][1:]
        return tuple(
            Post(at=at, title=self.blocks[start].text[len(f"{at:{POST_TIME}} ") :], blocks=self.blocks[start + 1 : end])
            for (start, at), end in zip(starts, ends, strict=True)
        )


def text_of_blocks(blocks: Iterable[Block]) -> str:
    """Blocks as plain text, a blank line between them."""
    return "\n\n".join(block.text for block in blocks if block.text)


def post_head(at: datetime, title: str) -> Block:
    """The subhead that opens a post of a live blog: its time, then its title.

    >>> post_head(datetime(2026, 11, 26, 14, 5), "Ferries sail").text
    '2026-11-26 14:05 Ferries sail'
    """
    return Block(kind=BlockKind.SUBHEAD, text=f"{at:{POST_TIME}} {title}".strip(), level=2, at=at)


class ArticleState(StrEnum):
    """What became of an article."""

    LIVE = "live"
    REMOVED = "removed"  # by its publisher, as was confirmed; it is still found, marked as such
    MERGED = "merged"  # found to be another article, to which it leads


class NotArticleReason(StrEnum):
    """Why a page gives no article."""

    EMPTY = "empty"  # no text at all
    NO_BODY = "no_body"  # a page without a story's text
    HUB = "hub"  # a front, section or tag page: links, not a story
    CONSENT_WALL = "consent_wall"
    SOFT_404 = "soft_404"
    LED_AWAY = "led_away"  # answered by the home page or a login page instead
    OTHER_TEXT = "other_text"  # shares no text with its article, and was not yet seen twice or is what most pages show
    VIDEO = "video"  # a player with a caption
    GALLERY = "gallery"  # pictures with captions
    NOT_HTML = "not_html"
    TIMEOUT = "extract_timeout"  # ran past the time or memory limit
    FAILED = "extract_failed"  # a defect of ours, or a page no parser accepts


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
    """The page that extraction works on."""

    url: str  # effective URL
    body: bytes  # transfer and content encoding removed, charset not decoded
    content_type: str | None = None  # the Content-Type header, for its charset
    fetched_at: datetime | None = None  # aware; dates much later than this are flagged
    is_rendered: bool = False  # a browser rendered it from what the server answered
