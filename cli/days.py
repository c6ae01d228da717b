"""Days as they are named in options."""

from __future__ import annotations

from datetime import date

from news.errors import ConfigError


def named_day(text: str, option: str) -> date:
    """The day that an option names. Raises ConfigError."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ConfigError(f"{option} {text!r} is not a day; write one such as 2024-03-01") from None
