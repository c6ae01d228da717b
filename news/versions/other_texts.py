"""Whether a page shows another text than its article: an error, a stand-in, a new text, or another story."""

from __future__ import annotations

from news.article import Article
from news.identity import SAME_MOMENT
from news.shingles import SHINGLE_WORDS, SPACELESS_UNIT, shingles, units_of

# A choice: of 60,000 pairs of Reuters stories (Reuters-21578), 99% share at most .031 of the second one's shingles
MOST_SHARED = 0.05
LEAST_UNITS = 10  # a choice: the shortest text that another can be told from; "More follows." may turn into anything
LEAST_LETTERS = 4  # of a word that tells something; in scripts without spaces every character does
LEAST_TOLD = 0.25  # a choice: of the words of the entry's headline; its story has most of them
_NOT_OF_THE_PAGE = frozenset({"hint", "address"})  # origins of a publication day


def is_other_text(before: Article, after: Article) -> bool:
    """Whether neither the headline nor more than a phrase remains of a text long enough to tell."""
    old = units_of(before.text)
    if len(old) < LEAST_UNITS or units_of(before.title or "") == units_of(_own_title(after)):
        return False
    known, new = (set(shingles(units, SHINGLE_WORDS)) for units in (old, units_of(after.text)))
    return len(new & known) <= MOST_SHARED * len(new)


def are_two_stories(one: Article, other: Article) -> bool:
    """Whether two pages that name one address tell two stories: they have no words in common and are dated apart.

    Pages in two languages need not be dated apart. A page that states no date may be a prompt or an error.
    """
    if not (is_dated(one) and is_dated(other)) or not are_other_texts(one, other):
        return False
    is_translated = one.language is not None and other.language is not None and one.language != other.language
    return is_translated or not _state_one_moment(one, other)


def are_other_texts(one: Article, other: Article) -> bool:
    """Whether two texts long enough to tell have neither headline nor more than a phrase in common."""
    return is_other_text(one, other) and is_other_text(other, one)


def is_named_alike(before: Article, after: Article) -> bool:
    """Whether the page still claims to be the article: by its canonical URL or its moment of publication."""
    if after.canonical_url is not None and after.canonical_url == before.canonical_url:
        return True
    return is_dated(after) and after.published_at == before.published_at


def is_dated(article: Article) -> bool:
    """Whether the page itself states when it was published."""
    return article.published_at is not None and article.evidence.get("published_at") not in _NOT_OF_THE_PAGE


def tells_of(article: Article, title: str) -> bool:
    """Whether a page contains some of its entry's headline; True when no word of the headline tells anything.

    >>> tells_of(Article(url="https://a.example/1", title="We will be back soon"), "Ferry stranded off the coast")
    False
    """
    telling = {unit for unit in units_of(title) if len(unit) >= LEAST_LETTERS or SPACELESS_UNIT.match(unit)}
    said = telling.intersection(units_of(f"{_own_title(article)}\n{article.dek or ''}\n{article.text}"))
    return len(said) >= LEAST_TOLD * len(telling)


def _state_one_moment(one: Article, other: Article) -> bool:
    if one.published_at is None or other.published_at is None or one.published_day_only or other.published_day_only:
        return False  # a day has many stories
    return abs(one.published_at - other.published_at) <= SAME_MOMENT


def _own_title(article: Article) -> str:
    """The headline the page shows; empty if it was taken from the entry that named the page."""
    return (article.title or "") if article.evidence.get("title") != "hint" else ""
