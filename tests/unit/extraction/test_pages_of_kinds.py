"""Pages of kinds that news sites do not have, and makers of stories as the world's papers list them."""

from __future__ import annotations

import json

import numpy as np
import pytest
from lxml.html import document_fromstring

from crawler.extraction.body.furniture import clean_blocks
from crawler.extraction.body.furniture_lines import is_furniture
from crawler.extraction.body.gaps import filled
from crawler.extraction.bylines.byline_lines import name_behind_place, opening_of
from crawler.extraction.bylines.names import split_byline
from crawler.extraction.bylines.people import people_of
from crawler.extraction.image_credits import split_credit
from crawler.extraction.page.walk import read_passages
from crawler.extraction.service import extract
from news.article import Article, Block, BlockKind, Page
from tests.support.clock_story import PARAGRAPHS, STORY, article_of

H1 = "<h1>The hall's clock strikes again</h1>"
SITE = "<meta property=og:site_name content='Example Times'>"


def data(**fields: object) -> str:
    return f"<script type=application/ld+json>{json.dumps({'@context': 'https://schema.org', **fields})}</script>"


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Ali VELİ- Ayşe ARI/İZMİR", ["Ali VELİ", "Ayşe ARI"]),
        ("Anne- Marie Roe", ["Anne- Marie Roe"]),
        ("et Jane Doe", ["Jane Doe"]),
        ("By Jane Doe, as told to John Roe", ["Jane Doe", "John Roe"]),
        ("陆知远 何晓棠", ["陆知远", "何晓棠"]),
        ("山田 太郎", ["山田 太郎"]),
        ("প্রতিনিধি, সোনাদহ, পাবনা", ["প্রতিনিধি"]),
        ("홍길동 기자 김철수 인턴기자", ["홍길동", "김철수"]),
        ("홍길동 기자 구독", ["홍길동"]),
        ("바다를 조금 씁니다", []),
        ("News Desk, Example Times, Springfield", ["News Desk", "Example Times"]),
    ],
)
def test_a_byline_is_split_as_papers_write_it(byline: str, names: list[str]) -> None:
    assert split_byline(byline) == names


def test_the_writer_comes_behind_the_place_in_an_arabic_byline() -> None:
    assert name_behind_place("لندن: جنى الخطيب") == "جنى الخطيب"
    assert name_behind_place("تصوير: جنى الخطيب") == "تصوير: جنى الخطيب"


def test_a_chancellery_is_no_person() -> None:
    assert people_of(("Staatskanzlei Oberaar", "Jane Doe"), "de", frozenset()) == ("Jane Doe",)


def makers(*rows: tuple[str, str]) -> str:
    return "".join(f"<div class=byline><div>{one}</div><div>{other}</div></div>" for one, other in rows)


@pytest.mark.parametrize(
    "listed",
    [
        makers(("Text", "Jane Doe"), ("Text", "John Roe"), ("Foto", "Rita Poe")),
        makers(("Jane Doe", "Text"), ("John Roe", "Text"), ("Rita Poe", "Foto")),
    ],
)
def test_what_people_did_stands_above_or_below_their_names(listed: str) -> None:
    authors = [{"@type": "Person", "name": name} for name in ("Jane Doe", "John Roe", "Rita Poe")]
    stated = data(**{"@type": "NewsArticle", "headline": "The hall's clock strikes again", "author": authors})
    article = article_of(f"<head>{stated}</head><body><article>{H1}{PARAGRAPHS}{listed}</article>")
    assert article.people == ("Jane Doe", "John Roe")


def test_whom_a_list_calls_the_writer_comes_before_the_sites_name() -> None:
    stated = data(
        **{
            "@type": "NewsArticle",
            "headline": "The hall's clock strikes again",
            "author": {"@type": "Person", "name": "Example Media"},
        }
    )
    listed = "<ul><li>Jane Doe<br><span>Penulis</span></li><li>John Roe<br><span>Editor</span></li></ul>"
    article = article_of(f"<head>{stated}</head><body><article>{H1}{listed}{PARAGRAPHS}</article>")
    assert article.people == ("Jane Doe",)


