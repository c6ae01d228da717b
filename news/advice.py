"""Advice in words for the operator about a URL that fails."""

from __future__ import annotations

from news.fetch import Outcome, UrlKind

_SOURCE_FILE = "in the source's file"
_ADVICE: dict[str, str] = {
    Outcome.PARSE_FAILED: f"it has to be a feed or sitemap: mend the address {_SOURCE_FILE}",
    Outcome.GONE: f"mend the address {_SOURCE_FILE}",
    Outcome.DNS_FAILED: f"mend the host's name {_SOURCE_FILE}, or this machine's name service",
    Outcome.HTTP_ERROR: "see whether a browser gets it; 401 and 403 ask for credentials or refuse crawl.user_agent, "
    "5xx is the site's own trouble",
    Outcome.THROTTLED: f"the host wants fewer requests: raise delay_seconds {_SOURCE_FILE} if it goes on",
    Outcome.REDIRECT_LOOP: f"mend the address {_SOURCE_FILE}",
    Outcome.TOO_LARGE: "raise crawl.max_body_bytes if it is no mistake",
    Outcome.OUT_OF_SCOPE: f"if the source's pages lie there now, change hosts or articles {_SOURCE_FILE}",
    Outcome.ROBOTS_REFUSED: f"the publisher wants nobody to ask for it: take it out {_SOURCE_FILE}, or name another",
    Outcome.BLOCKED_PRIVATE: "with that setting, or another address, `newsdex crawl` asks for it at once",
    Outcome.BLOCKED_SCHEME: f"mend the address {_SOURCE_FILE}",
    **dict.fromkeys(
        (Outcome.ROBOTS_DEFERRED, Outcome.TIMEOUT, Outcome.CONNECTION_FAILED, Outcome.INCOMPLETE),
        "the host's own trouble, unless other sources have it too",
    ),
}
_OF_ARTICLES: dict[str, str] = {  # no source file names their addresses
    Outcome.GONE: "nothing: an article that answers so three times, spread over a day, counts as removed; it is kept",
    Outcome.OUT_OF_SCOPE: f"add that host to hosts {_SOURCE_FILE} if the source's pages lie there",
    Outcome.REDIRECT_LOOP: "see whether a browser gets it",
    **dict.fromkeys((Outcome.ROBOTS_REFUSED, Outcome.BLOCKED_PRIVATE, Outcome.BLOCKED_SCHEME), ""),
}


def advice_on(outcome: str, kind: UrlKind) -> str:
    """What to do about a URL of this kind whose last fetch had this outcome; empty when there is no advice.

    >>> advice_on("too_large", UrlKind.FEED)
    'raise crawl.max_body_bytes if it is no mistake'
    """
    own = _OF_ARTICLES.get(outcome) if kind is UrlKind.ARTICLE else None
    return own if own is not None else _ADVICE.get(outcome, "")
