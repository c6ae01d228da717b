"""All forms of a word have one stem, and different words of the news have different ones."""

from __future__ import annotations

import pytest

from indexer.engines.normalizing import normalized
from indexer.engines.stemming import turkish_stem
from indexer.engines.words import terms

FORMS = {
    "tr": (
        "deprem depremler depremde depremin",
        "seçim seçimi seçimine seçimlerde seçimlerinin secim",
        "bakan bakanı bakanın bakanının bakanlar",
        "bakanlık bakanlığı bakanlığında bakanligi",
        "cumhurbaşkanı cumhurbaskani cumhurbaşkanının",
        "gemi gemiler geminin gemide gemiyi",
        "ülke ülkeler ülkede ülkenin ülkeyi ülkesi",
        "bölge bölgesi bölgesinde bölgesine",
        "olay olayı olaylar olayında",
        "polis polisi polisin polisler",
        "kitap kitabı kitaplar kitaplarında",
        "türkiye TÜRKİYE türkiyede",
        "ışık IŞIK ışıkları ışığı",
        "dünya dünyada dünyanın",
        "dün",
        "türk türkler",
    ),
    "fr": (
        "élysée elysee",
        "musée musees musées",
        "année annee années",
        "élection élections elections",
        "société societe",
    ),
    "ar": (
        "مفاوضات المفاوضات والمفاوضات للمفاوضات",
        "وزير الوزير والوزير",
        "وزارة الوزارة وزارات",
        "فلسطين الفلسطينية فلسطيني الفلسطينيون",
        "إيران الإيراني وإيران",
        "سوريا السورية",
        "فرنسا الفرنسية",
        "ولاية الولايات",
        "وطن الوطن وطنية",
        "كتاب الكتاب",
    ),
    "es": (
        "gobierno gobiernos",
        "moderno modernos",
        "juez jueces",
        "luz luces",
        "hacer hacernos",
    ),
    "pt": (
        "eleição eleições eleicao eleicoes",
        "reunião reuniões reunioes",
        "alemão alemães",
        "nacional nacionais",
        "país países",
    ),
    "fi": (
        "hallitus hallituksen hallituksessa",
        "oikeus oikeuden",
        "Suomi Suomessa Suomen",
        "Helsinki Helsingissä Helsingin",
        "vaali vaalit vaaleissa",
        "kaupunki kaupungit",
    ),
    "el": (
        "κυβέρνηση κυβέρνησης κυβερνήσεις ΚΥΒΕΡΝΗΣΗΣ",
        "πρωθυπουργός πρωθυπουργού",
        "εκλογές εκλογών",
        "νησί νησιά νησιών",
    ),
}


@pytest.mark.parametrize("analysis", FORMS)
def test_forms_of_a_word_share_a_stem_that_no_other_word_has(analysis: str) -> None:
    stems = [{normalized(form, analysis) for form in forms.split()} for forms in FORMS[analysis]]
    assert [len(each) for each in stems] == [1] * len(stems)
    assert len(set.union(*stems)) == len(stems)


def test_a_stem_is_the_stem_of_itself_but_for_its_last_letter() -> None:
    assert turkish_stem("kitabında") == turkish_stem("kitap") == "kitap"


def test_scripts_without_spaces_are_found_by_any_part_of_a_run() -> None:
    whole, part = terms("การเลือกตั้งในกรุงเทพ", "und"), terms("เลือกตั้ง", "und")
    assert part == whole[3 : 3 + len(part)]
    assert len(part) == len("เลือกตั้ง") - 1