def test_portraits_below_the_headline_are_the_writers_where_the_data_names_the_firm() -> None:
    stated = data(
        **{
            "@type": "BlogPosting",
            "headline": "The hall's clock strikes again",
            "author": {"@type": "Organization", "name": "Deskloop"},
        }
    )
    one = "<div class=blog-author><img src=/p.png><div><p class=name>{}</p><p class=job>{}</p></div></div>"
    box = f"<div class=blog-authors>{one.format('Jane Doe', 'Head of Bells')}{one.format('John Roe', 'Ringer')}</div>"
    article = article_of(f"<head>{stated}</head><body><main>{H1}{box}{PARAGRAPHS}</main>")
    assert article.people == ("Jane Doe", "John Roe")


def test_a_stated_byline_with_another_beside_the_surest_person_is_taken() -> None:
    head = f"<meta name=article:author content='Jane Doe;John Roe'>{SITE}"
    one, other = "<div class=author__name><a href=/szerzo/1>Jane Doe</a></div>", "<a class=author__name>John Roe</a>"
    names = f"<div>{one}<div>{other}</div></div>"
    article = article_of(
        f"<head>{head}</head><body><article>{H1}<div class=journalist>{names}</div>{PARAGRAPHS}</article>"
    )
    assert article.people == ("Jane Doe", "John Roe")


def test_the_page_of_an_offer_has_neither_buyers_for_writers_nor_their_days() -> None:
    review = (
        "<li class=review><p class=meta><strong class=review__author>{}</strong> – "
        "<time datetime=2026-02-10>{}</time></p><p>{}</p></li>"
    )
    reviews = review.format("Delia May", "10 February 2026", "Cuts well.") + review.format("Tom", "1 May 2026", "Fine.")
    product = data(**{"@type": "Product", "name": "The hall's clock strikes again", "sku": "1"})
    article = article_of(f"<head>{product}</head><body><main>{H1}{3 * PARAGRAPHS}<ol>{reviews}</ol></main>")
    assert (article.people, article.published_at) == ((), None)


def thread(*, stated: bool) -> Article:
    posts = "".join(
        f"<article class=message><section class=message-user itemprop=author><h4><a itemprop=name>{who}</a></h4>"
        f"<div class=message-userExtras><dl class=pairs><dt>Joined</dt><dd>Apr 2, 2011</dd></dl><dl class=pairs>"
        f"<dt>Messages</dt><dd>{count}</dd></dl></div></section><div class=message-userContent>{text}</div></article>"
        for who, count, text in (("ringer61", 12, STORY[0]), ("peat", 7, STORY[1]), ("Olaf_H", 3, STORY[2]))
    )
    node = data(
        **{
            "@type": "DiscussionForumPosting",
            "headline": "The hall's clock strikes again",
            "author": {"@type": "Person", "name": "ringer61"},
            "datePublished": "2026-03-03T20:14:00-05:00",
        }
    )
    return article_of(f"<head>{node if stated else ''}</head><body>{H1}<div class=block>{posts}</div>")


def test_a_thread_is_its_starters_without_facts_about_who_posted() -> None:
    article = thread(stated=True)
    assert article.people == ("ringer61",)
    assert not any("Messages" in block.text or "Joined" in block.text for block in article.blocks)


def test_a_calendar_is_no_part_of_a_story() -> None:
    rows = "".join(
        "<tr>" + "".join(f"<td>{day}</td>" for day in range(week, min(week + 7, 31))) + "</tr>"
        for week in range(1, 31, 7)
    )
    article = article_of(f"<body><table><tr><td><table>{rows}</table></td><td>{H1}{PARAGRAPHS}</td></tr></table>")
    assert not any(block.text.split(" ")[0] in ("7", "14") for block in article.blocks)


def test_cells_above_the_headline_are_no_part_of_a_story_in_a_table() -> None:
    cells = "".join(f"<tr><td>{text}</td></tr>" for text in ("Archive", "EUR 4,45", "USD 3,29"))
    story = f"<tr><td><b>The hall's clock strikes again</b></td></tr><tr><td>{'<br><br>'.join(STORY)}</td></tr>"
    page = f"<table><tr><td><table>{cells}</table></td><td><table>{story}</table></td></tr></table>"
    article = article_of(f"<head><title>The hall's clock strikes again</title></head><body>{page}")
    assert article.blocks[0].text == STORY[0]


