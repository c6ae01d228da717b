"""Conversion of a source's usual statistics to a JSON-compatible record and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from news.usual import Beginning, Sign, Spread, Template, Usual


def usual_record(usual: Usual) -> dict[str, Any]:
    """The statistics as numbers, strings, lists and dicts."""
    return {
        "pages": usual.page_count,
        "rates": {sign.value: list(rate) for sign, rate in usual.rates.items()},
        "spreads": [[each.mean, each.variance] for each in (usual.length, usual.links, usual.boilerplate)],
        "titles": list(usual.titles),
        "recent": list(usual.pages),
        "templates": {name: [each.first, each.last, each.count] for name, each in usual.templates.items()},
        "suspicion": {sign.value: value for sign, value in usual.suspicion.items()},
        "since": {sign.value: [begun.at.isoformat(), begun.page, begun.rate] for sign, begun in usual.since.items()},
        "standing": _stamps(usual.standing),
        "scores": {day: list(scores) for day, scores in usual.scores.items()},
    }


def usual_from_record(record: Mapping[str, Any]) -> Usual:
    """The statistics of a record; signs that are no longer judged are left out."""
    length, links, boilerplate = (Spread(mean, variance) for mean, variance in record["spreads"])
    return Usual(
        page_count=record["pages"],
        rates={sign: (rate[0], rate[1]) for sign, rate in _signs(record["rates"]).items()},
        length=length,
        links=links,
        boilerplate=boilerplate,
        titles=tuple(record["titles"]),
        pages=tuple(record["recent"]),
        templates={name: Template(*numbers) for name, numbers in record["templates"].items()},
        suspicion=_signs(record["suspicion"]),
        since={sign: _beginning(*values) for sign, values in _signs(record["since"]).items()},
        standing={sign: datetime.fromisoformat(stamp) for sign, stamp in _signs(record["standing"]).items()},
        scores={day: (scores[0], scores[1]) for day, scores in record["scores"].items()},
    )


def _beginning(stamp: str, page: int, rate: float) -> Beginning:
    return Beginning(datetime.fromisoformat(stamp), page, rate)


def _signs(values: Mapping[str, Any]) -> dict[Sign, Any]:
    known = {sign.value: sign for sign in Sign}
    return {known[name]: value for name, value in values.items() if name in known}


def _stamps(moments: Mapping[Sign, datetime]) -> dict[str, str]:
    return {sign.value: at.isoformat() for sign, at in moments.items()}
