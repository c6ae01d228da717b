"""Who made an image: splits the credit at the end of a caption line from what the image shows."""

from __future__ import annotations

import re

from crawler.extraction.vocabulary import AGENCIES, CREDIT_CLOSERS, CREDIT_OPENERS, RIGHTS_NOTICES

MAX_CREDIT_WORDS = 8

_OPENERS = "|".join(sorted((re.escape(word) for word in CREDIT_OPENERS), key=len, reverse=True))
_AGENCIES = "|".join(sorted((re.escape(word) for word in AGENCIES), key=len, reverse=True))
# "… in Savannah. (AP Photo/Jane Roe)", "… am Hafen. (Foto: Jane Roe)"
PHOTO_CREDIT = re.compile(
    r"[(\[（](?:[A-Z]{2,6} )?(?:photos?|fotos?|photograph|bild)\s*(?:/|:|by\b|von\b)[^()\[\]（）]{2,80}[)\]）]\.?$",
    re.IGNORECASE,
)
# "… / Photo: AA", "… Fot. Jan Kowalski", "… 사진=한국일보", "… Photo: Jane Roe/Reuters", "… © AFP", "…（Ｃ）共同通信社"
_NAMED_CREDIT = re.compile(
    rf"(?:(?:^|[\s/|.,(\[–—-])\s*(?:{_OPENERS})(?:\s*(?:[:：=＝]|\.{{3}}|…)\s*|(?<=©)\s*|(?<=fot\.|φωτ\.)\s*|\s+by\s+)|[（(][cｃ][)）]\s?)"
    r"(?P<credit>[^:]{2,80}?)\s*[)\]]?$",
    re.IGNORECASE,
)
# "… in Madrid. Jane Roe / Europa Press": a name before the slash as well, after the caption's last sentence
_NAME_AND_AGENCY = re.compile(
    r"(?P<stop>[.!?\"”]\)?)\s+(?P<credit>[^\W\d_a-z][^\s/.]*(?: [^\s/.]{2,20}){1,3}\s?/\s?[^/|.]{2,40})\.?$"
)
# "… / AFP", "… | Anadolu", "… /Jane Roe": only a short name after a slash or bar
_SLASH_CREDIT = re.compile(
    r"(?:\s[/|]\s*|[.!?\"”]\s*[/|])(?P<credit>(?:[A-Z]\.\s?){0,2}[^/|.]{2,60}(?:/[^/|.]{2,40})?)\.?$"
)
# "(Reuters)", "[Jane Roe/AFP]"
_BRACKET_CREDIT = re.compile(
    rf"\s*[(\[](?P<credit>(?:[^()\[\]]{{0,60}}[/,:]\s*)?(?:{_AGENCIES})"
    r"(?:\s*/\s*[^()\[\]]{2,40}|\s+(?:photo|file photo|archive))?)[)\]]\.?$",
    re.IGNORECASE,
)
# "… Reuters", "… Jane Roe/Reuters", "… Unsplash/Jane Roe"
_BARE_AGENCY = re.compile(
    rf"(?P<stop>[.!?\"”])\s+(?P<credit>(?:[^.!?]{{2,40}}/\s?)?(?:{_AGENCIES})"
    r"(?:\s?/\s?[^.!?/]{2,40}(?:/File Photo)?)?)\.?$",
    re.IGNORECASE,
)
# "… in Villar. J. Mena (EFE)"
_NAME_AND_BRACKET = re.compile(
    rf"(?P<stop>[.!?\"”])\s+(?P<credit>[^\W\d_a-z][^\s()]*(?:\s[^\s().]{{2,20}}){{0,3}}\s\((?i:{_AGENCIES})\))$"
)
# "… Scotland. — AFP", "… Scotland — Reuters/File"
_DASH_CREDIT = re.compile(rf"\s?[—–]\s?(?P<credit>(?:{_AGENCIES})(?:\s?/\s?[^/.]{{2,40}})?)$", re.IGNORECASE)
# "(Courtesy of Jane Roe)"
_COURTESY = re.compile(
    r"\s*[(\[](?:photo |image )?courtesy (?:of )?(?P<credit>[^()\[\]]{2,60})[)\]]\.?$", re.IGNORECASE
)
# "(NOAA/SPC)", "[File: Jane Roe/Example]", "…＝ＡＰ"
_PAIR_CREDIT = re.compile(r"\s*[(\[](?:File:\s)?(?P<credit>[A-Z][\w.&' -]{1,30}/\s?\w[\w.&' /-]{1,40})[)\]]\.?$")
_EQUALS_CREDIT = re.compile(rf"[＝=](?P<credit>(?:{_AGENCIES}))$", re.IGNORECASE)
# "再開した港＝31日、佐藤花子撮影"
_TAKEN_BY = re.compile(r"[＝=、。（(\s]\s*(?P<credit>[^＝=、。（(\s\d]{2,12}(?<!代表))撮影[)）]?$")
# "街道夜間車流。記者王小明／攝影"
_TAKEN_BY_REPORTER = re.compile(
    r"(?:^|[\s。、，（(])(?:記者|记者|特派員)?\s?(?P<credit>[\u4e00-\u9fff]{2,4})\s?[／/]\s?(?:攝影?|摄影|翻攝)[)）]?$"
)
# "街道夜間車流。（記者王小明攝）"
_SHOT_BY_REPORTER = re.compile(
    r"(?:^|[\s。、，（(])(?:記者|记者|特派員)\s?(?P<credit>[\u4e00-\u9fff]{2,4}?)\s?(?:攝影?|摄影?)[)）]?$"
)
# "역 앞에 버스가 서 있다. 홍길동 기자"
_KOREAN_REPORTER = re.compile(
    r"(?P<stop>[.。])\s(?P<credit>[가-힣]{2,4}\s(?:선임|전문|수습|인턴)?\s?(?:사진)?(?:기자|작가))(?:\s\S+@\S+)?$"
)
# "… un vendredi soir. - Photo News."
_DASH_NAME = re.compile(
    r"(?P<stop>[.!?\"”])\s[-–—]\s"
    r"(?P<credit>[A-ZÀ-Þ][\w.&’'-]{1,20}(?:\s[A-ZÀ-Þ][\w.&’'-]{1,20}){1,3}(?<!\.)(?:\s?/\s?[^/|.]{2,40})?)\.?$"
)
# "(फोटो- जगत)"
_DASHED_OPENER = re.compile(rf"\s*[(\[](?:{_OPENERS})\s?[-–—]\s?(?P<credit>[^()\[\]]{{2,60}})[)\]]\.?$", re.IGNORECASE)
# "항구에 배가 서 있다. 한빛일보 제공", "港の朝（北杜町提供）", "Uostas rytą. Jono Jonaičio nuotr."
_CLOSED_CREDIT = re.compile(
    rf"(?:(?P<stop>[.。!?”\"])\s+|\s?[（(\[＝=])(?P<credit>[^.。!?()（）\[\]＝=]{{2,40}}?)\s?(?:{'|'.join(CREDIT_CLOSERS)})[)）\]]?$"
)
_PATTERNS = (
    _COURTESY, _DASHED_OPENER, _CLOSED_CREDIT,
    _TAKEN_BY, _TAKEN_BY_REPORTER, _SHOT_BY_REPORTER, _NAMED_CREDIT, _NAME_AND_BRACKET,
    _DASH_CREDIT, _BRACKET_CREDIT,
    _PAIR_CREDIT, _NAME_AND_AGENCY, _SLASH_CREDIT,
    _BARE_AGENCY, _EQUALS_CREDIT, _KOREAN_REPORTER, _DASH_NAME,
)  # fmt: skip
# "Foto: Petani memeriksa pompa (Rina Putri/Kabar)": the opener is followed by what the image shows, not by its maker
_OPENED_CAPTION = re.compile(
    rf"(?:{_OPENERS})\s?[:：]\s?(?P<told>(?:[^\s()]+\s){{3,}}\([^()/]{{2,40}}/[^()]{{2,40}}\))$", re.IGNORECASE
)
# "(Photos by Jane Roe; illustration by Jo Roe / Example)": nothing in it says what the image shows
_ALL_CREDIT = re.compile(rf"[(\[](?P<credit>(?:{_OPENERS})\s+by\s[^()\[\]]{{2,120}})[)\]]\.?", re.IGNORECASE)
_LEADING_OPENER = re.compile(rf"^(?:{_OPENERS})\s*[:：]?\s+(?!alliance\b)(?:by\s+)?", re.IGNORECASE)
_ONLY_OPENER = re.compile(rf"(?:{_OPENERS})\s*(?:[:：]|\.{{3}}|…|\bby)?", re.IGNORECASE)
_CONTROL = re.compile(r"\s+(?:vis mere?|visa mer|show more|mehr anzeigen|voir plus|ver más|lees meer)$", re.IGNORECASE)
_TRAILING_OPENER = re.compile(rf"\s*\((?:{_OPENERS})\)\s*$", re.IGNORECASE)
_RIGHTS = re.compile("|".join(map(re.escape, RIGHTS_NOTICES)), re.IGNORECASE)
_RIGHTS_LAST = re.compile(rf"[\s/|(–—-]*(?:{_RIGHTS.pattern})\W*$", re.IGNORECASE)
_SIGNS = " /|,;:()[]©-–—"


