"""Pages as systems write them that none of the developers' pages was made with."""

from __future__ import annotations

import json

import numpy as np
import pytest
from lxml.html import document_fromstring

from crawler.extraction.body.furniture_lines import is_source_line
from crawler.extraction.body.story import read_story
from crawler.extraction.bylines.byline_choice import is_subject
from crawler.extraction.bylines.byline_lines import names_part
from crawler.extraction.bylines.byline_measures import BylineCandidate
from crawler.extraction.bylines.east_signatures import opening_reporters, without_signature
from crawler.extraction.bylines.names import split_byline
from crawler.extraction.bylines.own_names import initials_of, without_accounts, without_paper
from crawler.extraction.bylines.people import people_of
from crawler.extraction.bylines.signers import signature_below
from crawler.extraction.captions import said
from crawler.extraction.image_credits import split_credit
from crawler.extraction.page.walk import read_passages
from crawler.extraction.service import extract
from news.article import Block, BlockKind, NotArticle, NotArticleReason, Page
from tests.support.clock_story import PARAGRAPHS, STORY, article_of

H1 = "<h1>The hall's clock strikes again</h1>"
LAST = "Next month we look for the bells of the villages around, so write to us if you know of one that rings."


def test_who_signs_the_cards_of_other_stories_did_not_write_this_one() -> None:
    card = (
        "<div class=card><div class=card__body><h3><a href=/{0}>Another story of {0} words</a></h3>"
        "<span class=card__author>Rita Poe</span></div></div>"
    )
    cards = "".join(card.format(number) for number in range(3))
    article = article_of(
        f"<head><meta name=author content='Example Times'><meta property=og:site_name content='Example Times'></head>"
        f"<body><article>{H1}{PARAGRAPHS}</article><section class=explore>{cards}</section>"
    )
    assert article.people == ()


def test_a_lone_box_with_a_link_to_another_story_may_name_the_writer() -> None:
    box = "<div class=box><h3><a href=/2>Another story by the same</a></h3><span class=author>Jane Doe</span></div>"
    assert article_of(f"<body><article>{H1}{PARAGRAPHS}</article>{box}").people == ("Jane Doe",)


def test_a_name_in_an_element_of_a_french_page_is_the_writers_though_the_data_names_the_paper() -> None:
    told = {
        "@type": "NewsArticle",
        "headline": "The hall's clock strikes again",
        "author": {"@type": "Person", "name": "Stow-Gazette"},
        "publisher": {"@type": "Organization", "name": "Stow-Gazette"},
    }
    article = article_of(
        "<head><meta name=article:author content='Stow-Gazette'>"
        f"<script type=application/ld+json>{json.dumps(told)}</script></head><body><article>{H1}"
        "<p class=chapo>A hundred came.</p><figure><img src=/c.jpg><figcaption>The clock.</figcaption></figure>"
        "<div class=infos><span class=signature>Stow-Gazette <span class=auteur>Jane DOE</span>.</span> "
        "<span class=publication>Publié le <time datetime=2026-02-20T06:31>20/02/2026 à 06h31</time></span></div>"
        f"{PARAGRAPHS}</article>"
    )
    assert article.people == ("Jane DOE",)


def test_a_writer_comes_without_the_papers_initials() -> None:
    papers = initials_of(["Example Times", "Stow", "One Two Three Four Five"])
    assert papers == {"et"}
    assert without_paper("Jane Doe ET", papers) == "Jane Doe"
    assert without_paper("Jane Doe", papers) == "Jane Doe"


@pytest.mark.parametrize(
    "line",
    ["21. 9. 2009, Jane Doe", "21.09.2009, Jane Doe", "21. září 2009, Jane Doe", "2009-09-21 10:15, Jane Doe"],
)
def test_a_name_may_follow_the_day(line: str) -> None:
    assert names_part(line) == "Jane Doe"


def test_an_offered_job_is_of_the_day_it_was_posted() -> None:
    job = {"@context": "https://schema.org/", "@type": "JobPosting", "title": "Ringer", "datePosted": "2026-03-12"}
    script = f"<script type=application/ld+json>{json.dumps(job)}</script>"
    article = article_of(f"<head>{script}</head><body>{H1}<article>{PARAGRAPHS}</article>")
    assert article.published_at is not None
    assert str(article.published_at.date()) == "2026-03-12"


def test_a_linked_picture_has_the_caption_right_behind_the_link() -> None:
    article = article_of(
        f"<head><meta property=og:image content=https://www.example.com/clock-1.jpg></head><body><article>{H1}"
        "<div class=photo><a href=/big><img src=/clock-1.jpg></a><p>The clock of Stow. Photo: Jo Roe</p></div>"
        f"{PARAGRAPHS}</article>"
    )
    assert article.image is not None
    assert (article.image.caption, article.image.credit) == ("The clock of Stow.", "Jo Roe")


