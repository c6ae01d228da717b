"""Writers whom Japanese and Chinese stories name in brackets at their end: "（佐藤花子）", "【山田太郎、中村健】"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from news.article import Block, BlockKind

_SIGN = r"[\u3005\u3040-\u30ff\u3400-\u9fff]"
_SIGNATURE = re.compile(rf"[（(【［]\s?(?P<names>{_SIGN}{{2,7}}(?:[、，・\s]{_SIGN}{{2,7}}){{0,3}})\s?[)）】］]")
_NAMES = re.compile(rf"{_SIGN}+")
# What stands so at the end and is nobody.
_NOTES = frozenset({"敬称略", "おわり", "終わり", "つづく", "続く", "文中敬称略", "随時掲載", "原文", "本报讯", "编译"})


def without_signature(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """The blocks without a last paragraph that is names in brackets, and those names."""
    names = _signed(blocks)
    return (blocks[:-1], names) if names else (blocks, ())


def _signed(blocks: Sequence[Block]) -> tuple[str, ...]:
    if len(blocks) <= 1 or blocks[-1].kind is not BlockKind.PARAGRAPH or blocks[-1].text.isascii():
        return ()
    match = _SIGNATURE.fullmatch(blocks[-1].text)
    names = tuple(_NAMES.findall(match["names"])) if match else ()
    return () if _NOTES & set(names) else names
