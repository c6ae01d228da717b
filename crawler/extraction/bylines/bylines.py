"""Who wrote the story: of all that a page states or shows as its byline, what the trained trees are surest of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from lxml.html import HtmlElement

from crawler.extraction.bylines.byline_choice import (
    STATED_PLACES,
    family_last,
    is_below,
    is_commenter,
    is_of_list,
    is_subject,
    shown_person,
    whole_group,
    whole_name,
)
from crawler.extraction.bylines.byline_lines import is_no_byline, is_running_text
from crawler.extraction.bylines.byline_measures import BylineCandidate, byline_candidates
from crawler.extraction.bylines.card_writers import is_of_card
from crawler.extraction.bylines.labelled_writers import labelled_writers
from crawler.extraction.bylines.makers import without_photographers
from crawler.extraction.bylines.own_names import (
    MAX_AUTHORS,
    initials_of,
    without_accounts,
    without_paper,
)
from crawler.extraction.bylines.people import names_newsroom, people_of
from crawler.extraction.bylines.shown_bylines import leads_to_writer, shown_bylines
from crawler.extraction.bylines.stated_writers import stated_in_json, stated_in_metas
from crawler.extraction.bylines.thread_starters import thread_starter
from crawler.extraction.bylines.writer_lists import with_whole_list
from crawler.extraction.choice import certainties
from crawler.extraction.found import Found
from crawler.extraction.page.document import Document
from crawler.extraction.page.elements import Marked
from crawler.extraction.page.jsonld import as_list, is_discussion, name_of
from crawler.extraction.page.passages import Passage
from crawler.extraction.page.site_keys import site_keys
from crawler.extraction.page.structured import Structured, offers
from crawler.extraction.page.tree import in_quote, outside_story, text_of
from crawler.extraction.text import joined_key, word_key
from crawler.extraction.vocabulary import AGENCIES
from news.article import Hints

# Below this a story is left unsigned: chosen on unseen sites, docs/benchmarks.md tells what it costs. A name that only
# its place on the page suggests needs more.
MIN_CERTAINTY = 0.03
MIN_BARE_CERTAINTY = 0.1
# People named only among comments usually wrote one: of nine that would have been accepted three were right, all but
# one of them surer than this.
MIN_COMMENT_CERTAINTY = 0.3
GROUP_CERTAINTY = 0.9  # from which a site's name is the byline, no matter whom the page shows
LISTED_CERTAINTY = 0.7  # of a list of writers without a sure candidate; a choice

# "author-name", "byline-author", "BylineName", "article-byline author-name"
_TEST_NAME = re.compile(r"author-?_?name|^user-name$|(?:byline|article)[-_ ]?author(?!\w)|byline-?name", re.IGNORECASE)
# In the classes of elements that hold a writer's name
_CALLED = re.compile(
    "uthor|yline|autor|auteur|writer|reporter|muhabir|skribent|forfatter|giornalista|journalist|redacteur|kirjoittaja"
    "|szerzo|penulis"
)
_REPLY = re.compile("nswer|comment|review")  # in the names of microdata around who replies or judges
_INLINE_TAGS = frozenset({"span", "a", "b", "strong", "em", "cite", "address", "p", "i"})
_MAX_MARKED = 60
_MAX_SUBJECTS = 3  # of the surest candidates that are passed over as what the story is about; a choice
_MAX_MARKED_NAMES = 3
_MAX_CALLED_NAMES = 5
# Each place with the origin that --explain shows, surest first.
_ORIGINS = {
    "json-ld": "json-ld", "meta": "meta", "one meta": "meta", "json-ld all": "json-ld", "byline": "byline",
    "named": "byline", "marked": "marked", "all marked": "marked", "json-ld group": "json-ld", "called": "marked",
    "linked": "marked", "all linked": "marked",
}  # fmt: skip


def read_authors(
    document: Document,
    structured: Structured,
    hints: Hints,
    passages: Sequence[Passage] = (),
    headline: int = -1,
) -> Found[tuple[str, ...]] | None:
    """The names of the byline in order; None if it names nobody.
    `headline` is the index of the headline among the page's passages, -1 if none shows it.
    """
    if (starter := thread_starter(document, structured)) and not stated_in_json(structured)[0]:
        return Found((starter,), "marked", LISTED_CERTAINTY)
    found = author_candidates(document, structured, hints, passages, headline)
    if offers(structured):
        found = [each for each in found if each.places & STATED_PLACES]  # others are sellers, and buyers who judge
    if not found:
        return None
    sure = certainties("byline", [candidate.measures for candidate in found])
    is_signed = any(_is_signed(one, value) for one, value in zip(found, sure, strict=True))
    order = sorted(
        range(len(found)),
        key=lambda i: (not _is_prose(found[i]), not (is_signed and found[i].is_of_comment), sure[i]),
        reverse=True,
    )
    best = next((index for index in order[:_MAX_SUBJECTS] if not is_subject(found[index], passages)), order[0])
    if _is_prose(found[best]) or is_commenter(found[best], found, passages) or is_subject(found[best], passages):
        return None
    is_listed = (found[best].is_bare or is_below(found[best])) and is_of_list(found[best], passages)
    if sure[best] < least_certainty(found[best]) or is_listed:
        listed = with_whole_list((), passages, headline)
        return Found(listed, "byline", LISTED_CERTAINTY) if listed else None
    sites = site_keys(document, structured, hints)
    is_office = all(map(names_newsroom, found[best].names))
    if (is_office or sure[best] < GROUP_CERTAINTY) and not people_of(found[best].names, None, sites):
        best = shown_person(found, sure, sites, best, passages)
    best = whole_group(found, sure, whole_name(found, sure, family_last(found, best)), sites)
    origin = next(shown for place, shown in _ORIGINS.items() if place in found[best].places)
    papers = sites | initials_of(structured.site_names)
    names = tuple(dict.fromkeys(without_paper(name, papers) for name in found[best].names))
    names = _without_own(with_whole_list(names, passages, headline), sites)
    if not people_of(names, None, sites) and (listed := with_whole_list((), passages, headline)):
        names, origin = listed, "byline"
    names = without_accounts(without_photographers(_without_editors(names, structured), passages))
    return Found(names, origin, round(sure[best], 2))


def _without_own(names: tuple[str, ...], sites: frozenset[str]) -> tuple[str, ...]:
    """The names without the site's own if persons are among them, unless an agency is too: the site edited its text."""
    if not people_of(names, None, sites) or any(name.casefold() in AGENCIES for name in names):
        return names
    return tuple(name for name in names if joined_key(name) not in sites)


