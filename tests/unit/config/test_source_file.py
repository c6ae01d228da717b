"""A source file becomes a Source, or every mistake in it is named."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from config.sources import check_source_files, load_source
from news.errors import ConfigError
from news.schedule import Schedule
from news.source import Credentials, ExtractionRules, Section, Source, StoryAddress

HEAD = "name: Gazette\nhome_url: https://www.example.org/\n"


FORM = HEAD + "addresses:\n  - name: n1\n    at: {at}\n    story: {story}\n"
FULL = HEAD + (
    "language: en\ncountry: NO\nenabled: false\nschedule: every 2 hours\nfeeds: [https://feeds.example.net/all]\n"
    "sitemaps: [https://www.example.org/news.xml]\nsitemaps_from_robots: false\nbackfill: 2 weeks\n"
    "hosts: [WWW.Example.org, bücher.example]\n"
    "sections:\n  - url: https://www.example.org/world\n    links: main a\n    max_pages: 3\n"
    "articles: [^/a/]\nignore: [^/video/]\nstrip_parameters: [ref]\n"
    "addresses: [{name: number, at: [www.Example.org, bücher.example/a], story: '/a/(\\d+)', site: papers}]\n"
    "render: browser\nrender_hosts: [CDN.example.net]\n"
    "crawl: {delay_seconds: 2, max_delay_seconds: 9, concurrency: 1, max_urls_per_crawl: 50, revisits_per_day: 300}\n"
    "credentials: {from_env: GAZETTE_KEY, header: X-Api-Key, basic: true}\n"
    "extraction: {title: h1, dek: .dek, body: article, authors: .by, section: .kicker, caption: figcaption,\n"
    "  remove: [.share]}\n"
)


def written(folder: Path, text: str, name: str = "gazette.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def problems(folder: Path, text: str) -> list[str]:
    return [str(problem) for problem in check_source_files([written(folder, text)])]


def test_a_full_file_sets_every_field(tmp_path: Path) -> None:
    assert load_source(written(tmp_path, FULL)) == Source(
        id="gazette",
        name="Gazette",
        home_url="https://www.example.org/",
        language="en",
        country="NO",
        enabled=False,
        schedule=Schedule(every_seconds=7200),
        feeds=("https://feeds.example.net/all",),
        sitemaps=("https://www.example.org/news.xml",),
        sitemaps_from_robots=False,
        backfill_days=14,
        sections=(Section(url="https://www.example.org/world", links="main a", max_pages=3),),
        hosts=("www.example.org", "xn--bcher-kva.example"),
        article_patterns=("^/a/",),
        ignore_patterns=("^/video/",),
        strip_parameters=("ref",),
        addresses=(
            StoryAddress(
                name="number", places=("example.org", "xn--bcher-kva.example/a"), story=r"/a/(\d+)", site="papers"
            ),
        ),
        renders=True,
        render_hosts=("cdn.example.net",),
        delay_seconds=2,
        max_delay_seconds=9,
        concurrency=1,
        max_urls_per_crawl=50,
        revisits_per_day=300,
        credentials=Credentials(header="X-Api-Key", from_env="GAZETTE_KEY", is_basic=True),
        rules=ExtractionRules(
            title="h1",
            dek=".dek",
            body="article",
            authors=".by",
            section=".kicker",
            caption="figcaption",
            remove=(".share",),
        ),
    )


def test_no_field_of_the_record_is_out_of_a_files_reach(tmp_path: Path) -> None:
    full = load_source(written(tmp_path, FULL))
    assert [field.name for field in fields(Source) if getattr(full, field.name) == field.default] == []


def test_the_defaults_are_those_of_the_record(tmp_path: Path) -> None:
    expected = Source(
        id="gazette",
        name="Gazette",
        home_url="https://www.example.org/",
        hosts=("www.example.org", "example.org"),
    )
    assert load_source(written(tmp_path, HEAD + "feeds:\ncrawl:\n")) == expected


@pytest.mark.parametrize(("home", "twin"), [("https://example.org/", "www.example.org"), ("http://www.x.org", "x.org")])
def test_hosts_default_to_the_home_page_and_its_www_twin(tmp_path: Path, home: str, twin: str) -> None:
    assert twin in load_source(written(tmp_path, f"name: G\nhome_url: {home}\n")).hosts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            HEAD + "schedule: every 5\n",
            'line 3: schedule: "every 5" is not a cron line or an interval; write "every 5 minutes"',
        ),
        (
            HEAD + "schedule: 600\n",
            'line 3: schedule: "600" is not a cron line or an interval; write "every 10 minutes"',
        ),
        (HEAD + "schedule: 61 * * * *\n", 'line 3: schedule: "61 * * * *" is not a cron line (Bad minute); write one'),
        (HEAD + "schedule: 0 0 31 2 *\n", 'line 3: schedule: "0 0 31 2 *" is not a cron line (Bad day-of-month)'),
        (HEAD + "time_zone: Mars/Base\n", 'line 3: time_zone: "Mars/Base" is not a time zone; write an IANA name'),
        (HEAD + "jitter: 2 days\n", 'line 3: jitter: "2 days" is out of bounds'),
        (HEAD + "schedule: every 1 second\n", 'line 3: schedule: "every 1 second" is out of bounds'),
        (HEAD + "feeds: [/feed]\n", 'line 3: feeds[0]: "/feed" is not an http or https URL'),
        (HEAD + "feeds: [ftp://x.org/]\n", "feeds[0]"),
        ("name: X\nhome_url: 'https://*.x.org/'\n", 'line 2: home_url: "https://*.x.org/" is not an http or https URL'),
        (HEAD + "feeds: ['https://x.org:port/']\n", "feeds[0]"),
        (HEAD + "feeds: https://x.org/feed\n", 'feeds: "https://x.org/feed" is not accepted; write a list of'),
        (HEAD + "articles: ['(']\n", 'line 3: articles[0]: "(" is not a regular expression'),
        (HEAD + "extraction:\n  title: 'h1['\n", 'line 4: extraction.title: "h1[" is not a CSS selector'),
        (HEAD + "hosts: ['https://x.org']\n", 'hosts[0]: "https://x.org" is not a host name'),
        (HEAD + "country: no\n", 'country: "no" is not accepted; write two capital letters'),
        (HEAD + "backfill: 36 hours\n", 'backfill: "36 hours" is not a number of days'),
        (HEAD + "id: other\n", "line 3: id: is not a setting"),
        (
            HEAD + "sections:\n  - urls: https://www.example.org/\n",
            'sections[0].urls: is not a setting; did you mean "url"?',
        ),
        (HEAD + "sections: [{url: https://other.org/}]\n", 'add "other.org" to hosts'),
        (FORM.format(at="[]", story="/a/(1)"), 'line 5: addresses[0].at: "[]" is not accepted; write a list of hosts'),
        (FORM.format(at="['https://x.org']", story="/(1)"), 'line 5: addresses[0].at[0]: "https://x.org" is not where'),
        (
            FORM.format(at="[x.org/]", story="/(1)"),
            'addresses[0].at[0]: "x.org/" is not where addresses begin; write a',
        ),
        (FORM.format(at="[x.org]", story="/a/1"), 'line 6: addresses[0].story: "/a/1" has 0 groups; put the story'),
        (FORM.format(at="[x.org]", story="a/(1)"), 'addresses[0].story: "a/(1)" does not begin with /'),
        (FORM.format(at="[x.org]", story="/(1"), 'addresses[0].story: "/(1" is not a regular expression'),
        (FORM.format(at="[x.org, www.x.org]", story="/(1)"), "addresses: "),
        (
            FORM.format(at="[x.org]", story="/(1)").replace("n1", "N 1"),
            'name: "N 1" is not accepted; write small letters',
        ),
        (HEAD + "addresses: [{name: n}]\n", "line 3: addresses[0].at: is missing; add it"),
        (HEAD + "sitemaps_from_robots: false\n", "line 1: nothing leads to articles"),
        (HEAD + "crawl: {delay_seconds: -1}\n", 'crawl.delay_seconds: "-1" is not accepted; write a number from 0'),
        ("home_url: https://www.example.org/\n", "line 1: name: is missing"),
    ],
)
def test_a_mistake_names_line_key_and_what_to_write(tmp_path: Path, text: str, expected: str) -> None:
    found = problems(tmp_path, text)
    assert any(expected in line for line in found), found


def test_all_mistakes_of_a_file_are_reported_in_file_order(tmp_path: Path) -> None:
    found = problems(tmp_path, HEAD + "ignore: ['[']\nfeeds: [nowhere]\ncountry: xx\n")
    assert [line.split(":")[1].strip() for line in found] == ["ignore[0]", "feeds[0]", "country"]


def test_the_password_in_a_url_is_not_shown(tmp_path: Path) -> None:
    found = problems(tmp_path, HEAD + "feeds: ['https://me:hunter@x.org/feed']\n")
    assert "carries a user name or password" in found[0]
    assert "hunter" not in found[0]


@pytest.mark.parametrize(
    "name", ["con.yaml", "lpt1.yaml", "A.yaml", "a_b.yaml", "-a.yaml", "a.b.yaml", "a.yml", "x" * 65 + ".yaml"]
)
def test_a_name_that_is_no_id_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigError, match=name.split(".", maxsplit=1)[0]):
        load_source(written(tmp_path, HEAD, name))
