"""People of a byline, as sites write them: the names are made up, the patterns are in use."""

from __future__ import annotations

import pytest

from crawler.extraction.bylines.names import split_byline
from crawler.extraction.bylines.own_names import tidy_names
from crawler.extraction.bylines.people import people_of

SITES = frozenset({"trtworld"})
# People -> the bylines that name them and nobody else; "" = nobody.
SIGNED = {
    "Ali Veli": (
        "Haber: Ali Veli", "Yazan: Ali Veli", "Ali Veli, Ankara", "Editör: Ali Veli", "Muhabir: Ali Veli",
    ),
    "Ali Veli + Ayşe Fatma": ("Ali Veli ve Ayşe Fatma",),
    "Dr Jane Doe + Prof. John Roe": ("Dr Jane Doe and Prof. John Roe",),
    "Dr. Jane Doe": ("Dr. Jane Doe",),
    "J. Doe": ("J. Doe",),
    "J.R. Doe": ("J.R. Doe",),
    "JANA MÜLLER + MAX MEIER": ("VON JANA MÜLLER UND MAX MEIER",),
    "JANE DOE + JOHN ROE": ("By JANE DOE and JOHN ROE Associated Press",),
    "JANE DOE + JOHN ROE + MAX MEIER": ("By JANE DOE, JOHN ROE and MAX MEIER",),
    "Jan Jansen": ("Door Jan Jansen",),
    "Jan Kowalski": ("Jan Kowalski", "Autor: Jan Kowalski", "oprac. Jan Kowalski", "Jan Kowalski, PAP"),
    "Jan van der Jansen": ("Jan van der Jansen",),
    "Jana Horvat": ("Piše: Jana Horvat", "Autor: Jana Horvat"),
    "Jana Müller": (
        "Von Jana Müller", "Von Jana Müller, Berlin", "Von Jana Müller, dpa", "Von Jana Müller/dpa",
        "Jana Müller (dpa)", "Von Jana Müller (dpa)", "Text: Jana Müller, Fotos: Max Meier",
        "Text: Jana Müller, Foto: Max Meier", "Text: Jana Müller / Fotos: Max Meier",
        "Text: Jana Müller | Bilder: Max Meier", "Text und Fotos: Jana Müller", "Ein Kommentar von Jana Müller",
        "Eine Analyse von Jana Müller", "Ein Gastbeitrag von Jana Müller", "Kommentar von Jana Müller",
        "Aus Berlin berichtet Jana Müller", "Redaktion: Jana Müller", "Jana Müller, ARD-Studio Rom",
        "Jana Müller, ARD Berlin", "Jana Müller, Redakteurin", "Protokoll: Jana Müller", "Interview: Jana Müller",
        "Das Gespräch führte Jana Müller", "Interview von Jana Müller", "Gastautorin Jana Müller",
        "Jana Müller und Agenturen", "Veröffentlicht von Jana Müller am 4. Mai 2021",
    ),
    "Jana Müller + Max Meier": ("von Jana Müller und Max Meier", "Text: Jana Müller und Max Meier"),
    "Jana von Müller": ("Jana von Müller",),
    "Jana von der Müller": ("Von Jana von der Müller",),
    "Jane Doe": (
        "By Jane Doe", "By Jane Doe, Associated Press", "By Jane Doe | Associated Press",
        "Jane Doe, The Associated Press", "By Jane Doe, AP Business Writer", "By Jane Doe AP Sports Writer",
        "By Jane Doe with AFP", "Jane Doe with agencies", "Jane Doe and agencies", "Jane Doe in Berlin",
        "By Jane Doe in New York", "By Jane Doe for Reuters", "Jane Doe for CNN", "Jane Doe, CNN Business",
        "By Jane Doe, Political Editor", "Jane Doe Political editor", "Jane Doe, political editor",
        "Jane Doe | Political Editor", "Jane Doe - Political Editor", "Jane Doe, Chief Political Correspondent",
        "Jane Doe Environment correspondent", "Jane Doe, BBC News", "Jane Doe, Staff Writer",
        "Jane Doe, Senior Staff Writer", "Jane Doe, Guest Contributor", "Published by Jane Doe",
        "Posted by Jane Doe on May 4, 2021", "Written by Jane Doe", "Written by: Jane Doe", "Author: Jane Doe",
        "Reporting by Jane Doe; Editing by John Roe", "Words by Jane Doe Photos by John Roe",
        "Story by Jane Doe, photos by John Roe", "Text by Jane Doe, Photographs by John Roe",
        "Jane Doe; photography by John Roe", "Jane Doe (text), John Roe (photos)", "As told to Jane Doe",
        "Opinion by Jane Doe", "Analysis by Jane Doe", "Review by Jane Doe", "Compiled by Jane Doe",
        "Written By: Jane Doe", "Curated By: Jane Doe", "Reported By: Jane Doe, Edited By: John Roe",
        "Written by Jane Doe , Edited by John Roe", "Jane Doe | TNN", "Jane Doe @janedoe",
        "Jane Doe jane.doe@example.com", "Jane Doe/AFP", "Jane Doe / AFP", "Jane Doe via Reuters",
        "Jane Doe, Contributing Writer", "Jane Doe, special to Example Press", "Jane Doe Special to Example Press",
        "Jane Doe, Example News Network", "Jane Doe, Professor of History, Example University",
    ),
    "Jane Doe + John Roe": (
        "By Jane Doe and John Roe", "Jane Doe in Washington and John Roe in London",
        "Jane Doe, Contributing Writer and John Roe, Columnist",
    ),
    "Jane Doe + John Roe + Max Meier": ("By Jane Doe, John Roe and Max Meier", "By Jane Doe, John Roe, and Max Meier"),
    "Jane Doe + Max Meier": ("Reporting by Jane Doe and Max Meier; Editing by John Roe",),
    "Jane Doe, Ph.D.": ("Jane Doe, Ph.D.",),
    "Jane Doe-Roe": ("Jane Doe-Roe",),
    "Jane M. Doe": ("Jane M. Doe",),
    "Jane O'Doe": ("Jane O'Doe",),
    "Jean Dupont": (
        "Par Jean Dupont", "Par Jean Dupont avec AFP", "Jean Dupont (avec AFP)", "Jean Dupont, à Berlin",
        "Jean Dupont, envoyé spécial à Rome", "Propos recueillis par Jean Dupont", "Publié par Jean Dupont",
        "De notre correspondant à Rome, Jean Dupont", "Jean Dupont, journaliste", "Jean Dupont avec agences",
        "Texte Jean Dupont", "Texte : Jean Dupont. Photos : Marie Durand",
    ),
    "Jean Dupont + Marie Durand": ("Par Jean Dupont et Marie Durand",),
    "Jean Dupont + Marie Durand + Paul Martin": ("Jean Dupont, Marie Durand et Paul Martin",),
    "Jean d'Exemple": ("Par Jean d'Exemple",),
    "John Roe Jr.": ("John Roe Jr.",),
    "John Roe, Jr.": ("John Roe, Jr.",),
    "João da Silva": ("João da Silva", "Por João da Silva, g1"),
    "João da Silva + Maria Souza": ("João da Silva e Maria Souza",),
    "Juan Pérez": (
        "Por Juan Pérez", "Por: Juan Pérez", "Juan Pérez / Agencias", "Corresponsal en Roma Juan Pérez",
        "Texto: Juan Pérez",
    ),
    "Juan Pérez + María García": ("Juan Pérez y María García",),
    "Juan Pérez de la Cruz": ("Juan Pérez de la Cruz",),
    "Mario Rossi": ("di Mario Rossi", "a cura di Mario Rossi", "dal nostro inviato Mario Rossi"),
    "Mario Rossi + Anna Bianchi": ("di Mario Rossi e Anna Bianchi",),
    "Max Meier": ("Von unserem Korrespondenten Max Meier",),
    "Ola Nordmann": ("Av Ola Nordmann", "Av: Ola Nordmann", "Tekst: Ola Nordmann Foto: Kari Nordmann"),
    "Ola Nordmann + Kari Nordmann": ("Ola Nordmann og Kari Nordmann",),
    "Иван Иванов": ("Иван Иванов", "Автор: Иван Иванов", "Текст: Иван Иванов", "Подготовил Иван Иванов"),
    "Иван Иванов + Мария Петрова": ("Иван Иванов, Мария Петрова", "Иван Иванов и Мария Петрова"),
    "פלוני אלמוני": ("מאת: פלוני אלמוני", "מאת פלוני אלמוני"),
    "فلان الفلاني": (
        "بقلم فلان الفلاني", "بقلم: فلان الفلاني", "كتب فلان الفلاني", "كتب: فلان الفلاني", "فلان الفلاني - القاهرة",
        "إعداد: فلان الفلاني", "تحرير: فلان الفلاني", "نویسنده: فلان الفلاني",
    ),
    "राम कुमार": ("राम कुमार", "द्वारा राम कुमार"),
    "山田太郎": (
        "記者 山田太郎", "山田太郎記者", "文・山田太郎", "文/山田太郎", "【山田太郎】", "（山田太郎）",
        "著者：山田太郎", "執筆：山田太郎", "取材・文：山田太郎",
    ),
    "山田太郎 + 山田花子": ("山田太郎、山田花子", "山田太郎・山田花子"),
    "张三": ("记者 张三", "记者：张三", "记者张三", "作者：张三", "本报记者 张三", "新华社记者张三", "文｜张三"),
    "张三 + 李四": ("记者 张三 李四",),
    "張三": ("記者張三／台北報導", "記者張三/綜合報導"),
    "홍길동": (
        "홍길동 기자", "홍길동기자", "기자 홍길동", "홍길동 특파원", "홍길동 기자 hong@example.com",
        "홍길동 선임기자",
    ),
    "홍길동 + 김철수": ("홍길동, 김철수 기자", "홍길동·김철수 기자"),
    "": (
        "By Our Correspondent", "By our staff reporter", "By Staff Reporter", "Staff", "Staff Writer",
        "STAFF WRITERS", "Editor", "The Editors", "admin", "Admin", "NOC Admin", "Web Admin", "webmaster", "Guest",
        "Guest Author", "Guest Writer", "guest contributor", "Anonymous", "Editorial Board", "The Editorial Board",
        "Editorial Team", "News Desk", "Web Desk", "Sports Desk", "Business Desk", "Online Desk", "Digital Desk",
        "Entertainment Desk", "News Team", "Newsroom", "Newsroom Staff", "Content Team", "Marketing Team",
        "Press Office", "Communications Team", "Press Release", "Example News Staff", "BR24 Redaktion",
        "Example Staff", "Agencies", "Correspondent", "Special Correspondent", "Our Correspondent", "News Service",
        "Wire Reports", "from wire reports", "By Reuters Staff", "Reuters", "AFP", "dpa", "Von unserer Redaktion",
        "Redaktion", "Die Redaktion", "Online-Redaktion", "Onlineredaktion", "Sportredaktion", "Redaktionsteam",
        "Pressestelle", "Pressemitteilung", "Gastautor", "mit Material von dpa", "Par La rédaction", "La rédaction",
        "La Rédaction avec AFP", "Rédaction Exemple", "La rédaction de l'Exemple", "Service des sports", "Redacción",
        "Por Redacción", "Redacción Digital", "Redacción Ejemplo", "Redacción/EFE", "Agencias", "Agencia EFE",
        "Por Redação", "Da Redação", "Redação", "di Redazione", "Redazione", "A cura della Redazione",
        "Redazione Web", "Redazione Online", "Redacción Web", "Haber Merkezi", "İnternet Servisi",
        "Dış Haberler Servisi", "Dış Haberler", "Spor Servisi", "Ekonomi Servisi", "Haber Servisi", "Editör",
        "Anadolu Ajansı", "TRT World", "TRT World and agencies", "TRT World Staff", "Staff Reporter", "Редакция",
        "Редакция сайта", "Отдел новостей", "Редакція", "Корреспондент", "Пресс-служба", "Redakcja", "Redakce",
        "Redakcia", "(PAP)", "Szerkesztőség", "Redacția", "Redactia", "Toimitus", "Redaktionen", "Redaksjonen",
        "Van onze redactie", "Onze redactie", "Redactie", "Door: redactie", "Από Σύνταξη", "Σύνταξη", "Redakcija",
        "Редакција", "Tim redaksi", "Tim Redaksi", "Redaksi", "Ban biên tập", "編集部", "編集部員", "ニュース編集部",
        "编辑：张三", "编辑", "中央社", "편집국", "편집부", "온라인뉴스팀", "디지털뉴스팀", "연합뉴스", "التحرير",
        "هيئة التحرير", "فريق التحرير", "أسرة التحرير", "وكالات", "تحریریه", "מערכת האתר", "न्यूज़ डेस्क", "न्यूज डेस्क",
        "वेब डेस्क", "নিজস্ব প্রতিবেদক", "ওয়েব ডেস্ক", "ویب ڈیسک", "Edited By: Jane Doe", "Edited by Jane Doe",
        "HT News Desk", "TIMESOFINDIA.COM", "PTI", "ANI", "FP Staff", "FE Online", "Express Web Desk", "Dawn.com",
        "jdoe@example.com", "@janedoe", "Updated: May 4, 2021", "Published: May 4, 2021", "Published:",
        "Last updated", "3 min read", "Photo: Jane Doe", "Photograph by Jane Doe", "Image: Jane Doe",
        "Foto: Jana Müller", "Photographer: Jane Doe", "Video by Jane Doe", "The Conversation",
    ),
}  # fmt: skip


