"""`init`: a settings file to begin with."""

from __future__ import annotations

from pathlib import Path

from cli.output import console
from config.template import commented_settings
from news.errors import ConfigError


def write_settings(path: Path, *, force: bool) -> None:
    """Write the commented settings to this file."""
    if path.exists() and not force:
        raise ConfigError(f"{path} exists; add --force to overwrite it, or name another file")
    try:
        path.write_text(commented_settings(), encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{path} cannot be written: {error.strerror}; name another file") from error
    console.print(f"wrote {path}; next: newsdex sources list, newsdex crawl trtworld, newsdex daemon")
