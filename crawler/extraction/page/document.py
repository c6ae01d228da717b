"""Parse a page's bytes into a tree, weighing the evidence for its charset and bounding hostile input."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urljoin, urlsplit

import numpy as np
from lxml.etree import ElementDefaultClassLookup, ParserError
from lxml.html import HtmlComment, HtmlElement, HtmlEntity, HTMLParser, HtmlProcessingInstruction, document_fromstring
from trafilatura.utils import detect_encoding
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom, resolve_encoding

from crawler.extraction.page.amp import plain_media
from crawler.extraction.page.dropped import BAD_CHARACTERS, drop_edit_links, drop_readings, drop_spoken
from crawler.extraction.page.elements import Elements
from crawler.extraction.text import tidy
from news.article import NotArticle, NotArticleReason, Page

MAX_MARKUP_CHARACTERS = 4_000_000  # left after scripts, styles and comments are cut; the largest corpus page has 2.5 M
MAX_ELEMENTS = 150_000  # the largest corpus page has 30 thousand
MAX_TEXT_CHARACTERS = 1_000_000  # of one text node; more is a dump, not a paragraph

_HTML_TYPES = ("html", "xml")
_NOT_MARKUP = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"RIFF", b"OggS")
_SNIFF_BYTES = 4096
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]\s*[\[{\"]")
# Control characters that text does not use (WHATWG MIME Sniffing, "binary data byte"), except NUL, common in UTF-16.
# They are one in ten characters of compressed data and noise; none of the developers' 1,423 pages has any.
_BINARY = re.compile(r"[\x01-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_LEAST_PER_BINARY = 50
_HEAVY = re.compile(r"<(style|svg|noscript)\b[^>]*>.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_SCRIPT = re.compile(r"<script\b([^>]*)>.*?</script\s*>", re.DOTALL | re.IGNORECASE)
_DATA_SCRIPT = re.compile(r"json|__next_f|__NEXT_DATA__|__NUXT__", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_TWICE = re.compile("[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_TWICE_SURE = re.compile("[\xe2\xc3\xc4\xc5][\x80-\x9f]")  # "’" as "â", C1, C1; "ä" as "Ã", "¤"
MIN_TWICE_ENCODED = 3
_TWICE_BYTES = re.compile(rb"\xc3[\xa2\x83-\x85]\xc2")  # the start of such characters in UTF-8

_NOT_IN_ADDRESS = str.maketrans("", "", "\t\r\n")  # browsers drop these anywhere in one (WHATWG URL)

# Not allowed in XML, so lxml refuses text with them
_FIRST_SIGN = 0x20  # bytes below it are bad characters, except _SPACES
_SPACES = b"\t\n\r"

# One class for all elements, looked up in C: lxml.html's own lookup calls Python for every element that a walk meets,
# to give forms methods of their own, which are not used here.
_LOOKUP = ElementDefaultClassLookup(
    element=HtmlElement, comment=HtmlComment, pi=HtmlProcessingInstruction, entity=HtmlEntity
)


@dataclass(frozen=True)
class Document:
    """One parsed page; `tree` must not be changed, so whoever needs to works on a copy."""

    url: str  # effective URL
    tree: HtmlElement

    @cached_property
    def elements(self) -> Elements:
        """The page's elements by tag, class and other names."""
        return Elements(self.tree)

    @cached_property
    def base_url(self) -> str:
        """The URL that relative links are resolved against."""
        declared = next((base.get("href") for base in self.elements.tagged("base") if base.get("href")), None)
        return absolute_url(declared, self.url) or self.url

    @cached_property
    def host(self) -> str:
        """The host name without "www."."""
        try:
            host = urlsplit(self.url).hostname or ""
        except ValueError:
            return ""
        return host.removeprefix("www.")

    def marked(self, name: str) -> list[HtmlElement]:
        """The elements with this microdata property, except meta tags."""
        found = (each.element for each in self.elements.marked if each.property == name)
        return [element for element in found if element.tag != "meta"]

    def link(self, href: str | None) -> str | None:
        """A link of the page as an absolute http(s) URL; None if it is not one."""
        return absolute_url(href, self.base_url)


