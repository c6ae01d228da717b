"""Fetching the parts of a rendered page through the running crawl, with its guard, gates, robots rules and bounds."""

from __future__ import annotations

from collections.abc import Mapping

import scrapy
from scrapy.crawler import Crawler

from crawler.browser.page_parts import Part
from crawler.browser.rendering import PartFailed
from crawler.fetching.outcomes import failed_with
from crawler.fetching.refusals import HostResting, Refused
from crawler.fetching.request_meta import HOSTS
from news.fetch import Outcome

PASSING = frozenset(
    {Outcome.THROTTLED, Outcome.ROBOTS_DEFERRED, Outcome.TIMEOUT, Outcome.CONNECTION_FAILED, Outcome.DNS_FAILED,
     Outcome.INCOMPLETE}
)  # fmt: skip


async def fetch_part(
    crawler: Crawler, proxy: Mapping[str, str], url: str, headers: Mapping[str, str], hosts: frozenset[str]
) -> Part:
    """The answer to a page's request; redirects are followed on these hosts.

    `proxy` is what `proxy_meta` returns. Raises PartFailed.
    """
    assert crawler.engine is not None
    meta = {HOSTS: hosts, **proxy}
    request = scrapy.Request(url, headers=dict(headers), meta=meta, dont_filter=True)
    try:
        response = await crawler.engine.download_async(request)
    except HostResting as error:
        raise PartFailed(str(error), may_pass=True) from error
    except Refused as error:
        raise PartFailed(str(error), may_pass=error.outcome in PASSING) from error
    except Exception as error:
        failed = failed_with(error)
        raise PartFailed(failed.detail, may_pass=failed.outcome in PASSING) from error
    told = {name.decode("latin-1"): b", ".join(values).decode("latin-1") for name, values in response.headers.items()}
    return Part(status=response.status, headers=told, body=response.body)
