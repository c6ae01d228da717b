"""Proposing a whole source for a site from one of its addresses: explored politely, judged by five articles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from crawler.discovery.guesses import belongs_together
from crawler.discovery.site_page import SitePage
from crawler.fetching.exchange import FetchFailed
from crawler.politeness.fetch_once import FetchedPage
from crawler.proposals.patterns import pattern_of
from crawler.proposals.probing import Prober
from crawler.proposals.proposal import Proposal, Sample, Way, check, needs_browser
from crawler.proposals.sampling import Sampler, newest_first
from crawler.proposals.ways import WayFinder, is_html
from crawler.reading import tasks
from crawler.reading.pool import ReadingFailed
from crawler.reading.running import BlockingRunner
from news.addresses import with_www_twins
from news.errors import NewsdexError
from news.fetch import Discovered, UrlKind
from news.source import Source
from news.urls import host_of, origin_of

_EDITION = re.compile(r"/(([a-z]{2})(?:-[A-Za-z]{2})?)/?")  # a path such as "/en/" or "/pt-BR/"
LEAST_HOST_SHARE = 0.1  # of the entries, for a host to count as one of the site's


class CannotFollow(NewsdexError):
    """A site for which no source can be proposed; one line says why."""


def propose(address: str, *, prober: Prober, read: BlockingRunner, now: datetime) -> Proposal:
    """Propose a source for the site of an address. Raises CannotFollow. Blocks for as long as politeness requires."""
    given = _first_page(address, prober)
    first_look = _look(given, read)
    feed = _as_feed(given, read)
    edition = edition_of(address, first_look.language)
    home = given if edition else _home(given, feed, prober)
    looks = [first_look] if home is given else [first_look, _look(home, read)]
    finder = WayFinder(home_url=home.url, prober=prober, read=read, now=now)
    announced = [feed for look in looks for feed in look.feeds]
    linked = [feed for look in looks for feed in look.linked_feeds]
    finder.feeds(list(dict.fromkeys([*([given.url] if feed else []), *announced])), list(dict.fromkeys(linked)))
    finder.sitemaps(_named_sitemaps(home.url, prober))
    finder.sections(home, looks[-1])
    sampler = Sampler(prober=prober, read=read)
    source, samples = _sampled(finder, sampler, edition)
    if finder.drop(sampler.gone_ways(finder.ways)):  # then the home page may lead to what is still there
        finder.sections(home, looks[-1])
        source, samples = _sampled(finder, sampler, edition)
    if not (needs_browser(samples) or any(not sample.problem for sample in samples)):
        raise CannotFollow(f"{address} cannot be followed: {_why_not(address, given, samples, finder.ways, looks)}")
    return Proposal(
        name=_name(looks, samples, finder.ways) or _readable(host_of(home.url)),
        home_url=home.url,
        hosts=_hosts(home.url, newest_first(finder.chosen)),
        language=main_language([sample.language for sample in samples], looks[-1].language),
        time_zone=next((look.time_zone for look in reversed(looks) if look.time_zone), None),
        article_pattern=next(iter(source.article_patterns), None),
        ways=tuple(finder.ways),
        samples=tuple(samples),
        checks=check(samples, finder.ways, now=now),
        request_count=prober.request_count,
    )


def _sampled(finder: WayFinder, sampler: Sampler, edition: str | None) -> tuple[Source, list[Sample]]:
    """The source that the chosen ways make, and articles that they lead to."""
    entries = newest_first(finder.chosen)
    pattern, hosts = pattern_of(finder.ways, edition), _hosts(finder.home_url, entries)
    source = Source(
        id="proposed",
        name="",
        home_url=finder.home_url,
        hosts=hosts or with_www_twins(host_of(finder.home_url)),
        article_patterns=(pattern,) if pattern else (),
    )
    return source, list(sampler.samples(entries, source))


def _first_page(address: str, prober: Prober) -> FetchedPage:
    try:
        return prober.ask(address)
    except FetchFailed as error:
        raise CannotFollow(f"{address} cannot be followed: {str(error).removeprefix(f'{address} ')}") from error


def edition_of(url: str, language: str | None) -> str | None:
    """The folder of a language edition, if an address is its front page and the page states that language; else None.

    >>> edition_of("https://a.org/en-GB/", "en"), edition_of("https://a.org/tv/", "en")
    ('/en-GB/', None)
    """
    folder = _EDITION.fullmatch(urlsplit(url).path)
    return f"/{folder[1]}/" if folder and language == folder[2].lower() else None


def _home(given: FetchedPage, feed: tasks.FeedReading | None, prober: Prober) -> FetchedPage:
    """The site's home page; the given page if the home page does not answer or lies elsewhere."""
    page_url = given.url
    if feed and feed.entries:  # a feed may lie on any host, and so may what leads to its pages
        page_url = feed.entries[0].url
        landed = prober.try_to_ask(page_url) if belongs_together(page_url, given.url) else None
        page_url = landed.url if landed is not None else page_url
    if not feed and not urlsplit(page_url).path.strip("/"):
        return given
    home = prober.try_to_ask(origin_of(page_url) + "/")
    return home if home is not None and belongs_together(home.url, page_url) else given


