"""Queries and documents made of one small vocabulary, so that they often meet."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

NOW = datetime(2026, 11, 26, 15, 30, tzinfo=UTC)
WORDS = [
    "bridge",
    "bridges",
    "bridging",
    "tunnel",
    "tunnels",
    "toll",
    "tolls",
    "harbour",
    "harbor",
    "council",
    "councils",
    "parliament",
    "parliaments",
    "negotiation",
    "negotiations",
    "negotiating",
    "the",
    "of",
    "and",
    "to",
    "in",
    "high-speed",
    "U.S.",
    "3.5",
    "café",
    "cafe",
    "naïve",
    "Straße",
    "İstanbul",
    "istanbul",
    "ISTANBUL",
    "ışık",
    "köprü",
    "köprüler",
    "köprüden",
    "l'homme",
    "homme",
    "l'Europe",
    "Trump's",
    "Häuser",
    "Haus",
    "東京",
    "東京都",
    "日本",
    "Москва",
    "Москве",
    "вода",
    "воды",
    "كتاب",
    "الكتاب",
    "sea",
    "seas",
    "se",
    "et",
    "le",
    "ve",
    "bir",
    "new",
    "newer",
    "oil",
    "oils",
    "state",
    "estate",
    "e-mail",
    "covid-19",
]
NAMES = ("Ayşe Kaya", "Ali Veli Kaya", "Science Desk", "O'Neil, Pat")
SECTIONS = ("World", "world", "Science & Tech", "Ekonomi")
SOURCES = ("gazette", "trtworld", "Paper")
LANGUAGES = ("en", "tr", "de", "fr", "ru", "ar", "ja", "pt-BR", None)


def random_document(random: Random, number: int) -> dict[str, Any]:
    """A document of the index."""

    def some(count: int) -> str:
        return " ".join(random.choice(WORDS) + random.choice(["", "", "", ",", "."]) for _ in range(count))

    moment = NOW - timedelta(hours=random.randrange(0, 24 * 400))
    values: dict[str, Any] = {
        "id": f"a{number:04}",
        "url": f"https://example.com/{random.choice(['world', 'news'])}/bridge-{number}",
        "title": some(random.randint(1, 5)),
        "dek": some(random.randint(1, 6)) if random.random() < 0.6 else None,
        "text": some(random.randint(1, 30)) if random.random() < 0.9 else None,
        "authors": random.sample(NAMES, random.randint(1, 2)) if random.random() < 0.6 else None,
        "section": random.choice(SECTIONS) if random.random() < 0.7 else None,
        "tags": [some(2), some(1)] if random.random() < 0.4 else None,
        "agencies": random.sample(["AFP", "Reuters"], random.randint(1, 2)) if random.random() < 0.3 else None,
        "changed": ["title", "text"] if random.random() < 0.2 else None,
        "former": some(6) if random.random() < 0.2 else None,
        "source": random.choice(SOURCES),
        "language": random.choice(LANGUAGES),
        "published_at": moment.isoformat().replace("+00:00", "Z") if random.random() < 0.9 else None,
        "first_seen_at": "2026-01-01T00:00:00Z",
        "fetched_at": "2026-01-01T00:00:00Z",
        "version": 1,
        "revision": 1,
    }
    return {name: value for name, value in values.items() if value is not None}


def random_query(random: Random, depth: int = 0) -> str:
    """A query as people type it, with everything the language has."""
    parts = [_clause(random, depth) for _ in range(random.choice([1, 1, 2, 2, 3, 5]))]
    joint = random.choice([" ", " ", " ", " OR ", " AND "])
    return joint.join(parts)


def _clause(random: Random, depth: int) -> str:
    kind = random.randrange(14)
    if kind == 0 and depth < 2:
        return f"({random_query(random, depth + 1)})"
    if kind == 1:
        return random.choice(["-", "NOT "]) + _leaf(random)
    if kind == 2:
        return random.choice(
            [
                *("last:7d", "last:1y", "after:yesterday", "before:2026-06-01", "on:2026", "date:2026-02..2026-08"),
                *("source:gazette", "source:gaz*", "lang:en", "lang:tr", "section:world", "section:sci*"),
                *('author:"ayşe kaya"', "author:kaya", "tag:bridge", "url:news", "url:brid*"),
                *("changed:title", "removed:bridge", 'removed:"toll tunnel"', "agency:afp", "agency:rep*"),
            ]
        )
    if kind == 3:
        return f"{random.choice(['title', 'dek', 'text'])}:{_leaf(random)}"
    return _leaf(random)


def _leaf(random: Random) -> str:
    word = random.choice(WORDS)
    kind = random.randrange(12)
    if kind < 6:
        return word
    if kind == 6:
        return f'"{word} {random.choice(WORDS)}"'
    if kind == 7:
        return f'"{word} {random.choice(WORDS)} {random.choice(WORDS)}"~{random.choice([1, 3, 10])}'
    if kind == 8:
        return f"{word[: random.randint(2, max(2, len(word)))]}*"
    if kind == 9:
        letters = list(word)
        random.shuffle(letters[-2:])
        return f"{word[:-1]}{random.choice('xae')}~{random.choice(['', '1', '2'])}"
    return f'"{word}"'
