"""When the story was published and last changed, by the publisher's claim."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from htmldate import find_date
from lxml.html import HtmlElement

from news.article import Hints

from .document import Document
from .found import Found
from .local_days import with_shown_day
from .moments import LATEST_YEAR, Moment, find_moment, is_plausible, may_date, parse_moment
from .nametokens import GROUP_NAMES
from .passages import Passage
from .structured import Structured
from .tree import in_link, outside_story, text_of

FUTURE_TOLERANCE = timedelta(days=1)  # a local time written as UTC is up to 14 hours ahead
MAX_TIME_ELEMENTS = 40
MAX_LEAVES = 60  # short texts after the headline that are looked through for a written date

_PUBLISHED_METAS = (
    "article:published_time", "og:article:published_time", "og:published_time", "article:published", "datepublished",
    "parsely-pub-date",
    "sailthru.date", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "published_time",
    "originalpublicationdate", "dcterms.created", "dc.date.issued", "dcterms.issued", "dc.date.created",
    "citation_publication_date", "citation_date", "article.published", "cxenseparse:recs:publishtime",
    "vr:published_time",
    "vf:publication_date", "rbpubdate", "analyticsattributes.articledate", "datecreated", "article_date_original",
)  # fmt: skip
# Names that many pages give the day of their last change: where the page shows another day, that was right on 8 of 9
# pages of the developers' corpora.
_VAGUE_METAS = ("dcterms.date", "dc.date", "date")
_MODIFIED_METAS = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "og:modified_time", "datemodified",
    "last-modified", "lastmod",
    "dcterms.modified", "dc.date.modified", "article.updated", "modified_time",
)  # fmt: skip
MAX_LABELLED = 600  # passages that are looked through for a labelled date
MAX_DATE_CHARACTERS = 120
MAX_DATED_CHARACTERS = 200  # of a passage whose date is taken where nothing else tells one
_DATE_LABEL = re.compile(
    r"^\W*(?:date|datum|published|posted|publié|publicado|pubblicato|veröffentlicht|erstellt|geschrieben|gepostet|eingestellt|stand|on|am|vom|le|"
    r"yayın|tarih|дата|опубликовано|تاريخ|gepubliceerd|publisert|publicerad|udgivet|opublikowano|入力|公開|発表|입력|등록)\b",
    re.IGNORECASE,
)
_DATE_NAMES = re.compile(r"date|time|publi[sc]|datum|fecha|posted|meta", re.IGNORECASE)
_MODIFIED_LABEL = re.compile(
    r"updat|modif|aktualisiert|mis à jour|actualizad|aggiornat|güncelle|обновлен", re.IGNORECASE
)
_ADDRESS_DATE = re.compile(r"/((?:19|20)\d\d)[/-]?([01]\d)[/-]?([0-3]\d)(?=[/_.-]|$)")
_ELSEWHERE = sum(1 << GROUP_NAMES.index(name) for name in ("comment", "related", "nav", "foot", "side"))
_GUESSES = ("htmldate", "text")  # origins of dates that nothing says are the story's
_MODIFIED_NAMES = ("modif", "updat", "aktual", "edit")


@dataclass(frozen=True)
class Dates:
    """The two claims and what was refused."""

    published: Found[Moment] | None
    modified: Found[Moment] | None
    flags: tuple[str, ...] = ()
    refused: str | None = None  # the stated value that no date was made of


def read_dates(
    document: Document,
    structured: Structured,
    hints: Hints,
    fetched_at: datetime | None,
    passages: Sequence[Passage] = (),
) -> Dates:
    """The publication and the modification date; None for one that is not stated or cannot be."""
    latest = fetched_at + FUTURE_TOLERANCE if fetched_at else None
    flags: list[str] = []
    refused: list[str] = []

    def first(candidates: Iterator[Found[Moment]], name: str) -> Found[Moment] | None:
        """The first believable one, with the time of a later one of that same day where the first has none."""
        chosen = None
        for found in candidates:
            if not is_plausible(found.value) or (latest and found.value.at > latest):
                flags.append(f"{name}_in_future" if is_plausible(found.value) else f"{name}_absurd")
                refused.append(found.value.at.isoformat())
            elif chosen is None:
                chosen = found
                if not found.value.day_only:
                    break
            elif not found.value.day_only and found.value.day == chosen.value.day:
                return found
        return chosen

    published = (
        first(_stated_published(document, structured), "published")
        or first(_hinted(hints), "published")
        or first(_labelled(passages), "published")
        or first(_in_address(document.url), "published")
        or first(_guessed(document, latest), "published")
        or first(_anywhere(passages), "published")
    )
    if published and (local := with_shown_day(published.value, _shown_days(document, passages))):
        published = replace(published, value=local)
        flags.append("published_zone_inferred")
    if published and published.origin in _GUESSES:
        flags.append("published_guessed")
    modified = first(_stated_modified(structured), "modified")
    if published and modified and modified.value.at < published.value.at - timedelta(days=1):
        flags.append("modified_before_published")
    return Dates(published, modified, tuple(dict.fromkeys(flags)), refused[0] if refused else None)


def _shown_days(document: Document, passages: Sequence[Passage]) -> Iterator[tuple[Moment, bool]]:
    """Days that readers see, and whether the day alone tells the publisher's: a written one may be of another thing."""
    yield from ((found.value, True) for found in _in_address(document.url))
    yield from ((found.value, True) for _, found in zip(range(1), _labelled(passages), strict=False))
    yield from ((found.value, False) for found in _written(document.tree))


