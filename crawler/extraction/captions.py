"""Reading captions: what an image shows, and who made it."""

from __future__ import annotations

import re
from itertools import islice

from lxml.html import HtmlElement

from crawler.extraction.bylines.byline_lines import may_name
from crawler.extraction.caption_elements import (
    MAX_CAPTION_CHARACTERS,
    MAX_LEVELS,
    TEXT_TAGS,
    caption_element,
    is_credit_name,
    is_no_picture_box,
    is_portrait,
)
from crawler.extraction.image_credits import MAX_CREDIT_WORDS, is_opener, split_credit, tidy_credit
from crawler.extraction.page.tree import names_of, text_of
from crawler.extraction.text import ends_sentence, word_key
from crawler.extraction.vocabulary import AGENCIES

MAX_CREDIT_CHARACTERS = 100  # of an element beside a caption

_CREDIT_NAMES = re.compile(
    r"credit|copyright|photographer|byline|source|author|autor|fotograf|bild-?(?:nachweis|quelle|recht)|urheber",
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
_ONE_WORD = re.compile(r"[A-Za-z\u00c0-\u024f\u0400-\u04ff'’.-]+")
_FILE_NAME = re.compile(r"[^\s/]{1,80}\.(?:jpe?g|png|gif|webp|avif|svg)", re.IGNORECASE)
_CREDIT_TAGS = (*TEXT_TAGS, "cite", "a", "figcaption")


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


def caption_texts(element: HtmlElement) -> tuple[str, str]:
    """(caption line, credit) of a caption element; the credit is from an element named so inside or beside it."""
    line = _line(element)
    for child in element.iter("span", "small", "cite", "em", "div", "p", "a"):
        if child is not element and (_CREDIT_NAMES.search(names_of(child)) or _is_source(child, line)):
            credit = text_of(child, limit=200)
            if is_opener(credit):
                continue  # the name stands beside it
            if credit == line and is_credit_name(names_of(child)) and _may_credit(line):
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
    if is_portrait(image):
        return ""
    behind = image.getnext()
    if behind is not None and behind.tag in TEXT_TAGS and (named := text_of(behind, limit=200)).casefold() in AGENCIES:
        return named
    if over := _name_over(image):
        return over
    for depth, ancestor in enumerate(image.iterancestors()):
        if depth > MAX_LEVELS or is_no_picture_box(ancestor):
            return ""
        for element in ancestor.iter(*_CREDIT_TAGS):
            credit = _short_text(element) if is_credit_name(names_of(element)) else ""
            if credit and not is_opener(credit):
                return credit
    return ""


def _credit_beside(caption: HtmlElement) -> str:
    """The credit in an element next to a caption: one named as a credit, or a second caption that is only a credit."""
    beside = [*islice(caption.itersiblings("*"), 2), *islice(caption.itersiblings("*", preceding=True), 1)]
    for element in beside:
        if element.tag not in _CREDIT_TAGS or not (text := _short_text(element)):
            continue
        is_second = element.tag == "figcaption" and not split_credit(text)[0]
        if is_second or is_credit_name(names_of(element)):
            return text
    return ""


def _name_over(image: HtmlElement) -> str:
    """The name that stands right behind an image in its figure and outside its figcaption, as set over the picture."""
    figure = next((each for each in islice(image.iterancestors(), MAX_LEVELS) if each.tag == "figure"), None)
    if figure is None or next(figure.iter("figcaption"), None) is None:
        return ""
    for part in (image, *islice(image.iterancestors(), 2)):
        behind = part.getnext()
        if part is figure or behind is None or behind.tag not in ("span", "p", "small"):
            continue
        line = _line(behind) if _short_text(behind) else ""
        return line if line.casefold() in AGENCIES or may_name(line, strict=True) else ""
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
