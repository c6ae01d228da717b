"""What stands among a story's blocks without being the story."""

from __future__ import annotations

import pytest

from crawler.extraction.body.furniture import clean_blocks
from crawler.extraction.body.furniture_lines import source_line_in
from news.article import Block, BlockKind

P, H, L = BlockKind.PARAGRAPH, BlockKind.SUBHEAD, BlockKind.LIST_ITEM
TITLE = "Storm hits the southern coast"
LEDE = "A storm hit the coast on Sunday, and the harbour was closed."
LATER = "Ships waited outside for two days."


def kept(*lines: tuple[BlockKind, str], dek: str | None = None, captions: tuple[str, ...] = ()) -> list[str]:
    blocks = [Block(kind=kind, text=text) for kind, text in lines]
    return [block.text for block in clean_blocks(blocks, title=TITLE, dek=dek, captions=captions).blocks]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param((P, TITLE), id="the headline again"),
        pytest.param((H, f"Weather: {TITLE}"), id="the headline with its kicker"),
        pytest.param((P, "Published: May 20, 2025"), id="a date line"),
        pytest.param((P, "Read more: The harbour opens again"), id="a pointer to another story"),
        pytest.param((P, "4 min read"), id="a reading time"),
        pytest.param((P, "12,345 views"), id="how often it was read"),
        pytest.param((P, "Okunma: 12.345 | 3 yorum"), id="the same in Turkish, and comments"),
        pytest.param((P, "To view the full story, please subscribe to get full access."), id="a prompt to subscribe"),
        pytest.param((P, "Subscribe now to our paper edition for the full story."), id="a prompt to pay"),
        pytest.param((P, "For the latest news and updates download our apps."), id="a prompt to download"),
        pytest.param((P, "Want more? Sign up for our newsletter, The Harbour, and know first."), id="a newsletter"),
        pytest.param((P, "Gefallen? Dann abonnieren Sie unseren Newsletter!"), id="a newsletter in German"),
        pytest.param((P, "If you buy through our links, we may earn a small commission."), id="a commission"),
        pytest.param((P, "This article contains affiliate links."), id="affiliate links"),
        pytest.param((P, "Read our full harbour review"), id="a pointer to a review"),
        pytest.param((P, "Beitragsbild: Jo Roe"), id="an image's credit"),
        pytest.param((P, "Підписуйтесь на наш Telegram-канал"), id="a channel in Ukrainian"),
        pytest.param((P, "Ακολουθήστε μας στο Google News και μάθετε πρώτοι τα νέα"), id="a channel in Greek"),
        pytest.param(
            (P, "Listen and subscribe on Apple Podcasts, Spotify or wherever you get your podcasts."), id="a podcast"
        ),
        pytest.param(
            (P, "Disclaimer: The viewpoints expressed here do not necessarily reflect the policies of the Courier."),
            id="a disclaimer",
        ),
        pytest.param((P, "Les opinions exprimées dans les blogs n'engagent que leurs auteurs."), id="one in French"),
        pytest.param(
            (P, "Der Beitrag gibt nicht unbedingt die Meinung der Redaktion wieder."), id="a disclaimer in German"
        ),
        pytest.param(
            (P, "Bu makalede yer alan görüşler Kurye'nin editoryal politikasını yansıtmayabilir."), id="one in Turkish"
        ),
        pytest.param((P, "Мнение автора может не совпадать с позицией редакции."), id="a disclaimer in Russian"),
        pytest.param(
            (P, "جميع المقالات المنشورة تعبِّر عن رأي كتَّابها ولا تعبِّر بالضرورة عن الصحيفة."),
            id="one in Arabic with vowel signs",
        ),
        pytest.param(
            (P, "Les opinions de l'auteur ne reflètent pas nécessairement la ligne du journal."), id="the author's own"
        ),
        pytest.param(
            (P, "Stavovi u ovom tekstu ne odražavaju nužno uređivačku politiku."), id="a disclaimer in Bosnian"
        ),
        pytest.param((P, "المقالات المنشورة لا تعبر بالضرورة عن رأي الصحيفة."), id="a disclaimer in Arabic"),
        pytest.param((P, "Copyright 2025 Harbour News. All rights reserved."), id="a notice of rights"),
        pytest.param((P, "Citation: The harbour (2025, May 20) from https://tides.example/1"), id="how to cite it"),
        pytest.param((P, "Symbolbild: © Jo Roe - stock.example"), id="the credit of a stock image"),
        pytest.param((H, "Related articles from the harbour blog:"), id="the head of a list of other stories"),
        pytest.param((P, "© Harbour News, 20 May 2025"), id="a notice of rights by its sign"),
        pytest.param((P, "Copyright: Harbour Press, 2025"), id="a notice of rights with a colon"),
        pytest.param((P, "Info-Box aufklappen Info-Box zuklappen"), id="what opens and shuts a box"),
        pytest.param((P, "____"), id="a rule drawn with signs"),
        pytest.param((P, "[newsletter_form id=12]"), id="a content system's shortcode"),
        pytest.param((P, "Already a subscriber? Log in here"), id="a way in for subscribers"),
        pytest.param((L, "Click to share on Facebook (Opens in new window)"), id="a share button's words"),
        pytest.param((L, "Klick, um über Twitter zu teilen (Wird in neuem Fenster geöffnet)"), id="one in German"),
        pytest.param((L, "Facebook'ta paylaşmak için tıklayın (Yeni pencerede açılır)"), id="one in Turkish"),
        pytest.param((P, "Tags: harbour, storm, ships"), id="tags near the end"),
        pytest.param((P, "Email: jdoe@harbour.example"), id="the writer's address near the end"),
        pytest.param((P, "Your browser does not support the video tag."), id="what a player says"),
        pytest.param((P, "Please enable JavaScript to view the comments."), id="what scripts need"),
        pytest.param(
            (P, "This content is provided by YouTube. To view it, we need your permission."),
            id="a player not allowed yet",
        ),
        pytest.param(
            (
                P,
                "An dieser Stelle finden Sie einen externen Inhalt. Mit Ihrer Zustimmung wird er angezeigt.",
            ),
            id="a post not allowed yet",
        ),
        pytest.param((P, "(Story continues below)"), id="a note around an advertisement"),
        pytest.param((P, "ADVERTISEMENT - CONTINUE READING BELOW"), id="one with what to do"),
        pytest.param((P, "This audio is generated by an automatic voice."), id="a note on a voice"),
        pytest.param((P, "Back to top ↑"), id="a way back to the top"),
        pytest.param((P, "Submitted by Jane Doe on Fri, 27/11/2026 - 11:02"), id="who put it there and when"),
        pytest.param((P, "Υποβλήθηκε από Άννα Νίκου στις Τρί, 24/11/2026 - 18:40"), id="the same in Greek"),
        pytest.param((P, "Снимка: Община Пристан"), id="a credit in Bulgarian"),
        pytest.param((P, "（原标题：港口重开）"), id="the headline elsewhere in brackets"),
        pytest.param((P, "特别声明：以上内容仅代表作者观点，不代表本站立场。"), id="a disclaimer in Chinese"),
        pytest.param((P, "Original-Content von: Hafen, übermittelt durch das Portal"), id="who passed a release on"),
        pytest.param((P, "Our Harbour Briefing newsletter has all the news you need. Sign up here."), id="a briefing"),
        pytest.param((P, "（完）"), id="the end in Chinese"),
        pytest.param((P, "This entry was posted on May 20th, 2007 and is filed under Places."), id="a blog's foot"),
        pytest.param((P, "Версия для печати"), id="a version to print in Russian"),
        pytest.param((P, "Editor : A.P."), id="the editor's initials"),
        pytest.param((P, "(Borítókép: A kikötő. Fotó: Nagy Éva)"), id="what the lead image shows in Hungarian"),
        pytest.param((P, "- Publicidad -"), id="a label of an advertisement between dashes"),
        pytest.param((P, "E-mail this story | Printer-friendly version"), id="ways to pass it on"),
        pytest.param((L, "댓글 4"), id="how many comments in Korean"),
        pytest.param((P, "انتهای پیام/"), id="the end of a report in Persian"),
        pytest.param((P, "First Published: Jan 08, 2026, 10:30 IST"), id="a date behind the story"),
        pytest.param((P, "Catch all the latest news, photos and more on our app. Download now."), id="an app"),
        pytest.param((P, "The Courier is a nonprofit newsroom. Support our work with a donation."), id="a donation"),
        pytest.param((P, "Get the latest headlines by joining our WhatsApp community."), id="a channel to join"),
        pytest.param((P, "Подписывайтесь на наш канал в Telegram"), id="a channel to join in Russian"),
        pytest.param((P, "If you enjoyed this story, clap 50 times and follow me for more."), id="a call for applause"),
        pytest.param((P, "Hier können Sie den Newsletter der Redaktion abonnieren."), id="a newsletter to order here"),
        pytest.param((P, "Pour lire cet article réservé aux abonnés, connectez-vous"), id="a prompt to pay in French"),
        pytest.param((P, "この記事は有料記事です。残り1200文字"), id="a prompt to pay in Japanese"),
        pytest.param((P, "저작권자 ⓒ 항구일보 무단전재 및 재배포 금지"), id="a notice of rights in Korean"),
        pytest.param((P, "김철수 기자 kim@harbour.example"), id="a reporter's address in Korean"),
        pytest.param((P, "（责任编辑：李明）"), id="the editor in Chinese"),
        pytest.param((P, "未经授权，不得转载本网内容。"), id="a notice of rights in Chinese"),
        pytest.param((P, "【関連記事】 フェリーのスト、二週目に"), id="a pointer in brackets"),
        pytest.param((P, "อ่านเพิ่มเติม: เรือข้ามฟากนัดหยุดงาน"), id="a pointer in Thai"),
        pytest.param(
            (P, "(This story has not been edited by our staff and is from a syndicated feed.)"), id="a feed's notice"
        ),
        pytest.param(
            (P, "Our reporting depends on readers. Please consider making a tax-deductible donation."), id="a plea"
        ),
        pytest.param((P, "Google News'te Liman Haber'i takip edin"), id="a prompt to follow in Turkish"),
        pytest.param((P, "Haberleri kaçırmamak için uygulamamızı indirin"), id="a prompt to install in Turkish"),
        pytest.param((P, "Únete a nuestro canal de WhatsApp"), id="a prompt to join in Spanish"),
        pytest.param((P, "BU HABER DE İLGİNİZİ ÇEKEBİLİR: Liman yeniden açıldı"), id="a pointer in Turkish"),
        pytest.param((P, "Compartilhe no WhatsApp"), id="a prompt to share in Portuguese"),
        pytest.param((P, "原标题：新防波堤造价翻倍"), id="the headline that a story had elsewhere"),
        pytest.param((P, "© Riproduzione riservata"), id="a notice of rights without a year"),
        pytest.param((P, "Підписуйтесь на наш телеграм-канал"), id="a prompt to follow in Ukrainian"),
        pytest.param((P, "Audio produced by Jo Park."), id="who recorded the story"),
        pytest.param((P, "ये भी पढ़ें: बंदरगाह फिर से खुला"), id="a pointer in Hindi"),
    ],
)
def test_a_line_that_is_no_story_is_dropped(line: tuple[BlockKind, str]) -> None:
    assert kept(line, (P, LEDE), (P, LATER)) == [LEDE, LATER]


