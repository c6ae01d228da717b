"""Words in and around bylines, as data: what opens them, what ends them, and what looks like a name but is not."""

from __future__ import annotations

# Words that open a byline.
BYLINE_OPENERS = (
    "by", "written by", "words by", "story by", "posted by", "published by", "reported by", "recipe by", "article by",
    "author", "authors",
    "author:", "text by", "von", "ein artikel von", "eine analyse von", "ein kommentar von", "ein gastbeitrag von",
    "interview von",
    "eingestellt von", "gespeichert von", "veröffentlicht von", "geschrieben von",
    "erstellt von", "text", "text von", "verfasst von",
    "autor", "autorin", "autoren",
    "autorin/autor", "redaktion", "par", "écrit par", "publié par", "por", "escrito por", "publicado por", "di",
    "scritto da", "door", "geschreven door",
    "av", "af", "tekst", "skrevet av", "skrevet af", "autore", "auteur", "autora", "yazan", "yazar", "haber", "автор",
    "автора", "авторы", "بقلم", "كتب",
    "كتبت", "skriven av", "kirjoittanut", "od", "tekst av", "napisał", "napisała",
    "mwandishi", "imeandikwa na", "автор статьи", "автор тексту", "γράφει ο", "γράφει η",
    "submitted by", "υποβλήθηκε από", "soumis par", "enviado por", "inviato da", "ingezonden door", "wysłane przez",
    "beküldte", "vložil", "trimis de", "publicat de", "scris de", "postat de", "publicat per", "escrit per",
    "โดย", "เขียนโดย", "ผู้เขียน", "記者", "文", "作者", "责任编辑", "기자명", "기자", "ავტორი", "հեղինակ", "خبرنگار",
    "نویسنده", "مصنف", "लेखक", "লেখক", "প্রতিবেদক", "எழுதியவர்", "இடுகையிட்டது", "tác giả",
    "autoři", "autori", "autorzy", "autorky", "autores", "autoras", "auteurs", "auteure", "autrice", "autori:",
    "szerzők", "yazarlar", "författare", "forfatter", "forfattere", "skribent", "müəllif", "autorius", "autors",
    "автори", "аутор", "аутори", "аўтар", "муаллиф", "muallif",
    "penulis", "szerző", "oleh", "מאת", "a cura di", "propos recueillis par", "recueilli par", "oprac.", "opracowanie",
    "piše", "пише", "avtor", "avtorica", "avtorji", "toimetaja", "撰文", "撰稿",
    "themenstarter", "themenersteller", "thread starter", "beitragvon", "beitrag von", "postby", "post by",
    "mensajepor", "mensaje por", "messagepar", "message par", "messaggioda", "messaggio da",
    "berichtdoor", "bericht door",
)  # fmt: skip

# Words that open a line about somebody other than the writer.
NOT_BYLINE_OPENERS = (
    "reviewed", "medically reviewed", "fact[- ]?checked", "edited by", "photo", "photos", "foto", "fotos", "image",
    "illustration", "video", "bild", "with contributions", "translated", "übersetzt", "more (?:from|by|about)",
    "mehr (?:von|über)", "alle (?:beiträge|artikel)", "about", "über",
    "follow", "share", "tags?", "filed", "kategorie", "category", "source", "quelle",
    "теги", "тэги", "метки", "ключевые слова", "ключові слова", "теґи", "etiketler", "anahtar kelimeler", "etiquetas",
    "palabras clave", "palavras-chave", "mots[- ]cl[ée]s?", "schlagw[öo]rt\\w*", "tagi", "słowa kluczowe", "oznake",
    "原标题", "原標題", "fot", "zdjęci[ae]", "фото(?! и текст)", "צילום", "تصوير", "عکس", "ảnh",
    "sponsored", "paid (?:for|content)",
    "this (?:article|content|post|story) (?:is|was|has been) (?:paid|sponsored|funded|supported|presented)",
    "presented by", "brought to you", "powered by", "in partnership with",
    r"(?:from|aus|din|van|fra|från|iz|z|da|de|из|з) .{1,60}\bwiki\w*",
    "(?:marketed|sold|listed|offered|manufactured|distributed|supplied|shipped|provided|designed|hosted|organi[sz]ed|operated"
    "|managed|maintained|owned|verified|approved|answered|certified|narrated|read) by",
    "(?:one|no) (?:responses?|comments?|replies|reply|thoughts?)",
)  # fmt: skip

