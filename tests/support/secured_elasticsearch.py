"""A real Elasticsearch as operators secure it: behind TLS with a certificate of its own, answering one API key.

The node that tests start has no security. The words of its refusals are the server's (8.19, "security_exception").
"""

from __future__ import annotations

import http.client
import json
import ssl
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.support.serving import serving
from tests.support.tls import certificate_for

KEY = "bmV3c2RleC10ZXN0Om5vdC1hLXNlY3JldA=="
FORWARDED = ("Content-Type", "Accept")
UPSTREAM_SECONDS = 600


@dataclass
class SecuredElasticsearch:
    """What it was asked, and what its key may do."""

    upstream: str  # host:port
    ca_file: Path
    url: str = ""
    may_write: bool = True
    asked_with: list[str | None] = field(default_factory=list)  # the credentials of each request


@pytest.fixture
def secured_elasticsearch(elasticsearch_url: str, tmp_path: Path) -> Iterator[SecuredElasticsearch]:
    """In front of the test server."""
    certificate = certificate_for("localhost", tmp_path)
    with _served(SecuredElasticsearch(urlsplit(elasticsearch_url).netloc, certificate)) as secured:
        yield secured


@contextmanager
def _served(secured: SecuredElasticsearch) -> Iterator[SecuredElasticsearch]:
    class Handler(_Handler):
        about = secured

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(secured.ca_file)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    secured.url = f"https://localhost:{server.server_address[1]}"
    with serving(server):
        yield secured


class _Handler(BaseHTTPRequestHandler):
    about: SecuredElasticsearch

    def log_message(self, *_: object) -> None:
        """Quiet."""

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.about.asked_with.append(self.headers["Authorization"])
        if self.headers["Authorization"] != f"ApiKey {KEY}":
            self._send(401, _refusal(401, "unable to authenticate with provided credentials"))
        elif not self.about.may_write and "/_bulk" in self.path:
            ids = [json.loads(line)["index"]["_id"] for line in body.splitlines()[::2]]
            self._send(200, {"errors": True, "items": [{"index": {"_id": id} | _denied()} for id in ids]})
        elif not self.about.may_write and self.command in {"PUT", "DELETE"}:
            self._send(403, _denied())
        else:
            self._forward(body)

    def _forward(self, body: bytes) -> None:
        headers = {name: self.headers[name] for name in FORWARDED if name in self.headers}
        with closing(http.client.HTTPConnection(self.about.upstream, timeout=UPSTREAM_SECONDS)) as upstream:
            upstream.request(self.command, self.path, body or None, headers)
            answer = upstream.getresponse()
            self._send(answer.status, answer.read(), answer.headers.get("Content-Type", ""))

    def _send(self, status: int, body: bytes | Mapping[str, Any], content_type: str = "application/json") -> None:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("X-Elastic-Product", "Elasticsearch")
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = _answer


def _refusal(status: int, reason: str) -> dict[str, Any]:
    cause = {"type": "security_exception", "reason": reason}
    return {"error": {"root_cause": [cause], **cause}, "status": status}


def _denied() -> dict[str, Any]:
    return _refusal(403, "action [indices:data/write/bulk] is unauthorized for API key id [newsdex-test]")
