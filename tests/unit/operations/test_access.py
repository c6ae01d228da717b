"""Who may do what, decided from a request's method, path and headers."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from news.errors import ConfigError
from news.keys import KeyView, Scope, make_key
from search.web.access import Access, Asked, Refusal, admit_initial_key, check_bind, is_loopback, open_access

NOW = datetime(2026, 11, 24, tzinfo=UTC)
WRITE = "/api/v1/requests"


class Kept:
    """Keys in memory."""

    def __init__(self, **scopes: Scope) -> None:
        self.scopes = dict(scopes)
        self.admitted: list[str] = []

    def check(self, written: str, *, now: datetime) -> KeyView | None:
        scope = self.scopes.get(written)
        if scope is None:
            return None
        return KeyView(id=written, name="", scope=scope, created_at=now, last_used_at=None, revoked_at=None)

    def admit(self, name: str, scope: Scope, written: str, *, now: datetime) -> bool:
        if not written.startswith("ndx_"):
            raise ValueError(written)
        self.admitted.append(written)
        return True

    def in_force(self) -> bool:
        return bool(self.scopes or self.admitted)


KEYS = Kept(reader=Scope.READ, operator=Scope.OPERATE, admin=Scope.ADMIN)


def decided(method: str, path: str, *, open_reads: bool = False, **headers: str) -> int | str | None:
    """The status of a refusal, or the id of the key that was used."""
    named = {name.replace("_", "-"): value for name, value in {"host": "news.example", **headers}.items()}
    access = Access(KEYS, open_reads=open_reads, clock=lambda: NOW)
    found = access.decide(Asked(method=method, path=path, headers=named))
    if isinstance(found, Refusal):
        assert "operator" not in found.detail  # no key is repeated
        return found.status
    return found.id if found else None


@pytest.mark.parametrize("path", ["/", "/status", "/api/v1/search", "/metrics", "/api/v1/openapi.json", "/nowhere"])
def test_reading_needs_a_key_unless_reads_are_open(path: str) -> None:
    assert decided("GET", path) == 401
    assert decided("GET", path, authorization="Bearer wrong") == 401
    assert decided("GET", path, authorization="Bearer reader") == "reader"
    assert decided("GET", path, cookie="a=b; newsdex_key=reader") == "reader"
    assert decided("GET", path, open_reads=True) is None


@pytest.mark.parametrize(
    "path", ["/healthz", "/readyz", "/static/style.css", "/login", "/favicon.ico", "/openapi.json"]
)
def test_probes_and_the_login_page_are_open(path: str) -> None:
    assert decided("GET", path) is None


def test_names_that_only_begin_like_open_ones_are_not() -> None:
    assert decided("GET", "/loginx") == 401
    assert decided("GET", "/static") == 401


def test_a_wrong_key_is_told_even_where_none_is_needed_but_an_old_cookie_is_not() -> None:
    assert decided("GET", "/", open_reads=True, authorization="Bearer wrong") == 401
    assert decided("GET", "/", open_reads=True, cookie="newsdex_key=wrong") is None


@pytest.mark.parametrize("open_reads", [True, False])
def test_writing_needs_a_key_that_may(open_reads: bool) -> None:
    assert decided("POST", WRITE, open_reads=open_reads) == 401
    assert decided("POST", WRITE, open_reads=open_reads, authorization="Bearer wrong") == 401
    assert decided("POST", WRITE, open_reads=open_reads, authorization="Bearer reader") == 403
    assert decided("POST", WRITE, open_reads=open_reads, authorization="Bearer operator") == "operator"
    assert decided("DELETE", "/api/v1/pauses/*", open_reads=open_reads, authorization="bearer admin") == "admin"
    assert decided("POST", WRITE, open_reads=open_reads, authorization="Basic operator") == 401


def test_the_pages_cookie_does_not_write_to_the_api() -> None:
    assert decided("POST", WRITE, cookie="newsdex_key=operator") == 401


@pytest.mark.parametrize(
    "given", ["application/x-www-form-urlencoded", "text/plain; charset=utf-8", "multipart/form-data"]
)
def test_what_a_form_of_any_site_can_send_is_refused_by_the_api(given: str) -> None:
    assert decided("POST", WRITE, authorization="Bearer operator", content_type=given) == 403


def test_a_body_of_the_api_is_json() -> None:
    key: dict[str, Any] = {"authorization": "Bearer operator", "content_length": "2"}
    assert decided("POST", WRITE, **key, content_type="application/json") == "operator"
    assert decided("POST", WRITE, **key, content_type="application/xml") == 415
    assert decided("POST", WRITE, **key) == 415


@pytest.mark.parametrize(
    ("headers", "refused"),
    [
        ({"origin": "https://evil.example"}, True),
        ({"origin": "null"}, True),
        ({"sec_fetch_site": "cross-site"}, True),
        ({"sec_fetch_site": "same-site", "origin": "https://news.example"}, True),
        ({"origin": "https://news.example:444"}, True),
        ({"origin": "https://news.example"}, False),
        ({"origin": "null", "sec_fetch_site": "same-origin"}, False),
        ({"sec_fetch_site": "same-origin"}, False),
    ],
)
def test_pages_of_other_sites_write_nothing(headers: dict[str, Any], refused: bool) -> None:
    api = decided("POST", WRITE, authorization="Bearer operator", **headers)
    page = decided("POST", "/status/pause", cookie="newsdex_key=operator", **headers)
    login = decided("POST", "/login", **headers)
    assert (api, page, login) == ((403, 403, 403) if refused else ("operator", "operator", None))


def test_a_program_need_not_say_where_it_is_and_a_form_must() -> None:
    assert decided("POST", WRITE, authorization="Bearer operator") == "operator"
    assert decided("POST", "/status/pause", cookie="newsdex_key=operator") == 403


def test_every_address_of_this_machine_alone_is_loopback() -> None:
    assert all(is_loopback(host) for host in ("127.0.0.1", "127.8.9.1", "::1", "[::1]", "localhost"))
    assert not any(is_loopback(host) for host in ("0.0.0.0", "::", "192.168.1.4", "news.example", ""))


def test_a_public_bind_without_a_key_is_refused_in_one_line() -> None:
    check_bind("127.0.0.1", keys_in_force=False)
    check_bind("0.0.0.0", keys_in_force=True)
    with pytest.raises(ConfigError, match=r"^0\.0\.0\.0 can be reached .*`newsdex keys create NAME --scope admin`.*$"):
        check_bind("0.0.0.0", keys_in_force=False)


def test_the_first_key_comes_from_a_file(tmp_path: Path) -> None:
    file, written = tmp_path / "key", make_key()[1]
    file.write_text(f"{written}\n", encoding="ascii")
    keys = Kept()
    access = open_access(keys, host="0.0.0.0", open_reads=False, initial_key_file=file, clock=lambda: NOW)
    assert (keys.admitted, access.open_reads) == ([written], False)
    assert open_access(Kept(), host="::1", open_reads=False, initial_key_file=None, clock=lambda: NOW).open_reads


def test_a_file_without_a_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"web\.initial_key_file .* cannot be read"):
        admit_initial_key(tmp_path / "none", Kept(), now=NOW)
    (tmp_path / "key").write_text("hunter2", encoding="utf-8")
    with pytest.raises(ConfigError, match="holds no key; write the output of `newsdex keys generate`") as refused:
        admit_initial_key(tmp_path / "key", Kept(), now=NOW)
    assert "hunter2" not in str(refused.value)
