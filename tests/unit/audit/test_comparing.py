"""What is measured of an article beside its headline, its sentences, and what others state of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.reading.comparing import (
    KEPT_SENTENCES,
    days_off,
    doubled_share,
    is_own_author,
    line_share,
    long_sentences,
    longest,
    title_share,
    topic_share,
)
from news.article import Article, Block, BlockKind, Hints

NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)
TEXT = "The ferries of the harbour sailed again. “Nobody had waited for so long!” More soon."


def article(*lines: str, authors: tuple[str, ...] = ()) -> Article:
    blocks = tuple(Block(kind=BlockKind.PARAGRAPH, text=line) for line in lines)
    return Article(
        url="https://paper.example/a", title="Ferries", blocks=blocks, authors=authors, site_name="The Paper"
    )


def test_sentences_are_equal_whatever_their_case_quotes_and_paragraphs() -> None:
    assert len(long_sentences(TEXT)) == 2
    assert long_sentences(TEXT) == long_sentences(TEXT.upper().replace("”", "").replace(". ", ".\n\n"))
    assert long_sentences(TEXT) != long_sentences(TEXT.replace("harbour", "orchard"))


def test_the_longest_sentences_are_kept_once() -> None:
    text = " ".join(f"Ship {number} came to the harbour{' again' * number}." for number in range(20))
    kept = longest(long_sentences(f"{text} {text}"))
    assert len(kept) == KEPT_SENTENCES
    assert min(size for _, size in kept) > 90


def test_the_share_of_what_is_said_twice() -> None:
    assert doubled_share(long_sentences(TEXT)) == 0
    assert doubled_share(long_sentences(f"{TEXT} {TEXT}")) == pytest.approx(0.5)
    assert doubled_share([]) == 0


def test_the_share_of_lines() -> None:
    assert line_share(article("A sentence stands here.", "Quoted: “No.”")) == 0
    assert line_share(article("Four chars and a dot end.", "Share A 3.1 Share B 3.2 .")) == 0
    assert line_share(article("It is ten.", "Share A 3.")) == 0
    assert line_share(article("It is ten.", "Share A 31")) == 0.5
    assert line_share(article()) == 0


@pytest.mark.parametrize(
    ("title", "words", "share"),
    [
        ("Ferries sail to the harbour", ("ferry", "harbours", "sailing"), 2 / 3),
        ("Ferries sail to the harbour", ("nothing",), 0),
        ("At last", ("last",), None),  # too few words
        ("東京で地震、津波の恐れはなし", ("東京で地震",), None),  # which cannot be told apart
    ],
)
def test_the_share_of_a_headlines_words_in_the_text(title: str, words: tuple[str, ...], share: float | None) -> None:
    assert topic_share(title, words) == (None if share is None else pytest.approx(share))


@pytest.mark.parametrize(
    ("title", "stated", "share"),
    [
        ("Ferries sail to the harbour", "Ferries to sail", None),
        ("Ferries sail to the harbour", "HARBOUR: Ferries sail again", 1.0),
        ("People look back on a year of repairs", "Ferries sail to the harbour", 0.0),
        ("Ferries sail to the harbour", None, None),
    ],
)
def test_the_share_of_words_in_common_with_the_stated_headline(
    title: str, stated: str | None, share: float | None
) -> None:
    assert title_share(title, stated) == share


@pytest.mark.parametrize(
    ("url", "hinted", "days"),
    [
        ("https://paper.example/a", None, None),
        ("https://paper.example/a", datetime(2026, 3, 5, 1, tzinfo=UTC), 0),
        ("https://paper.example/a", datetime(2026, 2, 1, tzinfo=UTC), 32),
        ("https://paper.example/2026/03/05/a", None, 0),
        ("https://paper.example/2026/03/02/a", None, 3),
        ("https://paper.example/2026/03/08/a", None, 3),
        ("https://paper.example/2026/03/a", None, 0),
        ("https://paper.example/2026/01/a", None, 33),
        ("https://paper.example/2025/01/09/a", datetime(2026, 3, 5, tzinfo=UTC), 0),  # one of them agrees
    ],
)
def test_the_days_between_a_date_and_what_others_state(url: str, hinted: datetime | None, days: int | None) -> None:
    assert days_off(NOON, url, Hints(published_at=hinted)) == days


@pytest.mark.parametrize(
    ("authors", "is_own"),
    [
        ((), False),
        (("The Paper",), True),
        (("the-paper",), True),
        (("The Paper", "Ada Larsson"), False),
        (("AFP",), False),
    ],
)
def test_a_byline_that_names_only_the_site(authors: tuple[str, ...], is_own: bool) -> None:
    assert is_own_author(article(authors=authors), Hints()) is is_own
