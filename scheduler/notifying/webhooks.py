"""The requests sent to webhooks."""

from __future__ import annotations

import json
import time
from datetime import datetime

from config.settings import CrawlSettings, Settings
from crawler.fetching.exchange import FetchFailed, PlainAnswer, post
from crawler.politeness.rules import parse_retry_after
from news.alerts import RETRY_CAP_SECONDS, signed_headers
from news.fetch import Outcome
from news.standing import Alert, StandingSearch
from news.urls import host_of
from scheduler.notifying.attempts import Sent
from search.standing.checks import not_public
from search.standing.matches import ShownMatch

GONE = 410  # the receiver asks never to be called again
MAX_ANSWER_BYTES = 4096  # a receiver's answer is not used
_REASON_CHARACTERS = 200


def webhook_body(search: StandingSearch, alert: Alert, match: ShownMatch) -> bytes:
    """The JSON body sent to a webhook."""
    article = {
        "id": match.article_id,
        "version": match.version,
        "url": match.url,
        "title": match.title,
        "dek": match.dek,
        "authors": list(match.authors),
        "section": match.section,
        "source": match.source_id,
        "language": match.language,
        "published_at": _moment(match.published_at),
        "summary": match.summary,
        "summary_html": match.summary_html,
        "changed": list(match.changed),
    }
    told = {
        "type": "match",
        "id": alert.key,
        "matched_at": _moment(alert.matched_at),
        "search": {"id": search.id, "name": search.name, "query": search.query},
        "article": article,
    }
    return json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")


def send_webhook(url: str, secret: str | None, key: str, body: bytes, *, settings: Settings, now: datetime) -> Sent:
    """Make one attempt, signed if there is a secret; blocks for at most the webhook's timeout. Follows no redirects."""
    signed = signed_headers(secret, key, body, at=now) if secret is not None else {}
    headers = {"Content-Type": "application/json", **signed}
    guarded = guarded_settings(url, settings)
    deadline = time.monotonic() + settings.alerts.webhook_timeout_seconds
    try:
        answer = post(url, body, headers=headers, settings=guarded, deadline=deadline, body_limit=MAX_ANSWER_BYTES)
    except FetchFailed as failed:
        return Sent(is_done=False, reason=_reason(url, failed)[:_REASON_CHARACTERS])
    return _sent(answer, now)


def guarded_settings(url: str, settings: Settings) -> CrawlSettings:
    """The settings for calling an operator's address: private ones only on hosts in alerts.trusted_hosts."""
    trusted = {host.lower() for host in settings.alerts.trusted_hosts}
    return settings.crawl.model_copy(update={"allow_private_networks": host_of(url) in trusted})


def _reason(url: str, failed: FetchFailed) -> str:
    """Why nothing was sent, by host only: anyone who knows the whole address may be able to post there."""
    if failed.outcome is Outcome.BLOCKED_PRIVATE:
        return not_public(host_of(url))
    return str(failed).replace(url, host_of(url))


def _sent(answer: PlainAnswer, now: datetime) -> Sent:
    if 200 <= answer.status < 300:
        return Sent(is_done=True)
    asked = answer.headers.get("Retry-After")
    return Sent(
        is_done=False,
        is_final=answer.status == GONE,
        reason=f"answered with status {answer.status}",
        retry_after_seconds=parse_retry_after(asked, now, RETRY_CAP_SECONDS) if asked else None,
    )


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat().replace("+00:00", "Z") if moment else None
