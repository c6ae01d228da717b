"""Which blocks of a page leave its story, given what is known of the source."""

from __future__ import annotations

from html import escape

from crawler.extraction.body.boilerplate import Noticed, page_shown
from crawler.extraction.service import extract
from news.article import Article, Page
from news.boilerplate import NO_BOILERPLATE, Boilerplate
from news.seen_pages import block_digest
from news.versions.digest import content_digest

PROMPT = "Our channel on the messenger of your choice tells more stories like this one."
DEK = "A bridge that was built in one night is measured again, and found to be shorter than was thought."
PARAGRAPHS = (
    "The bridge of Oulu was built in the night of the third of June by ninety men of the river guard.",
    "It was measured in the morning by the only two people who were awake, and nobody wrote the figure down.",
    "This week the county sent four surveyors with a chain, a rope and a level to settle an old quarrel.",
    "They found it to be eleven steps shorter than the inn beside it claims on the plate above its door.",
)


def known(*, repeated: tuple[str, ...] = (), listed: tuple[str, ...] = ()) -> Boilerplate:
    """A model of these blocks."""
    return Boilerplate(version="a", repeated=digests(repeated), listed=digests(listed))


def digests(texts: tuple[str, ...]) -> frozenset[int]:
    found = [block_digest(text) for text in texts]
    assert None not in found
    return frozenset(digest for digest in found if digest is not None)


def read(inner: str, model: Boilerplate = NO_BOILERPLATE, *, description: str = "") -> list[str]:
    """The blocks of a page whose story holds this markup."""
    seen: list[Noticed] = []
    article = extract(page(inner, description), boilerplate=model, notice=seen.append)
    assert isinstance(article, Article), article
    assert page_shown(article, seen[0]).held == {block_digest(block.text) for block in article.blocks} - {None}
    return [block.text for block in article.blocks]


def page(inner: str, description: str) -> Page:
    html = (
        f'<html lang="en"><head><meta property="og:type" content="article"><title>A bridge too short</title>'
        f'<meta name="description" content="{escape(description)}"></head>'
        f"<body><article><h1>A bridge too short</h1><div class='text'>{inner}</div></article></body></html>"
    )
    return Page(url="https://paper.example/a", body=html.encode(), content_type="text/html; charset=utf-8")


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in texts)


def test_without_knowledge_everything_stays() -> None:
    assert read(paragraphs(*PARAGRAPHS, PROMPT)) == [*PARAGRAPHS, PROMPT]


def test_what_texts_of_other_stories_hold_leaves_wherever_it_stands() -> None:
    inner = paragraphs(PROMPT, *PARAGRAPHS[:2], PROMPT, *PARAGRAPHS[2:])
    assert read(inner, known(repeated=(PROMPT,))) == list(PARAGRAPHS)


def test_a_storys_own_summary_stays_though_lists_show_it() -> None:
    inner = paragraphs(PARAGRAPHS[0], DEK, *PARAGRAPHS[1:])
    model = known(listed=(DEK,))
    assert DEK in read(inner, model, description=DEK)
    assert DEK not in read(inner, model)


def test_a_first_paragraph_stays_though_lists_show_it_as_a_teaser() -> None:
    assert read(paragraphs(*PARAGRAPHS), known(listed=PARAGRAPHS[:1])) == list(PARAGRAPHS)


def test_a_subhead_many_stories_have_stays_above_its_text_and_leaves_above_nothing() -> None:
    head = "What is known so far of it"
    model = known(repeated=(head, PROMPT))
    inside = f"{paragraphs(*PARAGRAPHS[:2])}<h2>{head}</h2>{paragraphs(*PARAGRAPHS[2:])}"
    assert read(inside, model) == [*PARAGRAPHS[:2], head, *PARAGRAPHS[2:]]
    at_end = f"{paragraphs(*PARAGRAPHS)}<h2>{head}</h2>{paragraphs(PROMPT)}"
    assert read(at_end, model) == list(PARAGRAPHS)


def test_the_newest_entry_of_a_known_list_leaves_with_it() -> None:
    lines = (
        "Ferry to Varna is late again",
        "Two mayors share one desk",
        "Windmill turns the other way",
        "Old map found",
    )
    inner = paragraphs(*PARAGRAPHS, *lines)
    assert read(inner, known(repeated=lines[1:3])) == list(PARAGRAPHS)


def test_what_is_left_is_the_same_when_the_page_is_read_again() -> None:
    inner, model = paragraphs(*PARAGRAPHS, PROMPT), known(repeated=(PROMPT,))
    first = extract(page(inner, ""), boilerplate=model)
    assert first == extract(page(inner, ""), boilerplate=model)
    without = extract(page(paragraphs(*PARAGRAPHS), ""), boilerplate=model)
    assert isinstance(first, Article)
    assert isinstance(without, Article)
    assert content_digest(first) == content_digest(without)
