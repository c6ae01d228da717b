"""The API's response bodies, as OpenAPI describes them."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from search.web.problem_models import CheckModel

CHANGED = "Those of title, dek and text that edits changed; silent if one left the stated modified_at as it was"


class HitModel(BaseModel):
    """One found article."""

    id: str
    url: str
    title: str
    dek: str | None
    authors: list[str]
    people: list[str]
    agencies: list[str] = Field(description="News agencies credited, each under one name")
    section: str | None
    source: str = Field(description="Source id")
    language: str | None = Field(description="ISO 639-1 code")
    published_at: datetime | None = Field(description="When it was published, as the publisher claims, in UTC")
    published_day_only: bool = Field(description="True if only the day of published_at is known")
    removed_at: datetime | None = Field(None, description="When its removal by the publisher was confirmed, or null")
    changed: list[str] = Field(description=CHANGED)
    fetched_at: datetime | None = Field(description="When the newest version was first fetched: the last edit met")
    version: int | None = Field(None, description="With `as_of`: the version that stood at that time")
    copies: int = Field(description="Other articles with almost the same text: /api/v1/articles/{id}/copies")
    score: float | None = Field(description="Null unless sorted by relevance or blend")
    highlights: dict[str, list[str]] = Field(
        description="Field to fragments, best first: HTML text with no element but <mark>"
    )


class FacetValueModel(BaseModel):
    """How many matching articles hold a value."""

    value: str
    count: int


class BarModel(BaseModel):
    """How much was published in one step."""

    start: datetime = Field(description="When the step begins; it ends where the next one begins")
    count: int


class TimelineModel(BaseModel):
    """What was published when, from the first matching article to the last."""

    step: str = Field(description="hour, day, week (from Monday), month, quarter, year … millennium; in UTC")
    bars: list[BarModel]


class SearchModel(BaseModel):
    """One page of the answer to a search."""

    total: int = Field(description="Exact number of matching articles; unless `collapse=false`, copies count once")
    hits: list[HitModel]
    facets: dict[str, list[FacetValueModel]] = Field(
        description="Parameter name to its values, most frequent first, counted as if that parameter were not given"
    )
    timeline: TimelineModel | None = Field(None, description="With `timeline=true`: what was published when")
    took_ms: float = Field(description="Milliseconds the search engine needed")
    spelling: str | None = Field(None, description="If nothing is found: a similar query that finds something")
    unfiltered_total: int = Field(
        0, description="If nothing is found with source, section, language, author, agency, tag or days: without them"
    )
    unknown_words: list[str] = Field([], description="If nothing is found: words of the query that no article has")
    nearest: list[HitModel] = Field(
        [],
        description="If nothing is found: up to ten articles that come closest, by relevance; they are not in `total`",
    )
    is_complete: bool = Field(
        True,
        description="False if `as_of` compared only the first articles that may match; `total` then counts only those",
    )
    next: str | None = Field(description="Relative address of the next page; null on the last page that can be reached")


class ExportedModel(BaseModel):
    """One article of an export."""

    id: str
    url: str
    title: str
    dek: str | None
    authors: list[str]
    people: list[str]
    agencies: list[str]
    section: str | None
    source: str = Field(description="Source id")
    language: str | None
    tags: list[str]
    published_at: datetime | None
    published_day_only: bool
    modified_at: datetime | None
    first_seen_at: datetime
    removed_at: datetime | None
    changed: list[str] = Field(description=CHANGED)
    version: int = Field(description="Number of the version that is exported, from 1")
    fetched_at: datetime = Field(description="When it was first fetched")
    cluster: int | None = Field(description="A number that copies of one text share; null without copies")
    content_digest: str | None = Field(None, description="With `receipt=true`: SHA-256 of the content")
    payload_digest: str | None = Field(None, description="With `receipt=true`: of the archived page")
    extractor_version: str | None = Field(None, description="With `receipt=true`: what read it")
    boilerplate_version: str | None = Field(None, description="With `receipt=true`: the model used, or empty")
    warc_file: str | None = Field(None, description="With `receipt=true`: the archive's file with the page")
    warc_offset: int | None = Field(None, description="With `receipt=true`: where in that file, in bytes")
    text: str | None = Field(None, description="With `text=true`: the body")


class SuggestionsModel(BaseModel):
    """Ways to complete a query."""

    suggestions: list[str] = Field(description="Whole queries, likeliest first")


class SimilarModel(BaseModel):
    """Articles like another one."""

    hits: list[HitModel] = Field(description="Most alike first")


class CopyModel(BaseModel):
    """One of several articles with almost the same text."""

    id: str
    url: str
    title: str
    authors: list[str]
    agencies: list[str]
    source: str = Field(description="Source id")
    source_name: str
    published_at: datetime | None = Field(description="When it was published, as the publisher claims, in UTC")
    published_day_only: bool
    first_seen_at: datetime


class CopiesModel(BaseModel):
    """The copies of an article, including itself; all fields are empty if it has none."""

    earliest: str | None = Field(description="Id of the one published first or, if that is not stated, seen first")
    agencies: list[str] = Field(description="News agencies that any of them credits")
    copies: list[CopyModel] = Field(description="Earliest first")


class SpanModel(BaseModel):
    """A stretch of a block's text that is a link or is emphasised."""

    start: int = Field(description="Where it begins, in characters from 0")
    end: int = Field(description="Where it ends, exclusive")
    kind: str = Field(description="link, strong or emphasis")
    url: str | None


