"""Who may do what: keys in the Authorization header or the page's cookie, and when listening requires one."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from starlette.requests import cookie_parser

from news.errors import ConfigError
from news.keys import KeyView, Scope

COOKIE = "newsdex_key"
COOKIE_SECONDS = 12 * 3600  # a choice: a working day
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})  # RFC 9110, section 9.2.1; no route accepts TRACE
OPEN_PATHS = (
    "/healthz",
    "/readyz",
    "/favicon.ico",
    "/openapi.json",
    "/login",
    "/logout",
    "/static/",
    "/feeds/",
    "/unsubscribe/",
    "/websub/",
)  # probes, what the login page needs, what redirects to a guarded path, and what a token in the address opens
TOKEN_PATHS = (
    "/unsubscribe/",
    "/websub/",
)  # used by mail servers (RFC 8058) and hubs, which name no page as origin
LOGIN_PATH = "/login"
API_PREFIX = "/api/"
API_PATHS = (API_PREFIX, "/healthz", "/readyz", "/metrics")  # used by programs
FORM_TYPES = frozenset({"application/x-www-form-urlencoded", "multipart/form-data", "text/plain"})  # any site can send


class Keys(Protocol):
    """The keys of an installation, as far as requests need them."""

    def check(self, written: str, *, now: datetime) -> KeyView | None:
        """The key; None for one that is not in force."""

    def admit(self, name: str, scope: Scope, written: str, *, now: datetime) -> bool:
        """Register a key that was made elsewhere."""

    def in_force(self) -> bool:
        """Whether any key is in force."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """Why a request is refused."""

    status: int  # 401, 403 or 415
    detail: str
    challenge: str | None = None  # value of WWW-Authenticate


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """The parts of a request that a decision needs."""

    method: str
    path: str
    headers: Mapping[str, str]  # lower-case names

    @property
    def is_read(self) -> bool:
        """Whether the request changes nothing."""
        return self.method in SAFE_METHODS

    @property
    def is_api(self) -> bool:
        """Whether a program sends it."""
        return self.path.startswith(API_PATHS)

    @property
    def is_open(self) -> bool:
        """Whether it needs no key."""
        return any(self.path.startswith(each) if each.endswith("/") else self.path == each for each in OPEN_PATHS)


class Access:
    """Decides on requests; blocks on the store while it looks up a key."""

    def __init__(self, keys: Keys, *, open_reads: bool, clock: Callable[[], datetime]) -> None:
        """`open_reads` lets anyone who can reach the address read; writing always needs a key."""
        self.open_reads = open_reads
        self._keys = keys
        self._clock = clock

    def check(self, written: str) -> KeyView | None:
        """The key; None for one that is not in force."""
        return self._keys.check(written, now=self._clock())

    def decide(self, asked: Asked) -> KeyView | Refusal | None:
        """The key of an allowed request, None for one that needs no key, or the refusal."""
        is_guarded = not asked.is_read and not asked.path.startswith(TOKEN_PATHS)
        if is_guarded and (refusal := foreign(asked) or wrong_type(asked)) is not None:
            return refusal
        if asked.is_open:
            return None
        written = written_key(asked)
        if written is None and asked.is_read and self.open_reads:
            return None
        key = self.check(written) if written else None
        if key is None and asked.is_read and self.open_reads and bearer_of(asked.headers) is None:
            return None  # an expired cookie does not take away what anyone may read
        return key_refusal(asked, key, written) or key


def written_key(asked: Asked) -> str | None:
    """The key a request carries: programs send it in the Authorization header, the page in its cookie."""
    bearer = bearer_of(asked.headers)
    if bearer is not None or (asked.is_api and not asked.is_read):
        return bearer
    return cookie_of(asked.headers)


def bearer_of(headers: Mapping[str, str]) -> str | None:
    """The token of an Authorization header (RFC 6750, section 2.1)."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def cookie_of(headers: Mapping[str, str]) -> str | None:
    """The key in the page's cookie."""
    return cookie_parser(headers.get("cookie", "")).get(COOKIE)


