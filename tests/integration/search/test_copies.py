"""Copies of one text as people meet them: in searches, in the API, on the page and in exports."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest

from search.app import create_app
from tests.support.browser import serving
from tests.support.newsroom import START, Newsroom, story
from tests.support.texts import paragraphs_of

TEXT = [*paragraphs_of(1), "The ferries stayed in the harbour."]


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    """A newsroom with a wire story at two sources, the copy first, and one story of its own."""
    newsroom = Newsroom(tmp_path_factory.mktemp("newsroom"))
    later = START + timedelta(hours=2)
    newsroom.publish(story("Ferries stay <in>", *TEXT[2:], path="b", published_at=later), source_id="kurye")
    wire = story("Storm keeps ferries in", *TEXT, path="a", published_at=START, agencies=("AFP",))
    newsroom.publish(wire, source_id="gazette")
    newsroom.publish(
        story("Ferries paint", *paragraphs_of(2), "The ferries are painted.", path="c", published_at=later)
    )
    newsroom.settle()
    yield newsroom
    newsroom.close()


@pytest.fixture(scope="module")
def api(copied: Newsroom) -> Iterator[httpx.Client]:
    with serving(create_app(copied.service)) as url, httpx.Client(base_url=url, trust_env=False, timeout=60) as client:
        yield client


def test_a_text_is_found_once_and_says_how_many_copies_it_has(api: httpx.Client) -> None:
    found = api.get("/api/v1/search?q=ferries").json()
    assert {(hit["title"], hit["copies"]) for hit in found["hits"]} == {
        ("Storm keeps ferries in", 1),
        ("Ferries paint", 0),
    }
    assert found["total"] == 2
    assert {(one["value"], one["count"]) for one in found["facets"]["source"]} == {("gazette", 2)}


def test_every_copy_is_found_when_asked_for_or_when_no_earlier_one_matches(api: httpx.Client) -> None:
    assert api.get("/api/v1/search?q=ferries&collapse=false").json()["total"] == 3
    only = api.get("/api/v1/search?q=ferries&source=kurye").json()
    assert [hit["title"] for hit in only["hits"]] == ["Ferries stay <in>"]


def test_the_copies_of_an_article_are_listed_with_the_earliest_and_whom_they_credit(api: httpx.Client) -> None:
    (hit,) = api.get("/api/v1/search?source=kurye").json()["hits"]
    copies = api.get(f"/api/v1/articles/{hit['id']}/copies").json()
    assert [one["source_name"] for one in copies["copies"]] == ["The Sample Gazette", "Örnek Kurye"]
    assert copies["earliest"] == copies["copies"][0]["id"]
    assert copies["agencies"] == ["AFP"]
    alone = next(hit for hit in api.get("/api/v1/search?q=paint").json()["hits"])
    assert api.get(f"/api/v1/articles/{alone['id']}/copies").json() == {"earliest": None, "agencies": [], "copies": []}
    assert api.get("/api/v1/articles/none/copies").status_code == 404


def test_an_export_gives_every_copy_unless_told_otherwise(api: httpx.Client) -> None:
    assert len(api.get("/api/v1/export?q=ferries").text.splitlines()) == 3
    assert len(api.get("/api/v1/export?q=ferries&collapse=true").text.splitlines()) == 2


def test_the_page_leads_to_the_copies_and_shows_what_differs(api: httpx.Client) -> None:
    page = api.get("/?q=ferries").text
    assert "1 copy<" in page
    assert 'href="/?q=ferries&amp;collapse=false"' in page
    assert "export?q=ferries&amp;sort=relevance&amp;collapse=true" in page

    (hit,) = api.get("/api/v1/search?source=kurye").json()["hits"]
    article = api.get(f"/articles/{hit['id']}").text
    first = api.get(f"/api/v1/articles/{hit['id']}/copies").json()["earliest"]
    assert "1 copy of this text" in article
    assert "Credited to <bdi>AFP</bdi>" in article
    assert f'href="/articles/{hit["id"]}?beside={first}"' in article
    assert "What this article has otherwise" not in article

    differing = api.get(f"/articles/{hit['id']}?beside={first}").text
    assert "What this article has otherwise" in differing
    assert TEXT[0].split()[0] in differing
    assert "<in>" not in differing
    assert "What this article has otherwise" not in api.get(f"/articles/{hit['id']}?beside=unknown").text


def test_articles_like_one_are_no_copies_of_it(copied: Newsroom) -> None:
    page = copied.service.article(copied.store.articles.id_at("https://gazette.example/b") or "")
    assert page is not None
    assert all(hit.title != "Storm keeps ferries in" for hit in copied.service.similar(page))
