"""Who took a story's pictures: in a list of those who made it, a name above or before the word for that."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.extraction.page.passages import Passage

# What a person beside the writer did; the whole line below a name, or the rest of the name's own line.
_TOOK = re.compile(
    r"[\W_]*(?:foto['’]?s?|fotograf(?:in|ie|ia|ía|i)?|fotógraf[oa]|photos?|photographs?|photograph(?:er|y|e|ies)|bild(?:er)?"
    r"|bildreporter|fotojournalist|fotoğraf|fotoğraflar|kuvat?|valokuv(?:a|at|aaja)|zdjęcia|ljósmynd(?:ir|ari)?|фото|фотограф|фотографии"
    r"|φωτογραφίες|צילום|تصوير|写真|摄影|攝影|사진)[\W_]*",
    re.IGNORECASE,
)


def without_photographers(names: tuple[str, ...], passages: Sequence[Passage]) -> tuple[str, ...]:
    """The names without those that the page lists as the photographers; all of them if nobody else would be left."""
    if len(names) < 2:
        return names
    others = tuple(name for name in names if not _took_pictures(name, passages))
    return others or names


def _took_pictures(name: str, passages: Sequence[Passage]) -> bool:
    for index, passage in enumerate(passages):
        if not passage.text.startswith(name):
            continue
        below = passages[index + 1].text if index + 1 < len(passages) else ""
        if _TOOK.fullmatch(passage.text[len(name) :] or below):
            return True
    return False
