"""Precision and recall of "is this the same story?" over labelled pairs of addresses, as JSON.

    python -m benchmarks.identity [--pairs 2000] [--seed 1]

The pairs are generated from what is known of TRT World's addresses: the four forms, their noise, and what a fetch of
each would tell. Negatives are hard ones: a slug used again under another number, a headline of another day, the days
of a live blog, equal digits in two forms, stories published in one minute.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from importlib.resources import as_file, files
from typing import Any

from config.sources import load_source
from news.canonical import validated_canonical
from news.identity import Sighting, StoryForms, same_story, story_keys

START = datetime(2019, 1, 1, tzinfo=UTC)
HOSTS = ("www.trtworld.com", "trtworld.com", "trt.global")
SECTIONS = ("turkey", "middle-east", "magazine", "world", "business", "sport", "asia-pacific", "life")
PLACES = ("Ankara", "Gaza", "Nairobi", "Sarajevo", "Kabul", "Jakarta", "Lagos", "Berlin", "Lima", "Doha", "Tunis")
ACTORS = ("minister", "union", "court", "president", "rescuers", "scientists", "voters", "envoys", "striker", "banks")
DEEDS = ("rejects new deal", "opens talks after storm", "halts flights over ash", "finds ancient harbour", "wins cup")
TEXT = (
    "the talks began after weeks of delay while officials in the capital said that no date had been set for a return "
    "of the envoys who left in spring over prices water rights and a disputed border where farmers wait for rain"
)
WORDS = re.findall("[a-z]+", TEXT)


@dataclass(frozen=True, kw_only=True, slots=True)
class Story:
    """A story as the publisher holds it, with its number in each form it stands under."""

    title: str
    published_at: datetime
    opening: str
    numbers: dict[str, str]  # form -> number
    slug: str
    section: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LabelledPair:
    """Two sightings, whether they are one story, and what makes the case."""

    one: Sighting
    other: Sighting
    same: bool
    case: str


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pairs", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with as_file(files("config") / "sources" / "trtworld.yaml") as path:
        forms = StoryForms(load_source(path).address_forms)
    print(json.dumps(measure(labelled_pairs(arguments.pairs, arguments.seed), forms), indent=1))


def measure(pairs: list[LabelledPair], forms: StoryForms) -> dict[str, Any]:
    """Decide every pair; precision, recall, and the mistakes by case."""
    counts: Counter[tuple[bool, bool]] = Counter()
    cases: dict[str, Counter[str]] = {}
    for pair in pairs:
        said = same_story(pair.one, pair.other, forms)
        counts[pair.same, said] += 1
        cases.setdefault(pair.case, Counter())["right" if said == pair.same else "wrong"] += 1
    found = [pair for pair in pairs if pair.same and story_keys(pair.one, forms) & story_keys(pair.other, forms)]
    positives = counts[True, True] + counts[True, False]
    return {
        "pairs": len(pairs),
        "positives": positives,
        "precision": round(counts[True, True] / max(1, counts[True, True] + counts[False, True]), 4),
        "recall": round(counts[True, True] / max(1, positives), 4),
        "reachable_by_keys": round(len(found) / max(1, positives), 4),
        "cases": {case: dict(results) for case, results in sorted(cases.items())},
    }


def labelled_pairs(count: int, seed: int) -> list[LabelledPair]:
    """So many pairs, half of them of one story; the same for the same seed."""
    rng = random.Random(seed)
    positives: list[Callable[[random.Random], LabelledPair]] = [_same_form, _across_forms, _across_forms]
    negatives: list[Callable[[random.Random], LabelledPair]] = [
        _slug_used_again,
        _headline_of_another_day,
        _live_blog_days,
        _equal_digits,
        _same_minute,
        _two_briefings_of_a_day,
    ]
    return [rng.choice(positives if number % 2 else negatives)(rng) for number in range(count)]


def _same_form(rng: random.Random) -> LabelledPair:
    """One number, the address written differently, the page perhaps edited in between."""
    story = _story(rng)
    form = rng.choice(list(story.numbers))
    edited = replace(story, title=_edited(rng, story.title), slug=_slug(rng, _edited(rng, story.title)))
    return _pair(rng, story, form, edited if rng.random() < 0.5 else story, form, same=True, case="one form")


def _across_forms(rng: random.Random) -> LabelledPair:
    story = _story(rng)
    one, other = rng.sample(sorted(story.numbers), 2)
    changed = replace(story, title=_edited(rng, story.title)) if rng.random() < 0.08 else story
    return _pair(rng, story, one, changed, other, same=True, case=f"{one} and {other}")


def _slug_used_again(rng: random.Random) -> LabelledPair:
    story = _story(rng)
    later = replace(
        _story(rng), slug=story.slug, section=story.section, title=story.title, published_at=_days_later(rng, story)
    )
    return _pair(rng, story, "slug", later, "slug", same=False, case="slug used again")


def _headline_of_another_day(rng: random.Random) -> LabelledPair:
    story = _story(rng)
    later = replace(_story(rng), title=story.title, published_at=_days_later(rng, story))
    return _pair(
        rng, story, "slug", later, rng.choice(["number", "global"]), same=False, case="headline of another day"
    )


def _live_blog_days(rng: random.Random) -> LabelledPair:
    """The same headline every day, and an opening that stays for the most part."""
    story = replace(_story(rng), title=f"Live blog: {rng.choice(PLACES)} {rng.choice(ACTORS)} latest")
    words = story.opening.split()
    fresh = " ".join(rng.choices(WORDS, k=len(words) // 3) + words[len(words) // 3 :])
    next_day = replace(_story(rng), title=story.title, opening=fresh, published_at=_days_later(rng, story))
    forms = rng.sample(["slug", "number", "hex"], 2)
    return _pair(rng, story, forms[0], next_day, forms[1], same=False, case="days of a live blog")


def _equal_digits(rng: random.Random) -> LabelledPair:
    one, other = _story(rng), _story(rng)
    number = f"{rng.randrange(12_000_000, 19_000_000)}"
    one, other = replace(one, numbers={"slug": number}), replace(other, numbers={"number": number})
    return _pair(rng, one, "slug", other, "number", same=False, case="equal digits in two forms")


def _same_minute(rng: random.Random) -> LabelledPair:
    one = _story(rng)
    other = replace(_story(rng), published_at=one.published_at, section=one.section)
    return _pair(rng, one, "slug", other, "number", same=False, case="published in one minute")


def _two_briefings_of_a_day(rng: random.Random) -> LabelledPair:
    one = replace(_story(rng), title="News briefing")
    other = replace(_story(rng), title=one.title, published_at=one.published_at + timedelta(hours=rng.choice([0, 9])))
    return _pair(rng, one, "number", other, "hex", same=False, case="two briefings of a day")


def _pair(
    rng: random.Random, one: Story, form: str, other: Story, other_form: str, *, same: bool, case: str
) -> LabelledPair:
    first, second = _seen(rng, one, form), _seen(rng, other, other_form)
    return LabelledPair(one=first, other=second, same=same, case=case)


def _seen(rng: random.Random, story: Story, form: str) -> Sighting:
    """What a fetch of the story under this form tells: each piece of evidence is there or not."""
    asked = _noisy(rng, _address(story, form))
    others = [name for name in story.numbers if name not in (form, "global")]
    addresses = [asked]
    if form != "hex" and others and rng.random() < 0.2:  # old addresses that redirect to the new ones
        addresses.append(_address(story, rng.choice(others)))
    claim = rng.choice(
        [_address(story, form), _address(story, rng.choice(others or [form])), None, "https://www.trtworld.com/"]
    )
    canonical = validated_canonical(addresses[-1], claim, HOSTS) if claim else None
    if canonical:
        addresses.append(canonical)
    day_only = form == "slug" and rng.random() < 0.3  # the old pages print a day
    at = story.published_at
    seen_at = at.replace(hour=0, minute=0, second=0) if day_only else at.replace(second=rng.choice([0, at.second]))
    return Sighting(
        addresses=tuple(addresses),
        title=_spelled(rng, story.title),
        published_at=seen_at if rng.random() < 0.98 else None,
        published_day_only=day_only,
        opening=_reworded(rng, story.opening),
    )


def _address(story: Story, form: str) -> str:
    number = story.numbers[form]
    if form == "slug":
        return f"https://www.trtworld.com/{story.section}/{story.slug}-{number}"
    if form == "global":
        return f"https://trt.global/world/article/{number}"
    return f"https://www.trtworld.com/article/{number}"


def _noisy(rng: random.Random, address: str) -> str:
    address += rng.choice(["", "", "", "/", "/amp"])
    if rng.random() < 0.3:
        address += rng.choice(["?_rt=1", "?utm_source=feed", "?_rt=1&utm_medium=social", "#comments"])
    if rng.random() < 0.15:
        address = address.replace(".com/", ".com:443/")
    if rng.random() < 0.15:
        address = address.replace("://www.", "://")
    return address.replace("https://", "http://").replace(":443", ":80") if rng.random() < 0.1 else address


def _story(rng: random.Random) -> Story:
    title = f"{rng.choice(PLACES)} {rng.choice(ACTORS)} {rng.choice(DEEDS)} in {rng.choice(PLACES)}"
    old_number = (
        f"{rng.randrange(20_000, 60_000)}" if rng.random() < 0.6 else f"{rng.randrange(17_000_000, 18_300_000)}"
    )
    return Story(
        title=title,
        published_at=START + timedelta(seconds=rng.randrange(6 * 365 * 86_400)),
        opening=" ".join(rng.choices(WORDS, k=60)),
        numbers={
            "slug": old_number,
            "number": f"{rng.randrange(12_000_000, 19_000_000)}",
            "hex": f"{rng.randrange(16**12):012x}",
            "global": f"{rng.randrange(12_000_000, 19_000_000)}",
        },
        slug=_slug(rng, title),
        section=rng.choice(SECTIONS),
    )


def _slug(rng: random.Random, title: str) -> str:
    words = title.lower().split()
    return "-".join(words[: rng.choice([4, 6, 9])])


def _edited(rng: random.Random, title: str) -> str:
    words = title.split()
    words[rng.randrange(len(words))] = rng.choice(ACTORS)
    return " ".join(words + rng.choice([[], ["again"]]))


def _spelled(rng: random.Random, title: str) -> str:
    if rng.random() < 0.1:
        title = title.upper()
    if rng.random() < 0.1:
        title = f"\u2018{title}\u2019"
    return title.replace(" ", "\u00a0", 1) if rng.random() < 0.1 else title


def _reworded(rng: random.Random, opening: str) -> str:
    words = opening.split()
    for _ in range(rng.choice([0, 0, 0, 1, 3])):
        words[rng.randrange(len(words))] = rng.choice(WORDS)
    return " ".join(words)


def _days_later(rng: random.Random, story: Story) -> datetime:
    return story.published_at + timedelta(days=rng.choice([1, 1, 2, 7, 365]), minutes=rng.randrange(-300, 300))


if __name__ == "__main__":
    main()
