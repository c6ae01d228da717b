"""Remove what stands in a text without being read as part of it: pronunciations, links to edit a section."""

from __future__ import annotations

import re
from itertools import islice

from lxml.html import HtmlElement

MAX_READINGS = 5_000  # ruby elements on one page
MAX_EDIT_LINKS = 1_000

BAD_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def drop_readings(tree: HtmlElement) -> None:
    """Remove the pronunciations that ruby markup sets above characters, and join the characters into one text."""
    for reading in list(islice(tree.iter("rt", "rp"), MAX_READINGS)):
        _mend_around(reading)
        reading.drop_tree()
    for base in list(islice(tree.iter("ruby", "rb"), MAX_READINGS)):
        _mend_around(base)
        base.drop_tag()


def drop_edit_links(tree: HtmlElement) -> None:
    """Remove the links to edit a section, which MediaWiki puts into or beside its heading."""
    for link in list(islice(tree.iterfind(".//span[@class='mw-editsection']"), MAX_EDIT_LINKS)):
        _mend_around(link)
        link.drop_tree()


def _mend_around(element: HtmlElement) -> None:
    """Replace bad characters in texts that removing an element will join: parsers let in what lxml then refuses."""
    last = element[-1] if len(element) else None
    for each in (element, element.getparent()):
        if each is not None and each.text and BAD_CHARACTERS.search(each.text):
            each.text = BAD_CHARACTERS.sub(" ", each.text)
    for each in (element, element.getprevious(), last):
        if each is not None and each.tail and BAD_CHARACTERS.search(each.tail):
            each.tail = BAD_CHARACTERS.sub(" ", each.tail)
