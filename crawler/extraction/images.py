"""The lead image: its address, what it shows and who made it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from urllib.parse import parse_qs, urlsplit, urlunsplit

from lxml.html import HtmlElement

from crawler.extraction.page.document import Document
from crawler.extraction.page.jsonld import as_list
from crawler.extraction.page.structured import Structured
from crawler.extraction.page.tree import names_of, outside_story, text_of
from crawler.extraction.text import is_part, plain, word_key
from crawler.extraction.vocabulary import AGENCIES, CREDIT_OPENERS
from news.article import Image

MAX_CAPTION_CHARACTERS = 600
MAX_IMAGES = 40
MIN_HEADLINE_WORDS = 4  # of a caption that repeats a part of the headline

_OPENERS = "|".join(sorted((re.escape(word) for word in CREDIT_OPENERS), key=len, reverse=True))
_AGENCIES = "|".join(sorted((re.escape(word) for word in AGENCIES), key=len, reverse=True))
# "… / Photo: AA", "… Photo: Jane Roe/Reuters", "… © AFP"
_NAMED_CREDIT = re.compile(
    rf"(?:^|[\s/|.,(\[–—-])\s*(?:{_OPENERS})(?:\s*[:：]\s*|(?<=©)\s*|\s+by\s+)(?P<credit>[^:]{{2,80}}?)\s*[)\]]?$",
    re.IGNORECASE,
)
# "… / AFP", "… | Anadolu", "… /Jane Roe": behind a slash or bar only a short name
_SLASH_CREDIT = re.compile(r"(?:\s[/|]\s*|[.!?\"”]\s*[/|])(?P<credit>[^/|.]{2,60}(?:/[^/|.]{2,40})?)\.?$")
# "(Reuters)", "[Jane Roe/AFP]"
_BRACKET_CREDIT = re.compile(
    rf"\s*[(\[](?P<credit>(?:[^()\[\]]{{0,60}}[/,:]\s*)?(?:{_AGENCIES})"
    r"(?:\s*/\s*[^()\[\]]{2,40}|\s+(?:photo|file photo|archive))?)[)\]]\.?$",
    re.IGNORECASE,
)
# "… Reuters", "… Jane Roe/Reuters", "… Unsplash/Jane Roe"
_BARE_AGENCY = re.compile(
    rf"(?P<stop>[.!?\"”])\s+(?P<credit>(?:[^.!?]{{2,40}}/\s?)?(?:{_AGENCIES})(?:\s?/\s?[^.!?/]{{2,40}})?)\.?$",
    re.IGNORECASE,
)
# "(NOAA/SPC)", "…＝ＡＰ"
_PAIR_CREDIT = re.compile(r"\s*\((?P<credit>[A-Z][\w.&' -]{1,30}/[A-Z][\w.&' /-]{1,40})\)\.?$")
_EQUALS_CREDIT = re.compile(rf"[＝=](?P<credit>(?:{_AGENCIES}))$", re.IGNORECASE)
_CREDIT_NAMES = re.compile(r"credit|copyright|photographer|byline|source|author", re.IGNORECASE)
_CAPTION_NAMES = re.compile(
    r"caption|legend|bildunterschrift|image-?(?:text|desc|title)|photo-?(?:text|desc)|wp-caption-text", re.IGNORECASE
)
_LEADING_OPENER = re.compile(rf"^(?:{_OPENERS})\s*[:：]?\s+", re.IGNORECASE)
_LATER_SOURCES = ("data-src", "data-lazy-src", "data-original", "data-lazy", "data-image-src")
_SIZE_SEGMENT = re.compile(r"/(?:[whq]\d{2,4})(?=/)")
_SIZED_HOSTS = (
    ".trt.com.tr",
    "-cdn.trtworld.com",
)  # whose addresses carry /w480/q70/ before the file; without them the whole image
_BLANK = re.compile(
    r"/(?:blank|spacer|pixel|transparent|1x1|(?:[\w-]*[-_])?(?:placeholder|favicon)(?:[-_]\w*)?|(?:cropped-)?logo(?:-\d+)?"
    r"|default(?:-user)?(?:-image)?)\.(?:gif|jpe?g|png|svg|webp)(?:\?|$)|\.ico(?:\?|$)",
    re.IGNORECASE,
)
_CAPTION_LABEL = re.compile(
    r"^\s*(?:(?:legende|bildunterschrift|bildtext|(?:image |photo )?caption)\b\s*[:：,]?|[:：])\s*", re.IGNORECASE
)
_FILE_NAME = re.compile(r"[^\s/]{1,80}\.(?:jpe?g|png|gif|webp|avif|svg)", re.IGNORECASE)
_STEM = re.compile(r"[\w-]{6,}")


@dataclass(frozen=True)
class LeadImage:
    """The image and the page's elements that hold its caption, which are no part of the body."""

    image: Image | None
    origin: str = ""
    caption_elements: tuple[HtmlElement, ...] = ()
    caption_lines: tuple[str, ...] = ()  # as the page writes them, credit included


