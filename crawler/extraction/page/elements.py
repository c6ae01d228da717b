"""A page's elements by tag and by the names in their attributes, collected in one walk.

A dozen readers look for headings, links, images or marked elements; otherwise each would walk the whole page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement


@dataclass(slots=True, eq=False)
class Marked:
    """An element named for microdata or the page's scripts; attributes that it lacks are None."""

    element: HtmlElement
    property: str | None  # itemprop
    type: str | None  # itemtype
    relation: str | None  # rel
    test_name: str | None  # data-testid or a similar attribute for the site's tests


_MARKING = ("itemprop", "itemtype", "rel", "data-testid")  # in the order of Marked's fields
_TEST_NAMES = ("data-qa", "data-test", "data-test-id", "data-cy", "data-hook")
# Attributes that name the writer for the page's scripts or screen readers
_WRITERS = ("data-author", "data-author-name", "data-authors", "data-byline", "data-article-author", "aria-label")
_LOOKED_AT = frozenset((*_MARKING, *_TEST_NAMES, *_WRITERS))


class Elements:
    """The elements of one page, each list in page order; the tree must not change afterwards."""

    def __init__(self, tree: HtmlElement) -> None:
        self._tagged: defaultdict[str, list[HtmlElement]] = defaultdict(list)
        self.classed: list[tuple[HtmlElement, str]] = []  # elements with a class, and their classes
        self.marked: list[Marked] = []
        self.labelled: list[tuple[HtmlElement, str, str]] = []  # elements that may name a writer: attribute and value
        for element in tree.iter("*"):
            self._tagged[element.tag].append(element)
            stated = element.keys()  # read once: few elements have more than a class
            if "class" in stated and (classes := element.get("class")):
                self.classed.append((element, classes))
            if not _LOOKED_AT.isdisjoint(stated):
                if any(names := _marks(element)):
                    self.marked.append(Marked(element, *names))
                self.labelled += [(element, name, value) for name in _WRITERS if (value := element.get(name))]

    def tagged(self, tag: str) -> Sequence[HtmlElement]:
        """The elements with this tag."""
        return self._tagged.get(tag, ())

    def first(self, tag: str) -> HtmlElement | None:
        """The first element with this tag, or None."""
        return next(iter(self.tagged(tag)), None)


def _marks(element: HtmlElement) -> tuple[str | None, ...]:
    """The values of Marked's fields after `element`, with the first test name found."""
    *marks, test_name = map(element.get, _MARKING)
    return (*marks, test_name or next(filter(None, map(element.get, _TEST_NAMES)), None))
