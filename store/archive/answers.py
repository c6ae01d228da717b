"""The archive's answers in the order they came, each with what was made of it, for a rebuild."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from news.surt import surt_key
from store.archive.names import archive_files, lasting_name
from store.archive.records import (
    ARTICLE_ID,
    PUBLISHED_HINT,
    REMOVED_AT,
    RENDERED,
    RENDERED_TYPE,
    REQUESTED_URL,
    SECTION_HINT,
    SOURCE_ID,
    TAKEN_FROM,
    TITLE_HINT,
)
from store.archive.scan import RENDERED_PAGE, Record, records_of
from store.records import ArchiveRef


@dataclass(frozen=True, kw_only=True, slots=True)
class ArchivedAnswer:
    """One answer for an article's page."""

    url: str  # effective URL
    fetched_at: datetime
    status: int
    content_type: str | None
    ref: ArchiveRef  # where its payload lies; for a revisit, the earlier answer's payload
    requested_url: str  # normalized
    source_id: str
    article_id: str
    title_hint: str | None
    published_hint: datetime | None
    section_hint: str | None
    taken_from: str | None = None  # the foreign archive file that the page came from
    is_removal: bool = False  # the answer confirmed that the article was removed
    is_rendered: bool = False  # `ref` is the document that a browser made of the answer


def archived_answers(folder: Path, on_damage: Callable[[], None] = lambda: None) -> Iterator[ArchivedAnswer]:
    """Every answer that belongs to an article, in order of time; those whose payload is gone are left out.

    `on_damage` is called for each record that cannot be read. The record headers of one day's files are held in
    memory, a few hundred bytes each.
    """
    payloads: dict[str, ArchiveRef] = {}
    told: dict[str, Mapping[str, str]] = {}  # by address: revisits from before November 2026 lack fields of their own
    for _, files in groupby(archive_files(folder), key=lambda path: path.parent.name):
        found = [answer for path in files for answer in _answers_in(lasting_name(folder, path), path, on_damage)]
        found.sort(key=lambda answer: (answer.fetched_at, answer.ref.warc_file, answer.ref.warc_offset))
        for answer in found:  # payloads of the whole day first: a taken page may be dated before the one it repeats
            if not answer.is_revisit:
                payloads.setdefault(answer.ref.payload_digest, answer.ref)
            if answer.rendered is not None:
                payloads.setdefault(answer.rendered.payload_digest, answer.rendered)
        for answer in found:
            is_own_page = not {REMOVED_AT, TAKEN_FROM} & answer.fields.keys()
            if is_own_page and surt_key(answer.fields.get(REQUESTED_URL, "")) == surt_key(answer.url):
                told[surt_key(answer.url)] = answer.fields  # not if the address redirects: then they say nothing
            fields = answer.fields or (told.get(surt_key(answer.url)) if answer.is_revisit else None)
            ref = payloads.get((fields or {}).get(RENDERED) or answer.ref.payload_digest)
            if fields and ref is not None and ARTICLE_ID in fields and SOURCE_ID in fields:
                yield _answer(answer, fields, ref)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Found:
    url: str
    fetched_at: datetime
    status: int
    content_type: str | None
    ref: ArchiveRef
    is_revisit: bool
    fields: Mapping[str, str]
    rendered: ArchiveRef | None = None  # the document that a browser made of it


def _answers_in(name: str, path: Path, on_damage: Callable[[], None]) -> Iterator[_Found]:
    waiting: _Found | None = None
    waiting_id = ""
    for record in records_of(path, on_damage):
        if record.type in {"response", "revisit"}:
            if waiting is not None:
                yield waiting
            waiting, waiting_id = _found(name, record), record.headers.get("warc-record-id", "")
        elif record.type == RENDERED_PAGE and waiting is not None:
            if record.headers.get("warc-refers-to") == waiting_id:
                waiting = replace(waiting, rendered=_place(name, record))
        elif record.type == "metadata" and waiting is not None and _belongs(record, waiting_id, waiting.url):
            yield replace(waiting, fields=record.fields)
            waiting = None
    if waiting is not None:
        yield waiting


def _belongs(record: Record, answer_id: str, url: str) -> bool:
    """Whether a metadata record is about this answer; those from before November 2026 only name its address."""
    companion = record.headers.get("warc-concurrent-to")
    return companion == answer_id if companion is not None else record.url == url


def _found(name: str, record: Record) -> _Found:
    status = record.http_status
    return _Found(
        url=record.url,
        fetched_at=datetime.fromisoformat(record.headers["warc-date"]).astimezone(UTC),
        status=int(status) if status.isdecimal() else 0,
        content_type=record.http_headers.get("content-type"),
        ref=_place(name, record),
        is_revisit=record.type == "revisit",
        fields={},
    )


def _place(name: str, record: Record) -> ArchiveRef:
    return ArchiveRef(warc_file=name, warc_offset=record.offset, payload_digest=record.payload_digest)


def _answer(found: _Found, fields: Mapping[str, str], ref: ArchiveRef) -> ArchivedAnswer:
    published = fields.get(PUBLISHED_HINT)
    return ArchivedAnswer(
        url=found.url,
        fetched_at=found.fetched_at,
        status=found.status,
        content_type=RENDERED_TYPE if RENDERED in fields else found.content_type,
        ref=ref,
        requested_url=fields.get(REQUESTED_URL) or found.url,
        source_id=fields[SOURCE_ID],
        article_id=fields[ARTICLE_ID],
        title_hint=fields.get(TITLE_HINT),
        published_hint=datetime.fromisoformat(published) if published else None,
        section_hint=fields.get(SECTION_HINT),
        taken_from=fields.get(TAKEN_FROM),
        is_removal=REMOVED_AT in fields,
        is_rendered=RENDERED in fields,
    )