def read_image(document: Document, structured: Structured, title: str, rule_caption: str | None) -> LeadImage:
    """The lead image with caption and credit."""
    url, origin = _address(document, structured)
    figures = list(_captioned(document.elements.tagged("img")[:MAX_IMAGES]))
    lead = _lead_figure(figures, url)
    if url is None and lead is not None:
        url, origin = document.link(image_source(lead[0])), "figure"
    raw, credit = ("", "")
    if lead is not None:
        raw, credit = _texts(lead[1])
    raw = rule_caption or raw or _stated_caption(structured)
    caption, split = split_credit(raw)
    caption = "" if _names_the_page(caption, title, structured.site_names) else _said(caption)
    image = Image(url=whole_image(url), caption=caption or None, credit=tidy_credit(credit) or split) if url else None
    lines = [text_of(element, limit=MAX_CAPTION_CHARACTERS) for _, element in figures]
    return LeadImage(
        image, origin, tuple(element for _, element in figures), tuple(line for line in [raw, *lines] if line)
    )


def split_credit(line: str) -> tuple[str, str | None]:
    """A caption line as (what it shows, who made it).

    >>> split_credit("A street in Tehran. / AFP")
    ('A street in Tehran.', 'AFP')
    """
    for pattern in (_NAMED_CREDIT, _BRACKET_CREDIT, _PAIR_CREDIT, _SLASH_CREDIT, _BARE_AGENCY, _EQUALS_CREDIT):
        match = pattern.search(line)
        if match and (credit := tidy_credit(match["credit"])) and len(credit.split()) <= 8:
            kept = match["stop"] if "stop" in match.groupdict() else _kept_stop(match[0])
            return (line[: match.start()] + kept).strip(" /|-–—"), credit
    return line.strip(), None


def caption_of(image: HtmlElement) -> tuple[str, str | None]:
    """(what it shows, who made it) of an image inside the story, by its caption."""
    element = _caption_element(image)
    if element is None:
        return "", None
    raw, credit = _texts(element)
    caption, split = split_credit(raw)
    return _said(caption), tidy_credit(credit) or split


def _said(caption: str) -> str:
    """What a caption says: its label left out, and nothing where it is a file's name or only signs."""
    text = _CAPTION_LABEL.sub("", caption)
    return "" if _FILE_NAME.fullmatch(text) or not word_key(text) else text


def _names_the_page(caption: str, title: str, sites: Sequence[str]) -> bool:
    """Whether a caption is the headline, the larger part of it, or the site's name."""
    words, head = word_key(caption), word_key(title)
    part = len(words) >= MIN_HEADLINE_WORDS and is_part(words, head)
    return words == head or part or any(words == word_key(site) for site in sites)


def same_image(one: str, other: str) -> bool:
    """Whether two addresses are sizes of one image, by the name-like piece of their file names."""
    return one == other or (bool(_stem(one)) and _stem(one) == _stem(other))


def tidy_credit(credit: str | None) -> str | None:
    """A credit without the word that introduces it; None for nothing."""
    text = (credit or "").strip(" /|,;()[]-–—")
    text = _LEADING_OPENER.sub("", text).strip(" /|,;:()[]©-–—")
    return text or None


def whole_image(url: str) -> str:
    """An image's address without what asks for a smaller one."""
    parts = urlsplit(url)
    if parts.path.endswith("/_next/image") and (inner := parse_qs(parts.query).get("url", [""])[0]).startswith("http"):
        return whole_image(inner)
    if any((parts.hostname or "").endswith(host) for host in _SIZED_HOSTS):
        return urlunsplit((parts.scheme, parts.netloc, _SIZE_SEGMENT.sub("", parts.path), "", ""))
    return url


def _kept_stop(matched: str) -> str:
    return matched[0] if matched[:1] in '.!?"”' else ""


def _address(document: Document, structured: Structured) -> tuple[str | None, str]:
    for name in ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src", "image"):
        if (url := document.link(structured.meta(name))) and not _BLANK.search(url):
            return url, name
    for value in as_list(structured.article.get("image")):
        stated = (value.get("url") or value.get("contentUrl")) if isinstance(value, Mapping) else value
        if isinstance(stated, str) and (url := document.link(stated)):
            return url, "json-ld"
    return None, ""


