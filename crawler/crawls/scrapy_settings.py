"""Scrapy's settings for one crawl: what newsdex does itself is off, bounds are set, and no port is opened."""

from __future__ import annotations

from typing import Any

from config.settings import CrawlSettings

WINDOW = 32  # requests of one crawl that are under way or waiting for their host
EXTRA = 8  # documents on top of a full window: a source names few
RENDERING_WINDOW = 4  # the window if pages are rendered, so that the parts of a page wait behind few others


def scrapy_settings(settings: CrawlSettings) -> dict[str, Any]:
    """Scrapy's settings for a crawl."""
    theirs = "scrapy.downloadermiddlewares"
    proxied = settings.trusted_proxy is not None
    return {
        "USER_AGENT": settings.user_agent,
        "HTTPPROXY_ENABLED": proxied,  # else http_proxy in the environment would bypass the address guard
        "REDIRECT_MAX_TIMES": settings.max_redirects,
        "DOWNLOAD_TIMEOUT": settings.timeout_seconds,
        "DOWNLOAD_MAXSIZE": settings.max_body_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_FAIL_ON_DATALOSS": True,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,  # else anybody on the way could alter the news and read credentials
        "DOWNLOAD_DELAY": 0,  # the gate spaces requests
        "CONCURRENT_ITEMS": 1,  # the spider yields hardly any, yet Scrapy starts this many tasks per answer
        "CONCURRENT_REQUESTS": WINDOW + EXTRA,
        "CONCURRENT_REQUESTS_PER_DOMAIN": WINDOW + EXTRA,
        "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",
        "DOWNLOAD_HANDLERS": {
            **dict.fromkeys(("data", "file", "ftp", "s3")),
            **dict.fromkeys(("http", "https"), "crawler.fetching.head_bound.BoundedHeadHandler"),
        },
        # Of Scrapy's own parts only these, and none of later releases: an extension of 2.19 opens a port at which code
        # can be run. Switching them off by name would import them, with a web server and an HTTP client. Robots rules
        # are ours, kept in the store; the frontier retries, with a backoff; cookies last for one chain of redirects
        "SPIDER_MIDDLEWARES_BASE": {"scrapy.spidermiddlewares.referer.RefererMiddleware": 700},
        "REFERRER_POLICY": "no-referrer",
        "DOWNLOADER_MIDDLEWARES_BASE": {
            f"{theirs}.downloadtimeout.DownloadTimeoutMiddleware": 350,
            f"{theirs}.defaultheaders.DefaultHeadersMiddleware": 400,
            f"{theirs}.useragent.UserAgentMiddleware": 500,
            f"{theirs}.redirect.RedirectMiddleware": 600,
            f"{theirs}.httpproxy.HttpProxyMiddleware": 750,
        },
        "DOWNLOADER_MIDDLEWARES": {
            "crawler.crawls.middleware.UnpackingMiddleware": 590,
            "crawler.crawls.middleware.PolitenessMiddleware": 950,  # nearest to the downloader
        },
        "EXTENSIONS_BASE": {},
        "REMOTE_CONTROL_ENABLED": False,
        "LOG_ENABLED": False,
    }
