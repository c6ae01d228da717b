"""Words in bylines that name editorial offices and organizations instead of people, as data; all are case-folded."""

from __future__ import annotations

# Whole bylines.
NEWSROOM_NAMES = frozenset(
    {
        "staff", "editorial team", "editorial staff", "haber merkezi", "dış haberler", "editör", "editörden",
        "yurt haberleri", "toimitus", "מערכת", "التحرير", "المحرر", "تحریریه", "корреспондент", "собкор",
        "пресс-служба", "прес-служба", "編集", "编辑", "編輯", "নিজস্ব প্রতিবেদক", "নিজস্ব প্রতিনিধি", "স্টাফ রিপোর্টার",
        "pressestelle", "pressedienst", "pressemitteilung", "presseinformation", "communiqué", "service des sports",
        "nieuwsdienst", "gastautor", "gastautorin", "gastbeitrag",
        "প্রতিবেদক", "প্রতিনিধি", "সংবাদদাতা", "নিজস্ব সংবাদদাতা", "বিশেষ প্রতিনিধি",
        "বিশেষ প্রতিবেদক", "জেলা প্রতিনিধি", "উপজেলা প্রতিনিধি", "प्रतिनिधि", "प्रतिनिधी",
        "विशेष प्रतिनिधि", "संवाद सूत्र", "संवाद सहयोगी", "वेब टीम", "نامہ نگار", "نمائندہ خصوصی",
        "نمائندہ", "اسٹاف رپورٹر", "خبرنگار", "مراسلون", "متابعات", "خاص", "محرر", "صوت التحرير",
        "צוות האתר", "כתבי האתר", "phóng viên", "nhóm phóng viên", "pv", "nhóm pv", "tổng hợp",
        "tim liputan", "wartawan", "mwandishi wetu", "waandishi wetu", "munkatársunktól",
        "tudósítónktól", "δημοσιογραφική ομάδα", "ομάδα σύνταξης", "綜合報導", "综合报道", "本報訊", "本报讯",
        "ผู้สื่อข่าว", "ผู้สื่อข่าวภูมิภาค",
    }
)  # fmt: skip

# Found anywhere, even within a word; regular expressions.
NEWSROOM_PARTS = (
    "redaktion(?!smitglied)", r"redaktio\b", "r[ée]daction", "redacci[oó]n", "redazione", "reda[çc][ãa]o", "redaksjon",
    "redaksi", "redakcj", "redakce", "redakci", "redakció", "redac[tțţ]i[ae]", "редакц", "szerkesztőség", "toimetus",
    "uredništ",
    "haber merkezi", "haber masası", "servisi$", "yazı işleri", "newsroom", "webdesk", "newsdesk", "σύνταξη",
    "συντακτική ομάδα", "отдел новостей", "служба новостей", "відділ новин", "ban biên tập", "tòa soạn",
    "กองบรรณาธิการ", "編集部", "編集局", "編輯部", "編輯中心", "编辑部", "新闻中心", "新聞中心", "取材班", "報道部",
    "報道局", "편집국", "편집부", "뉴스팀", "뉴스부", "뉴스룸", "취재팀", "هيئة التحرير", "فريق التحرير",
    "أسرة التحرير", "قسم التحرير", "غرفة الأخبار", "מערכת ", "डेस्क", "ডেস্ক", "ڈیسک", "ब्यूरो", "संवाददाता",
    "erredakzio", "რედაქცია", "խմբագրություն", "ทีมข่าว", "新聞部", "新闻部", "वृत्तसेवा",
    "(?:新聞|即時|國際|生活|社會|娛樂|財經|政治|體育|地方|網路)中心",
    r"^گروه (?:سیاسی|اقتصادی|اجتماعی|ورزشی|فرهنگی|جامعه|بین)", r"^قسم (?:الأخبار|الرياضة|الاقتصاد)",
    "ડેસ્ક", "డెస్క్", "ഡെസ്ക്", "ಡೆಸ್ಕ್", "டெஸ்க்", "செய்திப் ?பிரிவு", "செய்தி பிரிவு", "வெப் டீம்", "ബ്യൂറോ", "లేఖరి",
)  # fmt: skip

# Endings of a byline, whatever it begins with ("Example Staff", "HT News Desk"); regular expressions.
NEWSROOM_ENDINGS = (
    r"\bdesk", r"\bstaff", r"\bbureau", r"(?:^|[\s_-])(?:web)?team", r"\beditors", r"\bcorrespondents",
    r"\breporters", r"\bnews service", r"\bonline",
)  # fmt: skip

