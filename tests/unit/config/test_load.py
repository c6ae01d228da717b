"""Settings come from defaults, file and environment, and a mistake names its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.load import load_settings, settings_file
from config.settings import Settings
from news.errors import ConfigError

HOME = {"HOME": "/home/someone"}


def written(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "newsdex.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def load(folder: Path, text: str = "", **environ: str) -> Settings:
    written(folder, text)
    return load_settings(None, environ={**HOME, **environ}, cwd=folder)


def message(folder: Path, text: str = "", **environ: str) -> str:
    with pytest.raises(ConfigError) as caught:
        load(folder, text, **environ)
    found = str(caught.value)
    assert "\n" not in found
    return found


def test_no_file_gives_the_defaults_with_the_home_folder_filled_in(tmp_path: Path) -> None:
    settings = load_settings(None, environ=HOME, cwd=tmp_path)
    assert settings == Settings(data_dir=Path("/home/someone/.local/share/newsdex"))


def test_the_environment_wins_over_the_file_and_the_file_over_the_default(tmp_path: Path) -> None:
    text = "crawl:\n  delay_seconds: 2\n  concurrency: 3\n"
    settings = load(tmp_path, text, NEWSDEX_CRAWL__DELAY_SECONDS="5.5")
    assert (settings.crawl.delay_seconds, settings.crawl.concurrency, settings.crawl.crawls) == (5.5, 3, 4)


def test_an_empty_variable_is_not_set_and_null_empties_an_optional_setting(tmp_path: Path) -> None:
    text = "database_url: postgresql+psycopg://db/x\nextraction:\n  processes: 2\n"
    settings = load(tmp_path, text, NEWSDEX_DATABASE_URL="", NEWSDEX_EXTRACTION__PROCESSES="null")
    assert settings.database_url == "postgresql+psycopg://db/x"
    assert settings.extraction.processes is None


def test_a_group_with_nothing_in_it_keeps_its_defaults(tmp_path: Path) -> None:
    assert load(tmp_path, "crawl:\nengine:\n").crawl == Settings().crawl


def test_relative_paths_count_from_the_file_and_from_cwd_in_the_environment(tmp_path: Path) -> None:
    file = written(tmp_path / "etc", "data_dir: ../data\nsources_dir: ~/sources\n")
    environ = {**HOME, "NEWSDEX_ENGINE__ELASTICSEARCH_CA_FILE": "ca.pem"}
    settings = load_settings(file, environ=environ, cwd=tmp_path)
    assert settings.data_dir == tmp_path / "data"
    assert settings.sources_dir == Path("/home/someone/sources")
    assert settings.engine.elasticsearch_ca_file == tmp_path / "ca.pem"


def test_the_file_is_looked_for_in_the_stated_order(tmp_path: Path) -> None:
    home, cwd, named = tmp_path / "home", tmp_path / "cwd", tmp_path / "named"
    environ = {"HOME": str(home)}
    assert settings_file(None, environ=environ, cwd=cwd) is None
    in_home = written(home / ".config" / "newsdex", "")
    assert settings_file(None, environ=environ, cwd=cwd) == in_home
    in_xdg = written(home / "xdg" / "newsdex", "")
    assert settings_file(None, environ={**environ, "XDG_CONFIG_HOME": str(home / "xdg")}, cwd=cwd) == in_xdg
    in_cwd = written(cwd, "")
    assert settings_file(None, environ=environ, cwd=cwd) == in_cwd
    by_variable = written(named, "")
    environ["NEWSDEX_CONFIG"] = str(by_variable)
    assert settings_file(None, environ=environ, cwd=cwd) == by_variable
    assert settings_file(in_home, environ=environ, cwd=cwd) == in_home


def test_a_named_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"gone\.yaml: the settings file given is not there"):
        load_settings(Path("gone.yaml"), environ=HOME, cwd=tmp_path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "\n\n\n\n\ncrawl:\n  delay_seconds: fast\n",
            'newsdex.yaml, line 7: crawl.delay_seconds: "fast" is not accepted; write a number from 0 to 3600',
        ),
        ("crawl:\n  delay_secs: 3\n", 'line 2: crawl.delay_secs: is not a setting; did you mean "delay_seconds"?'),
        ("web:\n  zzz: 3\n", "line 2: web.zzz: is not a setting; known here: host, port"),
        ("craw: 3\n", 'line 1: craw: is not a setting; did you mean "crawl"?'),
        ("crawl: fast\n", 'line 1: crawl: "fast" is not a group of settings'),
        ("web: {port: 70000}\n", 'web.port: "70000" is not accepted; write a whole number from 0 to 65535'),
        ("web: {port: 1.5}\n", 'web.port: "1.5" is not accepted; write a whole number'),
        ("crawl: {delay_seconds: true}\n", 'crawl.delay_seconds: "true" is not accepted; write a number'),
        ("crawl: {max_crawl_seconds: inf}\n", 'crawl.max_crawl_seconds: "inf" is not accepted'),
        ("engine: {kind: lucene}\n", 'engine.kind: "lucene" is not accepted; write embedded or elasticsearch'),
        ("data_dir: null\n", 'data_dir: "null" is not accepted; write a path'),
    ],
)
def test_a_wrong_value_names_file_line_key_and_what_to_write(tmp_path: Path, text: str, expected: str) -> None:
    assert expected in message(tmp_path, text)


def test_a_wrong_secret_is_never_shown(tmp_path: Path) -> None:
    found = message(tmp_path, "engine:\n  elasticsearch_password: 482913\n")
    assert "line 2: engine.elasticsearch_password" in found
    assert "482913" not in found


def test_the_first_mistake_in_the_file_is_the_one_named(tmp_path: Path) -> None:
    assert "line 2: web.port" in message(tmp_path, "web:\n  port: x\ncrawl:\n  concurrency: y\n")


def test_a_wrong_variable_is_named(tmp_path: Path) -> None:
    found = message(tmp_path, NEWSDEX_WEB__PORT="http")
    assert found.startswith('environment variable NEWSDEX_WEB__PORT: web.port: "http" is not accepted')


@pytest.mark.parametrize(
    ("variable", "expected"),
    [("NEWSDEX_DATADIR", "did you mean NEWSDEX_DATA_DIR?"), ("NEWSDEX_CRAWL__ZZZZZZZZZZZZ", "is not a setting")],
)
def test_a_mistyped_variable_is_refused(tmp_path: Path, variable: str, expected: str) -> None:
    assert expected in message(tmp_path, **{variable: "x"})


def test_variables_of_container_platforms_pass(tmp_path: Path) -> None:
    assert load(tmp_path, NEWSDEX_PORT="tcp://10.0.0.1:80", NEWSDEX_SERVICE_HOST="10.0.0.1").web.port == 8000


def test_an_archive_smaller_than_two_of_its_files_is_refused(tmp_path: Path) -> None:
    text = "archive:\n  max_file_bytes: 4000000\nretention:\n  archive_bytes: {}\n"
    assert load(tmp_path, text.format(8_000_000)).retention.archive_bytes == 8_000_000
    assert message(tmp_path, text.format(7_999_999)).endswith(
        "retention.archive_bytes is 7999999, less than two files of archive.max_file_bytes (4000000); "
        "write at least 8000000, or make the files smaller"
    )
