"""The names in bylines without the site's own: its paper, desk or offices."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from crawler.extraction.bylines.byline_lines import may_name
from crawler.extraction.bylines.names import JOINER, ROLES, split_byline
from crawler.extraction.bylines.people import names_group
from crawler.extraction.text import joined_key, word_key
from crawler.extraction.vocabulary import AGENCIES

MAX_AUTHORS = 20
MAX_INITIALS = 4  # of a site's name
MAX_SITE_WORDS = 3  # of a site's name that opens the name of an office

_FAMILY_FIRST = re.compile(r"^([^\W\d_][\w'’-]+),\s([^\W\d_][\w'’-]+(?:\s[^\W\d_]\.)?)$")


def tidy_names(stated: list[str], sites: Collection[str], *, keep_site: bool = False) -> tuple[str, ...]:
    """The distinct names in bylines; the site's own name only if it is beside an agency or `keep_site` is set."""
    people: dict[tuple[str, ...], str] = {}
    own: dict[tuple[str, ...], str] = {}
    for byline in stated:
        for name, key in (_without_site(name, sites) for name in split_byline(_without_desk(byline, sites))):
            (own if "".join(key) in sites and not keep_site else people).setdefault(tuple(sorted(key)), name)
    if people and all(name.casefold() in AGENCIES for name in people.values()):
        people |= own  # "The Local/AFP": the newsroom had a part in the agency's text
    return tuple(people.values())[:MAX_AUTHORS]


def family_last(stated: str) -> str:
    """A name as catalogues write it, in the order of bylines: "Doe, Jane Q." is Jane Q. Doe.

    >>> family_last("Doe, Jane"), family_last("Jane Doe, John Roe")
    ('Jane Doe', 'Jane Doe, John Roe')
    """
    return _FAMILY_FIRST.sub(r"\2 \1", stated)


def without_accounts(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names without user names that are another name run together: "Jane Doe", "janedoe"."""
    joined = {joined_key(name) for name in names if " " in name}
    return tuple(name for name in names if not (name.islower() and " " not in name and name in joined))


def _without_site(name: str, sites: Collection[str]) -> tuple[str, tuple[str, ...]]:
    """(name, its key), without the site's name after a comma: "Jane Doe, CNN" on CNN's pages."""
    head, _, tail = name.rpartition(", ")
    if head and _is_sites(tail, sites):
        name = head
    return name, word_key(name)


def _without_desk(byline: str, sites: Collection[str]) -> str:
    """A byline without the site's office after the last comma: "Jane Doe, P1 Serra e Região" on P1's pages.

    What follows the comma stays where it names somebody else as well: "Jane Doe, P1 Serra e John Roe".
    """
    head, comma, tail = byline.rpartition(", ")
    words = tail.split()
    if not comma or " " not in head.strip() or len(words) < 2 or JOINER.search(f" {words[0]} "):
        return byline
    if not any(_is_sites(" ".join(words[:count]), sites) for count in range(1, min(MAX_SITE_WORDS + 1, len(words)))):
        return byline
    others = JOINER.split(tail)[1:]
    return byline if any(may_name(each, strict=True) for each in others) else head


def without_paper(name: str, sites: Collection[str]) -> str:
    """A person's name without the site's right before or after it ("Jane Doe Example Times"); an office keeps it."""
    words = name.split()
    for count in range(1, len(words) - 1):
        tail = " ".join(words[count:])
        if _is_sites(" ".join(words[:count]), sites) and _is_persons(tail):
            return tail
    for count in range(2, len(words)):
        head = " ".join(words[:count])
        if _is_sites(" ".join(words[count:]), sites) and not names_group(head):
            return head
    return name


def initials_of(names: Iterable[str]) -> frozenset[str]:
    """The case-folded initials of names of two to four words: "Example Times" signs as "Jane Doe ET"."""
    words = (word_key(name) for name in names)
    return frozenset("".join(word[0] for word in key) for key in words if 2 <= len(key) <= MAX_INITIALS)


def _is_persons(name: str) -> bool:
    return may_name(name, strict=True) and not (names_group(name) or ROLES.search(f" {name}"))


def _is_sites(text: str, sites: Collection[str]) -> bool:
    return joined_key(text) in sites