@pytest.mark.parametrize(
    "line",
    [
        "Subscribers will not have access to the full court.",
        "For the latest news from the harbour, crews read the board.",
        "The harbour will earn no commission from it.",
        "“We earn a commission on each ship you buy,” the broker said.",
        "We earn a commission of four percent, the brokers say.",
        "“Please subscribe to our channel,” she asked the crews.",
        "Copyright infringement rose by a fifth in 2024, the court heard.",
        "Related links between the two were denied.",
        "Den Tisch ausklappen",
        "He edited the syndicated column for a decade.",
        "The harbour asked us to make a donation to the crews.",
        "Publishers follow Google News closely.",
        "Bir milyon kişi uygulamayı indirdi.",
        "She told the crews to subscribe to the harbour's list.",
        "Copyright law was no help, the owners said.",
        "[The harbour] was closed.",
        "The views from the harbour do not necessarily reflect the mood of the town.",
        "The nonprofit gave the harbour two boats.",
        "The content is provided by harbours in three countries.",
        "Topics: they spoke of ships, and of crews.",
        "Click by click the crane came down.",
        "The last update of the chart was in 1931.",
        "他未经许可进入港口。",
        "그는 무단 전재를 인정했다.",
        "Readers who subscribe said the full story had been told before, and asked what the editors knew of it.",
    ],
)
def test_a_sentence_with_the_words_of_a_prompt_stays(line: str) -> None:
    assert kept((P, LEDE), (P, line), (P, LATER)) == [LEDE, line, LATER]


