"""Texts near a headline or stated as an author that are nobody's name, as data; all whole and case-folded."""

from __future__ import annotations

from crawler.extraction.vocabulary import END_LABELS

# Texts of buttons and links.
BUTTONS = frozenset(
    {
        "ähnliche beiträge", "weitere beiträge", "neueste beiträge", "letzte beiträge", "beliebte beiträge",
        "verwandte beiträge", "articles similaires", "articles récents", "entradas relacionadas", "entradas recientes",
        "posts relacionados", "articoli correlati", "articoli recenti", "похожие записи", "powiązane artykuły",
        "recent posts", "related posts", "latest posts", "popular posts", "recent articles", "related articles",
        "latest articles", "latest news", "most read", "most popular", "you may also like",
        "tweet", "tweet this", "tweet it", "share this", "share article", "share this article", "pin it", "print",
        "print article", "print this", "print friendly", "printer friendly",
        "printer-friendly version", "email this", "mail", "copy link", "add comment", "add a comment",
        "leave a comment", "reply", "ask question", "ask a question", "subscribe", "join", "join now", "sign in",
        "sign up", "log in", "register", "follow us", "listen", "listen now", "save", "save article", "bookmark",
        "download", "download pdf", "pdf", "buy now", "shop now", "learn more", "click here", "see more",
        "view more", "show more", "skip to content", "all posts", "view bio", "see bio", "read bio", "full bio",
        "see full bio", "view full bio", "read full bio", "view profile", "see profile", "full profile",
        "view all posts", "see all posts", "all articles", "view all articles", "zum profil", "profil ansehen",
        "alle artikel", "alle beiträge", "voir le profil", "tous ses articles", "tous les articles", "ver perfil",
        "ver biografía", "todos los artículos", "ver biografia", "todos os artigos", "vedi profilo", "bekijk profiel",
        "profili gör", "tüm yazıları", "все материалы", "все статьи", "zobacz profil",
        "next", "previous", "cookies", "cookie settings",
        "privacy", "settings", "blogger", "wordpress", "powered by blogger", "drucken", "artikel drucken", "teilen",
        "artikel teilen", "merken", "speichern", "anhören", "artikel anhören", "vorlesen", "zum deal", "zum angebot",
        "zum shop", "weiterlesen", "mehr erfahren", "kommentieren", "abonnieren", "jetzt abonnieren", "registrieren",
        "einloggen", "pdf vorschau", "vorschau", "herunterladen", "willkommen gast", "hallo gast", "folgen sie uns",
        "nächster", "zurück", "viel spaß", "viel spass", "imprimer", "partager", "enregistrer", "écouter",
        "commenter", "s'abonner", "se connecter", "lire la suite", "télécharger", "imprimir", "compartir", "guardar",
        "escuchar", "comentar", "suscríbete", "iniciar sesión", "leer más", "descargar", "compartilhar", "salvar",
        "ouvir", "assine", "entrar", "leia mais", "baixar", "stampa", "condividi", "salva", "ascolta", "commenta",
        "abbonati", "accedi", "leggi tutto", "afdrukken", "delen", "opslaan", "luisteren", "reageer", "abonneren",
        "inloggen", "lees meer", "yazdır", "paylaş", "kaydet", "dinle", "yorum yap", "abone ol", "giriş yap",
        "devamını oku", "indir", "печать", "распечатать", "поделиться", "сохранить", "слушать", "комментировать",
        "войти", "читать далее", "друк", "поділитися", "drukuj", "udostępnij", "zapisz", "posłuchaj", "skomentuj",
        "zaloguj się", "czytaj więcej", "tisk", "sdílet", "uložit", "přihlásit se", "tlačiť", "zdieľať", "ispiši",
        "podijeli", "podeli", "spremi", "nyomtatás", "megosztás", "mentés", "distribuie", "tipărește", "skriv ut",
        "dela", "spara", "lyssna", "logga in", "prenumerera", "udskriv", "gem", "lyt til artiklen", "log ind",
        "lytt til saken", "logg inn", "abonner", "tulosta", "jaa", "tallenna", "kuuntele", "kirjaudu", "εκτύπωση",
        "κοινοποίηση", "طباعة", "مشاركة", "حفظ", "استمع", "اشترك", "تسجيل الدخول", "چاپ", "اشتراک گذاری", "הדפסה",
        "שיתוף", "印刷", "シェア", "保存", "ログイン", "分享", "打印", "列印", "收藏", "登录", "인쇄", "공유",
        "저장", "로그인", "스크랩", "구독",
        "编辑 锁定 讨论", "cetak", "bagikan",
        "send to a friend", "send to friend", "email to a friend", "email this article",
        "tell a friend", "an freund senden", "an freunde senden", "weiterempfehlen",
        "seite empfehlen", "artikel empfehlen", "per e-mail senden", "per e-mail versenden",
        "druckversion", "druckansicht", "envoyer à un ami", "envoyer par mail",
        "version imprimable", "enviar a un amigo", "versión imprimible", "versión para imprimir",
        "enviar a um amigo", "enviar para um amigo", "versão para impressão", "invia a un amico",
        "segnala a un amico", "versione stampabile", "doorsturen", "stuur door", "printversie",
        "trimite unui prieten", "trimite prin e-mail", "versiune pentru tipărire",
        "wyślij znajomemu", "poleć znajomemu", "wersja do druku", "poslat známému",
        "poslat příteli", "poslat e-mailem", "verze pro tisk", "poslať známemu",
        "pošalji prijatelju", "pošlji prijatelju", "natisni", "отправить другу",
        "отправить по почте", "версия для печати", "версія для друку", "надіслати другу",
        "изпрати на приятел", "печатай", "küldés barátnak", "küldés e-mailben", "arkadaşına gönder",
        "yazdırılabilir sürüm", "tipsa en vän", "tip en ven", "tips en venn", "utskriftsvennlig",
        "utskriftsversion", "lähetä kaverille", "tulostusversio", "στείλε σε φίλο", "أرسل لصديق",
        "ارسل لصديق", "للطباعة", "שלח לחבר", "גרסה להדפסה", "友達に教える", "转发", "轉寄", "친구에게 보내기",
    }
)  # fmt: skip

