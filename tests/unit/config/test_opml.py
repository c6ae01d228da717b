"""OPML becomes source files; hostile OPML becomes one line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.opml import MAX_DEPTH, MAX_FILE_BYTES, FeedOutline, plan_import, read_opml
from config.source_file import SourceFile
from config.sources import is_source_id
from config.yaml_lines import read_yaml
from news.errors import ConfigError

EXPORT = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head><title>Feeds</title></head>
  <body>
    <outline text="World">
      <outline text="Harbour" title="The Harbour Post" type="rss" language="en-us"
               xmlUrl="https://harbour.example/feed.xml" htmlUrl="https://www.harbour.example/"/>
      <outline text="Kıyı Gazetesi" type="rss" xmlUrl="https://kiyi.example/rss"/>
    </outline>
    <outline text="صحيفة" type="rss" xmlUrl="https://www.sahifa.example/rss?a=1&amp;b=2"/>
    <outline text="A link" type="link" url="https://nothing.example/"/>
  </body>
</opml>
"""
BOMB = '<!DOCTYPE opml [<!ENTITY a "lol"><!ENTITY b "{}">]><opml><outline xmlUrl="&b;"/></opml>'
OUTSIDE = '<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<opml><outline text="&x;"/></opml>'


def proposals(text: str, **known: str) -> list[tuple[str, str]]:
    planned = plan_import(read_opml(text.encode(), name="list.opml"), name="list.opml", followed=known, taken=())
    assert planned.problems == []
    return [(one.source_id, one.text) for one in planned.proposals]


def outline(**values: object) -> FeedOutline:
    given = {"line": 1, "title": "", "feed_url": "https://a.example/feed", "home_url": "", "language": ""}
    return FeedOutline(**{**given, "folders": (), **values})  # type: ignore[arg-type]  # the tests name its fields


def one_problem(xml_attributes: str) -> str:
    text = f"<opml>\n<outline {xml_attributes}/>\n</opml>"
    planned = plan_import(read_opml(text.encode(), name="list.opml"), name="list.opml", followed={}, taken=())
    assert planned.proposals == []
    (problem,) = planned.problems
    return str(problem)


def test_every_feed_becomes_a_valid_source() -> None:
    found = proposals(EXPORT)
    assert [source_id for source_id, _ in found] == ["the-harbour-post", "kiyi-gazetesi", "sahifa-example"]
    sources = [SourceFile.model_validate(read_yaml(text.encode(), name=key).data).as_source(key) for key, text in found]
    assert [source.name for source in sources] == ["The Harbour Post", "Kıyı Gazetesi", "صحيفة"]
    assert sources[0].home_url == "https://www.harbour.example/"
    assert sources[0].language == "en"
    assert sources[1].home_url == "https://kiyi.example/", "without htmlUrl the feed's own site"
    assert sources[2].feeds == ("https://www.sahifa.example/rss?a=1&b=2",)


def test_file_says_which_folder_it_came_from() -> None:
    assert "# Proposed from OPML, folder World. " in proposals(EXPORT)[0][1]


def test_feed_that_is_followed_is_kept_as_it_is() -> None:
    feed = "https://kiyi.example/rss"
    planned = plan_import(
        read_opml(EXPORT.encode(), name="list.opml"), name="list.opml", followed={feed: "kiyi"}, taken={"kiyi"}
    )
    assert planned.known == {feed: "kiyi"}
    assert len(planned.proposals) == 2


@pytest.mark.parametrize("home", ["javascript:alert(1)", "harbour.example", "https://me:secret@harbour.example/"])
def test_home_that_is_no_address_gives_way_to_the_site_of_the_feed(home: str) -> None:
    planned = plan_import([outline(title="A", home_url=home)], name="list.opml", followed={}, taken=())
    assert 'home_url: "https://a.example/"' in planned.proposals[0].text