def test_a_reporter_who_took_the_picture_is_credited() -> None:
    assert split_credit("小火車昨天重新行駛。（記者王小明攝）") == ("小火車昨天重新行駛。", "王小明")


def test_a_picture_that_is_called_a_widget_is_the_storys() -> None:
    article = article_of(
        f"<body><article>{H1}<figure class=widget-image><img src=/clock-1.jpg><figcaption>The clock <cite> - Jo Roe/"
        f"Example</cite></figcaption></figure>{PARAGRAPHS}</article>"
    )
    assert article.image is not None
    assert article.image.caption == "The clock"


@pytest.mark.parametrize(("sure", "kept"), [(0.4, True), (0.2, False)])
def test_a_list_in_a_newsletters_box_of_its_own_is_the_storys(sure: float, kept: bool) -> None:
    boxes = [f"<p>{LAST}</p>", "<ul><li>One</li><li>Two</li></ul>", "<p>Write to us.</p>"]
    tables = "".join(f"<table><tr><td class=content>{box}</td></tr></table>" for box in boxes)
    passages, _ = read_passages(document_fromstring(f"<html><body>{tables}</body></html>"))
    story = read_story(passages, np.array([1.0, sure, sure, 1.0]), set(), is_news=False)
    assert (len(story.blocks) == 4) is kept


def test_code_of_which_half_is_story_is_kept_whole() -> None:
    code = "<pre>worker = Worker(<br>limit=5,<br>queue=1</pre>"
    passages, _ = read_passages(document_fromstring(f"<html><body><p>{LAST}</p>{code}</body></html>"))
    story = read_story(passages, np.array([1.0, 0.9, 0.9, 0.3]), set(), is_news=False)
    assert len(story.blocks) == 4


def test_a_forums_post_is_its_posters_and_of_its_own_day() -> None:
    profile = "<dl class=postprofile><dt><a href=/u1>Peat</a></dt><dd><b>Joined:</b> Mon 3 May 2021, 10:12</dd></dl>"
    line = "<a><span class=sr-only>Beitrag</span></a><span>von <strong><a href=/u1>Peat</a></strong> » </span>"
    article = article_of(
        f"<body><h2><a href=/t>The hall's clock strikes again</a></h2><div class=post>{profile}<div class=postbody>"
        f"<p class=author>{line}<time>Fr 6. Feb 2026, 19:44</time></p><div>{' '.join(STORY)}</div></div></div>",
        url="https://forum.example.com/viewtopic.php?t=1",
    )
    assert article.people == ("Peat",)
    assert article.published_at is not None
    assert str(article.published_at.date()) == "2026-02-06"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("会場は拍手に包まれた。（佐藤花子）", ("佐藤花子",)),
        ("项目将于年底完成。（记者王小明、通讯员李红梅）", ("王小明", "李红梅")),
        ("会場は拍手に包まれた。（敬称略）", ()),
        ("会場は拍手に包まれた。（共同通信）", ()),
        ("会場（佐藤花子）は拍手に包まれた。", ()),
    ],
)
def test_who_signs_behind_the_last_sentence_wrote_the_story(text: str, names: tuple[str, ...]) -> None:
    blocks = tuple(Block(kind=BlockKind.PARAGRAPH, text=each) for each in ("時計塔の鐘が鳴った。", text))
    assert without_signature(blocks) == (blocks, names)


def test_a_correspondent_who_is_named_beside_the_reporter_wrote_too() -> None:
    opening = "本报青溪11月20日电（记者王小明、通讯员李红）在海拔一千七百米的石门村，索道日前正式运行。"
    assert opening_reporters(opening) == ("王小明", "李红")


@pytest.mark.parametrize("label", ["توضیح تصویر، ", "图像加注文字，", "Keterangan gambar, ", "Maelezo ya picha, "])
def test_a_captions_label_for_screen_readers_is_no_part_of_it(label: str) -> None:
    assert said(f"{label}鐘 the clock") == "鐘 the clock"


def test_a_page_of_a_video_among_links_to_others_is_a_videos() -> None:
    others = "".join(f"<h3><a href=/{n}>Another film of our village {n}</a></h3><p>18 May</p>" for n in range(20))
    page = (
        "<html><head><meta property=og:type content=video.other><title>The clock strikes</title></head><body>"
        f"<h1>The clock strikes</h1><p>It strikes again.</p><div>{others}</div></body></html>"
    )
    found = extract(Page(url="https://www.example.com/video/id/3112345/", body=page.encode()))
    assert isinstance(found, NotArticle)
    assert found.reason is NotArticleReason.VIDEO


def test_an_invitation_to_a_channel_may_name_it_in_straight_marks() -> None:
    line = (
        "Dapatkan update berita pilihan dan breaking news setiap hari dari Contoh.com. Mari bergabung di Grup Telegram "
        '"Contoh News Update".'
    )
    assert line not in article_of(f"<body><article>{H1}{PARAGRAPHS}<p>{line}</p></article>").text


