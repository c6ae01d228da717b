"""What Scrapy and Twisted say, as log lines, but for what the crawl tells itself."""

from __future__ import annotations

import logging
from functools import cache
from typing import Any

from twisted.logger import STDLibLogObserver, globalLogBeginner

# What these of Scrapy warn of is the outcome of a fetch, which the crawl tells and keeps
SAID_BY_OUTCOMES = ("scrapy.core.downloader.handlers", "scrapy.downloadermiddlewares.httpcompression")


def hear_libraries() -> None:
    """Have what they log come as log lines."""
    for name in SAID_BY_OUTCOMES:
        logging.getLogger(name).setLevel(logging.ERROR)
    _hear_twisted()


@cache
def _hear_twisted() -> None:
    """Once a process; until then it writes failures to standard error."""
    logging.getLogger("twisted").addFilter(_is_no_certificate)
    observers: list[Any] = [STDLibLogObserver("twisted")]
    globalLogBeginner.beginLoggingTo(observers, discardBuffer=True, redirectStandardIO=False)


def _is_no_certificate(record: logging.LogRecord) -> bool:
    """Twisted writes a traceback about each certificate that is not of its host."""
    return not record.getMessage().startswith("while verifying certificate")
