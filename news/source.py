"""A source: a publisher or section we follow, as its YAML file describes it."""

from __future__ import annotations

from dataclasses import dataclass, field

from news.identity import AddressForm
from news.schedule import ADAPTIVE_BASE_SECONDS, Schedule


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A link page that is read for article URLs and never indexed itself."""

    url: str
    links: str | None = None  # CSS selector of the parts to take links from; None = the whole page
    max_pages: int = 1  # how many pages of the list are read, including the first


@dataclass(frozen=True, kw_only=True, slots=True)
class Credentials:
    """What each request presents to a publisher's server; the secret itself stays where it is kept."""

    header: str = "Authorization"
    from_env: str | None = None  # the environment variable that holds the secret
    from_file: str | None = None  # the file that holds the secret
    is_basic: bool = False  # the secret is "user:password", sent as HTTP Basic


@dataclass(frozen=True, kw_only=True, slots=True)
class ExtractionRules:
    """CSS selectors a publisher's file adds where generic extraction fails."""

    title: str | None = None
    dek: str | None = None
    body: str | None = None  # the container of the story
    authors: str | None = None
    section: str | None = None
    caption: str | None = None
    remove: tuple[str, ...] = ()  # page furniture to cut before anything is read


@dataclass(frozen=True, kw_only=True, slots=True)
class StoryAddress:
    """An address form that names each story by a number, in certain places of a site."""

    name: str  # story numbers are compared only within a form
    places: tuple[str, ...]  # hosts without www, each with the prefix of its paths
    story: str  # regular expression for the rest of path and query; its only group is the number
    site: str | None = None  # shared by sources that share stories; None = the source's id


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """One followed publisher."""

    id: str  # [a-z0-9][a-z0-9-]*, at most 64 characters; names files and rows
    name: str
    home_url: str
    language: str | None = None  # ISO 639-1, the main language
    country: str | None = None  # ISO 3166-1 alpha-2
    enabled: bool = True
    schedule: Schedule = field(default_factory=Schedule)  # when feeds, sitemaps and sections are fetched
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    sitemaps_from_robots: bool = True  # also follow robots.txt "Sitemap:" lines
    sections: tuple[Section, ...] = ()
    backfill_days: int = 30  # sitemap entries older than this are left alone
    hosts: tuple[str, ...] = ()  # hosts in scope; never empty after loading (home_url's host and its www twin)
    article_patterns: tuple[str, ...] = ()  # regular expressions on path+query; empty = whatever discovery names
    ignore_patterns: tuple[str, ...] = ()  # regular expressions on path+query of URLs never fetched
    strip_parameters: tuple[str, ...] = ()  # query parameters dropped besides the usual tracking ones
    addresses: tuple[StoryAddress, ...] = ()  # address forms under which one story may appear
    renders: bool = False  # pages without a story are rendered in a browser
    render_hosts: tuple[str, ...] = ()  # hosts outside its site from which a rendered page may load parts
    delay_seconds: float | None = None  # per-host delay; None = the setting's
    max_delay_seconds: float | None = None  # how far it widens while a host is slow or failing; None = the setting's
    concurrency: int | None = None  # concurrent requests to its hosts; None = the setting's
    max_urls_per_crawl: int | None = None  # None = the setting's
    revisits_per_day: int = 1000  # requests that looking for edits may use
    credentials: Credentials | None = None
    rules: ExtractionRules = field(default_factory=ExtractionRules)

    @property
    def address_forms(self) -> tuple[AddressForm, ...]:
        """The address forms, each in one place."""
        return tuple(
            AddressForm(
                site=form.site or self.id,
                place=place,
                name=form.name,
                story=form.story,
                strip_parameters=self.strip_parameters,
            )
            for form in self.addresses
            for place in form.places
        )

    @property
    def poll_interval_seconds(self) -> int:
        """The least time between two polls of a document that has no schedule of its own."""
        return self.schedule.every_seconds or ADAPTIVE_BASE_SECONDS
