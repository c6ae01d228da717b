"""Days that a page states for machines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice

from htmldate import find_date
from lxml.html import HtmlElement

from crawler.extraction.dates.day_order import DayOrder
from crawler.extraction.dates.day_statements import MODIFIED_NAMES, Statement, read_statement
from crawler.extraction.dates.moments import LATEST_YEAR
from crawler.extraction.dates.month_names import MONTHS
from crawler.extraction.page.document import Document
from crawler.extraction.page.jsonld import is_article
from crawler.extraction.page.structured import Structured
from crawler.extraction.page.tree import in_link, outside_story, text_of

MAX_TIME_ELEMENTS = 20
MAX_SCRIPTS = 60
MAX_SCRIPT_CHARACTERS = 200_000
MAX_NODES = 30  # of JSON-LD, besides the article's

PUBLISHED_METAS = (
    "article:published_time", "og:article:published_time", "og:published_time", "article:published", "datepublished",
    "parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date",
    "published_time", "originalpublicationdate", "dcterms.created", "dc.date.issued", "dcterms.issued",
    "dc.date.created", "citation_publication_date", "citation_date", "article.published",
    "cxenseparse:recs:publishtime", "vr:published_time", "vf:publication_date", "rbpubdate",
    "analyticsattributes.articledate", "datecreated", "article_date_original", "published", "published_at",
    "published_date", "pub_date", "dc.date.published", "og:pubdate", "date_published", "displaydate", "created",
    "cxenseparse:publishtime", "firstpublished", "first_published", "pdate", "weibo:article:create_at",
    "shareaholic:article_published_time", "article:created", "bt:pubdate", "dcterms.available", "prism.publicationdate",
    "govuk:first-published-at",
)  # fmt: skip
# Names that many pages use for the day of their last change: if the page showed another day, that was the right one on
# 8 of 9 pages of the developers' corpora.
VAGUE_METAS = ("dcterms.date", "dc.date", "date")
MODIFIED_METAS = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "og:modified_time", "datemodified",
    "last-modified", "lastmod", "dcterms.modified", "dc.date.modified", "article.updated", "modified_time", "updated",
    "dateupdate", "revised",
)  # fmt: skip
STATED = ("json-ld", "json-ld node", "json-ld created", "meta", "vague meta", "itemprop", "time", "address",
          "json-ld modified", "meta modified", "property", "image", "script", "htmldate")  # fmt: skip

_ADDRESS_DATE = re.compile(
    r"/t?((?:19|20)\d\d)(?:[/-]?([01]\d|(?<=/)[a-z]{3,9}(?=/))[/-]?([0-3]\d)|/(1?\d)/([1-3]?\d)(?=/))(?=[/_.-]|$)"
)
_ADDRESS_DAY_FIRST = re.compile(r"[/-]([0-3]\d)-([01]\d)-(20\d\d)(?=[/_.-]|$)")
_IMAGE_DAY = re.compile(r"/((?:19|20)\d\d)[/-]?([01]\d)[/-]?([0-3]\d)(?=\D)")
_PROPERTIES = " | ".join(
    f"//@property[contains(., '{name}')]/parent::*[not(self::meta)]"
    for name in ("datePublished", "dateCreated", "dc:date")
)
_ATTRIBUTES = " | ".join(
    f"//body//@{name}" for name in ("data-timestamp", "data-date", "data-datetime", "data-published", "data-time")
)
_SCRIPT_DAY = re.compile(
    r"""(?:\bvar (?:create|publish)_?time\s?="""
    r"""|["'](?:(?:article|content|page|post|first)[_-]?)?(?:date_?published|published_?(?:at|on|date|time)?"""
    r"""|create_?(?:d_?at|date)|pub(?:lication|lish)?_?(?:date|time)|date)["']\s*:)\s*["']?"""
    r"""((?:19|20)\d\d-?[01]\d-?[0-3]\d(?: \d\d:\d\d)?[\w:+.-]*|1\d{9}(?:\d{3})?(?!\d))""",
    re.IGNORECASE,
)


def stated_days(document: Document, structured: Structured, order: DayOrder) -> Iterator[Statement]:
    """Days in JSON-LD, meta tags, microdata, `time` elements and the address; `order` is how to read "3/4/2025"."""
    machines = order.of_machines()
    yield from read_statement(structured.field("datePublished"), "json-ld", "json-ld", machines)
    yield from read_statement(structured.field("dateCreated", "uploadDate"), "json-ld created", "json-ld", machines)
    yield from read_statement(structured.field("dateModified"), "json-ld modified", "json-ld", machines)
    for node in structured.nodes[:MAX_NODES]:
        posted = node.get("datePosted")  # of an offered job
        if node is not structured.article and (is_article(node) or node.get("dateModified") or posted):
            value = node.get("datePublished") or posted
            yield from read_statement(value if isinstance(value, str) else None, "json-ld node", "json-ld", machines)
    for names, place in ((PUBLISHED_METAS, "meta"), (VAGUE_METAS, "vague meta"), (MODIFIED_METAS, "meta modified")):
        for name, value in structured.all(*names):
            yield from read_statement(value, place, f"meta {name}", machines)
    dated = document.marked("datePublished")[:5]
    for element in [one for one in dated if not (in_link(one) or outside_story(one))] or dated:
        value = element.get("datetime") or element.get("content") or element.get("title")  # of an abbr
        yield from read_statement(value or text_of(element, limit=100), "itemprop", "itemprop", order)
    for element in document.elements.tagged("abbr"):  # as in hAtom, still used by older blogs
        if "published" in (element.get("class") or "").split():
            yield from read_statement(element.get("title"), "itemprop", "itemprop", order)
    yield from _in_address(document.url)
    if document.elements.tagged("time"):
        yield from _times(document.tree, order)


def hidden_days(document: Document, structured: Structured) -> Iterator[Statement]:
    """Days in data that readers never see, for pages that give no date elsewhere."""
    for element in document.tree.xpath(_PROPERTIES)[:5]:
        yield from read_statement(element.get("content") or text_of(element, limit=100), "property", "itemprop")
    if match := _IMAGE_DAY.search(structured.meta("og:image", "twitter:image")):
        yield from read_statement("-".join(match.groups()), "image", "image address")
    for value in document.tree.xpath(_ATTRIBUTES)[:5]:
        yield from read_statement(value, "script", "script data")
    for script in islice(document.tree.iter("script"), MAX_SCRIPTS):
        for match in islice(_SCRIPT_DAY.finditer((script.text or "")[:MAX_SCRIPT_CHARACTERS]), 2):
            yield from read_statement(match[1], "script", "script data")
    found = find_date(document.tree, extensive_search=False, original_date=True, url=document.url,
                      max_date=datetime(LATEST_YEAR, 1, 1, tzinfo=UTC))  # fmt: skip
    yield from read_statement(found, "htmldate", "htmldate")


def _in_address(url: str) -> Iterator[Statement]:
    if match := _ADDRESS_DATE.search(url):
        year, month, day = (part for part in match.groups() if part)
        number = MONTHS.get(month.lower()) or (int(month) if month.isdigit() else 0)
        yield from read_statement(f"{year}-{number:02d}-{day}", "address", "address")
    elif match := _ADDRESS_DAY_FIRST.search(url):
        yield from read_statement("-".join(reversed(match.groups())), "address", "address")


def _times(tree: HtmlElement, order: DayOrder) -> Iterator[Statement]:
    """The days of the page's `time` elements, in page order."""
    behind_headline, count = 0.0, 0
    for element in tree.iter("h1", "time"):
        if element.tag == "h1":
            behind_headline = 1.0
            continue
        if count >= MAX_TIME_ELEMENTS:
            return
        names = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
        value = element.get("datetime") or text_of(element, limit=100)
        for found in read_statement(value, "time", "time element", order):
            measures = {
                "order": float(count), "behind_headline": behind_headline,
                "pubdate": float("pubdate" in element.attrib),
                "modified": float(bool(MODIFIED_NAMES.search(names))),
                "linked": float(in_link(element)), "outside": float(outside_story(element)),
            }  # fmt: skip
            yield replace(found, measures=measures)
            count += 1
