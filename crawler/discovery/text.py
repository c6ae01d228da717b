"""From a document's bytes to text, and from a field's raw text to one clean line."""

from __future__ import annotations

import codecs
import html
import re
import unicodedata

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom

MAX_FIELD_LENGTH = 1000  # characters of a title or section that are kept

# Decoders a document must not choose: slow on long input (idna, punycode) or not charsets of text on the web.
_REFUSED_CODECS = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "utf-7", "undefined"})
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,1000}>")
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def decode(body: bytes, content_type: str | None) -> str:
    """The text of a document, by its byte order mark, Content-Type header or own declaration; never raises.

    Without any of them it is UTF-8 if it can be, else windows-1252. NUL and lone surrogates never come out.
    """
    mark, mark_bytes = read_bom(body)
    declared = mark or http_content_type_encoding(content_type) or html_body_declared_encoding(body[:4096])
    text = _decoded(body[len(mark_bytes or b"") :], _usable_codec(declared))
    return text.replace("\0", "").removeprefix("\ufeff")


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


def _decoded(body: bytes, codec: str | None) -> str:
    if codec is not None:
        try:
            return body.decode(codec, "replace")
        except (LookupError, ValueError):  # a codec that is not for text
            pass
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace")


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cs", "Co", "Cn")
