"""Whether a page shows another text than its story, and says some of what its entry said."""

from __future__ import annotations

from news.article import Article, Block, BlockKind
from news.versions.other_texts import is_other_text, tells_of

TITLE = "Ferry stranded off the northern coast"
STORY = "A ferry with forty people ran aground near the old lighthouse, and boats of the harbour brought all ashore"
SORRY = "Our site is being worked on at this moment, and we ask all readers for some patience until it is back again"


def page(text: str, *, title: str = TITLE, origin: str = "h1") -> Article:
    blocks = tuple(Block(kind=BlockKind.PARAGRAPH, text=f"{text} ({part}).") for part in ("one", "two", "three"))
    return Article(url="https://paper.example/1", title=title, blocks=blocks, evidence={"title": origin})


def test_a_headline_that_only_the_feed_gave_tells_nothing_of_the_page() -> None:
    assert is_other_text(page(STORY), page(SORRY, origin="hint"))
    assert not is_other_text(page(STORY), page(SORRY))


def test_a_brief_is_told_from_an_error_and_from_what_grew_from_it() -> None:
    def brief(text: str, *, title: str = TITLE) -> Article:
        block = Block(kind=BlockKind.PARAGRAPH, text=text)
        return Article(url="https://paper.example/1", title=title, blocks=(block,))

    assert is_other_text(brief(f"{STORY}."), brief(f"{SORRY}.", title="We will be back soon"))
    assert not is_other_text(brief(f"{STORY}."), brief(f"{SORRY}. {STORY}.", title="Forty rescued"))
    assert not is_other_text(brief("More follows."), brief(f"{STORY}.", title="Forty rescued"))  # too little to tell


def test_a_page_tells_of_an_entry_by_some_of_its_words() -> None:
    assert tells_of(page(STORY, title="Forty rescued"), TITLE)
    assert tells_of(page(SORRY), TITLE)
    assert not tells_of(page(SORRY, origin="hint"), TITLE)
    assert not tells_of(page(SORRY, title="We will be back soon"), "渡轮在北岸搁浅")
    assert tells_of(page(SORRY), "6 - 2")  # no word that tells
