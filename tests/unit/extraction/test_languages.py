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
CROATIAN = (
    "Ustava ostaje zatvorena do nedjelje jer su se vrata zaglavila, a zamjenskih dijelova još nema. Brodovi čekaju "
    "pred lukom, a mornari su otišli na obalu. Uprava luke priopćila je da će tvrtka dijelove dobiti idući tjedan."
)
NORWEGIAN = (
    "Slusen holder stengt til søndag, fordi en port har satt seg fast og det ikke finnes reservedeler. Skipene venter "
    "utenfor havnen, og mannskapet har gått i land."
)
MALAY = (
    "Pintu air itu kekal ditutup sehingga Ahad kerana sebuah pintu tersekat dan tiada alat ganti. Kapal menunggu di "
    "luar pelabuhan manakala kelasi sudah naik ke darat."
)
YIDDISH = (
    "די שלוז בלײַבט פֿאַרמאַכט ביז זונטיק, ווײַל אַ טויער איז פֿאַרהאַקט און מע האָט נישט קיין טיילן. די שיפֿן וואַרטן פֿאַרן פּאָרט "
    "און די מאַטראָסן זענען אַרויס אויף דער יבשה."
)
HEBREW = "התעלה תישאר סגורה עד יום ראשון, מפני שאחד השערים נתקע ואין חלקי חילוף. הספינות ממתינות מחוץ לנמל."
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
        pytest.param(CROATIAN, "hr", id="surely Croatian, Serbian or Bosnian, and not English"),
        pytest.param(NORWEGIAN, "no", id="surely Norwegian or Danish, and not English"),
        pytest.param(MALAY, "ms", id="surely Malay or Indonesian, and not English"),
        pytest.param(YIDDISH, "yi", id="Yiddish"),
        pytest.param(YIDDISH.replace("ַ", "").replace("ָ", ""), "yi", id="Yiddish without points"),
        pytest.param(HEBREW, "he", id="Hebrew"),
    ],
)  # fmt: skip
def test_words_overrule_what_a_template_declares(text: str, code: str) -> None:
    assert language_of(text, "en") == (code, "words")


@pytest.mark.parametrize(("text", "declared"), [(CROATIAN, "sr"), (MALAY, "id"), (NORWEGIAN, "da")])
def test_of_languages_that_the_words_hardly_tell_apart_the_declared_one_is_right(text: str, declared: str) -> None:
    assert language_of(text, declared) == (declared, "html lang")


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
