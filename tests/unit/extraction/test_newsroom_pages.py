"""Story pages of an international newsroom, whose elements only a style sheet sets apart, in its languages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from crawler.extraction.service import extract
from news.article import Article, ArticleKind, Page

FETCHED = datetime(2026, 1, 8, 13, 0, tzinfo=UTC)
STATED = '<meta property="article:published_time" content="2026-01-08T09:30:00+03:00">'


@dataclass(frozen=True, kw_only=True)
class Edition:
    """One language's words on such a page."""

    language: str
    section: str
    read: str
    title: str
    sentence: str
    byline: str
    name: str
    day: str
    updated: str
    related: str
    more: str
    source: str
    sources: str
    explore: str


EDITIONS = (
    Edition(
        language="en", section="World", read="3 MIN READ", title="Harbour of Kemer reopens after ten years",
        sentence="The harbour of Kemer was opened again on Thursday, and forty crews went back to their berths. ",
        byline="By Jane Doe", name="Jane Doe", day="January 8, 2026", updated="Updated 3 hours ago", related="RELATED",
        more="READ MORE", source="SOURCE:", sources="TRT World and agencies", explore="Explore",
    ),
    Edition(
        language="tr", section="Türkiye", read="3 DK OKUMA", title="Kemer limanı on yıl sonra yeniden açıldı",
        sentence="Kemer limanı perşembe günü yeniden açıldı ve kırk teknenin mürettebatı rıhtımlarına geri döndü. ",
        byline="Yazan: Ayşe Yılmaz", name="Ayşe Yılmaz", day="8 Ocak 2026", updated="3 saat önce güncellendi",
        related="İLGİLİ HABER", more="Devamını oku", source="KAYNAK: ", sources="TRT Haber ve ajanslar",
        explore="Keşfet",
    ),
    Edition(
        language="fr", section="Monde", read="3 MIN DE LECTURE", title="Le port de Kemer rouvre après dix ans",
        sentence="Le port de Kemer a rouvert jeudi, et les équipages de quarante bateaux ont retrouvé leurs quais. ",
        byline="Par Jeanne Dupont", name="Jeanne Dupont", day="8 janvier 2026", updated="Mis à jour il y a 3 heures",
        related="À LIRE AUSSI", more="Lire la suite", source="SOURCE : ", sources="TRT Français et agences",
        explore="Explorer",
    ),
    Edition(
        language="ru", section="Мир", read="3 МИН. ЧТЕНИЯ", title="Порт Кемер вновь открылся после ремонта",
        sentence="Порт Кемер вновь открылся в четверг, и экипажи сорока судов вернулись к своим причалам. ",
        byline="Автор: Анна Иванова", name="Анна Иванова", day="8 января 2026", updated="Обновлено 3 часа назад",
        related="ПО ТЕМЕ", more="Читать далее", source="ИСТОЧНИК: ", sources="TRT на русском и агентства",
        explore="Узнать больше",
    ),
    Edition(
        language="ar", section="العالم", read="3 دقائق قراءة", title="إعادة افتتاح ميناء كيمر بعد عشر سنوات",
        sentence="أعيد افتتاح ميناء كيمر يوم الخميس وعادت أطقم أربعين قاربا إلى أرصفتها في المدينة. ",
        byline="بقلم: ليلى حسن", name="ليلى حسن", day="8 يناير 2026", updated="تم التحديث منذ 3 ساعات",
        related="اقرأ أيضا", more="اقرأ المزيد", source="المصدر: ", sources="TRT عربي - وكالات", explore="استكشف",
    ),
    Edition(
        language="bs", section="Svijet", read="3 MIN ČITANJA", title="Luka Kemer otvorena nakon deset godina",
        sentence="Luka Kemer ponovo je otvorena u četvrtak, a posade četrdeset brodova vratile su se na vezove. ",
        byline="Piše: Amra Hodžić", name="Amra Hodžić", day="8. januara 2026.", updated="Ažurirano prije 3 sata",
        related="POVEZANO", more="Pročitajte više", source="IZVOR: ", sources="TRT Balkan i agencije",
        explore="Istraži",
    ),
    Edition(
        language="de", section="Welt", read="3 MIN. LESEZEIT", title="Hafen von Kemer nach zehn Jahren wieder offen",
        sentence="Der Hafen von Kemer ist seit Donnerstag wieder offen, vierzig Mannschaften kehrten zurück. ",
        byline="Von Jana Müller", name="Jana Müller", day="8. Januar 2026", updated="Aktualisiert vor 3 Stunden",
        related="MEHR ZUM THEMA", more="Weiterlesen", source="QUELLE: ", sources="TRT Deutsch und Agenturen",
        explore="Entdecken",
    ),
)  # fmt: skip