def _without_editors(names: tuple[str, ...], structured: Structured) -> tuple[str, ...]:
    """The names without those that the page's data states as its editors, if it names others."""
    editors = {word_key(name_of(each)) for each in as_list(structured.article.get("editor"))[:MAX_AUTHORS]}
    editors -= {word_key(name) for name in stated_in_json(structured)[0]}
    return tuple(name for name in names if word_key(name) not in editors) or names


def _is_prose(candidate: BylineCandidate) -> bool:
    """Whether a candidate is known only from lines and is words of a sentence: "by the end of the week, …"."""
    return candidate.places == {"byline"} and is_running_text(candidate.names[0])


def _is_signed(candidate: BylineCandidate, sure: float) -> bool:
    """Whether a "by" outside the comments names a candidate that is sure enough to be given."""
    is_opened = any(line.measures["opened"] and not line.measures["in_comment"] for line in candidate.shown)
    return is_opened and sure >= least_certainty(candidate)


def least_certainty(candidate: BylineCandidate) -> float:
    """How sure a candidate must be to be given as the byline."""
    if candidate.is_of_comment:
        return MIN_COMMENT_CERTAINTY
    return MIN_BARE_CERTAINTY if candidate.is_bare else MIN_CERTAINTY


def author_candidates(
    document: Document, structured: Structured, hints: Hints, passages: Sequence[Passage], headline: int
) -> list[BylineCandidate]:
    """Everything on the page that may be its byline, with measures."""
    people, groups = stated_in_json(structured)
    metas = stated_in_metas(structured)
    marked = _elements([_named_inside(each, document) for each in document.elements.marked if _marks_author(each)])
    marked += [name for name in labelled_writers(document) if name not in marked]
    stated: dict[str, list[list[str]]] = {
        "json-ld": [people], "json-ld group": [groups], "json-ld all": [people + groups], "meta": [metas],
        "one meta": [[meta] for meta in metas[:3]], "marked": [[text] for text in marked],
        "all marked": [] if people and is_discussion(structured.article) else [marked],
    }  # fmt: skip
    called = [element for element, classes in document.elements.classed if _names_author(classes)]
    called = [element for element in called if element.tag in _INLINE_TAGS][:_MAX_MARKED]
    called = [element for element in called if not is_of_card(element)]
    links = [link for link in document.elements.tagged("a") if leads_to_writer(link.get("href") or "")][:_MAX_MARKED]
    stated["called"] = [[text] for text in _elements(called, most=_MAX_CALLED_NAMES)]
    stated["linked"] = [[text] for text in _elements(links, most=_MAX_CALLED_NAMES)]
    stated["all linked"] = [_elements(_beside(links))]
    sites = site_keys(document, structured, hints)
    return byline_candidates(stated, shown_bylines(passages, headline), structured, passages, headline, sites)


def _named_inside(author: Marked, document: Document) -> HtmlElement:
    """The name in microdata of an author, which may state a portrait, a role or a score as well; else the element."""
    if author.property != "author":
        return author.element
    names = (each.element for each in document.elements.marked if each.property == "name")
    inside = (name for name in names if name.tag != "meta" and author.element in name.iterancestors())
    return next(inside, author.element)


def _marks_author(marked: Marked) -> bool:
    if "author" in (marked.relation, marked.property):
        return not any(_REPLY.search(each.get("itemprop") or "") for each in marked.element.iterancestors())
    name = marked.test_name
    return name is not None and ("uthor" in name or "yline" in name) and _TEST_NAME.search(name) is not None


@lru_cache(maxsize=20_000)  # a site uses most classes on many elements
def _names_author(classes: str) -> bool:
    return _CALLED.search(classes) is not None


def _beside(links: list[HtmlElement]) -> list[HtmlElement]:
    """The links in the same parent as the first link of the story."""
    first = next((link for link in links if len(link.text_content().split()) > 1 and not outside_story(link)), None)
    around = None if first is None else first.getparent()
    return [] if around is None else [link for link in links if around in (link.getparent(), *link.iterancestors())]


def _elements(found: list[HtmlElement], most: int = _MAX_MARKED_NAMES) -> list[str]:
    """The texts of the story's first such elements; one that contains another gives way to it."""
    names: list[str] = []
    inside = {ancestor for element in found[:_MAX_MARKED] for ancestor in element.iterancestors()}
    for element in found[:_MAX_MARKED]:
        if element in inside or element.tag in ("meta", "link", "img") or outside_story(element) or in_quote(element):
            continue
        text = text_of(element, limit=200)
        if 2 < len(text) <= 120 and not is_no_byline(text) and not is_running_text(text):
            names.append(text)
        if len(names) >= most:
            break
    return names
