"""The format of a source file: its keys, what each accepts, and the Source it describes."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from config.durations import parse_duration
from config.schedules import parse_schedule
from config.source_values import (
    DAY_SECONDS,
    Days,
    Host,
    Jitter,
    Pattern,
    Place,
    ScheduleLine,
    Selector,
    StoryPattern,
    TimeZone,
    Url,
    host_of,
)
from news.addresses import with_www_twins
from news.source import Credentials, ExtractionRules, Section, Source, StoryAddress


def _form(wanted: str) -> dict[str, Any]:
    return {"wanted": wanted}


class Part(BaseModel):
    """A frozen part of a source file; unknown keys are refused, empty ones mean their default."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    @model_validator(mode="before")
    @classmethod
    def _drop_empty(cls, data: Any) -> Any:
        return {key: value for key, value in data.items() if value is not None} if isinstance(data, dict) else data


class SectionPart(Part):
    """A page of links that is read for article addresses."""

    url: Url = Field(description="Page with links to articles", json_schema_extra=_form("an http or https URL"))
    links: Selector | None = Field(
        None,
        description="Part of the page to take links from; null takes the whole page",
        json_schema_extra=_form("a CSS selector"),
    )
    max_pages: int = Field(1, ge=1, le=100, description="Pages of the list to read at the first look")


class AddressPart(Part):
    """A form of address that names a story by a number of its own."""

    name: str = Field(
        pattern=r"^[a-z0-9][a-z0-9-]{0,39}$",
        description="Name of the form; do not change it later, since records identify stories by it",
        json_schema_extra=_form("small letters, digits and hyphens"),
    )
    at: tuple[Place, ...] = Field(
        min_length=1,
        description="Hosts with addresses of this form, each with the beginning of its paths",
        json_schema_extra=_form("a list of hosts such as example.org or example.org/news"),
    )
    story: StoryPattern = Field(
        description="The rest of path and query; its group is the story's number",
        json_schema_extra=_form(r"a regular expression with one group such as /article/(\d+)"),
    )
    site: str | None = Field(
        None,
        min_length=1,
        max_length=100,
        description="A name shared by sources whose addresses show the same stories; null means the source's id",
    )


class CrawlPart(Part):
    """How this publisher's pages are asked for; what is left out comes from the settings."""

    delay_seconds: float | None = Field(
        None, ge=0, le=3600, description="Shortest time between two requests to one host"
    )
    max_delay_seconds: float | None = Field(
        None, ge=0, le=3600, description="The delay grows up to this while a host is slow or failing"
    )
    concurrency: int | None = Field(None, ge=1, le=64, description="Requests in flight at a time")
    max_urls_per_crawl: int | None = Field(None, ge=1, description="Most requests in one crawl; the rest stays due")
    revisits_per_day: int = Field(
        1000, ge=1, le=1_000_000, description="Requests a day for revisiting known articles; see docs/revisits.md"
    )


class CredentialsPart(Part):
    """What this publisher's servers want to be shown: those of home_url, feeds, sitemaps and sections, and no other."""

    from_env: str | None = Field(
        None,
        pattern=r"^[A-Za-z_][A-Za-z0-9_]*$",
        description="Environment variable that holds the secret",
        json_schema_extra=_form("the name of an environment variable"),
    )
    from_file: str | None = Field(
        None, min_length=1, description="File that holds the secret", json_schema_extra=_form("a path")
    )
    header: str = Field(
        "Authorization",
        pattern=r"^[A-Za-z0-9-]{1,64}$",
        description="Header it is sent in",
        json_schema_extra=_form("the name of an HTTP header"),
    )
    basic: bool = Field(False, description="Whether the secret is user:password, to be sent as HTTP Basic")

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if self.from_env and self.from_file:
            raise ValueError("the secret is in one place; name from_env or from_file, not both")
        return self

    @property
    def as_record(self) -> Credentials | None:
        """The credentials as a record; None when no secret is named."""
        if not (self.from_env or self.from_file):
            return None
        return Credentials(header=self.header, from_env=self.from_env, from_file=self.from_file, is_basic=self.basic)


class ExtractionPart(Part):
    """Selectors for publishers whose pages generic extraction does not read well."""

    title: Selector | None = Field(None, description="The headline", json_schema_extra=_form("a CSS selector"))
    dek: Selector | None = Field(None, description="The standfirst", json_schema_extra=_form("a CSS selector"))
    body: Selector | None = Field(
        None, description="The element that holds the story", json_schema_extra=_form("a CSS selector")
    )
    authors: Selector | None = Field(None, description="The byline", json_schema_extra=_form("a CSS selector"))
    section: Selector | None = Field(
        None, description="The section's name on the page", json_schema_extra=_form("a CSS selector")
    )
    caption: Selector | None = Field(
        None, description="Caption of the lead image", json_schema_extra=_form("a CSS selector")
    )
    remove: tuple[Selector, ...] = Field(
        (),
        description="Page furniture to remove before the page is read",
        json_schema_extra=_form("a list of CSS selectors"),
    )


def _each_once(forms: tuple[AddressPart, ...]) -> tuple[AddressPart, ...]:
    counts = Counter((form.name, place) for form in forms for place in form.at)
    for (name, place), count in counts.items():
        if count > 1:
            raise ValueError(f'name "{name}" twice at {place}; give each form a name of its own')
    return forms


