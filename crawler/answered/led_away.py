"""Telling whether a redirect led from a story to a page that replaces any story: the home page, a wall. Pure."""

from __future__ import annotations

from urllib.parse import urlsplit

from news.article import NotArticle, NotArticleReason
from news.urls import is_home, same_site

CONSENT = frozenset({"consent", "cookie-consent", "cookieconsent", "cookiewall", "cookie-wall", "gdpr", "privacy-gate"})
LOGIN = frozenset({"login", "log-in", "signin", "sign-in", "sign_in", "anmelden", "connexion", "inloggen", "giris"})


def led_away(asked: str, answered: str) -> NotArticle | None:
    """Why the page that answered, after redirects, is not the requested story; None if it may be.

    A front page with a query does not count as one (`/?p=12` is a story in some systems), nor does that of another
    host, since a story may have its own site.

    >>> led_away("https://paper.example/world/ferry-1", "https://www.paper.example/").detail
    'the home page answered for it'
    >>> led_away("https://paper.example/?p=12", "https://paper.example/world/ferry-1") is None
    True
    """
    came, went = _names(asked), _names(answered)
    if came == went:
        return None
    if went[0] in CONSENT or went[-1] in CONSENT:
        return NotArticle(reason=NotArticleReason.CONSENT_WALL, detail="redirected to a page that asks for consent")
    if went[-1] in LOGIN:
        return NotArticle(reason=NotArticleReason.LED_AWAY, detail="a page to log in answered for it")
    if is_home(answered) and not is_home(asked) and same_site(asked, answered):
        return NotArticle(reason=NotArticleReason.LED_AWAY, detail="the home page answered for it")
    return None


def _names(url: str) -> list[str]:
    """The folders and the page name of an address, without an ending such as ".html"."""
    *folders, page = urlsplit(url).path.lower().strip("/").split("/")
    return [*folders, page.partition(".")[0]]
