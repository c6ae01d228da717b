"""The headline among a page's statements of it."""

from __future__ import annotations

import pytest
from lxml.html import fragment_fromstring

from crawler.extraction.page.document import Document, parse_page
from crawler.extraction.page.site_keys import site_keys
from crawler.extraction.page.structured import read_structured
from crawler.extraction.page.tree import text_of
from crawler.extraction.text import word_key
from crawler.extraction.titles.headings import heading_kicker, headline_part
from crawler.extraction.titles.sitenames import without_media
from crawler.extraction.titles.slugs import shared_words, slug_words
from crawler.extraction.titles.titles import read_title
from news.article import Hints, Page

NO_HINTS = Hints()


def title_of(markup: str, url: str = "https://www.example.com/news/1", hints: Hints = NO_HINTS) -> str | None:
    document = parse_page(Page(url=url, body=markup.encode()))
    assert isinstance(document, Document)
    found = read_title(document, read_structured(document), hints)
    return found.value if found else None


def page(*, heading: str = "", title: str = "", og: str = "", site: str = "Example Times") -> str:
    headings = f"<h1>{heading}</h1>" if heading else ""
    return (
        f'<html><head><title>{title}</title><meta property="og:title" content="{og}">'
        f'<meta property="og:site_name" content="{site}"></head><body>{headings}<p>Text</p></body></html>'
    )


def test_an_element_called_title_is_the_headline_of_a_chinese_page() -> None:
    markup = (
        "<title>老戏台重新开锣-青石镇人民政府</title><body><div class=title>老戏台重新开锣</div><p>戏台建于1893年。</p>"
    )
    assert title_of(f"<html><meta charset=utf-8>{markup}") == "老戏台重新开锣"


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param(
            page(heading="STORM HITS THE COAST", og="Storm hits the coast"), "Storm hits the coast", id="all capitals"
        ),
        pytest.param(
            page(heading="Storm &amp;amp; flood: the coast&amp;#8217;s week"),
            "Storm & flood: the coast’s week",
            id="entities escaped twice",
        ),
        pytest.param(
            page(heading="Storm hits the coast", title="Storm | Example Times", og="Big storm at the coast today"),
            "Storm hits the coast",
            id="the only heading is what readers were shown",
        ),
        pytest.param(
            page(title="Storm hits the coast - Example Times", og="Storm hits the coast"),
            "Storm hits the coast",
            id="the site's name is dropped",
        ),
        pytest.param(
            page(heading="Weather Desk Storm hits the southern coast", og="Storm hits the southern coast"),
            "Storm hits the southern coast",
            id="a kicker that runs into the headline is dropped",
        ),
        pytest.param(
            page(heading="Weather: Storm hits the southern coast", og="Storm hits the southern coast"),
            "Weather: Storm hits the southern coast",
            id="what a colon sets off belongs to the headline",
        ),
        pytest.param(
            page(heading="Storm hits the coast 02.02.2022 • Press", og="Storm hits the coast"),
            "Storm hits the coast",
            id="a date behind the headline is dropped",
        ),
        pytest.param(
            page(heading="Culture", title="Storm hits the southern coast", og="Storm hits the southern coast"),
            "Storm hits the southern coast",
            id="a section's name is no headline",
        ),
        pytest.param(
            page(heading="« La tempête arrive ». Entretien", title="« La tempête arrive ». Entretien"),
            "« La tempête arrive ». Entretien",
            id="an opening quotation mark parts nothing",
        ),
        pytest.param(
            page(title="武汉的声音：有英勇的你，才有英雄的城！-新华网", og="", site="新华网"),
            "武汉的声音：有英勇的你，才有英雄的城！",
            id="a name behind a dash without blanks in scripts without them",
        ),
        pytest.param(
            '<html><title>Coast notes » Archive » Storm hits the coast</title><body><h1><a href="/">Coast'
            ' notes</a></h1><h2><a href="/2007/storm" rel=bookmark>Storm hits the coast</a></h2><p>Text</p>',
            "Storm hits the coast",
            id="a first heading that leads home is the site's name",
        ),
        pytest.param(
            "<html><title>Вести: Мост через реку открыт</title><body><b>Мост через реку открыт</b><p>Text</p>",
            "Мост через реку открыт",
            id="a part of the title that is shown alone",
        ),
        pytest.param(
            "<html><title>Most: ruch</title><body><table><tr><td class=contentheading>Most: ruch</td></tr></table>",
            "Most: ruch",
            id="a cell that is called the heading of the content",
        ),
        pytest.param(
            page(heading="<span>S</span>torm hits the <span>c</span>oast", og="Storm hits the coast"),
            "Storm hits the coast",
            id="letters that are styled by themselves",
        ),
        pytest.param(page(), None, id="no statement"),
    ],
)
def test_the_headline_is_chosen_by_evidence(markup: str, expected: str | None) -> None:
    assert title_of(markup) == expected


@pytest.mark.parametrize(
    "tail",
    [
        "-新华网",
        " - 新华网",
        "_新浪新闻",
        "_国内_新京报网",
        "--时政--人民网",
        "｜朝日新聞",
        "：朝日新聞デジタル",
        "（時事通信） - 駅前ニュース",
    ],
)
def test_names_of_media_that_nothing_else_states_leave_headlines_in_scripts_without_spaces(tail: str) -> None:
    assert title_of(page(title=f"地区议会投票重新开放铁路线{tail}", site="")) == "地区议会投票重新开放铁路线"


@pytest.mark.parametrize(
    "title",
    ["工信部：今年建成全国一张网", "習近平出席中国-中亚峰会并发表讲话", "人民网-新华网"],
)
def test_a_headline_stays_whole_where_no_name_of_a_medium_ends_it(title: str) -> None:
    assert without_media(title) == title


