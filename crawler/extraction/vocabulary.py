"""The words that publishers use around a story, as data: labels, prompts, credits, hosts.

The lists hold the words themselves, case-folded where they are compared whole. Languages are those of the corpora
and of the first sources: English, German, French, Spanish, Portuguese, Italian, Dutch, Turkish, Russian, Arabic,
Bosnian/Croatian/Serbian, the Nordic languages, Polish, Czech, Japanese, Korean, Chinese.
Months are in dates/month_names.py, words of bylines in bylines/name_words.py.
"""

from __future__ import annotations

# Labels of boxes that link to other stories: whole lines, case-folded, without closing colon and arrows.
LINK_BOX_LABELS = frozenset(
    {
        "recommended", "recommended for you", "recommended stories", "recommended reading", "recommended articles",
        "related", "related articles", "related stories", "related news", "related content", "related topics",
        "related posts",
        "related coverage", "related links", "related reading", "related video", "related videos", "more on this",
        "more on this story",
        "more on this topic", "more stories", "more news", "more like this", "more from this author", "read also",
        "read more",
        "read next", "also read", "see also", "up next", "you may also like", "you might also like", "you may like",
        "you might be interested in", "keep reading", "continue reading", "most read", "most popular", "most viewed",
        "trending",
        "trending now", "popular", "popular now", "popular stories", "latest", "latest news", "latest stories",
        "top stories",
        "editor's picks", "editors' picks", "editor's choice", "don't miss", "what to read next", "must read",
        "must reads",
        "in case you missed it", "story continues below", "explore", "explore more", "discover more",
        "mehr zum thema", "zum thema", "lesen sie auch", "lesen sie mehr", "mehr dazu",
        "das könnte sie auch interessieren",
        "das könnte dich auch interessieren", "weitere artikel", "weitere themen", "auch interessant", "meistgelesen",
        "verwandte artikel",
        "weitere nachrichten", "weitere meldungen",
        "ähnliche artikel", "empfehlungen", "neueste artikel", "lesetipps", "passend dazu",
        "à lire aussi", "a lire aussi", "lire aussi", "à lire également", "sur le même sujet", "les plus lus",
        "articles liés", "voir aussi",
        "lea también", "lee también", "te puede interesar", "le puede interesar", "más noticias", "más información",
        "noticias relacionadas", "lo más leído", "ver también", "artículos relacionados", "además",
        "leia também", "leia mais", "veja também", "mais lidas", "notícias relacionadas", "saiba mais",
        "leggi anche", "potrebbe interessarti", "articoli correlati", "più letti", "lees ook", "meer nieuws",
        "meest gelezen",
        "ilgili haberler", "önerilen", "önerilenler", "önerilen haberler", "bunlar da ilginizi çekebilir",
        "çok okunanlar", "keşfet",
        "diğer haberler", "sıradaki haber", "читайте также", "по теме", "рекомендуем", "ещё по теме",
        "самое читаемое", "исследуйте",
        "اقرأ أيضا", "اقرأ أيضاً", "مواضيع ذات صلة", "موصى به", "استكشف", "الأكثر قراءة", "les også", "läs också",
        "läs mer", "les mer",
        "les mer om", "mest lest", "læs også", "czytaj także", "zobacz także", "czytaj też", "čtěte také",
        "mohlo by vás zajímat",
        "pročitajte još", "povezane vijesti", "preporučeno", "istraži", "関連記事",
        "おすすめ記事", "あわせて読みたい", "人気記事",
        "관련기사", "많이 본 뉴스", "추천기사", "相关新闻", "相关阅读", "推荐阅读",
        "explorer", "recommandé", "empfohlen", "entdecken",
        "bu haber de ilginizi çekebilir", "ilginizi çekebilir", "ilgili haber",
        "延伸阅读", "延伸閱讀", "相關新聞", "相關報導", "ये भी पढ़ें", "यह भी पढ़ें", "इसे भी पढ़ें", "संबंधित खबरें",
        "مزید پڑھیں", "بیشتر بخوانید", "اخبار ذات صلة", "مقالات ذات صلة", "baca juga", "berita terkait", "đọc thêm",
        "tin liên quan", "lue myös", "διαβάστε επίσης", "διαβάστε ακόμη", "читайте також", "прочетете още",
        "citește și", "olvasta már", "loe ka",
    }
)  # fmt: skip

