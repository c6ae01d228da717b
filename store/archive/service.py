"""The WARC archive: every fetched article page, byte for byte, for extracting again without asking the publisher."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from news.errors import StoreError, one_line
from news.versions.digest import payload_digest
from store.archive.exchange import Exchange, KnownPayload, PackedExchange, Rendered, Sent, StoredPayload
from store.archive.files import ArchiveFiles
from store.archive.index import index_path
from store.archive.names import archive_files, is_open, lasting_name
from store.archive.records import (
    RENDERED,
    metadata_record,
    pack_exchange,
    rendered_record,
    request_member,
    revisit_record,
    warcinfo_record,
)
from store.archive.scan import PAGES, RENDERED_PAGE, Record, member_at, record_in
from store.records import ArchiveRef

__all__ = ["Archive", "ArchivedPage", "Exchange", "KnownPayload", "Rendered", "Sent"]


@dataclass(frozen=True, kw_only=True, slots=True)
class ArchivedPage:
    """A page read from the archive."""

    url: str
    fetched_at: datetime
    status: int
    content_type: str | None
    body: bytes
    is_rendered: bool = False  # the body is what a browser made of the answer


class Archive:
    """Appends to and reads from the WARC files of one folder; one writer object per process."""

    def __init__(self, folder: Path, *, max_file_bytes: int, about: Mapping[str, str] | None = None) -> None:
        """`about` goes into the record that begins each file: software, operator, robots …"""
        self.folder = folder
        self.max_file_bytes = max_file_bytes
        self._files = ArchiveFiles(folder, max_file_bytes=max_file_bytes, first_record=_first_record(about or {}))

    def append_response(
        self, exchange: Exchange, identity: Mapping[str, str] | None = None, *, written_at: datetime | None = None
    ) -> ArchiveRef:
        """Archive an exchange, and its identity if we made something of it, so that a rebuild gives the same ids.

        Pass `written_at` if somebody else fetched it: files belong to the day they were written. It is on disk after
        `sync`. Raises StoreError, and then nothing of the answer is written.
        """
        packed = exchange.packed or pack_exchange(exchange)
        name, offset = self._append(packed, exchange, identity, written_at)
        return ArchiveRef(warc_file=name, warc_offset=offset, payload_digest=exchange.payload_digest)

    def append_revisit(
        self,
        exchange: Exchange,
        known: KnownPayload,
        identity: Mapping[str, str] | None = None,
        *,
        written_at: datetime | None = None,
    ) -> ArchiveRef:
        """Archive that a known payload came again; return its place. `written_at` as for `append_response`."""
        answer = revisit_record(exchange, known, self._stored(known.ref))
        packed = PackedExchange(answer=answer, request=request_member(exchange, answer.record_id))
        self._append(packed, exchange, identity, written_at)
        return known.ref

    def append_rendered(
        self, exchange: Exchange, rendered: Rendered, known: KnownPayload | None, identity: Mapping[str, str] | None
    ) -> ArchiveRef:
        """Archive an answer and, unless `known`, the document rendered from it; return the place of the latter."""
        packed = exchange.packed or pack_exchange(exchange)
        answer = packed.answer
        about = {**identity, RENDERED: rendered.payload_digest} if identity else None
        before = [answer.member, packed.request]
        rest = [] if known is not None else [rendered_record(exchange, rendered, answer.record_id).member]
        if about is not None:
            rest.append(metadata_record(exchange.url, exchange.fetched_at, about, answer_id=answer.record_id).member)
        name, offset = self._files.append(b"".join([*before, *rest]), exchange.fetched_at, answer.line)
        if known is not None:
            return known.ref
        place = offset + sum(map(len, before))
        return ArchiveRef(warc_file=name, warc_offset=place, payload_digest=rendered.payload_digest)

    def _stored(self, ref: ArchiveRef) -> StoredPayload:
        """How a page's payload is stored in the archive."""
        try:
            record = self._record(ref)
        except (OSError, ValueError):  # `verify` reports it; the revisit is recorded all the same
            return StoredPayload(digest=ref.payload_digest, length_bytes=0, is_gzipped=False)
        digest = record.headers.get("warc-payload-digest", ref.payload_digest)
        return StoredPayload(digest=digest, length_bytes=len(record.payload), is_gzipped=record.is_gzipped)

    def _append(
        self,
        packed: PackedExchange,
        exchange: Exchange,
        identity: Mapping[str, str] | None,
        written_at: datetime | None,
    ) -> tuple[str, int]:
        """Append the answer, its request and what was made of it, in this order and in one write."""
        members, answer = [packed.answer.member, packed.request], packed.answer
        if identity:
            about = metadata_record(exchange.url, exchange.fetched_at, identity, answer_id=answer.record_id)
            members.append(about.member)
        return self._files.append(b"".join(members), written_at or exchange.fetched_at, answer.line)

    def sync(self) -> None:
        """Force everything appended onto disk; call it before committing the transaction that refers to it."""
        self._files.sync()

    def read(self, ref: ArchiveRef) -> ArchivedPage:
        """Read an archived page. Raises StoreError if it is missing or not what was written."""
        try:
            page = _page(self._record(ref))
            if ref.payload_digest and payload_digest(page.body) != ref.payload_digest:
                raise ValueError("the body is not the one that was written")
        except (OSError, ValueError) as error:
            raise StoreError(
                f"the archive has no readable record at {ref.warc_file} offset {ref.warc_offset} "
                f"({one_line(error, limit=None)}); restore the file from a backup"
            ) from error
        return page

    def identity(self, ref: ArchiveRef) -> Mapping[str, str]:
        """The fields archived with a page about what was made of it; empty if there are none. Raises StoreError."""
        try:
            path = self._files.locate(ref.warc_file)
            page = self._record(ref)
            answer_id = page.headers.get("warc-refers-to" if page.type == RENDERED_PAGE else "warc-record-id")
            offset = page.offset + page.length
            while (record := record_in(member_at(path, offset))) is not None:
                if record.headers.get("warc-concurrent-to") != answer_id:
                    break
                if record.type == "metadata":
                    return record.fields
                offset += record.length
        except (OSError, ValueError) as error:
            raise StoreError(
                f"the archive has no readable record at {ref.warc_file} offset {ref.warc_offset}"
            ) from error
        return {}

    def _record(self, ref: ArchiveRef) -> Record:
        try:
            member = member_at(self._files.locate(ref.warc_file), ref.warc_offset)
        except FileNotFoundError:  # its writer may have renamed it in between
            member = member_at(self._files.locate(ref.warc_file), ref.warc_offset)
        if member.data is None:
            raise ValueError(member.fault)
        record = record_in(member)
        if record is None:
            raise ValueError("it is no WARC record")
        return record

    def files_before(self, day: datetime) -> list[str]:
        """The finished files of days before this one, oldest first."""
        return self._files.before(day)

    def files_beyond(self, most_bytes: int) -> list[str]:
        """The oldest finished files: those to delete so that the rest takes at most `most_bytes`."""
        return self._files.beyond(most_bytes)

    def byte_count(self) -> int:
        """The size of all files together, without their indexes."""
        return self._files.byte_count()

    def delete_empty(self) -> None:
        """Delete the finished files that hold no answer any more because all of them were scrubbed."""
        for path in archive_files(self.folder):
            index = index_path(path)
            if not is_open(path) and index.is_file() and not index.stat().st_size:
                self.delete(lasting_name(self.folder, path))

    def delete(self, name: str) -> None:
        """Delete a finished file and its index. Raises StoreError."""
        self._files.delete(name)

    def close(self) -> None:
        """Sync and close the file in use."""
        self._files.close()


def _page(record: Record) -> ArchivedPage:
    if record.type not in PAGES:
        raise ValueError(f"a {record.type} record, not a response")
    is_rendered = record.type == RENDERED_PAGE
    return ArchivedPage(
        url=record.url,
        fetched_at=datetime.fromisoformat(record.headers.get("warc-date", "")),
        status=200 if is_rendered else int(record.http_status),
        content_type=record.headers.get("content-type") if is_rendered else record.http_headers.get("content-type"),
        body=record.body,
        is_rendered=is_rendered,
    )


def _first_record(about: Mapping[str, str]) -> Callable[[str, datetime], bytes]:
    def first(file_name: str, at: datetime) -> bytes:
        return warcinfo_record(file_name, at, about).member

    return first
