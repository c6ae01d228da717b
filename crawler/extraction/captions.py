"""Captions: the element that says what an image shows, and the one that credits its maker."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from crawler.extraction.bylines.byline_lines import may_name
from crawler.extraction.image_credits import MAX_CREDIT_WORDS, split_credit, tidy_credit
from crawler.extraction.page.tree import names_of, text_of
from crawler.extraction.text import ends_sentence, word_key
from crawler.extraction.vocabulary import AGENCIES

MAX_CAPTION_CHARACTERS = 600
MAX_CREDIT_CHARACTERS = 100  # of an element beside a caption
MAX_LEVELS = 5  # from an image up to the box that it shares with its caption
PORTRAIT_LEVELS = 3  # from a portrait up to the box named as the writer's
MAX_IMAGES_BESIDE = 2  # in one box: more are a gallery, where nothing says which caption is whose

_CREDIT_NAMES = re.compile(
    r"credit|copyright|photographer|byline|source|author|autor|fotograf|bild-?(?:nachweis|quelle|recht)|urheber",
    re.IGNORECASE,
)
# Names of a credit element that is not inside a caption
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
_CAPTION_LABEL = re.compile(
    r"^\s*(?:(?:legende|bildunterschrift|bildtext|(?:image |photo )?caption|pie de foto"
    r"|légende(?: (?:image|photo))?|legenda(?: da foto)?|didascalia|fotobijschrift"
    # as a broadcaster with many languages writes them for screen readers
    r"|подпись к фото|підпис до фото|keterangan gambar|maelezo ya picha|fotoğraf altı yazısı|chú thích hình ảnh"
    r"|توضیح تصویر|التعليق على الصورة|تصویر کا کیپشن|तस्वीर का कैप्शन|ছবির ক্যাপশান|படக்குறிப்பு|คำบรรยายภาพ"
    r"|사진 설명|画像説明|图像加注文字|圖像加註文字)(?!\w)\s*[:：,،，]?|[:：])\s*",
    re.IGNORECASE,
)
_CONTROL = re.compile(r"\s*\b(?:hide|toggle|show) caption\b", re.IGNORECASE)
# Names of what only a screen reader says: "play, eight minutes"
_SPOKEN_NAMES = re.compile(
    r"(?:^|[\s_-])(?:sr-only|visually-?hidden|screen-?reader(?:-text)?|off-?screen)(?:$|\s)", re.IGNORECASE
)
# Names of a writer's portrait
_NO_PICTURE_NAMES = re.compile(r"(?:^|[-_\s])(?:by-?lines?|authors?|avatars?)(?:$|[-_\s])", re.IGNORECASE)
_ONE_WORD = re.compile(r"[A-Za-z\u00c0-\u024f\u0400-\u04ff'’.-]+")
_FILE_NAME = re.compile(r"[^\s/]{1,80}\.(?:jpe?g|png|gif|webp|avif|svg)", re.IGNORECASE)
_TEXT_TAGS = ("div", "p", "span", "small", "em")
_CREDIT_TAGS = (*_TEXT_TAGS, "cite", "a", "figcaption")


def caption_of(image: HtmlElement) -> tuple[str, str | None]:
    """(what it shows, who made it) for an image inside the story, read from its caption."""
    element = caption_element(image)
    if element is None:
        return "", None
    raw, credit = caption_texts(element)
    caption, split = split_credit(raw)
    return said(caption), tidy_credit(credit) or split


def said(caption: str) -> str:
    """A caption without its label; "" where the rest is a single word, a file name or only punctuation."""
    text = _CAPTION_LABEL.sub("", caption)
    return "" if _FILE_NAME.fullmatch(text) or _ONE_WORD.fullmatch(text) or not word_key(text) else text


def caption_element(image: HtmlElement, *, past_headline: bool = False) -> HtmlElement | None:
    """The caption element of an image; None for a writer's portrait or a caption that names the writer.

    Boxes that also hold the headline are searched only with `past_headline`: what looks like a caption there is often
    the dek.
    """
    if _is_portrait(image):
        return None
    found = _nearest_caption(image, past_headline=past_headline)
    return None if found is None or _names_a_writer(found) else found


def caption_texts(element: HtmlElement) -> tuple[str, str]:
    """(caption line, credit) of a caption element; the credit is from an element named so inside or beside it."""
    line = _line(element)
    for child in element.iter("span", "small", "cite", "em", "div", "p", "a"):
        if child is not element and (_CREDIT_NAMES.search(names_of(child)) or _is_source(child, line)):
            credit = text_of(child, limit=200)
            if credit == line and _is_credit_name(names_of(child)) and _may_credit(line):
                return "", credit
            if credit and len(credit) < len(line) and credit in line:
                return _without(line, credit).strip(" /|-–—").removesuffix("( )").rstrip(), credit
    return line, "" if split_credit(line)[1] else _credit_beside(element)


def _line(caption: HtmlElement) -> str:
    """What a caption shows, without its controls and what is there for screen readers."""
    line = text_of(caption, limit=MAX_CAPTION_CHARACTERS)
    for child in caption.iter("span", "div", "p"):
        if child is not caption and _SPOKEN_NAMES.search(names_of(child)):
            line = _without(line, text_of(child)).strip()
    return _CONTROL.sub("", line)


def _without(line: str, part: str) -> str:
    """A line without one of its parts: its end, its beginning, or else where it stands last."""
    if line.endswith(part):
        return line.removesuffix(part)
    if line.startswith(part):
        return line.removeprefix(part)
    before, _, behind = line.rpartition(part)
    return f"{before} {behind}"


def _is_source(part: HtmlElement, line: str) -> bool:
    """Whether the end of a caption credits somebody: an element that cites, or holds just a name or an agency."""
    text = text_of(part, limit=MAX_CREDIT_CHARACTERS)
    if not text or not line.endswith(text) or (before := line.removesuffix(text).rstrip()).endswith("/"):
        return False
    if part.tag in ("span", "small") and ends_sentence(before) and may_name(text, strict=True):
        return True  # a name after the caption's last sentence
    return part.tag == "cite" or (part.tag != "a" and text.casefold() in AGENCIES)


def credit_near(image: HtmlElement) -> str:
    """The credit in the smallest box around an image that has an element named as one; "" for none."""
    if _is_portrait(image):
        return ""
    behind = image.getnext()
    if behind is not None and behind.tag in _TEXT_TAGS and (named := text_of(behind, limit=200)).casefold() in AGENCIES:
        return named
    for depth, ancestor in enumerate(image.iterancestors()):
        if depth > MAX_LEVELS or _is_no_picture_box(ancestor):
            return ""
        for element in ancestor.iter(*_CREDIT_TAGS):
            if _is_credit_name(names_of(element)) and (credit := _short_text(element)):
                return credit
    return ""


def _credit_beside(caption: HtmlElement) -> str:
    """The credit in an element next to a caption: one named as a credit, or a second caption that is only a credit."""
    beside = [*islice(caption.itersiblings("*"), 2), *islice(caption.itersiblings("*", preceding=True), 1)]
    for element in beside:
        if element.tag not in _CREDIT_TAGS or not (text := _short_text(element)):
            continue
        is_second = element.tag == "figcaption" and not split_credit(text)[0]
        if is_second or _is_credit_name(names_of(element)):
            return text
    return ""


def _short_text(element: HtmlElement) -> str:
    """The text of an element if it may be a credit: short, no address, without image or heading inside; else ""."""
    if next(element.iter("img", "h1", "h2", "h3", "h4"), None) is not None:
        return ""
    text = text_of(element)
    return text if _may_credit(text) else ""


def _may_credit(text: str) -> bool:
    is_short = 2 < len(text) <= MAX_CREDIT_CHARACTERS and len(text.split()) <= MAX_CREDIT_WORDS + 1  # and its opener
    return is_short and not text.startswith(("http://", "https://"))


def _is_portrait(image: HtmlElement) -> bool:
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


def _is_no_picture_box(box: HtmlElement, *, past_headline: bool = False) -> bool:
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
        if ancestor.tag != "figure" and _is_no_picture_box(ancestor, past_headline=past_headline):
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
    found = next((each for each in figured if not _is_credit_name(names_of(each))), None)
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
    for element in container.iter(*_TEXT_TAGS, "td"):
        if element is besides or not _is_caption_name(names_of(element)):
            continue
        if 2 < len(text_of(element)) <= MAX_CAPTION_CHARACTERS:
            return element
    return None


@lru_cache(maxsize=10_000)  # a site uses most names on many elements, here and below
def _is_caption_name(names: str) -> bool:
    return bool(_CAPTION_NAMES.search(names))


@lru_cache(maxsize=10_000)
def _is_credit_name(names: str) -> bool:
    return bool(_OWN_CREDIT_NAMES.search(names))


@lru_cache(maxsize=10_000)
def _is_writer_name(names: str) -> bool:
    return bool(_NO_PICTURE_NAMES.search(names))


def _named_neighbour(branch: HtmlElement) -> HtmlElement | None:
    """The element right after an image's box, if it is named as a caption."""
    neighbour = branch.getnext()
    if neighbour is None or neighbour.tag not in (*_TEXT_TAGS, "figcaption") or len(branch.xpath(".//img")) > 1:
        return None
    return neighbour if _is_caption_name(names_of(neighbour)) and 2 < len(text_of(neighbour)) <= 400 else None


def _credited_line(figure: HtmlElement) -> HtmlElement | None:
    """The element with all of a figure's text, if that is a credit or ends in one: a caption not named so."""
    text = text_of(figure, limit=MAX_CAPTION_CHARACTERS + 1)
    if not 2 < len(text) <= MAX_CAPTION_CHARACTERS or not split_credit(text)[1]:
        return None
    return next(
        (each for each in figure.iter(*_TEXT_TAGS) if (each.text or "").strip() and text_of(each) == text), None
    )


def _credited_neighbour(image: HtmlElement) -> HtmlElement | None:
    """The short text right after an image, if it ends in a credit: a caption not named so."""
    around = image.getparent()
    is_linked = around is not None and around.tag == "a" and len(around) == 1  # to the whole picture
    neighbour = around.getnext() if is_linked else image.getnext()
    if neighbour is None or neighbour.tag not in _TEXT_TAGS:
        return None
    text = text_of(neighbour, limit=MAX_CAPTION_CHARACTERS + 1)
    return neighbour if 10 < len(text) <= 400 and split_credit(text)[1] else None
