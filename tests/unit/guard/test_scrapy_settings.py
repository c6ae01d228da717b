"""What of Scrapy's own runs beside a crawl: nothing that listens, and nothing that is not asked for."""

from __future__ import annotations

from scrapy.settings import Settings
from scrapy.utils.conf import build_component_list

from config.settings import CrawlSettings
from crawler.crawls.scrapy_settings import scrapy_settings


def test_no_extension_of_scrapy_runs_so_that_none_opens_a_port() -> None:
    settings = Settings(scrapy_settings(CrawlSettings()))

    assert build_component_list(settings.getwithbase("EXTENSIONS")) == []


def test_of_scrapys_middleware_only_what_is_named_runs() -> None:
    settings = Settings(scrapy_settings(CrawlSettings()))
    downloader = build_component_list(settings.getwithbase("DOWNLOADER_MIDDLEWARES"))

    assert [str(each).rpartition(".")[2] for each in downloader] == [
        "DownloadTimeoutMiddleware",
        "DefaultHeadersMiddleware",
        "UserAgentMiddleware",
        "UnpackingMiddleware",
        "RedirectMiddleware",
        "HttpProxyMiddleware",
        "PolitenessMiddleware",
    ]
    (spider,) = build_component_list(settings.getwithbase("SPIDER_MIDDLEWARES"))
    assert str(spider).endswith(".RefererMiddleware")