def test_of_several_headings_the_one_that_others_state_is_the_headline() -> None:
    markup = page(heading="Ask me</h1><h1>Storm hits the coast", title="Storm hits the coast - Example Times")
    assert title_of(markup) == "Storm hits the coast"


def test_text_that_was_encoded_twice_is_read_once_more() -> None:
    twice = "Größe zählt – “sagt” die Behörde".encode().decode("latin-1")
    assert title_of(page(heading=twice)) == "Größe zählt – “sagt” die Behörde"


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        pytest.param(
            '<span class="overline">Weather</span>Storm hits the coast', "Storm hits the coast", id="a named kicker"
        ),
        pytest.param("<small>Weather</small><br>Storm hits the coast", "Storm hits the coast", id="small print"),
        pytest.param(
            'Storm hits the coast<span class="visually-hidden"> | Example</span>', "Storm hits the coast", id="hidden"
        ),
        pytest.param('<span class="sr-only">Storm hits the coast</span>', "", id="nothing is left"),
    ],
)
def test_a_heading_is_read_without_what_its_markup_sets_apart(heading: str, expected: str) -> None:
    assert headline_part(fragment_fromstring(f"<h1>{heading}</h1>")) == expected


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        pytest.param('<span class="overline">Weather:</span>Storm hits the coast', "Weather", id="in front"),
        pytest.param('Storm hits the coast <span class="subtitle">Harbour closed</span>', "", id="a subtitle behind"),
        pytest.param('<span class="date">4 March 2024</span>Storm hits the coast', "", id="a date"),
        pytest.param('<span class="title">Storm hits the coast</span>', "", id="the headline itself"),
    ],
)
def test_the_kicker_in_a_heading_is_read(heading: str, expected: str) -> None:
    assert heading_kicker(fragment_fromstring(f"<h1>{heading}</h1>")) == expected


def test_a_kicker_inside_the_heading_is_not_the_headline() -> None:
    heading = '<span class="topline">Bad weather</span> <span class="headline">Storm hits the southern coast</span>'
    markup = page(heading=heading, title="Storm hits the southern coast - Example Times")
    assert title_of(markup) == "Storm hits the southern coast"


def test_the_words_of_an_address_are_those_of_its_longest_part() -> None:
    url = "https://www.example.com/politik/article409956720/groesse-zaehlt-beim-sturm.html"
    assert slug_words(url) == ["groesse", "zaehlt", "beim", "sturm"]
    assert shared_words(word_key("Größe zählt: beim großen Sturm"), slug_words(url)) == 4


def test_the_headline_that_the_feed_gives_is_believed_more() -> None:
    markup = page(title="Storm over the harbour", og="Storm at the coast")
    chosen = {title_of(markup, hints=Hints(title=hint)) for hint in ("Storm over the harbour", "Storm at the coast")}
    assert chosen == {"Storm over the harbour", "Storm at the coast"}


def test_how_characters_are_read_aloud_is_not_part_of_them() -> None:
    ruby = "<ruby>子<rp>(</rp><rt>こ</rt><rp>)</rp></ruby>どもへの<ruby>体罰<rt>たいばつ</rt></ruby>を禁止する"
    document = parse_page(Page(url="https://www.example.com/1", body=f"<h1>{ruby}</h1><p>{ruby}</p>".encode()))
    assert isinstance(document, Document)
    assert [text_of(element) for element in document.tree.iter("h1", "p")] == ["子どもへの体罰を禁止する"] * 2


@pytest.mark.parametrize(
    ("markup", "url", "expected"),
    [
        pytest.param(
            "<title>Smell of oil - Example Forum</title><h1>Example Forum</h1><h2>Smell of oil</h2><p>Text</p>",
            "https://forum.example.com/viewtopic.php?t=1",
            "Smell of oil",
            id="a heading that names the site",
        ),
        pytest.param(
            "<title>soil - Why does clay crack in June? - Example</title>"
            "<h1><a href='#'>Why does clay crack in June?</a></h1><p>Text</p>",
            "https://www.example.com/questions/1/why-does-clay-crack",
            "Why does clay crack in June?",
            id="a heading with a link to the page itself",
        ),
    ],
)
def test_the_title_tells_which_heading_is_the_headline(markup: str, url: str, expected: str) -> None:
    assert title_of(f"<html><body>{markup}", url) == expected


@pytest.mark.parametrize(
    ("title", "host", "key"),
    [
        ("Telhas de ostra | Jornal da Maré", "www.jornaldamare.com", "jornaldamaré"),
        ("Rotating archives - Ops - Example Wiki", "wiki.example.com", "examplewiki"),
        ("Die Brücke – Örtliche Blätter", "www.oertliche-blaetter.de", "örtlicheblätter"),
    ],
)
def test_the_last_part_of_a_title_that_spells_the_host_is_the_sites_name(title: str, host: str, key: str) -> None:
    document = parse_page(Page(url=f"https://{host}/1", body=f"<meta charset=utf-8><title>{title}</title>".encode()))
    assert isinstance(document, Document)
    assert key in site_keys(document, read_structured(document), NO_HINTS)


def test_a_blog_called_after_its_writer_leaves_the_writers_name() -> None:
    markup = "<meta charset=utf-8><title>A clock strikes - Zoé Doe</title><meta name=author content='Zoé Doe'>"
    document = parse_page(Page(url="https://zoedoe.com/1", body=markup.encode()))
    assert isinstance(document, Document)
    assert "zoédoe" not in site_keys(document, read_structured(document), NO_HINTS)
