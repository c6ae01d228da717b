"""What an article tells beside its text: origins, certainty, dateline, free access."""

from __future__ import annotations

import json
import pickle
from dataclasses import fields

import pytest

from crawler.extraction.datelines import read_dateline
from crawler.extraction.service import extract
from news.article import Article, Block, BlockKind, Image, Page, Span, SpanKind
from news.article_record import article_from_record, article_record

STORY = "".join(
    f"<p>Ships waited outside the harbour for day {n} after the storm, and the crews went ashore.</p>" for n in range(9)
)

STORY_OPENING = "Ships waited outside the harbour for day 0 after the storm, and the crews went ashore."


def article_of(head: str, story: str = STORY) -> Article:
    markup = f"<html><head>{head}</head><body><article><h1>Storm hits the coast</h1>{story}</article></body></html>"
    result = extract(Page(url="https://www.example.com/1", body=markup.encode()))
    assert isinstance(result, Article)
    return result


def test_a_body_that_only_json_ld_tells_keeps_its_paragraphs() -> None:
    lines = [f"Ships waited outside the harbour for day {number}, and the crews went ashore." for number in range(9)]
    node = {"@type": "NewsArticle", "headline": "Storm hits the coast", "articleBody": "\n\n".join(lines)}
    article = article_of(f'<script type="application/ld+json">{json.dumps(node)}</script>', story="<p>A storm.</p>")
    assert [block.text for block in article.blocks] == lines
    assert article.evidence["blocks"] == "json-ld"


@pytest.mark.parametrize(
    ("opening", "place"),
    [
        ("TEHRAN, Iran (AFP) — Talks began on Sunday.", "TEHRAN, Iran"),
        ("Berlin (dpa) - Die Gespräche begannen am Sonntag.", "Berlin"),
        ("ANKARA — Talks began on Sunday.", "ANKARA"),
        ("NEW YORK - Talks began on Sunday.", "NEW YORK"),
        ("WHAT WE KNOW BY NOW - Talks began on Sunday.", None),
        ("Talks began on Sunday — and ended at once.", None),
        ("NATO said on Sunday that talks began.", None),
    ],
)
def test_the_dateline_is_the_place_that_opens_a_wire_story(opening: str, place: str | None) -> None:
    assert read_dateline([Block(kind=BlockKind.PARAGRAPH, text=opening)]) == place


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ('<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>', False),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": "True"}</script>', True),
        ('<meta property="article:content_tier" content="metered">', False),
        ("", None),
    ],
)
def test_free_access_is_the_publishers_claim(stated: str, expected: bool | None) -> None:
    assert article_of(stated).is_free is expected


def test_every_stated_field_has_an_origin_and_a_certainty() -> None:
    article = article_of('<meta property="article:published_time" content="2026-05-14T14:00:00+03:00">')
    assert article.evidence["published_at"] == "meta article:published_time"
    assert article.evidence["blocks"] == "passages"
    assert {"title", "published_at", "blocks"} <= article.certainty.keys()
    assert all(0.0 < certainty <= 1.0 for certainty in article.certainty.values())


def test_no_field_is_without_its_origin_and_certainty() -> None:
    node = {
        "@type": "NewsArticle", "author": {"@type": "Person", "name": "Maren Holt"}, "isAccessibleForFree": True,
        "datePublished": "2026-05-14T14:00:00Z", "dateModified": "2026-05-15T14:00:00Z", "articleSection": "Coast",
        "keywords": ["harbour", "storm"], "publisher": {"name": "Courier"},
        "image": {"url": "/a.jpg", "caption": "The harbour at dawn", "creditText": "Ada Lund"},
    }  # fmt: skip
    dek = '<meta name="description" content="Crews went ashore and waited for the storm to pass, their captains said.">'
    head = f'<link rel="canonical" href="/1">{dek}<script type="application/ld+json">{json.dumps(node)}</script>'
    article = article_of(head, f"<p>OSLO (Reuters) — Ships came back to the harbour.</p>{STORY}<p>Source: Reuters</p>")
    told = {each.name for each in fields(Article) if getattr(article, each.name)}
    told -= {"url", "kind", "published_zone", "modified_zone", "evidence", "certainty", "flags"}
    assert told | {"caption", "credit"} <= article.evidence.keys() == article.certainty.keys()
    assert told >= {"dek", "people", "agencies", "section", "tags", "image", "source_line", "dateline", "is_free"}


