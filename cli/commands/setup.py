"""`init`: an initial settings file, and a folder for source files beside it."""

from __future__ import annotations

from pathlib import Path

from cli.output import console
from config.load import FILE_NAME
from config.template import commented_settings
from news.errors import ConfigError

NO_FOLDER, FOLDER = "\n#sources_dir: null\n", "sources"


def write_settings(path: Path, *, force: bool) -> None:
    """Write the commented settings to this file; the only one that is set names a folder beside it."""
    if path.is_dir():
        raise ConfigError(f"{path} is a folder; name a file in it, such as {path / FILE_NAME}")
    if path.exists() and not force:
        raise ConfigError(f"{path} exists; add --force to overwrite it, or name another file")
    try:
        text = commented_settings().replace(NO_FOLDER, f"\nsources_dir: {FOLDER}\n")
        (path.parent / FOLDER).mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{path} cannot be written: {error.strerror}; name another file") from error
    console.print(f"wrote {path}; next: newsdex sources list, newsdex crawl trtworld, newsdex daemon")
