"""What a rendered page may ask for, and what it is asked with."""

from __future__ import annotations

import pytest

from crawler.browser.page_parts import PartRequest, asked_headers, given_headers, refusal, stand_in

PAGE = "https://www.paper.org/world/1"


def why(url: str, *, method: str = "GET", kind: str = "fetch", hosts: tuple[str, ...] = ()) -> str | None:
    return refusal(PartRequest(url=url, method=method, kind=kind), page_url=PAGE, hosts=hosts)


@pytest.mark.parametrize("kind", ["script", "fetch", "xhr"])
@pytest.mark.parametrize("host", ["www.paper.org", "paper.org", "api.paper.org", "cdn.example.net"])
def test_scripts_and_data_of_the_site_and_of_named_hosts_are_asked_for(kind: str, host: str) -> None:
    assert why(f"https://{host}/x", kind=kind, hosts=("cdn.example.net",)) is None


@pytest.mark.parametrize("host", ["tracker.example.net", "paper.org.example.net", "127.0.0.1", "localhost"])
def test_other_sites_are_not_asked_for_parts(host: str) -> None:
    assert why(f"https://{host}/x") == f"{host} is another site; name it in render_hosts if pages need it"


@pytest.mark.parametrize("kind", ["document", "media", "font", "ping", "websocket", "eventsource", "manifest", "other"])
def test_what_makes_no_text_is_not_asked_for(kind: str) -> None:
    assert why("https://www.paper.org/x", kind=kind) == f"a {kind} is not needed for text"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "HEAD"])
def test_only_get_is_asked(method: str) -> None:
    assert why("https://www.paper.org/x", method=method) == f"{method} may change something; only GET is asked"


def test_looks_have_stand_ins_and_scripts_none() -> None:
    style, image = stand_in("stylesheet"), stand_in("image")
    assert style is not None
    assert image is not None
    assert (style.body, image.body[:3]) == (b"", b"GIF")
    assert stand_in("script") is None


def test_a_part_is_asked_with_the_keys_of_its_script_and_nothing_of_the_browsers() -> None:
    told = {
        "Accept": "application/json",
        "Cookie": "a=b",
        "Host": "elsewhere",
        "If-None-Match": '"1"',
        "Origin": "https://www.paper.org",
        "Referer": PAGE,
        "sec-ch-ua": "Chromium",
        "User-Agent": "Chromium",
        "X-Api-Key": "public",
    }
    asked = asked_headers(PartRequest(url=PAGE, method="GET", kind="fetch", headers=told))
    assert asked == {"Accept": "application/json", "Origin": "https://www.paper.org", "X-Api-Key": "public"}


def test_the_browser_is_told_neither_cookies_nor_what_to_fetch_next() -> None:
    headers = {
        "Access-Control-Allow-Origin": "*",
        "Content-Encoding": "gzip",
        "Content-Type": "text/javascript",
        "Link": "<https://other.example/>; rel=preload",
        "Set-Cookie": "a=b",
    }
    assert given_headers(headers) == {"Access-Control-Allow-Origin": "*", "Content-Type": "text/javascript"}
