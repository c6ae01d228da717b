"""All forms of a word have one stem, and different words of the news have different ones."""

from __future__ import annotations

import pytest

from indexer.analysis.languages import analysis_of
from indexer.analysis.normalizing import normalized
from indexer.analysis.stemming import turkish_stem
from indexer.analysis.variants import variants
from indexer.analysis.words import terms

FORMS = {
    "zh": ("臺灣 台灣 台湾", "習近 习近", "總統 总统", "機", "製造 制造"),
    "und": ("機", "机"),  # in Japanese a machine and a desk
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
        "okul okula okullar",
        "ücret ücrete ücretler",
        "ödül ödüle",
        "görüşme görüşmenin görüşmeler",
        "seçmen seçmenin",
        "ev evin evde evler",
        "oy oylar oyu",
        "hasta hastalar hastanın",
        "hastalık hastalığı",
        "roman romanı",
        "Romanya",
        "Osmanlı",
        "oyun",
        "Sudan",
        "su suyun suda",
    ),
    "bn": (
        "নির্বাচন নির্বাচনের নির্বাচনে নির্বাচনগুলো",
        "সড়ক সড়কের সড়কে সড়কটি",
        "শিক্ষার্থী শিক্ষার্থীরা শিক্ষার্থীকে শিক্ষার্থীদের",
        "ঢাকা ঢাকার ঢাকায়",
        "বিদ্যালয় বিদ্যালয়ে বিদ্যালয়গুলোতে",
        "সরকার সরকারের",
        "দল দলের",
        "বিদ্যুৎ বিদ্যুতের",
        "করে",
        "কর",
    ),
    "sw": (
        "mwalimu walimu",
        "waziri mawaziri",
        "kijiji vijiji kijijini",
        "chama vyama",
        "mchezo michezo",
        "shule shuleni",
        "mtu watu",
    ),
    "ur": (
        "سڑک سڑکیں",
        "زلزلہ زلزلے زلزله",
        "لڑکی لڑکیاں لڑکیوں",
        "لڑکا لڑکے",
        "بچہ بچے",
        "مسئلہ مسائل",
        "ملک",
        "ملکہ",
    ),
    "vi": ("kỹ kĩ", "Mỹ Mĩ", "hoà hòa", "tay", "tai"),
    "de": ("Ärztin Ärztinnen", "Polizistin Polizistinnen", "Minister Ministerin", "Berlin", "Benzin"),
    "fr": (
        "élysée elysee",
        "musée musees musées",
        "année annee années",
        "élection élections elections",
        "société societe",
        "loi lois",
        "jeu jeux",
        "travail travaux",
        "conflit conflits",
        "détenu détenus",
        "euro euros",
        "paris",
        "pari",
        "mois",
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
        "غزة غزه",
        "سعر أسعار أسعارها بأسعار",
        "مدينة المدن",
        "مدني المدنيين",
        "طفل الأطفال",
    ),
    "es": (
        "gobierno gobiernos",
        "moderno modernos",
        "juez jueces",
        "luz luces",
        "hacer hacernos",
        "año años",
        "día días dias",
        "arma armas",
        "isla islas",
        "ciudad ciudades",
        "militar militares",
        "líder líderes lideres",
        "joven jóvenes",
        "dólar dólares",
    ),
    "pt": (
        "eleição eleições eleicao eleicoes",
        "reunião reuniões reunioes",
        "alemão alemães",
        "nacional nacionais",
        "país países",
        "ano anos",
        "dia dias",
        "lei leis",
        "europeu europeus",
        "míssil mísseis",
        "mão mãos",
    ),
    "fi": (
        "hallitus hallituksen hallituksessa",
        "oikeus oikeuden",
        "Suomi Suomessa Suomen",
        "Helsinki Helsingissä Helsingin",
        "vaali vaalit vaaleissa",
        "kaupunki kaupungit",
        "yritys yrityksen",
        "lapsi lapset",
        "Lappi Lapissa",
    ),
    "el": (
        "κυβέρνηση κυβέρνησης κυβερνήσεις ΚΥΒΕΡΝΗΣΗΣ",
        "πρωθυπουργός πρωθυπουργού",
        "εκλογές εκλογών",
        "νησί νησιά νησιών",
        "πυρκαγιά πυρκαγιές πυρκαγιών",
        "βιβλίο βιβλία",
        "παιδί παιδιά παιδιών",
    ),
    "pl": (
        "wybory wyborów wyborach wyborow",
        "rząd rządu rzadu",
        "prezydent prezydenta prezydentem",
        "Łódź Łodzi lodzi",
        "dziecko dzieci dzieciom",
    ),
    "cs": (
        "volby voleb volbách volbach",
        "vláda vlády vládu",
        "prezident prezidenta",
        "město městě města mesta",
        "dítě děti dětem",
        "dům domu domy",
    ),
    "sk": ("voľby volieb voľbách volby", "vláda vlády vládu"),
    "sl": ("volitve volitev volitvah", "vlada vlade vlado"),
    "hr": (
        "izbori izbora izborima избори избора",
        "vlada vlade vladu владе",
        "Beograd Beogradu Београд Београду",
        "Љубљана ljubljana ЉУБЉАНЕ",
    ),
    "uk": (
        "вибори виборів виборах",
        "уряд уряду урядом",
        "президент президента",
        "війна війни війну",
        "дитина діти дітей",
    ),
    "bg": ("избор избори изборите", "правителство правителството", "град градове градът"),
    "en": (
        "organise organize organisation organizations",
        "colour colors colourful",
        "labour labor labours",
        "defence defense defences",
        "centre center centres",
        "theatre theaters",
        "programme programs",
        "analysis analyses",
        "analysing analyzed",
        "crisis crises",
        "criticise criticize criticised",
        "surprise surprisingly",
        "uprising uprisings",
        "exercise exercises exercising",
        "supervise supervision",
        "hour hours",
        "four",
        "woman women",
        "policeman policemen",
        "Yemen",
        "child children",
        "rise rising",
        "size sizes",
        "prize",
        "import imports",
        "important importance",
        "business businesses",
        "busy",
        "several",
        "severe severely severity",
        "execution executed executions",
        "executive executives",
        "university universities",
        "universe",
        "apart",
        "apartment apartments",
        "author authors",
        "authority authorities",
        "major",
        "majority majorities",
        "emerge emerging",
        "emergency emergencies",
        "custom customs",
        "customer customers",
        "opposition",
        "opposite",
        "mobile",
        "mobilise mobilization mobilized mobilising",
        "premier",
        "premiere premiered",
    ),
    "it": ("anno anni", "arma armi", "uomo uomini", "quartiere quartieri"),
    "sv": (
        "turné turnén turne",
        "idé idéer",
        "kvinna kvinnan kvinnor kvinnorna",
        "marknad marknaden marknader",
        "skola skolan skolor",
        "Löfven Löfvens",
    ),
    "da": ("regering regeringen regeringens", "uge uger", "Aarhus Århus", "kvinde kvinder kvinderne"),
    "no": ("kafé kafe", "regjering regjeringen regjeringens", "Putin Putins", "valg valget"),
    "nl": (
        "comité comités",
        "dag dagen",
        "oorlog oorlogen",
        "woord woorden",
        "verkiezing verkiezingen",
        "nieuw nieuwe",
        "mens mensen",
        "Biden Bidens",
    ),
    "ru": (
        "война войны войной войнам",
        "президент президента президентом президенты",
        "переговоры переговоров переговорах",
        "Лавров Лаврова Лавровым",
        "Россия России Россией",
        "страна стран странах",
    ),
    "hi": ("दल दलों", "चुनाव चुनावों", "सरकार सरकारें सरकारों", "मंत्री मंत्रियों"),
    "id": ("bangun membangun dibangun pembangunan", "presiden presidennya"),
    "fa": ("کتاب کتاب‌ها کتاب‌های كتابها", "دولت دولتی", "انتخاب انتخابات", "مدرسه مدارس", "خانه خانهٔ"),
    "he": ("ממשלה הממשלה ממשלות", "ישראל בישראל", "ראש הראש", "צהל צהʼל בצהʼל", "שר שרים השרים שרי", "בית בתי"),
    "is": ("kosningar kosninga kosningum",),
    "lt": ("rinkimai rinkimų rinkimuose rinkimu", "vyriausybė vyriausybės vyriausybę"),
    "lv": ("vēlēšanas vēlēšanu vēlēšanās velesanas", "valdība valdības valdību"),
    "ro": ("alegeri alegerile alegerilor", "guvern guvernul guvernului", "președinte președintelui presedintele"),
    "hu": (
        "Budapest Budapesten budapesti",
        "választás választások választáson valasztas",
        "kormány kormányt kormánynak",
        "falu falvak faluban falvakat",
    ),
}