# A byline of only such words is nobody's name: "Our Correspondent", "Sports Desk", "Guest Contributor".
TRADE_WORDS = frozenset(
    {
        "a", "an", "the", "our", "by", "from", "of", "for", "and", "at", "with", "own", "senior", "chief", "special",
        "guest", "staff", "contributing", "freelance", "roving", "web", "online", "digital", "internet", "multimedia",
        "news", "sport", "sports", "business", "entertainment", "world", "national", "international", "foreign",
        "local", "city", "metro", "features", "feature", "lifestyle", "tech", "technology", "political", "politics",
        "finance", "money", "health", "science", "culture", "opinion", "editorial", "editor", "editors", "reporter",
        "reporters", "correspondent", "correspondents", "writer", "writers", "author", "contributor", "contributors",
        "columnist", "columnists", "board", "desk", "team", "bureau", "office", "department", "service", "services",
        "wire", "wires", "report", "reports", "agency", "agencies", "media", "content", "marketing", "communications",
        "communication", "press", "release", "admin", "administrator", "webmaster", "moderator", "publisher",
        "newspaper", "trending", "video", "social", "live", "breaking", "von", "unserer", "unseren", "unserem",
        "korrespondenten", "korrespondent", "mitarbeiter", "agenturen", "agenturmaterial", "agences", "agence",
        "avec", "agencias", "agência", "agências", "agenzie", "enviado", "enviada", "especial", "corresponsal",
        "corresponsales", "notre", "correspondant", "correspondante", "nostro", "inviato", "corrispondente",
        "muhabir", "muhabirimiz", "ajanslar", "ajans", "dış", "iç", "haber", "haberler", "spor", "ekonomi", "dünya",
        "gündem", "kültür", "sanat", "агентства", "собственный", "наш", "وكالات", "مراسل", "مراسلنا",
    }
)  # fmt: skip

# Whole words found in names of organizations but not of people.
ORGANIZATION_WORDS = frozenset(
    {
        "news", "network", "media", "tribune", "herald", "gazette", "magazine", "magazin", "journal", "zeitung",
        "nachrichten", "newspaper", "radio", "tv", "television", "studio", "studios", "university", "universität",
        "université", "universidad", "universidade", "università", "üniversitesi", "college", "institute", "institut",
        "instituto", "istituto", "school", "department", "departement", "département", "ministry", "ministerium",
        "ministère", "ministerio", "ministero", "bakanlığı", "ministerstvo", "министерство", "government", "council",
        "committee", "commission", "kommission", "agency", "agentur", "agence", "agencia", "agência", "agenzia",
        "ajansı", "агентство", "association", "asociación", "federation", "foundation", "society", "company",
        "corporation", "group", "gruppe", "groupe", "grupo", "partners", "holding", "center", "centre", "centro",
        "zentrum", "office", "bureau", "amt", "abteilung", "sekretariat", "verein", "verlag", "partei", "fraktion",
        "feuerwehr", "polizei", "police", "kirche", "museum", "club", "klub", "forum", "communications", "gazetesi",
        "haberleri", "nieuws", "nyheter", "nyheder", "uutiset", "noticias", "notícias", "notizie", "zprávy", "știri",
        "hírek", "vijesti", "stadt", "kanal", "kanalı", "channel",
        "gemeinde", "landkreis", "inspectorate", "directorate", "ayuntamiento", "prefeitura",
        "mairie", "belediyesi", "газета", "новости", "conversation", "kitchen", "kitchens", "podcast", "eg", "صحيفة",
        "وكالة", "جريدة",
    }
)  # fmt: skip

# Parts of words in names of organizations, for German compounds and scripts without spaces; regular expressions.
ORGANIZATION_PARTS = (
    ".ministerium$", ".verband$", ".stiftung$", ".institut$", ".verlag$", ".zeitung$", ".behörde$", ".gesellschaft$",
    ".direktion$", "^polizei", ".{4}amt$", "^bundes(?:amt|agentur|anstalt|rat|tag)", ".agentur$", ".verein$",
    ".{4}kanzlei$", ".fraktion$", ".feuerwehr$", ".magazin$", ".universität$", "新聞社?$", "新闻社?$", "放送$",
    "テレビ$", "日报$", "日報$", "通信社$", "通讯社$", "電視$", "电视台$", "뉴스$", "신문$", "일보$", "방송$",
)  # fmt: skip
