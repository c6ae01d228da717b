"""What content systems put among a story's paragraphs: lines by their words, code, headings by their role."""

from __future__ import annotations

import pytest

from crawler.extraction.body.furniture_lines import is_furniture
from news.article import BlockKind
from tests.support import clock_story
from tests.support.clock_story import article_of

STORY = [
    *clock_story.STORY,
    "From now on a pupil will wind the clock each Friday, and the name of the pupil is written in a book.",
]


@pytest.mark.parametrize(
    "line",
    [
        "Dalszy ciąg materiału pod wideo",
        "Článek pokračuje pod reklamou",
        "Artikkelen fortsetter under annonsen",
        "Artiklen fortsætter under billedet",
        "Juttu jatkuu mainoksen jälkeen",
        "Der Artikel geht nach der Anzeige weiter",
        "La suite après la publicité",
        "A cikk a hirdetés után folytatódik",
        "To display this content from YouTube, you must enable advertisement tracking and audience measurement.",
        "Pour afficher ce contenu YouTube, il est nécessaire d'autoriser les cookies de mesure d'audience.",
        "Якщо ви помітили помилку, виділіть необхідний текст і натисніть Ctrl + Enter, щоб повідомити редакцію",
        "Example Health has strict sourcing guidelines and relies on peer-reviewed studies.",
        "Follow our channel and never miss an update",
        "請繼續往下閱讀...",
        "Únete a nuestro canal ¡EXAMPLE ya está en WhatsApp!, desde tu dispositivo móvil entérate de las noticias más "
        "relevantes del día",
    ],
)
def test_a_line_that_steers_or_explains_the_page_is_furniture(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "Der Artikel geht auf Studien zurück, die schon in den Neunzigern entstanden sind.",
        "The strait continues below the cliffs for another mile before it opens into the bay.",
        "He pressed Ctrl and Enter, and the program started.",
        "The union's channel follows the strike hour by hour.",
    ],
)
def test_a_sentence_with_the_same_words_is_none(line: str) -> None:
    assert not is_furniture(line)


def test_what_an_old_theme_says_of_feed_and_comments_is_furniture_though_long() -> None:
    note = (
        "Dieser Eintrag wurde am Sonntag, 24. November 2013 um 18:42 Uhr veröffentlicht und unter Backen abgelegt. "
        "Du kannst die Kommentare zu diesem Eintrag durch den RSS 2.0 Feed verfolgen. "
        "Du kannst einen Kommentar schreiben, oder einen Trackback auf deiner Seite einrichten."
    )
    assert len(note) > 250
    assert is_furniture(note)
    assert not is_furniture(note.replace("RSS", "Tee"))


def test_how_to_cite_the_page_is_no_story() -> None:
    title = "The hall's clock strikes again"
    citation = f"Jane Doe (5 November 2026). {title}. Town notes. https://doi.org/10.0000/1"
    code = f'find("{title}", "https://www.example.com/")'
    article = article_of(
        f"<body><article><h1>{title}</h1>{''.join(f'<p>{text}</p>' for text in STORY)}<p>{citation}</p>"
        f"<p>{code}</p></article>"
    )
    assert citation not in article.text


def test_an_element_with_the_role_of_a_heading_is_a_subhead() -> None:
    head = "<div role=heading aria-level=3 class=heading-h3>A coin below the pendulum</div>"
    paragraphs = [f"<p>{text} {text[::-1]}</p>" for text in STORY]
    article = article_of(
        f"<body><article><h1>The hall's clock strikes again</h1><div class=body>{''.join(paragraphs[:2])}{head}"
        f"{''.join(paragraphs[2:])}</div></article>"
    )
    subheads = [block.text for block in article.blocks if block.kind is BlockKind.SUBHEAD]
    assert subheads == ["A coin below the pendulum"]


def test_code_below_the_name_of_its_file_is_kept_without_it() -> None:
    code = (
        "<div class=language-yaml><div class=codeBlockTitle>clock.yaml</div><pre><code>wind: friday</code></pre></div>"
    )
    article = article_of(
        "<body><article><h1>How the clock is wound</h1><div class=markdown>"
        f"<p>{STORY[0]}</p><p>{STORY[1]}</p>{code}<p>{STORY[2]}</p><p>{STORY[3]}</p></div></article>"
    )
    assert "wind: friday" in article.text
    assert "clock.yaml" not in article.text


def test_a_subhead_alone_in_a_box_like_those_of_the_paragraphs_is_kept() -> None:
    box = "<div class=column>{0}</div>".format
    parts = [box(f"<p class=text>{text}</p>") for text in STORY]
    head = box("<div class=intertitle><h2>A coin below it</h2></div>")
    article = article_of(
        "<head><meta property=og:type content=article></head><body><h1>The hall's clock strikes again</h1><article>"
        f"{''.join(parts[:2])}{head}{''.join(parts[2:])}</article>"
    )
    assert "A coin below it" in article.text


def test_a_wikis_links_to_edit_a_part_are_none_of_its_headings() -> None:
    edit = "<span class=mw-editsection>[<a href=/e>Bearbeiten</a> | <a href=/q>Quelltext bearbeiten</a>]</span>"
    article = article_of(
        f"<body><h1>The hall's clock</h1><div class=mw-parser-output><p>{STORY[0]}</p><h2>History{edit}</h2>"
        f"<p>{STORY[1]}</p><div class='mw-heading mw-heading2'><h2>Today</h2>{edit}</div><p>{STORY[2]}</p></div>"
    )
    assert "Bearbeiten" not in article.text
    assert [block.text for block in article.blocks if block.kind is BlockKind.SUBHEAD] == ["History", "Today"]
