"""Days that a page shows to its readers, with their place and label."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from crawler.extraction.dates.day_order import DayOrder
from crawler.extraction.dates.day_statements import MAX_DATED_CHARACTERS, MODIFIED_NAMES, Statement
from crawler.extraction.dates.moments import Moment, written_moments
from crawler.extraction.page.nametokens import bits_of, is_embedded_post
from crawler.extraction.page.passages import IN_FIGURE, Passage, line_of

PASSAGES_BEFORE = 60  # passages before the headline that are searched for a written date
PASSAGES_BEHIND = 500
NEAR = (-6, 12)  # passages from the headline
NOWHERE = -99.0  # the distance from a headline that no passage shows
OPENING_CHARACTERS = 60  # of a longer passage, where press releases put their date
MAX_DATES = 3  # of one passage
PROSE_CHARACTERS = 200
MAX_LINKED_SHARE = 0.3  # of a long passage that is prose
MAX_LABEL_CHARACTERS = 60  # before a date

_SPAN = re.compile(r"\s*[-–—]\s*")
_DIGITS = re.compile(r"\d\d|\d年")
_PUBLISHED_LABEL = re.compile(
    r"publi[sc]|posted|veröffentlicht|erstellt|geschrieben|gepostet|eingestellt|erschienen|erstmals|first|origin"
    r"|pubblicat|publié|yayın|опубликовано|gepubliceerd|publicerad|udgivet|opublikowan|created|written|entrada"
    r"|公開|発表|配信|掲載|입력|등록|发布|發布|نشر|julkaistu|objavljen|zveřejněn|megjelen"
    r"|เผยแพร่|xuất bản|प्रकाशित|প্রকাশ|გამოქვეყნ|منتشر|פורסם",
    re.IGNORECASE,
)
_FIRST_LABEL = re.compile(r"\bfirst|origin|erst(?:mals|veröff|ellt)|prima volta|première|初", re.IGNORECASE)
_MODIFIED_LABEL = re.compile(
    r"updat|modif|aktualisiert|geändert|änderung|bearbeitet|bearbeitung|überarbeitet|editiert|mis à jour|maj\b"
    r"|actualiz|atualizad|aggiorna(?:t|ment)|güncelle|обновлен|changed|revised|reviewed|edited|bijgewerkt|oppdatert|uppdaterad|opdateret|aktualiz"
    r"|päivitetty|更新|修改|수정|تحديث"
    r"|ปรับปรุง|แก้ไขล่าสุด|cập nhật|diperbarui|अपडेट|আপডেট|განახლ|עודכן"
    r"|revisado|last checked|last verified|geprüft|as of\b|current",
    re.IGNORECASE,
)
# What a forum shows beside each post of its writer
_MEMBER_LABEL = re.compile(
    r"^\W*(?:registriert|mitglied seit|dabei seit|joined|registered|member since|registrado|miembro desde|inscrit"
    r"|inscription|iscritto|membro da|geregistreerd|lid geworden|dołączył|rejestracja|зарегистрирован|регистрация"
    r"|registrován)\b",
    re.IGNORECASE,
)
_DATE_LABEL = re.compile(r"\b(?:date|datum|fecha|data|tarih|дата|تاريخ|stand|vom|on|am|le)\W*$", re.IGNORECASE)
_DATE_NAMES = re.compile(r"date|time|publi[sc]|datum|fecha|posted|meta", re.IGNORECASE)
_PLACES = tuple(
    (name, bits_of(name)) for name in ("comment", "related", "list", "nav", "foot", "side", "meta", "caption", "title")
)


def shown_days(
    passages: Sequence[Passage], headline: int, order: DayOrder, stated: Collection[str] = ()
) -> Iterator[Statement]:
    """Dates in short passages, each with measures of its label and place.

    `headline` is the index of its passage, -1 if none shows it; "3/4/2025" is read as one of the `stated` days if
    possible, else in the page's `order`.
    """
    days = {*stated, order.month or ""}
    long = [index for index, passage in enumerate(passages) if _is_prose(passage)]
    first = next((index for index in long if index > headline), len(passages))
    last = long[-1] if long else len(passages)
    count = behind = 0
    begin = max(0, headline - PASSAGES_BEFORE)
    for index, passage in enumerate(passages[begin : begin + PASSAGES_BEFORE + PASSAGES_BEHIND], begin):
        text = passage.line
        if len(text) > MAX_DATED_CHARACTERS:
            text = text[:OPENING_CHARACTERS]
        if not _DIGITS.search(text):
            continue
        before = 0
        found = written_moments(text, month_first=order.month_first, days=days, latest=order.latest)[:MAX_DATES]
        if not found or _in_post(passage) or _is_span(found, text) or _MEMBER_LABEL.match(text):
            continue
        for start, end, moment in found:
            label = text[max(before, start - MAX_LABEL_CHARACTERS) : start]
            measures = _measures(passage, label, end - start)
            measures |= {
                "distance": float(index - headline) if headline >= 0 else NOWHERE,
                "in_story": float(index >= first), "behind_last": float(index - last), "order": float(count),
                "order_behind": float(behind) if index > headline else -1.0,
                "near": float(headline >= 0 and NEAR[0] <= index - headline <= NEAR[1]), "continues": float(before > 0),
                "in_figure": float(bool(passage.box.roles & IN_FIGURE)),
            }  # fmt: skip
            yield Statement(moment, "shown", _shown_origin(measures), measures)
            before = end
            count += 1
            behind += index > headline


def _is_span(found: Sequence[tuple[int, int, Moment]], text: str) -> bool:
    """Whether two dates are the beginning and end of something, such as a life or a fair."""
    return (
        len(found) == 2
        and found[0][2].day != found[1][2].day
        and _SPAN.fullmatch(text[found[0][1] : found[1][0]]) is not None
    )


def _in_post(passage: Passage) -> bool:
    """Whether a passage is in a social media post embedded in the story, so that its date is the post's."""
    return any(box.tag == "blockquote" and is_embedded_post(box.names) for box in line_of(passage.box))


