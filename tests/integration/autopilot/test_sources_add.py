"""`newsdex sources add` on a local site: what it writes, and when it writes nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.commands.add_source import add_source
from cli.commands.setup import write_settings
from cli.wiring import installation
from config.load import load_settings
from config.sources import load_source, load_sources
from news.errors import ConfigError, NewsdexError
from news.fetch import UrlKind
from store.clock import utc_now
from store.records import NewUrl
from tests.support.documents import Item
from tests.support.publisher import Publisher
from tests.support.sites import TEXT, front, stories


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation that may ask this machine."""
    crawl = {"allow_private_networks": True, "delay_seconds": 0}
    settings = {"data_dir": "data", "sources_dir": "sources", "crawl": crawl}
    (tmp_path / "newsdex.yaml").write_text(json.dumps(settings))
    (tmp_path / "sources").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NEWSDEX_CONFIG", raising=False)
    return tmp_path


def listed(site: Publisher, count: int) -> list[Item]:
    """So many stories, in the feed and on the front page."""
    items = stories(site, count)
    site.feed("/feed.xml", items)
    front(site, items)
    return items


def add(
    site: Publisher, *, yes: bool = False, dry_run: bool = False, force: bool = False, as_json: bool = False
) -> None:
    add_source(site.url, source_id="canal", into=None, yes=yes, dry_run=dry_run, force=force, as_json=as_json)


def test_a_site_without_https_is_asked_for_with_its_scheme(publisher: Publisher, home: Path) -> None:
    options = {"yes": False, "dry_run": True, "force": False, "as_json": False}
    with pytest.raises(NewsdexError, match="where a site speaks no https, write http:// in front"):
        add_source(publisher.url.removeprefix("http://"), source_id="canal", into=None, **options)


def test_a_proposal_is_shown_and_its_file_written_when_agreed_to(
    publisher: Publisher, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed(publisher, 8)
    path = home / "sources" / "canal.yaml"

    add(publisher, dry_run=True)
    shown = capsys.readouterr().out
    assert f'  - "{publisher.url}/feed.xml"' in shown
    assert "5 of 5 samples gave headline, date and 80 words or more" in shown
    assert not path.exists()

    with pytest.raises(NewsdexError, match=r"nothing was written; the same command with --yes writes"):
        add(publisher)  # nobody is there to ask
    assert not path.exists()

    add(publisher, yes=True)
    source = load_source(path)
    assert source.feeds == (f"{publisher.url}/feed.xml",)
    assert (source.name, source.language) == ("The Canal Post", "en")
    assert path.read_text().startswith(f"# Proposed by `newsdex sources add {publisher.url}`, confidence 1.00:")
    assert "newsdex crawl canal" in capsys.readouterr().out

    path.write_text(path.read_text() + "country: GB\n")
    publisher.forget_requests()
    with pytest.raises(ConfigError, match="exists; --force replaces it"):
        add(publisher, yes=True)
    assert not publisher.requests  # a name that is taken is told before the site is asked for anything
    assert load_source(path).country == "GB"
    capsys.readouterr()
    add(publisher, yes=True, force=True, as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert load_source(path).country is None
    assert (told["written_to"], told["text"]) == (str(path), path.read_text())
    assert [sample["problem"] for sample in told["samples"]] == [""] * 5
    assert {way["url"] for way in told["ways"] if way["chosen"]} == {f"{publisher.url}/feed.xml", f"{publisher.url}/"}


def test_what_another_source_fetches_is_not_followed_twice(publisher: Publisher, home: Path) -> None:
    listed(publisher, 8)
    add(publisher, yes=True)
    with installation() as opened:
        named = [NewUrl(url=f"{publisher.url}{path}", kind=UrlKind.FEED) for path in ("/feed.xml", "/")]
        opened.store.frontier.declare(named, source_id="canal", now=utc_now())
    options = {"yes": True, "dry_run": False, "force": False, "as_json": False}
    with pytest.raises(ConfigError, match="canal follows all of this already"):
        add_source(publisher.url, source_id="channel", into=None, **options)
    (home / "sources" / "canal.yaml").unlink()
    with pytest.raises(ConfigError, match="belongs to canal, which was followed before; --id canal follows it again"):
        add_source(publisher.url, source_id="channel", into=None, **options)
    add(publisher, yes=True)


@pytest.mark.parametrize("source_id", ["Bad Id", "../canal", "con"])
def test_an_id_that_is_none_is_refused_before_the_site_is_asked(
    publisher: Publisher, home: Path, source_id: str
) -> None:
    with pytest.raises(ConfigError, match="small letters, digits and hyphens"):
        add_source(publisher.url, source_id=source_id, into=None, yes=True, dry_run=False, force=False, as_json=False)
    assert publisher.requests == []
    assert [path.name for path in home.rglob("*.yaml")] == ["newsdex.yaml"]


def test_the_folder_for_source_files_is_made_with_the_first_of_them(publisher: Publisher, home: Path) -> None:
    front(publisher, stories(publisher, 8))
    (home / "sources").rmdir()
    add(publisher, dry_run=True)
    assert not (home / "sources").exists()
    add(publisher, yes=True)
    assert load_source(home / "sources" / "canal.yaml").home_url == f"{publisher.url}/"


def test_after_init_there_is_a_folder_for_source_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_settings(Path("newsdex.yaml"), force=False)
    settings = load_settings(None, environ={}, cwd=tmp_path)
    assert settings.sources_dir == tmp_path / "sources"
    assert "trtworld" in load_sources(settings)


def test_a_browser_is_written_into_the_file_and_told(
    publisher: Publisher, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    items = listed(publisher, 5)
    for item in items:
        publisher.page(item.link.removeprefix(publisher.url), "<div id='app'></div><script src='/app.js'></script>")
    add(publisher, yes=True)
    assert load_source(home / "sources" / "canal.yaml").renders
    assert "a browser is to run them" in capsys.readouterr().out


def test_a_site_of_which_no_sample_was_read_is_not_written_unasked(
    publisher: Publisher, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    items = listed(publisher, 5)
    for item in items:
        publisher.article(item.link.removeprefix(publisher.url), item.title, [line[:60] for line in TEXT[:3]])
    path = home / "sources" / "canal.yaml"

    why = "0 of 5 samples gave headline, date and 80 words or more"
    with pytest.raises(NewsdexError, match=f"nothing was written, {why}; --dry-run shows .*, --force writes it"):
        add(publisher, yes=True)
    assert not path.exists()
    add(publisher, yes=True, force=True)
    assert load_source(path).feeds == (f"{publisher.url}/feed.xml",)


def test_a_site_whose_host_is_a_number_is_called_as_it_calls_itself(publisher: Publisher, home: Path) -> None:
    front(publisher, stories(publisher, 8))
    add_source(publisher.url, source_id=None, into=None, yes=True, dry_run=False, force=False, as_json=False)
    assert [path.name for path in (home / "sources").iterdir()] == ["the-canal-post.yaml"]
