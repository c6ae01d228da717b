"""The one-shot set-up scripts, run by bash and curl against a server that answers as a test says."""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.support.needs import need_program
from tests.support.serving import serving

ROOT = Path(__file__).resolve().parents[3]
PASSWORD = "0123456789abcdef"


@pytest.fixture(autouse=True)
def _curl() -> None:
    need_program("curl", package="curl")


class Server(ThreadingHTTPServer):
    """Records what is asked and answers each path as told; 200 and {} otherwise."""

    daemon_threads = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[tuple[str, str, bytes, str]] = []  # method, target, body, authorization
        self.answers: dict[str, tuple[int, bytes]] = {}
        self.url = f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.asked.append((self.command, self.path, body, self.headers.get("Authorization", "")))
        status, answer = self.server.answers.get(self.path, (200, b"{}"))
        self.send_response(status)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_POST = do_PUT = _answer

    def log_message(self, format: str, *args: Any) -> None:
        """Requests are not written to the terminal."""


@pytest.fixture
def server() -> Iterator[Server]:
    """A running server."""
    with serving(Server()) as found:
        yield found


def run(script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    given = {"PATH": "/usr/bin:/bin", "ELASTIC_PASSWORD": PASSWORD, **environment}
    command = ["bash", str(ROOT / "deploy" / script)]
    return subprocess.run(command, env=given, capture_output=True, text=True, check=False)


def setup(server: Server, **more: str) -> subprocess.CompletedProcess[str]:
    passwords = {"KIBANA_PASSWORD": "kibana-pass-1", "NEWSDEX_ELASTIC_PASSWORD": "newsdex-pass-1", **more}
    return run("elasticsearch-setup.sh", ELASTICSEARCH_URL=server.url, **passwords)


def test_users_get_their_passwords_and_newsdex_its_own_indices_only(server: Server) -> None:
    done = setup(server)
    assert done.returncode == 0, done.stderr
    asked = {(method, path): json.loads(body) for method, path, body, _ in server.asked}
    assert asked["POST", "/_security/user/kibana_system/_password"] == {"password": "kibana-pass-1"}
    assert asked["PUT", "/_security/user/newsdex"] == {"password": "newsdex-pass-1", "roles": ["newsdex"]}
    role = asked["PUT", "/_security/role/newsdex"]
    assert role["indices"] == [{"names": ["newsdex-*"], "privileges": ["all"]}]
    assert role["cluster"] == ["monitor"]
    wanted = "Basic " + base64.b64encode(f"elastic:{PASSWORD}".encode()).decode()
    assert {authorization for *_, authorization in server.asked} == {wanted}


def test_refusal_of_elasticsearch_ends_it_with_the_reason(server: Server) -> None:
    server.answers["/_security/role/newsdex"] = (403, b'{"error": "no right"}')
    done = setup(server)
    assert done.returncode == 1
    assert 'PUT /_security/role/newsdex answered 403: {"error": "no right"}' in done.stderr
    assert PASSWORD not in done.stdout + done.stderr


@pytest.mark.parametrize("password", ["", "short", 'a"b-cdefgh', "with space 1"])
def test_password_that_would_break_the_request_is_refused_before_anything_is_asked(
    server: Server, password: str
) -> None:
    done = setup(server, KIBANA_PASSWORD=password)
    assert done.returncode == 2
    assert "KIBANA_PASSWORD takes six or more" in done.stderr
    assert server.asked == []


def kibana(server: Server) -> subprocess.CompletedProcess[str]:
    objects = str(ROOT / "config" / "kibana" / "newsdex.ndjson")
    return run("kibana-setup.sh", KIBANA_URL=server.url, SAVED_OBJECTS=objects)


IMPORT = "/api/saved_objects/_import?overwrite=true"


def test_saved_objects_are_uploaded(server: Server) -> None:
    server.answers[IMPORT] = (200, b'{"successCount":7,"success":true}')
    done = kibana(server)
    assert done.returncode == 0, done.stderr
    ((method, path, body, _),) = server.asked
    assert (method, path) == ("POST", IMPORT)
    assert (ROOT / "config" / "kibana" / "newsdex.ndjson").read_bytes() in body
    assert b'filename="newsdex.ndjson"' in body


@pytest.mark.parametrize(
    "answer", [(200, b'{"success":false,"errors":[{"id":"newsdex-coverage"}]}'), (401, b'{"message":"no"}'), (503, b"")]
)
def test_import_that_fails_ends_with_the_reason(server: Server, answer: tuple[int, bytes]) -> None:
    server.answers[IMPORT] = answer
    done = kibana(server)
    assert done.returncode == 1
    assert f"answered {answer[0]}: {answer[1].decode()}" in done.stderr
