"""Serves the demo publisher on this machine, and describes it as a source."""

from __future__ import annotations

from datetime import UTC
from email.utils import format_datetime, parsedate_to_datetime
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from cli.demo.server import Handler, LocalServer
from cli.demo.site import Document, SampleGazette
from news.schedule import Schedule
from news.source import ExtractionRules, Section, Source

SOURCE_ID = "sample-gazette"


class DemoPublisher:
    """The Sample Gazette on 127.0.0.1 while the `with` block runs; port 0 picks a free one."""

    def __init__(self, *, port: int = 0) -> None:
        self._server = LocalServer(self._answer, port=port)
        self.site = SampleGazette(self._server.url)

    @property
    def url(self) -> str:
        """Address of the site, without a final slash."""
        return self._server.url

    @property
    def source(self) -> Source:
        """The site as a source to crawl."""
        return demo_source(self.url)

    def __enter__(self) -> Self:
        self._server.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._server.__exit__(kind, error, traceback)

    def _answer(self, handler: Handler) -> None:
        document = self.site.document(handler.path)
        headers = {"Content-Type": document.content_type}
        if document.status == 200:
            headers["ETag"] = document.etag
            headers["Last-Modified"] = format_datetime(document.modified_at.astimezone(UTC), usegmt=True)
            headers["Cache-Control"] = "max-age=0"
            if is_unchanged(document, handler.headers.get("If-None-Match"), handler.headers.get("If-Modified-Since")):
                handler.reply(304, b"", headers)
                return
        handler.reply(document.status, document.content, headers)


def demo_source(base_url: str) -> Source:
    """The demo publisher as a source; crawling it needs the setting crawl.allow_private_networks."""
    return Source(
        id=SOURCE_ID,
        name="The Sample Gazette",
        home_url=f"{base_url}/",
        language="en",
        schedule=Schedule(every_seconds=60),
        feeds=(f"{base_url}/feed.xml",),
        sections=(Section(url=f"{base_url}/world", links="main", max_pages=2),),
        backfill_days=36_500,  # its articles have fixed dates and keep ageing
        hosts=(urlsplit(base_url).hostname or "127.0.0.1",),
        article_patterns=(r"^/article/[0-9a-f]{12}(?:[/?]|$)", r"^/[a-z]+/[a-z0-9-]+-[0-9]{5}(?:[/?]|$)"),
        strip_parameters=("_rt",),
        delay_seconds=0,
        concurrency=4,
        rules=ExtractionRules(remove=("td[colspan]", "td[width='120']", "td[width='140']")),  # menus of table pages
    )


def is_unchanged(document: Document, if_none_match: str | None, if_modified_since: str | None) -> bool:
    """Whether the validators a client sent still hold (RFC 9110, 13.2.2: the ETag decides if both are sent)."""
    if if_none_match is not None:
        named = [part.strip().removeprefix("W/") for part in if_none_match.split(",")]
        return document.etag in named or if_none_match.strip() == "*"
    if if_modified_since is None:
        return False
    try:
        since = parsedate_to_datetime(if_modified_since)
    except ValueError:
        return False
    return since.tzinfo is not None and document.modified_at.replace(microsecond=0) <= since
