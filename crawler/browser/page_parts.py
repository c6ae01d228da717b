"""What a page that is rendered may have besides itself: its site's scripts and data, and stand-ins for the rest."""

from __future__ import annotations

import base64
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from crawler.discovery.guesses import belongs_together
from news.urls import host_of

ASKED_KINDS = frozenset({"script", "xhr", "fetch"})  # Chromium's words for what makes a page's text
# Looks are nothing to a reader of text; a stand-in keeps scripts going that wait for them
STYLESHEET, IMAGE = "stylesheet", "image"
EMPTY_GIF = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
# Ours to set, or nobody's business: the rest may be a key that the page's own scripts send
KEPT_BACK = frozenset(
    {"accept-encoding", "connection", "content-length", "cookie", "host", "proxy-authorization", "proxy-connection",
     "referer", "te", "transfer-encoding", "upgrade", "user-agent"}
)  # fmt: skip
# True of the bytes as they came, or asking the browser to keep or fetch something
NOT_HANDED_ON = frozenset(
    {"clear-site-data", "connection", "content-encoding", "content-length", "keep-alive", "link", "nel", "refresh",
     "report-to", "reporting-endpoints", "set-cookie", "speculation-rules", "strict-transport-security",
     "transfer-encoding"}
)  # fmt: skip
MAX_PAGE_BYTES = 32 << 20  # of all parts of one page, decoded; a choice, ten times what a large site's scripts take


@dataclass(frozen=True, kw_only=True, slots=True)
class PartRequest:
    """Something that a page wants while it is rendered."""

    url: str
    method: str
    kind: str  # Chromium's resource type
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """What the browser is given."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def stand_in(kind: str) -> Part | None:
    """What the browser is given for what only changes a page's looks; None for other kinds."""
    if kind == STYLESHEET:
        return Part(status=200, headers={"content-type": "text/css"}, body=b"")
    if kind == IMAGE:
        return Part(status=200, headers={"content-type": "image/gif"}, body=EMPTY_GIF)
    return None


def refusal(request: PartRequest, *, page_url: str, hosts: Collection[str]) -> str | None:
    """Why a part is not asked for; None when it is. `hosts` are those that the source's file names.

    >>> wanted = PartRequest(url="https://api.paper.example/story/1", method="GET", kind="fetch")
    >>> refusal(wanted, page_url="https://www.paper.example/world/1", hosts=())
    >>> refusal(wanted, page_url="https://www.other.example/world/1", hosts=())
    "api.paper.example is another site; name it in render_hosts if pages need it"
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
    """The headers a part is asked with: what its script set, without what is ours or the browser's."""
    return {
        name: value
        for name, value in request.headers.items()
        if name.lower() not in KEPT_BACK and not name.lower().startswith(("sec-", "if-"))
    }


def given_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers of an answer that the browser is told."""
    return {name: value for name, value in headers.items() if name.lower() not in NOT_HANDED_ON}
