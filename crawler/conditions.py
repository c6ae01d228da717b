"""With which validators the URLs of one crawl are asked for."""

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
    """Decides it by what answers taught before the crawl, and counts what the crawl asks."""

    def __init__(self, trusts: Trusts) -> None:
        self._trusts = dict(trusts)

    def of(self, row: FrontierRow, now: datetime) -> tuple[Condition, Validators]:
        """How to ask for a row, and the validators to send."""
        key = trust_key(row.kind, row.host)
        trust = self._trusts.get(key, Trust())
        known = usable_validators(row, now)
        condition = condition_for(trust, kind=row.kind, url_id=row.id, known=known, now=now)
        self._trusts[key] = after_asking(trust, condition)
        if condition is Condition.EARLIER and trust.suspicion is not None:
            return condition, trust.suspicion.before
        return condition, known if condition is Condition.NEWEST else NO_VALIDATORS


def usable_validators(row: FrontierRow, now: datetime) -> Validators:
    """Those of the content read last, but for a Last-Modified of the future, which tells no change."""
    is_past = row.last_modified and parse_date(row.last_modified, now)
    return Validators(etag=row.etag, last_modified=row.last_modified if is_past else None)