# Words after the name of a reader who comments; regular expressions.
COMMENT_VERBS = (
    "says", "said", "wrote", "writes", "sagt", "schreibt", "schrieb", "meint", "a dit", "a écrit", "dit", "dijo",
    "dice", "escribió", "disse", "diz", "ha detto", "scrive", "ha scritto", "zegt", "schreef", "schrijft", "diyor ki",
    "dedi ki", "пишет", "говорит", "napisał(?:\\(a\\)|a)?", "pisze", "säger", "skriver",
)  # fmt: skip

# Words after the names of a byline; regular expressions.
BYLINE_AFTERWORDS = (
    "on", "at", "in", "under", "unter", "vom", "seit", "updated", "last", "published",
    "(?-i:am|um|le|el|il)", r"(?:am|um|le|el|il)(?=\s\d)",  # "Yann Le Goff", "Ahmed El Sayed" are names
    "posted", "veröffentlicht",
    "publiée?", "mise? à jour", "modifiée?", "publicad[oa]", "actualizad[oa]", "atualizad[oa]", "pubblicato",
    "aggiornato", "gepubliceerd", "bijgewerkt", "publicerad", "uppdaterad", "publisert", "oppdatert", "udgivet",
    "opdateret", "julkaistu", "päivitetty", "opublikowano", "zveřejněno", "aktualizováno", "yayınlanma", "güncelleme",
    "опубликовано", "обновлено", "опубліковано", "оновлено", "objavljeno", "megjelent", "publicat", "actualizat",
    r"pe(?=\s\d)",
    "aktualisiert", "created", "follow", r"(?:add )?comments?", "kommentare?", "schlagwörter", "categories",
    "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag", "monday", "tuesday",
    "wednesday", "thursday",
    "friday", "saturday", "sunday", "senior", "staff", "contributing", "filed", "tagged", "leave",
    "(?-i:who)", "στις",
    "السبت", "الأحد", "الاثنين", "الإثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "lundi", "mardi",
    "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "lunedì", "martedì", "mercoledì", "giovedì", "venerdì",
)  # fmt: skip

# Weekdays in languages that are not fully covered by the days below; case-folded.
_MORE_WEEKDAYS = (
    "poniedziałek wtorek środa czwartek piątek sobota niedziela pondělí úterý středa čtvrtek pátek neděle pondelok "
    "utorok streda štvrtok piatok nedeľa ponedjeljak ponedeljak utorak srijeda sreda četvrtak petak subota nedjelja "
    "nedelja понедељак уторак среда четвртак петак субота недеља понедельник вторник четверг пятница суббота "
    "воскресенье понеділок вівторок середа четвер пʼятниця п'ятниця неділя понеделник сряда четвъртък петък събота "
    "неделя δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή hétfő kedd szerda csütörtök péntek szombat vasárnap "
    "luni marți marţi miercuri joi vineri sâmbătă duminică maanantai tiistai keskiviikko torstai perjantai lauantai "
    "sunnuntai måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag lørdag søndag esmaspäev teisipäev "
    "kolmapäev neljapäev reede laupäev pühapäev pirmdiena otrdiena trešdiena ceturtdiena piektdiena sestdiena "
    "svētdiena pirmadienis antradienis trečiadienis ketvirtadienis penktadienis šeštadienis sekmadienis dilluns "
    "dimarts dimecres dijous divendres dissabte diumenge senin selasa rabu kamis jumat sabtu minggu isnin khamis "
    "jumaat ahad jumatatu jumanne jumatano alhamisi ijumaa jumamosi jumapili lunes martes miyerkules huwebes biyernes"
)
# Months that end a byline only if a number follows: "Jan" and "May" are also names.
BYLINE_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept?", "oct", "nov", "dec",
)  # fmt: skip