def test_what_readers_wrote_behind_a_label_is_not_story() -> None:
    wrote = "<p><b>Comentarii</b></p><p>gigel (19.11.2013): we pay again!</p><p>a lady (20.11.2013): and when?</p>"
    article = article_of(f"<body><div>{H1}{PARAGRAPHS}{wrote}</div>")
    assert article.blocks[-1].text == STORY[-1]


def test_a_line_of_buttons_is_furniture_and_a_sentence_is_not() -> None:
    assert is_furniture("Tipărește | Trimite unui prieten")
    assert is_furniture("Print · Send to a friend")
    assert not is_furniture("Print | The history of a craft")


@pytest.mark.parametrize(
    "line",
    [
        "** Pratite nas i na društvenim mrežama Facebook | X | Instagram",
        "Sleduj nás na Facebook a Instagram",
        "Följ oss på Facebook",
        "Kövess minket a Facebookon is!",
        "Urmărește-ne pe Facebook",
    ],
)
def test_an_invitation_to_follow_a_channel_is_furniture(line: str) -> None:
    assert is_furniture(line)


def test_a_live_blog_repeats_no_writers_above_its_posts() -> None:
    post = (
        "<article class=live-post><time datetime=2026-04-08T1{0}:00+03:00>1{0}:00</time><h2>{1}</h2>"
        "<span>By {2}</span><p>{3}</p></article>"
    )
    posts = "".join(
        post.format(number, head, who, text)
        for number, head, who, text in (
            (3, "Bells heard", "Jane Doe", STORY[0]),
            (2, "A crowd", "John Roe", STORY[1]),
            (1, "Doors open", "Jane Doe", STORY[2]),
        )
    )
    article = article_of(f"<body><main>{H1}<p class=byline>By Jane Doe and John Roe</p>{posts}</main>")
    assert not any(block.text.startswith("By ") for block in article.blocks)


def test_a_story_told_in_pictures_has_its_captions() -> None:
    figures = "".join(
        f"<figure><img src=/{index}.jpg><figcaption>{text}</figcaption></figure>" for index, text in enumerate(STORY)
    )
    stated = data(**{"@type": "NewsArticle", "headline": "The hall's clock strikes again"})
    told = f"<div class=entry-content>{figures}<p>That was all.</p></div>"
    page = f"<head>{stated}</head><body><main><header>{H1}</header>{told}</main>"
    article = extract(Page(url="https://www.example.com/news/clock", body=page.encode()))
    assert isinstance(article, Article)
    assert [block.text for block in article.blocks if block.text][: len(STORY)] == list(STORY)


def test_a_picture_is_credited_to_the_site_in_brackets_and_to_a_korean_reporter() -> None:
    image = "<meta property=og:image content=https://www.example.com/clock-1.jpg>"
    figure = "<figure><img src=/clock-1.jpg><figcaption>The clock of Stow (Example Times)</figcaption></figure>"
    article = article_of(f"<head>{image}{SITE}</head><body><article>{H1}{figure}{PARAGRAPHS}</article>")
    assert article.image is not None
    assert (article.image.caption, article.image.credit) == ("The clock of Stow", "Example Times")
    assert split_credit("역 앞에 버스가 서 있다. 홍길동 기자") == ("역 앞에 버스가 서 있다.", "홍길동 기자")


@pytest.mark.parametrize(
    "name", ["নিজস্ব সংবাদদাতা", "نامہ نگار", "nhóm phóng viên", "綜合報導", "國際中心", "خبرنگار", "mwandishi wetu"]
)
def test_who_works_for_a_paper_without_being_named_is_no_person(name: str) -> None:
    assert people_of((name,), None, frozenset()) == ()


def test_an_agency_beside_two_writers_does_not_hide_the_second() -> None:
    authors = [{"@type": "Person", "name": "Jane Doe"}, {"@type": "Person", "name": "John Roe"}]
    stated = data(
        **{
            "@type": "NewsArticle",
            "headline": "The hall's clock strikes again",
            "author": [*authors, {"@type": "Organization", "name": "Belga"}],
        }
    )
    boxes = (
        "<div class=author><p>Par <a href=/auteur/1>Jane Doe</a></p></div><div class=author><p>et John Roe</p></div>"
    )
    article = article_of(f"<head>{stated}</head><body><article>{H1}{boxes}{PARAGRAPHS}</article>")
    assert article.people == ("Jane Doe", "John Roe")