@pytest.mark.parametrize("analysis", FORMS)
def test_forms_of_a_word_share_a_stem_that_no_other_word_has(analysis: str) -> None:
    stems = [{normalized(form, analysis) for form in forms.split()} for forms in FORMS[analysis]]
    assert [len(each) for each in stems] == [1] * len(stems)
    assert len(set.union(*stems)) == len(stems)


def test_a_stem_is_the_stem_of_itself_but_for_its_last_letter() -> None:
    assert turkish_stem("kitabında") == turkish_stem("kitap") == "kitap"


@pytest.mark.parametrize(
    ("language", "written", "typed"),
    [
        ("hi", "ज़मीन माँ", "जमीन मां"),
        ("hi", "नरेन्द्र सम्बंध", "नरेंद्र संबंध"),
        ("fa", "۲۰۲۶", "2026"),
        ("th", "๒๐๒๖", "2026"),
        ("km", "២០២៦", "2026"),
        ("ta", "௨௦௨௬", "2026"),
        ("fa", "رئیس", "رییس"),
        ("ar", "مسؤول", "مسئول"),
        ("el", "ευρωπαϊκή", "ΕΥΡΩΠΑΪΚΗ"),
        ("da", "Århus Kjærgård", "Aarhus Kjaergaard"),
        ("pt", "São populações informação", "sao populacoes informacao"),
        ("en", "Société Générale Mbappé résumés Nestlé", "societe generale mbappe resumes nestle"),
        ("de", "André René Cafés Citroën", "andre rene cafes citroen"),
        ("fi", "André José García Orbánin", "andre jose garcia orbanin"),
        ("tr", "Beyoncé Mbappé hâlâ hikâye", "beyonce mbappe hala hikaye"),
        ("fr", "Sánchez Ibáñez Čaputová", "sanchez ibanez caputova"),
        ("it", "García Malmö", "garcia malmo"),
        ("ar", "٢٠٢٦", "2026"),
        ("uk", "ґанок", "ганок"),
        ("az", "Bakıda Məclis", "bakida meclis"),
        ("vi", "Việt Nam đường phố", "viet nam duong pho"),
        ("sr", "Џаковић", "dzakovic"),
        ("he", "שלום", "שלומ"),
    ],
)
def test_letters_that_readers_do_not_tell_apart_are_one(language: str, written: str, typed: str) -> None:
    assert terms(written, analysis_of(language)) == terms(typed, analysis_of(language))


@pytest.mark.parametrize("language", ["da", "nl", "no", "sv"])
def test_a_name_typed_without_its_last_accent_is_asked_for_with_it(language: str) -> None:
    analysis = analysis_of(language)
    asked = {normalized(word, analysis) for word in ("Andre", *variants("Andre", analysis))}
    assert normalized("André", analysis) in asked


@pytest.mark.parametrize("language", ["sr", "bs", "hr", "ms", "id", "nn", "nb", "no"])
def test_languages_that_inflect_alike_share_an_analysis(language: str) -> None:
    assert analysis_of(language) in {"hr", "id", "no"}


def test_scripts_without_spaces_are_found_by_any_part_of_a_run() -> None:
    whole, part = terms("การเลือกตั้งในกรุงเทพ", "und"), terms("เลือกตั้ง", "und")
    assert part == whole[3 : 3 + len(part)]
    assert len(part) == len("เลือกตั้ง") - 1
