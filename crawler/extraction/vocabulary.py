"""The words that publishers use around a story, as data: labels, prompts, credits, hosts.

Every list is of the words themselves, case-folded where they are compared whole. Languages are those of the corpora
and of the first sources: English, German, French, Spanish, Portuguese, Italian, Dutch, Turkish, Russian, Arabic,
Bosnian/Croatian/Serbian, the Nordic languages, Polish, Czech, Japanese, Korean, Chinese.
Months are in dates/month_names.py, words of bylines in bylines/name_words.py.
"""

from __future__ import annotations

# Labels of boxes that link to other stories; whole line, case-folded, closing colon and arrows dropped.
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
        "weitere nachrichten", "ähnliche artikel", "empfehlungen", "neueste artikel", "lesetipps", "passend dazu",
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

# Labels after which nothing belongs to the story any more, when what follows is short lines.
END_LABELS = LINK_BOX_LABELS | frozenset(
    {
        "comments", "leave a comment", "leave a reply", "join the conversation", "kommentare", "commentaires",
        "comentarios",
        "comentários", "commenti", "reacties", "yorumlar", "комментарии", "about the author", "about the authors",
        "share this",
        "share this article", "share this story", "follow us", "tags", "topics", "filed under", "newsletter", "sign up",
        "more from", "our picks", "sponsored", "sponsored content", "advertisement", "partner content",
        "comments are closed",
    }
)  # fmt: skip

# What stands before a list of a story's tags.
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

# A line that begins so, with a colon or dash behind it, points to another story.
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
)  # fmt: skip

# A line that begins so names where the story came from.
SOURCE_OPENERS = (
    "source", "sources", "quelle", "quellen", "kaynak", "kaynaklar", "fuente", "fuentes", "fonte", "fontes", "fonti",
    "источник", "источники", "джерело", "المصدر", "المصادر", "منبع", "izvor", "izvori", "извор", "źródło", "zdroj",
    "来源", "來源", "出典", "출처", "bron", "burimi", "chanzo", "kilde", "kilder", "källa", "källor", "lähde",
    "forrás", "sursa", "πηγή", "nguồn", "sumber",
)  # fmt: skip

# Whole lines of prompts and controls, as regular expressions on the case-folded line.
PROMPT_PATTERNS = (
    r"\d{1,3}[\s-]*(?:min(?:ute)?s?\.?|minuten|minutos|minuti|dk|dakika|мин\.?|دقائق|دقيقة)[\s-]*(?:read|to read|reading time|lesezeit|de lecture|de lectura|de leitura|di lettura|leestijd|okuma|okuma süresi|чтения)?",  # noqa: E501
    r"(?:reading time|lesezeit|temps de lecture|tiempo de lectura|tempo di lettura|okuma süresi|leestijd)\b.{0,25}",
    r"(?:share|share this(?: article| story| post)?|teilen|partager|compartir|compartilhar|condividi|delen|paylaş|поделиться|مشاركة|del|dela|udostępnij|sdílet)(?: (?:on|auf|sur|en|via) .{1,40})?",  # noqa: E501
    r"(?:copy link|link copied|print|print article|drucken|imprimer|save|bookmark|listen|listen to (?:this )?(?:article|story)|artikel anhören|anhören|play|play video|advertisement|anzeige|werbung|publicité|publicidad|reklam|реклама|scroll to continue|story continues below(?: this ad(?:vertisement)?)?|article continues (?:below|after).{0,30})",  # noqa: E501
    r"(?:sign up|subscribe|register|click here|tap here|follow us|join us|download our app|get the latest|don't miss).{0,25}(?:newsletter|whatsapp|telegram|google news|inbox|our app|notifications|alerts).{0,80}",  # noqa: E501
    (
        r"(?:to (?:view|read|continue reading|access) .{0,60}[,:]? )?(?:please )?(?:subscribe|log in|sign in)\b"
        r".{0,60}\b(?:full|whole|entire) (?:story|article|access)\b.{0,20}"
    ),
    (
        r"(?:for|to (?:get|read)) (?:all )?(?:the )?(?:latest\b|more (?:stories|news|updates)\b)"
        r".{0,90}\b(?:download|subscribe|follow|join|sign up)\b.{0,100}"
    ),
    r"read (?:our|the) full .{1,100}\b(?:review|story|article|report|interview)",
    r"\W*(?:(?:de )?tekst gaat|artikel gaat|lees) (?:verder|door) (?:onder|na) .{3,40}",
    r"article content",  # that Postmedia's sites put before each paragraph for those who cannot see
    (
        r"(?:copyright\s*(?:©|\(c\)|:|(?=(?:19|20)\d\d))|©|\(c\)\s).{0,60}\b(?:19|20)\d\d\b.{0,160}"
        r"|copyright\b.{0,80}\ball rights reserved\b.{0,160}"
    ),
    r"this (?:document|article|material) is subject to copyright\b.{0,220}",
    r"(?:citation|cite this(?: article| page)?)\s*:\s*.{10,230}https?://\S+",
    r"(?:was this (?:newsletter|email) forwarded to you\?).{0,80}",
    r"(?:our standards: the thomson reuters trust principles\.?).{0,20}",
    r"(?:follow|folgen sie|suivez|sigue|segui|takip edin).{0,40} (?:on|auf|sur|en|su) (?:google news|twitter|facebook|instagram|whatsapp|telegram|x)\b.{0,40}",  # noqa: E501
    r"(?:photo|image|picture|foto|bild|fotoğraf|фото)\s*(?:credit|by|von)?\s*:\s*.{1,60}",
    (
        r"(?:beitragsbild|titelbild|headerbild|aufmacherbild|bildquelle|bildnachweis|featured image|header image"
        r"|crédits?[ -]photos?|photo credits?|symbol(?:bild|foto|grafik))\s*(?::|by|von|via|©)\s*.{1,120}"
    ),
    r"related (?:articles|reads|reading|stories|posts|links)\b[^.!?]{0,30}",
    r"(?:load more|show more|view more|see all|view all|mehr anzeigen|mehr laden|voir plus|ver más|ver mais|daha fazla göster|loading.{0,5})(?: comments)?",  # noqa: E501
)