# Labels before what readers wrote.
COMMENT_LABELS = frozenset(
    {
        "comments", "leave a comment", "leave a reply", "join the conversation", "kommentare", "commentaires",
        "comentarios", "comentários", "commenti", "reacties", "yorumlar", "комментарии", "comentarii", "komentarze",
        "komentáře", "komentáre", "komentari", "komentarji", "коментарі", "коментари", "каментары", "σχόλια",
        "kommentarer", "kommentit", "hozzászólások", "kommentek", "comentaris", "komentāri", "komentarai",
        "kommentaarid", "şərhlər", "التعليقات", "تعليقات", "نظرات", "دیدگاه‌ها", "دیدگاه ها", "תגובות", "komentar",
        "bình luận", "ความคิดเห็น", "コメント", "评论", "評論", "留言", "댓글", "टिप्पणियां", "टिप्पणियाँ", "মন্তব্য",
        "maoni",
    }
)  # fmt: skip

# Labels after which nothing belongs to the story, if only short lines follow.
END_LABELS = LINK_BOX_LABELS | COMMENT_LABELS | frozenset(
    {
        "about the author", "about the authors",
        "share this",
        "share this article", "share this story", "follow us", "tags", "topics", "filed under", "newsletter", "sign up",
        "more from", "our picks", "sponsored", "sponsored content", "advertisement", "partner content",
        "comments are closed",
    }
)  # fmt: skip

# Labels before a list of a story's tags.
TAG_LABELS = frozenset(
    {
        "tags", "tag", "topics", "topic", "related topics", "related tags", "filed under", "filed in", "keywords",
        "key words", "article tags", "post tags", "story tags", "tagged", "tagged with", "tagged in", "tagged as",
        "tagged under", "topics in this story", "topics mentioned in this article", "more on", "more about",
        "explore more topics", "explore more on these topics", "explore topics", "read more about",
        "schlagwörter", "schlagworte", "schlagwort", "themen", "thema", "themen des artikels",
        "themen in diesem artikel", "stichwörter", "stichworte", "mehr zum thema", "mehr zu den themen",
        "verwandte themen", "mots-clés", "mots clés", "sujets", "thèmes", "thématiques", "étiquettes", "temas",
        "etiquetas", "palabras clave", "archivado en", "más sobre", "temas relacionados", "assuntos",
        "palavras-chave", "mais sobre", "tópicos", "argomenti", "parole chiave", "temi", "etiketler", "konular",
        "ilgili konular", "anahtar kelimeler", "trefwoorden", "onderwerpen", "lees meer over", "meer over", "tagi",
        "słowa kluczowe", "tematy", "więcej na temat", "теги", "тэги", "темы", "метки", "ключевые слова",
        "ключові слова", "теґи", "标签", "標籤", "關鍵字", "关键词", "關鍵詞", "キーワード", "関連キーワード", "タグ",
        "태그", "관련태그", "키워드", "الوسوم", "وسوم", "كلمات مفتاحية", "كلمات دلالية", "برچسب‌ها", "برچسب ها",
        "emner", "emneord", "ämnen", "taggar", "mer om", "les mer om", "läs mer om", "læs mere om", "aiheet",
        "avainsanat", "lisää aiheesta", "štítky", "témata", "klíčová slova", "címkék", "etichete", "oznake",
        "ključne reči", "tagovi", "ετικέτες", "chủ đề", "từ khóa", "topik", "kata kunci", "टैग", "विषय", "ট্যাগ",
    }
)  # fmt: skip

