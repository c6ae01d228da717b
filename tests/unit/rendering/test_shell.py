"""Which pages a browser is started for."""

from __future__ import annotations

import pytest

from crawler.extraction.page.shell import is_shell
from crawler.extraction.service import extract
from crawler.reading.tasks import lacks_text
from news.article import Article, NotArticle, NotArticleReason, Page
from tests.support.documents import article_html
from tests.support.rendered_site import PROSE, shell

MENU = "<nav>" + "".join(f"<a href=/s/{n}>Section {n}</a>" for n in range(60)) + "</nav>"


def page(body: str) -> Page:
    return Page(url="https://paper.example/world/1", body=body.encode(), content_type="text/html; charset=utf-8")


@pytest.mark.parametrize(
    "body",
    [
        shell(),
        "<body><noscript>Please switch on JavaScript.</noscript><div id=root></div><script src=/a.js></script>",
        f"<body>{MENU}<main id=story></main><footer>The Paper</footer><script type=module src=/a.js></script>",
    ],
)
def test_a_frame_without_its_story_is_rendered(body: str) -> None:
    assert lacks_text(extract(page(body)))
    assert is_shell(page(body))


@pytest.mark.parametrize(
    "body",
    [
        "<body><p>Closed today.</p>",
        '<body><p>Closed today.</p><script type="application/ld+json">{}</script>',
        f"<body><p>{'A page of terms and conditions. ' * 200}</p><script src=/a.js></script>",
        "",
    ],
)
def test_what_no_script_fills_is_not(body: str) -> None:
    assert not is_shell(page(body))


def test_a_page_with_a_story_is_not_whatever_its_scripts_do() -> None:
    read = extract(page(article_html("Ferry leaves the harbour", PROSE) + "<script src=/a.js></script>"))
    assert isinstance(read, Article)
    assert not lacks_text(read)


@pytest.mark.parametrize("reason", list(NotArticleReason))
def test_only_a_lack_of_text_is_one_that_scripts_may_fill(reason: NotArticleReason) -> None:
    expected = reason in {NotArticleReason.EMPTY, NotArticleReason.NO_BODY}
    assert lacks_text(NotArticle(reason=reason)) is expected
