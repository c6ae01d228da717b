"""Logging what Scrapy and Twisted report, except what the crawl reports itself."""

from __future__ import annotations

import logging
from functools import cache
from typing import Any

from twisted.logger import STDLibLogObserver, globalLogBeginner

# These loggers of Scrapy warn about the outcomes of fetches, which the crawl logs and stores
SAID_BY_OUTCOMES = ("scrapy.core.downloader.handlers", "scrapy.downloadermiddlewares.httpcompression")


def hear_libraries() -> None:
    """Turn what the libraries log into log lines."""
    for name in SAID_BY_OUTCOMES:
        logging.getLogger(name).setLevel(logging.ERROR)
    _hear_twisted()


@cache
def _hear_twisted() -> None:
    """Connect Twisted's log, once per process; until then it writes failures to standard error."""
    logging.getLogger("twisted").addFilter(_is_no_certificate)
    observers: list[Any] = [STDLibLogObserver("twisted")]
    globalLogBeginner.beginLoggingTo(observers, discardBuffer=True, redirectStandardIO=False)


def _is_no_certificate(record: logging.LogRecord) -> bool:
    """Whether a record is the traceback that Twisted logs for each certificate that does not match its host."""
    return not record.getMessage().startswith("while verifying certificate")
