"""The story below its head: as the page shows it, or as its data has it, with the posts of a live blog."""

from __future__ import annotations

from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.extraction.body.bodies import Body, read_body
from crawler.extraction.body.page_facts import page_facts
from crawler.extraction.body.story import Story, judge_passages, read_story
from crawler.extraction.body.wording import PageFacts
from crawler.extraction.deks import Dek
from crawler.extraction.live.posts import LivePost, is_live, lift, shown_posts
from crawler.extraction.opened_page import OpenedPage
from crawler.extraction.story_head import Head
from crawler.extraction.text import is_part, word_key
from crawler.extraction.trees import Column

SHOWN = "passages"  # the origin of a body that the page shows


@dataclass(frozen=True)
class PageStory:
    """A page's story, still with its furniture."""

    body: Body
    facts: PageFacts
    posts: list[LivePost]
    dek: Dek | None

    @property
    def dek_to_remove(self) -> str | None:
        """The dek's text, if a body that was not read from the page's passages may repeat it."""
        return self.dek.text if self.dek and self.dek.stands_apart and self.body.origin != SHOWN else None


def read_page_story(opened: OpenedPage, head: Head) -> PageStory:
    """The story that stands under this head."""
    facts = page_facts(opened.structured, head.title)
    posts: list[LivePost] = []
    story = Story((), 0.0)
    if opened.passages:
        certainties = judge_passages(opened.passages, opened.reading.boxes, facts, head.headline)
        posts = shown_posts(opened.reading, certainties, declared=is_live(opened.structured, opened.document))
        headline = head.headline
        if posts:  # they may stand anywhere, also above a headline
            headline, certainties = -1, lift(certainties, opened.reading, posts)
        story = _shown_story(opened, head, certainties, headline=headline, is_news=facts.is_news)
    shown = Body(story.blocks, SHOWN, story.certainty)
    body = read_body(opened.document, opened.structured, opened.rules, shown, title=head.title)
    return PageStory(body, facts, posts, _placed_dek(head, story) if body.origin == SHOWN else head.dek)


def _shown_story(opened: OpenedPage, head: Head, certainties: Column, *, headline: int, is_news: bool) -> Story:
    """The story without its dek and captions."""
    dek = head.dek
    not_story: set[HtmlElement] = set(head.lead.caption_elements)
    doubted: set[HtmlElement] = set()
    if dek and dek.stands_apart and dek.element is not None:
        (doubted if dek.is_doubted else not_story).add(dek.element)
    return read_story(
        opened.passages,
        certainties,
        not_story,
        is_news=is_news,
        headline=headline,
        doubted=doubted,
        dek=dek.text if dek and dek.is_told else None,
        dek_is_shown=dek is not None and dek.element is not None,
    )


def _placed_dek(head: Head, story: Story) -> Dek | None:
    """The dek by its place: one among the story's text before what is stated, one beside the story if none is."""
    title = word_key(head.title)
    placed = [story.dek] if head.dek else [story.dek, story.dek_beside]
    for text in filter(None, placed):
        if not is_part(word_key(text), title):
            return Dek(text, "place")
    return head.dek
