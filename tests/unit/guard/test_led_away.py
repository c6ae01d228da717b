"""Redirects from a story to a page that is not the story."""

from __future__ import annotations

import pytest

from crawler.answered.led_away import led_away

STORY = "https://paper.example/world/ferry-leaves-harbour-1"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/", "led_away"),
        ("/index.html", "led_away"),
        ("/en/", "led_away"),
        ("/login?next=%2Fworld%2Fferry", "led_away"),
        ("/account/sign-in.php", "led_away"),
        ("/consent?return=%2Fworld%2Fferry", "consent_wall"),
        ("/consent/collect", "consent_wall"),
    ],
)
def test_home_pages_and_walls_are_not_the_story(path: str, reason: str) -> None:
    away = led_away(STORY, f"https://www.paper.example{path}")
    assert away is not None
    assert away.reason.value == reason


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        (STORY, STORY),
        (STORY, "https://www.paper.example/world/ferry-leaves-the-harbour-1"),
        (STORY, "https://paper.example/?p=12"),
        (STORY, "https://ferry.example/"),
        (STORY, "https://paper.example/world/consent-is-not-given-for-the-ferry-1"),
        ("https://paper.example/", "https://www.paper.example/"),
        ("https://paper.example/login", "https://www.paper.example/login"),
    ],
)
def test_moved_stories_and_pages_asked_for_themselves_may_be_it(asked: str, answered: str) -> None:
    assert led_away(asked, answered) is None