# Notes on pictures, and picture agencies.
PHOTO_NOTES = frozenset(
    {
        "zvg", "z.v.g", "symbolbild", "symbolfoto", "archiv", "archivbild", "archivfoto", "beispielbild",
        "titelbild", "aufmacherbild", "screenshot", "montage", "privat", "pixabay", "unsplash", "pexels",
        "shutterstock", "istock", "istockphoto", "adobe stock", "adobestock", "depositphotos", "freepik",
        "dreamstime", "123rf", "fotolia", "wikimedia commons", "file photo", "file image", "file", "stock photo",
        "stock image", "handout", "courtesy", "courtesy photo", "representational image", "representative image",
        "symbolic image", "archives", "photo d'illustration", "image d'illustration", "capture d'écran",
        "photo d'archives", "cortesía", "cortesia", "foto cortesía", "foto de archivo", "archivo",
        "imagen de archivo", "captura de pantalla", "divulgação", "reprodução", "arquivo", "arquivo pessoal",
        "imagem ilustrativa", "foto d'archivio", "archivio", "foto di repertorio", "archieffoto", "arşiv",
        "temsili fotoğraf", "temsili", "архив", "из архива", "архивное фото", "иллюстрация", "архів",
        "ілюстративне фото", "archiwum", "zdjęcie ilustracyjne", "ilustrační foto", "ilustračná snímka",
        "ilustracija", "arhiva", "arhivska fotografija", "illusztráció", "arhivă", "arkiv", "arkivbild", "arkivfoto",
        "genrebild", "arkistokuva", "kuvituskuva", "αρχείο", "φωτογραφία αρχείου", "أرشيف", "صورة أرشيفية",
        "ارشيفية", "آرشیو", "资料图", "資料圖", "資料写真", "イメージ", "자료사진", "자료 사진", "ilustrasi",
    }
)  # fmt: skip

