"""What a rendered page may load: its site's scripts and data, and stand-ins for the rest."""

from __future__ import annotations

import base64
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from crawler.discovery.guesses import belongs_together
from news.urls import host_of

ASKED_KINDS = frozenset({"script", "xhr", "fetch"})  # Chromium's resource types that can bring a page's text
# Looks do not matter for text; a stand-in keeps scripts going that wait for them
STYLESHEET, IMAGE = "stylesheet", "image"
EMPTY_GIF = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
# Set by us, or private; any other may be a key that the page's own scripts send
KEPT_BACK = frozenset(
    {"accept-encoding", "connection", "content-length", "cookie", "host", "proxy-authorization", "proxy-connection",
     "referer", "te", "transfer-encoding", "upgrade", "user-agent"}
)  # fmt: skip
# These apply to the bytes as they came, or ask the browser to store or fetch something
NOT_HANDED_ON = frozenset(
    {"clear-site-data", "connection", "content-encoding", "content-length", "keep-alive", "link", "nel", "refresh",
     "report-to", "reporting-endpoints", "set-cookie", "speculation-rules", "strict-transport-security",
     "transfer-encoding"}
)  # fmt: skip
MAX_PAGE_BYTES = 32 << 20  # for all parts of one page, decoded; a choice: ten times a large site's scripts


@dataclass(frozen=True, kw_only=True, slots=True)
class PartRequest:
    """A part that a page requests while it is rendered."""

    url: str
    method: str
    kind: str  # Chromium's resource type
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """The answer that the browser is given for a request."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def stand_in(kind: str) -> Part | None:
    """The stand-in for a part that only affects a page's looks; None for other kinds."""
    if kind == STYLESHEET:
        return Part(status=200, headers={"content-type": "text/css"}, body=b"")
    if kind == IMAGE:
        return Part(status=200, headers={"content-type": "image/gif"}, body=EMPTY_GIF)
    return None


def refusal(request: PartRequest, *, page_url: str, hosts: Collection[str]) -> str | None:
    """Why a part is not fetched; None if it is. `hosts` are those that the source's file names.

    >>> wanted = PartRequest(url="https://api.example.org/story/1", method="GET", kind="fetch")
    >>> refusal(wanted, page_url="https://www.example.org/world/1", hosts=())
    >>> refusal(wanted, page_url="https://www.example.net/world/1", hosts=())
    'api.example.org is another site; name it in render_hosts if pages need it'
    """
    if request.kind not in ASKED_KINDS:
        return f"a {request.kind} is not needed for text"
    if request.method != "GET":
        return f"{request.method} may change something; only GET is asked"
    if not request.url.startswith(("http://", "https://")):
        return "only http and https are asked"
    host = host_of(request.url)
    if host not in hosts and not belongs_together(request.url, page_url):
        return f"{host} is another site; name it in render_hosts if pages need it"
    return None


def asked_headers(request: PartRequest) -> dict[str, str]:
    """The headers to request a part with: those its script set, without ours and the browser's own."""
    return {
        name: value
        for name, value in request.headers.items()
        if name.lower() not in KEPT_BACK and not name.lower().startswith(("sec-", "if-"))
    }


def given_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers of an answer that are passed to the browser."""
    return {name: value for name, value in headers.items() if name.lower() not in NOT_HANDED_ON}
