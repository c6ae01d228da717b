"""A source's pages in other people's archives: in WARC files, or in those that an index names."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crawler.discovery.scope import classify
from news.errors import NotFoundError
from news.fetch import UrlKind
from news.gaps import Span
from news.source import Source
from store.archive.warc_files import WARC_ENDINGS, WarcPage, read_warc, read_warc_page
from store.archive.warc_index import Listed, is_warc_index, listed_file, read_warc_index

log = logging.getLogger(__name__)
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_NOT_STATED = frozenset({"unk", "-"})  # as written in indexes


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """The pages to take: a source's article pages, fetched within a span if one is given."""

    source: Source
    span: Span | None
    max_body_bytes: int

    def is_address(self, url: str) -> bool:
        """Whether a URL is that of one of the source's articles."""
        return classify(url, self.source) is UrlKind.ARTICLE

    def is_time(self, at: datetime) -> bool:
        """Whether a moment lies in the span."""
        return self.span is None or self.span.since_at <= at <= self.span.until_at


def named_files(paths: Iterable[Path]) -> list[Path]:
    """These files, and for each folder the WARC files in or below it, in the order of their names.

    Raises NotFoundError if a file does not exist, or a folder holds none.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(each for each in path.rglob("*") if each.name.endswith(WARC_ENDINGS))
            if not inside:
                raise NotFoundError(f"{path}: there is no WARC file in this folder ({', '.join(WARC_ENDINGS)})")
            found += inside
        elif path.is_file():
            found.append(path)
        else:
            raise NotFoundError(f"{path}: there is no such file; name WARC files")
    return found


def pages_in(path: Path, wanted: Wanted, *, on_missing: Callable[[int], None]) -> Iterator[tuple[WarcPage, str]]:
    """The wanted pages of a WARC file, or of those that an index names, each with its file's name.

    With an index, only records that it lists as wanted are read; `on_missing` is called with the number of those in
    files that do not exist here. Raises ConfigError and StoreError.
    """
    for page, name in _read(path, wanted, on_missing):
        if page.status == 200 and wanted.is_time(page.fetched_at):
            yield page, name


def _read(path: Path, wanted: Wanted, on_missing: Callable[[int], None]) -> Iterator[tuple[WarcPage, str]]:
    most = wanted.max_body_bytes
    if not is_warc_index(path):
        for page in read_warc(path, wanted=wanted.is_address, max_body_bytes=most):
            yield page, path.name
        return
    listed = (each for each in read_warc_index(path) if _may_be_page(each) and wanted.is_time(each.fetched_at))
    for name, answers in _by_file(each for each in listed if wanted.is_address(each.url)):
        warc = listed_file(path, name)
        if warc is None:
            log.warning("%s lists %d pages in %s, which is not beside it", path, len(answers), name)
            on_missing(len(answers))
            continue
        for each in answers:
            found = read_warc_page(warc, each.offset, url=each.url, max_body_bytes=most)
            if found is not None:
                yield found, warc.name


def _may_be_page(listed: Listed) -> bool:
    """Whether an answer may be an article's page, judging by its index entry."""
    told = {mime for mime in listed.mimes if mime not in _NOT_STATED}
    return listed.status == "200" and not listed.is_cut and (not told or not told.isdisjoint(_PAGES))


def _by_file(listed: Iterable[Listed]) -> list[tuple[str, list[Listed]]]:
    """The entries grouped by file, in their order within it."""
    by_file: dict[str, list[Listed]] = defaultdict(list)
    for each in listed:
        by_file[each.file_name].append(each)
    return [(name, sorted(answers, key=lambda each: each.offset)) for name, answers in sorted(by_file.items())]
