"""Tokens in feed addresses and unsubscribe links: how they are made, recognised and kept as digests."""

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
    """Make the id of a search or delivery."""
    return secrets.token_hex(ID_BYTES)


def is_id(text: str) -> bool:
    """Whether the text has the form of an id; the database need not be asked about anything else."""
    return _ID.fullmatch(text) is not None


def make_secret() -> str:
    """Make the secret that signs a webhook's bodies."""
    return secrets.token_hex(SECRET_BYTES)


def make_feed_token() -> str:
    """Make the token that opens one feed."""
    return FEED_PREFIX + secrets.token_hex(TOKEN_BYTES)


def token_digest(token: str) -> str:
    """The stored digest of a feed's token; a plain digest of 192 random bits cannot be reversed by guessing."""
    return hashlib.sha256(token.encode("ascii", "replace")).hexdigest()


def unsubscribe_token(delivery_id: str, secret: str) -> str:
    """The token that ends one mail delivery; it can be derived again for each mail, so it is not stored."""
    signed = hmac.new(secret.encode(), f"unsubscribe {delivery_id}".encode(), hashlib.sha256).hexdigest()
    return f"{UNSUBSCRIBE_PREFIX}{delivery_id}_{signed[: TOKEN_BYTES * 2]}"


def delivery_of(token: str) -> str | None:
    """The delivery an unsubscribe token belongs to; None for text that is not a token."""
    found = _UNSUBSCRIBE.fullmatch(token)
    return found[1] if found else None


def is_unsubscribe_token(token: str, delivery_id: str, secret: str) -> bool:
    """Whether the token was made for this delivery, compared in constant time."""
    return hmac.compare_digest(token.encode("ascii", "replace"), unsubscribe_token(delivery_id, secret).encode())
