"""Ways in which a redesign, or a fault behind it, breaks the pages of `sectioned_site`."""

from __future__ import annotations

import random
from dataclasses import replace

from tests.support.explore_site import make_story
from tests.support.sectioned_site import SITE, Break, Sheet, sheet

_NOTICE = (
    "We have moved. The pages of this newspaper are now found at our new site, where all articles since 1901 can be "
    "read free of charge by everybody who has an account.",
    "To go on reading, please update your bookmarks and sign in with the name and the password that you used here. If "
    "you have lost them, write to our reader service, which answers on all weekdays between eight and four o'clock.",
)
_OPINIONS = ("Well said", "I disagree", "Nonsense", "What about us")


def in_section(section: str, broken: Break) -> Break:
    """The break on the pages of one section only."""
    return lambda shown: broken(shown) if shown.section == section else shown


def off_feed(shown: Sheet) -> Sheet:
    """The story at an address without a date, which no feed names."""
    return replace(shown, in_feed=False, url=f"https://courier.example/{shown.section}/story-{shown.number}")


def stating(shown: Sheet) -> Sheet:
    """The story with its whole text in the page's data."""
    return replace(shown, stated=" ".join(shown.paragraphs))


def _with_text(*paragraphs: str) -> Break:
    return lambda shown: replace(shown, paragraphs=paragraphs)


def _comments(shown: Sheet) -> tuple[str, ...]:
    def one(number: int) -> str:
        opinion = random.Random(f"{shown.number} {number}").choice(_OPINIONS)
        return f"{opinion}, and I have said so {shown.number * 3 + number} times to everybody who would listen to me."

    return tuple(map(one, range(5)))


def _comments_for_story(shown: Sheet) -> Sheet:
    below = "".join(f"<p>{each}</p>" for each in _comments(shown))
    box = '<div class="comments hidden">{}</div>'
    return replace(shown, box=box, beside=f'<div class="story-text">{below}</div>')


def _half(shown: Sheet) -> Sheet:
    return replace(shown, paragraphs=shown.paragraphs[: len(shown.paragraphs) // 2])


def _prices(shown: Sheet) -> str:
    dice = random.Random(f"prices {shown.number}")
    rows = (f"<tr><td>Share {name} plc</td><td>{dice.random():.3f}</td></tr>" for name in "ABCDEFGHIJKLMNOPQRSTUVWX")
    return f"<table>{''.join(rows)}</table>"


def _tags(shown: Sheet) -> str:
    dice = random.Random(f"tags {shown.number}")
    return f"<ul>{''.join(f'<li>Topic {dice.randint(1, 999)} of town and harbour</li>' for _ in range(20))}</ul>"


def _with_markup(text: str) -> str:
    return text.replace(" years", " &lt;b&gt;years&lt;/b&gt;").replace(" ", " &quot;so&nbsp;to say&quot; ", 3)


def _german(shown: Sheet) -> Sheet:
    text = "Im Hafen lagen {} Boote, die von vielen Menschen besucht wurden, und am Abend kamen noch {} weitere hinzu."
    return replace(shown, paragraphs=tuple(text.format(shown.number + n, n * shown.number) for n in range(5)))


# The breaks that the audit missed before
SAME_TEXT: dict[str, Break] = {
    "a notice for the text": _with_text(*_NOTICE),
    "one story's teaser for the text": _with_text(*make_story(7_777).paragraphs[:2]),
    "the beginning and a notice": lambda shown: replace(shown, paragraphs=(shown.paragraphs[0][:150] + "…", *_NOTICE)),
    "a notice that names the headline": lambda shown: replace(
        shown, paragraphs=(f"{_NOTICE[0]} You asked for: {shown.headline}.", _NOTICE[1])
    ),
}
WRONG_DAY: dict[str, Break] = {
    "a banner's day": lambda shown: replace(shown, date="2025-10-05"),
    "the footer's day": lambda shown: replace(shown, date=None, beside='<p class="date">5 October 2025</p>'),
    "the day of the build": lambda shown: replace(shown, date="2025-10-05T08:12:44+00:00"),
    "a banner's day and nothing beside": lambda shown: off_feed(replace(shown, date="2025-10-05")),
    "the day of the build and nothing beside": lambda shown: off_feed(replace(shown, date="2025-10-05T08:12:44Z")),
}
ONE_SECTION: dict[str, Break] = {
    "text lost": in_section("sport", _with_text()),
    "text cut to the dek": in_section("sport", lambda shown: replace(shown, paragraphs=(f"{shown.dek}.",))),
    "author lost": in_section("sport", lambda shown: replace(shown, author=None)),
    "date lost": in_section("sport", lambda shown: replace(shown, date=None)),
    "a notice": in_section("sport", _with_text(*_NOTICE)),
}
OTHERS: dict[str, Break] = {
    "new wrappers": lambda shown: replace(shown, box='<main><div class="c-prose"><div>{}</div></div></main>'),
    "headline and dek exchanged": lambda shown: replace(
        shown, headline=shown.dek, dek=shown.headline, feed_headline=shown.headline
    ),
    "section for headline": lambda shown: replace(shown, headline=shown.section.title(), feed_headline=shown.headline),
    "site for author": lambda shown: replace(shown, author=SITE),
    "account for author": lambda shown: replace(shown, author="admin"),
    "sentences doubled": lambda shown: replace(shown, paragraphs=tuple(f"{each} {each}" for each in shown.paragraphs)),
    "comments for text, story gone": lambda shown: replace(shown, paragraphs=_comments(shown)),
    "comments for text, story hidden": _comments_for_story,
    "half of a text that the page states": lambda shown: _half(stating(shown)),
    "price table in the text": lambda shown: replace(shown, paragraphs=(*shown.paragraphs, _prices(shown))),
    "tags in the text": lambda shown: replace(shown, paragraphs=(*shown.paragraphs, _tags(shown))),
    "markup shown": lambda shown: replace(shown, paragraphs=tuple(map(_with_markup, shown.paragraphs))),
    "text in another language": _german,
    "years off by one": lambda shown: replace(shown, date=f"2025-{shown.published_at:%m-%dT%H:%M:%SZ}"),
    "new addresses and no author": lambda shown: replace(
        shown, author=None, url=f"https://courier.example/a/x/story-{shown.number}"
    ),
}
# Known not to be found within twenty pages: nothing on the page or beside it tells them
NOT_FOUND: dict[str, Break] = {
    "half of a text that nothing states": _half,
    "captions in the text": lambda shown: replace(
        shown,
        paragraphs=tuple(
            piece for each in shown.paragraphs for piece in (each, f"Boat {shown.number} as seen from the tower.")
        ),
    ),
    "dek gone": lambda shown: replace(shown, dek=""),
    "another author": lambda shown: replace(shown, author=sheet(shown.number + 1).author),
}
