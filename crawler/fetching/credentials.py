"""A source's credentials: read when its crawl begins, and sent only to its own servers."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from news.errors import NewsdexError
from news.source import Credentials, Source
from news.urls import origin_of

MAX_SECRET_BYTES = 8192  # most servers refuse longer headers


class SecretMissing(NewsdexError):
    """A source's secret is not where its file says it is."""


@dataclass(frozen=True, slots=True)
class SecretHeader:
    """A header for some origins, whose value never shows in a log or traceback."""

    name: str
    value: bytes = field(repr=False)
    origins: frozenset[str]  # "scheme://host[:port]"

    def for_url(self, url: str) -> bytes | None:
        """The value to send to this address; None = nothing."""
        return self.value if origin_of(url) in self.origins else None


def secret_header(source: Source, environment: Mapping[str, str]) -> SecretHeader | None:
    """The header that a source's requests carry; None if its file names no credentials. Raises SecretMissing."""
    if source.credentials is None:
        return None
    secret = _secret(source.id, source.credentials, environment)
    value = b"Basic " + base64.b64encode(secret) if source.credentials.is_basic else secret
    named = [source.home_url, *source.feeds, *source.sitemaps, *(section.url for section in source.sections)]
    return SecretHeader(source.credentials.header, value, frozenset(origin_of(url) for url in named))


def _secret(source_id: str, credentials: Credentials, environment: Mapping[str, str]) -> bytes:
    if credentials.from_env is not None:
        where, secret = f"variable {credentials.from_env}", environment.get(credentials.from_env, "").encode()
    else:
        where = f"file {str(credentials.from_file)!r}"
        try:
            with Path(credentials.from_file or "").expanduser().open("rb") as file:
                secret = file.read(MAX_SECRET_BYTES + 1)
        except OSError as error:
            raise SecretMissing(
                f"source {source_id!r}: the secret's {where} cannot be read: {error.strerror}"
            ) from error
    secret = secret.strip()
    if not secret:
        raise SecretMissing(f"source {source_id!r}: the secret's {where} is empty; set it, or leave out credentials")
    if len(secret) > MAX_SECRET_BYTES or any(byte < 0x20 or byte == 0x7F for byte in secret):
        raise SecretMissing(f"source {source_id!r}: the secret's {where} does not hold one line of text")
    return secret
