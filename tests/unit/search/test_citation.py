"""Citations name authors, headline, source, day and address, and which version was archived when."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

from news.article import Article, ArticleState
from search.articles.citation import CitationForm, cited
from search.results import ArticlePage
from store.records import StoredArticle
from store.views import ArticleView, VersionView

FETCHED = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def page_of(**fields: Any) -> ArticlePage:
    article = Article(url="https://gazette.example/a_b?c=1%25", **fields)
    stored = StoredArticle(
        id="a1",
        source_id="gazette",
        url=article.url,
        version=2,
        revision=1,
        first_seen_at=FETCHED,
        fetched_at=FETCHED,
        article=article,
    )
    version = VersionView(
        version=2,
        fetched_at=FETCHED,
        content_digest="c",
        extractor_version="5",
        boilerplate_version="",
        extraction_score=None,
        payload_digest="sha256:abc",
        warc_file="2026/x.warc.gz",
        warc_offset=7,
        article=article,
    )
    view = ArticleView(stored=stored, state=ArticleState.LIVE, removed_at=None, aliases=(), merged_from=())
    return ArticlePage(view=view, source_name="Gazette & Co", shown=version, versions=(version,), fetches=())


SIGNED = page_of(
    title="Is 5 % {enough}?\n\\o/",
    people=("Ayşe Kaya", "Barnes and Noble, Inc."),
    agencies=("AFP",),
    published_at=datetime(2026, 11, 19, 22, 30, tzinfo=UTC),
    published_zone="+03:00",
    language="en",
)
BARE = page_of(title="")


def test_a_line_says_who_what_where_and_when() -> None:
    assert cited(SIGNED, CitationForm.TEXT) == (
        "Ayşe Kaya, Barnes and Noble, Inc., AFP. “Is 5 % {enough}? \\o/.” Gazette & Co. 20 Nov 2026. "
        "https://gazette.example/a_b?c=1%25 (archived 24 Nov 2026, 08:00 UTC by newsdex as a1, version 2)"
    )
    assert cited(BARE, CitationForm.TEXT).startswith("“Untitled.” Gazette & Co. https://")


def test_csl_has_the_day_of_the_publishers_calendar_and_whole_names() -> None:
    (item,) = json.loads(cited(SIGNED, CitationForm.CSL))
    assert item["issued"] == {"date-parts": [[2026, 11, 20]]}
    assert item["accessed"] == {"date-parts": [[2026, 11, 24]]}
    assert [name["literal"] for name in item["author"]] == ["Ayşe Kaya", "Barnes and Noble, Inc.", "AFP"]
    assert (item["type"], item["archive_location"]) == ("article-newspaper", "2026/x.warc.gz:7")
    assert item["note"].endswith("version 2, sha256:abc")
    (bare,) = json.loads(cited(BARE, CitationForm.CSL))
    assert {"issued", "author", "section", "language"}.isdisjoint(bare)


def test_bibtex_is_escaped_and_keeps_names_and_addresses_whole() -> None:
    entry = cited(SIGNED, CitationForm.BIBTEX)
    fields = dict(re.findall(r"(?m)^  (\w+) = \{(.*)\},$", entry))
    assert fields["author"] == "{Ayşe Kaya} and {Barnes and Noble, Inc.} and {AFP}"
    assert fields["title"] == r"{Is 5 \% \{enough\}? \textbackslash{}o/}"
    assert fields["howpublished"] == r"Gazette \& Co"
    assert (fields["url"], fields["year"]) == ("https://gazette.example/a_b?c=1%25", "2026")
    assert entry.startswith("@misc{newsdex-a1-2,\n")
    assert entry.endswith("\n}\n")
