"""The tasks of the reading processes: turning bytes into an article, or into the URLs that a document names.

Extraction is loaded where a page is read, not in the process that has pages read, where it took a third of a second of
CPU at each start, and 18 MB.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crawler.discovery.feeds import read_feed
from crawler.discovery.readings import FeedReading, SectionReading, SitemapReading, Unreadable
from crawler.discovery.refresh import led_to
from crawler.discovery.sections import read_section
from crawler.discovery.site_page import SitePage, read_site_page
from crawler.discovery.sitemaps import read_sitemap
from crawler.extraction.found import SECOND_OPINION
from crawler.extraction.memory import garbage_left, give_back_after
from crawler.extraction.version import EXTRACTOR_VERSION
from crawler.fetching.answers import with_body
from crawler.fetching.bodies import PackedBody, UnpackingFailed
from crawler.fetching.wholeness import why_cut
from news.article import Article, Hints, NotArticle, NotArticleReason, Page
from news.article_record import article_record
from news.boilerplate import NO_BOILERPLATE, Boilerplate
from news.fetch import Outcome
from news.seen_pages import SeenPage
from news.shingles import Sketch, sketch_of
from news.signs import Figures
from news.source import ExtractionRules
from news.versions.digest import content_digest, payload_digest
from store.archive.exchange import Exchange, PackedExchange
from store.archive.records import pack_exchange
from store.json_text import JsonText, json_text

if TYPE_CHECKING:
    from crawler.extraction.body.boilerplate import Noticed

__all__ = [
    "EXTRACTOR_VERSION",
    "FeedReading",
    "SectionReading",
    "SitePage",
    "SitemapReading",
    "StoryReading",
    "Unreadable",
    "extract",
    "is_shell",
    "lacks_text",
    "led_to",
    "read_answer",
    "read_feed",
    "read_section",
    "read_site_page",
    "read_sitemap",
    "read_story",
    "with_story",
]

NO_TEXT = frozenset({NotArticleReason.EMPTY, NotArticleReason.NO_BODY})
TO_BE_SEEN = frozenset({NotArticleReason.VIDEO, NotArticleReason.GALLERY})  # though without a story's text
_NO_HINTS = Hints()
_NO_RULES = ExtractionRules()


@dataclass(frozen=True, kw_only=True, slots=True)
class StoryReading:
    """An article page as it was read."""

    extraction: Article | NotArticle
    boilerplate: Boilerplate = NO_BOILERPLATE  # the model it was read with; set by the process that asked for it
    figures: Figures | None = None  # None if the page could not be measured
    unmeasured: str = ""  # why it could not
    shown: SeenPage | None = None  # None if there is no article
    sketch: Sketch | None = None  # of the story's text; None if there is no article
    content_digest: str = ""  # empty if there is no article
    record: JsonText | None = None  # the article in its stored form; None if there is none
    body_bytes: int = 0  # of the page
    payload_digest: str = ""  # of an answer's page
    packed: PackedExchange | None = None  # the records of an answer
    leads_to: str | None = None  # where an answer without a story sends its readers at once


def read_answer(
    body: PackedBody,
    page: Page,
    exchange: Exchange,
    *,
    hints: Hints,
    rules: ExtractionRules,
    boilerplate: Boilerplate,
    has_no_length: bool,
    failure_count: int,
) -> StoryReading | Unreadable:
    """Read a page as it came, whose body `page` and `exchange` lack, like `read_story`, and make its archive records.

    Everything that depends on the page alone is computed here, since a single process writes for all pages. A body is
    passed between the two as sent, at a fifth of its size. `has_no_length` and `failure_count` as in `why_cut`.
    """
    try:
        unpacked = body.unpacked()
    except UnpackingFailed as error:
        return Unreadable(reason=str(error), outcome=error.outcome)
    if why := why_cut(unpacked, has_no_length=has_no_length, failure_count=failure_count):
        return Unreadable(reason=why, outcome=Outcome.INCOMPLETE)
    page = replace(page, body=unpacked.body)
    digest = payload_digest(page.body)
    packed = pack_exchange(with_body(exchange, body, unpacked, digest))
    read = read_story(page, hints=hints, rules=rules, boilerplate=boilerplate)
    return replace(read, payload_digest=digest, packed=packed, leads_to=_led_to(read, page, exchange))


def _led_to(read: StoryReading, page: Page, exchange: Exchange) -> str | None:
    """Where a page without a story sends its readers at once, as one does whose story has moved."""
    if isinstance(read.extraction, Article) or read.extraction.reason in TO_BE_SEEN:
        return None
    return led_to(page.body, page.url, page.content_type, exchange.headers, is_empty=True)


def read_story(page: Page, *, hints: Hints, rules: ExtractionRules, boilerplate: Boilerplate) -> StoryReading:
    """Read the article of a page, and what can be learned from the page about its source."""
    try:
        with garbage_left():  # beyond extraction: what is learned from the page needs its tree as well
            return _read_story(page, hints, rules, boilerplate)
    finally:
        give_back_after(len(page.body))


def _read_story(page: Page, hints: Hints, rules: ExtractionRules, boilerplate: Boilerplate) -> StoryReading:
    from crawler.extraction.body.boilerplate import page_shown  # noqa: PLC0415  see above
    from crawler.extraction.service import extract as extract_page  # noqa: PLC0415  see above
    from crawler.reading.audit import figures_of  # noqa: PLC0415  see above

    seen: list[Noticed] = []
    extraction = extract_page(page, hints=hints, rules=rules, boilerplate=boilerplate, notice=seen.append)
    noticed = seen[-1] if seen else None
    read = StoryReading(extraction=extraction, body_bytes=len(page.body))
    try:
        shown = page_shown(extraction, noticed) if noticed and isinstance(extraction, Article) else None
        read = replace(read, figures=figures_of(extraction, noticed, hints), shown=shown)
    except Exception as error:  # the boundary, as for extraction: a failure in learning must not lose the article
        read = replace(read, unmeasured=f"{type(error).__name__}: {error}")
    return read if isinstance(extraction, NotArticle) else with_story(read, extraction)


def with_story(read: StoryReading, story: Article) -> StoryReading:
    """The reading with this article and its stored form."""
    return replace(
        read,
        extraction=story,
        sketch=sketch_of(story.text),
        content_digest=content_digest(story),
        record=json_text(article_record(story)),
    )


def extract(
    page: Page,
    *,
    hints: Hints = _NO_HINTS,
    rules: ExtractionRules = _NO_RULES,
    boilerplate: Boilerplate = NO_BOILERPLATE,
) -> Article | NotArticle:
    """Only the article of a page, or why it holds none."""
    from crawler.extraction.service import extract as extract_page  # noqa: PLC0415  see above

    return extract_page(page, hints=hints, rules=rules, boilerplate=boilerplate)


def is_shell(page: Page) -> bool:
    """Whether a page runs scripts and shows little by itself."""
    from crawler.extraction.page import shell  # noqa: PLC0415  see above

    return shell.is_shell(page)


def lacks_text(read: Article | NotArticle) -> bool:
    """Whether only the text is missing; a hub, a video or a consent wall stays one in a browser.

    A body found only by a second opinion may consist of the frame's own menus.
    """
    if isinstance(read, Article):
        return read.evidence.get("blocks") == SECOND_OPINION
    return read.reason in NO_TEXT
