"""The default file and the reference tables say what the models say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from config.fields import described_fields
from config.load import environment_name
from config.reference import settings_table, source_table, with_generated, write_reference
from config.settings import Settings
from config.source_file import SourceFile
from config.template import commented_settings
from config.yaml_lines import read_yaml

ROOT = Path(__file__).parents[3]
REFRESH = "run `python -m config.reference`"


def test_the_commented_file_changes_nothing() -> None:
    data = read_yaml(commented_settings().encode(), name="default.yaml").data
    assert Settings.model_validate({key: value for key, value in data.items() if value}) == Settings()


def test_with_the_comment_marks_removed_the_file_holds_every_default() -> None:
    text = re.sub(r"(?m)^( *)#(?=[a-z_]+:)", r"\1", commented_settings())
    data = read_yaml(text.encode(), name="default.yaml").data
    assert Settings.model_validate(data) == Settings()
    for field in described_fields(Settings):
        part = data
        for name in field.path:
            assert name in part, field.key
            part = part[name]


def test_the_shipped_default_file_is_current() -> None:
    assert (ROOT / "config" / "default.yaml").read_text(encoding="utf-8") == commented_settings(), REFRESH


@pytest.mark.parametrize(("page", "table"), [("configuration.md", settings_table), ("sources.md", source_table)])
def test_the_tables_of_the_docs_are_current(page: str, table: object) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    assert callable(table)
    assert text == with_generated(text, table()), REFRESH


def test_every_setting_and_source_key_is_in_its_table_and_described() -> None:
    for field in described_fields(Settings):
        row = next(row for row in settings_table().splitlines() if f"| `{field.key}` |" in row)
        assert f"`{environment_name(field.path)}`" in row
        assert field.description, field.key
    for field in described_fields(SourceFile):
        assert field.path[-1] in source_table()
        assert field.description, field.key


def test_refreshing_keeps_what_people_wrote(tmp_path: Path) -> None:
    for folder in ("config", "docs"):
        (tmp_path / folder).mkdir()
    for page in ("configuration.md", "sources.md"):
        (tmp_path / "docs" / page).write_text((ROOT / "docs" / page).read_text(encoding="utf-8"), encoding="utf-8")
    write_reference(tmp_path)
    assert (tmp_path / "docs" / "sources.md").read_text(encoding="utf-8").startswith("# Following a site")
    assert (tmp_path / "config" / "default.yaml").read_text(encoding="utf-8") == commented_settings()
