"""The posts that a live blog states as data: JSON-LD's liveBlogUpdate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape

from crawler.extraction.dates.moments import Moment, parse_moment
from crawler.extraction.live.posts import LivePost, heads_of, title_passages
from crawler.extraction.page.blocks import container_blocks, line_blocks
from crawler.extraction.page.document import parse_markup
from crawler.extraction.page.jsonld import as_list
from crawler.extraction.page.passages import Reading
from crawler.extraction.page.structured import Structured
from crawler.extraction.text import plain, scrub, word_key
from news.article import Block, BlockKind, post_head

MAX_POSTS = 2_000
OPENING_WORDS = 8  # by which a post's text is found on the page
MIN_TITLE_WORDS = 2


@dataclass(frozen=True)
class StatedPost:
    """One post as stated in data."""

    at: datetime  # in the UTC offset in which it was stated
    title: str
    text: str  # still with markup and line breaks

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The post's subhead and text."""
        text = unescape(scrub(self.text))
        tree = parse_markup(text) if "<" in text else None
        body = container_blocks(tree) if tree is not None else line_blocks(text)
        return (post_head(self.at, self.title), *body)


@dataclass(frozen=True)
class Live:
    """What is known about a live blog's posts; empty for other pages."""

    heads: Mapping[int, Block] = field(default_factory=dict)  # index of a shown post's first passage -> its subhead
    told: frozenset[int] = frozenset()  # passages that the subheads replace
    stated: Sequence[StatedPost] = ()


def read_live(shown: Sequence[LivePost], structured: Structured, reading: Reading, day: Moment | None) -> Live:
    """The posts as shown and as stated; `day` is the page's date."""
    heads = heads_of(shown, reading, day) if shown else {}
    told = frozenset(title_passages(shown, reading)) if heads else frozenset()
    return Live(heads, told, stated_posts(structured))


def stated_posts(structured: Structured) -> list[StatedPost]:
    """The posts that the page's live blog states, in its order."""
    found: list[StatedPost] = []
    for node in structured.nodes:
        for update in as_list(node.get("liveBlogUpdate"))[:MAX_POSTS]:
            if isinstance(update, Mapping) and (post := _post(update)):
                found.append(post)
        if found:
            break
    return found


def heads_among(blocks: Sequence[Block], posts: Sequence[StatedPost]) -> tuple[dict[int, Block], set[int]]:
    """Where stated posts begin: (index of a block -> its post's subhead, indexes of blocks that are titles)."""
    if not posts:
        return {}, set()
    by_title = {word_key(post.title): post for post in posts if len(word_key(post.title)) >= MIN_TITLE_WORDS}
    by_text = {key: post for post in posts if (key := _opening(plain(post.text, limit=400)))}
    heads: dict[int, Block] = {}
    titles: set[int] = set()
    placed: set[int] = set()
    for index, block in enumerate(blocks):
        key = word_key(block.text)
        post = by_title.get(key)
        is_title = post is not None
        post = post or by_text.get(key[:OPENING_WORDS])
        if post is not None and id(post) not in placed:
            placed.add(id(post))
            heads[index] = post_head(post.at, post.title)
            titles |= {index} if is_title else set()
    return heads, titles


def _post(update: Mapping[str, object]) -> StatedPost | None:
    moment = parse_moment(plain(update.get("datePublished") or update.get("dateCreated") or update.get("dateModified")))
    text = update.get("articleBody") or update.get("text") or update.get("description") or ""
    title = plain(update.get("headline") or update.get("name"))
    if moment is None or moment.day_only or not (title or text) or not isinstance(text, str):
        return None
    return StatedPost(moment.local, title, text)


def _opening(text: str) -> tuple[str, ...]:
    key = word_key(text)[:OPENING_WORDS]
    return key if len(key) == OPENING_WORDS else ()


def posts_body(posts: Sequence[StatedPost]) -> tuple[Block, ...]:
    """All stated posts as one body; empty if none has text."""
    if not any(post.text.strip() for post in posts):
        return ()
    return tuple(block for post in posts for block in post.blocks if block.text or block.kind is BlockKind.SUBHEAD)
