"""Remove what stands in a text without being read as part of it: pronunciations, links to edit a section."""

from __future__ import annotations

import re
from itertools import islice

from lxml.html import HtmlElement

MAX_READINGS = 5_000  # ruby elements on one page
MAX_EDIT_LINKS = 1_000

MAX_SPANS = 50_000
MAX_SPOKEN_CHARACTERS = 60

# ", opens new tab", "(öffnet in neuem Fenster)", "s’ouvre dans une nouvelle fenêtre"
_SPOKEN = re.compile(
    r"[\s,(\[–-]*(?:(?:this link |the link )?opens? (?:in )?(?:an? )?new (?:browser )?(?:tab|window)"
    r"|(?:wird in |öffnet (?:sich )?(?:in )?)(?:einem )?neue[mns]* (?:tab|fenster)(?: geöffnet)?"
    r"|(?:s['’])?ouvre (?:dans )?une? (?:nouvel onglet|nouvelle fenêtre)"
    r"|(?:se )?abre en (?:una )?(?:nueva )?(?:pestaña|ventana)(?: nueva)?"
    r"|abre (?:em|numa) (?:uma )?nova (?:aba|janela|guia)"
    r"|si apre in una nuova (?:scheda|finestra)|opent (?:in )?(?:een )?nieuw (?:tabblad|venster)"
    r"|yeni (?:sekmede|pencerede) açılır|åpnes i (?:en )?(?:ny fane|nytt vindu)|öppnas i (?:ny flik|nytt fönster)"
    r"|åbner i (?:en )?(?:ny fane|nyt vindue)|открывается в нов(?:ой вкладке|ом окне))[\s)\].]*",
    re.IGNORECASE,
)

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


def drop_spoken(tree: HtmlElement) -> None:
    """Remove from links what only screen readers are told: that they open a new tab or window."""
    for part in [each for each in islice(tree.iter("span"), MAX_SPANS) if _is_spoken(each)]:
        if any(each.tag == "a" for each in islice(part.iterancestors(), 3)):
            _mend_around(part)
            part.drop_tree()


def _is_spoken(part: HtmlElement) -> bool:
    text = part.text
    return bool(text) and len(text) <= MAX_SPOKEN_CHARACTERS and len(part) == 0 and _SPOKEN.fullmatch(text) is not None


def _mend_around(element: HtmlElement) -> None:
    """Replace bad characters in texts that removing an element will join: parsers let in what lxml then refuses."""
    last = element[-1] if len(element) else None
    for each in (element, element.getparent()):
        if each is not None and each.text and BAD_CHARACTERS.search(each.text):
            each.text = BAD_CHARACTERS.sub(" ", each.text)
    for each in (element, element.getprevious(), last):
        if each is not None and each.tail and BAD_CHARACTERS.search(each.tail):
            each.tail = BAD_CHARACTERS.sub(" ", each.tail)
