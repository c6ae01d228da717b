"""Writers named in brackets in Japanese and Chinese stories.

"（佐藤花子）" at the end, "〔記者王美雲／台北報導〕" at the beginning.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from news.article import Block, BlockKind

OPENING_CHARACTERS = 60  # of a story, in which bracketed reporters are searched for

_SIGN = r"[\u3005\u3040-\u30ff\u3400-\u9fff]"
_SIGNATURE = re.compile(rf"[（(【［]\s?(?P<names>{_SIGN}{{2,7}}(?:[、，・\s]{_SIGN}{{2,7}}){{0,3}})\s?[)）】］]")
_NAMES = re.compile(rf"{_SIGN}+")
# "〔記者王美雲／台北報導〕", "（中央社記者王美雲台北25日電）", "新华社北京5月20日电（记者 王小明、李红）"
_REPORTERS = re.compile(
    r"[〔（(【［\[]\s?[\u3400-\u9fff]{0,6}?(?:記者|记者)\s?(?:"
    r"(?P<parted>[\u3400-\u9fff]{2,4}(?:[、，][\u3400-\u9fff]{2,4}){0,4})"
    r"(?:\s?[/／\s][^〕）)】］\]]{0,10}(?:報導|報道|报道|电|電))?"
    r"|(?P<placed>(?:[\u3400-\u9fff]{2,3}[、，]){0,3}[\u3400-\u9fff]{3})[\u3400-\u9fff]{2,5}?(?:\d{1,2}日)?"
    r"(?:[綜综]合)?(?:報導|報道|报道|电|電))(?<![攝摄影])"
    r"\s?[〕）)】］\]]"
)
# Bracketed notes at the end that are not names.
_NOTES = frozenset({"敬称略", "おわり", "終わり", "つづく", "続く", "文中敬称略", "随時掲載", "原文", "本报讯", "编译"})


def without_signature(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """The blocks without a last paragraph of bracketed names, and those names, else the ones that open the story."""
    names = _signed(blocks)
    if names:
        return blocks[:-1], names
    return blocks, opening_reporters(blocks[0].text) if blocks else ()


def opening_reporters(text: str) -> tuple[str, ...]:
    """The reporters named in brackets at the beginning of a Chinese text."""
    if text.isascii():
        return ()
    match = _REPORTERS.search(text[:OPENING_CHARACTERS])
    return tuple(_NAMES.findall(match["parted"] or match["placed"])) if match else ()


def _signed(blocks: Sequence[Block]) -> tuple[str, ...]:
    if len(blocks) <= 1 or blocks[-1].kind is not BlockKind.PARAGRAPH or blocks[-1].text.isascii():
        return ()
    match = _SIGNATURE.fullmatch(blocks[-1].text)
    names = tuple(_NAMES.findall(match["names"])) if match else ()
    return () if _NOTES & set(names) else names
