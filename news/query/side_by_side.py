"""The meaning of clauses that stand side by side: a few words must all match, many are a description."""

from __future__ import annotations

from collections.abc import Sequence

from news.query.complaints import Complaints
from news.query.tokens import QueryToken
from news.query.tree import AllOf, Description, Not, Phrase, Query, Term

ALL_REQUIRED = 3  # up to this many plain words must all match
TYPED = 12  # plain words side by side; more are a pasted passage: a choice

Clause = tuple[QueryToken, Query]  # its first token, and what it was read as
_ASIDES = frozenset({"paren", "quotation"})  # kinds of token


def arranged(clauses: Sequence[Clause], field: str | None, complaints: Complaints) -> Query:
    """Combine the clauses into one query, those that belong to a sentence as words; `field` is that of the words."""
    words: list[Query] = [item for first, item in clauses if _is_word(first, item, field)]
    said, asides, kept = list(words), [], []
    for first, item in clauses:
        if _is_word(first, item, field):
            continue
        plain = _plain_words(item, field)
        is_aside = first.kind in _ASIDES and bool(plain)
        if is_aside and len(words) > ALL_REQUIRED:
            said += plain
        elif is_aside:
            asides.append(item)
        elif len(words) > TYPED and _is_mark(first, item):
            complaints.about(first, f'beside more than {TYPED} words this is read as words; write +"…", or fewer')
            said += plain
        else:
            kept.append(item)
    return combined(said, [*asides, *kept])


def combined(words: Sequence[Query], others: Sequence[Query]) -> Query:
    """Combine words, of which a share is enough when there are many, and what must always match; one may be empty."""
    required = [Description(tuple(words)), *others] if len(words) > ALL_REQUIRED else [*words, *others]
    return required[0] if len(required) == 1 else AllOf(tuple(required))


def _is_word(first: QueryToken, item: Query, field: str | None) -> bool:
    return isinstance(item, Term) and item.field == field and first.kind not in {"sign", "paren"}


def _plain_words(query: Query, field: str | None) -> tuple[Query, ...]:
    """The words of a clause that consists only of words; empty for any other."""
    match query:
        case AllOf(children=words) | Description(words=words):
            pass
        case Phrase(text=text, field=own):
            words = tuple(Term(word, own) for word in text.split())
        case Not(child=child):
            return _plain_words(child, field)
        case _:
            words = (query,)
    return words if all(isinstance(word, Term) and word.field == field for word in words) else ()


def _is_mark(first: QueryToken, item: Query) -> bool:
    """Whether a clause may just be punctuation of a sentence: in quotes, after a dash, an address."""
    match first.kind, item:
        case ("phrase", Phrase()) | ("sign", Not(child=Term() | Phrase())) | ("url", Term()):
            return True
        case _:
            return False
