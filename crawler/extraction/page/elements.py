"""A page's elements by their tags and by what their attributes call them, found in one walk.

A dozen questions about a whole page ask for its headings, links, images or marked elements; each alone would walk it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement


@dataclass(slots=True, eq=False)
class Marked:
    """An element that its page's data or program knows by a name; None for attributes that it lacks."""

    element: HtmlElement
    property: str | None  # itemprop
    type: str | None  # itemtype
    relation: str | None  # rel
    test_name: str | None  # data-testid


_MARKING = ("itemprop", "itemtype", "rel", "data-testid")  # in the order of Marked's fields
_MARKS = frozenset(_MARKING)


class Elements:
    """The elements of one page, each list in the page's order; whoever changes the tree does so before."""

    def __init__(self, tree: HtmlElement) -> None:
        self._tagged: defaultdict[str, list[HtmlElement]] = defaultdict(list)
        self.classed: list[tuple[HtmlElement, str]] = []  # elements with a class, and their classes
        self.marked: list[Marked] = []
        for element in tree.iter("*"):
            self._tagged[element.tag].append(element)
            stated = element.keys()  # asked once: few elements have more than a class
            if "class" in stated and (classes := element.get("class")):
                self.classed.append((element, classes))
            if not _MARKS.isdisjoint(stated) and any(names := tuple(map(element.get, _MARKING))):
                self.marked.append(Marked(element, *names))

    def tagged(self, tag: str) -> Sequence[HtmlElement]:
        """The elements with this tag."""
        return self._tagged.get(tag, ())

    def first(self, tag: str) -> HtmlElement | None:
        """The first element with this tag; None where there is none."""
        return next(iter(self.tagged(tag)), None)
