"""The page over a real store and a real embedded engine, read as HTML without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from lxml import html

from news.article import Image
from news.fetch import Outcome, UrlKind, UrlState
from search.app import create_app
from store.records import NewUrl
from tests.support.browser import serving
from tests.support.newsroom import START, Newsroom, story
from tests.support.stores import make_result


@pytest.fixture(scope="module")
def site(newsroom: Newsroom) -> Iterator[httpx.Client]:
    with (
        serving(create_app(newsroom.service)) as url,
        httpx.Client(base_url=url, trust_env=False, timeout=60, follow_redirects=True) as client,
    ):
        yield client


def tree(answer: httpx.Response) -> html.HtmlElement:
    return html.document_fromstring(answer.text)


def titles(page: html.HtmlElement) -> list[str]:
    return [heading.text_content() for heading in page.cssselect(".hit h2")]


def article_page(site: httpx.Client, query: str) -> html.HtmlElement:
    hits = tree(site.get("/", params={"q": query})).cssselect(".hit h2 a")
    assert len(hits) == 1, query
    return tree(site.get(hits[0].get("href")))


def test_the_front_lists_the_newest_articles(site: httpx.Client) -> None:
    page = tree(site.get("/"))
    assert len(titles(page)) == 5
    assert "5 articles" in " ".join(page.cssselect("#outcome")[0].text_content().split())
    assert page.cssselect(".hit")[-1].cssselect(".day")[0].text == "Undated"


def test_a_search_marks_its_words_and_stays_in_the_box(site: httpx.Client) -> None:
    page = tree(site.get("/?q=harbour&sort=newest"))
    assert page.cssselect("#q")[0].get("value") == "harbour"
    assert {mark.text.casefold() for mark in page.cssselect(".hit mark")} <= {"harbour", "harbours"}
    assert len(titles(page)) == 2
    assert page.cssselect(".sorts [aria-current]")[0].text == "Newest"


def test_following_a_facet_narrows_and_following_it_again_widens(site: httpx.Client) -> None:
    def source_choice(page: html.HtmlElement) -> html.HtmlElement:
        (choice,) = [one for one in page.cssselect("a.choice") if "Örnek Kurye" in one.text_content()]
        return choice

    narrowed = tree(site.get(source_choice(tree(site.get("/"))).get("href")))
    assert len(titles(narrowed)) == 2
    assert source_choice(narrowed).get("aria-current") == "true"
    assert len(titles(tree(site.get(source_choice(narrowed).get("href"))))) == 5


def test_forms_keep_the_rest_of_the_search(site: httpx.Client) -> None:
    page = tree(site.get("/?q=harbour&section=Science&from=2026-11-01"))
    forms = page.cssselect("form")
    assert forms
    for form in forms:
        fields = {field.get("name"): field.get("value") for field in form.cssselect("input")}
        assert fields["section"] == "Science"
        assert fields["q"] == "harbour"
        assert fields["from"] == "2026-11-01"


def test_pages_follow_each_other(site: httpx.Client) -> None:
    seen: list[str] = []
    address: str | None = "/?size=2"
    while address:
        page = tree(site.get(address))
        seen += titles(page)
        following = page.cssselect("a[rel=next]")
        address = following[0].get("href") if following else None
    assert len(seen) == len(set(seen)) == 5
    assert "There is no page 9" in site.get("/?page=9").text


def test_nothing_found_says_what_to_try(site: httpx.Client) -> None:
    page = tree(site.get("/?q=zeppelin&section=Science"))
    assert "Nothing matches" in page.text_content()
    assert "Search again without filters" not in page.text_content()  # it would find nothing either
    (again, *_) = tree(site.get("/?q=harbour&section=Bilim")).cssselect(".notice li:has(a)")
    assert " ".join(again.text_content().split()) == "Search again without filters: 2 articles"
    assert again[0].get("href") == "/?q=harbour"
    assert site.get("/api/v1/search?q=harbour&section=Bilim").json()["unfiltered_total"] == 2


def test_an_address_without_an_article_says_what_became_of_it(empty_newsroom: Newsroom) -> None:
    store, now = empty_newsroom.store, empty_newsroom.now
    new = NewUrl(url="https://gazette.example/waits", kind=UrlKind.ARTICLE)
    store.frontier.add([new], source_id="gazette", found_on=None, now=now)
    (row,) = store.frontier.take("gazette", 1, limit=1, now=now)
    with serving(create_app(empty_newsroom.service)) as url:

        def said(address: str) -> str:
            page = tree(httpx.get(url, params={"q": address, "source": "gazette"}, trust_env=False, timeout=60))
            return " ".join(page.cssselect(".notice")[0].text_content().split())

        assert "has never seen this address" in said("https://gazette.example/other")
        assert "newsdex saw this address on 20 Nov 2026 and has not fetched it yet." in said(new.url)
        refused = {"outcome": Outcome.ROBOTS_REFUSED, "state": UrlState.REFUSED, "next_due_at": None}
        store.saver.save([make_result(row, fetched_at=now, **refused)])
        assert "20 Nov 2026, but has no article of it: robots refused" in said("http://www.gazette.example/waits/")


def test_the_file_holds_as_many_as_the_page_counts(site: httpx.Client) -> None:
    many = {"q": "harbour tides moon crane boxes loaded"}  # by relevance fewer of them are enough than by date
    page = tree(site.get("/", params=many))
    counted = int(page.cssselect("h1 .number")[0].text)
    csv, lines = [site.get(link.get("href")).text for link in page.cssselect(".formats a")]
    assert counted > 0
    assert (len(lines.splitlines()), len(csv.splitlines())) == (counted, counted + 1)
    assert "sort=relevance" in page.cssselect(".formats a")[0].get("href")
    assert "sort" not in tree(site.get("/?q=harbour&sort=newest")).cssselect(".formats a")[0].get("href")


@pytest.mark.parametrize("address", ["/?q=harbour&size=1&page=2", "/?q=harbour&as_of=2026-11-30", "/?section=Science"])
def test_a_page_leads_to_the_same_of_the_api(site: httpx.Client, address: str) -> None:
    page = tree(site.get(address))
    (link,) = [link for link in page.cssselect("a") if link.text == "This page as JSON"]
    answer = site.get(link.get("href")).json()
    assert [hit["title"] for hit in answer["hits"]] == titles(page) != []


def test_an_empty_index_says_how_to_fill_it(empty_newsroom: Newsroom) -> None:
    with serving(create_app(empty_newsroom.service)) as url:
        assert "newsdex crawl" in httpx.get(url, trust_env=False, timeout=60).text


def test_an_article_shows_its_parts_and_its_record(site: httpx.Client) -> None:
    page = article_page(site, "title:tides language:en")
    assert page.cssselect(".kicker")[0].text_content().split() == [
        "The",
        "Sample",
        "Gazette",
        "/",
        "Science",
        "Explainer",
    ]
    assert page.cssselect("h1")[0].text == "Why harbour tides come twice a day"
    published, updated = page.cssselect(".byline time")
    assert (published.text, published.get("datetime")) == (
        "18 Nov 2026, 05:30 UTC",
        "2026-11-18T05:30:00+00:00",
    )
    assert "05:30 UTC (publisher: 08:30 UTC+03:00)" in page.cssselect(".byline")[0].text_content()
    assert updated.text == "19 Nov 2026, 09:00 UTC"
    record = page.cssselect(".record")[0].text_content()
    for fact in ("sample.warc.gz", "new article", "1 version", "https://gazette.example/why-harbour"):
        assert fact in record
    cite = page.cssselect(".cite")[0]
    assert "Science Desk" not in cite.text_content()  # a desk is nobody
    assert "“Why harbour tides come twice a day.” The Sample Gazette. 18 Nov 2026." in cite.text_content()
    assert [link.text for link in cite.cssselect("a")] == ["BibTeX", "CSL-JSON"]
    assert site.get(cite.cssselect("a")[0].get("href")).text.startswith("@misc{newsdex-")
    assert page.cssselect("img") == []
    assert "A harbour at low tide" in page.cssselect(".picture")[0].text_content()


def test_blocks_keep_their_kinds(site: httpx.Client) -> None:
    body = article_page(site, "container ship").cssselect(".body")[0]
    assert [part.tag for part in body] == ["p", "h2", "ul", "blockquote", "div"]
    assert (len(body.cssselect("li")), len(body.cssselect("table tr"))) == (2, 1)


def test_a_tag_leads_to_what_else_has_it(site: httpx.Client) -> None:
    (tag, _) = article_page(site, "title:tides language:en").cssselect(".tags a")
    assert titles(tree(site.get(tag.get("href")))) == ["Why harbour tides come twice a day"]


def test_a_page_behind_the_last_leads_back(site: httpx.Client) -> None:
    notice = tree(site.get("/?q=harbour&page=7&size=1")).cssselect(".notice")[0]
    assert "There is no page 7" in notice.text_content()
    first, last = notice.cssselect("a")
    assert len(titles(tree(site.get(first.get("href"))))) == len(titles(tree(site.get(last.get("href"))))) == 1
    assert "page=2" in last.get("href")


def test_a_hit_leads_to_its_source_where_it_alone_is_searched(site: httpx.Client) -> None:
    (source, *_) = tree(site.get("/?q=harbour&source=gazette")).cssselect(".hit .source")
    form = tree(site.get(source.get("href"))).cssselect("form.within")[0]
    asked = {field.get("name"): field.get("value", "tides") for field in form.cssselect("input")}
    assert asked == {"source": "gazette", "q": "tides"}
    assert titles(tree(site.get(form.get("action"), params=asked))) == ["Why harbour tides come twice a day"]


def test_a_language_that_is_no_code_is_named_with_its_code(site: httpx.Client) -> None:
    (told,) = tree(site.get("/?language=english")).cssselect(".warning")
    assert told.text_content().casefold() == "english is no code of a language: english is en."
    assert tree(site.get("/?language=en")).cssselect(".warning") == []


def test_a_source_that_is_none_is_named(site: httpx.Client) -> None:
    page = tree(site.get("/?q=harbour&source=gazete"))
    assert "There is no source gazete" in page.cssselect(".warning")[0].text_content()
    assert tree(site.get("/?q=harbour&source=gazette&source=Quiet")).cssselect(".warning") == []
    for named, told in (
        ('"the sample gazette"', "There is no source the sample gazette; the source with that name is gazette, and"),
        ("gazete", "There is no source gazete; these"),
    ):
        asked = tree(site.get("/", params={"q": f"harbour source:{named}"}))
        assert asked.cssselect(".warning")[0].text_content().startswith(told)
    assert tree(site.get("/", params={"q": "harbour source:gazette"})).cssselect(".warning") == []


def test_a_misspelt_field_is_named_where_it_is_read_as_words(site: httpx.Client) -> None:
    (note,) = tree(site.get("/", params={"q": "harbour autor:kaya"})).cssselect(".warning")
    told = "Read as plain words in part: at character 9: there is no field 'autor'; did you mean author?"
    assert told in note.text_content()
    for right in ('title:harbour OR "high tides"~3', "last:7d", "on:yesterday harbour"):
        assert tree(site.get("/", params={"q": right})).cssselect(".warning") == []
    (note,) = tree(site.get("/", params={"q": "filetype:pdf harbour"})).cssselect(".warning")
    assert "leave filetype:pdf out" in note.text_content()


def test_other_scripts_are_named_and_free_in_direction(site: httpx.Client) -> None:
    story_in_arabic = article_page(site, "القمر").cssselect("article.paper")[0]
    assert story_in_arabic.get("lang") == "ar"
    assert story_in_arabic.cssselect("h1")[0].get("dir") == "auto"
    assert article_page(site, "gelgit").cssselect(".byline time")[0].get("datetime") == "2026-11-17"


def test_an_earlier_version_says_so(empty_newsroom: Newsroom) -> None:
    saved = empty_newsroom.publish(story("Bridge of wood", "First.", path="bridge"))
    empty_newsroom.publish(story("Bridge of stone", "Second.", path="bridge"))
    with serving(create_app(empty_newsroom.service)) as url:
        newest = tree(httpx.get(f"{url}articles/{saved.article_id}", trust_env=False, timeout=60))
        changes, earlier = [a.get("href") for a in newest.cssselect(".versions a")]
        changed = tree(httpx.get(url.rstrip("/") + changes, trust_env=False, timeout=60))
        page = tree(httpx.get(url.rstrip("/") + earlier, trust_env=False, timeout=60))
        assert saved.article_id is not None
        first_at, second_at = [each.fetched_at for each in empty_newsroom.store.articles.versions(saved.article_id)]
        then = {"as_of": (second_at - timedelta(seconds=1)).isoformat()}
        before = {"as_of": (first_at - timedelta(seconds=1)).isoformat()}
        with httpx.Client(base_url=url, trust_env=False, timeout=60, follow_redirects=True) as site:
            at = f"/articles/{saved.article_id}"
            assert str(site.get(at, params=then).url).endswith("?version=1")
            assert site.get(f"/api/v1{at}", params=then).json()["title"] == "Bridge of wood"
            assert site.get(f"/api/v1{at}", params={"as_of": str(second_at.date())}).json()["version"] == 2
            assert site.get(at, params={"as_of": ""}).status_code == 200
            for address in (at, f"/api/v1{at}"):
                assert "known then" in site.get(address, params=before).text
            assert site.get(at, params={"as_of": "soon"}).status_code == 422
    assert newest.cssselect("h1")[0].text == "Bridge of stone"
    assert newest.cssselect(".warning") == []
    assert "What changed in version 2: headline and text" in newest.cssselect(".versions")[0].text_content()
    assert page.cssselect("h1")[0].text == "Bridge of wood"
    assert (
        "Version 1, as it stood from 20 Nov 2026, 06:10 UTC to 20 Nov 2026, 06:20 UTC"
        in page.cssselect(".warning")[0].text_content()
    )
    assert [(each.tag, each.text) for each in changed.cssselect("h1 > *")] == [("del", "wood"), ("ins", "stone")]
    assert " ".join(changed.cssselect("h1")[0].text_content().split()) == "Bridge of wood stone"
    assert [each.text for each in changed.cssselect(".changes p:not(.legend) ins")] == ["Second."]


def test_an_edited_hit_leads_to_what_changed(empty_newsroom: Newsroom) -> None:
    stated: dict[str, Any] = {"path": "bridge", "modified_at": START}
    empty_newsroom.publish(story("Bridge of wood", "First.", **stated))
    empty_newsroom.publish(story("Bridge of stone", "Second.", **stated))
    empty_newsroom.publish(story("Bridge of iron", "Third.", path="iron"))
    empty_newsroom.settle()
    with serving(create_app(empty_newsroom.service)) as url:
        page = tree(httpx.get(f"{url}?q=bridge&sort=oldest", trust_env=False, timeout=60))
        hits = httpx.get(f"{url}api/v1/search?q=bridge&sort=oldest", trust_env=False, timeout=60).json()["hits"]
        (line,) = page.cssselect(".hit .fine")
        changes = tree(httpx.get(url.rstrip("/") + line[0].get("href"), trust_env=False, timeout=60))
    assert line.text_content().startswith("Edited silently: headline and text of Bridge of stone · ")
    assert [each.text for each in changes.cssselect("h1 > *")] == ["wood", "stone"]
    assert sorted(tuple(hit["changed"]) for hit in hits) == [(), ("title", "text", "silent")]
    assert all(hit["fetched_at"] for hit in hits)


def test_hostile_text_never_becomes_markup(empty_newsroom: Newsroom) -> None:
    attack = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>"
    saved = empty_newsroom.publish(
        story(
            f"Tides {attack}",
            f"Tides {attack}",
            path="hostile",
            dek=attack,
            kicker=attack,
            authors=(attack,),
            people=(attack,),
            agencies=(attack,),
            section=attack,
            tags=(attack,),
            source_line=attack,
            language='en"><script>',
            published_zone=attack,
            image=Image(url="java\tscript:alert(1)", caption=attack, credit=attack),
        )
    )
    empty_newsroom.settle()
    with serving(create_app(empty_newsroom.service)) as url:
        for path in ("", "?q=tides", f"?q={attack}", f"?section={attack}", f"articles/{saved.article_id}"):
            page = tree(httpx.get(url + path, trust_env=False, timeout=60))
            scripts = {script.get("src", "").split("?")[0] for script in page.cssselect("script")}
            assert scripts <= {"/static/focus.js", "/static/suggest.js", "/static/timeline.js"}, path
            assert page.cssselect("img, iframe, [onerror], [style]") == [], path
            targets = [link.get("href") for link in page.cssselect("a[href]")]
            assert [target for target in targets if not target.startswith(("/", "#", "https://"))] == [], path
    assert page.cssselect(".picture a") == []


def test_the_site_itself_is_no_author(empty_newsroom: Newsroom) -> None:
    names = {"authors": ("Jane Doe", "AFP", "The Gazette"), "people": ("Jane Doe",), "agencies": ("AFP",)}
    saved = empty_newsroom.publish(story("Tides", "The tides rise.", path="signed", **names))
    with serving(create_app(empty_newsroom.service)) as url:
        page = tree(httpx.get(f"{url}articles/{saved.article_id}", trust_env=False, timeout=60))
    (names_line,) = page.cssselect(".names")
    assert names_line.text_content() == "By Jane Doe, AFP"
    links = [link.get("href") for link in names_line.cssselect("a")]
    assert links == ["/?author=Jane+Doe", "/?agency=AFP"]


def test_whoever_is_searched_for_by_name_is_found_in_bylines_too(empty_newsroom: Newsroom) -> None:
    empty_newsroom.publish(story("A bridge opens", "It leads over the river.", authors=("Ayşe Kaya",)))
    empty_newsroom.publish(story("A bridge closes", "It led over the river.", authors=("Zoë Roe", "Ayşe Kaya")))
    empty_newsroom.publish(story("A prize for Zoë Roe", "The writer took it home."))
    empty_newsroom.settle()
    with serving(create_app(empty_newsroom.service)) as url, httpx.Client(base_url=url) as site:
        nothing_else = tree(site.get("/?q=ayse kaya")).cssselect(".spelling a")[0]
        assert len(titles(tree(site.get(nothing_else.get("href"))))) == 2
        beside = tree(site.get('/?q="Zoe Roe"')).cssselect(".byline-hint")[0]
        assert " ".join(beside.text_content().split()) == "See also 1 article by Zoe Roe"
        assert titles(tree(site.get(beside[0].get("href")))) == ["A bridge closes"]
        assert tree(site.get("/?q=bridge opens")).cssselect(".byline-hint") == []


def test_where_nothing_matches_the_closest_articles_are_listed_and_not_counted(empty_newsroom: Newsroom) -> None:
    empty_newsroom.publish(story("A bridge opens", "It leads over the river.", authors=("Ayşe Kaya",)))
    empty_newsroom.publish(story("A tunnel closes", "It led under the river.", path="tunnel"))
    empty_newsroom.settle()
    service = empty_newsroom.service
    with serving(create_app(service)) as url, httpx.Client(base_url=url) as site:
        page = tree(site.get("/?q=kaya bridge"))
        narrowed = tree(site.get("/?q=river&source=kurye"))
        answer = site.get("/api/v1/search?q=river ferry").json()
        misspelt = site.get("/api/v1/search?q=tunel ferry xyz").json()
    assert titles(page) == ["A bridge opens"]
    assert "0 articles" in page.cssselect("#outcome")[0].text_content()
    assert page.cssselect(".nearest")
    assert titles(narrowed) == []
    assert (answer["total"], answer["hits"], len(answer["nearest"])) == (0, [], 2)
    assert answer["unknown_words"] == ["ferry"]
    assert [hit["title"] for hit in misspelt["nearest"]] == ["A tunnel closes"]


def test_a_hit_says_who_wrote_it(empty_newsroom: Newsroom) -> None:
    for count in (0, 1, 4, 6):
        names = tuple(f"Jane {letter}." for letter in "ABCDEF"[:count])
        empty_newsroom.publish(story(f"Tides {count}", "They rise.", authors=(*names, "The Gazette"), people=names))
    empty_newsroom.settle()
    with serving(create_app(empty_newsroom.service)) as url:
        page = tree(httpx.get(f"{url}?sort=oldest", trust_env=False, timeout=60))
    assert [each.text_content() for each in page.cssselect(".hit .names")] == [
        "By Jane A.",
        "By Jane A., Jane B., Jane C., Jane D.",
        "By Jane A., Jane B., Jane C. and 3 others",
    ]


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/?page=1000000000", 404, "the first 10,000 hits only"),
        ("/?from=soon", 422, "is not a day"),
        ("/?sort=best", 422, "sort has to be 'relevance', 'newest', 'oldest', 'blend' or 'edited'"),
        ("/?q=" + "a" * 513, 400, "at most 512"),
        ("/articles/none", 404, "There is nothing here"),
        ("/articles/none?version=x", 422, "version"),
        ("/no/such/page", 404, "There is nothing here"),
    ],
)
def test_errors_are_pages_too(site: httpx.Client, address: str, status: int, words: str) -> None:
    answer = site.get(address)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert words in tree(answer).text_content()


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("/?from=soon", "This search cannot be read"),
        ("/?q=" + "a" * 513, "This search cannot be read"),
        ("/articles/none?version=x", "This address cannot be read"),
    ],
)
def test_what_cannot_be_read_is_named(site: httpx.Client, address: str, heading: str) -> None:
    assert tree(site.get(address)).cssselect("h1")[0].text == heading


@pytest.mark.parametrize(
    "address", ["/", "/no/such/page", "/api/v1/search", "/static/style.css", "/api/v1/search?page=x"]
)
def test_every_answer_carries_the_security_headers(site: httpx.Client, address: str) -> None:
    headers = site.get(address).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_links_out_tell_the_publisher_nothing(site: httpx.Client) -> None:
    page = article_page(site, "title:tides language:en")
    out = page.cssselect("a[href^=http]")
    assert len(out) >= 3
    assert {link.get("rel") for link in out} == {"noopener noreferrer"}


def test_static_files_are_kept_by_browsers_and_named_by_content(site: httpx.Client) -> None:
    page = tree(site.get("/"))
    address = page.cssselect("link[rel=stylesheet]")[0].get("href")
    answer = site.get(address)
    assert answer.headers["content-type"].startswith("text/css")
    assert "immutable" in answer.headers["cache-control"]
    assert "?v=" in address
    assert site.get("/favicon.ico").headers["content-type"] == "image/svg+xml"
    assert site.get("/static/../app.py").status_code == 404


def test_head_is_answered_like_get(site: httpx.Client) -> None:
    answer = site.head("/")
    assert (answer.status_code, answer.content) == (200, b"")


def test_a_source_has_a_page_of_what_it_publishes(site: httpx.Client) -> None:
    listed = tree(site.get("/sources")).cssselect(".sources tbody tr")
    names = [row.cssselect("a")[0].text_content() for row in listed]
    assert names == ["Quiet Source", "The Sample Gazette", "Örnek Kurye"]
    page = tree(site.get(listed[1].cssselect("a")[0].get("href")))
    assert page.cssselect("h1")[0].text_content().strip() == "The Sample Gazette"
    assert len(titles(page)) == 3
    (science,) = [each for each in page.cssselect(".value") if each.cssselect("bdi")[0].text == "Science"]
    assert titles(tree(site.get(science.get("href")))) == ["Why harbour tides come twice a day"]
    assert len(titles(tree(site.get(page.cssselect(".all a")[0].get("href"))))) == 3
    quiet = tree(site.get("/sources/quiet"))
    assert "newsdex crawl quiet" in quiet.cssselect(".notice")[0].text_content()
    unknown = site.get("/sources/nobody")
    assert (unknown.status_code, tree(unknown).cssselect("h1")[0].text) == (404, "There is nothing here")


def test_the_part_of_the_page_that_is_open_is_marked(site: httpx.Client) -> None:
    for address, marked in (("/", []), ("/sources", ["Sources"]), ("/sources/gazette", ["Sources"])):
        links = tree(site.get(address)).cssselect("nav.pages a[aria-current]")
        assert [link.text for link in links] == marked, address


def test_text_from_right_to_left_stands_at_the_right(site: httpx.Client) -> None:
    page = article_page(site, "lang:ar")
    assert page.cssselect("article.paper")[0].get("dir") == "rtl"
    assert page.cssselect(".byline")[0].get("dir") == "ltr"
    assert article_page(site, "title:containers").cssselect("article.paper")[0].get("dir") == "ltr"


def test_a_search_that_cannot_be_read_can_be_begun_again(site: httpx.Client) -> None:
    answer = site.get("/?q=harbour&page=900")
    assert answer.status_code == 404
    (again,) = [link for link in tree(answer).cssselect(".notice a") if "harbour" in link.text_content()]
    assert len(titles(tree(site.get(again.get("href"))))) == 2


def test_words_that_are_refused_are_not_offered_again(site: httpx.Client) -> None:
    page = tree(site.get("/?q=" + "a" * 513))
    assert [link.get("href") for link in page.cssselect(".notice a")] == ["/"]


@pytest.mark.parametrize("numbers", ["page=0", "page=-3", "page=one", "size=0", "size=x", "size=1000"])
def test_a_number_out_of_range_is_the_nearest_and_what_is_none_counts_for_nothing(
    site: httpx.Client, numbers: str
) -> None:
    shown = titles(tree(site.get(f"/?q=harbour&{numbers}")))
    assert shown == titles(tree(site.get("/?q=harbour")))[: 1 if numbers == "size=0" else None]
    assert shown
    assert site.get(f"/api/v1/search?{numbers}").status_code == 422


def test_dates_that_exclude_everything_say_so(site: httpx.Client) -> None:
    page = tree(site.get("/?from=2026-11-24&to=2026-11-01"))
    assert titles(page) == []
    assert "they end before they begin" in page.cssselect(".notice")[0].text_content()
