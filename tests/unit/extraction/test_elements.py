"""A page's elements are found once, and reading one leaves no garbage that holds its tree."""

import gc

from lxml.html import fromstring

from crawler.extraction.memory import garbage_left
from crawler.extraction.page.elements import Elements
from crawler.extraction.service import extract
from news.article import Article, Page

TREE = fromstring(
    '<html><body><h1>One</h1><p itemprop="author" class="byline">Jane Roe</p><a rel="author" href="/j">Jane</a>'
    "<section><h1>Two</h1></section></body></html>"
)


def test_elements_of_a_tag_come_in_the_order_of_the_page() -> None:
    elements = Elements(TREE)

    assert [heading.text for heading in elements.tagged("h1")] == ["One", "Two"]
    assert elements.first("h1") is elements.tagged("h1")[0]
    assert list(elements.tagged("h2")) == []
    assert elements.first("h2") is None


def test_what_attributes_call_an_element_is_kept_with_it() -> None:
    elements = Elements(TREE)

    assert [(element.tag, classes) for element, classes in elements.classed] == [("p", "byline")]
    assert [(each.element.tag, each.property, each.relation) for each in elements.marked] == [
        ("p", "author", None),
        ("a", None, "author"),
    ]


def test_garbage_is_left_while_a_page_is_read_and_looked_for_again_behind_it() -> None:
    with garbage_left():
        assert not gc.isenabled()
        with garbage_left():
            pass
        assert not gc.isenabled()

    assert gc.isenabled()


def test_a_page_that_was_read_leaves_no_garbage() -> None:
    days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
    told = "The <b>harbour</b> master kept <a href='/ferry'>the ferry</a> waiting for most of a stormy"
    story = "".join(f"<p>{told} {day}.</p>" for day in days)
    page = Page(url="https://paper.example/ferry", body=f"<html><body><h1>Ferry</h1>{story}</body></html>".encode())
    extract(page)  # what is kept for all pages is made by the first
    gc.collect()

    read = extract(page)

    assert isinstance(read, Article)
    assert gc.collect() == 0
