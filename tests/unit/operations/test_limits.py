"""How often a client may ask, by a clock that tests move."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.web.limits import PUBLIC_PER_MINUTE, Limiter, limits_of


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_bucket_empties_and_fills_again() -> None:
    clock = Clock()
    limiter = Limiter(6, clock=clock)
    left = [limiter.take("a") for _ in range(7)]
    assert [each.remaining for each in left] == [5, 4, 3, 2, 1, 0, 0]
    assert [each.allowed for each in left] == [True] * 6 + [False]
    assert (left[-1].retry_after_seconds, left[-1].reset_seconds) == (10, 60)
    assert limiter.take("b").allowed
    clock.now += 9.5
    assert limiter.take("a").retry_after_seconds == 1
    clock.now += 0.5
    assert limiter.take("a").allowed
    assert not limiter.take("a").allowed
    clock.now += 60
    assert limiter.take("a").remaining == 5


def test_looking_takes_nothing() -> None:
    limiter = Limiter(1, clock=Clock())
    assert limiter.look("a").allowed
    assert limiter.take("a").allowed
    assert not limiter.look("a").allowed


def test_what_a_client_has_left_is_told_in_headers() -> None:
    limiter = Limiter(60, clock=Clock())
    limiter.take("a")
    assert limiter.take("a").headers == {
        "RateLimit-Policy": '"minute";q=60;w=60',
        "RateLimit": '"minute";r=58;t=2',
    }


def test_only_so_many_clients_are_remembered() -> None:
    limiter = Limiter(1, clock=Clock(), most=3)
    for client in "abcd":
        assert limiter.take(client).allowed
    assert limiter.take("a").allowed  # forgotten as the one asked for longest ago
    assert not limiter.take("d").allowed
    assert len(limiter._full_at) == 3


@given(st.integers(1, 5000), st.lists(st.floats(0, 5), min_size=1, max_size=300))
def test_never_more_than_two_buckets_a_minute_and_always_the_refill(per_minute: int, pauses: list[float]) -> None:
    clock = Clock()
    limiter = Limiter(per_minute, clock=clock)
    began, allowed = clock.now, 0
    for pause in pauses:
        clock.now += pause
        quota = limiter.take("a")
        allowed += quota.allowed
        assert 0 <= quota.remaining < per_minute or not quota.allowed
        if not quota.allowed:
            clock.now += quota.retry_after_seconds
            assert limiter.look("a").allowed
    assert allowed <= per_minute + (clock.now - began) * per_minute / 60 + 1


def test_a_limit_is_set_where_others_reach_the_address() -> None:
    public = limits_of(None, is_public=True).asked
    assert public is not None
    assert public.take("a").limit == PUBLIC_PER_MINUTE
    assert limits_of(None, is_public=False).asked is None
    assert limits_of(0, is_public=True).asked is None
    local = limits_of(5, is_public=False).asked
    assert local is not None
    assert local.take("a").limit == 5
