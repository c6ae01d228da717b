"""The lead image: what it shows and who made it."""

from __future__ import annotations

import pytest

from crawler.extraction.images import split_credit, whole_image


@pytest.mark.parametrize(
    ("line", "shown", "credit"),
    [
        ("A street in Tehran. / AFP", "A street in Tehran.", "AFP"),
        ("A street in Tehran / Photo: Anadolu", "A street in Tehran", "Anadolu"),
        ("A street in Tehran. (Reuters)", "A street in Tehran.", "Reuters"),
        ("A street in Tehran. Photograph: Jane Roe/Reuters", "A street in Tehran.", "Jane Roe/Reuters"),
        ("Eine Straße in Teheran. Foto: dpa", "Eine Straße in Teheran.", "dpa"),
        ("A street in Tehran", "A street in Tehran", None),
    ],
)
def test_a_caption_line_is_parted_from_its_credit(line: str, shown: str, credit: str | None) -> None:
    assert split_credit(line) == (shown, credit)


def test_an_image_address_asks_for_the_whole_image() -> None:
    inner = "https://cdn.example.com/a.jpg"
    assert whole_image(f"https://www.example.com/_next/image?url={inner}&w=640&q=75") == inner
    assert whole_image(inner) == inner
