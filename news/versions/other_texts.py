"""Whether a page shows another text altogether than its article: an error's, put there for a while, or a new one."""

from __future__ import annotations

from news.article import Article
from news.shingles import SHINGLE_WORDS, SPACELESS_UNIT, shingles, units_of

# A choice: of 60,000 pairs of Reuters stories (Reuters-21578) 99 % share at most .031 of the second's shingles
MOST_SHARED = 0.05
LEAST_UNITS = 10  # a choice: of a text that another can be told from; "More follows." may become any
LEAST_LETTERS = 4  # of a word that tells something; characters of scripts without spaces tell each
LEAST_TOLD = 0.25  # a choice: of what an entry's headline says; its story says most of it
_NOT_OF_THE_PAGE = frozenset({"hint", "address"})  # origins of a publication day


def is_other_text(before: Article, after: Article) -> bool:
    """Whether neither the headline nor more than a phrase stayed of a text long enough to tell."""
    old = units_of(before.text)
    if len(old) < LEAST_UNITS or units_of(before.title or "") == units_of(_own_title(after)):
        return False
    known, new = (set(shingles(units, SHINGLE_WORDS)) for units in (old, units_of(after.text)))
    return len(new & known) <= MOST_SHARED * len(new)


def is_named_alike(before: Article, after: Article) -> bool:
    """Whether the page says that it is the article all the same: by its canonical URL or its moment of publication."""
    if after.canonical_url is not None and after.canonical_url == before.canonical_url:
        return True
    return is_dated(after) and after.published_at == before.published_at


def is_dated(article: Article) -> bool:
    """Whether the page itself says when it was published."""
    return article.published_at is not None and article.evidence.get("published_at") not in _NOT_OF_THE_PAGE


def tells_of(article: Article, title: str) -> bool:
    """Whether a page says some of the headline that its entry has; True where no word of that tells anything.

    >>> tells_of(Article(url="https://a.example/1", title="We will be back soon"), "Ferry stranded off the coast")
    False
    """
    telling = {unit for unit in units_of(title) if len(unit) >= LEAST_LETTERS or SPACELESS_UNIT.match(unit)}
    said = telling.intersection(units_of(f"{_own_title(article)}\n{article.dek or ''}\n{article.text}"))
    return len(said) >= LEAST_TOLD * len(telling)


def _own_title(article: Article) -> str:
    """The headline that the page shows; empty where it was taken from the entry that named the page."""
    return (article.title or "") if article.evidence.get("title") != "hint" else ""
