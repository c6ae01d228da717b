"""Checks that a typed address can be requested."""

from __future__ import annotations

from news.errors import ConfigError
from news.urls import normalize_url


def check_address(address: str, *, typed: str) -> None:
    """Raise ConfigError naming what was `typed` if an address is not a web address."""
    if normalize_url(address) is None:
        raise ConfigError(f"{typed} is not a web address; write https://…")
