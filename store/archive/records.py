"""The records that the archive writes: whole gzip members of one WARC/1.1 record each (ISO 28500:2017)."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from http.client import responses
from typing import Any
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from news.errors import StoreError
from news.versions.digest import payload_digest
from store.archive.exchange import Exchange, KnownPayload, Packed, PackedExchange, Rendered, Sent, StoredPayload
from store.archive.index import index_line
from store.archive.members import packed_member, padded_member
from store.archive.scan import DECODED_DIGEST, Member, record_in
from store.records import FrontierRow

FIELDS_TYPE = "application/warc-fields"
FORMAT = {
    "format": "WARC File Format 1.1",
    "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
}
# Fields of the metadata record that follows the response or revisit record of an article
ARTICLE_ID, SOURCE_ID, REQUESTED_URL = "newsdex-article-id", "newsdex-source-id", "newsdex-requested-url"
TITLE_HINT, PUBLISHED_HINT, SECTION_HINT = "newsdex-hint-title", "newsdex-hint-published", "newsdex-hint-section"
TAKEN_FROM = "newsdex-taken-from"  # the foreign archive file that the page came from
REMOVED_AT = "newsdex-removed-at"  # set when the answer confirmed that the article was removed
RENDERED = "newsdex-rendered-digest"  # digest of the rendered document, if the article was read from that
RENDERED_TYPE = "text/html; charset=utf-8"  # content type of rendered documents
SCRUBBED = "newsdex-scrubbed-at"  # the only field of a record that replaces a forgotten one
# The request headers that are archived; any other could carry one of our secrets.
HARMLESS = frozenset(
    {"accept", "accept-encoding", "accept-language", "cache-control", "connection", "host", "if-modified-since",
     "if-none-match", "user-agent"}
)  # fmt: skip
_LINE_BREAKS = re.compile("[\r\n\0]+")


def article_fields(row: FrontierRow, article_id: str) -> dict[str, str]:
    """The fields a rebuild needs about an answer: its article and source, and the hints known before it was read."""
    return {
        ARTICLE_ID: article_id,
        SOURCE_ID: row.source_id,
        REQUESTED_URL: row.url,
        TITLE_HINT: row.title_hint or "",
        PUBLISHED_HINT: row.published_hint.isoformat() if row.published_hint else "",
        SECTION_HINT: row.section_hint or "",
    }


def pack_exchange(exchange: Exchange) -> PackedExchange:
    """Make the records of an answer and its request: most of the work of archiving them, and it needs no archive."""
    answer = response_record(exchange)
    return PackedExchange(answer=answer, request=request_member(exchange, answer.record_id))


def request_member(exchange: Exchange, answer_id: str) -> bytes:
    """The record of the request behind an archived answer, as a gzip member; empty if the request is not known."""
    return request_record(exchange, exchange.sent, answer_id).member if exchange.sent is not None else b""


def response_record(exchange: Exchange) -> Packed:
    """The response record of an answer, with the body as it was sent if that is known."""
    is_gzipped = exchange.gzipped is not None
    payload = exchange.body if exchange.gzipped is None else exchange.gzipped
    digest = payload_digest(payload) if is_gzipped else exchange.payload_digest
    stored = StoredPayload(digest=digest, length_bytes=len(payload), is_gzipped=is_gzipped)
    record = _writer().create_warc_record(
        exchange.url,
        "response",
        payload=io.BytesIO(payload),
        length=len(payload),  # else warcio copies the body through a temporary file
        http_headers=_http_headers(exchange, stored),
        warc_headers_dict={"WARC-Payload-Digest": digest, **_answer_headers(exchange, stored)},
    )
    return _packed(record, packed_bytes=len(payload) if is_gzipped else 0)


def revisit_record(exchange: Exchange, known: KnownPayload, stored: StoredPayload) -> Packed:
    """The revisit record of an answer whose body is archived already, as `stored`; readers combine the two."""
    record = _writer().create_revisit_record(
        exchange.url,
        digest=stored.digest,
        refers_to_uri=known.url,
        refers_to_date=_warc_date(known.fetched_at),
        http_headers=_http_headers(exchange, stored),
        warc_headers_dict=_answer_headers(exchange, stored),
    )
    return _packed(record)


def request_record(exchange: Exchange, sent: Sent, answer_id: str) -> Packed:
    """The record of the request behind an archived answer, without headers that may be secret."""
    parts = urlsplit(exchange.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    kept = [(name, _one_line(value)) for name, value in sent.headers if name.lower() in HARMLESS]
    if not any(name.lower() == "host" for name, _ in kept):
        kept.insert(0, ("Host", parts.netloc.rpartition("@")[2]))
    record = _writer().create_warc_record(
        exchange.url,
        "request",
        http_headers=StatusAndHeaders(f"{sent.method} {target} HTTP/1.1", kept, is_http_request=True),
        warc_headers_dict={"WARC-Date": _warc_date(exchange.fetched_at), "WARC-Concurrent-To": answer_id},
    )
    return _packed(record)


def rendered_record(exchange: Exchange, rendered: Rendered, answer_id: str) -> Packed:
    """The conversion record with the rendered document of an archived answer (ISO 28500:2017, section 6.8)."""
    record = _writer().create_warc_record(
        exchange.url,
        "conversion",
        payload=io.BytesIO(rendered.body),
        length=len(rendered.body),
        warc_content_type=RENDERED_TYPE,
        warc_headers_dict={
            "WARC-Date": _warc_date(exchange.fetched_at),
            "WARC-Refers-To": answer_id,
            "WARC-Payload-Digest": rendered.payload_digest,
        },
    )
    return _packed(record)


def metadata_record(url: str, at: datetime, fields: Mapping[str, str], *, answer_id: str | None = None) -> Packed:
    """The metadata record that says what we made of an answer."""
    named = {"WARC-Concurrent-To": answer_id} if answer_id else {}
    return _packed(_fields_record("metadata", url, at, fields, named))


def warcinfo_record(file_name: str, at: datetime, about: Mapping[str, str]) -> Packed:
    """The record that begins a file: who made it, with what, and by which rules."""
    return _packed(_fields_record("warcinfo", "", at, {**FORMAT, **about}, {"WARC-Filename": file_name}))


def scrubbed_member(length: int, *, at: datetime, place: str) -> bytes:
    """A member of exactly `length` bytes that says only that a record was forgotten here, and when.

    It depends on the arguments alone, so that a process killed while writing it writes the same bytes again. Raises
    StoreError if that is too short.
    """
    headers = {"WARC-Record-ID": f"<urn:uuid:{uuid5(NAMESPACE_URL, place)}>"}
    stamp = {SCRUBBED: at.astimezone(UTC).isoformat()}
    raw = _raw(_fields_record("metadata", "", at, stamp, headers))
    member = padded_member(raw, length)
    if member is None:
        raise StoreError(f"the record at {place} is too short to be overwritten: newsdex did not write it")
    return member


def _packed(record: Any, *, packed_bytes: int = 0) -> Packed:
    """A record as a gzip member; its last `packed_bytes` bytes before the closing gap are compressed already."""
    raw = _raw(record)
    member = packed_member(raw, stored_as_is=packed_bytes)
    line = None
    if record.rec_type in {"response", "revisit"}:
        read = record_in(Member(0, len(member), raw))
        line = index_line(read) if read is not None else None
    return Packed(member=member, record_id=record.rec_headers.get_header("WARC-Record-ID"), line=line)


def _raw(record: Any) -> bytes:
    buffer = io.BytesIO()
    WARCWriter(buffer, gzip=False, warc_version="1.1").write_record(record)
    return buffer.getvalue()


def _fields_record(kind: str, url: str, at: datetime, fields: Mapping[str, str], headers: Mapping[str, str]) -> Any:
    body = "".join(f"{name}: {' '.join(value.split())}\r\n" for name, value in fields.items() if value).encode(
        "utf-8", "replace"
    )
    return _writer().create_warc_record(
        url,
        kind,
        payload=io.BytesIO(body),
        length=len(body),
        warc_content_type=FIELDS_TYPE,
        warc_headers_dict={"WARC-Date": _warc_date(at), **headers},
    )


def _writer() -> WARCWriter:
    return WARCWriter(io.BytesIO(), gzip=False, warc_version="1.1")


def _answer_headers(exchange: Exchange, stored: StoredPayload) -> dict[str, str]:
    """The WARC headers that responses and revisits have in common."""
    decoded = {DECODED_DIGEST: exchange.payload_digest} if stored.is_gzipped else {}
    return {"WARC-Date": _warc_date(exchange.fetched_at), **decoded}


def _http_headers(exchange: Exchange, stored: StoredPayload) -> StatusAndHeaders:
    """The answer's headers, corrected to describe the payload as stored."""
    kept: list[tuple[str, str]] = []
    for name, value in exchange.headers:
        if name.lower() in {"content-encoding", "transfer-encoding", "content-length"}:
            kept.append((f"X-Archive-Orig-{name}", _one_line(value)))
        else:
            kept.append((name.encode("ascii", "replace").decode(), _one_line(value)))
    if stored.is_gzipped:
        kept.append(("Content-Encoding", "gzip"))
    kept.append(("Content-Length", str(stored.length_bytes)))
    status = f"{exchange.status} {responses.get(exchange.status, 'Status')}"
    return StatusAndHeaders(status, kept, protocol="HTTP/1.1")


def _one_line(value: str) -> str:
    """A header value that can neither start another header nor fail to be encoded."""
    return _LINE_BREAKS.sub(" ", value).encode("utf-8", "replace").decode()


def _warc_date(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