def _look(page: FetchedPage, read: BlockingRunner) -> SitePage:
    try:
        look = read(tasks.read_site_page, page.body, page.url, page.content_type)
    except ReadingFailed:
        return SitePage()
    return look if isinstance(look, SitePage) else SitePage()


def _as_feed(page: FetchedPage, read: BlockingRunner) -> tasks.FeedReading | None:
    """The page read as a feed; None if it is not one."""
    if is_html(page):
        return None
    try:
        feed = read(tasks.read_feed, page.body, page.url, page.content_type, limit=1)
    except ReadingFailed:
        return None
    return feed if isinstance(feed, tasks.FeedReading) else None


def _named_sitemaps(home_url: str, prober: Prober) -> Sequence[str]:
    try:
        return prober.rules(home_url).sitemaps
    except FetchFailed:
        return ()


def _name(looks: Sequence[SitePage], samples: Sequence[Sample], ways: Sequence[Way]) -> str | None:
    """The site's name, from its pages, from most articles, from its feed's title, or from its own title."""
    stated = next((look.name for look in reversed(looks) if look.name), None)
    feed = next((way.title for way in ways if way.chosen and way.title), None)
    title = next((look.title for look in reversed(looks) if look.title), None)
    return stated or _most_common([sample.site_name for sample in samples]) or feed or title


def _readable(host: str) -> str:
    """A host as people write it: "bücher.example" instead of its ASCII form."""
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host


def _why_not(
    address: str, given: FetchedPage, samples: Sequence[Sample], ways: Sequence[Way], looks: Sequence[SitePage]
) -> str:
    """Why nothing of the site can be followed, and where that showed."""
    scripts = "; its pages are empty until scripts run" if any(look.needs_scripts for look in looks) else ""
    if samples:
        return f"none of {len(samples)} pages holds an article ({samples[0].url}: {samples[0].problem}){scripts}"
    if any(way.chosen for way in ways):
        return f"no page could be asked for{scripts}"
    left = next((f" ({way.url} {way.reason})" for way in ways if way.kind is not UrlKind.SECTION), "")
    led = "" if belongs_together(given.url, address) else f"; it leads to {given.url}"
    return f"no feed, sitemap or page that leads to articles was found{left}{led}{scripts}"


def _hosts(home_url: str, entries: Sequence[Discovered]) -> tuple[str, ...]:
    """The hosts that hold the site's articles; empty when the home page's and its www twin do."""
    counts = Counter(host_of(entry.url) for entry in entries)
    often = [host for host, count in counts.most_common() if count >= LEAST_HOST_SHARE * counts.total()]
    usual = with_www_twins(host_of(home_url))
    return () if set(often) <= set(usual) else tuple(dict.fromkeys((*usual, *often)))


def main_language(read: Sequence[str | None], declared: str | None) -> str | None:
    """The language of most articles; if none has more than half of them, the one that the home page declares.

    >>> main_language(["de", "fr", "tr", "en", "de"], "en"), main_language(["tr", "tr", None], "en")
    ('en', 'tr')
    """
    known = [language for language in read if language]
    common = _most_common(known)
    return common if common and 2 * known.count(common) > len(known) else declared or common


def _most_common(values: Sequence[str | None]) -> str | None:
    counts = Counter(value for value in values if value)
    return counts.most_common(1)[0][0] if counts else None
