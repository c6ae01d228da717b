"""Pages as content systems write them whose own words for a page's parts mean other things elsewhere."""

from __future__ import annotations

import json

from news.article import BlockKind
from tests.support.clock_story import PARAGRAPHS, STORY, article_of


def test_a_blogs_foot_tells_writer_and_time_of_the_post_and_its_widget_is_the_page() -> None:
    picture = (
        "<table class=tr-caption-container><tr><td><img src=https://img.example.com/clock-1.jpg></td></tr>"
        "<tr><td class=tr-caption>The clock of Stow</td></tr></table>"
    )
    foot = (
        "<div class=post-footer><span class='post-author vcard'>Diposkan oleh <span class=fn itemprop=author itemscope>"
        "<span itemprop=name>Jane Doe</span></span></span> pukul <abbr class=published title=2026-11-16T18:20:00+07:00>"
        "6:20 PM</abbr></div>"
    )
    article = article_of(
        "<head><title>Town notes: The hall's clock strikes again</title></head>"
        "<body><div class='widget Header'><h1><a href=/>Town notes</a></h1></div><div class='widget Blog' id=Blog1>"
        "<div class=post><h3 class='post-title entry-title'>The hall's clock strikes again</h3>"
        f"<div class='post-body entry-content'>{picture}{'<br><br>'.join(STORY)}</div>{foot}</div></div>"
        "<div class='widget PopularPosts'><a href=/2>Another post</a></div>"
    )
    assert article.people == ("Jane Doe",)
    assert (str(article.published_at), article.published_zone) == ("2026-11-16 11:20:00+00:00", "+07:00")
    assert article.image is not None
    assert article.image.caption == "The clock of Stow"
    assert article.text == "\n\n".join(STORY)


def test_a_builder_that_calls_each_piece_a_widget_has_its_pictures_and_writers_read() -> None:
    widget = "<div class='elementor-element elementor-widget elementor-widget-{0}'>{1}</div>"
    figure = "<figure class=wp-caption><img src=/clock-1.jpg><figcaption>The clock. Photo: Jo Roe</figcaption></figure>"
    article = article_of(
        "<head><meta property=og:image content=https://www.example.com/clock-1.jpg></head><body>"
        + widget.format("heading", "<h1>The hall's clock strikes again</h1>")
        + widget.format("post-info", "<span itemprop=author>Jane Doe</span> <time>November 5, 2026</time>")
        + widget.format("image", figure)
        + widget.format("theme-post-content", PARAGRAPHS)
        + widget.format("posts", "<h3><a href=/2>Another story</a></h3><figure><img src=/2.jpg></figure>")
    )
    assert article.people == ("Jane Doe",)
    assert article.image is not None
    assert (article.image.caption, article.image.credit) == ("The clock.", "Jo Roe")


def test_a_picture_in_an_element_called_article_has_the_caption_beside_it() -> None:
    article = article_of(
        "<head><meta property=og:image content=https://www.example.com/clock-1.jpg></head><body><article>"
        "<h1>The hall's clock strikes again</h1><div class=paragraph--type--image><div class=field-media><article"
        " class='media media--type-image'><img src=/clock-1.jpg></article></div><div class=field--name-field-legende>"
        "The clock on Sunday</div><div class=field--name-field-credit>© Jo Roe</div></div>"
        f"{PARAGRAPHS}</article>"
    )
    assert article.image is not None
    assert (article.image.caption, article.image.credit) == ("The clock on Sunday", "Jo Roe")


def test_paragraphs_in_one_cell_of_a_newsletter_are_no_row_of_a_table() -> None:
    rows = "".join(f"<tr><td><h2>Part {text[:9]}</h2><p>{text}</p></td></tr>" for text in STORY)
    article = article_of(f"<body><h1>The hall's clock strikes again</h1><table><tbody>{rows}</tbody></table>")
    assert BlockKind.TABLE_ROW not in {block.kind for block in article.blocks}
    assert [block.text for block in article.blocks if block.kind is BlockKind.PARAGRAPH] == STORY


def test_a_story_in_a_text_that_is_json_itself_is_read_with_its_writer() -> None:
    stated = {
        "headline": "The hall's clock strikes again", "byline": "Jane Doe", "published_at": "2026-11-12T13:40:00+01:00",
        "content": [{"type": "paragraph", "text": text} for text in STORY],
    }  # fmt: skip
    answer = json.dumps({"status": 200, "body": json.dumps({"article": stated})})
    article = article_of(
        "<head><title>The hall's clock strikes again – Stow Post</title></head><body><a href=/>Stow Post</a>"
        f"<p>Loading…</p><script type=application/json data-sveltekit-fetched>{answer}</script>",
        "https://stowpost.example/clock",
    )
    assert (article.text, article.people) == ("\n\n".join(STORY), ("Jane Doe",))
    assert article.published_zone == "+01:00"


