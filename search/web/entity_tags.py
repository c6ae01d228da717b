"""Entity tags, by which a client says what it has (RFC 9110, sections 8.8.3 and 13.1.2)."""

from __future__ import annotations

import hashlib
import re

_TAG = re.compile(r'(?:W/)?("[^"]*")')


def tag_of(content: bytes) -> str:
    """The tag of a content, in quotation marks."""
    return f'"{hashlib.sha256(content).hexdigest()[:24]}"'


def names_tag(if_none_match: str, tag: str) -> bool:
    """Whether this header names the tag, strong or weak, or any tag.

    >>> names_tag('W/"a", "b"', '"a"'), names_tag("*", '"a"'), names_tag("", '"a"')
    (True, True, False)
    """
    return if_none_match.strip() == "*" or tag in _TAG.findall(if_none_match)
