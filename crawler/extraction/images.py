"""The lead image: its address, what it shows and who made it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import parse_qs, urlsplit, urlunsplit

from lxml.html import HtmlElement

from crawler.extraction.caption_elements import MAX_CAPTION_CHARACTERS, caption_element
from crawler.extraction.captions import caption_texts, credit_near, said
from crawler.extraction.image_credits import split_credit, tidy_credit
from crawler.extraction.page.document import Document
from crawler.extraction.page.jsonld import as_list
from crawler.extraction.page.structured import Structured
from crawler.extraction.page.tree import outside_story, text_of
from crawler.extraction.text import is_part, plain, word_key
from news.article import Image

MAX_IMAGES = 40
LABEL_LEVELS = 4  # from an image to its figure
MIN_HEADLINE_WORDS = 4  # of a caption that repeats part of the headline
MAX_PARAGRAPHS_BEFORE = 2  # of the story, before its lead figure

_LATER_SOURCES = ("data-src", "data-lazy-src", "data-original", "data-lazy", "data-image-src")
_SIZE_SEGMENT = re.compile(r"/(?:[whq]\d{2,4})(?=/)")
_SIZED_HOSTS = (
    ".trt.com.tr",
    "-cdn.trtworld.com",
)  # whose addresses carry /w480/q70/ before the file name; without it they give the whole image
_BLANK = re.compile(
    r"/(?:blank|spacer|pixel|transparent|1x1|(?:[\w-]*[-_])?(?:placeholder|favicon)(?:[-_]\w*)?|(?:cropped-)?logo(?:-\d+)?"
    r"|apple-touch-icon[\w-]*|(?:facebook|twitter)(?:-(?:image|icon|logo|card))?(?:-default[\w-]*)?"
    r"|default(?:-user)?(?:-image)?)\.(?:gif|jpe?g|png|svg|webp)(?:\?|$)|\.ico(?:\?|$)|gravatar\.com/",
    re.IGNORECASE,
)
_BRACKETS_LAST = re.compile(r"(?P<told>.{10,}?)\s*[(\[](?P<maker>[^()\[\]]{2,60})[)\]]\.?")
_ICON = re.compile(r"logo|(?:^|[-_])(?:icons?|avatar|gravatar)(?:[-_.]|$)")
_STEM = re.compile(r"[\w-]{6,}")
_SIZE = re.compile(r"(?:size[=-]|[a-z]{1,12}_{1,2})?\d{2,4}x\d{2,4}(?:\.\w{3,4})?")


@dataclass(frozen=True)
class LeadImage:
    """The lead image, and the page's caption elements, which are no part of the body."""

    image: Image | None
    origin: str = ""
    caption_elements: tuple[HtmlElement, ...] = ()
    caption_lines: tuple[str, ...] = ()  # as the page writes them, credit included


def read_image(document: Document, structured: Structured, title: str, rule_caption: str | None) -> LeadImage:
    """The lead image with caption and credit."""
    url, origin = _address(document, structured)
    images = document.elements.tagged("img")
    first = images[:MAX_IMAGES]
    shown = list(_shown(images, url))
    figures = list(_captioned([*first, *(image for image in shown if image not in first)], shown))
    lead = _lead_figure(figures, shown)
    if url is None and lead is not None:
        url, origin = document.link(image_source(lead[0])), "figure"
    if url is None and (beside := _lead_figure(list(_captioned(first, past_headline=True)), ())):
        url, origin = document.link(image_source(beside[0])), "figure"
    raw, credit = caption_texts(lead[1]) if lead else ("", "")
    candidates = first if url is None else shown
    if not raw and (labelled := next(filter(None, map(_labelled, candidates)), None)):
        raw, credit = labelled[1:]
        if url is None:
            url, origin = document.link(image_source(labelled[0])), "figure"
    raw = rule_caption or raw or _stated_caption(structured)
    caption, split = split_credit(raw)
    if not split:
        caption, split = _split_site(raw, structured.site_names)
    caption = "" if _names_the_page(caption, title, structured.site_names) else said(caption)
    shown_credit = _credit_shown([lead[0]] if lead else shown)
    maker = tidy_credit(credit) or split or tidy_credit(shown_credit) or tidy_credit(_stated_credit(structured))
    image = Image(url=whole_image(url), caption=caption or None, credit=maker) if url else None
    lines = [text_of(element, limit=MAX_CAPTION_CHARACTERS) for _, element in figures]
    return LeadImage(
        image, origin, tuple(element for _, element in figures), tuple(line for line in [raw, *lines] if line)
    )


def _split_site(line: str, sites: Sequence[str]) -> tuple[str, str | None]:
    """A caption and the site's name in brackets behind it, which credits the picture to the site."""
    match = _BRACKETS_LAST.fullmatch(line.strip())
    if match is None or not any(word_key(match["maker"]) == word_key(site) for site in sites):
        return line.strip(), None
    return match["told"], match["maker"]


def _labelled(image: HtmlElement) -> tuple[HtmlElement, str, str] | None:
    """(image, caption, credit) of a story image whose figure keeps them only in attributes, for a script."""
    figure = next((each for each in islice(image.iterancestors(), LABEL_LEVELS) if each.tag == "figure"), None)
    if figure is None or outside_story(image):
        return None
    caption, credit = (_attribute(figure, name) for name in ("caption", "credit"))
    return (image, caption, credit) if caption else None


