"""What its publisher removed is found, marked wherever it is shown, and live again when the page is back."""

from __future__ import annotations

from datetime import timedelta

import httpx

from news.article import Article
from news.fetch import Outcome, UrlKind, UrlState
from news.revisits.due import GONE_CONFIRMATIONS, GONE_INTERVAL, after_failure
from search.app import create_app
from tests.support.browser import serving
from tests.support.newsroom import Newsroom, story
from tests.support.stores import make_result


def miss(newsroom: Newsroom, article: Article) -> UrlState:
    """Its page answers 404 once more."""
    newsroom.now += GONE_INTERVAL
    newsroom.store.frontier.request(article.url, source_id="gazette", now=newsroom.now)
    (row,) = newsroom.store.frontier.take("gazette", 1, limit=1, now=newsroom.now)
    state, due_at = after_failure(
        outcome=Outcome.GONE,
        kind=UrlKind.ARTICLE,
        failure_count=row.failure_count + 1,
        now=newsroom.now,
        retry_at=None,
    )
    fields = {"outcome": Outcome.GONE, "status": 404, "state": state, "next_due_at": due_at}
    newsroom.store.saver.save([make_result(row, fetched_at=newsroom.now, **fields)])
    return state


def remove(newsroom: Newsroom, article: Article) -> None:
    """Its page answers 404 until that counts."""
    states = [miss(newsroom, article) for _ in range(GONE_CONFIRMATIONS)]
    assert states[-1] is UrlState.GONE


def test_it_is_marked_in_searches_in_the_api_and_on_its_page(empty_newsroom: Newsroom) -> None:
    newsroom = empty_newsroom
    tides, ships = story("Tides in the harbour", "Twice a day."), story("Ships in the harbour", "Once a week.")
    for article in (tides, ships):
        newsroom.publish(article)
    remove(newsroom, tides)
    removed_at = newsroom.now
    assert miss(newsroom, ships) is not UrlState.GONE
    missed_at = newsroom.now
    newsroom.settle()

    with (
        serving(create_app(newsroom.service)) as url,
        httpx.Client(base_url=url, trust_env=False, timeout=60, follow_redirects=True) as client,
    ):

        def hits(query: str) -> list[dict[str, object]]:
            found: list[dict[str, object]] = client.get("/api/v1/search", params={"q": query}).json()["hits"]
            return found

        assert len(hits("harbour")) == 2
        (hit,) = hits("harbour is:removed")
        assert hit["removed_at"] == removed_at.isoformat().replace("+00:00", "Z")
        assert [other["removed_at"] for other in hits("harbour -is:removed")] == [None]
        shown = client.get("/", params={"q": "tides"}).text
        assert f"Removed by its publisher on {removed_at.day} {removed_at:%b %Y}" in shown
        record = client.get(f"/api/v1/articles/{hit['id']}").json()
        assert (record["state"], record["versions"][0]["boilerplate_version"]) == ("removed", "")
        assert record["versions"][0]["taken_from"] is None
        assert "The publisher removed this article on" in client.get(f"/articles/{hit['id']}").text

        (missed,) = hits("ships")
        assert missed["removed_at"] is None
        told = client.get(f"/articles/{missed['id']}").text
        assert f'has answered with status 404 since <time datetime="{missed_at.isoformat()}' in told
        assert "has answered with status" not in client.get(f"/articles/{hit['id']}").text

        newsroom.now += timedelta(days=30)
        newsroom.publish(tides)
        newsroom.settle()
        assert hits("is:removed") == []
        assert "removed this article" not in client.get(f"/articles/{hit['id']}").text