def tells_publication(label: str) -> bool:
    """Whether the text before a date says that it is the date of publication."""
    return bool(_PUBLISHED_LABEL.search(label))


def tells_change(label: str) -> bool:
    """Whether the text before a date says that it is the date of a change."""
    return bool(_MODIFIED_LABEL.search(label))


def _shown_origin(measures: dict[str, float]) -> str:
    if measures["published"] or measures["dated"] or measures["named"]:
        return "labelled"
    return "written" if measures["near"] else "text"


def _measures(passage: Passage, label: str, size: int) -> dict[str, float]:
    box, length = passage.box, len(passage.line)
    names = f"{box.names} {box.parent.names if box.parent else ''}"
    published, modified = tells_publication(label), tells_change(label)
    named, named_modified = _named(names)
    return {
        "published": float(published), "modified": float(modified),
        "first": float(bool(_FIRST_LABEL.search(label))), "dated": float(bool(_DATE_LABEL.search(label))),
        "label_characters": float(len(label.strip())), "length": float(length), "share": size / length,
        "named": named, "named_modified": named_modified, "linked": passage.link_characters / length,
        "tag_item": float(box.tag == "li"), "tag_paragraph": float(box.tag == "p"),
        "tag_time": float(box.tag in ("address", "date")), "tag_cell": float(box.tag in ("td", "dd")),
        **{f"in_{name}": float(bool(box.all_bits & bit)) for name, bit in _PLACES},
    }  # fmt: skip


@lru_cache(maxsize=10_000)
def _named(names: str) -> tuple[float, float]:
    """Whether the names of a box and its parent are about dates, and whether they are about changes."""
    return float(bool(_DATE_NAMES.search(names))), float(bool(MODIFIED_NAMES.search(names)))


def _is_prose(passage: Passage) -> bool:
    size = len(passage.text)
    return size > PROSE_CHARACTERS and passage.link_characters < MAX_LINKED_SHARE * size