def _attribute(figure: HtmlElement, name: str) -> str:
    values = (each.get(f"data-{name}") or each.get(f"data-c-{name}") for each in figure.iter())
    return plain(next(filter(None, values), ""))


def _stated_credit(structured: Structured) -> str:
    """Who made the image according to the page's structured data; "" if unstated."""
    images = (each for each in as_list(structured.article.get("image")) if isinstance(each, Mapping))
    return next((credit for each in images if (credit := plain(each.get("creditText"), limit=200))), "")


def _credit_shown(images: Sequence[HtmlElement]) -> str:
    """The first credit near the given images, those outside the story left out; "" for none."""
    return next((credit for image in images if not outside_story(image) and (credit := credit_near(image))), "")


def _names_the_page(caption: str, title: str, sites: Sequence[str]) -> bool:
    """Whether a caption is the headline, some words in a row of it, or the site's name."""
    words, head = word_key(caption), word_key(title)
    part = len(words) >= MIN_HEADLINE_WORDS and is_part(words, head)
    return words == head or part or any(words == word_key(site) for site in sites)


def same_image(one: str, other: str) -> bool:
    """Whether two addresses are sizes of the same image, judged by the name-like piece of their file names."""
    return one == other or (bool(_stem(one)) and _stem(one) == _stem(other))


def whole_image(url: str) -> str:
    """An image's address without the parts that ask for a smaller size."""
    parts = urlsplit(url)
    if parts.path.endswith("/_next/image") and (inner := parse_qs(parts.query).get("url", [""])[0]).startswith("http"):
        return whole_image(inner)
    if any((parts.hostname or "").endswith(host) for host in _SIZED_HOSTS):
        return urlunsplit((parts.scheme, parts.netloc, _SIZE_SEGMENT.sub("", parts.path), "", ""))
    return url


def _address(document: Document, structured: Structured) -> tuple[str | None, str]:
    for name in ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src", "image"):
        if (url := document.link(structured.meta(name))) and not _BLANK.search(url):
            return url, name
    for value in as_list(structured.article.get("image")):
        stated = (value.get("url") or value.get("contentUrl")) if isinstance(value, Mapping) else value
        if isinstance(stated, str) and (url := document.link(stated)) and not _BLANK.search(url):
            return url, "json-ld"
    return None, ""


def _captioned(
    images: Sequence[HtmlElement], stated: Sequence[HtmlElement] = (), *, past_headline: bool = False
) -> Iterator[tuple[HtmlElement, HtmlElement]]:
    """(image, caption element) pairs in the order of the images, those outside the story left out.

    Elements that show the `stated` image belong to the story whatever their boxes are named.
    """
    for image in images:
        caption = caption_element(image, past_headline=past_headline)
        if caption is not None and not _is_icon(image) and (image in stated or not outside_story(image)):
            yield image, caption


def _is_icon(image: HtmlElement) -> bool:
    """Whether an image's file name says logo, icon or portrait, so that the text near it is no caption."""
    return _ICON.search(urlsplit(image_source(image)).path.rsplit("/", 1)[-1].lower()) is not None


def _lead_figure(
    figures: list[tuple[HtmlElement, HtmlElement]], shown: Sequence[HtmlElement]
) -> tuple[HtmlElement, HtmlElement] | None:
    """The figure that shows the stated image, else the first figure if it comes before the third paragraph.

    If the page shows the stated image without a caption, another image's caption is not used for it.
    """
    for image, caption in figures:
        if image in shown:
            return image, caption
    if any(not outside_story(image) for image in shown) or not figures:
        return None
    before = figures[0][0].xpath(
        f"preceding::p[string-length(normalize-space()) > 80][position() < {MAX_PARAGRAPHS_BEFORE + 2}]"
    )
    return figures[0] if len(before) <= MAX_PARAGRAPHS_BEFORE else None


def _shown(images: Sequence[HtmlElement], url: str | None) -> Iterator[HtmlElement]:
    """The elements that show the image at an address, in any size."""
    if stem := _stem(url):
        for image in images:
            if stem in f"{image_source(image)} {image.get('srcset') or ''} {image.get('data-src') or ''}":
                yield image


def _stem(url: str | None) -> str:
    """The longest name-like piece of an image's file name, shared by all its sizes."""
    parts = urlsplit(url or "").path.split("/")
    name = next((part for part in reversed(parts) if not _SIZE.fullmatch(part)), "")
    return max(_STEM.findall(name.rsplit(".", 1)[0]), key=len, default="")


def image_source(image: HtmlElement) -> str:
    """The address an image is loaded from, even where a script fills it in later."""
    source = image.get("src") or ""
    if source and not source.startswith("data:"):
        return source
    later = next((value for name in _LATER_SOURCES if (value := image.get(name))), "")
    sizes = image.get("srcset") or image.get("data-srcset") or ""
    return later or sizes.split(",")[-1].strip().split(" ")[0] or source


def _stated_caption(structured: Structured) -> str:
    for value in as_list(structured.article.get("image")):
        if isinstance(value, Mapping) and (caption := plain(value.get("caption") or value.get("description"))):
            return caption
    return structured.meta("og:image:alt", "twitter:image:alt")
