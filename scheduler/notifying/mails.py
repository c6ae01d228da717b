"""Mails of matches and of plain text, and handing them to the mail server."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from html import escape
from ipaddress import ip_address
from urllib.parse import quote

from config.settings import AlertSettings
from news.errors import NewsdexError
from news.standing import Delivery, StandingSearch
from news.standing_tokens import unsubscribe_token
from scheduler.notifying.attempts import Sent
from search.standing.matches import ShownMatch

TIMEOUT_SECONDS = 30.0
_POLICY = policy.SMTP.clone(max_line_length=300)  # the unsubscribe address must stay on one line
_TITLE_CHARACTERS = 120  # of a subject


class MailFailed(NewsdexError):
    """A mail was not accepted; `is_final` says that it never will be."""

    def __init__(self, what: str, *, is_final: bool = False) -> None:
        super().__init__(what)
        self.is_final = is_final


@dataclass(frozen=True, kw_only=True, slots=True)
class Digest:
    """The contents of one mail."""

    search: StandingSearch
    delivery: Delivery
    secret: str  # of the delivery
    key: str  # equal for equal matches
    matches: Sequence[ShownMatch]


def mail_of(digest: Digest, settings: AlertSettings, *, now: datetime) -> EmailMessage:
    """The mail of a digest: plain text, and HTML that loads nothing."""
    message = _headed(settings, digest.delivery.target or "", _subject(digest), key=digest.key, now=now)
    message["List-Id"] = f"<{digest.search.id}.newsdex>"
    unsubscribe = _unsubscribe_url(digest, settings)
    if unsubscribe:
        message["List-Unsubscribe"] = f"<{unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    else:
        message["List-Unsubscribe"] = (
            f"<mailto:{settings.mail_from}?subject={quote(f'unsubscribe {digest.delivery.id}')}>"
        )
    message.set_content(_plain(digest, unsubscribe))
    message.add_alternative(_html(digest, unsubscribe), subtype="html")
    return message


def plain_mail(
    settings: AlertSettings, target: str, subject: str, text: str, *, key: str, now: datetime
) -> EmailMessage:
    """A mail of plain text; the same `key` gives the same Message-ID."""
    message = _headed(settings, target, subject, key=key, now=now)
    message.set_content(text)
    return message


def try_mail(make: Callable[[], EmailMessage], settings: AlertSettings) -> Sent:
    """Make a mail and send it; blocks as `send_mail` does."""
    try:
        if settings.smtp_host is None or settings.mail_from is None:
            raise MailFailed("no mail server is set; write alerts.smtp_host and alerts.mail_from")
        send_mail(make(), settings)
    except NewsdexError as error:
        return Sent(is_done=False, is_final=isinstance(error, MailFailed) and error.is_final, reason=str(error))
    return Sent(is_done=True)


def _headed(settings: AlertSettings, target: str, subject: str, *, key: str, now: datetime) -> EmailMessage:
    sender = settings.mail_from or ""
    message = EmailMessage(policy=_POLICY)
    message["From"] = Address("newsdex", addr_spec=sender)
    message["To"] = target
    message["Subject"] = _one_line(subject)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{key}@{sender.rpartition('@')[2]}>"  # a retried mail has the same id
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers
    return message


def send_mail(message: EmailMessage, settings: AlertSettings) -> None:
    """Send a mail to the server; each step blocks for at most TIMEOUT_SECONDS. Raises MailFailed."""
    host, port = settings.smtp_host or "", settings.smtp_port
    context = ssl.create_default_context()
    try:
        with (
            smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_SECONDS, context=context)
            if settings.smtp_security == "tls"
            else smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
        ) as server:
            if settings.smtp_security == "starttls":
                server.starttls(context=context)
            if settings.smtp_username and settings.smtp_password:
                _check_secret(server, settings)
                server.login(settings.smtp_username, settings.smtp_password.get_secret_value())
            server.send_message(message)
    except ssl.SSLCertVerificationError as error:
        raise MailFailed(f"the mail server's certificate is not trusted: {error.verify_message}") from error
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        refused = f"the mail server refuses the address (status {codes[0] if codes else 'unknown'})"
        raise MailFailed(refused, is_final=all(code >= 500 for code in codes)) from error
    except (smtplib.SMTPException, OSError) as error:
        raise MailFailed(f"the mail server does not take it: {_one_line(str(error))[:200]}") from error


def _check_secret(server: smtplib.SMTP, settings: AlertSettings) -> None:
    """Raise MailFailed if a password would cross a network that others may listen to."""
    assert server.sock is not None  # it is connected
    address = ip_address(server.sock.getpeername()[0])
    if settings.smtp_security == "none" and not address.is_loopback:
        raise MailFailed(f"the password would reach {settings.smtp_host} unencrypted; set alerts.smtp_security")


def _subject(digest: Digest) -> str:
    first = digest.matches[0].title[:_TITLE_CHARACTERS]
    more = len(digest.matches) - 1
    return f"{digest.search.name}: {first}" + (f" and {more} more" if more else "")


def _plain(digest: Digest, unsubscribe: str | None) -> str:
    parts = [f"newsdex found {len(digest.matches)} for “{digest.search.name}” ({digest.search.query}).\n"]
    parts += [
        f"{_one_line(match.title)}\n{match.source_name}{_day(match)}\n{match.url}\n\n{match.summary}\n"
        for match in digest.matches
    ]
    parts.append(f"-- \nTo end these mails: {unsubscribe or 'answer with “unsubscribe”'}")
    return "\n".join(parts)


def _html(digest: Digest, unsubscribe: str | None) -> str:
    items = "".join(
        f'<h2><a href="{escape(match.url)}">{escape(match.title)}</a></h2>'
        f"<p>{escape(match.source_name)}{escape(_day(match))}</p><p>{match.summary_html}</p>"
        for match in digest.matches
    )
    name, query = escape(digest.search.name), escape(digest.search.query)
    end = f'<p><a href="{escape(unsubscribe)}">End these mails</a></p>' if unsubscribe else ""
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{name}</title></head><body>'
        f"<p>newsdex found {len(digest.matches)} for “{name}” ({query}).</p>{items}<hr>{end}</body></html>"
    )


def _day(match: ShownMatch) -> str:
    return f", {match.published_at.date().isoformat()}" if match.published_at else ""


def _unsubscribe_url(digest: Digest, settings: AlertSettings) -> str | None:
    if settings.public_url is None:
        return None
    return f"{settings.public_url.rstrip('/')}/unsubscribe/{unsubscribe_token(digest.delivery.id, digest.secret)}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
