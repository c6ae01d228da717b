"""Sending a notice to one operator, by mail or webhook."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from socket import gethostname

from config.settings import Settings
from news.alerts import read_secret
from news.standing import DeliveryKind
from news.urls import host_of
from scheduler.notifying.attempts import Sent
from scheduler.notifying.mails import plain_mail, try_mail
from scheduler.notifying.notice_texts import Sender
from scheduler.notifying.webhooks import send_webhook
from store.notices import Message, Target


def sender_of(settings: Settings) -> Sender:
    """How this installation names itself."""
    public_url = settings.alerts.public_url
    name = host_of(public_url) if public_url else gethostname()
    return Sender(name=name, time_zone=settings.time_zone, public_url=public_url)


def targets_of(settings: Settings) -> Iterator[Target]:
    """Everyone to notify; a webhook by its host, since its address may be all one needs to post there."""
    if settings.notices.webhook_url:
        yield Target(DeliveryKind.WEBHOOK.value, host_of(settings.notices.webhook_url))
    for email in dict.fromkeys(settings.notices.emails):
        yield Target(DeliveryKind.MAIL.value, email)


def send_notice(message: Message, target: Target, settings: Settings, *, now: datetime) -> Sent:
    """Make one attempt at a target of these settings; blocks as the mail server or the webhook's receiver does."""
    if target.kind == DeliveryKind.MAIL:
        mails = settings.alerts
        return try_mail(
            lambda: plain_mail(mails, target.address, message.subject, message.text, key=message.id, now=now), mails
        )
    url, written = settings.notices.webhook_url or "", settings.notices.webhook_secret
    secret = read_secret(written.get_secret_value()) if written is not None else None
    body = json.dumps(message.body, ensure_ascii=False).encode("utf-8", "replace")
    return send_webhook(url, secret, message.id, body, settings=settings, now=now)
