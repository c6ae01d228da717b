"""Values of a source file that need more than a type: addresses, hosts, patterns, selectors, intervals."""

from __future__ import annotations

import re
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cssselect import HTMLTranslator, SelectorError
from pydantic import AfterValidator, BeforeValidator

from config.durations import parse_duration
from config.schedules import parse_schedule
from news.urls import MAX_URL_LENGTH

MAX_PATTERN_LENGTH = 500
DAY_SECONDS = 86_400

_PATH = re.compile(r"[A-Za-z0-9._~%-]+(?:/[A-Za-z0-9._~%-]+)*")
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_])?")


def _url(text: str) -> str:
    wanted = "write a whole address such as https://www.example.org/news"
    if len(text) > MAX_URL_LENGTH:
        raise ValueError(f"is longer than {MAX_URL_LENGTH} characters; {wanted}")
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and bool(host_of(text)) and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if not usable or re.search(r"[\s\x00-\x1f\\]", text):
        raise ValueError(f"is not an http or https URL; {wanted}")
    if parts.username is not None or parts.password is not None:
        raise ValueError("carries a user name or password; leave them out")
    return text


def _host(text: str) -> str:
    try:
        host = text.lower().encode("idna").decode("ascii").removesuffix(".")
    except UnicodeError:
        host = ""
    if not _HOST.fullmatch(host):
        raise ValueError("is not a host name; write it without scheme, port or path, such as www.example.org")
    return host


def _pattern(text: str) -> str:
    if len(text) > MAX_PATTERN_LENGTH:
        raise ValueError(f"is longer than {MAX_PATTERN_LENGTH} characters; write several shorter patterns")
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"is not a regular expression ({error.msg}); escape special characters with \\") from error
    return text


def _place(text: str) -> str:
    host, slash, path = text.partition("/")
    wanted = "write a host, or a host and the beginning of a path, such as example.org/news"
    if slash and not _PATH.fullmatch(path):
        raise ValueError(f"is not where addresses begin; {wanted}")
    try:
        return _host(host).removeprefix("www.") + slash + path
    except ValueError:
        raise ValueError(f"is not where addresses begin; {wanted}") from None


def _story_pattern(text: str) -> str:
    group_count = re.compile(f"(?:{_pattern(text)})").groups
    if group_count != 1:
        raise ValueError(f"has {group_count} groups; put the story's number alone in (…), others in (?:…)")
    if not text.startswith("/"):
        raise ValueError("does not begin with /; write the path from where the place in `at` ends")
    return text


def _selector(text: str) -> str:
    try:
        HTMLTranslator().css_to_xpath(text)
    except SelectorError as error:
        raise ValueError(f"is not a CSS selector ({error}); write one such as div.article-content") from error
    return text


def _schedule(text: str) -> str:
    parse_schedule(text)
    return text


def _time_zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("is not a time zone; write an IANA name such as Europe/Istanbul") from None
    return text


def _jitter(text: str) -> str:
    if parse_duration(text) > DAY_SECONDS:
        raise ValueError('is out of bounds; write a duration of at most "1 day"')
    return text


def _backfill(text: str) -> str:
    seconds = parse_duration(text)
    if seconds < DAY_SECONDS or seconds % DAY_SECONDS:
        raise ValueError('is not a number of days; write a duration such as "30 days"')
    return text


def _number_as_text(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Url = Annotated[str, AfterValidator(_url)]
Host = Annotated[str, AfterValidator(_host)]
Pattern = Annotated[str, AfterValidator(_pattern)]
Place = Annotated[str, AfterValidator(_place)]
StoryPattern = Annotated[str, AfterValidator(_story_pattern)]
Selector = Annotated[str, AfterValidator(_selector)]
ScheduleLine = Annotated[str, BeforeValidator(_number_as_text), AfterValidator(_schedule)]
TimeZone = Annotated[str, AfterValidator(_time_zone)]
Jitter = Annotated[str, BeforeValidator(_number_as_text), AfterValidator(_jitter)]
Days = Annotated[str, BeforeValidator(_number_as_text), AfterValidator(_backfill)]


def host_of(url: str) -> str:
    """The host of a URL, in its ASCII form or as a number. Raises ValueError if it is neither."""
    host = urlsplit(url).hostname or ""
    return host if ":" in host else _host(host)  # urlsplit accepts a colon only in an IPv6 address