def test_people_are_told_from_roles_places_agencies_and_desks() -> None:
    read = {
        written: " + ".join(people_of(tidy_names([written], SITES, keep_site=True), None, SITES))
        for bylines in SIGNED.values()
        for written in bylines
    }
    wanted = {written: people for people, bylines in SIGNED.items() for written in bylines}
    assert {written: people for written, people in read.items() if people != wanted[written]} == {}


def test_an_office_that_signs_stays_in_the_byline() -> None:
    assert split_byline("BR24 Redaktion") == ["BR24 Redaktion"]
    assert split_byline("Haber Merkezi") == ["Haber Merkezi"]


def test_an_organization_is_one_name_whatever_it_holds() -> None:
    assert split_byline("Department for Ships, Ports and Tides") == ["Department for Ships, Ports and Tides"]


@pytest.mark.parametrize(
    "words",
    [
        "Tweet This", "Print Article", "Zum Deal", "PDF Vorschau", "Imprimer", "Compartir", "Paylaş", "Поделиться",
        "Udostępnij", "طباعة", "シェア", "zvg", "Symbolbild:", "Pixabay", "Cortesía", "Archivo", "Temsili", "Архив",
        "أرشيف", "자료사진", "Written", "Serie", "Ton", "Essay", "Im Wortlaut", "Veröffentlicht am", "Buch der Woche",
        "Son dakika", "so", "the way", "Willkommen Gast", "ゲスト", "wordpressadmin", "Blogger.",
    ],
)  # fmt: skip
def test_what_pages_say_beside_a_headline_is_nobody(words: str) -> None:
    assert split_byline(words) == []


@pytest.mark.parametrize("name", ["Tom Print", "Ada Serie", "Social Jones", "Do Van Minh", "Archiv Meier", "Q_admin"])
def test_a_name_may_hold_such_a_word(name: str) -> None:
    assert split_byline(name) == [name]


@pytest.mark.parametrize(
    "byline",
    [
        "Example-Online-Experte Jana Müller", "Sportredakteurin Jana Müller", "Erstellt von Jana Müller",
        "Jana Müller Symbolbild", "ByJana Müller",
    ],
)  # fmt: skip
def test_what_stands_around_a_name_is_cut(byline: str) -> None:
    assert split_byline(byline) == ["Jana Müller"]


def test_an_opener_may_touch_initials() -> None:
    assert split_byline("ByJ.R. Doe") == ["J.R. Doe"]