_UNQUOTED = '[^"“”„«»]'  # what somebody says is no prompt of the page
_MAILED = rf"(?:our|my)\b{_UNQUOTED}{{0,40}}\b(?:newsletters?|blog|mailing list|channel|podcast)\b{_UNQUOTED}{{0,120}}"
# A word of a line -> the prompts that have it somewhere inside, as regular expressions on the whole line.
INNER_PROMPTS = {
    "sign up": rf"{_UNQUOTED}{{0,170}}\bsign up (?:for|to) {_MAILED}",
    "subscribe to": rf"{_UNQUOTED}{{0,170}}\bsubscribe to {_MAILED}",
    "newsletter": (
        rf"{_UNQUOTED}{{0,150}}\b(?:abonnier\w*|bestell\w*) (?:sie )?(?:jetzt )?(?:unseren?|meinen|den)\b"
        rf"{_UNQUOTED}{{0,25}}newsletter\b{_UNQUOTED}{{0,80}}"
    ),
    "commission": (
        rf"(?=.*\b(?:links?|buy(?:ing)?|purchases?)\b){_UNQUOTED}{{0,160}}"
        r"\b(?:(?:we|i) (?:may |might |will |could )?(?:earn|receive|get)|earns? us)\b"
        rf"{_UNQUOTED}{{0,40}}\bcommissions?\b{_UNQUOTED}{{0,160}}"
    ),
    "affiliate": r".{0,80}\b(?:contains?|includes?|enthält|enthalten)\b.{0,25}\baffiliate[- ]links?\b.{0,200}",
    "klappen": r".{0,40}\b(?:auf|aus)klappen\b.{0,40}\b(?:zu|ein)klappen",
    "full story": r"to (?:view|read|see) (?:the|this) full story,? (?:please )?(?:subscribe|log in|sign in)\b.{0,120}",
    "already a subscriber": r".{0,90}\b(?:log|sign) ?in\b.{0,100}|.{0,90}\balready a subscriber\?.{0,40}",
    "syndicated": (
        rf"{_UNQUOTED}{{0,150}}\b(?:auto-?generated|not been edited|unedited|published from)\b"
        rf"{_UNQUOTED}{{0,70}}\bsyndicated\b.{{0,100}}"
    ),
    "necessarily": (
        rf"{_UNQUOTED}{{0,60}}\b(?:views|viewpoints|opinions)\b{_UNQUOTED}{{0,40}}"
        rf"\b(?:expressed|stated|contained|of the (?:author|writer)s?|their own)\b{_UNQUOTED}{{0,90}}"
        rf"\b(?:do|may|might)(?: not|n['’]t) necessarily (?:reflect|represent|mirror)\b{_UNQUOTED}{{0,120}}"
    ),
    "engagent que": rf"(?:les|ces|cette) {_UNQUOTED}{{0,120}}\bn['’]engagent que\b{_UNQUOTED}{{0,60}}",
    "meinung": (
        rf"{_UNQUOTED}{{0,120}}\bnicht (?:unbedingt|notwendigerweise|zwingend|zwangsläufig) (?:die|der) "
        rf"(?:meinung|ansicht|auffassung)\b{_UNQUOTED}{{0,80}}\b(?:redaktion|verlag\w*|herausgeber\w*)\b{_UNQUOTED}{{0,40}}"
    ),
    "necesariamente": (rf"{_UNQUOTED}{{0,120}}\b(?:no reflejan?|no representan?) necesariamente\b{_UNQUOTED}{{0,120}}"),
    "necessariamente": (
        rf"{_UNQUOTED}{{0,120}}\b(?:não (?:reflete|representa)\w*|non riflett\w+) necessariamente\b"
        rf"{_UNQUOTED}{{0,120}}"
    ),
    "yansıtma": (
        rf"{_UNQUOTED}{{0,150}}\b(?:editoryal|yayın) politika\w* yansıtma(?:yabilir|z|maktadır)\b{_UNQUOTED}{{0,40}}"
    ),
    "мнение": (
        rf"{_UNQUOTED}{{0,80}}\bмнение (?:автора|редакции) (?:может )?не (?:совпада\w+|отража\w+)\b{_UNQUOTED}{{0,80}}"
    ),
    "بالضرورة": rf"{_UNQUOTED}{{0,120}}\bلا (?:تعبر|يعبر|تعكس|يعكس) بالضرورة\b{_UNQUOTED}{{0,80}}",
    "donation": (
        r"(?=.*\b(?:our|us)\b)(?=.*\b(?:newsroom|journalism|reporting|readers|reporters)\b)"
        rf"{_UNQUOTED}{{0,200}}\bmak(?:e|ing) an? (?:[\w-]+ )?donation\b{_UNQUOTED}{{0,120}}"
    ),
    "our journalism": (
        rf"{_UNQUOTED}{{0,160}}\b(?:consider|please|help) (?:us )?(?:support|fund)(?:ing)? {_UNQUOTED}{{0,160}}"
    ),
    "google news": (
        rf"{_UNQUOTED}{{0,80}}\b(?:takip edin(?:iz)?|abone olun(?:uz)?|suivez(?:-nous)?|síguenos"
        rf"|siga (?:a|as|las|o|os|nos)|seguici|obserwuj|подписывайтесь|تابعوا|تابعونا|फॉलो कर\w*)(?!\w)"
        rf"{_UNQUOTED}{{0,80}}"
    ),
    "whatsapp": (
        rf"{_UNQUOTED}{{0,90}}\b(?:takip edin|katılın|abone olun|abonnieren sie|folgen sie|suivez|rejoignez|síguenos"
        rf"|únete|suscríbete|clique aqui|receba|entre no|iscriviti|join our|subscribe to our)(?!\w){_UNQUOTED}{{0,110}}"
    ),
    "uygulama": rf"{_UNQUOTED}{{0,120}}\buygulama\w* (?:hemen )?(?:indirin|yükleyin)\b{_UNQUOTED}{{0,40}}",
}