def test_a_record_of_before_the_new_fields_is_still_read() -> None:
    record = article_record(article_of(""))
    for name in ("dateline", "is_free", "certainty"):
        del record[name]
    article = article_from_record(record)
    assert (article.dateline, article.is_free, dict(article.certainty)) == (None, None, {})


def test_a_record_gives_the_article_back() -> None:
    article = article_of('<meta property="article:content_tier" content="free">')
    assert article_from_record(article_record(article)) == article


def test_a_share_button_above_the_headline_is_no_section() -> None:
    above = '<div><a href="/harbours">Harbours</a></div><div><a href="#" class="share-button">Copy Link</a></div>'
    markup = f"<html><body><article>{above}<h1>Storm hits the coast</h1>{STORY}</article></body></html>"
    result = extract(Page(url="https://www.example.com/1", body=markup.encode()))
    assert isinstance(result, Article)
    assert result.section == "Harbours"


@pytest.mark.parametrize(
    ("above", "kicker"),
    [
        pytest.param('<div><a class="kicker" href="/harbours">Harbours</a></div>', "Harbours", id="a kicker"),
        pytest.param('<ol class="breadcrumb"><li><a href="/weather">Weather</a></li></ol>', "Weather", id="one step"),
        pytest.param('<div><a href="https://us.courier.example/">U.S.</a></div>', "U.S.", id="a section's own host"),
        pytest.param('<div class="topic">3 questions</div>', "3 questions", id="a form"),
        pytest.param(
            '<div class="story__overtitle">Public works</div>', "Public works", id="a line above the headline"
        ),
        pytest.param('<div class="topic">3 comments</div>', None, id="how many comments"),
        pytest.param(
            '<ol class="breadcrumb"><li><a href="/w">Weather</a></li><li><a href="/h">Harbours</a></li></ol>',
            None,
            id="a path to the page",
        ),
        pytest.param(
            '<ul class="share"><li class="item"><a href="mailto:?body=x">Email</a></li></ul>', None, id="shares"
        ),
        pytest.param('<div><a href="/">The Courier</a></div>', None, id="the front page"),
        pytest.param('<div class="meta"><a href="/author/jo">Jo Roe</a></div>', None, id="the writer"),
        pytest.param('<div><a href="#text">Skip to content</a></div>', None, id="a way past the menu"),
    ],
)
def test_a_kicker_does_not_steer_through_the_site(above: str, kicker: str | None) -> None:
    markup = f"<html><body><article>{above}<h1>Storm hits the coast</h1>{STORY}</article></body></html>"
    result = extract(Page(url="https://www.example.com/1", body=markup.encode()))
    assert isinstance(result, Article)
    assert result.kicker == kicker


def test_the_second_step_of_a_shown_path_is_the_section() -> None:
    path = '<ol class="breadcrumb"><li><a href="/">Home</a></li><li><a href="/harbours">Harbours</a></li></ol>'
    markup = f"<html><body><article>{path}<h1>Storm hits the coast</h1>{STORY}</article></body></html>"
    result = extract(Page(url="https://www.example.com/1", body=markup.encode()))
    assert isinstance(result, Article)
    assert (result.section, result.kicker) == ("Harbours", None)


def section_above(above: str, *, head: str = "", path: str = "1") -> str | None:
    markup = f"<html><head>{head}</head><body>{above}<main><h1>Storm hits the coast</h1>{STORY}</main></body></html>"
    result = extract(Page(url=f"https://www.example.com/{path}", body=markup.encode()))
    assert isinstance(result, Article)
    return result.section


@pytest.mark.parametrize(
    ("above", "section"),
    [
        pytest.param('<nav aria-label="Breadcrumb">{links}</nav>', "Harbours", id="a labelled nav"),
        pytest.param('<nav><div class="breadcrumbs">{links}</div></nav>', "Harbours", id="a class in a nav"),
        pytest.param(
            '<nav><ol itemscope itemtype="https://schema.org/BreadcrumbList">{links}</ol></nav>',
            "Harbours",
            id="a type",
        ),
        pytest.param('<nav id="breadcrumb"><h2>Breadcrumb</h2>{links}</nav>', "Harbours", id="its label is no step"),
        pytest.param("<nav>{links}</nav>", None, id="a menu is none"),
        pytest.param('<nav class="breadcrumb"><a href="/2026/">2026</a>{links}</nav>', "Harbours", id="a year is none"),
        pytest.param(
            '<nav class="breadcrumb">' + "".join(f'<a href="/{n}">Topic {n}</a>' for n in "abcde") + "</nav>",
            None,
            id="a menu by the name of a path is none",
        ),
    ],
)
def test_a_path_shown_in_the_navigation_tells_the_section(above: str, section: str | None) -> None:
    links = (
        '<a href="https://www.example.com/">The Courier</a> &gt; <a href="/news">News</a> &gt; '
        '<a href="/harbours">Harbours</a> &gt; <a href="/x">Storm hits…</a>'
    )
    assert section_above(above.replace("{links}", links)) == section