def key_refusal(asked: Asked, key: KeyView | None, written: str | None) -> Refusal | None:
    """What is wrong with the key of a request; None when it suffices."""
    wanted = Scope.READ if asked.is_read else Scope.OPERATE
    if key is None and written is None:
        how = "send it as 'Authorization: Bearer ndx_…', or log in at /login"
        return Refusal(status=401, detail=f"this needs a key of scope {wanted}; {how}", challenge="Bearer")
    if key is None:
        detail = "this key is not valid; `newsdex keys list` shows those that are"
        return Refusal(status=401, detail=detail, challenge='Bearer error="invalid_token"')
    if not key.scope.allows(wanted):
        detail = f"this needs a key of scope {wanted}, and this one has {key.scope}"
        challenge = f'Bearer error="insufficient_scope", scope="{wanted}"'
        return Refusal(status=403, detail=detail, challenge=challenge)
    return None


def foreign(asked: Asked) -> Refusal | None:
    """Refuse a write that a page of another site made the browser send.

    A form of the page must state its origin; a program need not, but a stated one must be right.
    """
    origin, site = asked.headers.get("origin"), asked.headers.get("sec-fetch-site")
    if site is not None and site not in {"same-origin", "none"}:
        return Refusal(status=403, detail="this was sent by a page of another site")
    if origin is not None and origin != "null" and urlsplit(origin).netloc != asked.headers.get("host"):
        return Refusal(status=403, detail="this was sent by a page of another site; Origin and Host differ")
    if origin == "null" and site is None:
        return Refusal(status=403, detail="the browser does not say which page sent this")
    if origin is None and site is None and not asked.is_api:
        return Refusal(status=403, detail="a form has to say which page sent it, in Origin or Sec-Fetch-Site")
    return None


def wrong_type(asked: Asked) -> Refusal | None:
    """Refuse a body for the API that is not JSON; forms of other sites cannot send JSON."""
    if not asked.is_api:
        return None
    media_type = asked.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type in FORM_TYPES:
        return Refusal(status=403, detail=f"{media_type} is not taken here; send application/json")
    has_body = asked.headers.get("content-length", "0") != "0" or "transfer-encoding" in asked.headers
    if has_body and media_type != "application/json":
        return Refusal(status=415, detail="send the body as application/json")
    return None


def is_loopback(host: str) -> bool:
    """Whether this address is reachable only from this machine."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def check_bind(host: str, *, keys_in_force: bool) -> None:
    """Refuse to listen where others can connect while there is no key. Raises ConfigError."""
    if not is_loopback(host) and not keys_in_force:
        raise ConfigError(
            f"{host} can be reached from other machines and there is no key yet: make one with "
            "`newsdex keys create NAME --scope admin`, or listen on 127.0.0.1"
        )


def admit_initial_key(file: Path, keys: Keys, *, now: datetime) -> None:
    """Register the key in this file as an admin key; one that was revoked stays revoked. Raises ConfigError."""
    try:
        written = file.read_text(encoding="ascii", errors="replace").strip()
    except OSError as error:
        raise ConfigError(f"web.initial_key_file {str(file)!r} cannot be read: {error.strerror}") from error
    try:
        keys.admit("initial", Scope.ADMIN, written, now=now)
    except ValueError:
        raise ConfigError(
            f"web.initial_key_file {str(file)!r} holds no key; write the output of `newsdex keys generate` into it"
        ) from None


def open_access(
    keys: Keys, *, host: str, open_reads: bool, initial_key_file: Path | None, clock: Callable[[], datetime]
) -> Access:
    """The rules for listening on this address, with its first key registered. Raises ConfigError."""
    if initial_key_file is not None:
        admit_initial_key(initial_key_file, keys, now=clock())
    check_bind(host, keys_in_force=keys.in_force())
    return Access(keys, open_reads=open_reads or is_loopback(host), clock=clock)
