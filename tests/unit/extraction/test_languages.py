"""The language of a story: declared, and told by its words."""

from __future__ import annotations

import pytest

from crawler.extraction.languages import detect_language, language_code, read_language
from crawler.extraction.page.document import Document, parse_page
from crawler.extraction.page.structured import read_structured
from news.article import Hints, Page

GERMAN = "Die Schleuse bleibt bis zum Sonntag geschlossen, weil ein Tor klemmt und die Ersatzteile fehlen."
KOREAN = "수문은 문 하나가 걸리고 부품이 없어 일요일까지 닫혀 있다. 배들은 항구 밖에서 기다렸고 선원들은 뭍으로 갔다."
ARABIC = "أغلقت السلطات القناة حتى يوم الأحد بسبب عطل في إحدى البوابات ونقص قطع الغيار."
ENGLISH = "The lock stays closed until Sunday because a gate is stuck and no spare parts are to be had."


def language_of(text: str, declared: str = "") -> tuple[str, str] | None:
    document = parse_page(Page(url="https://www.example.com/1", body=f'<html lang="{declared}"><p>{text}</p>'.encode()))
    assert isinstance(document, Document)
    found = read_language(document, read_structured(document), Hints(), text)
    return (found.value, found.origin) if found else None


def test_a_declared_language_is_believed_where_the_words_agree() -> None:
    assert language_of(GERMAN, "de-AT") == ("de", "html lang")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param(GERMAN, "de", id="one sentence"),
        pytest.param(KOREAN, "ko", id="Korean"),
        pytest.param(ARABIC, "ar", id="Arabic"),
    ],
)  # fmt: skip
def test_words_overrule_what_a_template_declares(text: str, code: str) -> None:
    assert language_of(text, "en") == (code, "words")


def test_a_few_words_tell_nothing() -> None:
    assert detect_language("Die Schleuse bleibt geschlossen") == (None, 0.0)
    assert language_of("Die Schleuse bleibt geschlossen", "nl") == ("nl", "html lang")


def test_a_notice_in_front_of_a_long_story_does_not_tell_its_language() -> None:
    assert detect_language(f"{ENGLISH * 6} {GERMAN * 40}")[0] == "de"


@pytest.mark.parametrize(
    ("tag", "code"), [("en-GB", "en"), ("nb", "no"), ("kr", "ko"), ("zho", "zh"), ("x-none", None)]
)
def test_a_tag_names_a_language(tag: str, code: str | None) -> None:
    assert language_code(tag) == code
