"""The tokens of a typed query, each with its position."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from news.query.dates import DATE_FIELDS

MAX_CHARACTERS = 512  # of the text; the rest is ignored
MAX_CAPITAL_OPERATION = 5  # "NATO AND EU" contains an operator; a longer text in capitals is a pasted headline

FIELDS = {
    "title": "title",
    "headline": "title",
    "intitle": "title",
    "dek": "dek",
    "text": "text",
    "body": "text",
    "intext": "text",
    "author": "authors",
    "authors": "authors",
    "agency": "agencies",
    "agencies": "agencies",
    "section": "section",
    "source": "source",
    "lang": "language",
    "language": "language",
    "tag": "tags",
    "tags": "tags",
    "url": "url",
    "inurl": "url",
    "site": "url",
    "changed": "changed",
    "removed": "former",
    "is": "state",
}

CHANGES = {
    "title": "title",
    "headline": "title",
    "dek": "dek",
    "text": "text",
    "body": "text",
    "silent": "silent",
    "any": "any",
}

VALUES = {  # of fields that hold one of a few values: as people write them -> as stored
    "changed": CHANGES,
    "state": {"removed": "removed", "live": "live", "edited": "edited"},
}

OPERATORS = frozenset({"AND", "OR", "NOT"})
_SIGNS = {"&&": "AND", "||": "OR"}  # the same in other search boxes; nobody looks for them
_QUOTE = '"“”„‟«»＂'
_ACRONYM = re.compile('(?<=[א-ת])["”](?=[א-ת](?![א-ת]))')  # of Hebrew, before its last letter: צה"ל
_SPACED_INITIALS = re.compile(r"(?<!\w)[A-Z]\.(?: [A-Z]\.)+")
# Without a scheme: what begins with www., or a whole text that is a host and a path with a hyphen, slash or digit
_BARE_ADDRESS = r"www\.[^\s{quote}]+\.[^\s{quote}]+|\A(?:[a-z0-9-]+\.)+[a-z]{{2,}}/(?=\S*[-/\d])[^\s{quote}]+\Z"
_WHOLE_WORD = re.compile(rf"[^\s(){_QUOTE}]+")
_TOKEN = re.compile(
    rf"""\s*(?:
      [{_QUOTE}](?P<phrase>[^{_QUOTE}]*)[{_QUOTE}](?:~(?P<slop>\d{{1,3}}))?
    | (?P<paren>[()])
    | (?P<sign>[-+])(?=[^\s)])
    | (?P<url>https?://[^\s{_QUOTE}]+|{_BARE_ADDRESS.format(quote=_QUOTE)})
    | (?P<field>[A-Za-z]+):(?=[{_QUOTE}(]|[^\s)])
    | (?P<word>[^\s(){_QUOTE}]+)
    | (?P<stray>[{_QUOTE}]))""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class QueryToken:
    """One token of a query."""

    kind: str  # phrase, paren, sign, url, field, word, operator, stray, unknown (a word that looks like a field), or
    # quotation (a phrase in typographic quotes, so pasted and not typed)
    text: str
    position: int  # in the cleaned text, in characters
    slop: int | None = None  # of a phrase: the number after its ~


def clean_text(text: str) -> str:
    """Valid Unicode in composed form, without control characters and within the length limit.

    Spaced initials are joined, and a Hebrew acronym gets its proper mark instead of a quote.
    """
    valid = text[:MAX_CHARACTERS].encode("utf-8", "replace").decode("utf-8")
    printable = "".join(" " if unicodedata.category(character) == "Cc" else character for character in valid)
    composed = _ACRONYM.sub("״", unicodedata.normalize("NFC", printable).strip())
    return _SPACED_INITIALS.sub(lambda initials: initials.group().replace(" ", ""), composed)


def tokenize(text: str) -> list[QueryToken]:
    """The tokens of a cleaned text, in order."""
    operators = frozenset() if _is_shouted(text) else OPERATORS
    tokens: list[QueryToken] = []
    position = 0
    while found := _TOKEN.match(text, position):
        token = _token(found, operators)
        if token.kind == "unknown" and (whole := _WHOLE_WORD.match(text, token.position)):
            token = QueryToken("unknown", whole.group(), token.position)
        tokens.append(token)
        position = token.position + len(token.text) if token.kind == "unknown" else found.end()
    return tokens


def _token(found: re.Match[str], operators: frozenset[str]) -> QueryToken:
    kind = found.lastgroup or "word"
    if kind in {"phrase", "slop"}:
        opening = found.start("phrase") - 1
        quoted = "phrase" if found.string[opening] == '"' else "quotation"
        return QueryToken(quoted, found["phrase"], opening, int(found["slop"]) if found["slop"] else None)
    text, position = found[kind], found.start(kind)
    if kind == "field":
        name = text.lower()
        return QueryToken(kind if name in FIELDS or name in DATE_FIELDS else "unknown", text, position)
    if kind == "url" and "://" not in text:
        return QueryToken(kind, f"https://{text}", position)
    if kind == "word" and text in _SIGNS:
        return QueryToken("operator", _SIGNS[text], position)
    return QueryToken("operator" if kind == "word" and text in operators else kind, text, position)


def _is_shouted(text: str) -> bool:
    """Whether the text is a sentence in capitals, in which AND and OR are words."""
    words = [word for word in text.split() if word not in OPERATORS]
    return len(text.split()) > MAX_CAPITAL_OPERATION and all(map(_has_no_small_letter, words))


def _has_no_small_letter(word: str) -> bool:
    return word.isupper() or not any(map(str.isalpha, word))