def _captioned(images: Sequence[HtmlElement]) -> Iterator[tuple[HtmlElement, HtmlElement]]:
    """(image, caption element) pairs of the images in order, those outside the story left out."""
    for image in images:
        caption = _caption_element(image)
        if caption is not None and not _is_logo(image) and not outside_story(image):
            yield image, caption


def _is_logo(image: HtmlElement) -> bool:
    """Whether an image is the site's own mark by its file name: what stands near it captions nothing."""
    return "logo" in urlsplit(image_source(image)).path.rsplit("/", 1)[-1].lower()


def _caption_element(image: HtmlElement) -> HtmlElement | None:
    """The element that captions an image; none where it names the writer beside their portrait."""
    found = _nearest_caption(image)
    return None if found is None or _names_a_writer(found) else found


def _names_a_writer(caption: HtmlElement) -> bool:
    return any(
        element.tag == "address" or "author" in (element.get("rel") or "").split()
        for element in caption.iter("address", "a")
    )


def _nearest_caption(image: HtmlElement) -> HtmlElement | None:
    for depth, ancestor in enumerate(image.iterancestors()):
        if depth > 5 or ancestor.tag in ("body", "article", "main"):
            return None
        if ancestor.tag == "figure":
            figcaption = next(ancestor.iter("figcaption"), None)
            return figcaption if figcaption is not None else _named_caption(ancestor)
        if len(list(islice(ancestor.iter("img"), 3))) > 2:
            return None
        found = next(ancestor.iter("figcaption"), None)
        if found is None:
            found = _named_caption(ancestor)
        if found is None:
            found = _credited_neighbour(ancestor if ancestor.tag == "picture" else image)
        if found is not None:
            return found
    return None


def _named_caption(container: HtmlElement) -> HtmlElement | None:
    for element in container.iter("div", "p", "span", "small", "em"):
        if _is_caption_name(names_of(element)) and 2 < len(text_of(element)) <= MAX_CAPTION_CHARACTERS:
            return element
    return None


@lru_cache(maxsize=10_000)
def _is_caption_name(names: str) -> bool:
    return bool(_CAPTION_NAMES.search(names))


def _credited_neighbour(image: HtmlElement) -> HtmlElement | None:
    """The short text right behind an image, when it ends in a credit: a caption without a name."""
    neighbour = image.getnext()
    if neighbour is None or neighbour.tag not in ("p", "div", "span", "small", "em"):
        return None
    text = text_of(neighbour, limit=MAX_CAPTION_CHARACTERS + 1)
    return neighbour if 10 < len(text) <= 400 and split_credit(text)[1] else None


def _lead_figure(
    figures: list[tuple[HtmlElement, HtmlElement]], url: str | None
) -> tuple[HtmlElement, HtmlElement] | None:
    """The figure that shows the stated image, else the first one before the story's third paragraph."""
    stem = _stem(url)
    for image, caption in figures:
        if stem and stem in f"{image_source(image)} {image.get('srcset') or ''} {image.get('data-src') or ''}":
            return image, caption
    if figures and len(figures[0][0].xpath("preceding::p[string-length(normalize-space()) > 80][position() < 4]")) <= 2:
        return figures[0]
    return None


def _stem(url: str | None) -> str:
    """The longest name-like piece of an image's file name, which its sizes share."""
    name = urlsplit(url or "").path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return max(_STEM.findall(name), key=len, default="")


def image_source(image: HtmlElement) -> str:
    """The address an image is loaded from, also where a script puts it in its place later."""
    source = image.get("src") or ""
    if source and not source.startswith("data:"):
        return source
    later = next((value for name in _LATER_SOURCES if (value := image.get(name))), "")
    sizes = image.get("srcset") or image.get("data-srcset") or ""
    return later or sizes.split(",")[-1].strip().split(" ")[0] or source


def _texts(element: HtmlElement) -> tuple[str, str]:
    """(caption line, credit) of a caption element; the credit from an element named so, if there is one."""
    line = text_of(element, limit=MAX_CAPTION_CHARACTERS)
    for child in element.iter("span", "small", "cite", "em", "div", "p", "a"):
        if child is not element and _CREDIT_NAMES.search(names_of(child)):
            credit = text_of(child, limit=200)
            if credit and len(credit) < len(line) and credit in line:
                return line.replace(credit, " ").strip(" /|-–—"), credit
    return line, ""


def _stated_caption(structured: Structured) -> str:
    for value in as_list(structured.article.get("image")):
        if isinstance(value, Mapping) and (caption := plain(value.get("caption") or value.get("description"))):
            return caption
    return structured.meta("og:image:alt", "twitter:image:alt")