def absolute_url(href: str | None, base: str) -> str | None:
    """`href` resolved against `base`; None unless the result is http or https with a host."""
    cleaned = tidy((href or "").translate(_NOT_IN_ADDRESS))
    if not cleaned:
        return None
    try:
        url = urljoin(base, cleaned)
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or " " in parts.netloc:
            return None
    except ValueError:
        return None
    return url.replace(" ", "%20")


def parse_page(page: Page) -> Document | NotArticle:
    """The page as a tree, or the reason why it is not an article."""
    if refusal := _refusal(page):
        return refusal
    text = _decode(page)
    if len(_BINARY.findall(text, 0, _SNIFF_BYTES)) * _LEAST_PER_BINARY > min(len(text), _SNIFF_BYTES):
        return NotArticle(reason=NotArticleReason.NOT_HTML, detail="the bytes are no text")
    markup, encoded = _cleaned(text)
    tree = _parsed(encoded) if markup.strip() else None
    if tree is None:
        return NotArticle(reason=NotArticleReason.EMPTY, detail="no markup")
    if markup.count("<") > MAX_ELEMENTS or len(markup) > MAX_TEXT_CHARACTERS:
        _bound_tree(tree)
    if "<ruby" in markup:
        drop_readings(tree)
    if "mw-editsection" in markup:
        drop_edit_links(tree)
    drop_spoken(tree)
    if "<amp-" in markup:
        plain_media(tree)
    return Document(page.url, tree)


def parse_markup(markup: str) -> HtmlElement | None:
    """Parse markup into a tree, without network or entity expansion; None if nothing is left of it."""
    return _parsed(markup.encode("utf-8", "ignore")) if markup.strip() else None


def _parsed(encoded: bytes) -> HtmlElement | None:
    # huge_tree stays off, so that libxml2 stops at 255 levels of nesting.
    parser = HTMLParser(collect_ids=False, remove_comments=True, remove_pis=True, no_network=True, encoding="utf-8")
    parser.set_element_class_lookup(_LOOKUP)
    try:
        return document_fromstring(encoded, parser=parser)
    except (ValueError, SyntaxError, ParserError):  # "Document is empty" for markup with only control characters
        return None


def _refusal(page: Page) -> NotArticle | None:
    head = page.body[:_SNIFF_BYTES]
    if not head.strip():
        return NotArticle(reason=NotArticleReason.EMPTY, detail="the body has no bytes")
    kind = (page.content_type or "").split(";")[0].strip().lower()
    looks_like_markup = b"<" in head and not head.startswith(_NOT_MARKUP)
    if kind and not any(word in kind for word in _HTML_TYPES) and not (looks_like_markup and b"<html" in head.lower()):
        return NotArticle(reason=NotArticleReason.NOT_HTML, detail=f"content type {tidy(kind, limit=80)!r}")
    if b"<" not in page.body or head.startswith(_NOT_MARKUP):
        return NotArticle(reason=NotArticleReason.NOT_HTML, detail="the bytes are no markup")
    if re.match(rb"\s*(?:\xef\xbb\xbf)?\s*(?:<[?!][^>]*>\s*)*<(?:rss|feed|urlset|sitemapindex|rdf:RDF)\b", head):
        return NotArticle(reason=NotArticleReason.NOT_HTML, detail="a feed or sitemap")
    if _JSON.match(head):
        return NotArticle(reason=NotArticleReason.NOT_HTML, detail="the bytes are JSON")
    return None