def test_the_dek_and_the_captions_are_not_told_twice() -> None:
    caption = "The harbour on Sunday. / AFP"
    assert kept(
        (P, "All ships wait."), (P, LEDE), (P, caption), (P, LATER), dek="All ships wait.", captions=(caption,)
    ) == [LEDE, LATER]


def test_what_stands_twice_is_told_once() -> None:
    line = "Ferries to the islands leave again on Monday"
    assert kept((P, LEDE), (P, line), (P, LATER), (P, line), (P, LEDE)) == [LEDE, line, LATER]


def test_a_list_that_stands_twice_is_told_once() -> None:
    items = [(L, f"Ferry number {number} leaves again on Monday") for number in range(4)]
    told = [text for _, text in items]
    assert kept((P, LEDE), *items, (P, LATER), *items[1:], (P, "The end.")) == [LEDE, *told, LATER, "The end."]


def test_an_item_may_be_of_several_lists() -> None:
    item = (L, "A large deck with seats in the sun")
    lists = [block for number in range(3) for block in ((H, f"Ferry {number}"), item, (L, f"{number} cabins for cars"))]
    assert kept((P, LEDE), *lists, (P, LATER)) == [LEDE, *(text for _, text in lists), LATER]


def test_a_block_that_tells_the_whole_story_again_is_dropped() -> None:
    story = [f"{number} ships waited outside the harbour for two days while the storm went on." for number in range(20)]
    blocks = [(P, text) for text in story]
    assert kept(*blocks, (P, " ".join(story))) == story
    assert kept((P, "".join(story)), *blocks) == story
    other = " ".join(text.replace("ships", "boats") for text in story)
    assert kept(*blocks, (P, other)) == [*story, other]


