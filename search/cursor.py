"""Cursors: tokens that continue after a hit, beyond the numbered pages.

A token is bound to its search and carries a checksum, so that a damaged one, or one of another search, is refused
and not answered wrongly. It holds no secret: it names a position in the results, which anyone may ask for.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json

from news.index import Position, SearchResult
from search.errors import BadRequest
from search.params import SearchParams

_CHECK_BYTES = 9


def make_cursor(params: SearchParams, position: Position) -> str:
    """The token that continues after this position of this search."""
    payload = json.dumps(position, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_check(params, payload) + payload).decode().rstrip("=")


def next_cursor(params: SearchParams, result: SearchResult) -> str | None:
    """The token for continuing after the last hit; None when not requested or nothing can follow."""
    if result.after is None or len(result.hits) < params.size:
        return None
    if params.cursor is None and params.offset + len(result.hits) >= result.total:
        return None
    return make_cursor(params, result.after)


def read_cursor(params: SearchParams, cursor: str) -> Position:
    """The position in a token. Raises BadRequest."""
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        check, payload = raw[:_CHECK_BYTES], raw[_CHECK_BYTES:]
        if check == _check(params, payload):
            return tuple(json.loads(payload))
    except (binascii.Error, ValueError):
        pass
    raise BadRequest("cursor: is not one that this search gave; begin again without it")


def _check(params: SearchParams, payload: bytes) -> bytes:
    """The checksum of the search, without the parameters that only select a part of the answer."""
    search = params.model_dump_json(exclude={"cursor", "page", "size", "timeline", "strict"})
    return hashlib.sha256(search.encode() + b"\n" + payload).digest()[:_CHECK_BYTES]
