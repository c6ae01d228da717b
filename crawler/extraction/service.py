"""The entry point of extraction: a page's bytes in; an Article, or the reason why there is none, out."""

from __future__ import annotations

from dataclasses import replace

from crawler.extraction.assembly import Findings, article_of
from crawler.extraction.body.boilerplate import Notice, sift, unnoticed
from crawler.extraction.body.furniture import Cleaned, clean_blocks
from crawler.extraction.bylines.agencies import without_sign_off
from crawler.extraction.bylines.east_signatures import without_signature
from crawler.extraction.bylines.signers import signed, without_writer
from crawler.extraction.dates.dates import read_dates
from crawler.extraction.deks import Dek
from crawler.extraction.doubted_deks import is_of_story
from crawler.extraction.memory import garbage_left
from crawler.extraction.opened_page import OpenedPage, open_page
from crawler.extraction.page.flight import Flight
from crawler.extraction.page_story import PageStory, read_page_story
from crawler.extraction.story_head import Head, read_head
from crawler.extraction.text import tidy
from crawler.extraction.verdict import judge
from news.article import Article, Block, Hints, NotArticle, NotArticleReason, Page
from news.boilerplate import NO_BOILERPLATE, Boilerplate
from news.source import ExtractionRules

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


def _extract(
    page: Page, hints: Hints, rules: ExtractionRules, boilerplate: Boilerplate, notice: Notice
) -> Article | NotArticle:
    """`extract` without its boundary; what was read of the page is let go here, before garbage is collected again."""
    opened = open_page(page, hints, rules)
    return opened if isinstance(opened, NotArticle) else _read(opened, boilerplate, notice)


def _read(opened: OpenedPage, boilerplate: Boilerplate, notice: Notice) -> Article | NotArticle:
    head = read_head(opened)
    story = read_page_story(opened, head)
    cleaned, signers = _cleaned(story, head)
    blocks = sift(cleaned.blocks, opened.passages, story.facts, boilerplate, notice)
    body = replace(story.body, blocks=blocks)
    if reason := judge(opened.document, opened.structured, head.title, body, opened.site):
        return reason
    told = body.told or Flight()
    findings = Findings(
        body=body,
        dek=_own_dek(story.dek, head.title, blocks),
        source_line=cleaned.source_line,
        dates=read_dates(
            opened.document,
            opened.structured,
            opened.hints,
            opened.page.fetched_at,
            opened.passages,
            head.headline,
            told=told.published,
        ),
        authors=signed(head.authors, told, signers, opened.passages, head.headline, opened.site),
        posts=story.posts,
    )
    return article_of(opened, head, findings)


def _cleaned(story: PageStory, head: Head) -> tuple[Cleaned, tuple[str, ...]]:
    """The story without its furniture and signatures, and who signs it."""
    cleaned = clean_blocks(
        story.body.blocks,
        title=head.title,
        dek=story.dek_to_remove,
        captions=head.lead.caption_lines,
        authors=head.authors,
    )
    blocks, sign_off = without_sign_off(without_writer(cleaned.blocks, head.authors))
    blocks, signers = without_signature(blocks)
    return Cleaned(blocks, cleaned.source_line or sign_off), signers


def _own_dek(dek: Dek | None, title: str, blocks: tuple[Block, ...]) -> Dek | None:
    """The dek, if it is this story's: by the publisher's rule, or by its words."""
    return dek if dek and (dek.origin == "rule" or is_of_story(dek, title, blocks)) else None
