"""Short lines near a headline that are not bylines: subheads, datelines, the headline's own words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.extraction.page.passages import Passage
from crawler.extraction.text import ends_sentence

MIN_SENTENCE_CHARACTERS = 80  # of a paragraph; a choice
PASSAGES_BEFORE = 2  # a subhead, one of which is a paragraph; a choice
MENU_SHARE = 0.8  # of a line of links
MIN_ALIKE = 2  # with more headings on the same path than this, each is a subhead

_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
# "JUNIPER CITY – The Attorney General's office has reached …"
_DATELINE = re.compile(r"[^\W\d_a-z]{2}[^\Wa-z]*(?:[ .,'’-]+[^\Wa-z]+){0,4}\s?[–—-]{1,2}\s.{40}")


# "Last updated on Jul 9, 2026 by Jane Doe"
_LAST_EDIT = re.compile(
    r"\W*(?:"
    r"(?:(?:this )?(?:page|article|document) )?(?:was )?last (?:updated|modified|edited|changed|committed)"
    r"|zuletzt (?:aktualisiert|geändert|bearbeitet)|dernière (?:modification|mise à jour)"
    r"|última (?:actualización|modificación|edición)|última (?:atualização|modificação|edição)"
    r"|ultim[ao] (?:modifica|aggiornamento)|laatst (?:bijgewerkt|gewijzigd|bewerkt)"
    r"|последн(?:ее|яя|ие) (?:изменени|обновлени|правк)|остання (?:зміна|редакція)"
    r"|ostatni[ao] (?:aktualizacja|modyfikacja|edycja|zmiana)|son (?:güncelleme|değişiklik|düzenleme)"
    r"|senast (?:uppdaterad|ändrad|redigerad)|sist (?:oppdatert|endret|redigert)"
    r"|senest (?:opdateret|ændret|redigeret)|viimeksi (?:päivitetty|muokattu)"
    r"|naposledy (?:upraveno|upravil|aktualizováno)|utolsó (?:módosítás|frissítés|szerkesztés)|最終更新"
    r"|最后(?:更新|修改|编辑)|最後(?:更新|修改|編輯)|마지막 (?:수정|업데이트|편집)|آخر (?:تحديث|تعديل)"
    r")",
    re.IGNORECASE,
)


def is_other_line(passages: Sequence[Passage], index: int, headline: str) -> bool:
    """Whether a passage that only its place suggests is not a byline; `headline` is the shown one, case-folded.

    Words of the headline are not a byline: in an obituary they are the name of the deceased.
    """
    text = passages[index].text
    if " " in text and text.casefold() in headline:
        return True
    if len(text) >= MIN_SENTENCE_CHARACTERS and ends_sentence(text):
        return True  # "Jane Doe, 91, of Pine Hollow, died on Sunday at her home."
    return _DATELINE.match(text) is not None or (text.isupper() and _is_subhead(passages, index))


def tells_last_edit(line: str) -> bool:
    """Whether a line says when and by whom a page was changed last."""
    return _LAST_EDIT.match(line) is not None


def is_of_menu(passages: Sequence[Passage], index: int, text: str) -> bool:
    """Whether the text of a passage's link is also in a line of links, which makes it a section's name."""
    if not passages[index].link_characters:
        return False
    lines = (each for each in passages if each.link_count > 1 and each is not passages[index] and _is_links(each))
    return any(text in each.line and text in each.line.split(", ") for each in lines)


def _is_links(passage: Passage) -> bool:
    return passage.link_characters >= MENU_SHARE * len(passage.text)


def _is_subhead(passages: Sequence[Passage], index: int) -> bool:
    """Whether a line in capitals follows a paragraph on the same path, or is one of several headings on one path."""
    passage = passages[index]
    if passage.box.tag in _HEADINGS:
        return sum(each.box.path == passage.box.path for each in passages) > MIN_ALIKE
    around = passages[max(0, index - PASSAGES_BEFORE) : index]
    return any(
        each.box.path == passage.box.path and len(each.text) >= MIN_SENTENCE_CHARACTERS and ends_sentence(each.text)
        for each in around
    )