# Words of a name that need no capital.
NAME_PARTICLES = frozenset(
    {
        "von", "van", "de", "der", "den", "del", "della", "di", "da", "dos", "du", "la", "le", "al", "el", "bin", "ibn",
        "zu", "und", "and",
    }
)  # fmt: skip

# Job titles after a name; the name ends before the first of them.
ROLE_WORDS = (
    "reporter", "writer", "editor", "correspondent", "columnist", "contributor", "journalist", "producer",
    "redakteur", "redakteurin", "korrespondent",
    "korrespondentin", "autor", "autorin", "chefredakteur", "journaliste", "rédacteur", "rédactrice", "redactor",
    "redactora", "periodista", "jornalista",
    "giornalista", "redacteur", "muhabir", "muhabiri", "journalistin", "reporterin", "director", "manager", "lead",
    "coo", "ceo", "cto", "founder", "co-founder", "specialist", "strategist",
)  # fmt: skip

# Job titles of writers: the text before a comma and one of these is a byline's name.
WRITER_WORDS = (
    "reporter", "reporterin", "writer", "correspondent", "columnist", "journalist", "journalistin", "redakteur",
    "redakteurin", "korrespondent", "korrespondentin", "journaliste", "periodista", "jornalista", "giornalista",
    "redacteur", "muhabiri", "editor",
)  # fmt: skip

# Words before a job title that belong to it.
ROLE_QUALIFIERS = (
    "senior", "chief", "deputy", "managing", "associate", "assistant", "contributing", "staff", "news", "tech",
    "technology", "science", "health",
    "lifestyle", "political", "politics", "business", "economics", "finance", "money", "sports?", "football", "crime",
    "foreign", "world", "national",
    "local", "environment", "climate", "education", "culture", "arts", "royal", "showbiz", "entertainment",
    "features?", "digital", "video", "data",
    "marketing", "content", "social", "media", "consumer", "travel", "food", "legal", "security", "defence",
    "defense", "diplomatic", "freelance", "former",
)  # fmt: skip

# Words that join two names of a byline.
NAME_JOINERS = (
    "and", "und", "et", "y", "e", "ve", "og", "och", "en", "и", "و", "with", "mit", "avec", "con", "com", "i",
)  # fmt: skip
# Joining words only in lower case: "Dan" and "A." are parts of names.
SMALL_JOINERS = (
    "a", "és", "și", "şi", "ja", "ir", "та", "і", "й", "και", "dhe", "və", "eta", "dan", "và", "na", "और", "এবং",
    "மற்றும்",
)  # fmt: skip

# Names that stand for nobody.
NOBODY = frozenset(
    {
        "admin", "administrator", "red", "editor", "editors", "guest author", "guest", "author", "anonymous",
        "unknown", "no author", "none", "null", "n/a", "undefined", "webmaster", "user", "super user", "facebook",
        "twitter", "instagram", "linkedin", "email", "e-mail", "share", "follow", "website", "home", "posted by",
        "written by", "by", "von", "about this author", "more about this author", "フォロー", "この記事の筆者",
        "すべて見る", "son güncelleme", "of this article", "seguir", "folgen", "suivre", "takip et", "подписаться",
        "متابعة", "editorial", "team", "the team", "author bio", "more posts", "view profile", "contact",
        "contributor", "contributors", "about the author", "view all posts", "read more",
    }
)  # fmt: skip

