"""Choosing the validators with which a crawl's URLs are requested."""

from __future__ import annotations

from datetime import datetime

from crawler.discovery.dates import parse_date
from news.revisits.validators import (
    NO_VALIDATORS,
    Condition,
    Trust,
    Trusts,
    Validators,
    after_asking,
    condition_for,
    trust_key,
)
from store.records import FrontierRow


class Conditions:
    """Chooses validators by what earlier answers taught, and counts what the crawl sends."""

    def __init__(self, trusts: Trusts) -> None:
        self._trusts = dict(trusts)

    def of(self, row: FrontierRow, now: datetime) -> tuple[Condition, Validators]:
        """The kind of conditional request to make for a row, and the validators to send."""
        key = trust_key(row.kind, row.host)
        trust = self._trusts.get(key, Trust())
        known = usable_validators(row, now)
        condition = condition_for(trust, kind=row.kind, url_id=row.id, known=known, now=now)
        self._trusts[key] = after_asking(trust, condition)
        if condition is Condition.EARLIER and trust.suspicion is not None:
            return condition, trust.suspicion.before
        return condition, known if condition is Condition.NEWEST else NO_VALIDATORS


def usable_validators(row: FrontierRow, now: datetime) -> Validators:
    """The validators of the content last read, except a Last-Modified in the future, which reveals no change."""
    is_past = row.last_modified and parse_date(row.last_modified, now)
    return Validators(etag=row.etag, last_modified=row.last_modified if is_past else None)
