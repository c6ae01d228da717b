"""Who began a thread: the first of those who posted, on a page of a forum's system."""

from __future__ import annotations

import re
from itertools import islice
from urllib.parse import urlsplit

from crawler.extraction.page.document import Document
from crawler.extraction.page.structured import Structured
from crawler.extraction.page.tree import outside_story, text_of

MAX_NAME_CHARACTERS = 40
MAX_POSTERS = 60  # looked at

_SYSTEM = re.compile(
    r"vbulletin|phpbb|xenforo|discourse|mybb|simple machines|\bsmf\b|vanilla|invision|ip\.?board|woltlab|burning board"
    r"|flarum|nodebb|fluxbb|punbb",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"/(?:showthread|viewtopic|threads?|topic|thema)(?:\.php|/|$)")
_POSTER = re.compile(r"(?:^|[\s_-])(?:user-?name|poster(?:-?name)?|message-?name)(?:$|[\s_-])", re.IGNORECASE)
_POST = re.compile(
    r"(?:^|[\s_-])(?:post(?:bit\w*|container|_wrapper)?|message|forum-?post|topic-?post)(?:$|[\s_-])", re.IGNORECASE
)
_TAGS = frozenset({"a", "span", "strong", "b", "h3", "h4", "h5", "div", "p"})
_POST_LEVELS = 8  # from a name up to its post


def thread_starter(document: Document, structured: Structured) -> str | None:
    """The name of the first of at least two people whose posts a page shows; None if it is no forum's."""
    path = urlsplit(document.url).path
    if not (_SYSTEM.search(structured.meta("generator")) or _ADDRESS.search(path)):
        return None
    posters: dict[str, None] = {}
    named = ((element, classes) for element, classes in document.elements.classed if _POSTER.search(classes))
    for element, _ in islice(named, MAX_POSTERS):
        name = text_of(element, limit=MAX_NAME_CHARACTERS + 1)
        in_post = any(_POST.search(each.get("class") or "") for each in islice(element.iterancestors(), _POST_LEVELS))
        if element.tag in _TAGS and 1 < len(name) <= MAX_NAME_CHARACTERS and in_post and not outside_story(element):
            posters.setdefault(name)
    return next(iter(posters)) if len(posters) > 1 else None
