"""Whether an answer whose server closed the connection without having said how long it is may be a part only."""

from __future__ import annotations

ENDS = (b"</html>", b"</rss>", b"</feed>", b"</urlset>", b"</sitemapindex>", b"</rdf:rdf>")
TAIL_BYTES = 2048  # caches and statistics write comments behind the end
TRUSTED_AFTER = 2  # such answers in a row: a server that always ends so has no other end
PACKED = b"\x1f\x8b"  # gzip: what is missing is noticed when it is unpacked


def may_be_cut(body: bytes, *, failure_count: int) -> bool:
    """Whether to ask again for what lacks its last tag; `failure_count` fetches in a row have failed before.

    >>> may_be_cut(b"<html><body><p>Half a sto", failure_count=0)
    True
    >>> may_be_cut(b"<html><body><p>All.</body></html>\\n<!-- cached -->", failure_count=0)
    False
    """
    if failure_count >= TRUSTED_AFTER or body.startswith(PACKED):
        return False
    tail = body[-TAIL_BYTES:].lower()
    return not (any(end in tail for end in ENDS) or tail.rstrip().endswith((b"}", b"]")))