@pytest.mark.parametrize(
    ("above", "path", "section"),
    [
        pytest.param(
            "<ul class=breadcrumbs><li>Home</li><li>Harbours</li></ul>", "1", "Harbours", id="a path without links"
        ),
        pytest.param(
            "<nav><a href=/belfold>Belföld</a></nav>", "belfold/1", "Belföld", id="the address, as the page writes it"
        ),
        pytest.param(
            "<dl><dd class=category-name>In: <a href=/h>Harbours</a></dd></dl>", "1", "Harbours", id="a system's box"
        ),
    ],
)
def test_a_section_is_read_as_the_page_writes_it(above: str, path: str, section: str) -> None:
    assert section_above(above, path=path) == section


@pytest.mark.parametrize(
    ("stated", "link", "section"),
    [
        pytest.param("sport", "", "Sport", id="one word"),
        pytest.param("public-service", "", "Public Service", id="a part of an address"),
        pytest.param("culture_culture-arts", "", "Culture Arts", id="a part said twice"),
        pytest.param("haefen-und-kuesten", "Häfen & Küsten", "Häfen & Küsten", id="as a link spells it"),
        pytest.param("latest-news", "", None, id="no subject"),
        pytest.param("iPhone", "", "iPhone", id="spelled by people"),
    ],
)
def test_a_section_written_for_machines_is_spelled_for_readers(stated: str, link: str, section: str | None) -> None:
    head = f'<meta property="article:section" content="{stated}">'
    assert section_above(f"<nav><a href=/x>{link}</a></nav>", head=head) == section


def test_the_headline_in_an_address_is_no_section() -> None:
    assert section_above("", path="storm-hits-the-coast/1") is None


@pytest.mark.parametrize(
    ("kicker", "section"),
    [
        pytest.param("«The keeper»:", None, id="what introduces the headline"),
        pytest.param("<a href=/h>Harbours</a> <span>Global</span>", "Harbours", id="a link, and where it happened"),
    ],
)
def test_a_kicker_tells_the_section_as_far_as_it_names_one(kicker: str, section: str | None) -> None:
    markup = f"<main><p class=kicker>{kicker}</p><h1>Storm hits the coast</h1>{STORY}</main>"
    result = extract(Page(url="https://www.example.com/1", body=markup.encode()))
    assert isinstance(result, Article)
    assert result.section == section


def test_a_word_in_capitals_beside_the_date_above_the_headline_is_the_section() -> None:
    markup = (
        f"<main><div><span>2026-01-08</span> <span>HARBOURS</span></div><h1>Storm hits the coast</h1>{STORY}</main>"
    )
    result = extract(Page(url="https://www.example.com/1", body=markup.encode()))
    assert isinstance(result, Article)
    assert result.section == "Harbours"


def test_a_stated_path_whose_last_step_is_the_shown_headline_tells_no_section() -> None:
    steps = '[{"name": "Home"}, {"name": "Storm hits the coast"}]'
    head = f'<script type="application/ld+json">{{"@type": "BreadcrumbList", "itemListElement": {steps}}}</script>'
    assert section_above("", head=head) is None


def test_the_first_of_the_links_marked_as_categories_is_the_section() -> None:
    links = '<a rel="category tag" href="/c/g">General</a> <a rel="category tag" href="/c/h">Harbours</a>'
    assert section_above(f'<div class="category">{links} <a rel="category" href="/c/w">Weather</a></div>') == "Harbours"
    assert section_above(f'<div class="related">{links}</div>') is None


