"""Articles of an unknown site, read as they would be later, and what they say of the lists that lead to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from crawler.answered.led_away import led_away
from crawler.discovery.scope import classify, looks_like_story
from crawler.fetching.exchange import FetchFailed
from crawler.proposals.probing import Prober
from crawler.proposals.proposal import WANTED_SAMPLES, Sample, Way
from crawler.reading import tasks
from crawler.reading.pool import ReadingFailed
from crawler.reading.running import BlockingRunner
from news.article import Article, Hints, Page
from news.fetch import Discovered, Outcome, UrlKind
from news.source import Source
from news.urls import url_key
from news.words import word_count

SPARE_SAMPLES = 3  # pages that may turn out not to be articles
LEAST_GONE = 2  # pages of a list, so that it is no chance if all are gone; a choice


@dataclass(kw_only=True, slots=True)
class Sampler:
    """Reads pages of one site, each once."""

    prober: Prober
    read: BlockingRunner
    seen: dict[str, Sample] = field(default_factory=dict)  # by the address that a list gives

    def samples(self, entries: Sequence[Discovered], source: Source) -> Iterator[Sample]:
        """As many articles as wanted, as they would be read; other pages are skipped, up to a bound."""
        wanted, left = WANTED_SAMPLES, WANTED_SAMPLES + SPARE_SAMPLES
        for entry in entries:
            if wanted == 0 or left == 0:
                return
            if classify(entry.url, source) is not UrlKind.ARTICLE:
                continue
            left -= 1
            sample = self.seen.get(entry.url) or _sample(entry, self.prober, self.read)
            if sample is None:
                return
            self.seen[entry.url] = sample
            wanted -= sample.needs_browser or not sample.problem
            yield sample

    def gone_ways(self, ways: Sequence[Way]) -> dict[str, int]:
        """The chosen ways of which every page that was asked for is gone, by address, and how many these pages are."""
        gone = {}
        for way in ways:
            asked = [self.seen[entry.url] for entry in way.entries if entry.url in self.seen]
            is_enough = asked and len(asked) >= min(LEAST_GONE, len(way.entries))
            if way.chosen and is_enough and all(each.is_gone for each in asked):
                gone[way.url] = len(asked)
        return gone


def newest_first(ways: Sequence[Way]) -> list[Discovered]:
    """The entries of all ways in turns, each way's newest first, likely stories before others, each address once."""
    lists = [sorted(way.entries, key=_sort_key, reverse=True) for way in ways]
    mixed = [entry for turn in zip_longest(*lists) for entry in turn if entry is not None]
    return list({url_key(entry.url): entry for entry in reversed(mixed)}.values())[::-1]


def _sort_key(entry: Discovered) -> tuple[bool, float]:
    at = entry.published_at or entry.modified_at
    return looks_like_story(entry.url), at.timestamp() if at else 0.0


def _sample(entry: Discovered, prober: Prober, read: BlockingRunner) -> Sample | None:
    """One article; None if no more requests are allowed."""
    try:
        answer = prober.ask(entry.url)
        if why := led_away(entry.url, answer.url):
            return Sample(url=entry.url, problem=f"no article: {why.detail}")
        page = Page(url=answer.url, body=answer.body, content_type=answer.content_type)
        hints = Hints(title=entry.title, published_at=entry.published_at, section=entry.section)
        story = read(tasks.extract, page, hints=hints)
        if not isinstance(story, Article) and tasks.lacks_text(story) and read(tasks.is_shell, page):
            return Sample(url=entry.url, problem="holds no story until scripts run", needs_browser=True)
    except FetchFailed as error:
        if error.outcome is Outcome.THROTTLED:
            return None
        problem = str(error).removeprefix(f"{entry.url} ")
        return Sample(url=entry.url, problem=problem, is_gone=error.outcome is Outcome.GONE)
    except ReadingFailed as error:
        return Sample(url=entry.url, problem=str(error))
    if not isinstance(story, Article):
        return Sample(url=entry.url, problem=f"no article: {story.reason.value}")
    return Sample(
        url=story.url,
        title=story.title,
        published_at=story.published_at,
        word_count=word_count(story.text),
        language=story.language,
        site_name=story.site_name,
    )
