"""Press contacts: the lines at the end of a press release that follow a label for them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from news.article import Block, BlockKind

MIN_STORY_CHARACTERS = 500  # before the contacts: a shorter text may be about them
MAX_LINE_CHARACTERS = 160  # a name, an office, a number; a choice
MAX_LINES = 12

# Labels of press contacts, alone or followed by the contacts on the same line.
_LABEL = re.compile(
    r"\W*(?:"
    r"(?:for )?(?:media|press|news media|investors?(?: relations)?|public relations|pr)(?: relations)?"
    r"(?: (?:and|&) (?:media|press|investors?)(?: relations)?)? (?:contacts?(?: information)?|(?:in|en)quir(?:y|ies))"
    r"|(?:for )?(?:further|more|additional) (?:information|details),? (?:please )?(?:contact|call|e-?mail)"
    r"|för (?:mer|ytterligare) information,? (?:vänligen )?kontakta|lisätietoja(?: antaa)?"
    r"|for (?:mere?|yderligere|ytterligere) informa(?:tion|sjon),? kontakt"
    r"|contacts? (?:for|presse|médias?)(?: (?:the )?(?:media|press))?|(?:media|press) office"
    r"|(?:personnes? de contact|service|relations?) (?:pour (?:la )?)?(?:presse|médias?)"
    r"|wissenschaftliche[rn]? (?:ansprechpartner(?:in(?:nen)?)?|kontakte?)|(?:scientific|research) contacts?"
    r"|contacts? scientifiques?|contacto científico|contatt[oi] scientific[oi]|wetenschappelijk contact"
    r"|(?:presse|medien)(?:kontakte?|stelle|ansprechpartner(?:in)?)|(?:ansprechpartner(?:in)?|kontakt) für (?:die )?"
    r"(?:presse|medien|redaktionen|journalisten)\w*|rückfragen(?:hinweis)?(?: (?:bitte )?an)?"
    r"|contactos? (?:de|para|con la) (?:la )?(?:prensa|medios)|contatt[io] (?:stampa|per la stampa)|ufficio stampa"
    r"|(?:contatos? (?:para|com) (?:a )?|assessoria de )imprensa|basın (?:iletişimi?|irtibatı?)"
    r"|perscontact|presskontakt"
    r"|kontakt (?:za (?:medije|novinare)|dla (?:mediów|prasy))|контакт\w* для (?:сми|прессы)"
    r"|(?:للتواصل|جهة الاتصال) (?:الإعلامي|الإعلامية)|媒[体體](?:联系人?|聯絡人?)|(?:報道|取材).{0,8}お問い合わせ先?"
    r"|(?:kontakt(?:e|person(?:en)?|uppgifter)?|contacts?|contactos?|contatt[io]|contatos?|iletişim|контакты|yhteystiedot"
    r"|ansprechpartner(?:in)?)(?=\s*[:：]\W*$)"
    r")\s*(?P<behind>[:：].*|\W*)$",
    re.IGNORECASE | re.DOTALL,
)
_REACHED = re.compile(r"[\w.+-]+@[\w-]+\.\w|(?:\+|\(|\b0)\d[\d\s()./–-]{6,}\d|\d{3}[-. ]\d{3,4}[-. ]\d{3,4}")


def without_contacts(blocks: list[Block]) -> list[Block]:
    """The blocks without a press contact label and the short lines below it that name a number or address.

    A label without a number or address stays, because it is something the story is about.
    """
    held = 0
    for index, block in enumerate(blocks):
        if held >= MIN_STORY_CHARACTERS and (match := _LABEL.match(block.text)):
            end = index + 1 + _lines(blocks[index + 1 : index + 1 + MAX_LINES])
            is_short = len(match["behind"]) <= 2 * MAX_LINE_CHARACTERS
            if is_short and any(_REACHED.search(each.text) for each in blocks[index:end]):
                return blocks[:index] + blocks[end:]
        held += len(block.text)
    return blocks


def _lines(blocks: Sequence[Block]) -> int:
    """How many blocks after a label belong to it: up to the last number or address before other text."""
    found = 0
    for index, block in enumerate(blocks):
        is_reached = _REACHED.search(block.text) is not None
        if block.kind is BlockKind.SUBHEAD or len(block.text) > (2 if is_reached else 1) * MAX_LINE_CHARACTERS:
            break
        found = index + 1 if is_reached else found
    return found
