"""Checks of saved searches and deliveries before they are stored: a BadRequest says what to write instead."""

from __future__ import annotations

import re
from collections.abc import Collection, Container
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from news.addresses import blocked_reason
from news.index import Filters
from news.query.parser import parse_strict
from news.standing import filters_record
from news.urls import host_of, normalize_url
from search.errors import BadRequest
from search.params import MAX_QUERY_CHARACTERS, SearchedFor
from search.request import filters_of

_MAIL_ADDRESS = re.compile(r"[^@\s<>,;:\"\\]{1,64}@[A-Za-z0-9.-]{1,255}")


def checked_filters(wanted: SearchedFor, *, source_ids: Container[str], now: datetime) -> Filters:
    """The filters of a search that may be saved. Raises QuerySyntaxError and BadRequest."""
    if len(wanted.q) > MAX_QUERY_CHARACTERS:
        raise BadRequest(f"a query has at most {MAX_QUERY_CHARACTERS} characters; shorten it")
    if wanted.ends_before_it_begins:
        raise BadRequest("`to` is before `from`: no article can lie between")
    for source_id in wanted.source:
        if source_id not in source_ids:  # nothing would ever match, and nobody would notice
            raise BadRequest(f"there is no source {source_id[:100]!r}; `newsdex sources list` names them")
    parse_strict(wanted.q, now=now)
    filters = filters_of(wanted)
    if not wanted.q and not filters_record(filters):
        raise BadRequest("a search for everything would report every article; write what to look for, or a filter")
    return filters


def not_public(host: str) -> str:
    """Why a webhook's host may not be called, and what helps."""
    return f"{host} is not a public address; name it in alerts.trusted_hosts if it is yours"


def checked_url(target: str, *, trusted_hosts: Collection[str]) -> str:
    """A webhook's normalized address; it may be private only on a trusted host. Raises BadRequest."""
    url = normalize_url(target)
    if url is None:
        raise BadRequest(f"{target[:100]!r} is not a web address; write https://…")
    is_trusted = host_of(url) in {host.lower() for host in trusted_hosts}
    if blocked_reason(url, allow_private_networks=is_trusted):
        raise BadRequest(not_public(host_of(url)))
    return url


def checked_mail_address(target: str) -> str:
    """The address if it has the form of a mail address. Raises BadRequest."""
    if not _MAIL_ADDRESS.fullmatch(target):
        raise BadRequest(f"{target[:100]!r} is not a mail address such as desk@paper.example")
    return target


def checked_zone(name: str) -> str:
    """The name if this machine knows the time zone. Raises BadRequest."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadRequest(f"{name[:60]!r} is not a time zone; write an IANA name such as Europe/Istanbul") from None
    return name
