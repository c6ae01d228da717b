"""Remove site names from headlines: where a title can be split, and which parts name the site."""

from __future__ import annotations

import re
from collections.abc import Iterable

from crawler.extraction.text import word_key

_UNSPACED = r"\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"  # elsewhere a hyphen joins the parts of a word
_SEPARATORS = re.compile(
    r"\s+(?:[|\-–—·•»«›‹~/│ㅣ⋆]|::?)\s+|\s*[|｜»«│ㅣ]\s*|(?<=[^\W\d]):\s+|(?<=\w)[-–—]\s+"
    rf"|(?<=[{_UNSPACED}])[-_](?=[{_UNSPACED}])|(?<=[^\W\d_a-zA-Z])_(?=[^\W\d_a-zA-Z])"
    r"|(?<=[！？。\"'”’」』》)])[-_](?=[^\W\d_a-zA-Z])"
)
# "…-新华网", "…（毎日新聞）", "…：朝日新聞デジタル": media in scripts without spaces, told by their endings.
_MEDIA_TAIL = re.compile(
    r"(?:\s*[-_–—|｜（(]+\s*[^\s\-_–—|｜:：（）()]{0,8}"
    r"(?:网|網|新闻|新聞|日报|日報|晚报|晚報|时报|時報|早报|在线|频道|頻道|电视台|電視台|通讯社|通訊社|中央社|ニュース|新聞デジタル|通信)"
    r"|\s*：\s*[^\s\-_–—|｜:：（）()]{0,8}(?:デジタル|ニュース|新聞(?=\s?[A-Za-z])))(?:\s?[A-Za-z]{2,6})?[）)]?$"
)
_SECTION_TAIL = re.compile(r"(?:\s*[|｜_]\s*|--|\s-\s)[^\s\-_|｜]{2,4}$")  # a section before the name of the medium
MIN_HEADLINE_SIGNS = 8  # that must be left of a headline in such a script, which has no words to count
MAX_MEDIA_TAILS = 2  # "Headline（Agency） - Portal"

STRONG_SEPARATOR = re.compile(r"\s*(?:[|｜»«│ㅣ]|::)\s*")


def strip_site(title: str, sites: frozenset[str], *, agreed: Iterable[tuple[str, ...]] = ()) -> str:
    """The title without site names before or after a separator.

    A part that equals one of the `agreed` headlines is the title, whatever the other parts are.
    """
    spans = part_spans(title)
    if not spans:
        return title
    agreed = set(agreed)
    for start, end in spans:
        for part in (title[:start], title[end:]):
            if len(word_key(part)) >= 3 and word_key(part) in agreed:
                return part.strip()
    stripped = strip_ends(title, sites)
    strong = [span for span in part_spans(stripped) if STRONG_SEPARATOR.fullmatch(stripped, *span)]
    if strong:
        head, tail = stripped[: strong[-1][0]], stripped[strong[-1][1] :]
        if len(word_key(tail)) <= 3 < len(word_key(head)):
            return head.strip()
    return stripped


def without_media(title: str) -> str:
    """The title without a medium's name at its end and a section before it, in scripts without spaces."""
    for _ in range(0 if title.isascii() else MAX_MEDIA_TAILS):
        head = _MEDIA_TAIL.sub("", title)
        if head == title or len(head) < MIN_HEADLINE_SIGNS:
            break
        section = _SECTION_TAIL.sub("", head)
        title = section if len(section) >= MIN_HEADLINE_SIGNS else head
    return title


def part_spans(title: str) -> list[tuple[int, int]]:
    """The spans of separators inside a title, not those at its ends, which may be quotation marks."""
    spans = (match.span() for match in _SEPARATORS.finditer(title))
    return [(start, end) for start, end in spans if start and end < len(title)]


def strip_ends(title: str, sites: frozenset[str], *, whole: bool = False) -> str:
    """The title without parts at its ends that name the site; if `whole`, only parts that are nothing else."""
    for _ in range(4):  # no title has more names than "Headline - Section - Site - Site.com"
        shorter = next(
            (
                rest.strip()
                for start, end in reversed(part_spans(title))
                for rest, part in ((title[:start], title[end:]), (title[end:], title[:start]))
                if word_key(rest) and _names_site(part, sites, whole=whole or ":" in title[start:end])
            ),
            None,
        )
        if shorter is None:
            break
        title = shorter
    return title


def _names_site(part: str, sites: frozenset[str], *, whole: bool = False) -> bool:
    """Whether a part of a title is the site's name or, unless `whole`, has it among a few words."""
    words = word_key(part)
    joined = "".join(words)
    if not joined or len(words) > 6:
        return False
    return joined in sites or (not whole and len(words) <= 4 and any(len(s) > 3 and _at_word(words, s) for s in sites))


def _at_word(words: tuple[str, ...], site: str) -> bool:
    """Whether a site's name, with its words run together, begins at one of the words."""
    return any("".join(words[index:]).startswith(site) for index in range(len(words)))