def test_who_took_the_pictures_is_left_out_where_a_list_says_so() -> None:
    told = {
        "@type": "NewsArticle",
        "headline": "The hall's clock strikes again",
        "author": [{"name": "Jane Doe"}, {"name": "Jo Roe"}],
    }
    makers = "".join(
        f"<div class=author><div class=author__name>{name}</div><div>{role}</div></div>"
        for name, role in (("Jane Doe", "Text"), ("Jo Roe", "Foto"))
    )
    article = article_of(
        f"<head><script type=application/ld+json>{json.dumps(told)}</script></head><body><article>{H1}{PARAGRAPHS}"
        f"<div class=author-list>{makers}</div></article>"
    )
    assert article.people == ("Jane Doe",)


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("AVTOR Jana Novak, STA", ["Jana Novak", "STA"]),
        ("Jane Doe Jane Doe", ["Jane Doe"]),
        ("Thread starter Peat", ["Peat"]),
    ],
)
def test_labels_agencies_and_repetitions_in_a_byline(byline: str, names: list[str]) -> None:
    assert split_byline(byline) == names


def test_a_user_name_is_not_a_second_writer() -> None:
    assert without_accounts(("Jane Doe", "janedoe")) == ("Jane Doe",)
    assert without_accounts(("janedoe",)) == ("janedoe",)


def test_the_first_line_of_a_korean_column_names_its_writer() -> None:
    blocks = tuple(Block(kind=BlockKind.PARAGRAPH, text=each) for each in ("홍길동 | 시인", "겨울이 오면 눈이 온다."))
    assert without_signature(blocks) == (blocks[1:], ("홍길동",))


def test_a_paper_without_its_kind_of_paper_is_nobody() -> None:
    assert people_of(("한가람",), "ko", {"한가람신문"}) == ()


@pytest.mark.parametrize("line", ["Allikas: BNS", "Източник: БТА"])
def test_a_source_is_named_in_more_languages(line: str) -> None:
    assert is_source_line(line)


def test_the_day_near_the_headline_is_not_moved_by_those_of_cards() -> None:
    cards = "".join(
        f"<div class=card><h3><a href=/{n}>Other news {n}</a></h3><time>31.08.2026</time></div>" for n in "123"
    )
    article = article_of(
        "<head><meta property=article:published_time content=2026-09-01T08:00:00+00:00></head>"
        f"<body><article>{H1}<div class=date><a>01.09.2026</a></div>{PARAGRAPHS}</article><section>{cards}</section>"
    )
    assert (str(article.published_at), article.published_zone) == ("2026-09-01 08:00:00+00:00", "+00:00")


def test_a_catalogues_order_of_a_name_is_turned() -> None:
    article = article_of(f"<head><meta name=dc.creator content='Doe, Jane'></head><body>{H1}<main>{PARAGRAPHS}</main>")
    assert article.people == ("Jane Doe",)
    byline = "<div class=author-name><a href=/author/jd rel=author>Doe, Jane</a></div>"
    head = "<head><meta name=dc.creator content='Doe, Jane'></head>"
    assert article_of(f"{head}<body>{H1}{byline}<main>{PARAGRAPHS}</main>").people == ("Jane Doe",)


def test_a_short_last_paragraph_may_stand_before_the_signature() -> None:
    text = f"<h1>Bells</h1><div>{PARAGRAPHS}<p>It will ring on.</p><p><strong>Jane Doe</strong></p></div>"
    passages, _ = read_passages(document_fromstring(f"<html><body>{text}</body></html>"))
    assert signature_below(passages, 0) == ("Jane Doe",)


def test_what_interests_scholars_declare_is_no_part_of_their_text() -> None:
    declared = (
        "<section><h3>Disclosure statement</h3><p>Jane Doe receives funding from the Bell Council.</p><p>John Roe does "
        "not work for, consult, own shares in or receive funding from any company that would benefit from this article."
        "</p></section>"
    )
    article = article_of(
        f"<body><article>{H1}{declared}<div>{PARAGRAPHS}{PARAGRAPHS.replace('hall', 'mill')}</div></article>"
    )
    assert "funding" not in article.text


@pytest.mark.parametrize(
    ("name", "places", "subject"),
    [("CO2", {"byline"}, True), ("CO2", {"byline", "meta"}, False), ("Peat", {"byline"}, False)],
)
def test_a_word_that_the_story_says_twice_is_no_writer(name: str, places: set[str], subject: bool) -> None:
    text = "<p>A moor that is wet keeps more CO2 than a wood, and a wood keeps more CO2 than a field does.</p>"
    passages, _ = read_passages(document_fromstring(f"<html><body>{text}</body></html>"))
    assert is_subject(BylineCandidate(names=(name,), places=places), passages) is subject