# A line that begins with one of these and a colon or dash points to another story.
LINK_LINE_OPENERS = (
    "read more", "read also", "also read", "also see", "see also", "more on this", "related", "watch", "listen",
    "don't miss", "read next",
    "recommended", "explore", "must read", "read", "lesen sie auch", "lesen sie mehr", "lesen sie hier", "lies auch",
    "mehr dazu", "mehr lesen", "mehr zum thema", "auch interessant",
    "lire aussi", "à lire aussi", "a lire aussi", "lire plus", "voir aussi", "lea también", "lee también", "lea más",
    "leer más",
    "te puede interesar", "ver también", "leia também", "leia mais", "veja também", "leggi anche", "leggi di più",
    "lees ook",
    "devamını oku", "daha fazla", "ayrıca oku", "okuyun", "ilgili haber", "читайте также", "читать также",
    "смотрите также", "подробнее",
    "اقرأ أيضا", "اقرأ أيضاً", "اقرأ المزيد", "شاهد", "les også", "läs också", "læs også", "czytaj także",
    "czytaj też", "zobacz także",
    "čtěte také", "pročitajte i", "pročitajte još", "関連記事", "관련기사", "相关阅读",
    "bu haber de ilginizi çekebilir", "ilginizi çekebilir", "延伸阅读", "延伸閱讀", "相關新聞", "あわせて読みたい",
    "ये भी पढ़ें", "यह भी पढ़ें", "इसे भी पढ़ें", "مزید پڑھیں", "بیشتر بخوانید", "اقرأ أيضًا", "baca juga", "simak juga",
    "đọc thêm", "xem thêm",
    "lue myös", "διαβάστε επίσης", "διαβάστε ακόμη", "читайте також", "прочетете още", "citește și", "loe ka",
    "lee además", "mira también", "per approfondire", "sur le même sujet", "zum thema", "weiterlesen", "lire la suite",
    "читать далее", "pročitajte više", "opširnije", "прочитај повеќе", "lexo më shumë", "soma zaidi", "ler mais",
    "seguir leyendo", "continua a leggere", "czytaj dalej", "citește mai mult", "läs mer", "les mer", "læs mere",
    "lesen sie dazu", "lesen sie weiter", "siehe auch", "à lire également", "à voir aussi", "lisez aussi",
    "lee más", "leer también", "leia ainda", "guarda anche", "vedi anche", "lees meer", "bekijk ook", "läs även",
    "ayrıca okuyun", "bunu da okuyun", "přečtěte si", "čítajte aj", "čítajte tiež", "skaitykite taip pat", "lasi arī",
    "olvassa el", "ezt is olvassa el", "читайте ещё", "читайте еще", "прочитајте и", "читајте још",
    "อ่านเพิ่มเติม", "อ่านข่าวเพิ่มเติม", "ข่าวที่เกี่ยวข้อง", "อ่านต่อ",
    "और पढ़ें", "संबंधित खबर", "আরও পড়ুন", "আরো পড়ুন",
    "மேலும் படிக்க", "یہ بھی پڑھیں", "همچنین بخوانید", "קראו גם", "baca lagi", "basahin din", "basahin",
    "関連リンク", "関連ニュース", "合わせて読みたい", "관련 기사", "함께 보면 좋은 기사",
    "相關文章", "相关报道", "相關報導", "更多新闻", "更多新聞",
    "推荐阅读", "推薦閱讀", "看更多", "更多報導",
)  # fmt: skip

# A line that begins with one of these names where the story came from.
SOURCE_OPENERS = (
    "source", "sources", "quelle", "quellen", "kaynak", "kaynaklar", "fuente", "fuentes", "fonte", "fontes", "fonti",
    "источник", "источники", "джерело", "المصدر", "المصادر", "منبع", "izvor", "izvori", "извор", "źródło", "zdroj",
    "来源", "來源", "出典", "출처", "bron", "burimi", "chanzo", "kilde", "kilder", "källa", "källor", "lähde",
    "forrás", "sursa", "πηγή", "allikas", "šaltinis", "avots", "източник", "източници", "крыніца",
    "mənbə", "स्रोत", "সূত্র", "ماخذ", "nguồn", "sumber", "majiya", "xigasho", "ምንጭ",
)  # fmt: skip