# What names the maker of an image at the end of a caption.
CREDIT_OPENERS = (
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
)

# What stands in a credit beside the name of who made the image.
RIGHTS_NOTICES = (
    "all rights reserved", "tous droits réservés", "alle rechte vorbehalten", "todos los derechos reservados",
    "todos os direitos reservados", "tutti i diritti riservati", "tüm hakları saklıdır", "все права защищены",
)  # fmt: skip

# Agencies: a bare mention of one behind a caption is its credit.
AGENCIES = frozenset(
    {
        "afp", "ap", "reuters", "aa", "anadolu", "anadolu agency", "dpa", "epa", "efe", "ansa", "apa", "keystone",
        "getty images",
        "getty", "afp/getty images", "ap photo", "associated press", "the associated press", "dha", "iha",
        "trt world", "trtworld", "tass", "ria novosti", "xinhua", "pa",
        "pa media", "pa wire", "shutterstock", "istock", "alamy", "imago", "ritzau scanpix", "scanpix", "tt", "ntb",
        "belga", "kyodo", "yonhap",
        "ap archive", "reuters archive", "afp archive", "others", "dpa/picture alliance", "picture alliance", "cnn",
        "bloomberg", "zuma press", "nurphoto", "sipa", "abaca", "unsplash", "pexels", "pixabay", "adobe stock",
        "연합뉴스", "뉴스1", "뉴시스", "공동취재", "ロイター", "共同", "共同通信社",
        "ap通信", "ａｐ", "ａｆｐ", "ａｆｐ時事", "ａｐ通信",
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

# What live blogs call the boxes of their posts, and what stands in their addresses.
LIVE_NAMES = (
    r"live[-_]?(?:blog|ticker|post|update|entry|event|item|feed|stream)|liveblog|ticker[-_]?(?:item|entry|post|event)"
    r"|timeline[-_]?(?:entry|item|event)|minute[-_]?by|min[-_]?a[-_]?min|lb[-_]?post|key[-_]?event"
)
LIVE_ADDRESS = (
    r"\blive-?(?:blog|ticker|updates?|news|coverage)|liveticker|newsticker|news-?blog|(?:^|[/-])live(?:[/-]|$)|en-direct|en-vivo|ao-vivo"
    r"|minuto-a-minuto|in-diretta|la-diretta|canli-(?:anlatim|blog|yayin)|dakika-dakika|na-zywo|uzivo|onlayn|ticker-"
)
LIVE_TITLE = (
    r"\W*(?:live[ -]?blog|live[ -]?ticker|live[ -]?updates?|en direct|en vivo|ao vivo|canlı (?:blog|anlatım))\b"
)

GALLERY_PATH = (
    r"/(?:galler(?:y|ies|ia)|galeri[ea]?|foto-?galeri|photos?|in-pictures|pictures|diaporamas?|bilderstrecken?"
    r"|bildergalerien?|fotostrecken?|fotos|fotogaleri[ae]?|slideshows?)(?:/|$)"
)

# Words of prompts to pay, register, follow or allow, cut to six letters (which joins their inflections), wherever they
# stand in a line.
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
)  # of scripts without spaces
