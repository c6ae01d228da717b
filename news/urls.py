"""URL rules: one written form per address, the key that names it, and the parts that are compared.

Two URLs become one in two steps. `normalize_url` rewrites what no server tells apart (case, escapes, order of query
parameters, tracking and session parameters); the result is what is fetched and shown. `url_key` also ignores
what servers could tell apart but news sites do not: http or https, a leading "www." and a trailing slash.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from functools import lru_cache
from urllib.parse import SplitResult, quote, unquote_to_bytes, urljoin, urlsplit

from news.addresses import literal_address
from news.tracking import is_tracking_parameter

MAX_URL_LENGTH = 2048  # the sitemap protocol's bound
_MAX_INPUT_LENGTH = 4 * MAX_URL_LENGTH  # tracking parameters may be cut from a longer one

_DEFAULT_PORTS = {"http": 80, "https": 443}
_PATH_SAFE = "/:@!$&'()*+,;=-._~"
_QUERY_SAFE = "/?:@!$'()*+,;-._~"  # without & and =, which separate the parameters
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_HOME = re.compile(r"/*(?:(?i:index|default|home)(?:\.\w+)?|[a-z]{2}(?:-[A-Za-z]{2})?)?/*")  # or "/pt-BR/"
_PATH_SESSION = re.compile(r";jsessionid=[^/;?]*", re.IGNORECASE)
_LOGIN = re.compile(r"^([^:/?#]+://)[^/?#]*@")
_URL = re.compile(r"(https?):/{2,}([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#.*)?", re.IGNORECASE | re.DOTALL)


def normalize_url(url: str, *, strip_parameters: Collection[str] = ()) -> str | None:
    """The normal form of an absolute http or https URL; None for anything else.

    Query parameters are sorted, since their order never distinguishes stories; a parameter without a name is dropped.
    The trailing slash stays, because some servers answer only one form. User names and passwords are dropped.
    `strip_parameters` are dropped as well as the usual tracking ones; names are compared without case.

    >>> normalize_url("HTTPS://Www.Example.COM:443/a/../b%7e?utm_source=x&z=1&a=2#top")
    'https://www.example.com/b~?a=2&z=1'
    >>> normalize_url("https://bücher.example/ü")
    'https://xn--bcher-kva.example/%C3%BC'
    >>> normalize_url("javascript:alert(1)") is None
    True
    """
    if len(url) > _MAX_INPUT_LENGTH:
        return None
    return _normalized(url, frozenset(name.lower() for name in strip_parameters))


@lru_cache(maxsize=2048)  # crawl, frontier, record and archive all look at a page's addresses
def _normalized(url: str, strip_parameters: frozenset[str]) -> str | None:
    match = _URL.fullmatch(_without_ascii_space(url))
    if match is None:
        return None
    scheme, authority, path, query = match.groups(default="")
    try:
        netloc = _normal_authority(scheme.lower(), authority)
        if netloc is None:
            return None
        normal_path = _without_dot_segments(_requoted(_PATH_SESSION.sub("", path), _PATH_SAFE)) or "/"
        normal_query = _normal_query(query, strip_parameters)
    except UnicodeError:  # a lone surrogate, or a host that is not valid IDNA
        return None
    normal = f"{scheme.lower()}://{netloc}{normal_path}" + (f"?{normal_query}" if normal_query else "")
    return normal if len(normal) <= MAX_URL_LENGTH else None


@lru_cache(maxsize=1024)  # saving a story asks some ten times for its address's
def url_key(normalized: str) -> str:
    """The key under which a normalized URL is stored: 32 hexadecimal digits.

    >>> url_key("http://example.com/a/") == url_key("https://www.example.com/a")
    True
    """
    parts = _split(normalized)
    netloc = parts.netloc.removeprefix("www.")
    identity = f"{netloc}{parts.path.rstrip('/')}?{parts.query}"
    return hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def join_url(base: str, link: str) -> str | None:
    """Make a link absolute against the page it stands on; None unless the result is an http or https URL.

    >>> join_url("https://example.com/feed/rss.xml", "/article/1")
    'https://example.com/article/1'
    """
    try:
        joined = urljoin(base, _without_ascii_space(link))
    except ValueError:
        return None
    return joined if _URL.fullmatch(joined) and host_of(joined) else None


def host_of(url: str) -> str:
    """The host of a URL in lower case, without port and brackets; empty when there is none."""
    return _split(url).hostname or ""


def origin_of(url: str) -> str:
    """Scheme, host and port as one text: the unit robots.txt and cookies apply to.

    >>> origin_of("https://example.com:8443/a?b")
    'https://example.com:8443'
    """
    parts = _split(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}".lower()


def server_of(url: str) -> str:
    """Host and port as one text: the unit politeness applies to, whatever the scheme.

    >>> server_of("https://example.com/a"), server_of("http://example.com:8080/a")
    ('example.com', 'example.com:8080')
    """
    return origin_of(url).partition("://")[2]


def path_and_query(url: str) -> str:
    """The part of a URL that a source's patterns are matched against."""
    parts = _split(url)
    return f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"


