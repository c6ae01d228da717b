"""The entry point of extraction: a page's bytes in; an Article, or the reason why there is none, out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TypeVar

from lxml.html import HtmlElement

from crawler.extraction.access import WITHHELD, read_access
from crawler.extraction.body.bodies import Body, read_body
from crawler.extraction.body.boilerplate import Notice, sift, unnoticed
from crawler.extraction.body.furniture import Cleaned, clean_blocks
from crawler.extraction.body.furniture_lines import source_line_in
from crawler.extraction.body.link_boxes import cut
from crawler.extraction.body.page_facts import headline_index, page_facts
from crawler.extraction.body.story import judge_passages, read_story
from crawler.extraction.body.structure import structured_blocks
from crawler.extraction.body.wording import PageFacts
from crawler.extraction.bylines.agencies import read_agencies, without_sign_off
from crawler.extraction.bylines.bylines import read_authors
from crawler.extraction.bylines.east_signatures import without_signature
from crawler.extraction.bylines.own_names import tidy_names
from crawler.extraction.bylines.people import people_of
from crawler.extraction.bylines.signers import signed, without_writer
from crawler.extraction.bylines.stated_writers import stated_groups
from crawler.extraction.datelines import read_dateline
from crawler.extraction.dates.dates import Dates, read_dates
from crawler.extraction.deks import Dek, read_dek
from crawler.extraction.doubted_deks import is_of_story
from crawler.extraction.found import Found
from crawler.extraction.images import LeadImage, read_image
from crawler.extraction.languages import read_language
from crawler.extraction.live.data import read_live
from crawler.extraction.live.posts import LivePost, has_posts, is_live, lift, shown_posts
from crawler.extraction.memory import garbage_left
from crawler.extraction.page.document import Document, parse_page
from crawler.extraction.page.flight import Flight
from crawler.extraction.page.passages import IN_FIGURE, Passage, Reading
from crawler.extraction.page.site_keys import site_keys
from crawler.extraction.page.structured import Structured, read_structured
from crawler.extraction.page.walk import read_page
from crawler.extraction.rules import select, texts_by_rule, value_by_rule
from crawler.extraction.sections import read_kicker, read_section
from crawler.extraction.tags import read_tags
from crawler.extraction.text import scrub, tidy, word_key
from crawler.extraction.titles.titles import read_title
from crawler.extraction.trees import Column
from crawler.extraction.verdict import judge
from news.article import RENDERED, Article, ArticleKind, Hints, NotArticle, NotArticleReason, Page
from news.boilerplate import NO_BOILERPLATE, Boilerplate
from news.source import ExtractionRules

MAX_UNTITLED_CHARACTERS = 100
LANGUAGE_BLOCKS = 20  # sampled to detect the language

T = TypeVar("T")

_NO_HINTS = Hints()
_NO_RULES = ExtractionRules()


def extract(
    page: Page,
    *,
    hints: Hints = _NO_HINTS,
    rules: ExtractionRules = _NO_RULES,
    boilerplate: Boilerplate = NO_BOILERPLATE,
    notice: Notice = unnoticed,
) -> Article | NotArticle:
    """The article of a page, or why it holds none; `boilerplate` is what its source also shows with other stories.

    Pure CPU work on the bytes alone, safe to run in another process; never raises because of what a page holds. Every
    string in the result is valid UTF-8 without control characters.
    """
    try:
        with garbage_left():
            return _extract(page, hints, rules, boilerplate, notice)
    except Exception as error:  # the boundary: an unforeseen page must not end the worker
        return NotArticle(reason=NotArticleReason.FAILED, detail=tidy(f"{type(error).__name__}: {error}", limit=300))


@dataclass
class _Notes:
    """Where each field came from and what is doubtful, collected during extraction."""

    evidence: dict[str, str] = field(default_factory=dict)
    certainty: dict[str, float] = field(default_factory=dict)
    flags: list[str] = field(default_factory=list)

    def take(self, name: str, found: Found[T] | None) -> T | None:
        """Take the value of a field and note its origin."""
        if found is None:
            return None
        self.evidence[name] = found.origin
        self.certainty[name] = found.certainty
        return found.value


def _extract(
    page: Page, hints: Hints, rules: ExtractionRules, boilerplate: Boilerplate, notice: Notice
) -> Article | NotArticle:
    document = parse_page(page)
    if isinstance(document, NotArticle):
        return document
    for selector in rules.remove:
        for element in select(document.tree, selector):
            cut(element)
    structured = read_structured(document)
    notes = _Notes()
    reading = read_page(document.tree)
    passages, boxes = reading.passages, reading.boxes
    stated = value_by_rule(document.tree, rules.title) or read_title(document, structured, hints, passages)
    title = notes.take("title", stated) or ""
    headline = headline_index(passages, word_key(title))
    authors = _authors(document, structured, hints, rules, passages, headline)
    facts = page_facts(structured, title)
    dek = _dek(document, structured, title, rules)
    lead = read_image(document, structured, title, next(iter(texts_by_rule(document.tree, rules.caption)), None))
    certainties = judge_passages(passages, boxes, facts, headline) if passages else None
    posts: list[LivePost] = []
    if certainties is not None:
        posts = shown_posts(reading, certainties, declared=is_live(structured, document))
        certainties = lift(certainties, reading, posts) if posts else certainties
    shown, placed, beside = _shown_story(passages, certainties, facts, dek, lead, headline=-1 if posts else headline)
    body = read_body(document, structured, rules, shown, title=title)
    if placed and body.origin == shown.origin:
        dek = Dek(placed, "place")
    elif dek is None and beside and body.origin == shown.origin:
        dek = Dek(beside, "place")
    apart = dek.text if dek and dek.stands_apart and body.origin != shown.origin else None
    cleaned = clean_blocks(body.blocks, title=title, dek=apart, captions=lead.caption_lines, authors=authors)
    blocks, signature = without_sign_off(without_writer(cleaned.blocks, authors))
    blocks, signers = without_signature(blocks)
    cleaned = Cleaned(blocks, cleaned.source_line or signature)
    body = replace(body, blocks=sift(cleaned.blocks, passages, facts, boilerplate, notice))
    if reason := judge(document, structured, title, body, site_keys(document, structured, hints)):
        return reason
    if dek and not (dek.origin == "rule" or is_of_story(dek, title, body.blocks)):
        dek = None
    notes.evidence["blocks"] = body.origin
    notes.certainty["blocks"] = round(body.certainty, 2)
    if not title:
        title = body.blocks[0].text[:MAX_UNTITLED_CHARACTERS]
        notes.flags.append("title_missing")
    told = body.told or Flight()
    authors = signed(authors, told, signers, passages, headline, site_keys(document, structured, hints))
    dates = read_dates(document, structured, hints, page.fetched_at, passages, headline, told=told.published)
    return _article(
        page,
        document,
        structured,
        hints,
        rules,
        _Read(title, dek, lead, body, cleaned, dates, authors, reading, headline, posts),
        notes,
    )


def _shown_story(
    passages: list[Passage],
    certainties: Column | None,
    facts: PageFacts,
    dek: Dek | None,
    lead: LeadImage,
    *,
    headline: int,
) -> tuple[Body, str | None, str | None]:
    """(body, dek, dek beside): the story without dek and captions, and deks recognized only by their place.

    The first of the two was among the story's text, the second was not.
    """
    if certainties is None:
        return Body((), "passages", 0.0), None, None
    not_story: set[HtmlElement] = set(lead.caption_elements)
    doubted: set[HtmlElement] = set()
    if dek and dek.stands_apart and dek.element is not None:
        (doubted if dek.is_doubted else not_story).add(dek.element)
    story = read_story(
        passages,
        certainties,
        not_story,
        is_news=facts.is_news,
        headline=headline,
        doubted=doubted,
        dek=dek.text if dek and dek.is_told else None,
        dek_is_shown=dek is not None and dek.element is not None,
    )
    return Body(story.blocks, "passages", story.certainty), story.dek, story.dek_beside


@dataclass(frozen=True)
class _Read:
    """Everything read from the page, ready to be put together as the article."""

    title: str
    dek: Dek | None
    lead: LeadImage
    body: Body
    cleaned: Cleaned
    dates: Dates
    authors: Found[tuple[str, ...]] | None
    reading: Reading
    headline: int  # its index among the passages, -1 if none shows it
    posts: list[LivePost]


def _article(
    page: Page,
    document: Document,
    structured: Structured,
    hints: Hints,
    rules: ExtractionRules,
    read: _Read,
    notes: _Notes,
) -> Article:
    published = notes.take("published_at", read.dates.published)
    modified = notes.take("modified_at", read.dates.modified)
    sample = " ".join(block.text for block in read.body.blocks[:LANGUAGE_BLOCKS])
    section = value_by_rule(document.tree, rules.section) or read_section(document, structured, hints)
    authors = notes.take("authors", read.authors) or ()
    language = notes.take("language", read_language(document, structured, hints, sample))
    source_line = read.cleaned.source_line or source_line_in(
        passage.line for passage in read.reading.passages if not passage.box.roles & IN_FIGURE
    )
    agencies = read_agencies(
        structured, authors, read.reading.passages, read.headline, read.body.blocks, source_line, language
    )
    notes.evidence |= {"dek": read.dek.origin} if read.dek else {}
    image = read.lead.image
    notes.evidence |= {"image": read.lead.origin} if image else {}
    notes.evidence |= {"refused_date": read.dates.refused} if read.dates.refused else {}
    access = read_access(document, structured, read.reading.passages, read.body.blocks)
    live = read_live(read.posts, structured, read.reading, published or modified)
    blocks = structured_blocks(read.body.blocks, read.reading, document, image.url if image else None, live)
    return Article(
        url=scrub(page.url),
        kind=ArticleKind.LIVE if has_posts(blocks) else ArticleKind.STORY,
        canonical_url=_canonical(document, structured),
        title=read.title,
        dek=read.dek.text if read.dek else None,
        kicker=read_kicker(document),
        authors=authors,
        people=people_of(authors, language, site_keys(document, structured, hints) | stated_groups(structured)),
        agencies=notes.take("agencies", agencies) or (),
        published_at=published.at if published else None,
        published_zone=published.zone if published else None,
        published_day_only=published.day_only if published else False,
        modified_at=modified.at if modified else None,
        modified_zone=modified.zone if modified else None,
        section=notes.take("section", section),
        language=language,
        tags=read_tags(
            document,
            structured,
            read.reading.passages,
            read.headline,
            [read.title, *(block.text for block in read.body.blocks)],
        ),
        blocks=blocks,
        image=image,
        source_line=source_line,
        site_name=next(iter(structured.site_names), hints.site_name),
        dateline=read_dateline(read.body.blocks),
        is_free=access.is_free,
        evidence=dict(notes.evidence),
        certainty=dict(notes.certainty),
        flags=(
            *notes.flags,
            *read.dates.flags,
            *([WITHHELD] if access.is_withheld else ()),
            *([RENDERED] if page.is_rendered else ()),
        ),
    )


def _dek(document: Document, structured: Structured, title: str, rules: ExtractionRules) -> Dek | None:
    shown = next(iter(select(document.tree, rules.dek)), None)
    if shown is not None and (found := value_by_rule(document.tree, rules.dek)):
        return Dek(found.value, found.origin, shown, stands_apart=True, is_told=True)
    return read_dek(document, structured, title)


def _authors(
    document: Document,
    structured: Structured,
    hints: Hints,
    rules: ExtractionRules,
    passages: list[Passage],
    headline: int,
) -> Found[tuple[str, ...]] | None:
    ruled = tidy_names(texts_by_rule(document.tree, rules.authors), site_keys(document, structured, hints))
    return Found(ruled, "rule") if ruled else read_authors(document, structured, hints, passages, headline)


def _canonical(document: Document, structured: Structured) -> str | None:
    """The address the page declares for itself."""
    links = (
        link.get("href")
        for link in document.elements.tagged("link")
        if "canonical" in (link.get("rel") or "").lower().split()
    )
    stated = (document.link(href) for href in (*links, structured.meta("og:url")))
    return next((url for url in stated if url), None)
