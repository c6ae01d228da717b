"""Narrows the passages taken for a story to its own: no other stories, comments, posts or hidden parts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.extraction.body.furniture_lines import is_source_line
from crawler.extraction.body.other_stories import other_stories
from crawler.extraction.page.nametokens import bits_of, is_embedded_post
from crawler.extraction.page.passages import HIDDEN, ROLES, WHOLE_TAGS, Box, Passage, characters_in, line_of

INSIDE_SHARE = 0.5  # of the choice's characters inside the article; with less, the rest counts too
MIN_ARTICLE_CHARACTERS = 800  # of story in the headline's article: then another article is another story
OWN_SHARE = 0.6  # of the choice's characters outside social posts; a choice
MIN_OWN_CHARACTERS = 500  # of story outside comments or before its source line: then the rest is dropped
_INSIDE_ROLES = sum(ROLES[role] for role in ("article", "main"))
_OUTSIDE_ROLES = HIDDEN | ROLES["header"]
_COMMENT_BITS = bits_of("comment")
_COMMENT_NAMES = re.compile(
    r"(?:^|[\s_-])(?:comment-?list|comments?|repl(?:y|ies)|kommentare|yorumlar|comentarios|commentaires|disqus)(?:$|[\s_-])",
    re.IGNORECASE,
)


def own_story(passages: Sequence[Passage], kept: list[int], headline: int) -> list[int]:
    """The choice without what is not this story's own; `headline` is its passage's index, -1 if none shows it."""
    kept = _uncommented(passages, _inside_only(passages, kept, headline))
    return _up_to_source(passages, _unposted(passages, kept))


def _inside_only(passages: Sequence[Passage], kept: list[int], headline: int) -> list[int]:
    """The choice without hidden passages, page headers, other stories and further articles with headlines.

    If too little would be left, the page uses such elements for its story, and they stay.
    """
    inside = [index for index in kept if not _is_outside(passages[index])]
    if characters_in(passages, inside) >= INSIDE_SHARE * characters_in(passages, kept):
        kept = inside
    kept = _first_only(passages, kept, headline)
    own = _article_of(passages[headline].box) if headline >= 0 else None
    if own is None:
        return kept
    headed = {_article_of(passage.box) for passage in passages if passage.box.tag == "h1"} - {own, None}
    articles = {index: _article_of(passages[index].box) for index in kept}
    held = characters_in(passages, (index for index in kept if articles[index] is own))
    return [index for index in kept if articles[index] not in headed] if held >= MIN_ARTICLE_CHARACTERS else kept


def _first_only(passages: Sequence[Passage], kept: list[int], headline: int) -> list[int]:
    """The choice without other stories that follow on the page."""
    others = other_stories(passages, kept, headline)
    if not others:
        return kept
    return [index for index in kept if not any(box.number in others for box in line_of(passages[index].box))]


def _uncommented(passages: Sequence[Passage], kept: list[int]) -> list[int]:
    """The choice without readers' comments, if enough story is left."""
    known: dict[int, bool] = {}
    own = [index for index in kept if not _is_comment(passages[index].box, known)]
    return own if characters_in(passages, own) >= MIN_OWN_CHARACTERS else kept


def _unposted(passages: Sequence[Passage], kept: list[int]) -> list[int]:
    """The choice without social posts, which stay as embeds, unless they are much of the story."""
    own = [index for index in kept if not _is_posted(passages[index])]
    return own if characters_in(passages, own) >= OWN_SHARE * characters_in(passages, kept) else kept


def _is_posted(passage: Passage) -> bool:
    """Whether a passage is in a social network's embedded post."""
    if not passage.box.roles & ROLES["blockquote"]:
        return False
    return any(each.tag == "blockquote" and is_embedded_post(each.names) for each in line_of(passage.box))


def _up_to_source(passages: Sequence[Passage], kept: list[int]) -> list[int]:
    """The choice up to the line that names the story's sources, if nothing after it is built like the story."""
    for place, passage in enumerate(passages):
        if is_source_line(passage.text):
            before = [index for index in kept if index < place]
            paths = {passages[index].box.path for index in before}
            goes_on = any(passages[index].box.path in paths for index in kept if index > place)
            if not goes_on and characters_in(passages, before) >= MIN_OWN_CHARACTERS:
                return [index for index in kept if index <= place]
    return kept


def _is_comment(box: Box | None, known: dict[int, bool]) -> bool:
    """Whether a box or one around it is named as comments; `known` caches results by box number."""
    if box is None or not box.all_bits & _COMMENT_BITS:
        return False
    if box.number not in known:
        named = box.tag not in WHOLE_TAGS and bool(_COMMENT_NAMES.search(box.names))
        known[box.number] = named or _is_comment(box.parent, known)
    return known[box.number]


def _is_outside(passage: Passage) -> bool:
    """Whether a passage is hidden or in a header, and not in an article or main element."""
    return bool(passage.box.roles & _OUTSIDE_ROLES) and not passage.box.roles & _INSIDE_ROLES


def _article_of(box: Box | None) -> Box | None:
    """The outermost article element that a box is or stands in."""
    found = None
    for each in line_of(box):
        found = each if each.tag == "article" else found
    return found
