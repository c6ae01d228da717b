"""The labels around a byline's names: those that introduce the writer, and those of others it names."""

from __future__ import annotations

import re

from crawler.extraction.bylines.name_words import BYLINE_OPENERS, BYLINE_TAILS, MORE_OPENERS, OTHERS_LABELS

CJK = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_OPENER_WORDS = sorted({*BYLINE_OPENERS, *MORE_OPENERS}, key=len, reverse=True)
_OPENER = re.compile(rf"^(?:{'|'.join(map(re.escape, _OPENER_WORDS))})(?:\s*[:：,]\s*|\s+)", re.IGNORECASE)
# Chinese, Japanese and Korean openers touch the name, or are followed by other punctuation.
_EAST_OPENER = re.compile(
    rf"^(?:[{CJK}]{{0,4}}\s?(?:记者|記者)|(?:作者|著者|執筆者?|撰稿|取材・文|文・写真|責任編輯|责任编辑|责编|기자|文|글)(?=[\s:：/／・｜|]))"
    rf"[\s:：/／・｜|]*(?=\S)"
)
_BRACKETED = re.compile(r"^[［【〔][^］】〕]{1,20}[］】〕]\s*(?=\S)")  # "［有料会員限定］ 佐藤花子"
_REPORTERS = re.compile(r"(?<=记者)[\s:：]*([\u3400-\u9fff]{2,3}(?:\s+[\u3400-\u9fff]{2,3})+)$")
# "Ali VELİ- Ayşe ARI/İZMİR": two full names
_SEWN = re.compile(r"^((?:[^\W\d_][\w.'’]*\s){1,2}[^\W\d_][\w.'’]+)-\s(?=(?:[^\W\d_][\w.'’]*\s){1,2}[^\W\d_])")
# "홍길동 기자 김철수 기자"
_KOREAN_NEXT = re.compile(r"(?<=기자)\s+(?=[가-힣]{2,4}\s?(?:선임|전문|수습|인턴)?\s?(?:기자|특파원))")
_HAN_NAMES = re.compile(r"[\u3400-\u9fff]{3}(?:\s+[\u3400-\u9fff]{3}){1,4}")  # Japanese names have parts of two signs
# "Jane Doe, as told to John Roe"
_TOLD = (" told to ", " aufgezeichnet von ", " propos recueillis par ", " opgetekend door ", " raccontat")
_TOLD_TO = re.compile(
    r"(?<=\w),?\s+(?:[Aa]s told to|aufgezeichnet von|propos recueillis par|opgetekend door|raccontat[oa] a)"
    r"\s+(?=[^\W\d_a-zß-ÿ])"
)
_CAPITAL = r"[^\W\d_a-zß-ÿа-яёіїє]"
_JOINED_BEFORE = re.compile(rf"^(?:and|und|et|og|och|ve|и|та|і)\s+(?={_CAPITAL}\S*\s{_CAPITAL})")
_CORRESPONDENT = re.compile(
    r"^(?:de notre (?:correspondante?|envoyée? spéciale?)|d[ae]l(?:la)? nostr[oa] (?:inviat[oa]|corrispondente)"
    r"|(?:von )?unser(?:e[mnr]?)? \w*(?:korrespondent|redakteur|reporter|redaktionsmitglied|mitarbeiter)\w*"
    r"|corresponsal|aus \w+ berichtet)"
    r"(?:\s+(?:à|en|in|a)\s+\w+)?,?\s+",
    re.IGNORECASE,
)
_GLUED_OPENER = re.compile(r"^(?:By|Von|Par|Por|Text)(?=[A-ZÀ-Þ](?:[a-zß-ÿ]|\.\s?[A-ZÀ-Þ]))")
# "Example-Online-Experte Jana Müller", "Sportredakteurin Jana Müller": job titles before full names in German.
_JOB_BEFORE = re.compile(
    r"^(?:[^\W\d_][\w-]*)?(?:[Ee]xpert(?:e|in)|[Rr]edakteur(?:in)?|[Rr]eporter(?:in)?|[Kk]orrespondent(?:in)?"
    r"|[Kk]olumnist(?:in)?|[Vv]olontär(?:in)?)\s+(?=[A-ZÀ-Þ]\S+\s+[A-ZÀ-Þ])"
)
_TAIL = re.compile(
    rf"\s+(?:{'|'.join(BYLINE_TAILS)})(?:\W.*|$)|\s*[»→›].*$|\s*\d{{1,2}}[/.]\d{{1,2}}[/.]\d.*$", re.IGNORECASE
)
_OTHERS = re.compile(
    rf"(?:^|[\s,;|/.(-])(?:{'|'.join(OTHERS_LABELS)})(?:\s+(?:by|von|par|por|de|av|af|di)\b|\s*[:：])"
    r"|(?:^|[\s,;])(?:with (?:files|inputs?|contributions?|reporting) (?:from|by)|mit material (?:von|der)"
    r"|bearbeitet von)\b",
    re.IGNORECASE,
)
_WRITER_AGAIN = re.compile(
    r"\b(?:text[eo]?|words|story|tekst|testo)(?:\s+(?:by|von|par|por|av|af|di)\b|\s*[:：])", re.IGNORECASE
)


def opens_byline(text: str) -> bool:
    """Whether a text begins like a byline."""
    return bool(_OPENER.match(text))


def without_opener(text: str) -> str:
    """A byline without its opening words, such as "By"."""
    text = _CORRESPONDENT.sub("", _EAST_OPENER.sub("", _BRACKETED.sub("", text)))
    return _JOB_BEFORE.sub("", _OPENER.sub("", _GLUED_OPENER.sub("", text)))


def without_others(text: str) -> str:
    """A byline without photographers, editors and translators, and without what templates append."""
    others = _OTHERS.search(text)
    if others and not others.start() and (again := _WRITER_AGAIN.search(text, others.end())):
        return text[again.end() :]  # "Fotos: Jana Müller, Text: Max Meier"
    return _TAIL.sub("", text[: others.start()] if others else text)


def from_writer(text: str) -> str:
    """The part of a line that begins with the label of the writer, if others are named before; else the line.

    >>> from_writer("Photographs by Nadia Stern, text by Paul Everett")
    'text by Paul Everett'
    """
    if not ("ext" in text or "ords" in text or "tory" in text or "ekst" in text or "esto" in text):
        return text  # most lines; the patterns would take longer
    others = _OTHERS.match(text)
    again = _WRITER_AGAIN.search(text, others.end()) if others else None
    return text[again.start() :] if again else text


def with_commas(text: str) -> str:
    """A byline with commas where Chinese, Korean and Turkish ones join names otherwise, and no "and" at its start.

    >>> with_commas("Ali VELİ- Ayşe ARI"), with_commas("and Jane Doe")
    ('Ali VELİ, Ayşe ARI', 'Jane Doe')
    """
    text = _SEWN.sub(r"\1, ", text) if "- " in text else text
    text = _JOINED_BEFORE.sub("", text) if text[:1].islower() else text
    text = _TOLD_TO.sub(", ", text) if any(word in text for word in _TOLD) else text
    if text.isascii():
        return text
    text = _KOREAN_NEXT.sub(", ", text)
    text = "、".join(text.split()) if _HAN_NAMES.fullmatch(text) else text
    return _REPORTERS.sub(lambda names: "、".join(names[1].split()), text)
