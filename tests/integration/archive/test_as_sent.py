"""Pages that were sent packed by gzip lie in the archive as they were sent."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.fetching.answers import with_body
from crawler.fetching.bodies import PackedBody
from news.errors import StoreError
from news.identity import StoryForms
from news.versions.digest import payload_digest
from store.archive.check import Checked, check_archive
from store.archive.forget import ArchiveForgetter
from store.archive.index import index_path
from store.archive.scan import records_of
from store.archive.service import Archive, KnownPayload
from store.records import ArchiveRef, Held
from tests.support.archives import FETCHED, exchange, files_of, open_archive, warcio_says

URL = "https://paper.example/story"
BODY = b"<html><body><p>A story of some length.</p></body></html>" * 400
SENT = gzip.compress(BODY, 6, mtime=0)


def kept(archive: Archive) -> ArchiveRef:
    ref = archive.append_response(exchange(URL, BODY, level=6), {"newsdex-article-id": "a1"})
    archive.sync()
    return ref


def met_again(archive: Archive, ref: ArchiveRef, *, level: int | None) -> None:
    known = KnownPayload(ref=ref, url=URL, fetched_at=FETCHED)
    archive.append_revisit(exchange(URL, BODY, minutes=5, level=level), known)


def test_its_record_holds_the_bytes_that_were_sent_and_is_read_decoded(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    ref = kept(archive)
    archive.close()
    (warc,) = files_of(tmp_path)

    answer = next(record for record in records_of(warc) if record.type == "response")

    assert (answer.payload, answer.body) == (SENT, BODY)
    assert SENT in warc.read_bytes()  # stored: to pack it again would win nothing
    assert answer.headers["warc-payload-digest"] == payload_digest(SENT)
    assert answer.payload_digest == ref.payload_digest == payload_digest(BODY)
    assert archive.read(ref).body == BODY


def test_other_readers_of_archives_unpack_it(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    kept(archive)
    archive.close()
    (warc,) = files_of(tmp_path)
    with warc.open("rb") as file:
        bodies = [r.content_stream().read() for r in ArchiveIterator(file) if r.rec_type == "response"]
    assert bodies == [BODY]
    assert warcio_says(warc) == (0, "")


@pytest.mark.parametrize("level", [None, 1])
def test_a_revisit_has_the_digest_and_the_encoding_of_what_it_refers_to(tmp_path: Path, level: int | None) -> None:
    archive = open_archive(tmp_path)
    met_again(archive, kept(archive), level=level)
    archive.close()
    (warc,) = files_of(tmp_path)

    first, again = (record for record in records_of(warc) if record.type in {"response", "revisit"})

    for name in ("content-encoding", "content-length"):
        assert again.http_headers[name] == first.http_headers[name]
    assert again.headers["warc-payload-digest"] == first.headers["warc-payload-digest"]
    assert again.payload_digest == payload_digest(BODY)
    assert warcio_says(warc) == (0, "")


def test_a_revisit_of_a_page_that_is_archived_decoded_says_so(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    ref = archive.append_response(exchange(URL, BODY))
    archive.sync()
    met_again(archive, ref, level=6)
    archive.close()
    (warc,) = files_of(tmp_path)
    again = next(record for record in records_of(warc) if record.type == "revisit")
    assert "content-encoding" not in again.http_headers
    assert again.headers["warc-payload-digest"] == payload_digest(BODY)


def test_the_check_of_an_archive_looks_at_the_page_too(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    ref = kept(archive)
    met_again(archive, ref, level=1)
    archive.close()
    assert list(check_archive(tmp_path, files_of(tmp_path), [ref], Checked())) == []

    other = ArchiveRef(warc_file=ref.warc_file, warc_offset=ref.warc_offset, payload_digest=payload_digest(SENT))
    (fault,) = check_archive(tmp_path, files_of(tmp_path), [other], Checked())
    assert fault.what == "the page here is another than the store says"


def test_a_page_whose_packing_is_damaged_is_a_fault_and_is_not_read(tmp_path: Path) -> None:
    broken = SENT[:60] + bytes([SENT[60] ^ 0xFF]) + SENT[61:]
    archive = open_archive(tmp_path)
    ref = archive.append_response(replace(exchange(URL, BODY, level=6), gzipped=broken))
    archive.close()
    faults = [fault.what for fault in check_archive(tmp_path, files_of(tmp_path), [], Checked())]
    assert len(faults) == 1
    assert "payload" in faults[0]
    with pytest.raises(StoreError, match="restore the file from a backup"):
        archive.read(ref)


def test_who_knows_only_the_page_finds_its_records_by_the_index(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    met_again(archive, kept(archive), level=1)
    archive.close()
    (warc,) = files_of(tmp_path)
    listed = [json.loads(line.split(" ", 2)[2]) for line in index_path(warc).read_text().splitlines()]
    assert {line["decoded_digest"] for line in listed} == {payload_digest(BODY)}

    held = Held(article_ids=(), addresses=(), payload_digests=(payload_digest(BODY),), version_count=0)
    forgetter = ArchiveForgetter(tmp_path, held, forms=StoryForms())
    assert forgetter.scrub(at=FETCHED + timedelta(days=1)).record_count == 5
    assert SENT not in warc.read_bytes()


@pytest.mark.parametrize(
    ("content", "packings"),
    [
        pytest.param(SENT[:-9], ("gzip",), id="cut"),
        pytest.param(gzip.compress(BODY[:10]) + gzip.compress(BODY[10:]), ("gzip",), id="two members"),
        pytest.param(gzip.compress(SENT), ("gzip", "gzip"), id="packed twice"),
        pytest.param(BODY, (), id="not packed"),
    ],
)
def test_what_is_not_one_whole_member_is_archived_decoded(content: bytes, packings: tuple[str, ...]) -> None:
    packed = PackedBody(content=content, packings=packings)
    assert with_body(exchange(URL, b""), packed, packed.unpacked(), "sha256:0").gzipped is None


def test_what_is_one_whole_member_is_archived_as_it_was_sent() -> None:
    packed = PackedBody(content=SENT, packings=("gzip",))
    page = with_body(exchange(URL, b""), packed, packed.unpacked(), "sha256:0")
    assert (page.gzipped, page.body) == (SENT, BODY)
