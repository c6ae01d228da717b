"""API keys: their written form, their scopes and how they are compared."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

PREFIX = "ndx"
ID_BYTES, SECRET_BYTES = 6, 24  # 192 random bits: a plain digest of them cannot be reversed by guessing
_WRITTEN = re.compile(rf"{PREFIX}_([0-9a-f]{{12}})_([0-9a-f]{{48}})")


class Scope(StrEnum):
    """What a key allows; each scope includes those before it."""

    READ = "read"  # search and read, where reading requires a key
    OPERATE = "operate"  # request crawls, cancel, pause and resume
    ADMIN = "admin"  # everything

    def allows(self, wanted: Scope) -> bool:
        """Whether a key of this scope may do what requires `wanted`."""
        order = list(Scope)
        return order.index(self) >= order.index(wanted)


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyView:
    """A key as it is listed; its secret is shown only once, when it is made."""

    id: str
    name: str
    scope: Scope
    created_at: datetime
    last_used_at: datetime | None  # to the hour
    revoked_at: datetime | None


def make_key() -> tuple[str, str]:
    """Make a key; return its id and the whole key as it is handed out."""
    key_id = secrets.token_hex(ID_BYTES)
    return key_id, f"{PREFIX}_{key_id}_{secrets.token_hex(SECRET_BYTES)}"


def key_id_of(written: str) -> str | None:
    """The id in a key; None for text that is not a key.

    >>> key_id_of("ndx_00112233aabb_" + "0" * 48)
    '00112233aabb'
    """
    found = _WRITTEN.fullmatch(written)
    return found[1] if found else None


def secret_digest(written: str) -> str:
    """The digest of a key that is stored in its place."""
    return hashlib.sha256(written.encode("ascii", "replace")).hexdigest()


def same_secret(written: str, digest: str) -> bool:
    """Whether a key has the stored digest, compared in constant time."""
    return hmac.compare_digest(secret_digest(written), digest)