def _decode(page: Page) -> str:
    """Decode by byte order mark, then as UTF-8 if valid, then as declared, then by a guess."""
    body = page.body
    bom_encoding, bom = read_bom(body)
    if bom_encoding and bom:
        return body[len(bom) :].decode(bom_encoding, "replace")
    declared = _declared(page)
    if declared.startswith(
        ("utf-16", "utf-32", "iso2022", "iso-2022", "hz")
    ):  # their bytes may be valid UTF-8, but would make no sense
        text = _decoded(body, declared)
        if text is not None and "<" in text:
            return text
    for encoding in ("utf-8", declared):
        text = _decoded(body, encoding)
        if text is not None:
            return text
    # Publishers' pages are more often UTF-8 with a stray byte than another encoding.
    if declared == "utf-8":
        text = body.decode("utf-8", "replace")
        if text.count("\ufffd") * 200 < len(text):
            return text
    guesses = detect_encoding(body[:200_000])
    return next((text for guess in guesses if (text := _decoded(body, guess))), body.decode("cp1252", "replace"))


def _cleaned(text: str) -> tuple[str, bytes]:
    """The text mended and bounded, and its UTF-8 bytes, encoded only once if nothing had to be changed."""
    try:
        encoded = text.encode("utf-8")
    except UnicodeEncodeError:  # surrogates
        text = BAD_CHARACTERS.sub("", text)
        encoded = text.encode("utf-8")
    cleaned = _bounded(_mended(text, encoded), encoded)
    return cleaned, encoded if cleaned is text else cleaned.encode("utf-8")


def _mended(text: str, encoded: bytes) -> str:
    """Text with doubly encoded sequences decoded once more; sequences with C1 controls are the evidence."""
    if len(_TWICE_BYTES.findall(encoded)) < MIN_TWICE_ENCODED:  # ten times as fast as the pattern on text
        return text
    if len(_TWICE_SURE.findall(text[:MAX_MARKUP_CHARACTERS])) < MIN_TWICE_ENCODED:
        return text
    return _TWICE.sub(_once, text)


def _once(match: re.Match[str]) -> str:
    try:
        return match[0].encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return match[0]


def _declared(page: Page) -> str:
    named = http_content_type_encoding(page.content_type) or html_body_declared_encoding(page.body[:_SNIFF_BYTES])
    return (resolve_encoding(named) or "") if named else ""


def _decoded(body: bytes, encoding: str) -> str | None:
    try:
        return body.decode(encoding) if encoding else None
    except (UnicodeDecodeError, LookupError):
        return None


def _bounded(text: str, encoded: bytes) -> str:
    """Text without bad characters, cut if too long; `encoded` are its UTF-8 bytes, before or after mending."""
    if _has_bad_characters(text, encoded):
        text = BAD_CHARACTERS.sub("", text)
    if declaration := _XML_DECLARATION.match(text):
        text = text[declaration.end() :]
    if len(text) <= MAX_MARKUP_CHARACTERS:
        return text
    text = _SCRIPT.sub(lambda match: match[0] if _DATA_SCRIPT.search(match[0][:2000]) else "", _HEAVY.sub("", text))
    return text[:MAX_MARKUP_CHARACTERS]


def _has_bad_characters(text: str, encoded: bytes) -> bool:
    """Whether BAD_CHARACTERS would match, told from the bytes in a twentieth of the time; surrogates are gone."""
    values = np.frombuffer(encoded, np.uint8)
    controls = values[values < _FIRST_SIGN].tobytes()
    return bool(controls.translate(None, _SPACES)) or "\ufffe" in text or "\uffff" in text


def _bound_tree(tree: HtmlElement) -> None:
    """Cut off elements and text nodes beyond the limits, which no article reaches."""
    surplus = []
    for count, element in enumerate(tree.iter()):
        if count > MAX_ELEMENTS:
            surplus.append(element)
        elif element.text and len(element.text) > MAX_TEXT_CHARACTERS and element.tag != "script":
            element.text = element.text[:MAX_TEXT_CHARACTERS]
        if element.tail and len(element.tail) > MAX_TEXT_CHARACTERS:
            element.tail = element.tail[:MAX_TEXT_CHARACTERS]
    for element in reversed(surplus):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
