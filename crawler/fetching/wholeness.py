"""Telling whether an answer may be incomplete: its server closed the connection, or its packed body has no end."""

from __future__ import annotations

from crawler.fetching.bodies import Unpacked

ENDS = (b"</html>", b"</rss>", b"</feed>", b"</urlset>", b"</sitemapindex>", b"</rdf:rdf>")
TAIL_BYTES = 2048  # caches and statistics append comments behind the end
TRUSTED_AFTER = 2  # such answers in a row: a server that always ends like this knows no other end
PACKED = b"\x1f\x8b"  # gzip: unpacking reveals whether something is missing


def why_cut(unpacked: Unpacked, *, has_no_length: bool, failure_count: int) -> str | None:
    """Why an answer should be requested again; None if it is whole. `failure_count` as in `may_be_cut`.

    `has_no_length` says that the server closed the connection instead of saying where the body ends.
    """
    if not may_be_cut(unpacked.body, failure_count=failure_count):
        return None
    if has_no_length:
        return "the connection was closed and the page has no end"
    return None if unpacked.is_whole else "what was sent packed stops before its end"


def may_be_cut(body: bytes, *, failure_count: int) -> bool:
    """Whether to request a page again that lacks its last tag, after `failure_count` failed fetches in a row.

    >>> may_be_cut(b"<html><body><p>Half a sto", failure_count=0)
    True
    >>> may_be_cut(b"<html><body><p>All.</body></html>\\n<!-- cached -->", failure_count=0)
    False
    """
    if failure_count >= TRUSTED_AFTER or body.startswith(PACKED):
        return False
    tail = body[-TAIL_BYTES:].lower()
    return not (any(end in tail for end in ENDS) or tail.rstrip().endswith((b"}", b"]")))
