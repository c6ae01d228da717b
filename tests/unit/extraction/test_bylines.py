"""Names of a byline, from what a page states and from what it shows."""

from __future__ import annotations

import pytest

from crawler.extraction.body.page_facts import headline_index
from crawler.extraction.bylines.bylines import author_candidates, least_certainty, read_authors
from crawler.extraction.bylines.names import split_byline
from crawler.extraction.bylines.own_names import tidy_names, without_paper
from crawler.extraction.page.document import Document, parse_page
from crawler.extraction.page.passages import Passage
from crawler.extraction.page.structured import read_structured
from crawler.extraction.page.walk import read_passages
from crawler.extraction.text import word_key
from news.article import Hints, Page

STORY = "<p>" + "A storm hit the coast on Sunday, and the harbour was closed. " * 5 + "</p>"


def authors_of(behind_headline: str, head: str = "") -> tuple[str, ...]:
    document, passages, headline = page_of(behind_headline, head)
    found = read_authors(document, read_structured(document), Hints(), passages, headline)
    return found.value if found else ()


def page_of(behind_headline: str, head: str = "") -> tuple[Document, list[Passage], int]:
    markup = f"<html><head>{head}</head><body><h1>Storm hits the coast</h1>{behind_headline}{STORY}</body></html>"
    document = parse_page(Page(url="https://www.example.com/1", body=markup.encode()))
    assert isinstance(document, Document)
    passages, _ = read_passages(document.tree)
    return document, passages, headline_index(passages, word_key("Storm hits the coast"))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("By Jane Doe and John Roe", ["Jane Doe", "John Roe"]),
        ("Von Jana Müller und Max Meier", ["Jana Müller", "Max Meier"]),
        ("Jane Doe, MD", ["Jane Doe, MD"]),
        ("Jane Doe, Tech Reporter", ["Jane Doe"]),
        ("Ayşe ÖRNEK / ÇAMLIOVA (DHA)", ["Ayşe ÖRNEK"]),
        ("Von unserem Redaktionsmitglied Jana Müller", ["Jana Müller"]),
        ("Haber: Ayşe Örnek", ["Ayşe Örnek"]),
        ("Jane Doe Tech Reporter", ["Jane Doe"]),
        ("example.be", ["example.be"]),
        ("happyface313", ["happyface313"]),
        ("Jane Doe, London", ["Jane Doe"]),
        ("Jane Doe, AFP", ["Jane Doe", "AFP"]),
        ("Jane Doe, Contributor, Example Press", ["Jane Doe"]),
        ("Jane Doe, Political Editor, and John Roe, Reporter", ["Jane Doe", "John Roe"]),
        ("Jane Doe Former Deputy Tech Editor", ["Jane Doe"]),
        ("Jane Doe1; John Roe12", ["Jane Doe", "John Roe"]),
        ("Par Jeanne Dupont (Nice, correspondante)", ["Jeanne Dupont"]),
        ("JANE DOE Sentinel Staff Writer", ["JANE DOE"]),
        ("By Jane Doe, Lagos and John Roe, Kano", ["Jane Doe", "John Roe"]),
        ("Derya ÖRNEK, Murat ÖRNEK / İZMİR", ["Derya ÖRNEK", "Murat ÖRNEK"]),
        ("Роман Приклад та Леся Приклад", ["Роман Приклад", "Леся Приклад"]),
        ("Jan Novák a Petr Malý", ["Jan Novák", "Petr Malý"]),
        ("Dan Roe", ["Dan Roe"]),
        ("Pressemitteilung Nr.", []),
        ("Jane DoeTwitter", ["Jane Doe"]),
        ("Example Press, Berlin, Germany", ["Example Press"]),
        ("Posted by", []),
        ("Published", []),
        ("page.head.author", []),
        ("{{ author.name }}", []),
        ("(Image: Example Agency)", []),
    ],
)
def test_a_byline_is_split_into_names(written: str, expected: list[str]) -> None:
    assert split_byline(written) == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param("<p>By Jane Doe</p>", ("Jane Doe",), id="an opener"),
        pytest.param("<p>Jane Doe 4 August 2010</p>", ("Jane Doe",), id="a name with a date"),
        pytest.param(
            "<div class=author>Jana Müller, 21. Jan. 2015</div>", ("Jana Müller",), id="a date with full stops"
        ),
        pytest.param("<div class=sidebar><p>By Jane Doe</p></div>", ("Jane Doe",), id="right below, whatever its box"),
        pytest.param("<p><b>Jane Doe</b><i>4 August 2010</i></p>", ("Jane Doe",), id="a date, apart by style alone"),
        pytest.param("<p>By <a>Jane Doe</a><a>John Roe</a><i>4 May</i></p>", ("Jane Doe", "John Roe"), id="two links"),
        pytest.param("<p>4 August 2010 | Jane Doe</p>", ("Jane Doe",), id="a date with a name"),
        pytest.param("<div>Posted on September 21, 2020 by Jane Doe</div>", ("Jane Doe",), id="an opener inside"),
        pytest.param('<div class="post-author">Jane Doe</div>', ("Jane Doe",), id="a box named after authors"),
        pytest.param("<p>Von: Jana MÜLLER, Max MEIER</p>", ("Jana MÜLLER", "Max MEIER"), id="several names"),
        pytest.param("<p>Reviewed by Jane Doe</p>", (), id="who reviewed it did not write it"),
        pytest.param("<p>A rule divided by tens</p>", (), id="a by in running text"),
        pytest.param("<p>Jane Doe, City Hall Reporter</p>", ("Jane Doe",), id="what she is, behind a comma"),
        pytest.param("<p>Photo by Jane Doe</p>", (), id="who took the photo did not write it"),
        pytest.param("<p>Written by <b>Jane Doe</b> who lives and works here</p>", ("Jane Doe",), id="what she does"),
        pytest.param(
            "<figure><blockquote>Never again.</blockquote><figcaption>Jane Doe</figcaption></figure>",
            (),
            id="who is quoted did not write it",
        ),
        pytest.param(
            '<div class="quote-block"><p>Never again.</p><p class="quote-author">Jane Doe</p></div>',
            (),
            id="who is quoted in a box named so",
        ),
        pytest.param("<blockquote>Never again.<footer>By Jane Doe</footer></blockquote>", (), id="who signs a quote"),
    ],
)
def test_a_byline_is_read_where_readers_see_it(markup: str, expected: tuple[str, ...]) -> None:
    assert authors_of(markup) == expected


