"""Pages made to break a reader end in an article or a reason, never in an exception."""

from __future__ import annotations

import json
import random

import pytest

from cli.demo.articles import ARTICLES
from cli.demo.site import SampleGazette
from crawler.extraction.prediction import prediction
from crawler.extraction.service import extract
from news.article import Article, BlockKind, NotArticle, NotArticleReason, Page
from news.article_record import article_from_record, article_record
from tests.support.corpora import need_corpora
from tests.support.mutations import mutated

URL = "https://www.example.com/news/1"
STORY = "".join(
    f"<p>Paragraph {number} of a story that goes on for some length, with a clause, and an end.</p>"
    for number in range(9)
)
FUZZED_IN_CI = 150
FUZZED_AT_NIGHT = 10_000
SEED = 20261126


def page_of(body: bytes, url: str = URL) -> Page:
    return Page(url=url, body=body)


def checked(result: Article | NotArticle) -> Article | NotArticle:
    """The result, after it was written the ways it is stored and shown."""
    json.dumps(prediction("1", result), ensure_ascii=False).encode("utf-8")
    if isinstance(result, Article):
        json.dumps(article_record(result), ensure_ascii=False).encode("utf-8")
        assert result.title
        assert all(
            block.text or block.image or block.embed or block.kind is BlockKind.SEPARATOR for block in result.blocks
        )
        assert article_from_record(article_record(result)) == result
    else:
        assert result.reason is not NotArticleReason.FAILED, result.detail
    return result


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"<div>" * 1_000_000 + STORY.encode(), id="a million nested blocks"),
        pytest.param(b"<b>" * 1_000_000 + STORY.encode(), id="a million nested inline tags"),
        pytest.param(b"<a href=x>" * 300_000 + b"x", id="links in links"),
        pytest.param(b"<html><body><p>" + b"word " * 4_000_000, id="a line of 20 MB"),
        pytest.param(b"<p>" + b"x" * 20_000_000, id="a word of 20 MB"),
        pytest.param(b"<p>a</p>" * 400_000, id="hundreds of thousands of paragraphs"),
        pytest.param(b"<table><tr><td>" * 100_000 + STORY.encode(), id="tables in tables"),
        pytest.param(b"<p class='" + b"a-" * 2_000_000 + b"'>text</p>" + STORY.encode(), id="a class of 4 MB"),
        pytest.param(
            b'<script type="application/ld+json">' + b"[" * 200_000 + b"</script>" + STORY.encode(), id="nested JSON"
        ),
        pytest.param(b"\x00".join(STORY.encode()[i : i + 7] for i in range(0, 900, 7)), id="NUL between the bytes"),
        pytest.param(b"<p>\xed\xa0\x80\xed\xbf\xbf" + STORY.encode(), id="surrogates"),
        pytest.param(b"\xff\xfe" + STORY.encode(), id="a byte order mark of another encoding"),
        pytest.param("<p>\u202e\u202d\u2066 story \u202c</p>".encode() + STORY.encode(), id="direction overrides"),
        pytest.param(
            b'<meta charset="no-such-thing"><p>\xe9\xe8 caf\xe9</p>' + STORY.encode(), id="an unknown charset"
        ),
        pytest.param(b'<meta charset="utf-7"><p>+ADw-</p>' + STORY.encode(), id="UTF-7"),
        pytest.param(b"", id="nothing"),
        pytest.param(b"<", id="one character"),
        pytest.param(b"<html>", id="one tag"),
        pytest.param(b'<!DOCTYPE x [<!ENTITY a "&a;&a;">]><p>&a;</p>' + STORY.encode(), id="entities"),
    ],
)
def test_a_hostile_page_ends_in_an_article_or_a_reason(body: bytes) -> None:
    checked(extract(page_of(body)))


@pytest.mark.parametrize("stated", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "1970-01-01T00:00:00Z"])
def test_a_date_nobody_can_mean_is_refused_and_flagged(stated: str) -> None:
    head = (
        f'<head><title>A storm hits the coast</title><meta property="article:published_time" content="{stated}"></head>'
    )
    result = checked(
        extract(page_of(f"<html>{head}<body><h1>A storm hits the coast</h1>{STORY}</body></html>".encode()))
    )
    assert isinstance(result, Article)
    assert result.published_at is None
    assert "published_absurd" in result.flags


def test_mutated_pages_of_the_demo_publisher_never_raise() -> None:
    site = SampleGazette("http://demo.invalid")
    pages = [site.document(article.path).content for article in ARTICLES]
    chance = random.Random(SEED)
    for number in range(FUZZED_IN_CI):
        checked(extract(page_of(mutated(pages[number % len(pages)], chance))))


@pytest.mark.slow
@pytest.mark.corpora
def test_ten_thousand_mutated_real_pages_never_raise() -> None:
    import gzip

    folder = need_corpora() / "extraction"
    paths = sorted(folder.glob("*/pages/*.html.gz"))
    chance = random.Random(SEED)
    for number in range(FUZZED_AT_NIGHT):
        body = gzip.decompress(paths[number % len(paths)].read_bytes())
        checked(extract(page_of(mutated(body, chance))))