def _stated_published(document: Document, structured: Structured) -> Iterator[Found[Moment]]:
    yield from _moment(structured.field("datePublished"), "json-ld")
    for name, value in structured.all(*_PUBLISHED_METAS):
        yield from _moment(value, f"meta {name}")
    vague = structured.all(*_VAGUE_METAS)
    if not vague:
        yield from _from_items(document.tree)
    yield from _from_times(document.tree)
    yield from _moment(structured.field("dateCreated", "uploadDate"), "json-ld")
    yield from _written(document.tree)
    for name, value in vague:
        yield from _moment(value, f"meta {name}")
    yield from _from_items(document.tree)


def _stated_modified(structured: Structured) -> Iterator[Found[Moment]]:
    yield from _moment(structured.field("dateModified"), "json-ld")
    for name, value in structured.all(*_MODIFIED_METAS):
        yield from _moment(value, f"meta {name}")


def _hinted(hints: Hints) -> Iterator[Found[Moment]]:
    if hints.published_at is not None and hints.published_at.tzinfo is not None:
        yield Found(Moment(hints.published_at.astimezone(UTC), "+00:00"), "hint")


def _labelled(passages: Sequence[Passage]) -> Iterator[Found[Moment]]:
    """Short passages that say they are a date, or stand in a box that is named after one."""
    for passage in passages[:MAX_LABELLED]:
        text = passage.text
        if len(text) > MAX_DATE_CHARACTERS or passage.box.all_bits & _ELSEWHERE or not may_date(text):
            continue
        labelled = _DATE_LABEL.match(text) or _DATE_NAMES.search(passage.box.element.get("class") or "")
        if labelled and not _MODIFIED_LABEL.search(text) and (moment := find_moment(text)):
            yield Found(moment, "labelled")


def _anywhere(passages: Sequence[Passage]) -> Iterator[Found[Moment]]:
    """The first date in a short passage of the page, where nothing else tells one."""
    for passage in passages[:MAX_LABELLED]:
        short = len(passage.text) <= MAX_DATED_CHARACTERS and not passage.box.all_bits & _ELSEWHERE
        if short and (moment := find_moment(passage.text)):
            yield Found(moment, "text")
            return


def _in_address(url: str) -> Iterator[Found[Moment]]:
    if match := _ADDRESS_DATE.search(url):
        yield from _moment("-".join(match.groups()), "address")


def _guessed(document: Document, latest: datetime | None) -> Iterator[Found[Moment]]:
    """htmldate's reading of markup and text: the last resort, without its slow search of the whole text."""
    found = find_date(
        document.tree,
        extensive_search=False,
        original_date=True,
        url=document.url,
        max_date=latest or datetime(LATEST_YEAR, 1, 1, tzinfo=UTC),
    )
    yield from _moment(found, "htmldate")


def _moment(stated: str | None, origin: str) -> Iterator[Found[Moment]]:
    moment = parse_moment(stated) or (find_moment(stated) if stated else None)
    if moment:
        yield Found(moment, origin)


def _from_items(tree: HtmlElement) -> Iterator[Found[Moment]]:
    for element in tree.xpath("//@itemprop[.='datePublished']/parent::*[not(self::meta)]")[:5]:
        yield from _moment(element.get("datetime") or element.get("content") or text_of(element, limit=100), "itemprop")


def _from_times(tree: HtmlElement) -> Iterator[Found[Moment]]:
    """The `time` elements of the story, those nearest below the headline first."""
    seen_headline = False
    before: list[HtmlElement] = []
    after: list[HtmlElement] = []
    for element in tree.iter("h1", "time"):
        if element.tag == "h1":
            seen_headline = True
        elif len(before) + len(after) < MAX_TIME_ELEMENTS and not (in_link(element) or outside_story(element)):
            names = f"{element.get('class') or ''} {element.get('itemprop') or ''}".lower()
            if not any(word in names for word in _MODIFIED_NAMES):
                (after if seen_headline else before).append(element)
    marked = [element for element in before + after if "pubdate" in element.attrib]
    for element in [*marked, *after[:3], *before[-1:]]:
        yield from _moment(element.get("datetime") or text_of(element, limit=100), "time element")


def _written(tree: HtmlElement) -> Iterator[Found[Moment]]:
    """Dates written for people in the short texts around the headline."""
    headline = next(tree.iter("h1"), None)
    if headline is None:
        return
    near: list[str] = []
    for element in headline.itersiblings(preceding=True):
        near.append(text_of(element, limit=200))
    following = headline.xpath(f"following::text()[string-length(normalize-space()) > 5][position() <= {MAX_LEAVES}]")
    near += [" ".join(str(text).split()) for text in following if len(text) < 120 and text.getparent().tag != "script"]
    for text in near:
        if len(text) <= 120 and (moment := find_moment(text)):
            yield Found(moment, "written")
            return
