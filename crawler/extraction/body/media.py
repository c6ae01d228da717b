"""Images, embeds and rules as blocks, without icons, trackers and advertisements."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.extraction.captions import caption_of
from crawler.extraction.images import image_source, whole_image
from crawler.extraction.page.document import Document
from crawler.extraction.page.nametokens import is_embedded_post
from crawler.extraction.page.passages import Medium
from crawler.extraction.text import tidy
from crawler.extraction.vocabulary import EMBED_HOSTS
from news.article import Block, BlockKind, Embed, EmbedKind, Image

MIN_SIDE_PIXELS = 80  # smaller images are icons; a choice
MAX_ALT_CHARACTERS = 500

_ICON = re.compile(
    r"(?:^|[-_/.\s])(?:avatar|icons?|logos?|emoji|pixel|spacer|blank|sprite|gravatar|badge|placeholder)(?:$|[-_/.\s\d])",
    re.IGNORECASE,
)
_NOT_CONTENT = re.compile(
    r"doubleclick|googlesyndication|googletagmanager|adservice|/ads?[/.?]|amazon-adsystem|taboola|outbrain|facebook\.com/plugins/like"
    r"|recaptcha|newsletter|consent|disqus",
    re.IGNORECASE,
)
_IMAGE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg)(?:$|\?)", re.IGNORECASE)
_POST_LINK = re.compile(
    r"(?:twitter|x)\.com/[^/]+/status/\d+|instagram\.com/(?:p|reel|tv)/|tiktok\.com/.+/video/|facebook\.com/.+/(?:posts|videos)/"
    r"|bsky\.app/profile/.+/post/|threads\.net/.+/post/|reddit\.com/r/.+/comments/|t\.me/.+/\d+"
)


def medium_block(medium: Medium, document: Document) -> Block | None:
    """An image, frame, player, quoted post or rule as a block; None if it cannot belong to a story."""
    element = medium.element
    if element.tag == "hr":
        return Block(kind=BlockKind.SEPARATOR)
    if element.tag == "img":
        image = _image(element, document)
        return Block(kind=BlockKind.IMAGE, image=image) if image else None
    embed = _post(element, document) if element.tag == "blockquote" else _played(element, document)
    return Block(kind=BlockKind.EMBED, embed=embed) if embed else None


def _image(element: HtmlElement, document: Document) -> Image | None:
    source = document.link(image_source(element))
    if source is None or _is_small(element) or _ICON.search(f"{element.get('class') or ''} {urlsplit(source).path}"):
        return None
    anchor = next(element.iterancestors("a"), None)
    if anchor is not None and not _IMAGE_FILE.search(anchor.get("href") or ""):
        inside = next(element.iterancestors("figure"), None)
        if inside is None or anchor in inside.iterancestors():
            return None  # the picture of a teaser or an advertisement
    caption, credit = caption_of(element)
    alt = tidy(element.get("alt"), limit=MAX_ALT_CHARACTERS)
    return Image(url=whole_image(source), caption=caption or None, credit=credit, alt=alt or None)


def _is_small(element: HtmlElement) -> bool:
    sides = [element.get(name) or "" for name in ("width", "height")]
    return any(side.strip().removesuffix("px").isdigit() and int(side.strip().removesuffix("px")[:6]) < MIN_SIDE_PIXELS
               for side in sides)  # fmt: skip


def _played(element: HtmlElement, document: Document) -> Embed | None:
    inner = element.find(".//source")
    raw = next(
        (value for name in ("src", "data-src", "data-lazy-src", "data-url") if (value := element.get(name))), None
    )
    url = document.link(raw or (inner.get("src") if inner is not None else None))
    if url is None or _NOT_CONTENT.search(url) or (element.tag == "iframe" and _is_small(element)):
        return None
    if element.tag in ("video", "audio"):
        return Embed(kind=EmbedKind.VIDEO if element.tag == "video" else EmbedKind.AUDIO, url=url)
    host = urlsplit(url).hostname or ""
    kind = next((kind for part, kind in EMBED_HOSTS.items() if f".{part}" in f".{host}"), None)
    return Embed(kind=EmbedKind(kind) if kind else EmbedKind.FRAME, url=url)


def _post(element: HtmlElement, document: Document) -> Embed | None:
    """The post that a social network's own markup quotes."""
    if not is_embedded_post(element.get("class") or ""):
        return None
    stated = (element.get("data-instgrm-permalink"), element.get("cite"), element.get("data-text-post-permalink"))
    links = (anchor.get("href") for anchor in reversed(list(element.iter("a"))))
    for href in (*stated, *links):
        if href and _POST_LINK.search(href) and (url := document.link(href)):
            return Embed(kind=EmbedKind.POST, url=url)
    return None