# More openers, case-folded: removed from a byline, but not used to find one.
MORE_OPENERS = (
    "interview", "text & fotos", "text und fotos", "text & bild", "text und bild", "text/fotos", "words and photos",
    "words and photographs by", "text and photographs by", "photographs and text by", "text and photos by",
    "photos and text by", "story and photos by", "photos and story by",
    "gastbeitrag von", "gastkommentar von", "ein rezept von", "rezept von", "artikel von", "beitrag von",
    "bericht von", "kommentar von", "reportage von", "autor/in", "autor:in", "autor*in", "autor/-in", "von redaktion",
    "words", "article de", "un article de", "reportage de", "une enquête de", "publicado por", "escrito por", "por:",
    "report by", "analysis by", "opinion by", "review by", "interview by", "as told to", "compiled by",
    "opublikowane przez", "autor:", "tekst:", "tekst i zdjęcia", "redakce", "автор:", "текст:", "текст",
    "фото и текст", "reporting by", "reported by", "curated by", "produced by", "additional reporting by",
    "protokoll", "das gespräch führte", "das gespräch führten", "aufgezeichnet von", "gastautor", "gastautorin",
    "texte", "texte de", "propos recueillis par", "recueilli par", "rédigé par", "réalisé par", "texto", "texto de",
    "textos", "redactado por", "elaborado por", "entrevista de", "testo", "testo di", "a cura di", "a cura della",
    "oprac.", "oprac", "opracowanie", "opracował", "opracowała", "piše", "pišu", "napsal", "napsala", "napísal",
    "scris de", "írta", "teksti", "tekst og foto", "text och foto", "muhabir", "editör", "hazırlayan", "derleyen",
    "подготовил", "подготовила", "подготовили", "автор текста", "автор статьи", "текст и фото", "підготував",
    "підготувала", "إعداد", "تحرير", "إعداد وتحرير", "كتابة", "نویسنده", "نگارنده", "نوشته", "מאת", "द्वारा", "लेखक",
    "रिपोर्ट", "লেখক", "tác giả", "oleh", "penulis", "συντάκτης", "γράφει ο", "γράφει η", "編集", "文・写真",
    "取材・文", "撰文", "责编", "责任编辑", "글", "취재",
)  # fmt: skip

# Beginnings of what follows the names of a byline; regular expressions.
BYLINE_TAILS = (
    "tüm yazıları", "diğer yazıları", "all (?:posts|articles|stories)", "alle (?:beiträge|artikel)",
    "tous (?:les|ses) articles", "ver todos", "más artículos", "tutti gli articoli", "все (?:статьи|материалы)",
    "kategorien?", "categor(?:y|ies)", "kein(?:e)? kommentare?", "ein kommentar", "hinterlasse", "leave a",
    "no comments?", "posted in", "filed under", "uncategorized", "allgemein", "abgelegt", "schlagw(?:ort|örter)",
    "tags", "stand", "datum", "vor", "shares?", "views?", "min(?:ute)?s? read", "in allgemeines", "reviewed",
    "symbolbild", "symbolfoto", "archivbild", "archivfoto", "zvg",
    "fact[- ]checked", "medically", r"(?:am|le|el|on) \d", "with (?:inputs|files) from",
)  # fmt: skip

# Labels of people other than the writer within a byline; a colon or "by" follows.
OTHERS_LABELS = (
    "photos?", "photograph(?:s|y|ed|er)?", "photographies?", "fotos?", "fotografien?", "fotografia", "fotografías?",
    "fotograf(?:in)?", "fotoğraf(?:lar)?", "foto[ -]?credit", "bild", "bilder", "images?", "pictures?", "videos?",
    "kamera", "illustrations?", "illustrationen", "grafik", "graphics?", "editing", "edited", "editor", "edition",
    "translation", "translated", "übersetzung", "übersetzt", "traduction", "traducción", "traduzione", "çeviri",
    "çeviren", "перевод", "фото", "редактор", "kuvat?", "zdjęcia", "写真", "撮影", "翻訳", "摄影", "攝影", "编辑",
    "編輯", "사진", "تصوير", "ترجمة",
)  # fmt: skip

