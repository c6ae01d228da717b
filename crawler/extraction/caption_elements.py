"""Finding captions: the element that says what an image shows, told from portraits, galleries and the dek."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from crawler.extraction.image_credits import split_credit
from crawler.extraction.page.tree import names_of, text_of

MAX_CAPTION_CHARACTERS = 600
MAX_LEVELS = 5  # from an image up to the box that it shares with its caption
PORTRAIT_LEVELS = 3  # from a portrait up to the box named as the writer's
MAX_IMAGES_BESIDE = 2  # in one box: more are a gallery, where nothing says which caption is whose

# Names of a credit element, inside a caption or not
_OWN_CREDIT_NAMES = re.compile(
    r"credit|copyright|photographer|(?:^|[-_\s])(?:img|image|photo|foto|pict?)-?(?:author|byline|source|src)(?:$|[-_\s])"
    r"|(?:^|\s)pictsrc(?:$|\s)|bild-?(?:autor|nachweis|quelle|recht)|foto-?(?:autor|graf)",
    re.IGNORECASE,
)
_CAPTION_NAMES = re.compile(
    r"caption|cutline|legend|bildunterschrift|(?:image|img)[-_]?(?:text|desc|title)|pic[-_]?desc|(?:photo|media)(?:-|_{0,2})(?:text|desc)|media-title|(?:foto|photo)-?info"
    r"|pie-?(?:de-?)?(?:foto|imagen)|(?:^|[\s_-])field-pie(?:$|[\s_-])|didascalia|leyenda",
    re.IGNORECASE,
)
# Names of a writer's portrait
_NO_PICTURE_NAMES = re.compile(r"(?:^|[-_\s])(?:by-?lines?|authors?|avatars?)(?:$|[-_\s])", re.IGNORECASE)
TEXT_TAGS = ("div", "p", "span", "small", "em")


def caption_element(image: HtmlElement, *, past_headline: bool = False) -> HtmlElement | None:
    """The caption element of an image; None for a writer's portrait or a caption that names the writer.

    Boxes that also hold the headline are searched only with `past_headline`: what looks like a caption there is often
    the dek.
    """
    if is_portrait(image):
        return None
    found = _nearest_caption(image, past_headline=past_headline)
    return None if found is None or _names_a_writer(found) else found


def is_portrait(image: HtmlElement) -> bool:
    """Whether an image, or a box close around it, is named as the writer's."""
    return any(
        box.tag not in ("body", "article", "main") and _is_writer_name(names_of(box))
        for box in (image, *islice(image.iterancestors(), PORTRAIT_LEVELS))
    )


def _names_a_writer(caption: HtmlElement) -> bool:
    return any(
        element.tag == "address" or "author" in (element.get("rel") or "").split()
        for element in caption.iter("address", "a")
    )


def is_no_picture_box(box: HtmlElement, *, past_headline: bool = False) -> bool:
    """Whether a box holds more than a picture and its caption."""
    return (
        box.tag in ("body", "main")
        or (box.tag == "article" and "media" not in names_of(box).split())  # Drupal wraps a single picture so
        or len(list(islice(box.iter("img"), MAX_IMAGES_BESIDE + 1))) > MAX_IMAGES_BESIDE
        or (box.tag != "figure" and not past_headline and next(box.iter("h1"), None) is not None)
    )


def _nearest_caption(image: HtmlElement, *, past_headline: bool) -> HtmlElement | None:
    """The nearest caption; one that is only a credit gives way to a fuller one in the boxes around it."""
    credit: HtmlElement | None = None
    branch = image
    for depth, ancestor in enumerate(image.iterancestors()):
        if depth > MAX_LEVELS:
            break
        if ancestor.tag != "figure" and is_no_picture_box(ancestor, past_headline=past_headline):
            return _named_neighbour(branch) if credit is None else credit
        branch = ancestor
        found = _caption_in(ancestor, image, besides=credit)
        if found is not None and split_credit(text_of(found, limit=MAX_CAPTION_CHARACTERS))[0]:
            return found
        credit = found if credit is None else credit
        if ancestor.tag == "figure" and next(ancestor.iter("figcaption"), None) is not None:
            break
    return credit


def _caption_in(box: HtmlElement, image: HtmlElement, *, besides: HtmlElement | None) -> HtmlElement | None:
    figured = [each for each in box.iter("figcaption") if each is not besides]
    found = next((each for each in figured if not is_credit_name(names_of(each))), None)
    if found is None:
        found = _named_caption(box, besides)
    if found is None:
        found = next(iter(figured), None)
    if found is None and box.tag == "figure":
        found = _credited_line(box)
    if found is None and besides is None and box.tag != "figure":
        found = _credited_neighbour(box if box.tag == "picture" else image)
    return found


def _named_caption(container: HtmlElement, besides: HtmlElement | None) -> HtmlElement | None:
    for element in container.iter(*TEXT_TAGS, "td"):
        if element is besides or not _is_caption_name(names_of(element)):
            continue
        if 2 < len(text_of(element)) <= MAX_CAPTION_CHARACTERS:
            return element
    return None


@lru_cache(maxsize=10_000)  # a site uses most names on many elements, here and below
def _is_caption_name(names: str) -> bool:
    return bool(_CAPTION_NAMES.search(names))


@lru_cache(maxsize=10_000)
def is_credit_name(names: str) -> bool:
    """Whether an element's names say that it credits a picture, wherever it stands."""
    return bool(_OWN_CREDIT_NAMES.search(names))


@lru_cache(maxsize=10_000)
def _is_writer_name(names: str) -> bool:
    return bool(_NO_PICTURE_NAMES.search(names))


def _named_neighbour(branch: HtmlElement) -> HtmlElement | None:
    """The element right after an image's box, if it is named as a caption."""
    neighbour = branch.getnext()
    if neighbour is None or neighbour.tag not in (*TEXT_TAGS, "figcaption") or len(branch.xpath(".//img")) > 1:
        return None
    return neighbour if _is_caption_name(names_of(neighbour)) and 2 < len(text_of(neighbour)) <= 400 else None


def _credited_line(figure: HtmlElement) -> HtmlElement | None:
    """The element with all of a figure's text, if that is a credit or ends in one: a caption not named so."""
    text = text_of(figure, limit=MAX_CAPTION_CHARACTERS + 1)
    if not 2 < len(text) <= MAX_CAPTION_CHARACTERS or not split_credit(text)[1]:
        return None
    return next((each for each in figure.iter(*TEXT_TAGS) if (each.text or "").strip() and text_of(each) == text), None)


def _credited_neighbour(image: HtmlElement) -> HtmlElement | None:
    """The short text right after an image, if it ends in a credit: a caption not named so."""
    around = image.getparent()
    is_linked = around is not None and around.tag == "a" and len(around) == 1  # to the whole picture
    neighbour = around.getnext() if is_linked else image.getnext()
    if neighbour is None or neighbour.tag not in TEXT_TAGS:
        return None
    text = text_of(neighbour, limit=MAX_CAPTION_CHARACTERS + 1)
    return neighbour if 10 < len(text) <= 400 and split_credit(text)[1] else None