def test_the_shown_byline_completes_the_stated_one() -> None:
    stated = '<meta name="author" content="Jane Doe">'
    assert authors_of("<p>By Jane Doe and John Roe</p>", stated) == ("Jane Doe", "John Roe")


def test_a_first_name_that_is_stated_is_completed_by_the_whole_one_that_is_shown() -> None:
    stated = '<meta name="author" content="Jane">'
    assert authors_of("<p>By Jane Doe</p><p>2026</p>", stated) == ("Jane Doe",)


def test_a_writer_called_so_below_the_story_comes_before_what_he_is() -> None:
    below = "<div class=authors><span class=author__name>Jane Doe</span><span class=author__title>Reporter</span></div>"
    assert authors_of(f"{'<p>The harbour was opened again, and forty crews went back.</p>' * 9}{below}") == (
        "Jane Doe",
    )


def test_the_sites_name_beside_a_writers_is_none_of_the_byline() -> None:
    stated = '<meta name="author" content="Jane Doe, Example"><meta property="og:site_name" content="Example">'
    assert authors_of("<p>2026</p>", stated) == ("Jane Doe",)


def test_an_initial_at_the_end_of_a_name_keeps_its_stop() -> None:
    assert authors_of("<p>2026</p>", '<meta name="author" content="Joe S.">') == ("Joe S.",)