# Verbs, kinds of text and work, labels of dates: found before or instead of a name.
LABELS = frozenset(
    {
        "written", "reported", "compiled", "edited", "reviewed", "translated", "narrated", "hosted", "serie",
        "serien", "series", "série", "séries", "seriale", "sarja", "sorozat", "dizi", "серия", "ton", "sound",
        "audio", "kamera", "camera", "schnitt", "cut", "text", "texte", "testo", "texto", "tekst", "essay", "essai",
        "ensayo", "analysis", "analyse", "analyze", "análisis", "análise", "analisi", "analiz", "анализ", "analiza",
        "analys", "opinion", "opinión", "opinião", "opinione", "görüş", "мнение", "opinia", "názor", "mišljenje",
        "mielipide", "رأي", "meinung", "kommentar", "leitartikel", "glosse", "kolumne", "column", "columna",
        "coluna", "köşe yazısı", "колонка", "felieton", "reportage", "reportaje", "reportagem", "röportaj",
        "репортаж", "reportaż", "interview", "entretien", "entrevista", "intervista", "интервью", "wywiad",
        "rozhovor", "intervju", "haastattelu", "حوار", "مقابلة", "porträt", "portrait", "rezension",
        "buch der woche", "im wortlaut", "hintergrund", "dossier", "ratgeber", "exclusive", "exklusiv", "exclusif",
        "exclusivo", "exclusiva", "esclusiva", "özel", "эксклюзив", "breaking news", "eilmeldung", "son dakika",
        "срочно", "عاجل", "live", "update", "watch", "video", "veröffentlicht am",
        "publiziert am", "erstellt am", "aktualisiert am", "ausgabejahr", "erscheinungsdatum", "posted at",
        "published at", "reading time", "lesezeit", "min read", "minutes read", "tags", "topics", "thema", "themen",
        "rubrik", "ressort", "kategorie", "categories", "category", "schlagwörter", "related products",
        "giriş tarihi", "haber giriş tarihi", "güncelleme", "güncelleme tarihi", "son güncelleme", "yayınlanma",
        "yayınlanma tarihi", "yayın tarihi", "eklenme tarihi", "oluşturulma tarihi",
        "related articles", "lifestyle", "crime", "social", "social media", "research", "development",
    }
)  # fmt: skip

# Function words and placeholders that a page shows when a name is missing.
FUNCTION_WORDS = frozenset(
    {
        "so", "do", "you", "us", "me", "the", "this", "here", "way", "the way", "size", "address", "hand", "default",
        "über", "uns", "mir", "hier", "nous", "ici", "vous", "nosotros", "aquí", "nós", "aqui", "noi", "qui", "wij",
        "biz", "мы", "здесь", "oss", "guest", "gast", "invité", "invitado", "convidado", "ospite", "misafir",
        "ziyaretçi", "гость", "gość", "host", "gæst", "gjest", "gäst", "vieras", "زائر", "ゲスト", "访客", "游客",
        "손님",
        "liebe leserinnen und leser", "dear reader", "dear readers",
    }
)  # fmt: skip

# Openings of press releases and endings of agencies' reports.
RELEASE_LABELS = frozenset(
    {
        "for immediate release", "pressemitteilung", "medienmitteilung", "presseaussendung",
        "press release", "news release", "media release", "media advisory", "embargoed",
        "communiqué de presse", "nota de prensa", "comunicado de prensa", "comunicado de imprensa", "comunicato stampa",
        "persbericht", "pressmeddelande", "pressemelding", "pressemeddelelse", "lehdistötiedote", "basın bülteni",
        "пресс-релиз", "прес-реліз", "informacja prasowa", "komunikat prasowy", "tisková zpráva", "sajtóközlemény",
        "comunicat de presă", "siaran pers", "thông cáo báo chí", "بيان صحفي", "新闻稿", "新聞稿", "プレスリリース",
        "보도자료", "انتهای پیام",
    }
)  # fmt: skip

# What forums call those who post
USER_TITLES = frozenset(
    {
        "member", "new member", "junior member", "senior member", "active member", "well-known member", "full member",
        "registered user", "registered member", "super moderator", "moderator", "newbie", "mitglied", "neues mitglied",
        "aktives mitglied", "benutzer", "neuer benutzer", "erfahrener benutzer", "foren-profi", "forenprofi",
        "stammuser", "membre", "nouveau membre", "membre actif", "miembro", "nuevo miembro", "usuario registrado",
        "membro", "novo membro", "utente", "utente registrato", "lid", "nieuw lid", "użytkownik", "nowy użytkownik",
        "uživatel", "пользователь", "участник", "новичок", "старожил", "учасник", "üye", "yeni üye", "medlem",
        "ny medlem", "jäsen", "uusi jäsen", "μέλος", "νέο μέλος", "عضو", "عضو جديد", "會員", "会员", "회원",
    }
)  # fmt: skip

NO_NAMES = USER_TITLES | BUTTONS | PHOTO_NOTES | LABELS | FUNCTION_WORDS | RELEASE_LABELS | END_LABELS
