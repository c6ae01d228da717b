"""The text of a notice: subject, plain text and JSON; pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from news.notices import Noted, Notice
from news.troubles import Severity
from store.notices import Message

MOST_LINES = 30  # per section of the text, so that the mail stays readable; the JSON has all


@dataclass(frozen=True, kw_only=True, slots=True)
class Sender:
    """The installation that sends."""

    name: str  # its public address, or its machine
    time_zone: str  # IANA name of the zone that times in texts are in
    public_url: str | None = None


def message_of(notice: Notice, sender: Sender, *, key: str) -> Message:
    """A notice as a message."""
    subject = f"newsdex at {sender.name}: {_summary(notice)}"
    text = "\n".join(_lines(notice, sender))
    body = {
        "event": "notice",  # not "type", which Mattermost takes for its own
        "id": key,
        "made_at": _moment(notice.made_at),
        "installation": sender.name,
        "text": f"{subject}\n{text}",
        "began": [_record(each) for each in notice.began],
        "lasts": [_record(each) for each in notice.lasts],
        "ended": [_record(each) for each in notice.ended],
    }
    return Message(id=key, made_at=notice.made_at, subject=subject, text=text, body=body)


def trial_message(sender: Sender, *, key: str, now: datetime) -> Message:
    """A message that only shows that messages arrive."""
    text = f"This is a test, asked for at {_shown(now, sender)}: what goes wrong is told here."
    subject = f"newsdex at {sender.name}: a test"
    body = {"event": "test", "id": key, "made_at": _moment(now), "installation": sender.name, "text": text}
    return Message(id=key, made_at=now, subject=subject, text=text, body=body)


def _summary(notice: Notice) -> str:
    """Summarize what began and ended, or else what lasts."""
    urgent = sum(each.trouble.severity is Severity.URGENT for each in notice.began)
    parts = []
    if len(notice.began) == 1:
        parts.append(_plain(notice.began[0]))
    elif notice.began:
        parts.append(f"{len(notice.began)} troubles{f', {urgent} urgent' if urgent else ''}")
    if len(notice.ended) == 1:
        parts.append(f"right again: {_plain(notice.ended[0])}")
    elif notice.ended:
        parts.append(f"{len(notice.ended)} right again")
    if not parts:
        parts.append(
            f"{len(notice.lasts)} still wrong" if len(notice.lasts) > 1 else f"still: {_plain(notice.lasts[0])}"
        )
    return "; ".join(parts)


def _plain(each: Noted) -> str:
    source_id = each.trouble.source_id
    return f"{source_id}: {each.trouble.what}" if source_id else each.trouble.what


def _lines(notice: Notice, sender: Sender) -> Iterator[str]:
    for title, part in (("Wrong", notice.began), ("Still wrong", notice.lasts), ("Right again", notice.ended)):
        yield from _part(title, part, sender)
    if notice.next_at is not None:
        yield f"These were many in an hour: what is not urgent is told after {_shown(notice.next_at, sender)}.\n"
    where = f"{sender.public_url.rstrip('/')}/status" if sender.public_url else "`newsdex status`"
    yield f"How everything is: {where}"


def _part(title: str, part: Sequence[Noted], sender: Sender) -> Iterator[str]:
    if not part:
        return
    yield f"{title}:"
    for each in part[:MOST_LINES]:
        urgent = "URGENT: " if each.trouble.severity is Severity.URGENT else ""
        if each.gone_at is not None:
            yield f"- {_plain(each)}, until {_shown(each.gone_at, sender)}"
        else:
            since = _shown(each.trouble.since_at or each.first_seen_at, sender)
            yield f"- {urgent}{' '.join(each.trouble.line.split())} (since {since})"
    if len(part) > MOST_LINES:
        yield f"- and {len(part) - MOST_LINES} more"
    yield ""


def _record(each: Noted) -> dict[str, Any]:
    found = each.trouble
    return {
        "kind": found.kind.value,
        "severity": found.severity.value,
        "source": found.source_id or None,
        "what": found.what,
        "evidence": found.evidence,
        "todo": found.todo,
        "since_at": _moment(found.since_at or each.first_seen_at),
        "ended_at": _moment(each.gone_at) if each.gone_at else None,
    }


def _shown(moment: datetime, sender: Sender) -> str:
    return f"{moment.astimezone(ZoneInfo(sender.time_zone)):%Y-%m-%d %H:%M %Z}"


def _moment(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
