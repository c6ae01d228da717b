"""What is forgotten is known again under every form of its address, and the keys say nothing of it."""

from __future__ import annotations

from itertools import combinations

import pytest

from news.forgetting import address_keys as address_keys_by
from news.forgetting import article_key
from tests.support.story_forms import shipped_forms

SAME = [
    ("https://paper.example/a", "http://www.paper.example/a/"),
    ("https://www.trtworld.com/article/3c195c75c981", "https://www.trtworld.com/article/3c195c75c981/amp?_rt=1"),
    ("https://www.trtworld.com/magazine/an-old-name-49165", "https://www.trtworld.com/art-culture/another-name-49165"),
]
OTHERS = [
    "https://paper.example/b",
    "https://paper.example/a?page=2",
    "https://www.trtworld.com/article/3c195c75c982",
    "https://www.trtafrika.com/article/3c195c75c981",
]


def address_keys(addresses: list[str]) -> frozenset[str]:
    return address_keys_by(addresses, shipped_forms())


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_forms_of_an_address_share_a_key(one: str, other: str) -> None:
    assert address_keys([one]) & address_keys([other])


@pytest.mark.parametrize(("one", "other"), [*combinations([*OTHERS, *(pair[0] for pair in SAME)], 2)])
def test_other_stories_share_none(one: str, other: str) -> None:
    assert not address_keys([one]) & address_keys([other])


def test_keys_hold_nothing_of_what_they_stand_for() -> None:
    keys = {*address_keys([pair[0] for pair in SAME]), article_key("0123456789abcdef0123")}
    assert all(set(key) <= set("0123456789abcdef") and len(key) == 32 for key in keys)
