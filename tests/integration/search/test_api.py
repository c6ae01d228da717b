"""The HTTP API over a real store and a real embedded engine."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from indexer.engine import Engine
from news.errors import EngineUnavailable, SearchUnanswered, StoreError
from search.app import OPENAPI_PATH, create_app
from search.service import SearchService
from tests.support.browser import serving
from tests.support.newsroom import SOURCE_NAMES, Newsroom, story

DOCS = Path(__file__).parents[3] / "docs" / "api.md"


@contextmanager
def client_of(service: SearchService) -> Iterator[httpx.Client]:
    with serving(create_app(service)) as url, httpx.Client(base_url=url, trust_env=False, timeout=60) as client:
        yield client


@pytest.fixture(scope="module")
def api(newsroom: Newsroom) -> Iterator[httpx.Client]:
    with client_of(newsroom.service) as client:
        yield client


def found(api: httpx.Client, query: str) -> list[str]:
    answer = api.get(f"/api/v1/search?{query}")
    assert answer.status_code == 200, answer.text
    return [hit["title"] for hit in answer.json()["hits"]]


def test_a_search_gives_hits_with_highlights_facets_and_the_total(api: httpx.Client) -> None:
    answer = api.get("/api/v1/search", params={"q": "high tides"}).json()
    assert answer["total"] == len(answer["hits"]) == 1
    (hit,) = answer["hits"]
    assert hit["title"] == "Why harbour tides come twice a day"
    assert hit["source"] == "gazette"
    assert hit["published_at"] == "2026-11-18T05:30:00Z"
    assert hit["score"] > 0
    assert "<mark>" in hit["highlights"]["text"][0]
    assert answer["facets"]["section"] == [{"value": "Science", "count": 1}]
    assert answer["took_ms"] > 0
    assert answer["next"] is None


def test_no_words_give_the_newest_first_and_the_undated_last(api: httpx.Client) -> None:
    titles = found(api, "")
    assert len(titles) == 5
    assert titles[-1] == "A leap day without a date"
    assert titles[1] == "How a container ship is loaded in a day"


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("source=kurye", 2),
        ("source=kurye&source=gazette", 5),
        ("section=science", 1),
        ("language=tr&language=ar", 2),
        ("author=science%20desk", 1),
        ("from=2026-11-18&to=2026-11-18", 1),
        ("to=2026-11-17", 1),
        ("from=2026-11-19T12:00:00Z&to=2026-11-19T12:00:01Z", 1),
        ("to=9999-12-31", 4),
        ("from=0001-01-01", 4),
        ("source=kurye&section=Science", 0),
    ],
)
def test_filters_narrow(api: httpx.Client, query: str, count: int) -> None:
    assert len(found(api, query)) == count


def test_a_filter_does_not_narrow_its_own_facet(api: httpx.Client) -> None:
    facets = api.get("/api/v1/search?source=kurye").json()["facets"]
    assert {one["value"]: one["count"] for one in facets["source"]} == {"gazette": 3, "kurye": 2}
    assert {one["value"] for one in facets["language"]} == {"tr", "ar"}


def test_authors_are_offered_as_people_and_found_by_every_name(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    newsroom.publish(story("Tides", "Twice.", authors=("Ayşe Kaya", "The Sample Gazette"), people=("Ayşe Kaya",)))
    newsroom.publish(story("Boxes", "Thirty.", authors=("The Sample Gazette",)))
    newsroom.settle()
    with client_of(newsroom.service) as api:
        answer = api.get("/api/v1/search?author=the+sample+gazette").json()
        page = api.get("/?author=The+Sample+Gazette").text
    newsroom.close()
    assert (answer["total"], answer["facets"]["author"]) == (2, [{"value": "Ayşe Kaya", "count": 1}])
    assert {tuple(hit["authors"])[-1] for hit in answer["hits"]} == {"The Sample Gazette"}
    assert sorted(hit["people"] for hit in answer["hits"]) == [[], ["Ayşe Kaya"]]
    assert page.count("<bdi>The Sample Gazette</bdi>") >= 2  # the choice that is on, and its chip


def test_an_article_is_found_by_every_address_it_was_met_under(empty_newsroom: Newsroom) -> None:
    canonical = "https://gazette.example/tides"
    empty_newsroom.publish(story("Tides", "Twice.", path="amp/tides?id=7"), canonical_url=canonical)
    empty_newsroom.settle()
    own, other = "https://gazette.example/tides", "https://gazette.example/amp/tides?id=7"
    with client_of(empty_newsroom.service) as api:
        for address in (own, "http://www.gazette.example/tides/", f"{own}?utm_source=mail", other, f"{other}#top"):
            hits = api.get("/api/v1/search", params={"q": address}).json()["hits"]
            assert [hit["url"] for hit in hits] == [own], address
        assert api.get("/api/v1/export", params={"q": other}).json()["url"] == own
        assert api.get("/api/v1/search", params={"q": other, "language": "tr"}).json()["total"] == 0
        assert api.get("/api/v1/search", params={"q": "https://gazette.example/ships"}).json()["total"] == 0


def test_next_leads_through_all_hits_once(api: httpx.Client) -> None:
    address, seen = "/api/v1/search?size=2&sort=oldest", []
    while address:
        answer = api.get(address).json()
        seen += [hit["id"] for hit in answer["hits"]]
        address = answer["next"]
    assert len(seen) == len(set(seen)) == 5


def test_the_last_word_is_completed_by_headlines(api: httpx.Client) -> None:
    def suggested(text: str) -> list[str]:
        found: list[str] = api.get("/api/v1/suggest", params={"q": text}).json()["suggestions"]
        return found

    assert suggested("ti") == ["tides"]
    assert suggested("harbour TI") == ["harbour tides"]
    assert suggested("tides ") == suggested("tides")
    assert suggested("x") == suggested("zzz") == suggested("") == []
    assert api.get("/api/v1/suggest", params={"q": "x" * 513}).status_code == 400


def test_similar_articles_share_words(api: httpx.Client) -> None:
    (hit,) = api.get("/api/v1/search?q=title:tides&source=gazette").json()["hits"]
    similar = api.get(f"/api/v1/articles/{hit['id']}/similar").json()["hits"]
    assert hit["id"] not in [other["id"] for other in similar]
    assert api.get("/api/v1/articles/none/similar").status_code == 404


def test_an_article_has_its_text_versions_and_fetches(api: httpx.Client) -> None:
    (hit,) = api.get("/api/v1/search?q=title:tides&source=gazette").json()["hits"]
    article = api.get(f"/api/v1/articles/{hit['id']}").json()
    assert article["text"].startswith("Tides rise and fall")
    assert article["image"] == {
        "url": "https://gazette.example/tide.jpg",
        "caption": "A harbour at low tide",
        "credit": "Sample Pictures",
        "alt": None,
    }
    assert (article["published_zone"], article["source_line"]) == ("+03:00", "Gazette and agencies")
    assert [version["version"] for version in article["versions"]] == [1]
    assert article["versions"][0]["warc_file"] == "sample.warc.gz"
    assert [fetch["outcome"] for fetch in article["fetches"]] == ["new_article"]


def test_the_body_comes_as_html_and_markdown(api: httpx.Client) -> None:
    hit = api.get("/api/v1/search?q=title:container").json()["hits"][0]
    address = f"/api/v1/articles/{hit['id']}"
    plain = api.get(address).json()
    assert (plain["kind"], plain["html"], plain["markdown"]) == ("story", None, None)
    assert "<h2>The plan</h2>\n<ul><li>Heavy boxes low</li>" in api.get(f"{address}?format=html").json()["html"]
    assert "## The plan\n\n- Heavy boxes low\n" in api.get(f"{address}?format=markdown").json()["markdown"]
    assert api.get(f"{address}?format=pdf").status_code == 422


def test_earlier_versions_can_be_read(empty_newsroom: Newsroom) -> None:
    saved = empty_newsroom.publish(story("Council plans a bridge", "It will be of wood.", path="bridge"))
    empty_newsroom.publish(story("Council plans a tunnel", "It will be of stone.", path="bridge"))
    empty_newsroom.settle()
    with client_of(empty_newsroom.service) as api:
        address = f"/api/v1/articles/{saved.article_id}"
        assert [version["title"] for version in api.get(address).json()["versions"]] == [
            "Council plans a bridge",
            "Council plans a tunnel",
        ]
        assert api.get(address).json()["text"] == "It will be of stone."
        assert api.get(f"{address}?version=1").json()["text"] == "It will be of wood."
        assert api.get(f"{address}?version=3").status_code == 404
        assert found(api, "q=bridge") == []


def test_a_merged_article_answers_under_both_ids(empty_newsroom: Newsroom) -> None:
    first = empty_newsroom.publish(story("One story", "Told twice.", path="a"))
    second = empty_newsroom.publish(story("One story", "Told twice, again.", path="b"))
    empty_newsroom.publish(
        story("One story", "Told twice, again.", path="b"), canonical_url="https://gazette.example/a"
    )
    empty_newsroom.settle()
    with client_of(empty_newsroom.service) as api:
        article = api.get(f"/api/v1/articles/{second.article_id}").json()
        assert article["id"] == first.article_id
        assert article["merged_from"] == [second.article_id]
        page = api.get(f"/articles/{second.article_id}", follow_redirects=False)
        assert (page.status_code, page.headers["location"]) == (301, f"/articles/{first.article_id}")


def test_sources_come_with_their_counts(api: httpx.Client) -> None:
    sources = api.get("/api/v1/sources").json()["sources"]
    assert [(source["id"], source["articles"]) for source in sources] == [("quiet", 0), ("gazette", 3), ("kurye", 2)]


@pytest.mark.parametrize(
    ("address", "status", "parameter"),
    [
        ("/api/v1/search?page=1000000000", 422, "page"),
        ("/api/v1/search?page=-1", 422, "page"),
        ("/api/v1/search?page=NaN", 422, "page"),
        ("/api/v1/search?size=1000000", 422, "size"),
        ("/api/v1/search?size=0", 422, "size"),
        ("/api/v1/search?size=Infinity", 422, "size"),
        (f"/api/v1/search?page={'9' * 5000}", 422, "page"),
        ("/api/v1/search?from=soon", 422, "from"),
        ("/api/v1/search?sort=best", 422, "sort"),
        ("/api/v1/search?langauge=en", 422, "langauge"),
        ("/api/v1/search?source=", 422, "source"),
        ("/api/v1/articles/x?version=0", 422, "version"),
        (f"/api/v1/search?q={'word%20' * 200}", 400, None),
        ("/api/v1/articles/no-such", 404, None),
        ("/api/v1/articles/%00", 404, None),
        ("/api/v1/articles/..%2f..%2fetc", 404, None),
        ("/api/v1/nothing", 404, None),
    ],
)
def test_errors_are_problems_that_say_what_to_do(
    api: httpx.Client, address: str, status: int, parameter: str | None
) -> None:
    answer = api.get(address)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert problem["type"] == "about:blank"
    assert problem["detail"]
    assert [error["parameter"] for error in problem.get("errors", [])] == ([parameter] if parameter else [])


def test_other_methods_are_refused_as_problems(api: httpx.Client) -> None:
    answer = api.post("/api/v1/search")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")
    assert answer.json()["detail"] == "this address takes another method; Allow names it"


@pytest.mark.parametrize(
    "q",
    [
        "*foo",
        "/(a+)+$/",
        "term~2 " * 60,
        "a:b AND _id:*",
        " OR ".join(["a"] * 80),
        '"unclosed',
        "((((((",
        ")",
        "AND OR NOT",
        "-",
        "-tides",
        "title:",
        "\x00",
        "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
        "\ue000\ue001",
        "*",
        "~5",
        '"a b"~99999999999',
        "published_at:[* TO *]",
        "\u202etides",
        "a" * 512,
        '{"match_all": {}}',
        "${jndi:ldap://x}",
        "'; DROP TABLE article; --",
    ],
)
@pytest.mark.parametrize("path", ["/api/v1/search", "/"])
def test_no_query_breaks_a_search(api: httpx.Client, path: str, q: str) -> None:
    assert api.get(path, params={"q": q}).status_code == 200


def test_hostile_text_comes_out_as_text(empty_newsroom: Newsroom) -> None:
    empty_newsroom.publish(
        story("<script>alert(1)</script> tides", 'Tides "><img src=x onerror=alert(2)>', path="hostile")
    )
    empty_newsroom.settle()
    with client_of(empty_newsroom.service) as api:
        (hit,) = api.get("/api/v1/search?q=tides").json()["hits"]
        marked = " ".join(fragment for fragments in hit["highlights"].values() for fragment in fragments)
        assert "<mark>" in marked
        assert set(re.findall(r"<[^>]*>", marked)) == {"<mark>", "</mark>"}


class Broken:
    """An engine and a store that do not answer."""

    def __init__(self, error: Exception) -> None:
        self._error = error
        self.articles = self

    def _fail(self, *args: object, **kwargs: object) -> None:
        raise self._error

    search = get = ping = free_space = _fail

    def health(self) -> object:
        return type("Health", (), {"ok": False, "detail": str(self._error)})()


def test_an_engine_that_is_down_asks_for_patience(newsroom: Newsroom, caplog: pytest.LogCaptureFixture) -> None:
    engine: Engine = Broken(EngineUnavailable("the engine at 127.0.0.1 does not answer"))  # type: ignore[assignment]
    service = SearchService(engine, newsroom.store, SOURCE_NAMES)
    with client_of(service) as api:
        for path in ("/api/v1/search?q=a", "/api/v1/sources", "/readyz", "/?q=a"):
            answer = api.get(path)
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "10"), path
            assert "does not answer" in answer.text
            assert "127.0.0.1" not in answer.text
        assert api.get("/readyz").json()["checks"]["store"] == {"ok": True, "detail": "answers"}
        assert api.get("/healthz").json() == {"status": "ok", "checks": {}}
    assert caplog.text.count("the engine failed: the engine at 127.0.0.1 does not answer") == 1


def test_a_store_that_is_down_asks_for_patience_and_names_nothing_of_itself(
    newsroom: Newsroom, caplog: pytest.LogCaptureFixture
) -> None:
    told = "database postgresql+psycopg://news:***@db.internal/news does not answer"
    store = Broken(StoreError(told))
    service = SearchService(newsroom.engine, store, SOURCE_NAMES)  # type: ignore[arg-type]
    with client_of(service) as api:
        for path in ("/api/v1/articles/abc", "/articles/abc", "/readyz"):
            answer = api.get(path)
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "10"), path
            assert "he store cannot be reached now; newsdex&#39;s log" in answer.text.replace("'", "&#39;")
            assert "db.internal" not in answer.text
        assert api.get("/api/v1/search?q=tides").status_code == 200
        assert "<h1>The store cannot be reached now</h1>" in api.get("/articles/abc").text
    assert caplog.text.count(f"the store failed: {told}") == 1


def test_a_search_that_is_too_much_says_what_to_do(newsroom: Newsroom) -> None:
    engine: Engine = Broken(SearchUnanswered("this search took too long; ask for less"))  # type: ignore[assignment]
    with client_of(SearchService(engine, newsroom.store, SOURCE_NAMES)) as api:
        assert api.get("/api/v1/search?q=a").json()["detail"] == "this search took too long; ask for less"


def test_a_defect_says_nothing_of_its_cause(newsroom: Newsroom, caplog: pytest.LogCaptureFixture) -> None:
    engine: Engine = Broken(RuntimeError("secret detail"))  # type: ignore[assignment]
    service = SearchService(engine, newsroom.store, SOURCE_NAMES)
    with client_of(service) as api:
        for path in ("/api/v1/search?q=a", "/?q=a"):
            answer = api.get(path)
            assert answer.status_code == 500
            assert "secret" not in answer.text
            assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "secret detail" in caplog.text


def test_ready_when_engine_and_store_are(api: httpx.Client) -> None:
    answer = api.get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (200, "ready")
    assert {name: check["ok"] for name, check in answer.json()["checks"].items()} == {
        "engine": True,
        "store": True,
        "disk": True,
    }


def test_a_full_disk_is_told_and_takes_no_search_away(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.upkeep.free_space.FULL_BYTES", 2**70)
    with client_of(newsroom.service) as api:
        answer = api.get("/readyz")
        assert (answer.status_code, answer.json()["status"]) == (200, "ready")
        assert answer.json()["checks"]["disk"] == {
            "ok": False,
            "detail": "the disk is full or cannot be read: nothing new can be kept",
        }


def test_openapi_names_every_schema_it_uses(api: httpx.Client) -> None:
    document = api.get(OPENAPI_PATH).json()
    used = set(re.findall(r"#/components/schemas/(\w+)", json.dumps(document)))
    assert used <= set(document["components"]["schemas"])
    assert "HTTPValidationError" not in used
    errors = document["paths"]["/api/v1/search"]["get"]["responses"]
    assert set(errors) == {"200", "400", "401", "403", "404", "422", "429", "503"}
    assert list(errors["503"]["content"]) == ["application/problem+json"]


def test_the_description_is_found_where_programs_look_first(api: httpx.Client) -> None:
    answer = api.get("/openapi.json")
    assert (answer.status_code, answer.headers["location"]) == (307, OPENAPI_PATH)


def test_the_documentation_has_every_route_parameter_and_field(api: httpx.Client) -> None:
    text = DOCS.read_text(encoding="utf-8")
    document = api.get(OPENAPI_PATH).json()
    for path, operations in document["paths"].items():
        assert f"GET {path}" in text, path
        for parameter in operations["get"].get("parameters", []):
            assert f"`{parameter['name']}`" in text, parameter["name"]
        for status in operations["get"]["responses"]:
            assert f"| {status} |" in text, (path, status)
    for name, schema in document["components"]["schemas"].items():
        for field in schema.get("properties", {}):
            assert f"`{field}`" in text, f"{name}.{field}"