# Words that introduce the maker of an image at the end of a caption.
CREDIT_OPENERS = (
    "źródło zdjęć",
    "źródło zdjęcia",
    "photo",
    "photos",
    "photograph",
    "photo by",
    "photo credit",
    "photograph by",
    "image",
    "images",
    "image credit",
    "credit",
    "credits",
    "picture",
    "foto",
    "fotos",
    "bild",
    "bilder",
    "fotoğraf",
    "kaynak",
    "crédit",
    "crédits",
    "crédito",
    "©",
    "фото",
    "copyright",
    "source",
    "quelle",
    "archivio",
    "illustration",
    "bildquelle",
    "photographer",
    "fotograf",
    "fotografin",
    "bildrechte",
    "fotocredit",
    "illustrations",
    "imagen",
    "φωτογραφία",
    "φωτο",
    "φωτ.",
    "צילום",
    "תצלום",
    "تصوير",
    "تصویر",
    "عکس",
    "fotó",
    "zdjęcie",
    "zdjęcia",
    "fot.",
    "ảnh",
    "ภาพ",
    "写真",
    "撮影",
    "摄影",
    "攝影",
    "사진",
    "फोटो",
    "फ़ोटो",
    "ছবি",
    "فوٹو",
    "ფოტო",
    "լուսանկար",
    "kuva",
    "kuvat",
    "billede",
    "picha",
    "hoto",
    "sawir",
    "снимка",
    "снимки",
    "фотографија",
    "fotografija",
    "image source",
    "photo source",
)

# Rights notices that appear in a credit beside the maker's name.
RIGHTS_NOTICES = (
    "all rights reserved", "tous droits réservés", "alle rechte vorbehalten", "todos los derechos reservados",
    "todos os direitos reservados", "tutti i diritti riservati", "riproduzione riservata",
    "tüm hakları saklıdır", "все права защищены", "purchase licensing rights", "재판매 및 db 금지",
)  # fmt: skip

# Words behind the maker of an image at the end of a caption; regular expressions.
CREDIT_CLOSERS = (
    "제공", r"자료\s?사진", "提供", r"nuotr\.?", r"nuotrauka\.?", "felvétele", "fotoattēls", r"ფოტო",
)  # fmt: skip

# Agencies: the bare name of one after a caption is its credit.
AGENCIES = frozenset(
    {
        "afp", "ap", "reuters", "aa", "anadolu", "anadolu agency", "dpa", "epa", "efe", "ansa", "apa", "keystone",
        "getty images",
        "getty", "afp/getty images", "ap photo", "associated press", "the associated press", "dha", "iha",
        "trt world", "trtworld", "tass", "ria novosti", "xinhua", "pa",
        "pa media", "pa wire", "shutterstock", "istock", "alamy", "imago", "ritzau scanpix", "scanpix", "tt", "ntb",
        "belga", "kyodo", "yonhap", "anp", "lusa", "pap", "mti", "čtk", "tasr", "hina", "tanjug", "beta", "agerpres",
        "profimedia", "profimedia images",
        "ap archive", "reuters archive", "afp archive", "others", "dpa/picture alliance", "picture alliance", "cnn",
        "bloomberg", "zuma press", "nurphoto", "sipa", "abaca", "unsplash", "pexels", "pixabay", "adobe stock",
        "연합뉴스", "뉴스1", "뉴시스", "공동취재", "ロイター", "共同", "共同通信社",
        "ap通信", "ａｐ", "ａｆｐ", "ａｆｐ時事", "ａｐ通信",
        "аа", "рейтерс", "интерфакс", "афп", "рбк",
        "رويترز", "أ ف ب", "أ.ف.ب", "فرانس برس", "الفرنسية", "الأناضول", "أسوشيتد برس", "غيتي", "غيتي إيميجز",
        "рейтер", "риа новости", "тасс", "新华社", "中新社", "路透", "路透社", "法新社", "美联社", "视觉中国", "로이터",
        "eurokinissi", "απε-μπε",
    }
)  # fmt: skip