def test_who_changed_a_page_of_a_manual_last_is_not_its_writer() -> None:
    line = "<footer><span>Last updated on <b><time>Jul 9, 2026</time></b> by <b>Jane Doe</b></span></footer>"
    article = article_of(f"<body><main><article><div>{H1}{2 * PARAGRAPHS}</div>{line}</article></main>")
    assert article.people == ()


def test_a_manual_keeps_its_tips_and_the_table_it_ends_with() -> None:
    tip = "<div class=admonition><p class=admonition-title>Note</p><p>Wind it on Sundays.</p></div>"
    rows = "".join(
        f"<tr><td>{key}</td><td>{value}</td></tr>" for key, value in (("weight", "40 kg"), ("strike", "hourly"))
    )
    article = article_of(f"<body><main><div class=markdown>{H1}{PARAGRAPHS}{tip}<table>{rows}</table></div></main>")
    texts = [block.text for block in article.blocks if block.text]
    assert texts[-3:] == ["Wind it on Sundays.", "weight | 40 kg", "strike | hourly"]


def test_what_a_writer_is_for_screen_readers_is_no_part_of_the_story() -> None:
    items = "<ul><li>Author, Jane Doe</li><li><span>Role, </span><span>Example News</span></li></ul>"
    article = article_of(f"<body><main>{H1}<section class=byline>{items}</section>{PARAGRAPHS}</main>")
    assert article.blocks[0].text == STORY[0]


def test_what_is_called_a_teasers_text_is_the_dek() -> None:
    stated = data(**{"@type": "NewsArticle", "headline": "The hall's clock strikes again"})
    dek = "Forty years after it stopped, the clock of the hall is heard again."
    page = (
        f"<article><header>{H1}</header><p class=teaser-text>{dek}</p><div class=rich-text>{PARAGRAPHS}</div></article>"
    )
    article = article_of(f"<head>{stated}</head><body><main>{page}</main>")
    assert (article.dek, article.blocks[0].text) == (dek, STORY[0])


def test_a_picture_agency_follows_the_caption_behind_a_dash() -> None:
    assert split_credit("The bridge by night. - Rita Poe.") == ("The bridge by night.", "Rita Poe")
    assert split_credit("The bridge of Stow - By Night")[1] is None


def test_a_thread_without_data_is_of_whom_a_forums_page_shows_first() -> None:
    post = (
        "<li class=postbitlegacy><div class=posthead>12.11.2011, 18:44</div><div class=userinfo><a class=username>"
        "<strong>{}</strong></a><span class=usertitle>Erfahrener Benutzer</span></div><div class=postbody>{}</div></li>"
    )
    posts = "".join(
        post.format(*each) for each in (("Radler61", STORY[0]), ("Nabendyn", STORY[1]), ("Radler61", STORY[2]))
    )
    page = f"<body>{H1}<ol class=posts>{posts}</ol>"
    article = article_of(page, url="https://forum.example.com/showthread.php?t=1")
    assert article.people == ("Radler61",)
    assert [block.text for block in article.blocks if block.text in STORY] == list(STORY[:3])


def test_who_replies_in_microdata_is_not_the_threads_writer() -> None:
    post = (
        "<div {}><span itemprop=author itemscope><a itemprop=url><span itemprop=name>{}</span></a></span>"
        "<time datetime=2026-05-02>May 2</time><div itemprop=text>{}</div></div>"
    )
    first = post.format("id=post_1", "ringer61", STORY[0])
    reply = post.format("id=post_2 itemprop=comment itemscope", "peat", STORY[1])
    page = f"<div itemscope itemtype=http://schema.org/DiscussionForumPosting>{first}{reply}</div>"
    assert article_of(f"<body>{H1}{page}").people == ("ringer61",)


