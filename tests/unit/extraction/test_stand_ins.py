"""Error pages, walls and pages to log in are told from stories about them; all sentences are made up."""

from __future__ import annotations

import pytest

from crawler.extraction.service import extract
from news.article import Article, NotArticle, NotArticleReason, Page

HELP = "Perhaps the search at the top helps, or one of the links to our sections, which are in the menu of every page."
TOLD = "Engineers at the harbour said on Sunday that the old addresses would be kept for readers for another ten years."


def read(body: str, *, title: str = "", url: str = "https://www.example.com/news/1") -> Article | NotArticle:
    head = f"<title>{title}</title>" if title else ""
    return extract(Page(url=url, body=f"<html><head>{head}</head><body>{body}</body></html>".encode()))


@pytest.mark.parametrize(
    "headline",
    [
        "404", "Error 404", "404 - Page not found", "Error 404: Page Not Found", "Oops! That page can’t be found.",
        "Sorry, this page isn't available", "The page you are looking for doesn’t exist", "Not Found",
        "We couldn't find the page you were looking for", "This article is no longer available", "410 Gone",
        "Sorry, the page you requested was not found", "500 Internal Server Error", "Something went wrong",
        "Just a moment...", "Access Denied", "Pardon Our Interruption", "Are you a robot?",
        "Seite nicht gefunden", "Die gesuchte Seite wurde nicht gefunden", "Fehler 404 – Seite nicht gefunden",
        "Dieser Artikel ist leider nicht mehr verfügbar", "Page introuvable", "Oups, erreur 404 : page introuvable",
        "La page que vous recherchez n'existe pas", "Página no encontrada", "Lo sentimos, la página no existe",
        "Página não encontrada", "Ops, pagina non trovata", "Pagina niet gevonden", "Sayfa bulunamadı",
        "Aradığınız sayfa bulunamadı!", "Страница не найдена", "Ошибка 404. Страница не найдена",
        "Сторінку не знайдено", "Strona nie została znaleziona", "Stránka nebyla nalezena", "Stránka neexistuje",
        "Stranica nije pronađena", "Stranica ne postoji", "Страница није пронађена", "Az oldal nem található",
        "Pagina nu a fost găsită", "Η σελίδα δεν βρέθηκε", "Sidan kunde inte hittas", "Siden blev ikke fundet",
        "Siden finnes ikke", "Sivua ei löydy", "الصفحة غير موجودة", "عذراً، الصفحة المطلوبة غير متوفرة",
        "صفحه مورد نظر یافت نشد", "העמוד לא נמצא", "页面不存在", "找不到页面", "お探しのページは見つかりませんでした",
        "페이지를 찾을 수 없습니다", "Halaman tidak ditemukan", "Không tìm thấy trang",
        "We’ll be back soon!", "451: Unavailable due to legal reasons", "This content is not available in your region",
        "Wir sind gleich wieder da", "Site en maintenance", "Página en mantenimiento", "Voltamos em breve!",
        "Sitemiz bakımdadır", "Ведутся технические работы", "Przerwa techniczna", "ただいまメンテナンス中です",
    ],
)  # fmt: skip
def test_an_error_page_is_no_story(headline: str) -> None:
    found = read(f"<h1>{headline}</h1><p>{HELP}</p><p>{HELP.upper()}</p>")
    assert isinstance(found, NotArticle)
    assert found.reason is NotArticleReason.SOFT_404


def test_an_error_page_is_told_by_its_title_beside_a_name_and_by_its_text() -> None:
    for page in (
        read(f"<h1>Harbour Times</h1><p>{HELP}</p><p>{HELP.upper()}</p>", title="Page not found | Harbour Times"),
        read(f"<h1>Hm.</h1><p>The page you requested could not be found. {HELP}</p>", title="Harbour Times"),
    ):
        assert isinstance(page, NotArticle)
        assert page.reason is NotArticleReason.SOFT_404


@pytest.mark.parametrize(
    "headline",
    [
        "404 Media opens an office at the harbour", "Page not found: how the web forgets its harbours",
        "Why your 404 page matters", "Harbour ferry will be back soon after storm repairs",
        "What went wrong at the harbour", "Oops! The minister said the wrong name",
        "Access denied: how refugees are kept from courts", "Body not found after storm at the coast",
        "The ferry that was not found", "Just a moment, says the captain", "Lost page of the logbook found",
        "Seite 404 des Logbuchs gefunden", "La page oubliée de l'histoire", "Kayıp sayfa bulundu",
        "Maintenance mode on the ferries", "The article you are looking for, and the one you need",
    ],
)  # fmt: skip
def test_a_story_about_errors_is_one(headline: str) -> None:
    told = "".join(f"<p>{TOLD} It was told {count} times.</p>" for count in range(2))
    assert isinstance(read(f"<h1>{headline}</h1>{told}", title=f"{headline} | Harbour Times"), Article)