def test_a_story_does_not_end_in_a_subhead_but_in_a_sentence_set_as_one() -> None:
    assert kept((P, LEDE), (P, LATER), (H, "More on the storm")) == [LEDE, LATER]
    assert kept((P, LEDE), (H, LATER), (H, "More on the storm")) == [LEDE, LATER]


def test_a_story_does_not_end_in_what_announces_more() -> None:
    assert kept((P, LEDE), (P, LATER), (P, "Read on here:")) == [LEDE, LATER]
    assert kept((P, LEDE), (P, "The captain said:"), (P, LATER)) == [LEDE, "The captain said:", LATER]


def test_a_line_with_a_photographers_credit_is_a_caption_unless_the_story_is_made_of_them() -> None:
    caption = "Ships wait outside on Monday. (AP Photo/Jo Roe)"
    assert kept((P, LEDE), (P, caption), (P, LATER)) == [LEDE, LATER]
    assert kept((P, LEDE), (P, f"{LATER} (AP)"), (P, "It ended.")) == [LEDE, f"{LATER} (AP)", "It ended."]
    assert kept((P, caption), (P, "It ended.")) == [caption, "It ended."]


def test_a_quote_that_a_paragraph_has_too_was_pulled_from_it() -> None:
    told = "“The harbour was closed for two days,” she said, “and nobody told us.”"
    pulled, short, own = "The harbour was closed, for two days", "nobody told us", "Ships do not wait for anybody"
    quotes = [(BlockKind.QUOTE, text) for text in (pulled, short, own)]
    assert kept((P, LEDE), (P, told), *quotes, (P, LATER)) == [LEDE, told, short, own, LATER]


def test_a_table_behind_a_closing_label_is_no_list_of_headlines() -> None:
    rows = [(BlockKind.TABLE_ROW, "Harbour | 12 ships"), (BlockKind.TABLE_ROW, "Islands | 3 ships")]
    assert kept((P, LEDE), (H, "Topics"), *rows) == [LEDE, "Topics", *(text for _, text in rows)]


def test_a_notice_that_stands_three_times_is_none_of_the_story() -> None:
    notice = (H, "This external content is not available")
    assert kept((P, LEDE), notice, (P, LATER), notice, (P, "The end."), notice, (P, "It.")) == [
        LEDE,
        LATER,
        "The end.",
        "It.",
    ]


@pytest.mark.parametrize("line", ["{* firstName *} {* lastName *}", "{{ user.name }}", "{% if x %}", "${total}"])
def test_an_unfilled_template_is_dropped(line: str) -> None:
    assert kept((P, LEDE), (P, line), (P, LATER)) == [LEDE, LATER]


def test_short_lines_may_repeat() -> None:
    assert kept((P, LEDE), (P, "Yes."), (P, LATER), (P, "Yes.")) == [LEDE, "Yes.", LATER, "Yes."]


def test_what_repeats_is_kept_once_where_it_is_most_of_the_page() -> None:
    assert kept((P, LEDE), (P, LEDE), (P, LEDE), (P, "The end.")) == [LEDE, "The end."]


