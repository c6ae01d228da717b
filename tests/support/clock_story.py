"""A short story for pages of any system, and the article that extraction makes of such a page."""

from __future__ import annotations

from crawler.extraction.service import extract
from news.article import Article, Page

STORY = [
    "The parish hall's clock, stopped since a storm in 2009, struck noon again on Sunday to a crowd of a hundred.",
    "The clockmaker rebuilt its movement from two broken ones and found a coin of 1911 below the pendulum.",
    "The repair cost eight thousand pounds, of which a third came from a silent afternoon at the primary school.",
]
PARAGRAPHS = "".join(f"<p>{text}</p>" for text in STORY)


def article_of(markup: str, url: str = "https://www.example.com/2026/11/clock.html") -> Article:
    """The article of a page with this markup."""
    found = extract(Page(url=url, body=f"<html><meta charset=utf-8>{markup}</html>".encode()))
    assert isinstance(found, Article), found
    return found