def test_of_two_makers_named_in_one_line_the_writer_signs() -> None:
    line = "<p class=credits>Photographs by Nadia Stern, text by Paul Everett</p><p>October 20, 2026</p>"
    assert authors_of(line) == ("Paul Everett",)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Jan Wilk, PAP", "Jan Wilk"),
        ("By Theresa May", "Theresa May"),
        ("By April Jones May 5, 2026", "April Jones"),
        ("كتبت: ليلى منصور الثلاثاء، 6 أكتوبر 2026", "ليلى منصور"),
        ("โดย สมชาย ใจดี", "สมชาย ใจดี"),
        ("［有料会員限定］ 佐藤花子", "佐藤花子"),
        ("2026-10-13 11:20 来源:海岸观察 记者 周明远", "周明远"),
        ("Kaynak: DHA | Muhabir: Deniz Ergin", "Deniz Ergin"),
    ],
)
def test_a_writer_is_told_from_months_days_and_labels(line: str, name: str) -> None:
    assert authors_of(f"<div class=article-author>{line}</div><p>2026</p>")[:1] == (name,)


def test_a_line_about_a_photograph_is_no_byline() -> None:
    assert authors_of("<div class=media-author>Fot. Ewa Nowak</div>") == ()


def test_a_portal_behind_a_bar_has_not_written() -> None:
    head = '<meta property="og:article:author" content="해안일보 | 포털">'
    assert authors_of("<div class=journalist>김하늘 기자</div><p>2026.10.14.</p>", head) == ("김하늘",)


def test_a_name_is_believed_over_a_user_name() -> None:
    assert authors_of("<p>By Jane Doe</p>", '<meta name="author" content="jdoe77">') == ("Jane Doe",)


def test_a_text_by_someone_quoted_in_the_story_is_no_byline() -> None:
    assert authors_of(STORY + "<p>a line by Thomas Mann</p>") == ()


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param("ByJane Doe", ["Jane Doe"], id="an opener without a blank"),
        pytest.param("Byron Doe", ["Byron Doe"], id="a name that begins like an opener"),
        pytest.param("Interview: Jane Doe", ["Jane Doe"], id="the kind of text"),
        pytest.param("Jana Müller, Online-Redakteurin", ["Jana Müller"], id="a role behind a comma"),
        pytest.param("Jane Doe, June", ["Jane Doe"], id="a month"),
        pytest.param("Donnerstag", [], id="a day of the week"),
        pytest.param("Jane Doe3/4/2025", ["Jane Doe"], id="a date that touches the name"),
        pytest.param("Jana Müller Kategorien: Sport", ["Jana Müller"], id="what templates write behind the names"),
        pytest.param("Jane Doe,John Roe", ["Jane Doe", "John Roe"], id="a comma without a blank"),
        pytest.param("Redaktion", ["Redaktion"], id="an editorial office"),
        pytest.param("admin", [], id="an account"),
        pytest.param("Example Verlag GmbH", [], id="a firm"),
        pytest.param("© Jane Doe", [], id="a mark of copyright"),
        pytest.param("Jane Doe wins!", [], id="a sign that no name has"),
    ],
)
def test_what_stands_around_names_is_dropped(written: str, expected: list[str]) -> None:
    assert split_byline(written) == expected


def test_a_name_without_its_site() -> None:
    assert tidy_names(["Jane Doe, CNN"], {"cnn"}) == ("Jane Doe",)
    assert without_paper("Jane Doe Example Times", {"exampletimes"}) == "Jane Doe"
    assert without_paper("The Example Times", {"exampletimes"}) == "The Example Times"
    assert without_paper("Redacción Diario Example Times", {"exampletimes"}) == "Redacción Diario Example Times"
    assert tidy_names(["CNN"], {"cnn"}) == ()
    assert tidy_names(["CNN"], {"cnn"}, keep_site=True) == ("CNN",)


