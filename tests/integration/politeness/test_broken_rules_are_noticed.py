"""The simulation is worth its name: with any one rule of politeness broken, its oracle finds a violation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.politeness import manners, robots
from crawler.politeness.gate import HostGate
from crawler.politeness.manners import Manners
from crawler.politeness.robots import RobotsCache
from crawler.politeness.rules import RobotsRules
from store.crawls.paces import Paces
from store.leases.service import Claim, Leases
from tests.support.simulated_hosts import simulate

pytestmark = pytest.mark.slow
Break = Callable[[pytest.MonkeyPatch], None]


def _nothing(*_args: Any, **_named: Any) -> None:
    return None


def _gate_with(**changed: Any) -> Callable[..., HostGate]:
    return lambda **options: HostGate(**(options | changed))


def _crawl_delay_alone(rules: RobotsRules, user_agent: str) -> float | None:
    delay = rules.parsed.crawl_delay("newsdex") if rules.parsed else None
    return float(delay) if delay is not None else None


async def _no_stored(cache: RobotsCache, origin: str) -> None:
    return None


def _more_at_a_time(manners: Manners) -> Any:
    return replace(_bounds(manners), concurrency=4)


_bounds = Manners._bounds


def _without_leases(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Leases, "acquire", lambda *_, **__: Claim(granted=True))
    patch.setattr(Leases, "renew", lambda *_, **__: True)


BROKEN: dict[str, Break] = {
    "crawl-delay and request-rate are ignored": lambda patch: patch.setattr(HostGate, "obey", _nothing),
    "request-rate is ignored": lambda patch: patch.setattr(RobotsRules, "delay_seconds", _crawl_delay_alone),
    "old rules do not hold for robots.txt itself": lambda patch: patch.setattr(RobotsCache, "stored", _no_stored),
    "robots.txt forbids nothing": lambda patch: patch.setattr(RobotsRules, "allows", lambda *_: True),
    "robots.txt is kept for a month": lambda patch: patch.setattr(robots, "FRESH_FOR", timedelta(days=30)),
    "Retry-After is ignored": lambda patch: patch.setattr(HostGate, "rest", _nothing),
    "Retry-After is forgotten with the crawl": lambda patch: patch.setattr(Paces, "rest", _nothing),
    "trouble widens nothing": lambda patch: patch.setattr(HostGate, "learn", _nothing),
    "the last request is forgotten with the crawl": lambda patch: patch.setattr(
        manners, "HostGate", _gate_with(since_last_seconds=None)
    ),
    "a crash is not waited after": lambda patch: patch.setattr(manners, "HostGate", _gate_with(after_crash=False)),
    "more at a time than allowed": lambda patch: patch.setattr(Manners, "_bounds", _more_at_a_time),
    "leases exclude nobody": _without_leases,
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_rule_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    BROKEN[broken](monkeypatch)
    assert simulate(tmp_path, requests=6_000).oracle.violations
