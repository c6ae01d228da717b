"""The way of one fetch through redirects: what was asked on it, and the cookies set on it, which end with it."""

from __future__ import annotations

import re
import urllib.request
from collections import Counter
from collections.abc import Sequence
from email.message import Message
from functools import lru_cache
from http.cookiejar import Cookie, CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, cast
from urllib.parse import urldefrag

from w3lib.url import safe_url_string

from news.urls import host_of

if TYPE_CHECKING:
    import http.client

    from tldextract import TLDExtract

MOST_VISITS = 3  # of one address on one way: first without cookies, then perhaps with those of two steps; a choice
MOST_COOKIES = 50  # and below, of one way: what a browser must be able to keep for a site (RFC 6265, section 6.1)
MOST_COOKIE_CHARACTERS = 4096
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class Chain:
    """Tells whether a redirect leads back to where it came from, and which cookies go along.

    A site may set a cookie and send its reader to the same address again. So only an address asked before with the
    same cookies, or too often, is one that would lead on as before.
    """

    def __init__(self) -> None:
        self._asked: set[tuple[str, str | None]] = set()
        self._visits: Counter[str] = Counter()
        self._policy = _Policy(strict_ns_domain=DefaultCookiePolicy.DomainStrictNonDomain)
        self._jar = CookieJar(self._policy)

    def enter(self, url: str) -> str | None:
        """Note that an address is asked; the cookies to ask it with, as in the Cookie header."""
        cookies = self._cookies(url)
        self._asked.add((_key(url), cookies))
        self._visits[_key(url)] += 1
        return cookies

    def learn(self, url: str, set_cookies: Sequence[str]) -> None:
        """Keep the cookies that an address sets, as in its Set-Cookie headers, for their own site and this way."""
        told = Message()
        for line in set_cookies[:MOST_COOKIES]:
            if len(line) <= MOST_COOKIE_CHARACTERS and not _CONTROL.search(line):  # RFC 6265bis refuses it as well
                told["Set-Cookie"] = line
        self._jar.extract_cookies(cast("http.client.HTTPResponse", _Told(told)), _request(url))

    def leads_back(self, url: str) -> bool:
        """Whether asking this address next would repeat what was asked before."""
        return (_key(url), self._cookies(url)) in self._asked or self._visits[_key(url)] >= MOST_VISITS

    def _cookies(self, url: str) -> str | None:
        request = _request(url)
        self._jar.add_cookie_header(request)
        return request.get_header("Cookie")


class _Policy(DefaultCookiePolicy):
    """A browser's rules: own site, path and https; and no cookie for all sites below a suffix such as co.uk."""

    def set_ok(self, cookie: Cookie, request: urllib.request.Request) -> bool:
        if cookie.domain_specified and cookie.domain.lstrip(".") != host_of(request.full_url):
            return super().set_ok(cookie, request) and not _is_suffix(cookie.domain.strip("."))
        return super().set_ok(cookie, request)


class _Told:
    """An answer as far as a cookie jar reads it."""

    def __init__(self, headers: Message) -> None:
        self._headers = headers

    def info(self) -> Message:
        return self._headers


def _request(url: str) -> urllib.request.Request:
    """A request as the jar wants one; it is never sent."""
    return urllib.request.Request(url)  # noqa: S310  see above


def _key(url: str) -> str:
    return safe_url_string(urldefrag(url).url)


def _is_suffix(domain: str) -> bool:
    """Whether sites of different owners lie below a domain, by the list that comes with tldextract."""
    return not _split_domain()(domain).domain


@lru_cache(maxsize=1)
def _split_domain() -> TLDExtract:
    import tldextract  # noqa: PLC0415  it loads an HTTP client, and few sites need it

    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)