class ImageModel(BaseModel):
    """An image, by its address only: newsdex keeps no copy."""

    url: str
    caption: str | None
    credit: str | None
    alt: str | None


class EmbedModel(BaseModel):
    """Something embedded from another site, by its address only."""

    kind: str = Field(description="post, video, audio or frame")
    url: str


class BlockModel(BaseModel):
    """One piece of the body, in reading order."""

    kind: str = Field(
        description="paragraph, subhead, list_item, quote, table_row, preformatted, image, embed or separator"
    )
    text: str = Field(description="Empty for images, embeds and separators")
    spans: list[SpanModel]
    level: int | None = Field(description="For a subhead: 2 to 6")
    ordered: bool = Field(description="For a list item: whether it is numbered")
    opens: bool = Field(description="For a list item, table row or quote: whether it begins a new list, table or quote")
    cells: list[str] = Field(description="For a table row: its cells")
    heads: bool = Field(description="For a table row: whether its cells name the columns")
    image: ImageModel | None
    embed: EmbedModel | None
    at: datetime | None = Field(description="For a subhead that opens a post of a live blog: the time of the post")


class VersionModel(BaseModel):
    """One distinct content of an article."""

    version: int = Field(description="Number of the version, from 1")
    fetched_at: datetime
    title: str
    content_digest: str
    extractor_version: str
    boilerplate_version: str = Field(
        description="Version of what was known of the source when it was read; empty if nothing was"
    )
    payload_digest: str | None = Field(description="Digest of the archived page, content encoding removed")
    warc_file: str | None
    warc_offset: int | None
    taken_from: str | None = Field(
        description="The archive file its page was taken from; null if fetched from the publisher"
    )
    is_rendered: bool = Field(description="Whether it was read from the page as a browser rendered it")


class FetchModel(BaseModel):
    """One request to the publisher."""

    fetched_at: datetime
    requested_url: str
    effective_url: str | None
    outcome: str
    status: int | None
    detail: str
    body_bytes: int | None


class ArticleModel(BaseModel):
    """An article in one of its versions, with its history."""

    id: str = Field(description="The lasting id; differs from the requested one if two articles were merged")
    url: str
    aliases: list[str] = Field(description="Every other address it was found under")
    merged_from: list[str] = Field(description="Ids that turned out to be this article")
    state: str = Field(description="live, or removed by its publisher")
    removed_at: datetime | None
    kind: str = Field(description="story, or live for a live blog, whose dated posts are in `blocks`")
    title: str
    kicker: str | None
    dek: str | None
    authors: list[str]
    people: list[str]
    agencies: list[str] = Field(description="News agencies credited, each under one name")
    published_at: datetime | None = Field(description="When it was published, as the publisher claims, in UTC")
    published_zone: str | None = Field(description='The publisher\'s offset, such as "+03:00"; null if not stated')
    published_day_only: bool
    modified_at: datetime | None
    modified_zone: str | None
    first_seen_at: datetime
    fetched_at: datetime = Field(description="When this version was first fetched")
    section: str | None
    source: str = Field(description="Source id")
    source_name: str
    language: str | None
    tags: list[str]
    text: str = Field(description="The body, with a blank line between blocks")
    blocks: list[BlockModel]
    html: str | None = Field(description="With format=html: the body as safe HTML")
    markdown: str | None = Field(description="With format=markdown: the body as Markdown")
    image: ImageModel | None
    source_line: str | None = Field(description='"TRTWorld and agencies" of "SOURCE: TRTWorld and agencies"')
    dateline: str | None = Field(description='"TEHRAN, Iran" of "TEHRAN, Iran (AFP) — …"')
    is_free: bool | None = Field(description="Whether everybody may read it, by the publisher's claim; null if unknown")
    flags: list[str] = Field(description="Doubts about the extraction, such as published_in_future")
    version: int = Field(description="The version that title, text and the other fields belong to")
    versions: list[VersionModel] = Field(description="Oldest first")
    fetches: list[FetchModel] = Field(description="Newest first, at most 50")


class SourceModel(BaseModel):
    """A source and how many of its articles can be found."""

    id: str
    name: str
    articles: int


class SourcesModel(BaseModel):
    """Every source, by name."""

    sources: list[SourceModel]


class HealthModel(BaseModel):
    """Whether the service is alive or ready."""

    status: str = Field(description="ok, or ready", examples=["ok"])
    checks: dict[str, CheckModel] = Field(default_factory=dict)
