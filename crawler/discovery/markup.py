"""Feeds and sitemaps as a stream of flat records: one pass, no tree, no entities, no network.

libxml2 reads with its own limits on (depth, text and name lengths) and goes on after errors; what this module adds
is a bound on the number of elements and records that hold only the fields asked for.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from crawler.discovery.readings import Unreadable
from news.fetch import Outcome
from news.urls import join_url

MAX_ELEMENTS = 3_000_000  # a full sitemap of 50,000 stories with all news and some image fields has 1,000,000
MAX_DEPTH = 100
MAX_TEXT_LENGTH = 20_000  # characters kept of one field
MAX_FIELDS = 64  # fields kept of one record
MAX_NAMES = 1000  # of elements that are remembered
_CHUNK = 65_536

# Namespace, without a closing slash and with http for https, to the prefix it gets in paths.
NAMESPACES = {
    "": "",
    "http://www.w3.org/2005/Atom": "",
    "http://purl.org/atom/ns#": "",
    "http://purl.org/rss/1.0": "",
    "http://my.netscape.com/rdf/simple/0.9": "",
    "http://www.sitemaps.org/schemas/sitemap/0.9": "",
    "http://www.google.com/schemas/sitemap/0.84": "",
    "http://purl.org/dc/elements/1.1": "dc:",
    "http://purl.org/dc/terms": "dcterms:",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner:",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
    "http://www.google.com/schemas/sitemap-news/0.9": "news:",
}
_UNKNOWN_NAMESPACE = "?:"
# Names that are not all in small letters; some feeds write the others so as well, or everything in capitals
_CAMEL_NAMES = {"pubdate": "pubDate", "origlink": "origLink", "ispermalink": "isPermaLink", "rdf": "RDF"}
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_NAMED_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_NUMERIC_ENTITY = re.compile(r"&#([0-9]{1,7}|[xX][0-9A-Fa-f]{1,6});")
_BARE_BRACKET = re.compile(r"<(?=[\s\d=<])")  # begins no tag
_BARE_AMPERSAND = re.compile(r"&(?!#[0-9]{1,7};|#[xX][0-9A-Fa-f]{1,6};|(?:amp|lt|gt|quot|apos);)")
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Field:
    """One element of a record."""

    text: str
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Record:
    """The fields of one entry: path below the entry, such as "news:news/news:title", to elements in order."""

    name: str
    base: str  # what its relative links are resolved against
    about: str | None = None  # what RSS 1.0 says it is about
    fields: dict[str, list[Field]] = field(default_factory=dict)

    def text(self, *paths: str) -> str | None:
        """The first text that is not blank, paths in order of preference."""
        texts = (item.text for path in paths for item in self.fields.get(path, ()))
        return next((text for text in texts if text.strip()), None)


class _BoundPassed(Exception):
    """Stops the parser; its text says which bound."""


def read_records(
    text: str, *, base: str, heads: Mapping[str, str], records: frozenset[str], take: Callable[[Record], None]
) -> tuple[Record, bool] | Unreadable:
    """Hand each record to `take` as it ends; returns the head's fields and whether the document is damaged.

    `heads` maps a root element's name to the path of the element whose direct fields make the head; `records` names
    the elements that are entries. Never raises for any text, unless `take` does.
    """
    if "<!DOCTYPE" in text and "<!ENTITY" in text:
        return Unreadable(reason="declares XML entities, which no feed or sitemap needs")
    target = _Target(base, heads, records, take)
    parser = etree.XMLParser(
        target=target, encoding="utf-8", recover=True, resolve_entities=False, no_network=True, huge_tree=False
    )
    data = _repaired(text).encode("utf-8")
    broken = False
    try:
        for start in range(0, len(data), _CHUNK):
            parser.feed(data[start : start + _CHUNK])
        parser.close()
    except (etree.XMLSyntaxError, UnicodeDecodeError):  # the latter when libxml2 lets something through that is no text
        broken = True
    except _BoundPassed as passed:
        return Unreadable(reason=str(passed), outcome=Outcome.TOO_LARGE)
    if target.root is None:
        return Unreadable(reason="an HTML page" if "<html" in text[:2000].lower() else "no XML element in it")
    if target.root not in heads:
        return Unreadable(reason=f"the root element is <{target.root[:40]}>")
    return target.head, broken or target.open_count > 0 or _has_errors(parser.error_log)


def _has_errors(log: etree._ListErrorLog) -> bool:
    """Whether the parser had to repair anything; an undeclared prefix does not count as damage."""
    return any(entry.domain != etree.ErrorDomains.NAMESPACE for entry in log.filter_from_errors())


def _repaired(text: str) -> str:
    """The text without what makes strict readers lose whole feeds: leading noise, HTML entities, bare & and <."""
    start = text.find("<?xml", 0, 2000)
    text = _XML_DECLARATION.sub("", text[max(start, 0) :])
    text = _NUMERIC_ENTITY.sub(_xml_character, _NAMED_ENTITY.sub(_html_entity, text[max(text.find("<"), 0) :]))
    return _NOT_XML.sub("", _BARE_BRACKET.sub("&lt;", _BARE_AMPERSAND.sub("&amp;", text)))


def _xml_character(match: re.Match[str]) -> str:
    """The reference itself, or nothing for one to a character XML does not have."""
    digits = match[1]
    number = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
    return "" if number > 0x10FFFF or _NOT_XML.match(chr(number)) else match[0]


def _html_entity(match: re.Match[str]) -> str:
    return match[0] if match[1] in ("amp", "lt", "gt", "quot", "apos") else html.unescape(match[0])


def _split_tag(tag: str) -> tuple[str, str]:
    namespace, _, local = tag[1:].rpartition("}") if tag.startswith("{") else ("", "", tag)
    return namespace.replace("https://", "http://", 1).rstrip("/"), _usual(local)


def _usual(name: str) -> str:
    """The name of an element or attribute as formats write it."""
    return _CAMEL_NAMES.get(name.lower(), name.lower())


class _Target:
    """Receives the parser's events; the attributes of the record being built live here."""

    def __init__(
        self, base: str, heads: Mapping[str, str], records: frozenset[str], take: Callable[[Record], None]
    ) -> None:
        self.root: str | None = None
        self.head = Record("", base)
        self._own_namespace = ""
        self._heads = heads
        self._records = records
        self._take = take
        self._path: list[str] = []
        self._bases = [base]
        self._record: Record | None = None
        self._record_depth = 0
        self._texts: list[list[str]] = []  # one per open element of a record or head field
        self._attributes: list[Mapping[str, str]] = []
        self._count = 0
        self._names: dict[str, str] = {}  # tag -> name

    @property
    def open_count(self) -> int:
        return len(self._path)

    def start(self, tag: str | bytes, attrib: Mapping[Any, Any]) -> None:
        self._count += 1
        if self._count > MAX_ELEMENTS:
            raise _BoundPassed(f"more than {MAX_ELEMENTS} elements")
        if len(self._path) >= MAX_DEPTH:
            raise _BoundPassed(f"elements more than {MAX_DEPTH} deep")
        name = self._name(str(tag))
        own_base = attrib.get(_XML_BASE)
        self._bases.append((own_base and join_url(self._bases[-1], own_base)) or self._bases[-1])
        self._path.append(name)
        if name in self._records and (self._record is None or self._record.name == name):
            if self._record is not None:  # entries hold none: what was open in it was never closed
                self._take(self._record)
            self._record, self._record_depth = Record(name, self._bases[-1], attrib.get(_ABOUT)), len(self._path)
        if len(self._path) <= 2 and "/".join(self._path) == self._heads.get(self.root or ""):
            self.head.base = self._bases[-1]
        self._texts.append([])
        self._attributes.append({_usual(key): value for key, value in attrib.items()} if self._is_field() else {})

    def data(self, data: str | bytes) -> None:
        if self._texts:
            self._texts[-1].append(str(data))

    def comment(self, text: str | bytes) -> None:
        """Ignore comments."""

    def end(self, tag: str | bytes) -> None:
        if not self._path:
            return
        text = "".join(self._texts.pop())[:MAX_TEXT_LENGTH]
        attributes = self._attributes.pop()
        if self._record is not None and len(self._path) == self._record_depth:
            self._take(self._record)
            self._record = None
        elif self._is_field():
            self._keep(text, attributes)
            if self._record is not None and self._texts:
                self._texts[-1].append(text)  # an XHTML title's text lies in the elements within it
        self._path.pop()
        self._bases.pop()

    def close(self) -> None:
        """Part of the parser's protocol; there is nothing to finish."""

    def _name(self, tag: str) -> str:
        """The name with its usual prefix; the root's namespace, if not a known one, is the document's own."""
        if (known := self._names.get(tag)) is not None:
            return known
        namespace, local = _split_tag(tag)
        if self.root is None:
            self._own_namespace = namespace
            self.root = NAMESPACES.get(namespace, "") + local
            return self.root
        own = "" if namespace == self._own_namespace else _UNKNOWN_NAMESPACE
        name = NAMESPACES.get(namespace, own) + local
        if len(self._names) < MAX_NAMES:
            self._names[tag] = name
        return name

    def _is_field(self) -> bool:
        if self._record is not None:
            return self._record_depth < len(self._path) <= self._record_depth + 3
        return len(self._path) <= 3 and "/".join(self._path[:-1]) == self._heads.get(self.root or "")

    def _keep(self, text: str, attributes: Mapping[str, str]) -> None:
        record = self._record or self.head
        path = "/".join(self._path[self._record_depth :] if self._record is not None else self._path[-1:])
        if sum(map(len, record.fields.values())) < MAX_FIELDS:
            record.fields.setdefault(path, []).append(Field(text, attributes))
