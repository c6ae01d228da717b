"""What the people in a list of a story's makers did: a line beside each name says that they wrote or took pictures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.extraction.page.passages import Passage

# What a person beside the writer did; the whole line below or above a name, or the rest of the name's own line.
_TOOK = re.compile(
    r"[\W_]*(?:foto['’]?s?|fotograf(?:in|ie|ia|ía|i)?|fotógraf[oa]|photos?|photographs?|photograph(?:er|y|e|ies)|bild(?:er)?"
    r"|bildreporter|fotojournalist|fotoğraf|fotoğraflar|kuvat?|valokuv(?:a|at|aaja)|zdjęcia|ljósmynd(?:ir|ari)?|фото|фотограф|фотографии"
    r"|φωτογραφίες|צילום|تصوير|写真|摄影|攝影|사진)[\W_]*",
    re.IGNORECASE,
)
# The same for those who wrote it
_WROTE = re.compile(
    r"[\W_]*(?:text[eo]?|testo|textos|texter|tekst(?:y|i|as|ová)?|words|story|reporting|article|reportage|reporter|writer|author"
    r"|von|by|par|por|di|av|af|autor(?:in|a|e|ka)?|auteur|autrice|redakteur(?:in)?|redacteur|journaliste?|skribent|författare"
    r"|forfatter|journalisti?|toimittaja|kirjoittaja|szerző|szöveg|yazar|yazan|yazı|muhabir|penulis|tác giả|bài"
    r"|текст|автор|журналист|κείμενο|συντάκτης|כתיבה|מאת|كتابة|نص|بقلم|लेखक|文|撰文|作者|文字|글|취재)[\W_]*",
    re.IGNORECASE,
)


def without_photographers(names: tuple[str, ...], passages: Sequence[Passage]) -> tuple[str, ...]:
    """The names without those that the page lists as the photographers; all of them if nobody else would be left."""
    if len(names) < 2:
        return names
    shown = {name: [index for index, each in enumerate(passages) if each.text.startswith(name)] for name in names}
    first = min((index for indexes in shown.values() for index in indexes), default=0)
    heads = first > 0 and (_TOOK.fullmatch(passages[first - 1].text) or _WROTE.fullmatch(passages[first - 1].text))
    work = _work_above if heads else _work_below
    others = tuple(
        name for name in names if not any(_TOOK.fullmatch(work(name, index, passages)) for index in shown[name])
    )
    return others or names


def is_listed_writer(index: int, passages: Sequence[Passage]) -> bool:
    """Whether the line below a name's line is all about what the person did, and that is to write."""
    return index + 1 < len(passages) and _WROTE.fullmatch(passages[index + 1].text) is not None


def _work_above(_: str, index: int, passages: Sequence[Passage]) -> str:
    return passages[index - 1].text if index else ""


def _work_below(name: str, index: int, passages: Sequence[Passage]) -> str:
    below = passages[index + 1].text if index + 1 < len(passages) else ""
    return passages[index].text[len(name) :] or below
