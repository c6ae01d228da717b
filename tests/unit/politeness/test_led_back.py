"""A redirect that leads back to an address already asked ends there, at the first repetition."""

from __future__ import annotations

import asyncio
from typing import cast

import pytest
from scrapy import Request
from scrapy.http import Response

from crawler.crawls.middleware import PolitenessMiddleware
from crawler.fetching.chains import Chain
from crawler.fetching.outcomes import failed_with
from crawler.fetching.request_meta import CHAIN
from crawler.politeness.manners import Manners
from news.fetch import Outcome

SITE = "https://paper.example"


def answered(location: str, *before: str) -> Response:
    """What becomes of a redirect from /now, reached through the addresses before."""
    chain = Chain()
    for path in (*before, "/now"):
        chain.enter(SITE + path)
    request = Request(f"{SITE}/now", meta={CHAIN: chain})
    response = Response(request.url, status=302, headers={"Location": location}, request=request)
    middleware = PolitenessMiddleware(cast("Manners", None))
    return asyncio.run(middleware.process_response(request, response))


@pytest.mark.parametrize(
    "location", ["/now", "/now#top", "/consent?back=/now", "https://u:p@paper.example/consent?back=/now"]
)
def test_a_redirect_back_is_a_loop(location: str) -> None:
    with pytest.raises(Exception, match="redirected back") as caught:
        answered(location, "/start", "/consent?back=/now")
    assert failed_with(caught.value).outcome is Outcome.REDIRECT_LOOP


@pytest.mark.parametrize("location", ["/next", "/now?a=1", "http://paper.example/now", "//other.example/now"])
def test_a_redirect_onwards_is_followed(location: str) -> None:
    assert answered(location, "/start").headers["Location"] == location.encode()
