"""`sources rename`: a new id for a source, its file and everything the record keeps under the id."""

from __future__ import annotations

from pathlib import Path

from cli.output import console, counted
from cli.wiring import Installation, installation
from config.sources import SUFFIX, is_source_id
from news.errors import ConfigError, NewsdexError, NotFoundError
from store.clock import utc_now


def rename_source(old: str, new: str) -> None:
    """Rename in the record, then the file unless it is done already, then update the index.

    Raises ConfigError and NotFoundError for invalid ids, NewsdexError while either source is being crawled.
    """
    with installation() as opened:
        file = _file_to_rename(opened, old, new)
        for run in opened.store.activity.open_runs():
            if run.source_id in (old, new):
                raise NewsdexError(f"run {run.id} of {run.source_id} is under way; rename it when that has ended")
        count = opened.store.renaming.rename(old, new, now=utc_now())
        if file is not None:
            _rename_file(file, file.with_name(f"{new}{SUFFIX}"))
        console.print(f"{old} is {new} from now on, with {counted(count, 'article')}")
        console.print("a daemon reads the file after SIGHUP; saved searches that name the source do not change")
        opened.deliver()


def _file_to_rename(opened: Installation, old: str, new: str) -> Path | None:
    """The file of the old id if the new id has none yet."""
    sources, folder = opened.sources, opened.settings.sources_dir
    if not is_source_id(new) or new == old:
        raise ConfigError(f"{new!r} cannot be the new id; write small letters, digits and hyphens")
    if old not in sources:
        if old not in opened.store.renaming.known_sources():
            raise NotFoundError(f"no source {old!r}, neither a file nor articles; `newsdex sources list` shows them")
        sources.get(new)
        return None
    if new in sources:
        raise ConfigError(f"{sources.files[old]} and {sources.files[new]} are both there; move the first away")
    file = Path(sources.files[old])
    if folder is None or file.parent != folder:
        raise ConfigError(f"{old} is shipped with newsdex and keeps its name; copy {file} to a file of yours")
    return file


def _rename_file(file: Path, to: Path) -> None:
    try:
        file.rename(to)
    except OSError as error:
        raise ConfigError(f"{file} cannot be renamed to {to.name}: {error.strerror}; rename it yourself") from error
