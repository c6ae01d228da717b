"""What stands in the addresses of feeds and in unsubscribe links: made, recognised, and kept as a digest."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

ID_BYTES, TOKEN_BYTES, SECRET_BYTES = 8, 24, 32
FEED_PREFIX, UNSUBSCRIBE_PREFIX = "ndf_", "ndu_"
_ID = re.compile(r"[0-9a-f]{16}")
_UNSUBSCRIBE = re.compile(rf"{UNSUBSCRIBE_PREFIX}([0-9a-f]{{16}})_([0-9a-f]{{48}})")


def make_id() -> str:
    """An id of a search or delivery."""
    return secrets.token_hex(ID_BYTES)


def is_id(text: str) -> bool:
    """Whether this may be an id; a database need not be asked about anything else."""
    return _ID.fullmatch(text) is not None


def make_secret() -> str:
    """What signs a webhook's bodies."""
    return secrets.token_hex(SECRET_BYTES)


def make_feed_token() -> str:
    """What opens one feed."""
    return FEED_PREFIX + secrets.token_hex(TOKEN_BYTES)


def token_digest(token: str) -> str:
    """What is kept of a feed's token; of 192 random bits a plain digest cannot be reversed by guessing."""
    return hashlib.sha256(token.encode("ascii", "replace")).hexdigest()


def unsubscribe_token(delivery_id: str, secret: str) -> str:
    """What ends one mail delivery; it can be made again for each mail, so it is not kept."""
    signed = hmac.new(secret.encode(), f"unsubscribe {delivery_id}".encode(), hashlib.sha256).hexdigest()
    return f"{UNSUBSCRIBE_PREFIX}{delivery_id}_{signed[: TOKEN_BYTES * 2]}"


def delivery_of(token: str) -> str | None:
    """The delivery an unsubscribe token is about; None for what is none."""
    found = _UNSUBSCRIBE.fullmatch(token)
    return found[1] if found else None


def is_unsubscribe_token(token: str, delivery_id: str, secret: str) -> bool:
    """Whether the token was made for this delivery, in constant time."""
    return hmac.compare_digest(token.encode("ascii", "replace"), unsubscribe_token(delivery_id, secret).encode())
