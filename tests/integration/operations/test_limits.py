"""Limits over HTTP: by key, by address, and of keys that are not in force."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from news.keys import Scope
from search.web.limits import REFUSED_PER_MINUTE, Limits, limits_of
from tests.support.operated import Operated

SEARCH = "/api/v1/search"


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def limits(clock: Clock) -> Limits:
    return limits_of(3, is_public=False, clock=clock)


@pytest.fixture
def api(operated: Operated, limits: Limits) -> Iterator[httpx.Client]:
    with operated.client(limits=limits) as client:
        yield client


def test_who_asks_too_often_is_told_when_to_come_again(api: httpx.Client, clock: Clock) -> None:
    answers = [api.get(SEARCH) for _ in range(4)]
    assert [each.status_code for each in answers] == [200, 200, 200, 429]
    assert [each.headers["ratelimit"] for each in answers[:2]] == ['"minute";r=2;t=20', '"minute";r=1;t=40']
    last = answers[-1]
    assert (last.headers["retry-after"], last.headers["ratelimit"]) == ("20", '"minute";r=0;t=60')
    assert last.headers["ratelimit-policy"] == '"minute";q=3;w=60'
    assert last.headers["content-type"] == "application/problem+json"
    assert last.json()["detail"] == "more requests came from this client than 3 a minute; ask again in 20 seconds"
    assert api.get("/", headers={"Accept": "text/html"}).status_code == 429
    assert api.get("/healthz").status_code == 200
    clock.now += 20
    assert api.get(SEARCH).status_code == 200


def test_each_key_has_a_limit_of_its_own(operated: Operated, api: httpx.Client) -> None:
    first, second = ({"Authorization": f"Bearer {operated.key(Scope.READ)}"} for _ in range(2))
    assert [api.get(SEARCH, headers=first).status_code for _ in range(4)] == [200, 200, 200, 429]
    assert api.get(SEARCH, headers=second).status_code == 200
    assert api.get(SEARCH).status_code == 200


def test_guessing_keys_ends_before_the_store_is_asked(operated: Operated, api: httpx.Client, clock: Clock) -> None:
    with operated.client(limits=limits_of(0, is_public=True, clock=clock)) as unlimited:
        wrong = {"Authorization": "Bearer ndx_wrong_guess"}
        codes = [unlimited.get(SEARCH, headers=wrong).status_code for _ in range(REFUSED_PER_MINUTE + 1)]
        assert codes == [401] * REFUSED_PER_MINUTE + [429]
        assert unlimited.get(SEARCH).status_code == 200
