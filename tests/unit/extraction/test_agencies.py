from __future__ import annotations

import pytest

from crawler.extraction.bylines.agencies import agencies_in, agency_named
from crawler.extraction.bylines.agency_names import AGENCIES
from crawler.extraction.service import extract
from news.article import Article, Page

STORY = "The harbour opened again on Sunday after a storm that had kept every ferry at its berth for three days. "


def page(byline: str = "", opening: str = "", closing: str = "", *, language: str = "en", head: str = "") -> Page:
    html = (
        f'<html lang="{language}"><head><title>Harbour opens again</title>{head}</head><body><article>'
        f"<h1>Harbour opens again after the storm</h1><div class='byline'>{byline}</div>"
        f"<p>{opening}{STORY * 2}</p><p>{STORY * 3}</p><p>{STORY}{closing}</p></article></body></html>"
    )
    return Page(url="https://gazette.example/harbour", body=html.encode(), content_type="text/html; charset=utf-8")


def agencies(**parts: str) -> tuple[str, ...]:
    article = extract(page(**parts))
    assert isinstance(article, Article)
    return article.agencies


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("Reuters", "en", "Reuters"), ("THE ASSOCIATED PRESS", "en", "AP"), ("Agence France-Presse", "fr", "AFP"),
        ("Deutsche Presse-Agentur", "de", "dpa"), ("Anadolu Ajansı", "tr", "Anadolu"), ("AA", "tr", "Anadolu"),
        ("AA", "sv", None), ("TT", "sv", "TT"), ("TT", "en", None), ("aa", "tr", None), ("新华社", "zh", "Xinhua"),
        ("ロイター", "ja", "Reuters"), ("ТАСС", "ru", "TASS"), ("رويترز", "ar", "Reuters"),
        ("연합뉴스", "ko", "Yonhap"),
        ("Mehr", "de", None), ("Science Desk", "en", None), ("", "en", None),
    ],
)  # fmt: skip
def test_a_name_means_its_agency(text: str, language: str, name: str | None) -> None:
    assert agency_named(text, language) == name


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Science Desk, AP", ["AP"]), ("Science Desk with AFP", ["AFP"]), ("Gazette and agencies", []),
        ("Science Desk / Reuters / dpa", ["Reuters", "dpa"]), ("Science Desk Associated Press", ["AP"]),
        ("Science Desk for Reuters", ["Reuters"]), ("SDA/dpa", ["Keystone-SDA", "dpa"]),
    ],
)  # fmt: skip
def test_agencies_are_found_among_the_names_of_a_line(line: str, names: list[str]) -> None:
    assert list(agencies_in(line, "de")) == names


@pytest.mark.parametrize(
    ("opening", "name"),
    [
        ("LOWESTOFT, England (Reuters) - ", "Reuters"), ("AP — ", "AP"), ("Kiel (dpa/lno) – ", "dpa"),
        ("(ANSA) - GENOVA, 26 NOV - ", "ANSA"), ("MURMANSK, November 26. /TASS/. ", "TASS"),
        ("Vigo, 26 nov (EFE).- ", "EFE"), ("BUSAN, Nov. 26 (Yonhap) -- ", "Yonhap"), ("(부산=연합뉴스) ", "Yonhap"),
        ("[横浜 26日 ロイター] - ", "Reuters"), ("【ニューヨーク共同】", "Kyodo News"),
        ("新华社大连11月26日电 ", "Xinhua"),
        ("MERSİN (AA) - ", "Anadolu"),
    ],
)  # fmt: skip
def test_a_dateline_names_the_agency(opening: str, name: str) -> None:
    assert agencies(opening=opening) == (name,)


@pytest.mark.parametrize(
    "opening",
    ["The Associated Press (AP) said so on Monday. ", "Reuters said so. ", "The ships (AP, PA and TT class) sailed. "],
)
def test_an_agency_that_is_told_about_is_not_credited(opening: str) -> None:
    assert agencies(opening=opening) == ()


@pytest.mark.parametrize(
    ("closing", "names"),
    [
        ("</p><p>dpa/abc", ("dpa",)), ("(AFP)", ("AFP",)), ("</p><p>© AFP 2026", ("AFP",)),
        ("</p><p>(Reporting by the Science Desk; Editing by the Night Desk)", ("Reuters",)),
        ("</p><p>Associated Press writers on the coast contributed to this report.", ("AP",)),
        ("</p><p>With inputs from PTI and IANS.", ("PTI", "IANS")), ("</p><p>Kaynak: AA", ("Anadolu",)),
    ],
)  # fmt: skip
def test_a_sign_off_names_the_agency(closing: str, names: tuple[str, ...]) -> None:
    assert agencies(closing=closing) == names


@pytest.mark.parametrize(
    "signature", ["dpa/lno", "(ANSA)", "(Reporting by the Science Desk; Editing by the Night Desk)"]
)
def test_a_line_that_only_signs_is_the_source_line(signature: str) -> None:
    article = extract(page(closing=f"</p><p>{signature}"))
    assert isinstance(article, Article)
    assert article.source_line == signature.strip("()")
    assert signature not in article.text


def test_the_byline_comes_first_and_keeps_its_people() -> None:
    article = extract(page(byline="By Ada Example, Associated Press", closing="(AFP)"))
    assert isinstance(article, Article)
    assert article.agencies == ("AP", "AFP")
    assert article.authors == ("Ada Example", "Associated Press")
    assert article.people == ("Ada Example",)
    assert article.evidence["agencies"] == "byline"


def test_a_site_that_signs_is_no_person() -> None:
    site = '<meta property="og:site_name" content="The Coast Courier">'
    article = extract(page(byline="By The Coast Courier", head=site))
    assert isinstance(article, Article)
    assert article.authors == ("The Coast Courier",)
    assert article.people == ()


def test_data_names_the_agency() -> None:
    data = '{"@type": "NewsArticle", "headline": "Harbour opens again after the storm", '
    organization = '"sourceOrganization": {"@type": "NewsMediaOrganization", "name": "Agence France-Presse"}}'
    assert agencies(head=f'<script type="application/ld+json">{data}{organization}</script>') == ("AFP",)


def test_a_photographers_credit_is_no_agency_of_the_text() -> None:
    assert agencies(byline="Photo: Ada Example, AFP") == ()


def test_no_form_means_two_agencies() -> None:
    forms = [form.casefold() for agency in AGENCIES for form in (agency.name, *agency.forms)]
    assert len(set(forms)) == len(forms)