def page_of(words: Edition, head: str) -> str:
    story = [f"<p>{words.sentence * 3}({number})</p>" for number in range(1, 6)]
    story.insert(4, f"<p><strong>{words.more}: <a href=/article/99>{words.title[:20]} 99</a></strong></p>")
    story.insert(
        2, f"<div><span>{words.related}</span><a href=/article/98><span>{words.title[:20]} 98</span></a></div>"
    )
    story.insert(
        2,
        "<blockquote class=twitter-tweet><p>Ferries are back today</p>— Port of Kemer (@portkemer) "
        "<a href=https://twitter.com/portkemer/status/17>January 7, 2026</a></blockquote>",
    )
    others = "".join(
        f"<a href=/article/{number}><div><span>{words.section}</span><h3>{words.title[:20]} {number}</h3></div></a>"
        for number in range(12)
    )
    return f"""<html lang={words.language}><head><title>{words.title} - TRT World</title>{head}
    <meta property="og:title" content="{words.title}"><meta property="og:site_name" content="TRT World"></head><body>
    <header><nav><a href=/>TRT</a><a href=/world>World</a></nav></header><main><div>
    <div class=kicker><a href=/world>{words.section}</a><span>{words.read}</span></div><h1>{words.title}</h1>
    <div><span>{words.byline}</span><span>{words.day}</span><span>{words.updated}</span></div>
    <figure><img src=/w768/h432/1.jpeg><figcaption>{words.sentence} / AFP</figcaption></figure>
    <div class=article-content>{"".join(story)}<div>{words.source}{words.sources}</div></div>
    <div class=author-box><img src=/a.jpg><div>{words.name}</div><div>{words.name}, TRT, Istanbul.</div></div>
    </div></main><section><h2>{words.explore}</h2>{others}</section></body></html>"""


def article_of(words: Edition, head: str) -> Article:
    url = "https://www.trtworld.com/article/3e946db45c45"
    found = extract(Page(url=url, body=page_of(words, head).encode(), fetched_at=FETCHED))
    assert isinstance(found, Article)
    return found


@pytest.mark.parametrize("words", EDITIONS, ids=lambda words: words.language)
@pytest.mark.parametrize("head", ["", STATED], ids=["shown", "stated"])
def test_every_field_of_the_page_is_told_from_its_neighbours(words: Edition, head: str) -> None:
    article = article_of(words, head)
    assert (article.title, article.authors, article.section) == (words.title, (words.name,), words.section)
    assert article.published_at is not None
    assert (article.published_at.date().isoformat(), article.published_day_only) == ("2026-01-08", not head)
    assert (article.source_line, article.language) == (words.sources, words.language)
    assert article.image is not None
    assert article.image.credit == "AFP"


@pytest.mark.parametrize("words", EDITIONS, ids=lambda words: words.language)
def test_the_text_is_the_story_alone(words: Edition) -> None:
    texts = [block.text for block in article_of(words, STATED).blocks if block.text]
    assert texts == [f"{words.sentence * 3}({number})" for number in range(1, 6)]


def test_a_page_of_the_boxes_it_had_before_is_read_as_well() -> None:
    for words in EDITIONS:
        told = [f"({number}) {words.sentence.strip()}" for number in range(1, 7)]
        boxes = "".join(f'<div class="contentBox bg-w noMedia"><p>{text}</p></div>' for text in told)
        more = f"<p><strong>{words.more}: <a href=/world/y-2>{words.title[:20]} 99</a></strong></p>"
        others = "".join(
            f"<div class=card><a href=/world/x-{n}><h3>{words.title[:20]} {n}</h3></a></div>" for n in range(9)
        )
        markup = f"""<html lang={words.language}><head><title>{words.title}</title>
        <meta property="og:site_name" content="TRT World"></head><body><div id=__nuxt><div>
        <div class=category><a href=/world>{words.section}</a></div><h1 class=article-title>{words.title}</h1>
        <div class=article-info><span class=author>{words.name}</span><span class=date>{words.day}</span></div>
        {boxes}<div class="contentBox bg-w hasMedia">{more}</div><div class=source>{words.source}{words.sources}</div>
        <div class=explore><h2>{words.explore}</h2>{others}</div></div></div></body></html>"""
        url = "https://www.trtworld.com/world/harbour-reopens-55278"
        article = extract(Page(url=url, body=markup.encode(), fetched_at=FETCHED))
        assert isinstance(article, Article), words.language
        assert [block.text for block in article.blocks if block.text] == told
        assert (article.title, article.authors, article.section) == (words.title, (words.name,), words.section)
        assert article.published_at is not None
        assert (article.published_at.date().isoformat(), article.source_line) == ("2026-01-08", words.sources)


def test_posts_that_open_with_a_time_make_a_live_blog_in_each_language() -> None:
    live = ("Live: ", "Canlı anlatım: ", "En direct : ", "Онлайн: ", "مباشر: ", "Uživo: ", "Liveticker: ")
    for words, opening in zip(EDITIONS, live, strict=True):
        posts = "".join(
            f"<p><strong>{clock} GMT — {words.title[:30]}</strong></p><p>{words.sentence * 2}({clock})</p>"
            for clock in ("1405", "1340", "1210")
        )
        markup = f"""<html lang={words.language}><head><title>{opening}{words.title}</title>{STATED}
        <meta property="og:title" content="{opening}{words.title}"></head><body><main><h1>{opening}{words.title}</h1>
        <div class=article-content><p>{words.sentence * 2}</p>{posts}</div></main></body></html>"""
        url = "https://www.trtworld.com/article/3e946db45c47"
        article = extract(Page(url=url, body=markup.encode(), fetched_at=FETCHED))
        assert isinstance(article, Article), words.language
        assert (article.kind, len(article.posts)) == (ArticleKind.LIVE, 3), words.language
