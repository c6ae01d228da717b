"""One story under several addresses."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from benchmarks.identity import labelled_pairs, measure
from news.identity import AddressForm, Sighting, StoryForms, StoryNumber, story_keys
from news.identity import same_story as same_story_by
from tests.support.story_forms import shipped_forms

AT = datetime(2022, 1, 8, 9, 30, tzinfo=UTC)
OLD = "https://www.trtworld.com/magazine/shikho-learns-to-read-49165"
NUMBER = "https://www.trtworld.com/article/12762620"
HEX = "https://www.trtworld.com/article/dee04574da32"
GLOBAL = "https://trt.global/world/article/12835719"
OPENING = " ".join(f"word{number}" for number in range(80))


def sighting(*addresses: str, title: str = "Shikho learns to read in Dhaka", **fields: object) -> Sighting:
    values = {"published_at": AT, "opening": OPENING, **fields}
    return Sighting(addresses=addresses, title=title, **values)  # type: ignore[arg-type]  # Sighting's own


def same_story(one: Sighting, other: Sighting) -> bool:
    return same_story_by(one, other, shipped_forms())


@pytest.mark.parametrize(
    ("address", "form", "number"),
    [
        (OLD, "trtworld.com slug", "49165"),
        ("https://www.trtworld.com/middle-east/some-slug-17811425", "trtworld.com slug", "17811425"),
        (NUMBER + "?_rt=1", "trtworld.com number", "12762620"),
        ("https://www.trtworld.com:443/article/3c195c75c981", "trtworld.com hex", "3c195c75c981"),
        ("http://trtworld.com/article/3c195c75c981/", "trtworld.com hex", "3c195c75c981"),
        ("https://www.trtfrancais.com/article/e89cce810e1c/amp", "trtfrancais.com hex", "e89cce810e1c"),
        (GLOBAL, "trt.global/world number", "12835719"),
        ("https://trt.global/afrika-english/article/12430571", "trt.global/afrika-english number", "12430571"),
    ],
)
def test_the_known_forms_carry_a_number(address: str, form: str, number: str) -> None:
    found = shipped_forms().number_of(address)
    assert found is not None
    assert (found.form, found.number) == (form, number)


@pytest.mark.parametrize(
    "address",
    [
        "https://www.trtworld.com/video/show/some-film-16067690",
        "https://www.trtworld.com/magazine",
        "https://www.trtworld.com/magazine/top-10",
        "https://trt.global/world/author/682ec3da0733d32bc21263b8",
        "https://other.example/article/12762620",
        "javascript:alert(1)",
    ],
)
def test_other_addresses_carry_none(address: str) -> None:
    assert shipped_forms().number_of(address) is None


def test_one_number_is_one_story_whatever_the_slug_and_the_headline() -> None:
    reworded = "https://trtworld.com/life/another-slug-49165/amp?utm_source=x"
    assert same_story(sighting(OLD), sighting(reworded, title="Reworded", opening="Other words entirely"))


def test_another_number_of_the_same_form_is_another_story_whatever_the_page_says() -> None:
    assert not same_story(sighting(OLD), sighting(OLD.replace("49165", "49166")))


def test_equal_digits_in_different_forms_say_nothing() -> None:
    slug = "https://www.trtworld.com/magazine/some-slug-12762620"
    assert not same_story(sighting(slug), sighting(NUMBER, title="Something else happened there", opening="Other text"))


def test_a_redirect_or_canonical_address_joins_forms() -> None:
    assert same_story(sighting(OLD, NUMBER, title="A"), sighting(NUMBER + "?_rt=1", title="B", opening=""))
    assert same_story(sighting(OLD, HEX, title="A"), sighting(GLOBAL, HEX + "/amp", title="B", opening=""))


def test_headline_and_time_join_forms() -> None:
    for address in (NUMBER, HEX, GLOBAL):
        assert same_story(sighting(OLD), sighting(address, title="‘Shikho’ LEARNS to read\xa0in Dhaka"))
        assert same_story(sighting(OLD), sighting(address, opening=""))
        assert not same_story(sighting(OLD), sighting(address, published_at=AT + timedelta(days=1)))
        assert not same_story(sighting(OLD), sighting(address, published_at=None))


def test_a_day_without_a_time_needs_the_opening_too() -> None:
    day = sighting(OLD, published_at=AT.replace(hour=0, minute=0), published_day_only=True)
    assert same_story(day, sighting(HEX))
    assert not same_story(day, sighting(HEX, opening=""))
    assert not same_story(day, sighting(HEX, opening=OPENING[::-1]))
    assert not same_story(day, sighting(HEX, published_at=AT + timedelta(days=3)))


def test_a_reworded_headline_needs_the_moment_and_the_opening() -> None:
    reworded = sighting(HEX, title="Shikho learns to write in Dhaka")
    assert same_story(sighting(OLD), reworded)
    assert not same_story(sighting(OLD), replace(reworded, opening=""))
    assert not same_story(sighting(OLD), replace(reworded, title="Markets fall on rate fears"))


def test_sites_without_known_forms_are_never_joined_by_what_their_pages_say() -> None:
    one, other = sighting("https://paper.example/a-1"), sighting("https://paper.example/a-2")
    assert not same_story(one, other)
    assert story_keys(one, shipped_forms()) == frozenset()
    assert not same_story(sighting(OLD), sighting("https://www.trtfrancais.com/article/e89cce810e1c"))


@pytest.mark.parametrize(
    ("address", "keys"),
    [
        (
            OLD,
            {
                "1f172eabeb95dc223c9e7812a9f1fde6",
                "51c52736ff0fb74ca36774aeb4f714e3",
                "60ce3425d012984b616e8960357a2ceb",
            },
        ),
        (
            "https://www.trtarabi.com/article/12762620",
            {
                "0326333ddaa95a5cee4d877c92927171",
                "4278fb3ae8c3d43cfbfd911298ac14aa",
                "c1c4bd341cbecf6e48e5b13d344014bf",
            },
        ),
    ],
)
def test_the_keys_of_stories_in_older_records_stay(address: str, keys: set[str]) -> None:
    assert story_keys(sighting(address), shipped_forms()) == keys


def test_any_source_may_name_its_forms() -> None:
    number = AddressForm(site="paper", place="paper.example/shop", name="number", story=r"/story\.php\?id=(\d+)")
    slug = AddressForm(site="paper", place="paper.example", name="slug", story=r"/[a-z]+/(?:(\d{4})|index)")
    forms = StoryForms([number, slug])
    assert forms.number_of("http://www.paper.example/shop/story.php?id=7&utm_source=x") == StoryNumber(
        "paper", "paper.example/shop number", "7"
    )
    assert forms.number_of("https://paper.example/story.php?id=7") is None
    assert forms.number_of("https://paper.example/news/1234/amp/") == StoryNumber("paper", "paper.example slug", "1234")
    assert forms.number_of("https://paper.example/news/index") is None


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_labelled_pairs_are_told_apart(seed: int) -> None:
    report = measure(labelled_pairs(600, seed), shipped_forms())
    assert report["precision"] >= 0.99, report
    assert report["recall"] >= 0.95, report
    assert report["reachable_by_keys"] >= 0.97, report