def test_who_signs_the_teasers_of_a_category_has_not_written_its_page() -> None:
    teaser = (
        "<article class=post><header><h2><a href=/{0}>{1}</a></h2><div class=entry-meta><time>3 March 2026</time>"
        "<span class=byline>by <span class=author>Jane Doe</span></span></div></header><p>{1}</p></article>"
    )
    teasers = "".join(teaser.format(index, text) for index, text in enumerate(STORY))
    assert article_of(f"<body><main><h1>Stories of Stow</h1>{teasers}</main>").people == ()


def test_a_recipe_has_its_ingredients_and_steps() -> None:
    card = (
        "<div class=wprm-recipe><div class=wprm-recipe-ingredients-container><h3>Ingredients</h3>"
        "<ul class=wprm-recipe-ingredients><li class=wprm-recipe-ingredient>200 g oats</li>"
        "<li class=wprm-recipe-ingredient>150 g butter</li></ul></div>"
        "<div class=wprm-recipe-instructions><h3>Steps</h3>"
        "<ul><li class=wprm-recipe-instruction>Rub the butter into the oats.</li></ul></div></div>"
    )
    article = article_of(f"<body><article>{H1}<div class=entry-content>{PARAGRAPHS}{card}</div></article>")
    texts = [block.text for block in article.blocks]
    assert texts[-5:] == ["Ingredients", "200 g oats", "150 g butter", "Steps", "Rub the butter into the oats."]


def test_a_list_in_a_cards_own_box_has_its_head_though_only_its_items_are_named() -> None:
    card = (
        "<div class=wprm-recipe-container><h3>Ingredients</h3><ul><li class=wprm-recipe-ingredient>200 g oats</li>"
        "<li class=wprm-recipe-ingredient>150 g butter</li></ul><h3>Steps</h3>"
        "<ol><li><div class=wprm-recipe-instruction-text>Rub the butter into the oats.</div></li></ol></div>"
    )
    article = article_of(f"<body><article>{H1}<div class=entry-content>{PARAGRAPHS}{card}</div></article>")
    assert [block.text for block in article.blocks][-2:] == ["Steps", "Rub the butter into the oats."]


@pytest.mark.parametrize(("certainty", "kept"), [(0.45, True), (0.3, False)])
def test_a_list_that_ends_a_products_description_is_part_of_it_though_reviews_follow(
    certainty: float, kept: bool
) -> None:
    items = "<ul><li>180 mm long</li><li>210 g in weight</li></ul>"
    passages, _ = read_passages(
        document_fromstring(
            f"<body><div><p>{STORY[0]}</p>{items}</div><section><h3>Reviews</h3><p>{STORY[1]}</p></section>"
        )
    )
    certainties = np.array([0.9, certainty, certainty, 0.1, 0.9])
    assert filled(passages, certainties, [True, False, False, False, True]) == [True, kept, kept, False, True]


def test_what_promotes_a_newsletter_within_a_story_is_not_part_of_it() -> None:
    promo = (
        "<div class=o-self-promo><strong>The week in short</strong><span>Example Times tells you what mattered</span>"
        "<a href=/letters>Yes please</a></div>"
    )
    article = article_of(f"<body><article>{H1}<p>{STORY[0]}</p>{promo}<p>{STORY[1]}</p><p>{STORY[2]}</p></article>")
    assert [block.text for block in article.blocks] == STORY


def test_the_subject_of_a_reply_is_no_subhead() -> None:
    title = "Why has the clock stopped"
    kinds = (BlockKind.PARAGRAPH, BlockKind.SUBHEAD, BlockKind.PARAGRAPH)
    texts = (STORY[0], f"Re: {title}", STORY[1])
    blocks = [Block(kind=kind, text=text) for kind, text in zip(kinds, texts, strict=True)]
    cleaned = clean_blocks(blocks, title=title, dek=None, captions=())
    assert [block.text for block in cleaned.blocks] == STORY[:2]


@pytest.mark.parametrize(
    "line", ["رپورٹ: سلمان درانی", "Ρεπορτάζ: Ηλέκτρα Βασσιλά", "रिपोर्ट: राकेश मिश्रा", "گزارش: پریسا مهرآیین"]
)
def test_what_somebody_wrote_opens_a_byline(line: str) -> None:
    assert opening_of(line)[0] == line.partition(": ")[2]
