"""The documents that a crawl of a source starts from."""

from __future__ import annotations

import logging

from crawler.crawls.declared import declared
from crawler.fetching.refusals import HostResting, Refused
from crawler.politeness.manners import Manners
from crawler.recording.recorder import Recorder
from news.fetch import UrlKind
from news.source import Source
from news.urls import normalize_url, origin_of
from store.clock import utc_now
from store.frontier.service import DISCOVERY_KINDS
from store.records import NewUrl
from store.service import Store

log = logging.getLogger(__name__)


async def seed(source: Source, manners: Manners, store: Store, recorder: Recorder) -> None:
    """Declare the source's feeds, sitemaps and sections, and the sitemaps that its robots.txt names; drop others."""
    named = declared(source)
    await _declare(source, named, manners, store, recorder)
    await _tell_if_all_is_anothers(source, named, store, recorder)
    await recorder.call(store.fills.enlist, source.id, now=utc_now())


async def _declare(source: Source, named: list[NewUrl], manners: Manners, store: Store, recorder: Recorder) -> None:
    links = await _robots_sitemaps(source, manners)
    if links is None:  # what robots.txt names is unknown today, so every sitemap stays
        kinds = [kind for kind in DISCOVERY_KINDS if kind is not UrlKind.SITEMAP]
        await recorder.call(store.frontier.declare, named, source_id=source.id, kinds=kinds, now=utc_now())
        return
    urls = named + [NewUrl(url=url, kind=UrlKind.SITEMAP) for link in links if (url := normalize_url(link))]
    await recorder.call(store.frontier.declare, urls, source_id=source.id, now=utc_now())


async def _tell_if_all_is_anothers(source: Source, named: list[NewUrl], store: Store, recorder: Recorder) -> None:
    """Warn if all documents belong to another source, as after renaming or copying a file; it would look quiet."""
    owners = await recorder.call(store.frontier.owners, [new.url for new in named])
    if owners and source.id not in owners:
        other = min(owners)
        log.warning("all that %s names belongs to the source %s, so it asks nothing", source.id, other)
        log.warning("if %s is its name of before: newsdex sources rename %s %s", other, other, source.id)


async def _robots_sitemaps(source: Source, manners: Manners) -> tuple[str, ...] | None:
    """The sitemaps that robots.txt names; None if it does not answer."""
    if not source.sitemaps_from_robots:
        return ()
    try:
        rules = await manners.robots.rules(origin_of(source.home_url))
    except (Refused, HostResting):  # the host may not be asked; its rows will see the same
        return None
    return None if rules.deferred else tuple(rules.sitemaps)
