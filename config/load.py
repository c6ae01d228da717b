"""Loading the settings of an installation: defaults, then the file, then the environment."""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from config.fields import Described, described_fields
from config.problems import Problem, problems_of, quoted
from config.settings import Settings
from config.yaml_lines import KeyPath, LinedYaml, read_yaml
from news.errors import ConfigError

FILE_NAME = "newsdex.yaml"
PREFIX = "NEWSDEX_"
FILE_VARIABLE = "NEWSDEX_CONFIG"


def load_settings(path: Path | None, *, environ: Mapping[str, str], cwd: Path) -> Settings:
    """The settings in force; raises ConfigError naming the file, line and key that is wrong.

    Without `path` the file is $NEWSDEX_CONFIG, else newsdex.yaml in `cwd`, else newsdex/newsdex.yaml in the user's
    configuration folder; having none is fine. Relative paths are relative to the file that holds them, or to `cwd`.
    """
    file = settings_file(path, environ=environ, cwd=cwd)
    document = _read(file, cwd) if file else LinedYaml(name=FILE_NAME, data={})
    home = _home(environ)
    data = _expanded(_without_empty_groups(document.data), base=file.parent if file else cwd, home=home)
    overrides, variables = _from_environment(environ)
    merged = _merged(data, _expanded(overrides, base=cwd, home=home))
    for field in described_fields(Settings):
        _refuse_truth_value(field, merged, document, variables)
    try:
        settings = Settings.model_validate(_with_default_paths(merged, home=home))
    except ValidationError as error:
        raise problems_of(error, Settings, document, variables)[0].as_error() from None
    return settings


def settings_file(path: Path | None, *, environ: Mapping[str, str], cwd: Path) -> Path | None:
    """The absolute path of the file that would be read; None if there is none and none was named."""
    named = path or (Path(environ[FILE_VARIABLE]) if environ.get(FILE_VARIABLE) else None)
    home = _home(environ)
    if named is not None:
        found = _absolute(str(named), base=cwd, home=home)
        if not found.is_file():
            said = "given" if path else f"named by {FILE_VARIABLE}"
            raise ConfigError(f"{found}: the settings file {said} is not there; write it with `newsdex init`")
        return found
    config_home = Path(environ["XDG_CONFIG_HOME"]) if environ.get("XDG_CONFIG_HOME") else home / ".config"
    candidates = (cwd / FILE_NAME, config_home / "newsdex" / FILE_NAME)
    return next((found for found in candidates if found.is_file()), None)


def environment_name(path: tuple[str, ...]) -> str:
    """The variable that sets a key: `NEWSDEX_CRAWL__DELAY_SECONDS` for crawl.delay_seconds."""
    return PREFIX + "__".join(path).upper()


def _read(file: Path, cwd: Path) -> LinedYaml:
    name = file.relative_to(cwd) if file.is_relative_to(cwd) else file
    try:
        return read_yaml(file.read_bytes(), name=str(name))
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {error.strerror}; check its permissions") from error


def _from_environment(environ: Mapping[str, str]) -> tuple[dict[str, Any], dict[KeyPath, str]]:
    """The values set by variables, nested as in the file, and the variable of each key."""
    names = {environment_name(field.path): field for field in described_fields(Settings)}
    values: dict[str, Any] = {}
    variables: dict[KeyPath, str] = {}
    for variable, text in sorted(environ.items()):
        if not variable.startswith(PREFIX) or variable == FILE_VARIABLE or not text:
            continue
        field = names.get(variable)
        if field is None:
            _refuse_typo(variable, names)
            continue
        _place(values, field.path, None if text == "null" and field.optional else text)
        variables[field.path] = variable
    return values, variables


def _refuse_typo(variable: str, names: Mapping[str, Described]) -> None:
    """Refuse unknown variables that look like ours; others pass, as container platforms set NEWSDEX_PORT and such."""
    close = difflib.get_close_matches(variable, names, n=1, cutoff=0.85)
    if close:
        raise ConfigError(f"environment variable {variable}: is not a setting; did you mean {close[0]}?")
    if "__" in variable:
        raise ConfigError(f"environment variable {variable}: is not a setting; see docs/configuration.md for the names")


def _without_empty_groups(data: Mapping[str, Any]) -> dict[str, Any]:
    """Drop groups whose lines are all commented out: they read as null and mean the defaults."""
    single = {field.path[0] for field in described_fields(Settings) if len(field.path) == 1}
    return {key: value for key, value in data.items() if value is not None or key in single}


def _expanded(data: Mapping[str, Any], *, base: Path, home: Path) -> dict[str, Any]:
    """The values with every file or folder name made absolute."""
    result = _merged({}, data)
    for field in described_fields(Settings):
        value = _at(result, field.path)
        if field.is_path and isinstance(value, str):
            _place(result, field.path, _absolute(value, base=base, home=home))
    return result


def _with_default_paths(data: Mapping[str, Any], *, home: Path) -> dict[str, Any]:
    """Expand defaults such as ~/.local/share/newsdex like written ones."""
    result = _merged({}, data)
    for field in described_fields(Settings):
        if field.is_path and field.default is not None and len(field.path) == 1:
            result.setdefault(field.path[0], _absolute(str(field.default), base=home, home=home))
    return result


def _absolute(text: str, *, base: Path, home: Path) -> Path:
    path = home / text[2:] if text == "~" or text.startswith("~/") else base / text
    return Path(os.path.normpath(path))


def _refuse_truth_value(
    field: Described, data: Mapping[str, Any], document: LinedYaml, variables: Mapping[KeyPath, str]
) -> None:
    """Refuse a boolean where a number belongs, which would silently count as 0 or 1."""
    value = _at(data, field.path)
    if isinstance(value, bool) and bool not in field.types and field.path not in variables:
        message = f"{field.key}: {quoted(value)} is not accepted; write {field.wanted}"
        raise Problem(file=document.name, line=document.line_of(field.path), message=message).as_error()


def _merged(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    result = {key: dict(value) if isinstance(value, dict) else value for key, value in first.items()}
    for key, value in second.items():
        mine = result.get(key)
        if isinstance(value, dict):
            result[key] = _merged(mine if isinstance(mine, dict) else {}, value)
        else:
            result[key] = value
    return result


def _at(data: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    value: Any = data
    for part in path:
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _place(data: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    for part in path[:-1]:
        data = data.setdefault(part, {})
    data[path[-1]] = value


def _home(environ: Mapping[str, str]) -> Path:
    return Path(environ["HOME"]) if environ.get("HOME") else Path.home()
