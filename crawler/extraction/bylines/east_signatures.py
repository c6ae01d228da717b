"""Writers named in brackets in Japanese and Chinese stories.

"（佐藤花子）" at the end, "〔記者王美雲／台北報導〕" at the beginning.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from news.article import Block, BlockKind

OPENING_CHARACTERS = 60  # of a story, in which bracketed reporters are searched for

_ROLE = "本报记者|记者|記者|通讯员|通訊員|实习生|特约记者|实习记者|特派員"
_SIGN = r"[\u3005\u3040-\u30ff\u3400-\u9fff]"
_SIGNATURE = re.compile(rf"[（(【［]\s?(?P<names>{_SIGN}{{2,7}}(?:[、，・\s]{_SIGN}{{2,7}}){{0,3}})\s?[)）】］]")
# "…と話した。（佐藤花子）", "…。（记者 王小明、通讯员李红）" at the end of the last paragraph, where it stays
_SIGNED_END = re.compile(
    rf"[。」』”！？]\s?[（(【［]\s?"
    rf"(?P<names>(?:{_ROLE})?\s?{_SIGN}{{3,6}}(?:[、，・\s](?:{_ROLE})?{_SIGN}{{2,6}}){{0,3}})\s?[)）】］]$"
)
# "홍길동 | 시인", the first line of a column
_COLUMNIST = re.compile(r"(?P<name>[가-힣]{2,4})\s?[|ㅣ│]\s?[가-힣·\s]{2,20}")
_NO_NAME_END = re.compile(
    "(?:通信|新聞|時事|共同|社|部|版|面|時間|提供|撮影|参照|写真|図|局|会|完|同上|省略|記載|終了)$"
)
_ROLES = re.compile(_ROLE)
_NAMES = re.compile(rf"{_SIGN}+")
# "〔記者王美雲／台北報導〕", "（中央社記者王美雲台北25日電）", "新华社北京5月20日电（记者 王小明、李红）"
_REPORTERS = re.compile(
    r"[〔（(【［\[]\s?[\u3400-\u9fff]{0,6}?(?:記者|记者)\s?(?:"
    rf"(?P<parted>[\u3400-\u9fff]{{2,4}}(?:[、，]\s?(?:{_ROLE})?\s?[\u3400-\u9fff]{{2,4}}){{0,4}})"
    r"(?:\s?[/／\s][^〕）)】］\]]{0,10}(?:報導|報道|报道|电|電))?"
    r"|(?P<placed>(?:[\u3400-\u9fff]{2,3}[、，]){0,3}[\u3400-\u9fff]{3})[\u3400-\u9fff]{2,5}?(?:\d{1,2}日)?"
    r"(?:[綜综]合)?(?:報導|報道|报道|电|電))(?<![攝摄影])"
    r"\s?[〕）)】］\]]"
)
# Bracketed notes at the end that are not names.
_NOTES = frozenset({"敬称略", "おわり", "終わり", "つづく", "続く", "文中敬称略", "随時掲載", "原文", "本报讯", "编译"})


def without_signature(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """The blocks without a last paragraph of bracketed names or a first line with the columnist's, and those names.

    Else the names are those in brackets that open the story or stand behind its last sentence.
    """
    names = _signed(blocks)
    if names:
        return blocks[:-1], names
    if len(blocks) > 1 and (columnist := _COLUMNIST.fullmatch(blocks[0].text)):
        return blocks[1:], (columnist["name"],)
    return blocks, (opening_reporters(blocks[0].text) or _signed_end(blocks[-1].text)) if blocks else ()


def opening_reporters(text: str) -> tuple[str, ...]:
    """The reporters named in brackets at the beginning of a Chinese text."""
    if text.isascii():
        return ()
    match = _REPORTERS.search(text[:OPENING_CHARACTERS])
    return _without_roles(match["parted"] or match["placed"]) if match else ()


def bracketed_reporters(text: str) -> str:
    """The bracketed reporters at the beginning of a Chinese text, as a byline with its opener; "" for none."""
    names = opening_reporters(text) if "者" in text else ()
    return f"記者 {'、'.join(names)}" if names else ""


def _without_roles(names: str) -> tuple[str, ...]:
    """The names in a text, without what their bearers are: "记者"."""
    return tuple(_NAMES.findall(_ROLES.sub(" ", names)))


def _signed_end(text: str) -> tuple[str, ...]:
    """The names in brackets behind a story's last sentence."""
    match = None if text.isascii() else _SIGNED_END.search(text)
    names = _without_roles(match["names"]) if match else ()
    return () if _NOTES & set(names) or any(map(_NO_NAME_END.search, names)) else names


def _signed(blocks: Sequence[Block]) -> tuple[str, ...]:
    if len(blocks) <= 1 or blocks[-1].kind is not BlockKind.PARAGRAPH or blocks[-1].text.isascii():
        return ()
    match = _SIGNATURE.fullmatch(blocks[-1].text)
    names = tuple(_NAMES.findall(match["names"])) if match else ()
    return () if _NOTES & set(names) else names