def test_a_blogger_is_named_also_where_the_blog_is_called_after_him() -> None:
    assert authors_of('<p>Posted on September 21, 2020 by <a rel="author">example</a></p>') == ("example",)


def test_a_byline_below_the_story_is_read() -> None:
    assert authors_of(STORY + "<p>Von Jana Müller</p>") == ("Jana Müller",)


def test_the_person_shown_is_believed_over_the_organization_stated() -> None:
    stated = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Storm hits the coast",'
        '"author": {"@type": "Organization", "name": "Example Times"}}</script>'
    )
    assert authors_of('<div class="byline">By Jane Doe</div>', stated) == ("Jane Doe",)


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param(
            '<p>Monday 14:07 <span class="article-author">Jane Doe</span> in Harbours and ports</p>', id="by its name"
        ),
        pytest.param('<p>Monday 14:07 <a href="/authors/jane-doe">Jane Doe</a> Ports</p>', id="by its link"),
    ],
)
def test_a_name_is_read_out_of_the_line_it_stands_in(markup: str) -> None:
    assert authors_of(markup) == ("Jane Doe",)


@pytest.mark.parametrize(
    "line", ["roadside breakdowns", "0 Threads", "vor 5 Stunden", '<a href="/authors/1">free shipping</a>']
)
def test_words_without_a_capital_and_counts_are_no_candidates(line: str) -> None:
    document, passages, headline = page_of(f"<p>{line}</p>")
    assert author_candidates(document, read_structured(document), Hints(), passages, headline) == []


def test_a_name_that_only_its_place_speaks_for_must_be_surer() -> None:
    document, passages, headline = page_of('<p>Jane Doe</p><div class="byline">John Roe</div><p>By Max Meier</p>')
    found = author_candidates(document, read_structured(document), Hints(), passages, headline)
    needed = {candidate.names: least_certainty(candidate) for candidate in found}
    assert needed[("Jane Doe",)] > needed[("John Roe",)] == needed[("Max Meier",)]


def test_writers_linked_side_by_side_may_have_signed_together() -> None:
    names = '<div><a href="/authors/jane-doe">Jane Doe</a> <a href="/authors/john-roe">John Roe</a> Ports</div>'
    elsewhere = '<p>More of <a href="/authors/max-meier">Max Meier</a></p>'
    document, passages, headline = page_of(names + elsewhere)
    found = author_candidates(document, read_structured(document), Hints(), passages, headline)
    together = [candidate.names for candidate in found if "all linked" in candidate.places]
    assert together == [("Jane Doe", "John Roe")]


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param('<div data-author="Jane Doe"></div>', id="told to the page's program"),
        pytest.param('<a href=/s/1 aria-label="By Jane Doe"><img src=a.png></a>', id="read aloud"),
        pytest.param('<span data-qa="author-name">Jane Doe</span><span>Kemer</span>', id="a name for tests"),
        pytest.param('<p data-testid="article-byline author-name">Jane Doe</p>', id="two names for tests"),
    ],
)
def test_a_writer_whom_only_an_attribute_tells_is_read(marked: str) -> None:
    assert authors_of(marked) == ("Jane Doe",)


def test_writers_of_other_stories_cards_are_not_the_storys() -> None:
    cards = "".join(f'<div data-author="{name}"><a href=/2>A story</a></div>' for name in ("Max Doe", "Jo Roe"))
    assert authors_of(cards) == ()
    assert authors_of('<button aria-label="By clicking you agree"></button>') == ()


@pytest.mark.parametrize(
    "listed",
    [
        pytest.param("<table><tr><td>Jane Doe<td>12.3<tr><td>John Roe<td>12.5</table>", id="results"),
        pytest.param("<dl><dt>Mayor<dd>Jane Doe<dt>Deputy<dd>John Roe</dl>", id="offices"),
        pytest.param("<ul><li>Jane Doe<li>John Roe<li>Max Moe</ul>", id="names"),
    ],
)
def test_an_entry_of_a_table_or_list_is_no_byline_by_its_place_alone(listed: str) -> None:
    assert authors_of(listed) == ()