def is_home(url: str) -> bool:
    """Whether an address is a front page, also of one language; with a query it may be a story (`/?p=12`).

    >>> [is_home(url) for url in ("https://a.org/", "/home.html", "https://a.org/pt-BR/", "https://a.org/?p=12")]
    [True, True, True, False]
    """
    return _HOME.fullmatch(path_and_query(url)) is not None


def in_scope(url: str, hosts: Collection[str]) -> bool:
    """Whether a URL is on one of these hosts; subdomains are separate hosts."""
    return host_of(url) in {host.lower() for host in hosts}


def same_site(first: str, second: str) -> bool:
    """Whether two URLs are on the same host or on its "www." twin."""
    host = host_of(first).removeprefix("www.")
    return bool(host) and host == host_of(second).removeprefix("www.")


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:  # urllib rejects brackets that do not hold an IPv6 address
        return SplitResult("", "", "", "", "")


def without_login(url: str) -> str:
    """An absolute address without the user name and password, which must not be shown or stored.

    >>> without_login("https://ann:secret@a.example/x?to=b@c.example"), without_login("https://a.example?to=b@c.example")
    ('https://a.example/x?to=b@c.example', 'https://a.example?to=b@c.example')
    """
    return _LOGIN.sub(r"\1", url)


def _without_ascii_space(url: str) -> str:
    """The text as a browser reads it: without outer blanks and controls, or any tabs and line ends."""
    inner = url.strip("".join(map(chr, range(33))))
    inner = inner.translate({9: None, 10: None, 13: None})
    head, mark, tail = inner.partition("?")
    return head.replace("\\", "/") + mark + tail  # browsers take a backslash for a slash before the query


def _normal_authority(scheme: str, authority: str) -> str | None:
    match = re.fullmatch(r"(\[[^\]]*\]|[^:\[\]]*)(?::([0-9]{0,5}))?", authority.rpartition("@")[2])
    if match is None:
        return None
    host = _normal_host(match[1])
    port = int(match[2]) if match[2] else _DEFAULT_PORTS[scheme]
    if host is None or not 0 < port < 65536:
        return None
    return host if port == _DEFAULT_PORTS[scheme] else f"{host}:{port}"


def _normal_host(host: str) -> str | None:
    if host.startswith("["):
        address = literal_address(host)
        return f"[{address}]" if address and "%" not in address else None  # a zone has no meaning off this machine
    if not host or len(host) > 1000:  # IDNA encoding takes time that grows faster than the text
        return None
    name = unquote_to_bytes(host).decode("utf-8").encode("idna").decode("ascii").lower().removesuffix(".")
    if len(name) > 253 or not _HOST.fullmatch(name):
        return None
    # A last label of digits can only be an IPv4 address, well formed or not (WHATWG URL, section 3.5).
    return literal_address(name) if re.fullmatch(r"0x[0-9a-f]*|[0-9]+", name.rpartition(".")[2]) else name


def _requoted(text: str, safe: str) -> str:
    """The text with its percent escapes in one spelling: unreserved characters bare, all else escaped."""
    parts = []
    position = 0
    for escape in _ESCAPE.finditer(text):
        parts.append(quote(text[position : escape.start()], safe=safe))
        parts.append(quote(unquote_to_bytes(escape[0]), safe="-._~"))
        position = escape.end()
    parts.append(quote(text[position:], safe=safe))
    return "".join(parts)


def _without_dot_segments(path: str) -> str:
    """Remove dot segments (RFC 3986, section 5.2.4) from a path that is empty or starts with a slash."""
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments and segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept) if kept else ""


def _normal_query(query: str, dropped: Collection[str]) -> str:
    pairs = []
    for pair in query.split("&"):
        name, equals, value = pair.partition("=")
        normal_name = _requoted(name, _QUERY_SAFE)
        lowered = normal_name.lower()
        if name and lowered not in dropped and not is_tracking_parameter(lowered, value):
            pairs.append(f"{normal_name}{equals}{_requoted(value, _QUERY_SAFE + '=')}")
    return "&".join(sorted(pairs))
