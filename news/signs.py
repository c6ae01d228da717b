"""What the self-audit measures on a page as it was read, and what may be wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Sign(StrEnum):
    """What may be wrong with a page as it was read."""

    NO_ARTICLE = "no_article"
    NO_TITLE = "no_title"  # none, or the same as on other recent pages
    OTHER_TITLE = "other_title"  # not the one that the feed or sitemap states
    OFF_TOPIC = "off_topic"  # the text has none of the headline's words
    NO_DATE = "no_date"
    NO_TIME = "no_time"  # only a day
    OTHER_DATE = "other_date"  # not the one that the feed, the sitemap or the address states
    ONE_DATE = "one_date"  # the same as on nearly all recent pages, though it is not today's
    NO_AUTHOR = "no_author"
    OWN_AUTHOR = "own_author"  # the byline names the site itself, and nobody else
    OTHER_LANGUAGE = "other_language"
    SHORT_BODY = "short_body"
    TEASER_BODY = "teaser_body"  # little more than the page's summary
    OTHER_BODY = "other_body"  # not the text stated in the page's data
    REPEATED_BODY = "repeated_body"  # the text of other stories
    DOUBLED_BODY = "doubled_body"  # sentences that occur twice
    PARTIAL_BODY = "partial_body"  # much of the page's prose is not in it
    LISTED_BODY = "listed_body"  # lines that are no sentences: tables, menus, tags
    LINKED_BODY = "linked_body"  # links to other stories within the text
    BOILERPLATE_BODY = "boilerplate_body"
    BROKEN_TEXT = "broken_text"
    NEW_TEMPLATE = "new_template"  # the text stands in a different place on the page than before


# What is seen, as an alarm tells it
MEANINGS = {
    Sign.NO_ARTICLE: "pages without an article",
    Sign.NO_TITLE: "no headline of the page's own",
    Sign.OTHER_TITLE: "another headline than the feed or sitemap states",
    Sign.OFF_TOPIC: "a text without the words of its headline",
    Sign.NO_DATE: "no date of the page's own",
    Sign.NO_TIME: "a date without its time",
    Sign.OTHER_DATE: "another day than the feed, the sitemap or the address states",
    Sign.ONE_DATE: "one date on different stories",
    Sign.NO_AUTHOR: "no author",
    Sign.OWN_AUTHOR: "the site itself as the only author",
    Sign.OTHER_LANGUAGE: "an unusual language",
    Sign.SHORT_BODY: "a text far shorter than usual",
    Sign.TEASER_BODY: "a text that is little more than the page's summary",
    Sign.OTHER_BODY: "another text than the page's data states",
    Sign.REPEATED_BODY: "the same text on different stories",
    Sign.DOUBLED_BODY: "sentences that occur twice in the text",
    Sign.PARTIAL_BODY: "much of the page's prose left out of the text",
    Sign.LISTED_BODY: "lines in the text that are no sentences",
    Sign.LINKED_BODY: "links to other stories within the text",
    Sign.BOILERPLATE_BODY: "much boilerplate around the text",
    Sign.BROKEN_TEXT: "a wrong encoding",
    Sign.NEW_TEMPLATE: "the text in a new place on the page",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """The measurements of one page as it was read; for a page without an article, only the reason and the section."""

    reason: str | None = None  # why there is no article
    section: str | None = None  # as the feed or the page writes it
    title: int | None = None  # digest of the headline shown on the page; None = it shows none
    title_share: float | None = None  # words shared with the headline the feed states; None = nothing to compare
    topic_share: float | None = None  # of the headline's words, found in the text; None = too few to judge
    has_date: bool = True  # the page's own: neither the feed's nor a guess
    moment: int | None = None  # the page's own date in minutes since 1970; None = it has none
    is_day_only: bool = False  # the page states no time
    days_off: int | None = None  # between the page's own date and the nearest one stated elsewhere; None = none is
    has_author: bool = True
    is_own_author: bool = False  # the byline names the site itself, and nobody else
    language: str | None = None
    body_characters: int = 0
    sentences: tuple[tuple[int, int], ...] = ()  # the longest of the body: digest, characters
    doubled_share: float = 0.0  # of the characters in long sentences, those that occur again
    teaser_share: float = 0.0  # share of the body's words that are also the page's summary
    stated_share: float | None = None  # share that was read of the body stated in the page's data; None = not stated
    left_share: float | None = None  # share of the page's prose that is not in the body; None = the page has none
    line_share: float = 0.0  # share of the body's characters in lines that are no sentences
    link_share: float = 0.0  # share of linked characters around the story
    boilerplate_share: float = 0.0  # share of the text that was left out as boilerplate
    broken_share: float = 0.0  # share of the words that show traces of a wrong encoding
    template: str = ""  # where on the page the text stood