WALLS = {
    "en": "We and our partners store cookies on your device. With your consent we use personal data for advertising.",
    "de": "Wir und unsere Partner setzen Cookies ein. Ihre Einwilligung in Werbung und Datenschutz ist uns wichtig.",
    "fr": "Nous et nos partenaires utilisons des cookies. Avec votre consentement, vos données personnelles servent.",
    "es": "Nosotros y nuestros socios usamos cookies. Con su consentimiento tratamos sus datos personales para usted.",
    "pt": "Nós e nossos parceiros usamos cookies. Com seu consentimento tratamos dados pessoais para publicidade.",
    "it": "Noi e i nostri partner usiamo cookie. Con il tuo consenso trattiamo dati personali per la pubblicità.",
    "nl": "Wij en onze partners plaatsen cookies. Met uw toestemming tonen wij u advertenties, zie onze privacy.",
    "tr": "Biz ve ortaklarımız çerezler kullanıyoruz. Onayınız ile kişisel verileriniz reklam için işlenir, gizlilik.",
    "ru": "Мы и наши партнеры используем cookie. Ваше согласие на обработку персональных данных важно, реклама.",
    "pl": "My i nasi partnerzy używamy cookies. Państwa zgoda na przetwarzanie danych osobowych dla reklamy, zgody.",
    "sv": "Vi och våra partner använder cookies. Ditt samtycke behövs för annonser och personuppgifter, integritet.",
    "ar": "نحن نستخدم ملفات تعريف الارتباط. موافقتك مهمة لنا، وسياسة الخصوصية تشرح كيف نعالج بياناتك مع شركائنا.",
    "ja": "当サイトではクッキーを使用しています。同意してください。個人情報と広告のためにクッキーを使います。同意。",
}


@pytest.mark.parametrize("language", WALLS)
def test_a_wall_of_consent_is_no_story(language: str) -> None:
    text = WALLS[language]
    found = read(f"<h1>Harbour Times</h1><p>{text}</p><p>{text}!</p>", title="Harbour Times")
    assert isinstance(found, NotArticle)
    assert found.reason is NotArticleReason.CONSENT_WALL


def test_a_short_wall_is_no_story() -> None:
    asked = "We and our 812 partners keep and read information on your device, such as cookies, and use personal data."
    found = read(f"<h1>Before you go on</h1><p>{asked} You may accept or reject all of it by the buttons below.</p>")
    assert isinstance(found, NotArticle)
    assert found.reason is NotArticleReason.CONSENT_WALL


@pytest.mark.parametrize(
    "text",
    [
        "My i nasi 812 partnerzy przechowujemy informacje na urządzeniu, np. pliki cookie, i przetwarzamy dane osobowe "
        "w celu wyświetlania reklam. Możesz wyrazić zgodę lub wycofać ją w dowolnym momencie.",
        "Biz ve 512 iş ortağımız, cihazınızda çerezler gibi bilgileri saklıyor ve kişiselleştirilmiş reklamlar için "
        "kişisel verilerinizi işliyoruz. Onayınızı istediğiniz zaman geri çekebilirsiniz.",
    ],
)  # fmt: skip
def test_a_wall_in_other_forms_of_its_words_is_no_story(text: str) -> None:
    found = read(f"<h1>Harbour Times</h1><p>{text}</p>", title="Harbour Times")
    assert isinstance(found, NotArticle)
    assert found.reason is NotArticleReason.CONSENT_WALL


def test_a_headline_over_nothing_but_a_wall_to_pay_is_no_story() -> None:
    menu = "".join(f'<a href="/{name}">{name}</a>' for name in ("Home", "News", "Sport", "Business", "Opinion"))
    wall = "<h2>Subscribe to continue reading</h2><p>Get unlimited access to all our stories for 1 euro a week.</p>"
    head = "<h1>Harbour opens after nine years of repair</h1><p class=byline>By Jane Doe</p>"
    found = read(f"<nav>{menu}</nav>{head}<div class=paywall>{wall}</div>", title="Harbour opens | Harbour Times")
    assert isinstance(found, NotArticle)
    assert found.reason is NotArticleReason.NO_BODY


def test_a_report_about_cookies_is_a_story() -> None:
    text = (
        "The court said on Monday that cookies need the consent of readers. Privacy groups had sued a publisher whose"
        " cookie banner hid the choice; consent given so was none, and personal data went to advertising partners."
    )
    assert isinstance(read(f"<h1>Court bans hidden choices</h1><p>{text}</p><p>{TOLD}</p>"), Article)


FORM = "<form><input type=text name=name><input type=password name=secret></form>"


@pytest.mark.parametrize(
    "headline",
    [
        "Log in", "Sign in to continue reading", "Please log in", "Bitte anmelden", "Connexion", "Se connecter",
        "Iniciar sesión", "Accedi", "Inloggen", "Üye girişi", "Вход", "Zaloguj się", "Logga in", "Logg inn",
        "Přihlášení", "تسجيل الدخول", "登录", "ログイン", "로그인",
    ],
)  # fmt: skip
def test_a_page_to_log_in_is_no_story(headline: str) -> None:
    found = read(f"<h1>{headline}</h1>{FORM}<p>{HELP}</p><p>{HELP.upper()}</p>")
    assert isinstance(found, NotArticle)
    assert found.reason is NotArticleReason.LED_AWAY


def test_a_story_beside_a_form_to_log_in_is_one() -> None:
    told = "".join(f"<p>{TOLD} It was told {count} times.</p>" for count in range(3))
    assert isinstance(read(f"<h1>Log in to your harbour: ships get an address</h1>{FORM}{told}"), Article)


def test_a_hidden_box_to_log_in_makes_no_page_of_it() -> None:
    told = "".join(f"<p>{TOLD} It was told {count} times.</p>" for count in range(3))
    for box in (f"<h1>Log In</h1>{FORM}", "<h1>Something went wrong</h1>"):
        page = f"<h1>Ships get an address</h1>{told}"
        assert isinstance(read(f"<div class=modal>{box}</div>{page}", title="Ships get an address"), Article)
