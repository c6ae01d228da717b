"""What happens on the way through redirects: loops end, cookies go along, and pages that lead on are followed."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawler.fetching.chains import Chain
from crawler.fetching.outcomes import Failed
from crawler.fetching.refusals import Refused
from crawler.fetching.request_meta import CHAIN, CONDITION, LED_TO, REDIRECTS_LEFT
from news.fetch import REDIRECTS, Outcome
from news.revisits.validators import Condition
from news.urls import without_login

SOONER = 2  # Scrapy's adjustment of the priority of redirects


def mind_redirect(request: Request, response: Response) -> None:
    """Refuse a redirect to file:, ftp: and the like, which Scrapy would pass on as an answer. Raises Refused.

    One that leads back without a new cookie ends there (IgnoreRequest), since the answer would be the same each time.
    A user name and password in its address are removed, as from every link, or they would be logged and stored.
    """
    location = response.headers.get("Location") if response.status in REDIRECTS else None
    if location is None:
        return
    target = urljoin(response.url, location.decode("latin-1"))
    parts = urlsplit(target)
    if parts.scheme not in {"http", "https"}:
        raise Refused(Outcome.BLOCKED_SCHEME, "redirected to an address that is neither http nor https")
    if "@" in parts.netloc:
        target = without_login(target)
        response.headers["Location"] = target.encode("latin-1")
    if _chain_of(request, response).leads_back(target):
        raise IgnoreRequest(f"redirected back to {target}")


def led_on(response: Response, target: str, *, most_redirects: int) -> Request | Failed:
    """The request for the address that a page leads on to; why there is none, if that way has no end.

    It goes through the middleware like any redirect. Validators stay behind: they are those of what the address that
    was asked for held before, and a 304 could not tell which of the two pages has not changed.
    """
    request = response.request
    assert request is not None  # every answer of a crawl has one
    left = request.meta.get(REDIRECTS_LEFT, most_redirects)
    if left < 1:
        return Failed(outcome=Outcome.REDIRECT_LOOP, detail="max redirections reached")
    if _chain_of(request, response).leads_back(target):
        return Failed(outcome=Outcome.REDIRECT_LOOP, detail=f"redirected back to {target}")
    following = request.replace(url=without_login(target), priority=request.priority + SOONER)
    following.meta.update({REDIRECTS_LEFT: left - 1, CONDITION: Condition.NONE, LED_TO: True})
    for name in ("If-None-Match", "If-Modified-Since"):
        following.headers.pop(name, None)
    return following


def show_cookies(request: Request) -> None:
    """Add the cookies of the way to this request: of a first one, there are none."""
    chain: Chain | None = request.meta.get(CHAIN)
    if chain is None:
        return
    request.headers.pop("Cookie", None)
    cookies = chain.enter(request.url)
    if cookies is not None:
        request.headers["Cookie"] = cookies.encode("latin-1")


def _chain_of(request: Request, response: Response) -> Chain:
    """The way on which an answer leads its request on, with the cookies that it set."""
    chain: Chain | None = request.meta.get(CHAIN)
    if chain is None:
        chain = request.meta[CHAIN] = Chain()
        chain.enter(request.url)
    chain.learn(request.url, [line.decode("latin-1") for line in response.headers.getlist("Set-Cookie")])
    return chain