# Texts found in place of a name.
NOT_NAMES = frozenset(
    {
        "datum", "date", "uhr", "stand", "vor", "mehr", "alle artikel", "all articles", "more", "artikel", "beitrag",
        "fotos", "photos", "foto", "photo", "bild", "video", "elements", "information", "affiliations", "presse",
        "編集委員", "論説委員", "解説委員", "客員編集委員", "特派員", "支局長", "編集長", "ライター",
        "评论员", "評論員",
        "authors", "autoren", "kommentare", "comments", "comment", "zum artikel", "startseite", "impressum",
        "agencies", "wire services", "wire reports", "news agencies", "agenturen", "agences", "agencias", "agências",
        "agenzie", "ajanslar", "agentur", "агентства", "وكالات", "publisher", "presseinfo", "advertisement",
        "anzeige", "werbung", "image", "credit", "copyright", "この記事を書いた人", "back to top", "nach oben",
        "suche", "search", "menu", "menü", "login", "anmelden", "newsletter", "allgemein", "uncategorized", "news",
        "blog", "anónimo", "anonym", "published", "published on", "first published", "date published", "posted",
        "posted on", "created", "updated", "last updated", "modified", "last modified", "veröffentlicht", "erstellt",
        "aktualisiert", "publié", "publié le", "mis à jour", "publicado", "publicado em", "publicado el",
        "actualizado", "atualizado", "pubblicato", "aggiornato", "gepubliceerd", "bijgewerkt", "publicerad",
        "uppdaterad", "udgivet", "opdateret", "publisert", "oppdatert", "julkaistu", "päivitetty", "opublikowano",
        "aktualizacja", "yayınlanma", "yayın tarihi", "güncelleme", "опубликовано", "обновлено",
    }
)  # fmt: skip

# Endings of job titles; regular expressions for the end of any part of a byline but the first.
ROLE_ENDINGS = (
    r"redakteur(?:in)?", r"\beditor", r"\bcolumnist", r"\bwriter", r"\breporter", r"\bcorrespondent",
    r"\bjournalist(?:in)?",
    r"\bgardener", r"\beducators?", r"\bscientist", r"\bexpert", r"\bprofessor(?:in)?", r"\blead",
    r"\bmanager(?:in)?",
    r"\bdirector", r"\bspecialist", r"korrespondent(?:in)?", r"\bleiter(?:in)?", r"\bautor(?:in)?",
    r"\bsprecher(?:in)?",
    r"\banalyst", r"\bconsultant", r"ologist", r"\bcontributor", r"\bfounder", r"\bceo", r"\bpresident",
    r"\bjournaliste", r"\brédact(?:eur|rice)", r"\bperiodista", r"\bredactor[a]?", r"\bjornalista",
    r"\bgiornalista",
    r"\bmuhabir[i]?", r"\brepresentative", r"\bvolontär(?:in)?", r"\btherapist", r"\bnutritionist", r"\bdietitian",
)  # fmt: skip

# Countries that end an address after an organization's name; case-folded.
COUNTRIES = frozenset({"germany", "deutschland", "austria", "österreich", "switzerland", "schweiz"})

DAY_WORDS = frozenset(
    {
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "tues",
        "wed", "thu",
        "thur", "thurs", "fri", "sat", "sun", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag",
        "sonnabend", "sonntag", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "lunes",
        "martes", "miércoles", "jueves", "viernes", "sábado", "sabado", "domingo", "segunda", "terça", "quarta",
        "quinta", "sexta", "lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica", "maandag",
        "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag", "pazartesi", "salı", "çarşamba",
        "perşembe", "cuma", "cumartesi", "pazar", "am", "pm", "uhr", "de", *_MORE_WEEKDAYS.split(),
    }
)  # fmt: skip