def split_credit(line: str) -> tuple[str, str | None]:
    """Split a caption line into (what it shows, who made it).

    >>> split_credit("A street in Tehran. / AFP")
    ('A street in Tehran.', 'AFP')
    >>> split_credit("A street in Madrid. Jane Roe / Europa Press")
    ('A street in Madrid.', 'Jane Roe / Europa Press')
    """
    line = _RIGHTS_LAST.sub("", line)
    if opened := _OPENED_CAPTION.match(line):
        return split_credit(opened["told"])
    if whole := _ALL_CREDIT.fullmatch(line.strip()):
        return "", tidy_credit(whole["credit"])
    for pattern in _PATTERNS:
        match = pattern.search(line)
        if match and (credit := tidy_credit(match["credit"])) and len(credit.split()) <= MAX_CREDIT_WORDS:
            kept = match.groupdict().get("stop") or _kept_stop(match[0])
            return (line[: match.start()] + kept).strip(" /|-–—"), credit
    return line.strip(), None


def is_opener(text: str) -> bool:
    """Whether a text only introduces a credit: "Credit...", "Foto:"."""
    return _ONLY_OPENER.fullmatch(text.strip()) is not None


def tidy_credit(credit: str | None) -> str | None:
    """A credit without its introductory word and without rights notices; None where nothing is left."""
    text = _CONTROL.sub("", _RIGHTS.sub(" ", credit or "").rstrip())
    text = _LEADING_OPENER.sub("", _TRAILING_OPENER.sub("", text).strip(_SIGNS)).strip(_SIGNS)
    return " ".join(_with_whole_brackets(text).split()).replace(" ,", ",") or None


def _with_whole_brackets(text: str) -> str:
    opened, closed = text.count("("), text.count(")")
    if opened > closed:
        return f"{text})"
    return text.split(")", maxsplit=1)[0] if closed > opened else text


def _kept_stop(matched: str) -> str:
    return matched[0] if matched[:1] in '.!?"”。' else ""
