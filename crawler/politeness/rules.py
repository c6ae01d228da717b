"""The rules of politeness as pure functions: robots.txt, Retry-After."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from protego import Protego

from crawler.discovery.robots import robots_sitemaps

MAX_ROBOTS_REDIRECTS = 5  # RFC 9309, section 2.3.1.2: behind more, a robots.txt may be assumed to be missing
MAX_ROBOTS_BYTES = 500 * 1024  # RFC 9309, section 2.5: parsers read at least 500 kibibytes

# The name of any group, and a version in one, which is not part of a crawler's name (RFC 9309, section 2.2.1)
_GROUP = re.compile(r"^([ \t]*user[ -]?agent[ \t]*:)([^#\n]*)", re.IGNORECASE | re.MULTILINE)
_VERSION = re.compile(r"/[^\s#]*")
_BETWEEN_WORDS = re.compile(r"[^\w-]+")
# A delay as people write it: "2,5", "10s", "10 seconds"
_DELAY = re.compile(
    r"^([ \t]*crawl-?delay[ \t]*:[ \t]*\d++)(?:[.,](\d++))?[ \t]*+(?:s|secs?|seconds?)?[ \t]*+(?=#|$)",
    re.IGNORECASE | re.MULTILINE,
)
_CONTACT = re.compile(r"\+?https?://[^\s;)]*|[^\s;(]+@[^\s;)]+", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class RobotsRules:
    """What an origin's robots.txt asks of crawlers."""

    deferred: bool  # it could not be fetched: nothing may be asked until it can
    kept_body: bytes  # the part of the file that counts
    sitemaps: tuple[str, ...] = ()
    parsed: Protego | None = None  # None = everything is allowed
    why: str = ""  # why it could not be fetched, to follow the word "robots.txt"

    def allows(self, url: str, user_agent: str) -> bool:
        """Whether this crawler may fetch the URL."""
        if self.deferred or self.parsed is None:
            return not self.deferred
        try:
            return bool(self.parsed.can_fetch(url, _crawler_name(user_agent)))
        except ValueError:  # brackets in the host without an IPv6 address
            return False

    def delay_seconds(self, user_agent: str) -> float | None:
        """The delay asked for between requests: the longer one of crawl-delay and request-rate."""
        if self.parsed is None:
            return None
        name = _crawler_name(user_agent)
        delay = self.parsed.crawl_delay(name)
        rate = self.parsed.request_rate(name)
        asked = [float(delay)] if delay is not None else []
        if rate is not None and rate.requests:
            asked.append(rate.seconds / rate.requests)
        return max(asked, default=None)


def parse_robots(status: int | None, body: bytes, origin: str) -> RobotsRules:
    """The rules expressed by an answer for an origin's robots.txt (RFC 9309, section 2.3.1); never raises.

    No answer (None, with the reason as body) and 5xx defer, and so does 429, which asks for patience and grants
    nothing; other 4xx allow everything.
    """
    if status is None:
        reason = f" ({body.decode('utf-8', 'replace')})" if body else ""
        return RobotsRules(deferred=True, kept_body=body, why=f"does not answer{reason}")
    if status >= 500 or status == 429:
        return RobotsRules(deferred=True, kept_body=b"", why=f"answers with status {status}")
    if not 200 <= status < 300:
        return RobotsRules(deferred=False, kept_body=b"")
    kept = _whole_lines(body)
    text = kept.decode("utf-8", "replace").removeprefix("\ufeff").replace("\0", "")
    return RobotsRules(
        deferred=False,
        kept_body=kept,
        sitemaps=tuple(robots_sitemaps(text, origin)),
        parsed=Protego.parse(_plain(text)),
    )


def _plain(text: str) -> str:
    """The rules with names and delays in a form that the parser accepts; it would ignore others."""
    text = "\n".join(text.splitlines())  # a lone CR ends a line too (RFC 9309, section 2.2)
    text = _GROUP.sub(lambda found: found[1] + (_whole_words(_VERSION.sub("", found[2])) or found[2]), text)
    return _DELAY.sub(lambda found: f"{found[1]}.{found[2] or 0}", text)


def _whole_lines(body: bytes) -> bytes:
    """The part of a file that counts, in whole lines; half a line could forbid more than the whole one."""
    if len(body) <= MAX_ROBOTS_BYTES:
        return body
    start = body[:MAX_ROBOTS_BYTES]
    return start[: max(start.rfind(b"\n"), start.rfind(b"\r")) + 1]


def _crawler_name(user_agent: str) -> str:
    """The user agent without addresses, whose words may be names of other crawlers' groups: "github", "bot"."""
    return _whole_words(_CONTACT.sub("", user_agent))


def _whole_words(name: str) -> str:
    """A name with an end mark behind each word, since the parser takes a name for any that it begins with.

    >>> _whole_words("newsdex/0.1"), _whole_words(" News"), _whole_words("*")
    ('newsdex;0;1;', 'News;', '')
    """
    return "".join(f"{word};" for word in _BETWEEN_WORDS.split(name) if word)


def parse_retry_after(value: str, now: datetime, cap_seconds: float) -> float | None:
    """A Retry-After header in seconds from now, at most the cap; None if it cannot be parsed.

    >>> parse_retry_after("120", datetime(2026, 1, 1, tzinfo=UTC), 86400)
    120.0
    """
    text = value.strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:12]), cap_seconds)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max((moment - now).total_seconds(), 0.0), cap_seconds)
