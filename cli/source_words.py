"""A source and how it is doing, in words for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, tzinfo
from typing import Any

from cli.output import counted, moment
from news.advice import advice_on
from news.completeness import MissingArticle
from news.fetch import UrlKind
from news.fills import Fill, FillKind
from news.revisits.budget import Spending
from news.revisits.validators import Doubt
from news.source import Source
from news.websub import Subscription
from store.views import FailureView, RefusedView, RunView, SourceStatus

# By Poisson's law, with this many edits expected per visit a fifth of them go unseen (news.revisits.budget)
MOST_EXPECTED = 0.5
Line = tuple[str, str]  # name and value


def source_lines(source: Source, file: str) -> Iterator[Line]:
    """What a source's file says, without what it leaves out."""
    yield "home page", source.home_url
    yield "file", file
    told = [each for each in (source.language, source.country) if each]
    if told:
        yield "language", ", ".join(told)
    yield "schedule", str(source.schedule) if source.enabled else "none: it is disabled, and crawled by hand only"
    for feed in source.feeds:
        yield "feed", feed
    for sitemap in source.sitemaps:
        yield "sitemap", sitemap
    if source.sitemaps_from_robots:
        yield "sitemap", "those that robots.txt names"
    for section in source.sections:
        pages = f", {section.max_pages} pages" if section.max_pages > 1 else ""
        yield "section", f"{section.url}{pages}{f', links in {section.links}' if section.links else ''}"
    yield "hosts", ", ".join(source.hosts)
    patterns = {"article patterns": source.article_patterns, "ignored": source.ignore_patterns}
    for name, values in (patterns | {"parameters dropped": source.strip_parameters}).items():
        if values:
            yield name, "  ".join(values)
    yield "backfill", f"sitemap entries of the last {source.backfill_days} days"
    rules = [name for name in source.rules.__slots__ if getattr(source.rules, name)]
    if rules:
        yield "own selectors", ", ".join(rules)


def status_lines(status: SourceStatus, zone: tzinfo) -> Iterator[Line]:
    """How a source is doing."""
    newest = f", the newest met {moment(status.newest_article_at, zone)}" if status.newest_article_at else ""
    yield "articles", f"{status.articles}{newest}"
    yield "URLs", f"{status.urls} known, {status.due} due, {status.failing} failing"
    yield "last crawl", run_words(status.last_run, zone) if status.last_run else "none yet"


def revisit_words(source: Source, spending: Spending, now: datetime) -> str:
    """How many revisits are allowed and made, and whether they are enough."""
    most, edits = source.revisits_per_day, spending.edits_per_day(now)
    made = f"about {spending.of_late(now):,.0f} in the last day, {edits:,.0f} edits a day expected"
    told = f"at most {most:,} a day; {made}"
    return f"{told}: raise crawl.revisits_per_day to see more of them" if edits > most * MOST_EXPECTED else told


def failure_words(failure: FailureView, zone: tzinfo) -> str:
    """A failing URL, why it fails, when it is retried, and what to do."""
    why = failure.outcome.replace("_", " ") + (f" ({failure.detail})" if failure.detail else "")
    again = f"tried again {moment(failure.next_due_at, zone)}" if failure.next_due_at else ""
    since = f" since {moment(failure.since_at, zone)}" if failure.since_at else ""
    times = f"{counted(failure.failure_count, 'time')} in a row{since}"
    return "; ".join(
        part for part in (f"{failure.url}: {why}", times, again, advice_on(failure.outcome, failure.kind)) if part
    )


def refused_words(refused: RefusedView) -> str:
    """The addresses that are not fetched, why, and what to do."""
    why = refused.outcome.replace("_", " ")
    told = f"{counted(refused.count, 'URL')}, {why}, such as {refused.url}"
    detail = f" ({refused.detail})" if refused.detail else ""
    advice = advice_on(refused.outcome, UrlKind.ARTICLE)
    return f"{told}{detail}{f'; {advice}' if advice else ''}"


def missing_words(missing: MissingArticle, zone: tzinfo) -> str:
    """An article that is not held, why, and when it is tried next."""
    called = f" “{missing.title}”" if missing.title else ""
    why = f"{missing.why}, {missing.outcome.replace('_', ' ')}" if missing.outcome else str(missing.why)
    detail = f" ({missing.detail})" if missing.detail else ""
    again = f"; tried {moment(missing.next_due_at, zone)}" if missing.next_due_at else ""
    return f"{moment(missing.dated_at, zone)} {missing.url}{called}: {why}{detail}{again}"


def nothing_read_words(source_id: str, why: str) -> str:
    """The message that a crawl got nothing it asked for, and where to learn more."""
    return f"nothing of {source_id} could be read: {why}; `newsdex sources show {source_id}` says what to do"


def run_words(run: RunView, zone: tzinfo) -> str:
    """A crawl and what it brought."""
    counts = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in sorted(run.counts.items()) if count)
    ended = run.finish_reason.replace("_", " ") if run.finish_reason else "under way"
    return f"{moment(run.started_at, zone)}, {ended}{f': {counts}' if counts else ''}"


def audit_lines(audit: Mapping[str, float]) -> Iterator[Line]:
    """How well a source's pages are read, by day."""
    if audit:
        shown = ", ".join(f"{day} {score:.2f}" for day, score in sorted(audit.items())[-7:])
        yield "pages read", f"{shown} (1 = as usual)"


def doubt_record(doubt: Doubt) -> dict[str, Any]:
    """A server whose 304 is not believed, as programs are told."""
    return {"kind": doubt.kind.value, "host": doubt.host, "since_at": doubt.since_at, "until_at": doubt.until_at}


def doubt_words(doubt: Doubt, zone: tzinfo) -> str:
    """What is fetched without validators, since when and until when."""
    what = f"{doubt.kind.value} pages" if doubt.kind is UrlKind.SECTION else f"{doubt.kind.value}s"
    times = f"since {moment(doubt.since_at, zone)}, until {moment(doubt.until_at, zone)}"
    return f"{what} of {doubt.host}, {times}: one had changed though the server said 304"


def hub_record(one: Subscription) -> dict[str, Any]:
    """A hub's subscription, as programs are told; without its secrets."""
    told = ("hub_url", "topic_url", "state", "expires_at", "notified_at", "detail")
    return {name: getattr(one, name) for name in told}


def hub_words(one: Subscription, zone: tzinfo, *, now: datetime, has_address: bool) -> str:
    """What a feed's hub was asked and what it did; `has_address` = there is an address that hubs can call."""
    state = one.state.value
    if one.expires_at is not None:
        state = f"{'not renewed, ended' if one.expires_at <= now else f'{state} until'} {moment(one.expires_at, zone)}"
    told = f", last told {moment(one.notified_at, zone)}" if one.notified_at else ""
    detail = one.detail if has_address else "not asked, since alerts.public_url is not set"
    return f"{one.hub_url}, {state}{told}{f' ({detail})' if detail else ''}"


def fill_words(fill: Fill, zone: tzinfo) -> str:
    """A gap or backfill and its progress."""
    span = f"{moment(fill.span.since_at, zone)} to {moment(fill.span.until_at, zone)}"
    what = f"gap in {fill.feed_url}" if fill.kind is FillKind.GAP else "backfill"
    ended = f"ended {moment(fill.ended_at, zone)}" if fill.ended_at else f"{fill.waiting_count} still to be read"
    read, found = counted(fill.document_count, "document"), counted(fill.found_count, "article")
    done = f"{read} read, {found} found, {ended}"
    return f"{what}, {span}: {done}{f' ({fill.detail})' if fill.detail else ''}"
