"""`newsdex sources import` on real files."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.commands.opml import import_sources
from config.sources import load_source
from news.errors import ConfigError, NotFoundError

OPML = """<opml version="2.0"><body>
<outline text="Harbour Post" xmlUrl="https://harbour.example/feed.xml"/>
<outline text="TRT World again" xmlUrl="https://www.trtworld.com/feed/rss.xml"/>
</body></opml>
"""


@pytest.fixture
def opml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An OPML file in a folder with settings that name `sources` as the user's folder."""
    (tmp_path / "newsdex.yaml").write_text("data_dir: data\nsources_dir: sources\n")
    (tmp_path / "sources").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NEWSDEX_CONFIG", raising=False)
    path = tmp_path / "list.opml"
    path.write_text(OPML)
    return path


def test_new_feed_is_written_and_a_shipped_source_kept(opml: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import_sources(opml, into=None, dry_run=False, as_json=False)
    (written,) = (opml.parent / "sources").iterdir()
    assert written.name == "harbour-post.yaml"
    assert load_source(written).feeds == ("https://harbour.example/feed.xml",)
    assert "followed already: 1 feed" in " ".join(capsys.readouterr().out.split())


def test_second_import_writes_nothing(opml: Path) -> None:
    import_sources(opml, into=None, dry_run=False, as_json=False)
    (written,) = (opml.parent / "sources").iterdir()
    written.write_text(written.read_text() + "country: TR\n")
    import_sources(opml, into=None, dry_run=False, as_json=False)
    assert [path.name for path in (opml.parent / "sources").iterdir()] == ["harbour-post.yaml"]
    assert "country: TR" in written.read_text(), "a file that was edited stays as it is"


def test_dry_run_writes_nothing(opml: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import_sources(opml, into=None, dry_run=True, as_json=False)
    assert list((opml.parent / "sources").iterdir()) == []
    assert "harbour-post" in capsys.readouterr().out


def test_good_feeds_are_written_beside_a_bad_one(opml: Path, capsys: pytest.CaptureFixture[str]) -> None:
    opml.write_text(OPML.replace("</body>", '<outline text="Bad" xmlUrl="file:///etc/passwd"/></body>'))
    with pytest.raises(ConfigError, match="1 feed makes no source"):
        import_sources(opml, into=None, dry_run=False, as_json=False)
    assert [path.name for path in (opml.parent / "sources").iterdir()] == ["harbour-post.yaml"]
    assert "list.opml, line 4: xmlUrl:" in capsys.readouterr().err


def test_other_folder_is_made(opml: Path) -> None:
    import_sources(opml, into=opml.parent / "new" / "folder", dry_run=False, as_json=False)
    assert (opml.parent / "new" / "folder" / "harbour-post.yaml").is_file()


def test_file_that_is_in_the_way_is_kept(opml: Path) -> None:
    (opml.parent / "other").mkdir()
    (opml.parent / "other" / "harbour-post.yaml").write_text("mine")
    with pytest.raises(ConfigError, match=r"harbour-post\.yaml: exists"):
        import_sources(opml, into=opml.parent / "other", dry_run=False, as_json=False)
    assert (opml.parent / "other" / "harbour-post.yaml").read_text() == "mine"


def test_missing_file_is_one_line(opml: Path) -> None:
    with pytest.raises(NotFoundError, match=r"nothing\.opml: there is no such file"):
        import_sources(opml.with_name("nothing.opml"), into=None, dry_run=False, as_json=False)
