"""Pages broken the way networks, templates and attackers break them, by a seeded chance."""

from __future__ import annotations

import random
from collections.abc import Callable

_SCRAPS = (
    b"</div>", b"</p>", b"<p>", b"<table>", b"<!--", b"-->", b"<script>", b"]]>", b"\x00", b"\xff\xfe", b"\xed\xa0\x80",
    b"&#0;", b"&#xD800;", b"&nbsp;", b'"', b"<svg>", b"<template>", b"<h1></h1>", b"<base href='javascript:x'>", b"{",
    b'<meta charset="utf-16">', b"<title>", b"<body>", b"\xe2\x80\xae", b"<frameset>", b"}",
)  # fmt: skip


def _cut(body: bytes, chance: random.Random) -> bytes:
    return body[: chance.randrange(len(body) + 1)]


def _hole(body: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(body) + 1)
    return body[:start] + body[start + chance.randrange(5_000) :]


def _flipped(body: bytes, chance: random.Random) -> bytes:
    changed = bytearray(body)
    for _ in range(min(len(changed), chance.randrange(1, 200))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _scrapped(body: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randrange(1, 20)):
        place = chance.randrange(len(body) + 1)
        body = body[:place] + chance.choice(_SCRAPS) * chance.choice((1, 1, 1, 50)) + body[place:]
    return body


def _repeated(body: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(body) + 1)
    piece = body[start : start + chance.randrange(2_000)]
    return body[:start] + piece * chance.randrange(2, 30) + body[start:]


def _recoded(body: bytes, chance: random.Random) -> bytes:
    encoding = chance.choice(("utf-16", "latin-1", "cp1252", "utf-7", "shift_jis"))
    return body.decode("utf-8", "replace").encode(encoding, "replace")


_MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _cut,
    _hole,
    _flipped,
    _scrapped,
    _repeated,
    _recoded,
)


def mutated(body: bytes, chance: random.Random) -> bytes:
    """The page after one to three mutations."""
    for _ in range(chance.randrange(1, 4)):
        body = chance.choice(_MUTATIONS)(body, chance)
    return body
