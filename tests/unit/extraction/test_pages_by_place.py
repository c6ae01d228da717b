"""Pages that state nothing of themselves, or the wrong: headline, day, writer and text told by their places."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.extraction.bylines.byline_lines import opening_of
from crawler.extraction.bylines.names import split_byline
from crawler.extraction.bylines.own_names import without_paper
from crawler.extraction.service import extract
from news.article import Article, Page

ASKED_AT = datetime(2026, 11, 28, 12, tzinfo=UTC)
STORY = [
    "The parish hall's clock, stopped since a storm in 2009, struck noon again on Sunday to a crowd of a hundred, "
    "of whom some had brought chairs and others their grandchildren, who had never heard it.",
    "The clockmaker rebuilt its movement from two broken ones and found a coin of 1911 below the pendulum, which "
    "he gave to the school, where it can be seen beside the register of the same year.",
    "The repair cost eight thousand pounds, of which a third came from a silent afternoon at the primary school.",
]
PARAGRAPHS = "".join(f"<p>{text}</p>" for text in STORY)
TEXT = "\n\n".join(STORY)
H1 = "<h1>The hall's clock strikes again</h1>"


def article_of(markup: str, *, lang: str = "en", url: str = "https://www.example.com/story/17") -> Article:
    body = f"<html lang={lang}><meta charset=utf-8>{markup}</html>".encode()
    found = extract(Page(url=url, body=body, fetched_at=ASKED_AT))
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("Press Releases", "<p><b>FOR IMMEDIATE RELEASE</b></p><h3>Hall's clock strikes again</h3>"),
        ("story", "<center><font size=+2><b>Hall's clock strikes again</b></font></center><p><i>25/01/2002</i></p>"),
        ("Evening Post Mobile", "<div><b>Hall's clock strikes again</b></div><div>Tue 16 Mar 2010, 09:12</div>"),
    ],
)
def test_the_line_over_a_story_is_its_headline_where_the_page_states_none(title: str, lines: str) -> None:
    menu = "<div><a href=/>Home</a> <a href=/news>News</a></div>"
    assert article_of(f"<title>{title}</title>{menu}{lines}{PARAGRAPHS}").title == "Hall's clock strikes again"


def test_a_title_that_is_shown_over_the_story_is_its_headline() -> None:
    page = f"<title>Clock strikes again - Stow Post</title><p>Clock strikes again</p><h3>Local news</h3>{PARAGRAPHS}"
    assert article_of(page).title == "Clock strikes again"


def test_a_hyphen_joins_the_parts_of_a_word_where_words_are_parted_by_blanks() -> None:
    title = "<title>Санкт-Петербург открыл мост</title>"
    assert article_of(f"{title}{PARAGRAPHS}", lang="ru").title == "Санкт-Петербург открыл мост"


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("<div>Saturday, November 14, 2026</div><div><a href=/local>Local</a></div>", "<p>Posted: Feb. 6, 2019</p>"),
        ("<div>sábado 28 de noviembre de 2026</div>", "<div>Redacción | 06 Feb 2019 | 10:15 AM</div>"),
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2026-11-28T11:58:02Z"}'
            "</script><meta property=article:published_time content=2026-11-28T11:58:02+00:00>",
            "<div>Posted: Feb. 6, 2019 12:01 a.m.</div>",
        ),
    ],
)
def test_the_day_a_page_is_asked_on_is_none_of_its_story(above: str, below: str) -> None:
    article = article_of(f"<body>{above}{H1}{below}{PARAGRAPHS}")
    assert str(article.published_at)[:10] == "2019-02-06"


def test_a_story_of_the_day_it_is_asked_for_keeps_that_day() -> None:
    stamp = "<meta property=article:published_time content=2026-11-28T11:58:02+00:00>"
    article = article_of(f"{stamp}<body>{H1}<p>November 28, 2026</p>{PARAGRAPHS}")
    assert str(article.published_at)[:10] == "2026-11-28"


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("Jane Le Goff, Publié le 09/04/2024 à 18h05", ("Jane Le Goff",)),
        ("oprac. Jane Doe", ("Jane Doe",)),
        ("Пише: Јана Ковач", ("Јана Ковач",)),
        ("Toimetaja: Jane Doe", ("Jane Doe",)),
        ("ni Jane Doe", ("Jane Doe",)),
        ("<span>Της Τζέιν Ντόου</span><span>Τετάρτη, 17 Απριλίου 2024</span>", ("Τζέιν Ντόου",)),
        ("<span>โดย สุดา ใจดี</span><span>20 พ.ค. 2567 เวลา 9:30 น.</span>", ("สุดา ใจดี",)),
        ("2024-05-19 08:30　来源：青石日报　作者：王小明　【字号：大 中 小】", ("王小明",)),
        ("〔記者王小明／台北報導〕鐘樓整修完成，週一早上重新敲響。", ("王小明",)),
        ("（中央社記者王小明台北25日電）鐘樓整修完成，週一早上重新敲響。", ("王小明",)),
        ("Published 11 Feb 2022 | Topics: Water, Rights", ()),
        ("FOR IMMEDIATE RELEASE", ()),
        ("The hall's clock", ()),
        ("Places on 5 May 2025 can be had by calling 555 0142.", ()),
        ("செய்திப்பிரிவு", ()),
    ],
)
def test_who_signs_a_line_below_the_headline(line: str, people: tuple[str, ...]) -> None:
    site = "<meta property=og:site_name content='Example Times'>"
    assert article_of(f"{site}<body>{H1}<div>{line}</div>{PARAGRAPHS}").people == people


@pytest.mark.parametrize("line", ["Diário das Beiras", "Diğer Yazarlar", "Авторская колонка"])
def test_a_word_that_begins_as_by_does_opens_no_byline(line: str) -> None:
    assert opening_of(line) == (None, False)


def test_what_a_japanese_writer_is_stands_before_the_name() -> None:
    assert split_byline("編集委員・佐藤花子") == ["佐藤花子"]


def test_a_writer_comes_without_the_paper_before_the_name() -> None:
    assert without_paper("Example Times Jane DOE", {"exampletimes"}) == "Jane DOE"
    assert without_paper("Example Times Travel Editor", {"exampletimes"}) == "Example Times Travel Editor"


@pytest.mark.parametrize(
    "subhead",
    [
        "<h2>FRONT PAGE</h2>{0}<h2>ARTS PAGES</h2>{0}<h2>LAST PAGE</h2>{0}",
        "{0}<p><strong>CLOSED TO CARS</strong></p>{0}",
        "<p>STOW PARISH – {0}</p>",
    ],
)
def test_capitals_at_the_head_of_a_part_are_no_byline(subhead: str) -> None:
    markup = subhead.format(PARAGRAPHS) if "<p>S" not in subhead else subhead.format(STORY[2]) + PARAGRAPHS
    assert article_of(f"<body>{H1}<p>June 12, 2025</p>{markup}").people == ()


def test_the_note_about_a_writer_tells_who_wrote_and_lists_of_other_stories_do_not() -> None:
    note = "<p><i>Jane Doe is a retired surveyor and a columnist for the Stow Post.</i></p>"
    others = "".join(f"<li><a href=/{n}>What the mill owes us</a><p>By John Roe{n}</p></li>" for n in "abcd")
    head = "<meta name=author content='The Stow Post'><meta property=og:site_name content='The Stow Post'>"
    page = "{}<body>{}<article>{}{}</article><h2>Most read</h2><ol>{}</ol>"
    assert article_of(page.format(head, H1, PARAGRAPHS, note, others)).people == ("Jane Doe",)
    assert article_of(page.format(head, H1, PARAGRAPHS, "", others)).people == ()


def test_an_entry_of_a_list_of_stories_is_not_the_pages_article() -> None:
    listed = (
        '<script type="application/ld+json">{"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", '
        '"headline": "Another story", "datePublished": "2026-01-05", "author": {"@type": "Person", "name": "Jo Roe"}}'
        "]}</script>"
    )
    article = article_of(f"{listed}<body>{H1}<p>March 3, 2025</p>{PARAGRAPHS}<ul><li>Another story</li></ul>")
    assert (article.people, str(article.published_at)[:10]) == ((), "2025-03-03")


@pytest.mark.parametrize(
    "line",
    [
        "Jane Doe · 3 days ago · 2 min read",
        "Updated: April 1, 2026 Originally published May 3, 2018 Jane Doe",
        "Публикувана: 18 Април 2022, 11:30 | Последна промяна: 19 Април 2022 | Автор: Jane Doe",
        "Af Jane Doe, jd@example.com",
        "By Jane Doe, Example News, Stow",
        "FOR IMMEDIATE RELEASE",
        "Contact: Jane Doe, (555) 010-3300",
    ],
)
def test_a_line_of_who_and_when_is_no_text_where_it_opens_it(line: str) -> None:
    paragraphs = "".join(f"<p class=t>{text}</p>" for text in (line, *STORY))
    data = "<meta name=author content='Jane Doe'>"
    assert article_of(f"{data}<body>{H1}<article>{paragraphs}</article>").text == TEXT


@pytest.mark.parametrize(
    "line", ["Last updated 06/11/2002", "Ultimo aggiornamento: 12-03-2025, 09:10", "// انتهى //", "-30-"]
)
def test_a_last_line_that_says_when_it_was_changed_is_no_text(line: str) -> None:
    paragraphs = "".join(f"<p>{text}</p>" for text in (*STORY, line))
    assert article_of(f"<body>{H1}<article>{paragraphs}</article>").text == TEXT


def test_a_first_line_that_tells_something_of_the_writer_is_text() -> None:
    line = "Jane Doe had waited seventeen years for this"
    paragraphs = "".join(f"<p class=t>{text}</p>" for text in (line, *STORY))
    data = "<meta name=author content='Jane Doe'>"
    assert article_of(f"{data}<body>{H1}<article>{paragraphs}</article>").text == f"{line}\n\n{TEXT}"


def test_replies_are_no_text() -> None:
    said = (
        "I walked this lane for {0} years and never once saw a van before six. The stalls are lovely, but "
        "where are we to "
        "park? My sister drove round for {0} minutes and went home."
    )
    reply = "<div class=reply><div class=rhead><b>user{0}</b></div><div class=rtext><p>{1}</p></div></div>"
    replies = "".join(reply.format(number, said.format(number)) for number in range(30))
    paragraphs = PARAGRAPHS + f"<p>{STORY[0]} The vicar said so.</p>"
    article = article_of(f"<body><div class=item><h2>Clock</h2>{paragraphs}</div><div class=replies>{replies}</div>")
    assert "sister" not in article.text


def test_code_that_is_coloured_word_by_word_stays_between_its_paragraphs() -> None:
    code = (
        "<div class='language-python highlighter-rouge'><div class=highlight><pre class=highlight><code>"
        "<span class=n>key</span> <span class=o>=</span> <span class=nb>hash</span>(lockfile)</code></pre></div></div>"
    )
    page = f"<body>{H1}<article><p>{STORY[0]}</p><p>Fixing it took one line:</p>{code}<p>{STORY[1]}</p></article>"
    assert "key = hash(lockfile)" in article_of(page).text


def test_plones_description_is_the_dek() -> None:
    dek = "<div class=documentDescription>Silent for years, loud at last</div>"
    byline = "<div class=documentByLine>Published: March 3, 2025</div>"
    page = f"<body><article><div>CULTURE</div>{H1}{dek}{byline}<div id=text>{PARAGRAPHS}</div></article>"
    assert article_of(page).dek == "Silent for years, loud at last"


def test_a_heading_below_the_headline_that_a_byline_follows_is_the_dek() -> None:
    told = [
        "תחנת הרכבת הישנה של גבעת אלון תיפתח מחדש כבית קפה קהילתי. העירייה "
        "אישרה את התוכנית ביום שני, והעבודות יחלו אחרי החגים.",
        "הרכבת האחרונה יצאה מהתחנה ב-1979. מאז שימש המבנה מחסן, ובמשך "
        "שנתיים גם סטודיו של פסל שהשאיר אחריו שלושה אריות.",
        "השיפוץ יעלה 1.9 מיליון שקל. האריות יישארו ברציף, והשעון שנעצר יתוקן על ידי שען מהעיר.",
    ]
    dek = "האריות יישארו ברציף והשעון יתוקן"
    paragraphs = "".join(f"<p>{text}</p>" for text in told)
    page = f"<h1>תחנת הרכבת הישנה תהפוך לבית קפה</h1><h2>{dek}</h2>{{}}{paragraphs}"
    signed = page.format("<div class=credit>מאת: נעמה ברקאי | 15.05.2024 | 17:42</div>")
    assert article_of(f"<body><article>{signed}</article>", lang="he").dek == dek
    assert article_of(f"<body><article>{page.format('')}</article>", lang="he").dek is None


@pytest.mark.parametrize(
    ("caption", "says", "credit"),
    [
        (
            "The clock in Stow, 9 April 2024. (JANE DOE / EXAMPLE)",
            "The clock in Stow, 9 April 2024.",
            "JANE DOE / EXAMPLE",
        ),
        ("The clock in Stow. <span class=x>Jane Doe</span>", "The clock in Stow.", "Jane Doe"),
        ("The clock in Stow<br>Źródło zdjęć: © Adobe Stock | Jane Doe", "The clock in Stow", "Adobe Stock | Jane Doe"),
    ],
)
def test_the_maker_behind_a_caption_is_told_from_it(caption: str, says: str, credit: str) -> None:
    figure = f"<figure><img src=/clock-1.jpg><figcaption>{caption}</figcaption></figure>"
    head = "<meta property=og:image content=https://www.example.com/clock-1.jpg>"
    image = article_of(f"{head}<body><article>{H1}{figure}{PARAGRAPHS}</article>").image
    assert image is not None
    assert (image.caption, image.credit) == (says, credit)