@pytest.mark.parametrize(
    ("above", "path", "section"),
    [
        pytest.param("", "1", "Beginners", id="the first, when nothing else is known"),
        pytest.param("", "harbours/1", "Harbours", id="the one in the address"),
        pytest.param('<nav class="breadcrumb"><a href="/w">Weather</a></nav>', "1", "Weather", id="one in the path"),
    ],
)
def test_of_several_stated_sections_the_one_that_others_name_is_taken(above: str, path: str, section: str) -> None:
    stated = '["News", "Beginners", "Harbours", "Weather"]'
    article = f'{{"@type": "NewsArticle", "headline": "Storm hits the coast", "articleSection": {stated}}}'
    head = f'<script type="application/ld+json">{article}</script>'
    assert section_above(above, head=head, path=path) == section


@pytest.mark.parametrize("word", ["Themen", "ニュース", "Headlines"])
def test_a_word_for_news_or_topics_is_no_section(word: str) -> None:
    assert section_above("", head=f'<meta property="article:section" content="{word}">') is None


def test_what_says_nothing_of_a_subject_is_no_section_and_what_systems_note_is_no_tag() -> None:
    noted = "Harbours, contentId: 15, 98be933f-38cf-4fba-b6c6-ad438e82010a, type_news, _Prio_3, #storm"
    article = article_of(
        '<meta property="article:section" content="Nachrichten"><meta name="section" content="Weather">'
        f'<meta name="keywords" content="{noted}">'
    )
    assert article.section == "Weather"
    assert article.tags == ("Harbours", "#storm")


def test_what_an_image_was_made_from_is_no_source_of_the_story() -> None:
    chart = "<figure><img src='/chart.png'><figcaption>Source: Harbour Office</figcaption></figure>"
    assert article_of("", STORY + chart).source_line is None
    assert article_of("", f"{STORY}<p>Source: Harbour Office</p>").source_line == "Harbour Office"
    assert article_of("", f"{STORY}<p>(Source: APA/dpa)</p>").source_line == "APA/dpa"


DEK = "The harbour opens again on Monday, and the first ferries sail at noon from the northern quay."


@pytest.mark.parametrize(
    ("shown", "stated", "dek"),
    [
        pytest.param(f"<p class='standfirst'>{DEK}</p>", "", DEK, id="by its name"),
        pytest.param(f"<div class='epigraph-container'><h2>{DEK}</h2></div>", "", DEK, id="by its name in Spanish"),
        pytest.param(f"<figure><img src=x.jpg><figcaption>{DEK}</figcaption></figure>", DEK, "Told.", id="a caption"),
        pytest.param(f"<div><h2>{DEK}</h2></div>", DEK, "Told.", id="another heading of the story"),
    ],
)
def test_the_dek_is_no_caption_and_no_second_headline(shown: str, stated: str, dek: str) -> None:
    told = "Two meta tags tell of the storm alike."
    node = json.dumps({"@type": "NewsArticle", "headline": "Storm hits the coast", "alternativeHeadline": stated})
    metas = "".join(f'<meta {name} content="{told}">' for name in ('property="og:description"', 'name="description"'))
    head = metas + f'<script type="application/ld+json">{node}</script>'
    assert article_of(head, shown + STORY).dek == dek.replace("Told.", told)


@pytest.mark.parametrize(
    ("stated", "dek"),
    [
        pytest.param("Ships waited outside the harbour for day 0 after the storm, and the …", None, id="cut"),
        pytest.param("Ships waited outside the harbour for day 0 after the […]", None, id="cut, in brackets"),
        pytest.param("Crews went ashore. Then the rain came...", None, id="cut, by stops"),
        pytest.param("Ships waited outside the harbour for day 0 after the st", None, id="cut in a word"),
        pytest.param(STORY_OPENING, STORY_OPENING, id="the story's first sentence"),
        pytest.param("Ships waited outside the harbour for day 0", None, id="words that open the lede"),
        pytest.param("Courier.example, daily news and weather since 1890", None, id="the site's motto"),
        pytest.param(
            "Courier.example tells how the harbour fared", "Courier.example tells how the harbour fared", id="no motto"
        ),
        pytest.param(
            "समस्तीपुर पुलिस ने चोरी मामले का खुलासा किया Samastipur",
            "समस्तीपुर पुलिस ने चोरी मामले का खुलासा किया Samastipur",
            id="words parted by vowel signs",
        ),
        pytest.param(
            "The harbour opens again… on Monday at noon.", "The harbour opens again… on Monday at noon.", id="whole"
        ),
    ],
)
def test_a_description_that_a_system_cut_is_no_dek(stated: str, dek: str | None) -> None:
    assert article_of(f'<meta name="description" content="{stated}">').dek == dek


