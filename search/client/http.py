"""The client's HTTP transport: sends the key, waits when told to, and turns problems into errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

import urllib3
from pydantic import BaseModel

from news.errors import one_line
from search.client.errors import Unreachable, error_of

RETRIED = (429, 503)  # answers that say when to retry
MAX_WAIT_SECONDS = 120  # longest Retry-After that is obeyed; a choice: what a person running a script can bear
BACKOFF_SECONDS = 0.5  # first wait when no Retry-After is given; it doubles
CHUNK_BYTES = 1 << 16

Answer = TypeVar("Answer", bound=BaseModel)


class Transport:
    """Requests to one server over persistent connections. Safe to call from several threads."""

    def __init__(self, url: str, key: str | None, *, timeout_seconds: float, retries: int) -> None:
        self.url = url.rstrip("/")
        retry = urllib3.Retry(
            total=None,
            connect=0,
            read=0,
            redirect=0,
            other=0,
            status=retries,
            status_forcelist=RETRIED,
            allowed_methods=None,  # writes too: repeating one returns the same open request
            backoff_factor=BACKOFF_SECONDS,
            backoff_max=MAX_WAIT_SECONDS,
            retry_after_max=MAX_WAIT_SECONDS,
            raise_on_status=False,
        )
        headers = {"Accept": "application/json, application/problem+json", "User-Agent": "newsdex-client"}
        if key:
            headers["Authorization"] = f"Bearer {key}"
        timeout = urllib3.Timeout(total=None, connect=timeout_seconds, read=timeout_seconds)
        self._pool = urllib3.PoolManager(headers=headers, timeout=timeout, retries=retry)

    def get(self, model: type[Answer], path: str, *, waits: bool = True) -> Answer:
        """The answer at this path; retries as the server asks unless `waits` is off. Raises ClientError."""
        return model.model_validate_json(self._ask("GET", path, waits=waits))

    def text(self, path: str) -> str:
        """The raw text of the answer at this path. Raises ClientError."""
        return self._ask("GET", path).decode()

    def post(self, model: type[Answer], path: str, body: BaseModel | None = None) -> Answer:
        """The answer to a body. Raises ClientError."""
        sent = body.model_dump_json(exclude_defaults=True, by_alias=True).encode() if body is not None else None
        return model.model_validate_json(self._ask("POST", path, sent))

    def delete(self, path: str) -> None:
        """Delete what is at this path. Raises ClientError."""
        self._ask("DELETE", path)

    def lines(self, path: str) -> Iterator[bytes]:
        """The lines of a stream as they arrive. Raises ClientError, also when the stream is cut off."""
        with self._asking("GET", path, None, preload=False) as response:
            rest = b""
            try:
                for part in response.stream(CHUNK_BYTES):
                    *whole, rest = (rest + part).split(b"\n")
                    yield from whole
                if rest:
                    yield rest
            finally:
                response.close()

    def events(self, path: str) -> Iterator[tuple[str, str]]:
        """Server-sent events as (name, data) until the server ends the stream. Raises ClientError."""
        name = ""
        for line in self.lines(path):  # events of this API have one line of data (WHATWG HTML, section 9.2.6)
            field, _, value = line.decode().partition(": ")
            if field == "event":
                name = value
            elif field == "data":
                yield name, value

    def close(self) -> None:
        """Close the connections."""
        self._pool.clear()

    def _ask(self, method: str, path: str, body: bytes | None = None, *, waits: bool = True) -> bytes:
        with self._asking(method, path, body, preload=True, waits=waits) as response:
            return response.data

    @contextmanager
    def _asking(
        self, method: str, path: str, body: bytes | None, *, preload: bool, waits: bool = True
    ) -> Iterator[urllib3.BaseHTTPResponse]:
        headers = {**self._pool.headers, "Content-Type": "application/json"} if body is not None else None
        try:
            response = self._pool.request(
                method,
                self.url + path,
                body=body,
                headers=headers,
                redirect=False,
                preload_content=preload,
                retries=None if waits else False,
            )
            if response.status >= 300:
                raise error_of(response.status, response.data, response.headers)
            yield response
        except urllib3.exceptions.HTTPError as error:
            raise Unreachable(f"{self.url} does not answer: {_why(error)}") from error


def _why(error: urllib3.exceptions.HTTPError) -> str:
    """The system's message from inside urllib3's wrapping, such as "[Errno 111] Connection refused"."""
    reason = error.reason if isinstance(error, urllib3.exceptions.MaxRetryError) and error.reason else error
    return one_line(reason.__cause__ or reason)
