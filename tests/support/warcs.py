"""WARC files as others write them, and records as newsdex once wrote them."""

from __future__ import annotations

import gzip
import io
from datetime import datetime
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from store.archive.records import metadata_record
from store.archive.service import Archive


def write_warc(path: Path, pages: list[tuple[str, datetime, int, bytes]]) -> Path:
    """A file as Common Crawl writes them: gzip members, bodies in the encodings they came in."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for url, at, status, body in pages:
            headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip")]
            answer = StatusAndHeaders(f"{status} Some", headers, protocol="HTTP/1.1")
            date = {"WARC-Date": at.strftime("%Y-%m-%dT%H:%M:%SZ")}
            packed = gzip.compress(body)
            record = writer.create_warc_record(
                url,
                "response",
                payload=io.BytesIO(packed),
                length=len(packed),  # else warcio leaves a temporary file open
                http_headers=answer,
                warc_headers_dict=date,
            )
            writer.write_record(record)
    return path


def append_about(archive: Archive, url: str, at: datetime) -> None:
    """Append a record that is about an address and belongs to no answer, as those of before November 2026 did."""
    archive._files.append(metadata_record(url, at, {"a": "b"}).member, at)