@pytest.mark.parametrize(
    ("shown", "dek"),
    [
        pytest.param("Diplomats want a truce at last.", "Diplomats want a truce at last.", id="a sentence"),
        pytest.param("Shipshape harbours missed", "Shipshape harbours missed", id="inflected words"),
        pytest.param("Seafaring International", None, id="a motto"),
    ],
)
def test_a_dek_that_is_shown_may_have_words_of_its_own(shown: str, dek: str | None) -> None:
    assert article_of("", f"<p class=standfirst>{shown}</p>{STORY}").dek == dek


def test_a_part_of_the_headline_is_no_dek() -> None:
    title = "Storm hits the coast and closes the harbour for three days"
    head = f'<meta property="og:title" content="{title}"><meta name="description" content="{title[:43]}">'
    markup = f"<html><head>{head}</head><body><article><h1>{title}</h1>{STORY}</article></body></html>"
    result = extract(Page(url="https://www.example.com/1", body=markup.encode()))
    assert isinstance(result, Article)
    assert result.dek is None


@pytest.mark.parametrize(
    ("path", "section"),
    [("harbours/storm", "Harbours"), ("articles/view/harbours/1", "Harbours"), ("autoren/jo-roe/storm", None)],
)
def test_the_address_tells_a_section_and_no_writer(path: str, section: str | None) -> None:
    markup = f"<html><body><article><h1>Storm hits the coast</h1>{STORY}</article></body></html>"
    result = extract(Page(url=f"https://www.example.com/{path}", body=markup.encode()))
    assert isinstance(result, Article)
    assert result.section == section


@pytest.mark.parametrize("behind", [" | Kemer | Example Times", " | The harbour opens again on Monday, say", " |"])
def test_what_stands_behind_a_bar_after_a_sentence_is_no_dek(behind: str) -> None:
    told = "The harbour of Kemer opens again on Monday."
    assert article_of(f'<meta name="description" content="{told}{behind}">').dek == told


def test_what_two_meta_tags_say_comes_before_the_description_of_the_data() -> None:
    def described(*names: str) -> str | None:
        node = {"@type": "NewsArticle", "headline": "Storm hits the coast", "description": "A picture of the harbour."}
        metas = "".join(f'<meta {name} content="The harbour opens again on Monday.">' for name in names)
        return article_of(f'{metas}<script type="application/ld+json">{json.dumps(node)}</script>').dek

    assert described('property="og:description"') == "A picture of the harbour."
    assert described('property="og:description"', 'name="description"') == "The harbour opens again on Monday."


def test_a_reading_beside_a_character_that_no_tree_may_be_given_fails_nothing() -> None:
    ruby = "<p>The <ruby>港<rp>(</rp>&#11;<rt>x&#11;</rt>&#11;<rp>)</rp></ruby>&#11; was closed.</p>"
    assert "港" in article_of("", ruby + STORY).text


def test_blocks_pass_between_processes_whole() -> None:
    spans = (Span(start=0, end=5, kind=SpanKind.LINK, url="https://www.example.com/2"),)
    picture = Block(kind=BlockKind.IMAGE, image=Image(url="https://www.example.com/a.jpg", caption="The harbour"))
    blocks = [Block(kind=BlockKind.LIST_ITEM, text="Ships wait", spans=spans, ordered=True), picture]
    assert pickle.loads(pickle.dumps(blocks)) == blocks


def test_a_story_of_one_paragraph_is_that_paragraph() -> None:
    line = (
        "Negotiators came back to the table on Wednesday after a night of talks that officials called the most serious"
        " in months, while mediators went from room to room."
    )
    dek = "Diplomats say a draft could be signed within days."
    node = json.dumps({"@type": "NewsArticle", "headline": "Talks resume on a truce", "description": dek})
    head = f'<meta name=description content="{dek}"><script type="application/ld+json">{node}</script>'
    page = (
        "<main><article><div><a href='/world'>WORLD</a><span>1 MIN READ</span></div><h1>Talks resume on a truce</h1>"
        f"<h2>{dek}</h2><figure><img src='/a.jpg'><figcaption>Mediators"
        f" come for talks / AFP</figcaption></figure><div class='article-content'><p>{line}</p></div></article></main>"
    )
    article = extract(
        Page(url="https://www.example.com/1", body=f"<html><head>{head}</head><body>{page}</body></html>".encode())
    )
    assert isinstance(article, Article)
    assert [block.text for block in article.blocks] == [line]