def test_the_source_line_goes_to_its_field() -> None:
    blocks = [Block(kind=P, text=text) for text in (LEDE, LATER, "SOURCE: TRTWorld and agencies")]
    cleaned = clean_blocks(blocks, title=TITLE, dek=None, captions=())
    assert cleaned.source_line == "TRTWorld and agencies"
    assert [block.text for block in cleaned.blocks] == [LEDE, LATER]


def test_a_list_of_headlines_behind_a_closing_label_is_dropped() -> None:
    assert kept((P, LEDE), (P, LATER), (H, "Explore"), (P, "Other town floods"), (P, "A bridge reopens")) == [
        LEDE,
        LATER,
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["Media contact: Jane Doe, +90 212 555 01 01, press@example.com"],
        ["Press contacts", "Example Harbour", "Jane Doe", "press@example.com"],
        ["Pressekontakt:", "Hafen Beispiel", "Jana Müller", "Telefon: 030 123 45 67"],
        ["Basın İletişim:", "Ayşe Yılmaz", "0212 555 01 01"],
        ["Rückfragen bitte an:", "Jana Müller, presse@example.de"],
        ["For further information, please contact:", "Jane Doe, CFO, +47 555 01 442", "ir@example.com"],
    ],
    ids=lambda lines: lines[0],
)
def test_contacts_for_the_press_end_a_release(lines: list[str]) -> None:
    story = [(P, f"{LEDE} ({number})") for number in range(20)]
    told = [text for _, text in story]
    assert kept(*story, *((P, line) for line in lines)) == told
    about = "Example Harbour has 4,000 berths and 40 crews, and is run by the city since 1950, as its statutes say." * 2
    assert kept(*story, *((P, line) for line in lines), (P, about)) == [*told, about]


def test_a_label_of_contacts_that_leads_to_none_or_opens_a_page_is_story() -> None:
    story = [(P, f"{LEDE} ({number})") for number in range(20)]
    assert kept(*story, (P, "Press office"), (P, LATER))[-2:] == ["Press office", LATER]
    assert kept((P, "Press contacts:"), (P, "Jane Doe, press@example.com"), *story)[0] == "Press contacts:"


def test_a_byline_that_opens_the_text_is_none_of_it() -> None:
    assert kept((P, "By Jane Doe"), (P, LEDE), (P, LATER)) == [LEDE, LATER]
    assert kept((H, "By JANE DOE"), (P, LEDE), (P, LATER)) == [LEDE, LATER]
    assert kept((L, "By Jane Doe"), (P, LEDE), (P, LATER)) == [LEDE, LATER]
    assert kept((P, "Von Jana Müller"), (P, LEDE), (P, LATER)) == [LEDE, LATER]
    assert kept((P, "By Tuesday the harbour was open again."), (P, LEDE)) == [
        "By Tuesday the harbour was open again.",
        LEDE,
    ]
    assert kept((P, LEDE), (P, LATER), (P, "1"), (P, "2"), (P, "By Jane Doe"), (P, "End."))[-2] == "By Jane Doe"


def test_the_source_in_a_line_of_day_and_writer_is_the_storys() -> None:
    assert source_line_in(["2026-01-08 10:30 来源:新华社 作者:王小明"]) == "新华社"
    assert source_line_in(["报道的来源:新华社说"]) is None


def test_the_writer_behind_the_source_is_none_of_it() -> None:
    assert source_line_in(["Kaynak: DHA | Muhabir: Deniz Ergin"]) == "DHA"


def test_when_a_story_was_published_and_changed_is_none_of_it() -> None:
    dated = "Publié le 8 janvier 2026 à 10h30, mis à jour le 9 janvier 2026 à 8h00"
    assert kept((P, dated), (P, LEDE), (P, LATER)) == [LEDE, LATER]
    told = "The harbour was opened on 8 January 2026, the mayor of Kemer told reporters on the mole"
    assert kept((P, told), (P, LEDE), (P, LATER)) == [told, LEDE, LATER]


def test_a_line_that_names_the_source_of_what_stands_above_is_no_text() -> None:
    story = [
        (BlockKind.PARAGRAPH, f"Rents in Kemer rose for the tenth year, the council said. ({n})") for n in range(8)
    ]
    told = (BlockKind.PARAGRAPH, "Source: we never saw the letter.")
    source = (BlockKind.PARAGRAPH, "Source: Office for National Statistics")
    texts = [text for _, text in (*story[:2], told, *story[2:])]
    assert kept(story[0], source, story[1], told, *story[2:]) == texts
