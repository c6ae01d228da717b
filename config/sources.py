"""Finds and reads source files: those shipped with newsdex and the user's own."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from pydantic import ValidationError

from config.problems import Problem, problems_of, quoted
from config.settings import Settings
from config.source_file import SourceFile
from config.yaml_lines import read_yaml
from news.errors import ConfigError, NotFoundError
from news.identity import StoryForms
from news.source import Source

SUFFIX = ".yaml"
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
# Names that Windows reserves for devices in any folder; a checkout or a backup must not contain them.
_DEVICE_NAMES = frozenset(["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))])


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceSet:
    """All sources of an installation, by id."""

    by_id: Mapping[str, Source]
    files: Mapping[str, str]  # id -> file that describes the source

    def __iter__(self) -> Iterator[Source]:
        return iter(self.by_id.values())

    def __len__(self) -> int:
        return len(self.by_id)

    def __contains__(self, source_id: object) -> bool:
        return source_id in self.by_id

    def get(self, source_id: str) -> Source:
        """The source with this id; raises NotFoundError suggesting the closest one."""
        if source_id in self.by_id:
            return self.by_id[source_id]
        called = [known.id for known in self if known.name.casefold() == source_id.casefold()]
        close = called or difflib.get_close_matches(source_id, self.by_id, n=1)
        hint = f'did you mean "{close[0]}"?' if close else "`newsdex sources list` shows them"
        raise NotFoundError(f"no source {quoted(source_id)}; {hint}")

    @property
    def story_forms(self) -> StoryForms:
        """The address forms of all sources."""
        return StoryForms(form for source in self for form in source.address_forms)

    def enabled(self) -> tuple[Source, ...]:
        """The sources that schedules follow."""
        return tuple(source for source in self if source.enabled)


def load_source(path: Path) -> Source:
    """Read one source file; raises ConfigError naming the file, line and key that is wrong."""
    read = _read(path)
    if isinstance(read, Source):
        return read
    raise read[0].as_error()


def load_sources(settings: Settings) -> SourceSet:
    """The shipped sources unless switched off, each replaced by a user's file of the same id, and the user's.

    Raises ConfigError at the first invalid file, so that a broken source never looks like a quiet publisher.
    """
    found, problems = load_usable_sources(settings)
    if problems:
        raise problems[0].as_error()
    return found


def load_usable_sources(settings: Settings) -> tuple[SourceSet, list[Problem]]:
    """The sources with valid files, and the first problem of each invalid one.

    An invalid file of the user's hides the shipped one it replaces. Raises ConfigError for a missing folder.
    """
    found: dict[str, tuple[Source, str]] = {}
    problems: list[Problem] = []
    with as_file(files("config") / "sources") as shipped:
        folders = [shipped] if settings.shipped_sources else []
        folders += [settings.sources_dir] if settings.sources_dir is not None else []
        for folder in folders:
            for path in source_files(folder):
                read = _read(path)
                if isinstance(read, Source):
                    found[read.id] = (read, str(path))
                else:
                    problems.append(read[0])
                    found.pop(path.name.removesuffix(SUFFIX), None)
    ordered = sorted(found)
    by_id = {key: found[key][0] for key in ordered}
    return SourceSet(by_id=by_id, files={key: found[key][1] for key in ordered}), problems


def source_files(folder: Path) -> list[Path]:
    """The source files of a folder in name order; hidden files, backups and notes are skipped."""
    if not folder.is_dir():
        raise ConfigError(f"{folder}: the folder of source files is not there; create it or change sources_dir")
    paths = sorted(folder.iterdir())
    for path in paths:
        if path.suffix == ".yml" and not path.name.startswith("."):
            raise ConfigError(f"{path}: source files end in {SUFFIX}; rename it to {path.stem}{SUFFIX}")
    return [path for path in paths if path.suffix == SUFFIX and not path.name.startswith(".")]


def shipped_text(settings: Settings, source_id: str) -> str | None:
    """The text of the shipped file with this id; None if there is none or shipped sources are switched off."""
    shipped = files("config") / "sources" / f"{source_id}{SUFFIX}"
    return shipped.read_text(encoding="utf-8") if settings.shipped_sources and shipped.is_file() else None


def switched_off(text: str) -> str:
    """The text of a source file, changed so that no schedule follows the source.

    >>> switched_off("name: Gazette\\nenabled: true\\n"), switched_off("name: Gazette\\n")
    ('name: Gazette\\nenabled: false\\n', 'name: Gazette\\nenabled: false\\n')
    """
    off, count = re.subn(r"(?m)^enabled *:.*$", "enabled: false", text)
    return off if count else f"{text.rstrip()}\nenabled: false\n"


def check_source_files(paths: Iterable[Path]) -> list[Problem]:
    """Every problem of the named files and folders, in their order; empty when there is none."""
    problems: list[Problem] = []
    for path in paths:
        try:
            candidates = source_files(path) if path.is_dir() else [path]
        except ConfigError as error:
            problems.append(Problem(file=str(path), line=None, message=str(error).removeprefix(f"{path}: ")))
            continue
        for candidate in candidates:
            read = _read(candidate)
            problems += [] if isinstance(read, Source) else read
    return problems


def is_source_id(text: str) -> bool:
    """Whether the text is allowed as a source id."""
    return bool(_ID.fullmatch(text)) and text not in _DEVICE_NAMES


def source_id_of(path: Path) -> str:
    """The id in a file's name; raises ConfigError if the name is not one."""
    name = path.name.removesuffix(SUFFIX)
    if path.name == name:
        raise ConfigError(f"{path}: source files end in {SUFFIX}; rename it to {path.stem}{SUFFIX}")
    if not _ID.fullmatch(name):
        raise ConfigError(f"{path}: the name is the source's id; use small letters, digits and hyphens, 64 at most")
    if name in _DEVICE_NAMES:
        raise ConfigError(f"{path}: {quoted(name)} is a device name on Windows; choose another")
    return name


def parse_source(content: bytes, *, source_id: str, name: str) -> Source | list[Problem]:
    """The source that this file content describes, or everything wrong with it; `name` is the file's."""
    try:
        document = read_yaml(content, name=name)
    except ConfigError as error:
        return [_located(name, error)]
    try:
        return SourceFile.model_validate(document.data).as_source(source_id)
    except ValidationError as error:
        return problems_of(error, SourceFile, document, {})


def _read(path: Path) -> Source | list[Problem]:
    try:
        source_id = source_id_of(path)
        content = _content(path)
    except ConfigError as error:
        return [_located(str(path), error)]
    return parse_source(content, source_id=source_id, name=str(path))


def _content(path: Path) -> bytes:
    if not path.resolve().is_relative_to(path.parent.resolve()):
        raise ConfigError(f"{path}: a symbolic link out of the folder is not followed; copy the file instead")
    if not path.is_file():
        raise ConfigError(f"{path}: there is no such file; `newsdex sources list` shows the known ones")
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}; check its permissions") from error


def _located(name: str, error: ConfigError) -> Problem:
    """The problem in an error that already names its file and perhaps its line."""
    match = re.match(rf"{re.escape(name)}(?:, line (\d+))?: (.*)", str(error), re.DOTALL)
    if match is None:
        return Problem(file=name, line=None, message=str(error))
    return Problem(file=name, line=int(match[1]) if match[1] else None, message=match[2])