def test_a_list_of_who_and_when_above_a_korean_story_is_none_of_it() -> None:
    told = [
        "시청 앞 시계가 십칠 년 만에 다시 정오를 알렸다. 시민 백여 명이 종소리를 기다렸고 박수가 터졌다.",
        "수리를 맡은 장인은 고장 난 부품 두 개를 이어 붙여 움직임을 되살렸다고 설명했다. 오래된 동전도 나왔다.",
        "비용의 삼분의 일은 초등학교 학생들이 모은 성금으로 마련됐다고 시는 밝혔다. 나머지는 시가 낸다.",
        "시계는 앞으로 매일 정오와 저녁 여섯 시에 울린다. 밤에는 잠든 주민들을 위해 종을 멈추기로 했다.",
    ]
    article = article_of(
        "<head><meta property=og:title content='시청 앞 시계, 다시 울리다'></head>"
        "<body><header><h1>시청 앞 시계, 다시 울리다</h1>"
        "<h2 class=subheading>17년 만에 정오 알린 종소리에 박수<br>시민 성금으로 수리비 마련해</h2><article class=item>"
        "<ul><li>기자명 김서연 기자</li><li>입력 2026.11.25 17:30</li><li>댓글 4</li></ul></article></header>"
        f"<article class=article-body>{''.join(f'<p>{text}</p>' for text in told)}</article>"
    )
    assert (article.text, article.people) == ("\n\n".join(told), ("김서연",))
    assert article.dek == "17년 만에 정오 알린 종소리에 박수 시민 성금으로 수리비 마련해"


def test_an_old_page_calls_its_headline_so() -> None:
    article = article_of(
        "<head><title>The Stow Gazette - Archive</title></head><body><table><tr><td class=menu><a href=/>Home</a></td>"
        "<td><span class=data>12 ottobre 2004</span><br><span class=titolo>The hall's clock strikes again</span><br>"
        f"<div class=testo>{'<br>'.join(STORY)}</div></td></tr></table>"
    )
    assert article.title == "The hall's clock strikes again"


def test_a_writers_name_that_ends_the_story_is_none_of_it() -> None:
    article = article_of(
        f"<head><meta name=author content='Jane Doe'></head><body><article><h1>The hall's clock strikes again</h1>"
        f"{PARAGRAPHS}<p>Jane Doe</p></article>"
    )
    assert (article.text, article.authors) == ("\n\n".join(STORY), ("Jane Doe",))


def test_a_column_that_holds_headline_and_article_is_no_side_bar() -> None:
    figure = "<figure><img src=/clock-1.jpg><figcaption>The clock. Photo: Jo Roe</figcaption></figure>"
    article = article_of(
        "<head><meta property=og:image content=https://www.example.com/clock-1.jpg></head><body><div class=container>"
        "<div class=sidebar-1><h1>The hall's clock strikes again</h1><p class=description>It was silent for years.</p>"
        f"<article>{figure}{PARAGRAPHS}</article></div><div class=sidebar-2><h2>Most read</h2></div></div>"
    )
    assert article.image is not None
    assert (article.image.caption, article.image.credit) == ("The clock.", "Jo Roe")


def test_a_japanese_story_is_signed_in_brackets_at_its_end() -> None:
    told = [
        "市営バスの深夜便が来年四月から試験的に運行されることが分かった。中心部と三つの住宅地を午前一時まで結ぶ。運賃は昼間の倍となる。",
        "運転手不足のため、週末の金曜と土曜に限り、一日六便とする。市は半年後に利用状況を検証し、平日への拡大を判断するという。",
        "住宅地の自治会長は「終電を逃した若者が歩いて帰ってくる。坂道が暗く心配だった」と歓迎した。赤字が続けば打ち切る可能性もある。",
    ]
    paragraphs = "".join(f"<p>{text}</p>" for text in [*told, "（佐藤花子）"])
    markup = "<html lang=ja><meta name=author content='港新聞社'><h1>深夜バスを試行</h1><article>{}</article>"
    article = article_of(markup.format(paragraphs))
    assert (article.text, article.people) == ("\n\n".join(told), ("佐藤花子",))
    noted = article_of(markup.format(paragraphs.replace("佐藤花子", "敬称略")))
    assert (noted.text, noted.people) == ("\n\n".join(told) + "\n\n（敬称略）", ())


def test_a_form_around_the_whole_page_leaves_its_pictures_to_the_story() -> None:
    picture = "<div class=img-box><img src=/clock-1.jpg><p class=caption>The clock. Photo: Jo Roe</p></div>"
    article = article_of(
        "<head><meta property=og:image content=https://www.example.com/clock-1.jpg></head><body>"
        f"<form id=aspnetForm><h1>The hall's clock strikes again</h1>{picture}{PARAGRAPHS}<p>It is 12:01.</p></form>"
    )
    assert article.image is not None
    assert (article.image.caption, article.image.credit) == ("The clock.", "Jo Roe")


def test_a_story_that_is_all_indented_or_all_large_is_made_of_paragraphs() -> None:
    large = [f"{text} {text}" for text in STORY]
    for markup in (
        f"<blockquote>{PARAGRAPHS}</blockquote>",
        "".join(f"<h5>{text}</h5>" for text in large),
    ):
        article = article_of(f"<body><h1>The hall's clock strikes again</h1>{markup}")
        assert {block.kind for block in article.blocks} == {BlockKind.PARAGRAPH}