def test_id_in_use_is_never_taken() -> None:
    outlines = [outline(title="Kıyı"), outline(title="Kiyi", feed_url="https://b.example/feed")]
    planned = plan_import(outlines, name="list.opml", followed={}, taken={"kiyi", "kiyi-2"})
    assert [one.source_id for one in planned.proposals] == ["kiyi-3", "kiyi-4"]


def test_same_feed_in_two_folders_is_one_source() -> None:
    planned = plan_import([outline(title="A"), outline(title="B")], name="list.opml", followed={}, taken=())
    assert [one.source_id for one in planned.proposals] == ["a"]


@pytest.mark.parametrize("title", ["../../etc/passwd", "CON", "-", "…", "a" * 300, "A\u0000B", "com1"])
def test_id_stays_within_the_allowed_pattern(title: str) -> None:
    (proposal,) = plan_import([outline(title=title)], name="list.opml", followed={}, taken=()).proposals
    assert is_source_id(proposal.source_id)


@pytest.mark.parametrize(
    ("attributes", "said"),
    [
        ('text="A" xmlUrl="file:///etc/passwd"', "xmlUrl"),
        ('text="A" xmlUrl="javascript:alert(1)"', "xmlUrl"),
        ('text="A" xmlUrl="feed://a.example/x"', "xmlUrl"),
        ('text="A" xmlUrl="https://name:word@a.example/x"', "carries a user name or password"),
        ('text="A" xmlUrl="http://[::1"', "xmlUrl"),
    ],
)
def test_address_that_is_no_feed_is_told_with_its_line(attributes: str, said: str) -> None:
    problem = one_problem(attributes)
    assert problem.startswith("list.opml, line 2: ")
    assert said in problem
    assert "\n" not in problem
    assert "word@" not in problem


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (OUTSIDE, "line 1: a document type is not read here"),
        (BOMB.format("&a;" * 10_000), "line 1: a document type is not read here"),
        ("<opml>\n<outline>\n</opml>", "line 3: not XML"),
        ("<opml><outline text='&undefined;'/></opml>", "line 1: not XML"),
        ("\n<html></html>", "line 2: the file starts with <html>"),
        ("", "line 1: not XML"),
        ("<opml>" + "<outline>" * MAX_DEPTH, f"nested more than {MAX_DEPTH} deep"),
        ("\x00\x01", "not XML"),
    ],
)
def test_hostile_file_is_refused_in_one_line(text: str, said: str) -> None:
    with pytest.raises(ConfigError) as refused:
        read_opml(text.encode(), name="list.opml")
    assert said in str(refused.value)
    assert str(refused.value).startswith("list.opml")
    assert "\n" not in str(refused.value)


def test_file_beyond_the_bound_is_refused_unread() -> None:
    with pytest.raises(ConfigError, match="too many"):
        read_opml(b" " * (MAX_FILE_BYTES + 1), name="list.opml")


def test_document_type_in_another_encoding_is_refused_too() -> None:
    with pytest.raises(ConfigError, match="document type"):
        read_opml(OUTSIDE.encode("utf-16"), name="list.opml")


@given(title=st.text(max_size=80), folder=st.text(max_size=20), home=st.text(max_size=40))
def test_whatever_a_title_holds_the_file_reads_back(title: str, folder: str, home: str) -> None:
    def attribute(value: str) -> str:
        legal = "".join(c for c in value if c in "\t\n\r" or 0x20 <= ord(c) <= 0xD7FF or 0xE000 <= ord(c) <= 0xFFFD)
        return legal.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")

    feed = f'<outline title="{attribute(title)}" htmlUrl="{attribute(home)}" xmlUrl="https://a.example/f"/>'
    text = f'<opml><outline text="{attribute(folder)}">{feed}</outline></opml>'
    planned = plan_import(read_opml(text.encode(), name="x"), name="x", followed={}, taken=())
    for proposal in planned.proposals:
        data = read_yaml(proposal.text.encode(), name="x").data
        assert data["feeds"] == ["https://a.example/f"]
        assert is_source_id(proposal.source_id)
    assert len(planned.proposals) + len(planned.problems) == 1
