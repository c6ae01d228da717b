"""Puts an article together from what was read of its page, with the origin of each field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from crawler.extraction.access import WITHHELD, read_access
from crawler.extraction.body.bodies import Body
from crawler.extraction.body.furniture_lines import source_line_in
from crawler.extraction.body.structure import structured_blocks
from crawler.extraction.bylines.agencies import read_agencies
from crawler.extraction.bylines.people import people_of
from crawler.extraction.bylines.stated_writers import stated_groups
from crawler.extraction.datelines import read_dateline
from crawler.extraction.dates.dates import Dates
from crawler.extraction.deks import Dek
from crawler.extraction.found import Found
from crawler.extraction.kickers import read_kicker
from crawler.extraction.languages import read_language
from crawler.extraction.live.data import read_live
from crawler.extraction.live.posts import LivePost, has_posts
from crawler.extraction.opened_page import OpenedPage
from crawler.extraction.page.passages import IN_FIGURE, Passage
from crawler.extraction.rules import value_by_rule
from crawler.extraction.sections import read_section
from crawler.extraction.story_head import Head
from crawler.extraction.tags import read_tags
from crawler.extraction.text import scrub
from news.article import RENDERED, Article, ArticleKind, Image

MAX_UNTITLED_CHARACTERS = 100
UNTITLED_CERTAINTY = 0.1  # of the beginning of the text as the headline of a page that has none; a choice
LANGUAGE_BLOCKS = 20  # sampled to detect the language

T = TypeVar("T")


@dataclass(frozen=True)
class Findings:
    """What was read of a story besides its head."""

    body: Body
    dek: Dek | None
    source_line: str | None
    dates: Dates
    authors: Found[tuple[str, ...]] | None
    posts: list[LivePost]


@dataclass
class _Notes:
    """Where each field came from and what is doubtful, collected while the article is put together."""

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


def article_of(opened: OpenedPage, head: Head, findings: Findings) -> Article:
    """The article of a page."""
    document, structured, passages = opened.document, opened.structured, opened.passages
    blocks_read, dates = findings.body.blocks, findings.dates
    notes = _Notes()
    title = notes.take("title", head.stated_title)
    if not title:
        title = blocks_read[0].text[:MAX_UNTITLED_CHARACTERS]
        notes.take("title", Found(title, "opening", UNTITLED_CERTAINTY))
        notes.flags.append("title_missing")
    notes.take("blocks", Found(blocks_read, findings.body.origin, round(findings.body.certainty, 2)))
    published = notes.take("published_at", dates.published)
    modified = notes.take("modified_at", dates.modified)
    authors = notes.take("authors", findings.authors) or ()
    sample = " ".join(block.text for block in blocks_read[:LANGUAGE_BLOCKS])
    language = notes.take("language", read_language(document, structured, opened.hints, sample))
    source_line = notes.take("source_line", _source_line(findings, passages))
    agencies = read_agencies(structured, authors, passages, head.headline, blocks_read, source_line, language)
    image = _image(notes, head, opened)
    dek = notes.take("dek", Found(findings.dek.text, findings.dek.origin) if findings.dek else None)
    notes.evidence |= {"refused_date": dates.refused} if dates.refused else {}
    section = value_by_rule(document.tree, opened.rules.section) or read_section(
        document, structured, opened.hints, head.title
    )
    access = read_access(document, structured, passages, blocks_read)
    notes.take("is_free", None if access.is_free is None else Found(access.is_free, access.origin))
    people = people_of(authors, language, opened.site | stated_groups(structured))
    notes.take("people", Found(people, notes.evidence["authors"], notes.certainty["authors"]) if people else None)
    story = [title, *(block.text for block in blocks_read)]
    live = read_live(findings.posts, structured, opened.reading, published or modified)
    blocks = structured_blocks(blocks_read, opened.reading, document, image.url if image else None, live)
    return Article(
        url=scrub(opened.page.url),
        kind=ArticleKind.LIVE if has_posts(blocks) else ArticleKind.STORY,
        canonical_url=notes.take("canonical_url", _canonical(opened)),
        title=title,
        dek=dek,
        kicker=notes.take("kicker", _found(read_kicker(document), "above the headline")),
        authors=authors,
        people=people,
        agencies=notes.take("agencies", agencies) or (),
        published_at=published.at if published else None,
        published_zone=published.zone if published else None,
        published_day_only=published.day_only if published else False,
        modified_at=modified.at if modified else None,
        modified_zone=modified.zone if modified else None,
        section=notes.take("section", section),
        language=language,
        tags=notes.take("tags", read_tags(document, structured, passages, head.headline, story)) or (),
        blocks=blocks,
        image=image,
        source_line=source_line,
        site_name=notes.take("site_name", _site_name(opened)),
        dateline=notes.take("dateline", _found(read_dateline(blocks_read), "opening")),
        is_free=access.is_free,
        evidence=dict(notes.evidence),
        certainty=dict(notes.certainty),
        flags=(
            *notes.flags,
            *dates.flags,
            *([WITHHELD] if access.is_withheld else ()),
            *([RENDERED] if opened.page.is_rendered else ()),
        ),
    )


def _found(text: str | None, origin: str) -> Found[str] | None:
    return Found(text, origin) if text else None


def _source_line(findings: Findings, passages: Sequence[Passage]) -> Found[str] | None:
    """The line that names the story's source: at its end, else elsewhere on the page."""
    lines = (passage.line for passage in passages if not passage.box.roles & IN_FIGURE)
    return _found(findings.source_line, "story's end") or _found(source_line_in(lines), "line")


def _image(notes: _Notes, head: Head, opened: OpenedPage) -> Image | None:
    """The lead image, with the origins of its address, caption and credit."""
    image = head.lead.image
    if image is None:
        return None
    notes.take("image", Found(image, head.lead.origin))
    notes.take("caption", _found(image.caption, "rule" if opened.rules.caption else "figure or data"))
    notes.take("credit", _found(image.credit, "figure or data"))
    return image


def _site_name(opened: OpenedPage) -> Found[str] | None:
    stated = next(iter(opened.structured.site_names), None)
    return _found(stated, "page's data") or _found(opened.hints.site_name, "hint")


def _canonical(opened: OpenedPage) -> Found[str] | None:
    """The address the page declares for itself."""
    links = (
        ("link rel=canonical", link.get("href"))
        for link in opened.document.elements.tagged("link")
        if "canonical" in (link.get("rel") or "").lower().split()
    )
    stated = (*links, ("og:url", opened.structured.meta("og:url")))
    return next((Found(url, origin) for origin, href in stated if (url := opened.document.link(href))), None)
