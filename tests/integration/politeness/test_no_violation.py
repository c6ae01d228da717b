"""No request of any worker comes sooner, or elsewhere, than its host allows: judged by an oracle of the test's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.simulated_hosts import World, simulate

COVERED = {
    *("crashes", "took over", "busy", "resting", "timeouts", "robots_refused", "robots_deferred", "throttled"),
    *("status 200", "status 301", "status 429", "status 500", "status 503", "status None"),
}


def assert_polite(world: World) -> None:
    assert world.oracle.violations[:5] == []
    assert {what for what in COVERED if not world.seen[what]} == set()


def test_no_request_breaks_what_its_host_allows(tmp_path: Path) -> None:
    assert_polite(simulate(tmp_path, requests=6_000))


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2, 3])
def test_no_request_of_a_hundred_thousand_breaks_what_its_host_allows(tmp_path: Path, seed: int) -> None:
    world = simulate(tmp_path, requests=100_000, seed=seed)
    assert_polite(world)
    assert world.oracle.request_count >= 100_000