def test_a_list_of_names_that_is_signed_so_is_a_byline() -> None:
    listed = "<ul class=authors><li>Jane Doe<li>John Roe<li>Max Moe</ul>"
    assert "Jane Doe" in authors_of(listed)
    assert authors_of("<table><tr><td>Jane Doe<td>January 8, 2026</table>") == ("Jane Doe",)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2026-01-08 10:30:00 来源:新华社 作者:王小明 责任编辑:李红", ("王小明",)),
        ("By Jane Doe jdoe@example.com", ("Jane Doe",)),
        ("<span>ليلى حسن</span><span>الخميس 8 يناير 2026</span>", ("ليلى حسن",)),
        ("Photographs and text by Jane Doe", ("Jane Doe",)),
        ("Author, Jane Doe", ("Jane Doe",)),
        ("Mwandishi, <span>Asha Juma</span>", ("Asha Juma",)),
        ("기자명 김민지 기자", ("김민지",)),
        ("24 ნოემბერი, 2026 - 13:05 ავტორი: ნინო ბერიძე", ("ნინო ბერიძე",)),
        ("เผยแพร่: 17 พ.ย. 2569 09:45 โดย: สมชาย ใจดี", ("สมชาย ใจดี",)),
        ("خبرنگار: لیلا رضایی", ("لیلا رضایی",)),
        ("Υποβλήθηκε από Άννα Νίκου στις Τρί, 24/11/2026 - 18:40", ("Άννα Νίκου",)),
        ("<div data-testid=byline-contributors><div><span>Jane Doe</span></div></div>", ("Jane Doe",)),
        ("<span class=news-date>8 يناير 2026م</span><span class=news-writer>ليلى حسن - الميناء</span>", ("ليلى حسن",)),
        ("OSLO, Norway, Jan. 8, 2026 (RELAY) -- The quay is open again.", ()),
        ("© Harbour / Jane Roe", ()),
        ("Na Neema Mfano", ("Neema Mfano",)),
        ("Posted on 12th November 2018 Author Jane Doe Categories Cider", ("Jane Doe",)),
        (
            "<span>5 жовтня 2026, 13:20</span><span>Автори: Роман Приклад та Леся Приклад</span>",
            ("Роман Приклад", "Леся Приклад"),
        ),
        ("16.11.2001 / Ольга Рябова", ("Ольга Рябова",)),
        ("김서연 기자 sykim@example.com", ("김서연",)),
        ("This content was paid for by Example Ports and produced by Jane Doe.", ()),
        (
            "<span>2026-01-08 09:30</span><span>作者:王小明</span><span>字号 大 中 小</span>",
            ("王小明",),
        ),
        ("The quay is open by the end of the week, the mayor said on January 7.", ()),
        ("Sponsored content | Paid for by Example Ports", ()),
        ("Теги <a href=/tag/1>Турция</a>", ()),
        ("<span data-hook=user-name>Jane Doe</span><span data-hook=time-ago>Jan 8, 2026</span>", ("Jane Doe",)),
    ],
)
def test_names_are_told_from_what_stands_in_their_line(line: str, expected: tuple[str, ...]) -> None:
    assert authors_of(f"<p class=byline>{line}</p>" if line.startswith("Photo") else f"<div>{line}</div>") == expected


def test_what_a_list_of_posts_is_called_is_no_byline() -> None:
    assert authors_of("<h2>Recent Posts</h2>") == ()


def test_a_name_with_a_picture_is_no_byline_by_its_place_alone() -> None:
    assert authors_of("<figure><img src=a.jpg><span>Getty Images</span></figure>") == ()
    assert authors_of("<figure><img src=a.jpg><p>By Jane Doe</p></figure>") == ("Jane Doe",)
