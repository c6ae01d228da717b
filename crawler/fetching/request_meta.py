"""What a crawl's requests carry in Scrapy's meta, for middleware and for whoever takes the answer."""

from __future__ import annotations

from config.settings import CrawlSettings

ASKED_AT = "newsdex_asked_at"  # when a row's first request went out, before redirects
CHAIN = "newsdex_chain"  # the way through redirects; absent from a first request
CONDITION = "newsdex_condition"  # the validators sent for the row
HOSTS = "newsdex_hosts"  # hosts that redirects may lead to; absent = any
IS_ROBOTS = "newsdex_is_robots"
LED_TO = "newsdex_led_to"  # a page led to this address
MAX_SIZE = "download_maxsize"  # Scrapy's key; 0 = any, absent = crawl.max_body_bytes
REDIRECTS_LEFT = "redirect_ttl"  # Scrapy's key
STAYS_PACKED = "newsdex_stays_packed"  # the body is unpacked where it is read
URGENT = "newsdex_urgent"  # overtakes others that wait for its host


def proxy_meta(settings: CrawlSettings) -> dict[str, str]:
    """The keys that send a request through the proxy, if there is one."""
    return {"proxy": settings.trusted_proxy} if settings.trusted_proxy is not None else {}
