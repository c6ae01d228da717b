"""Whether what was typed is an address that can be asked for."""

from __future__ import annotations

from news.errors import ConfigError
from news.urls import normalize_url


def check_address(address: str, *, typed: str) -> None:
    """Raise ConfigError that tells what was `typed`, where an address is none of the web."""
    if normalize_url(address) is None:
        raise ConfigError(f"{typed} is not a web address; write https://…")
