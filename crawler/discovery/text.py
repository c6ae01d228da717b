"""Decoding a document's bytes to text, and cleaning a field's raw text to one line."""

from __future__ import annotations

import codecs
import html
import re
import unicodedata
from collections.abc import Sequence
from contextlib import suppress

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom

MAX_FIELD_LENGTH = 1000  # characters of a title or section that are kept

# Decoders a document must not choose: slow on long input (idna, punycode) or not charsets of text on the web.
_REFUSED_CODECS = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "utf-7", "undefined"})
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,1000}>")
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def decode(body: bytes, content_type: str | None) -> str:
    """The text of a document, by its byte order mark, Content-Type header or own declaration; never raises.

    One that the bytes contradict gives way to the next. Without any, the text is UTF-8 if possible, else windows-1252.
    NUL and lone surrogates are never returned.
    """
    mark, mark_bytes = read_bom(body)
    content = body[len(mark_bytes or b"") :]
    stated = (mark, _wide(body), http_content_type_encoding(content_type), html_body_declared_encoding(body[:4096]))
    codecs_stated = [codec for name in stated if (codec := _usable_codec(name)) and not _is_belied(codec, content)]
    text = _decoded(content, codecs_stated)
    return text.replace("\0", "").removeprefix("\ufeff")


def _wide(body: bytes) -> str | None:
    """Detect UTF-16 without a mark by how the first angle bracket is encoded (XML 1.0, appendix F)."""
    return {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}.get(body[:2])


def _is_belied(codec: str, content: bytes) -> bool:
    """Whether text declared as UTF-16 or UTF-32 begins with single bytes, as .NET often mislabels it."""
    return codec.startswith(("utf-16", "utf-32")) and b"\0" not in content[:16]


def one_line(raw: str | None) -> str | None:
    """The plain text of a title or label: tags, escapes, controls and runs of blanks resolved; None when empty.

    >>> one_line(" AT&amp;amp;T <b>up</b>\\n 3 &lt; 5 ")
    'AT&T up 3 < 5'
    """
    if not raw:
        return None
    text = html.unescape(_TAG.sub("", html.unescape(raw[: 20 * MAX_FIELD_LENGTH])))
    text = "".join(" " if _is_control(char) else char for char in text if char not in _BIDI_CONTROLS)
    folded = " ".join(text.encode("utf-8", "replace").decode("utf-8").split())[:MAX_FIELD_LENGTH].rstrip()
    return folded or None


def _usable_codec(name: str | None) -> str | None:
    if not name:
        return None
    try:
        codec = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return None if codec in _REFUSED_CODECS else codec


def _decoded(body: bytes, stated: Sequence[str]) -> str:
    """By the first of the codecs that all bytes obey, else by the first with marks where they do not."""
    for codec in (*stated, "utf-8"):
        with suppress(LookupError, ValueError):  # the former for a codec that is not for text
            return body.decode(codec)
    with suppress(LookupError, ValueError):
        return body.decode(stated[0] if stated else "cp1252", "replace")
    return body.decode("cp1252", "replace")


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cs", "Co", "Cn")