class SourceFile(Part):
    """One source file as written."""

    name: str = Field(min_length=1, max_length=200, description="The publisher's name, as shown to people")
    home_url: Url = Field(description="Address of the home page", json_schema_extra=_form("an http or https URL"))
    language: str | None = Field(
        None,
        pattern=r"^[a-z]{2}$",
        description="Main language, ISO 639-1",
        json_schema_extra=_form("two small letters such as en"),
    )
    country: str | None = Field(
        None,
        pattern=r"^[A-Z]{2}$",
        description="Country of the publisher, ISO 3166-1",
        json_schema_extra=_form("two capital letters such as TR"),
    )
    enabled: bool = Field(
        True, description="Whether the schedule applies; a disabled source can still be crawled by hand"
    )
    schedule: ScheduleLine = Field(
        "every 10 minutes",
        description="When the daemon checks feeds, sitemaps and sections; adaptive follows each feed's pace",
        json_schema_extra=_form('"every 10 minutes", a cron line such as "*/15 6-23 * * *", or adaptive'),
    )
    time_zone: TimeZone = Field(
        "UTC",
        description="Time zone of a cron line",
        json_schema_extra=_form("an IANA name such as Europe/Istanbul"),
    )
    jitter: Jitter = Field(
        "0 seconds",
        description="Spread: each scheduled start is delayed by up to this much",
        json_schema_extra=_form('a duration such as "30 seconds"'),
    )
    feeds: tuple[Url, ...] = Field(
        (),
        description="RSS, Atom or JSON feeds; may be on any host",
        json_schema_extra=_form("a list of http or https URLs"),
    )
    sitemaps: tuple[Url, ...] = Field(
        (), description="Sitemaps and sitemap indexes", json_schema_extra=_form("a list of http or https URLs")
    )
    sitemaps_from_robots: bool = Field(True, description="Also read the sitemaps that robots.txt names")
    backfill: Days = Field(
        "30 days",
        description="How far back sitemap entries are followed; older ones are ignored",
        json_schema_extra=_form('a duration such as "30 days"'),
    )
    hosts: tuple[Host, ...] = Field(
        (),
        description="Hosts whose pages are fetched; empty means home_url's host with and without www",
        json_schema_extra=_form("a list of host names"),
    )
    sections: tuple[SectionPart, ...] = Field((), description="Pages of links to articles, for sites without a feed")
    articles: tuple[Pattern, ...] = Field(
        (),
        description="Patterns searched in path and query: only matching URLs are articles; empty accepts all",
        json_schema_extra=_form("a list of regular expressions"),
    )
    ignore: tuple[Pattern, ...] = Field(
        (),
        description="Patterns searched in path and query: matching URLs are never fetched",
        json_schema_extra=_form("a list of regular expressions"),
    )
    strip_parameters: tuple[str, ...] = Field(
        (),
        description="Query parameters that do not change the page, besides the usual tracking ones",
        json_schema_extra=_form("a list of parameter names"),
    )
    addresses: Annotated[tuple[AddressPart, ...], AfterValidator(_each_once)] = Field(
        (), description="Forms of address that one story may have"
    )
    render: Literal["never", "browser"] = Field(
        "never", description="Whether pages without a story are rendered in a browser; needs the extra of that name"
    )
    render_hosts: tuple[Host, ...] = Field(
        (),
        description="Hosts outside the source's own site that a rendered page may load scripts and data from",
        json_schema_extra=_form("a list of host names"),
    )
    crawl: CrawlPart = CrawlPart()
    credentials: CredentialsPart = CredentialsPart()
    extraction: ExtractionPart = ExtractionPart()

    @model_validator(mode="after")
    def _finds_something(self) -> Self:
        if not (self.feeds or self.sitemaps or self.sections or self.sitemaps_from_robots):
            raise ValueError("nothing leads to articles; name feeds, sitemaps or sections, or set sitemaps_from_robots")
        for section in self.sections:
            host = host_of(section.url)
            if host not in self.scope:
                raise ValueError(f'section "{section.url}" is on a host that is not followed; add "{host}" to hosts')
        return self

    @property
    def scope(self) -> tuple[str, ...]:
        """The hosts whose pages are fetched."""
        if self.hosts:
            return tuple(dict.fromkeys(self.hosts))
        return with_www_twins(host_of(self.home_url))

    def as_source(self, source_id: str) -> Source:
        """The record the rest of newsdex works with."""
        return Source(
            id=source_id,
            name=self.name,
            home_url=self.home_url,
            language=self.language,
            country=self.country,
            enabled=self.enabled,
            schedule=replace(
                parse_schedule(self.schedule), time_zone=self.time_zone, jitter_seconds=parse_duration(self.jitter)
            ),
            feeds=self.feeds,
            sitemaps=self.sitemaps,
            sitemaps_from_robots=self.sitemaps_from_robots,
            sections=tuple(Section(url=part.url, links=part.links, max_pages=part.max_pages) for part in self.sections),
            backfill_days=parse_duration(self.backfill) // DAY_SECONDS,
            hosts=self.scope,
            article_patterns=self.articles,
            ignore_patterns=self.ignore,
            strip_parameters=self.strip_parameters,
            addresses=tuple(
                StoryAddress(name=form.name, places=form.at, story=form.story, site=form.site)
                for form in self.addresses
            ),
            renders=self.render == "browser",
            render_hosts=tuple(dict.fromkeys(self.render_hosts)),
            delay_seconds=self.crawl.delay_seconds,
            max_delay_seconds=self.crawl.max_delay_seconds,
            concurrency=self.crawl.concurrency,
            max_urls_per_crawl=self.crawl.max_urls_per_crawl,
            revisits_per_day=self.crawl.revisits_per_day,
            credentials=self.credentials.as_record,
            rules=ExtractionRules(**self.extraction.model_dump()),
        )
