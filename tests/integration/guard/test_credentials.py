"""A source's credentials reach its own servers, and nothing else: no redirect's target, no log, no file."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import pytest

from crawler.fetching.credentials import SecretMissing, secret_header
from news.source import Credentials, Source
from tests.support.publisher import Item, Publisher

ROOT = Path(__file__).parents[3]
SECRET = "correct-horse-battery"
PROSE = ["The ferry left the harbour at dawn with forty passengers, the operator said, and reached the island."] * 6


def crawl(
    home: Path, publisher: Publisher, credentials: dict[str, Any], *also: str
) -> subprocess.CompletedProcess[str]:
    (home / "sources").mkdir()
    source = {
        "name": "Gazette",
        "home_url": f"{publisher.url}/",
        "feeds": [f"{publisher.url}/feed.xml"],
        "hosts": [publisher.host, *also],
        "crawl": {"delay_seconds": 0},
        "credentials": credentials,
    }
    (home / "sources/gazette.yaml").write_text(json.dumps(source), encoding="utf-8")
    settings = {
        "data_dir": "data",
        "sources_dir": "sources",
        "crawl": {"allow_private_networks": True},
        "log": {"level": "debug"},
    }
    (home / "newsdex.yaml").write_text(json.dumps(settings), encoding="utf-8")
    clean = {name: value for name, value in os.environ.items() if not name.startswith("NEWSDEX_")}
    return subprocess.run(
        [sys.executable, "-m", "cli", "crawl", "gazette", "--json"],
        cwd=home,
        env={**clean, "HOME": str(home), "PYTHONPATH": str(ROOT), "GAZETTE_KEY": SECRET},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def unpacked(file: Path) -> bytes:
    """The bytes of a file, those of compressed archive members too."""
    body = file.read_bytes()
    try:
        return body + (gzip.decompress(body) if body.startswith(b"\x1f\x8b") else b"")
    except (OSError, EOFError, zlib.error):
        return body


def test_a_secret_is_shown_to_the_source_alone(
    publisher: Publisher, other_publisher: Publisher, tmp_path: Path
) -> None:
    elsewhere = other_publisher.article("/world/ferry-sinks-2", "Ferry sinks", PROSE)
    here = publisher.article("/world/ferry-leaves-1", "Ferry leaves", PROSE)
    led_away = publisher.redirect("/world/ferry-moves-3", elsewhere)
    publisher.feed("/feed.xml", [Item(link=here, title="Ferry leaves"), Item(link=led_away, title="Ferry sinks")])

    done = crawl(tmp_path, publisher, {"from_env": "GAZETTE_KEY", "header": "X-Api-Key"}, other_publisher.host)

    assert done.returncode == 0, done.stderr
    shown = {request.target: request.headers.get("x-api-key") for request in publisher.requests}
    assert shown == dict.fromkeys(["/robots.txt", "/feed.xml", "/world/ferry-leaves-1", "/world/ferry-moves-3"], SECRET)
    assert {request.target for request in other_publisher.requests} >= {"/robots.txt", "/world/ferry-sinks-2"}
    assert not any("x-api-key" in request.headers for request in other_publisher.requests)
    assert SECRET not in done.stdout + done.stderr
    files = [file for file in (tmp_path / "data").rglob("*") if file.is_file()]
    assert any(b"ferry-leaves" in unpacked(file) for file in files)
    assert [file.name for file in files if SECRET.encode() in unpacked(file)] == []


def test_a_secret_that_is_missing_ends_the_crawl_before_a_request(publisher: Publisher, tmp_path: Path) -> None:
    done = crawl(tmp_path, publisher, {"from_env": "GAZETTE_OTHER_KEY"})
    assert done.returncode != 0
    assert "variable GAZETTE_OTHER_KEY is empty" in done.stderr
    assert "Traceback" not in done.stderr
    assert publisher.accepted_count == 0


def source(**credentials: Any) -> Source:
    known = Credentials(**credentials)
    return Source(id="gazette", name="G", home_url="https://gazette.example/", hosts=("a.example",), credentials=known)


def test_user_and_password_are_sent_as_basic_to_one_scheme_host_and_port(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("Aladdin:open sesame\n", encoding="utf-8")
    header = secret_header(source(from_file=str(tmp_path / "secret"), is_basic=True), {})
    assert header is not None
    assert header.for_url("https://gazette.example/a") == b"Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="  # RFC 7617, section 2
    for other in ("http://gazette.example/", "https://gazette.example:8443/", "https://a.example/"):
        assert header.for_url(other) is None
    assert "QWxhZGRpbjpvcGVu" not in repr(header)


@pytest.mark.parametrize("value", ["", "  \n", "a\nb", "x" * 9000, "a\x00b"])
def test_what_is_no_header_is_refused(value: str) -> None:
    with pytest.raises(SecretMissing) as refused:
        secret_header(source(from_env="KEY"), {"KEY": value})
    assert "KEY" in str(refused.value)
    assert value.strip()[:3] not in str(refused.value) or not value.strip()
