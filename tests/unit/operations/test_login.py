"""The login form's fields, and where it leads."""

from __future__ import annotations

import pytest

from search.page.login import form_of, local_path


@pytest.mark.parametrize(
    "text",
    ["", "status", "//evil.example/", "https://evil.example/", "/\\evil.example", "/a\nb", "javascript:alert(1)", "/ä", "http://["],
)  # fmt: skip
def test_logging_in_leads_to_no_other_site(text: str) -> None:
    assert local_path(text) == "/"


def test_logging_in_leads_back() -> None:
    assert local_path("/?q=a&source=b") == "/?q=a&source=b"


def test_of_a_forms_repeated_fields_the_last_counts_and_too_many_are_none() -> None:
    assert form_of(b"key=a+b%21&next=&key=c") == {"key": "c", "next": ""}
    assert form_of(b"\xff=%ff") == {"\ufffd": "\ufffd"}
    assert form_of(b"&".join(b"a=1" for _ in range(1000))) == {}