# Hosts of players and posts in frames -> what they show; the kinds of news.article.EmbedKind.
EMBED_HOSTS = {
    "youtube.com": "video", "youtube-nocookie.com": "video", "youtu.be": "video", "vimeo.com": "video",
    "dailymotion.com": "video", "brightcove.net": "video", "jwplayer.com": "video", "jwplatform.com": "video",
    "rumble.com": "video", "twitch.tv": "video", "ok.ru": "video", "vk.com": "video", "rutube.ru": "video",
    "glomex.com": "video", "kaltura.com": "video", "streamable.com": "video", "bilibili.com": "video",
    "soundcloud.com": "audio", "spotify.com": "audio", "podcasts.apple.com": "audio", "acast.com": "audio",
    "megaphone.fm": "audio", "simplecast.com": "audio", "podigee.io": "audio", "omny.fm": "audio",
    "platform.twitter.com": "post", "twitter.com": "post", "x.com": "post", "instagram.com": "post",
    "facebook.com": "post", "tiktok.com": "post", "threads.net": "post", "bsky.app": "post", "reddit.com": "post",
    "t.me": "post",
}  # fmt: skip

# What live blogs call the boxes of their posts, and what their addresses and titles contain.
LIVE_NAMES = (
    r"live[-_]?(?:blog|ticker|post|update|entry|event|item|feed|stream)|liveblog|ticker[-_]?(?:item|entry|post|event)"
    r"|timeline[-_]?(?:entry|item|event)|minute[-_]?by|min[-_]?a[-_]?min|lb[-_]?post|key[-_]?event"
)
LIVE_ADDRESS = (
    r"\blive-?(?:blog|ticker|updates?|news|coverage)|liveticker|newsticker|news-?blog|(?:^|[/-])live(?:[/-]|$)|en-direct|en-vivo|ao-vivo"
    r"|minuto-a-minuto|in-diretta|la-diretta|canli-(?:anlatim|blog|yayin)|dakika-dakika|na-zywo|uzivo|onlayn|ticker-"
)
LIVE_TITLE = (
    r"\W*(?:(?:live[ -]?blog|live[ -]?ticker|live[ -]?updates?|en direct|en vivo|ao vivo|canlı (?:blog|anlatım))\b"
    r"|(?:live|canlı|онлайн|прямая трансляция|хроника|مباشر|تغطية مباشرة|uživo|drejtpërdrejt|in diretta|na żywo)"
    r"\s?[:：|])"
)

GALLERY_PATH = (
    r"/(?:galler(?:y|ies|ia)|galeri[ea]?|foto-?galeri|photos?|in-pictures|pictures|diaporamas?|bilderstrecken?"
    r"|bildergalerien?|fotostrecken?|fotos|fotogaleri[ae]?|slideshows?)(?:/|$)"
)

# Words of prompts to pay, register, follow or allow, anywhere in a line; cut to six letters, which covers their
# inflections.
PROMPT_STEMS = frozenset(
    {
        "subscr", "newsle", "login", "inbox", "unlimi", "cookie", "privac", "policy", "accoun", "trial", "epaper",
        "paywal", "donate",
        "donati", "regist", "downlo", "follow", "unsubs", "sponso", "advert", "commen", "consen", "rights", "reserv",
        "premiu",
        "abonne", "abonni", "abonné", "abo", "abos", "anmeld", "angeme", "datens", "einwil", "kosten", "werbun",
        "anzeig", "inscri", "connec", "compte",
        "suscri", "inicia", "sesión", "cuenta", "regíst", "assina", "assine", "cadast", "iscriv", "iscriz", "accedi",
        "abbona", "inlogg", "aanmel",
        "abone", "üye", "giriş", "bülten", "реклам", "подпис", "подпиш", "зареги", "اشترك", "اشتراك", "تسجيل",
        "prenum", "logg", "konto", "bruker",
    }
)  # fmt: skip
PROMPT_PARTS = (
    "会員",
    "ログイン",
    "登録",
    "구독",
    "로그인",
    "订阅",
    "登录",
    "無断転載",
    "무단전재",
    "무단 전재",
    "©",
)  # in scripts without spaces
