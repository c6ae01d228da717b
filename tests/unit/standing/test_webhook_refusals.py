"""Why a webhook was not sent is told with the setting that helps."""

from __future__ import annotations

from datetime import UTC, datetime

from config.settings import Settings
from scheduler.notifying.webhooks import send_webhook


def test_a_private_receiver_is_pointed_to_the_setting_of_webhooks() -> None:
    now = datetime(2026, 11, 29, tzinfo=UTC)
    sent = send_webhook("http://127.0.0.1:9/secret", None, "key", b"{}", settings=Settings(), now=now)
    assert sent.reason == "127.0.0.1 is not a public address; name it in alerts.trusted_hosts if it is yours"
