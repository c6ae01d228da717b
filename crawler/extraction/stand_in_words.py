"""What pages served instead of a story say, as data: errors, consent walls, login walls, checks for robots.

Phrases are regular expressions that must match a whole case-folded line without closing punctuation: a headline that
reports on such pages has more words. Languages are those of vocabulary.py and some more.
"""

from __future__ import annotations

_PAGE = r"(?:page|article|story|content|document|post|url|link|resource|file|item)"
_ASKED = (
    r"(?: (?:that |which )?(?:you(?:'re| are| were|'ve| have)?|we)(?: just)? "
    r"(?:are |were )?(?:looking for|look for|requested|request|asked for|trying to (?:reach|view|access|find)"
    r"|tried to (?:reach|view|access|find)|clicked|wanted)(?: on)?)?"
)
_GONE = (
    r"(?:(?:could|can|was|is|has|does|did|do)(?:n't| ?not)(?: (?:be|been))?(?: currently)?"
    r" (?:found|exists?|available|located|here)"
    r"|not (?:found|available)|(?:is |was )?no longer (?:available|exists?|here|online)"
    r"|(?:has|have|was|may have|might have) (?:been )?(?:removed|deleted|moved|expired|unpublished|gone missing)"
    r"(?: or (?:removed|deleted|moved|renamed))?"
    r"|(?:is |has gone )missing|unavailable|doesn't seem to exist)"
)

# An error page's headline, or the part of it beside the site's name.
ERROR_PHRASES = (
    (
        rf"(?:the |this |that |your |requested )*{_PAGE}{_ASKED} {_GONE}(?: (?:on this server|anymore|any more|any"
        rf" longer))?"
    ),
    (
        r"(?:we )?(?:can(?:'t|not)|could(?:n't| not)|are unable to) (?:seem to )?find (?:the |that |this"
        r" )?(?:page|article|story|content|what you)\b.{0,60}"
    ),
    r"nothing (?:was )?found(?: here)?", r"no results? found", r"that page can(?:'t|not) be found",
    r"(?:http )?(?:error )?(?:code )?(?:404|410)(?: (?:error|page|not found|gone|error page|page not found))*",
    r"(?:error|http) (?:40[0-9]|410|429|50[0-4])(?: .{0,40})?",
    (
        r"(?:400 bad request|401 unauthorized|403 forbidden|429 too many requests|500 internal server error|502"
        r" bad gateway|503 service (?:temporarily )?unavailable|504 gateway time-?out)"
    ),
    r"not found", r"file not found", r"bad gateway", r"internal server error",
    r"service (?:temporarily )?unavailable", r"oops|ooops|uh[ -]oh|whoops", r"(?:oops )?something went wrong",
    r"an error (?:has )?occurred", r"(?:oops )?(?:you(?:'re| are) lost|looks like you(?:'re| are) lost)",
    r"maintenance mode|(?:site |website )?(?:is )?(?:under|down for) (?:scheduled )?maintenance",
    r"(?:we(?:'ll| will) be|we are|be) (?:right )?back (?:soon|shortly|in a (?:few minutes|moment|minute))",
    r"(?:451 )?unavailable (?:for|due to) legal reasons",
    (
        r"(?:sorry,? )?(?:this (?:page|site|website|article|content) is )?(?:not |un)available in your"
        r" (?:region|country|area)"
    ),
    # German, Dutch, the Nordic languages
    (
        r"(?:die |diese |angeforderte |gewünschte |gesuchte )*(?:seite|artikel|inhalt|beitrag)(?: (?:wurde|konnte"
        r"|existiert|ist))?(?: leider)? (?:nicht (?:gefunden(?: werden)?|vorhanden|verfügbar|mehr verfügbar)"
        r"|nicht(?: mehr)?)"
    ),
    r"(?:dies(?:er|es) |der )?(?:artikel|beitrag|inhalt) (?:ist )?(?:leider )?nicht mehr verfügbar", r"fehler(?: 404)?",
    r"404 fehler", r"(?:die )?seite existiert (?:leider )?nicht(?: mehr)?",
    (
        r"(?:de |deze )?pagina (?:kan |kon )?(?:niet|werd niet|is niet|bestaat niet)(?: (?:worden )?gevonden|"
        r" beschikbaar| meer)?"
    ),
    r"sid(?:a|an|en|e) (?:kunde |kan |blev |ble )?(?:inte|ikke) (?:hittas|hittades|fundet|funnet|findes|finnes)",
    r"siden (?:blev |ble )?ikke (?:fundet|funnet)", r"sidan finns (?:inte|ej)(?: längre)?",
    r"siden (?:findes|finnes) ikke(?: længere| lenger)?", r"sivua ei (?:löydy|löytynyt)",
    # French, Spanish, Portuguese, Italian, Romanian
    (
        r"(?:la |cette )?page (?:demandée |recherchée |que vous (?:cherchez|recherchez|demandez) )?(?:est"
        r" )?(?:introuvable|non trouvée|n'existe (?:pas|plus)|n'a pas (?:été|pu être) trouvée|inexistante"
        r"|indisponible)"
    ),
    r"(?:cet |l'|le )?(?:article|contenu|page) (?:n'est plus disponible|n'existe plus)", r"erreur(?: 404)?",
    (
        r"(?:la )?página (?:solicitada |que (?:buscas|busca|estás buscando) )?(?:no (?:encontrada|existe"
        r"|disponible|se encuentra|se encontró|ha sido encontrada|se ha encontrado))"
    ),
    r"no (?:se encontró|encontramos|se ha encontrado|hemos encontrado) la página.{0,30}", r"error 404",
    r"(?:a )?página (?:solicitada )?não (?:encontrada|existe|foi encontrada|disponível)", r"conteúdo não encontrado",
    r"erro 404",
    r"(?:la )?pagina (?:richiesta )?(?:non (?:trovata|esiste|è stata trovata|disponibile|più disponibile))",
    r"errore 404", r"(?:pagina|articolul) (?:nu (?:a fost găsit[ăa]?|există|poate fi găsită)|negăsită)",
    r"eroare 404",
    # Turkish
    r"(?:aradığınız )?(?:sayfa|haber|içerik|sayfayı)(?: bulunamadı| bulamadık| mevcut değil| yayından kaldırıl\w+)",
    r"hata(?: 404)?|404 hatası",
    # Slavic languages, Hungarian, Greek
    (
        r"(?:такая |запрашиваемая |запрошенная )?(?:страница|статья|материал|новость) (?:не найден[ао]?|не"
        r" существует|удален[ао]?)"
    ),
    r"ошибка(?: 404)?", r"(?:сторінк[ау]|статт[юя]) не (?:знайдено|існує)", r"помилка 404",
    r"страницата не (?:е намерена|съществува|беше намерена)",
    r"(?:strona|artykuł)(?:, której szukasz,?)? nie (?:została znaleziona|istnieje|znaleziona|została odnaleziona)",
    r"nie znaleziono strony", r"błąd 404",
    r"(?:stránka|článek|článok) (?:nebyl[ay]? nalezen[ay]?|neexistuje|nenalezena|sa nenašla|nebola nájdená)",
    r"chyba 404", r"strani[ac]a? (?:nije pronađena|ne postoji|ni bila najdena|ne obstaja|nije nađena)",
    r"страница(?:та)? (?:није пронађена|не е пронајдена|не постои)", r"greška 404",
    r"(?:az |a )?(?:keresett |kért )?(?:oldal|cikk) nem (?:található|létezik)", r"faqja nuk u gjet",
    r"η σελίδα (?:που (?:ψάχνετε|αναζητάτε) )?δεν (?:βρέθηκε|υπάρχει)", r"σφάλμα 404",
    # Under maintenance, or closed to a country
    r"wartungsmodus|(?:die |diese )?(?:seite|website) (?:wird|ist) (?:gerade |derzeit )?(?:gewartet|im wartungsmodus)",
    r"wir sind (?:gleich|bald|in kürze) (?:wieder )?(?:da|zurück|für sie da)",
    r"in (?:ihrem|deinem) land nicht verfügbar",
    r"(?:le )?site (?:est )?en maintenance|maintenance en cours|nous revenons (?:bientôt|vite|très vite)",
    r"(?:non disponible|indisponible) dans votre (?:pays|région)", r"no disponible en (?:su|tu) (?:país|región)",
    r"(?:el |este )?(?:sitio|página|sitio web) (?:está )?en mantenimiento|volve(?:mos|remos) (?:pronto|enseguida)",
    r"(?:o |este )?(?:site|página) (?:está )?em manutenção|volta(?:mos|remos) (?:em breve|já)",
    r"(?:il |questo )?sito (?:è )?in manutenzione|torniamo (?:subito|presto)", r"we zijn zo terug",
    r"(?:site(?:miz)?|web sitemiz) bakımda(?:dır)?|bakım(?: çalışması|dayız)|(?:çok )?yakında (?:geri )?döneceğiz",
    r"(?:на сайте )?(?:ведутся|проводятся) технические работы|сайт (?:временно )?недоступен",
    r"przerwa techniczna|trwają prace (?:techniczne|serwisowe)|strona w trakcie prac technicznych",
    r"(?:الموقع|الصفحة) (?:تحت|قيد) الصيانة", r"(?:ただいま|現在)?、?メンテナンス中(?:です)?",
    r"(?:系统|系統|网站|網站)(?:正在)?(?:维护|維護)中?", r"(?:시스템|서비스|사이트|홈페이지) ?점검 ?중(?:입니다)?",
    # Arabic, Persian, Hebrew, Urdu, Hindi
    (
        r"(?:عذرا[ً،]* )?(?:هذه )?الصفحة (?:المطلوبة |التي تبحث عنها )?(?:غير موجودة|غير متوفرة|غير متاحة|لم يتم"
        r" العثور عليها)"
    ),
    r"لم يتم العثور على الصفحة", r"خطأ 404", r"صفحه (?:مورد نظر )?(?:شما )?(?:یافت|پیدا) نشد",
    r"(?:ה)?(?:דף|עמוד) (?:המבוקש )?לא נמצא", r"صفحہ نہیں ملا", r"(?:पेज|पृष्ठ) नहीं मिला",
    # Chinese, Japanese, Korean, Vietnamese, Indonesian, Thai
    (
        r"(?:抱歉|对不起|對不起)?[,，]?(?:您(?:访问|訪問|查看|所访问)的)?(?:页面|頁面|网页|網頁|文章)"
        r"(?:不存在|未找到|找不到|已刪除|已删除|已失效|不見了)(?:或已.{1,6})?"
    ),
    r"找不到(?:页面|頁面|网页|網頁|此頁面|该页面|您要的網頁)",
    (
        r"(?:お探しの|指定された|ご指定の)?(?:ページ|記事)(?:が|は)"
        r"(?:見つかりません(?:でした)?|存在しません|削除されました|ありません)"
    ),
    r"(?:요청하신 )?페이지를 찾을 수 없습니다",
    r"존재하지 않는 (?:페이지|기사)(?:입니다)?", r"(?:không tìm thấy trang|trang không tồn tại)",
    r"halaman tidak (?:ditemukan|tersedia)", r"ไม่พบหน้า.{0,20}",
)  # fmt: skip

# A page that checks whether its reader is human, or refuses access.
CHECK_PHRASES = (
    r"just a moment", r"attention required", r"access (?:denied|restricted)",
    r"access to this (?:page|site) (?:has been|is) denied", r"(?:403 )?forbidden", r"pardon our interruption",
    r"(?:are you|you are not) a (?:robot|human)", r"robot check", r"security (?:check|verification)",
    r"(?:please )?verify(?:ing)? (?:that )?you are (?:a )?human.{0,30}", r"human verification",
    r"checking (?:if the site connection is secure|your browser.{0,40})",
    r"request (?:blocked|rejected|unsuccessful)", r"you have been blocked", r"sorry,? you have been blocked",
    r"ddos-guard", r"zugriff verweigert", r"accès refusé", r"acceso denegado", r"acesso negado", r"accesso negato",
    r"erişim engellendi", r"доступ (?:запрещен|ограничен)",
)  # fmt: skip

# What may accompany such a phrase as a separate part of the line.
FILLERS = frozenset(
    {
        "sorry", "we're sorry", "we are sorry", "oh no", "hmm", "error", "fehler", "erreur", "errore", "erro",
        "hata", "ошибка", "desculpe", "lo sentimos", "désolé", "ups", "hoppla", "oups", "ops", "hoppsan", "ой",
        "entschuldigung", "üzgünüz", "извините", "przepraszamy", "beklager", "404", "451", "home", "cloudflare",
    }
)  # fmt: skip

# The headline of a login page.
LOGIN_PHRASES = (
    (
        r"(?:please )?(?:log|sign)[ -]?in(?: or (?:register|sign up|subscribe|create an account|join))?(?: to"
        r" (?:continue|read|your account|view|access|my account)\b.{0,40})?"
    ),
    r"(?:login|sign in) (?:required|page|to .{1,40})", r"members? (?:login|only)",
    r"create (?:a|your) (?:free )?account.{0,30}", r"register(?: to (?:continue|read)\b.{0,30})?",
    r"subscribers? (?:login|only)", r"my account",
    r"(?:bitte )?(?:anmelden|einloggen|login|anmeldung)(?: oder registrieren)?", r"mein konto",
    r"melden sie sich (?:bitte )?an.{0,30}", r"jetzt anmelden", r"(?:se )?connecter",
    r"(?:connexion|identifiez-vous|connectez-vous)(?: (?:pour|à|ou)\b.{0,40})?", r"mon compte",
    r"inici(?:ar|a|e) (?:de )?sesi[óo]n.{0,30}", r"acceder", r"identifícate", r"fa(?:zer|ça) (?:seu )?login.{0,30}",
    r"entrar", r"entre na sua conta", r"(?:accedi|login|effettua il login)(?: (?:per|al?)\b.{0,40})?",
    r"inloggen.{0,20}", r"log in om .{1,40}", r"(?:üye )?giriş(?:i| yap| yapın)?", r"oturum aç(?:ın)?",
    r"вход(?: на сайт| в личный кабинет)?", r"войти(?: в аккаунт| на сайт)?", r"авторизация", r"увійти",
    r"zaloguj(?: się)?.{0,30}", r"logowanie", r"přihl[áa](?:šení|sit se|ste se).{0,20}",
    r"prihl[áa]s(?:enie|te sa|iť sa)", r"bejelentkezés", r"autentificare|conectare",
    r"logg? ?inn?(?: for å .{1,30})?", r"logga in(?: för att .{1,30})?", r"log ind(?: for at .{1,30})?",
    r"kirjaudu(?: sisään)?", r"prijav(?:a|i se|ite se)", r"σύνδεση|είσοδος", r"تسجيل الدخول", r"ورود",
    r"התחברות|כניסה", r"登录|登入|登錄|用户登录|會員登入", r"ログイン", r"로그인", r"đăng nhập", r"masuk",
)  # fmt: skip

# Words about consent; case-folded, whole. A consent wall has at least one of CONSENT_KEYS.
CONSENT_KEYS = frozenset(
    {
        "cookies", "cookie", "consent", "çerez", "çerezler", "çerezleri", "çerezlerin", "einwilligung",
        "consentement", "consentimiento", "consentimento", "consenso", "toestemming", "samtycke", "samtykke",
        "suostumus", "evästeitä", "evästeet", "evästeiden", "kakor", "informasjonskapsler", "ciasteczka",
        "ciasteczek", "zgoda", "zgodę", "zgody", "souhlas", "souhlasu", "súhlas", "sütik", "sütiket", "hozzájárulás",
        "consimțământul", "consimțământ", "kolačiće", "kolačići", "kolačića", "privolu", "pristanak", "piškotke",
        "piškotki", "куки", "согласие", "согласия", "згоду", "бисквитки", "бисквитките", "съгласие", "колачиће",
        "συγκατάθεση", "συγκατάθεσή", "الارتباط", "کوکی", "עוגיות", "쿠키", "쿠키를",
    }
)  # fmt: skip
CONSENT_WORDS = CONSENT_KEYS | {
    "zustimmung", "privacy", "datenschutz", "partners", "partner", "advertising", "werbung", "personal",
    "personenbezogene", "gdpr", "dsgvo", "kvkk", "rgpd", "avg", "lgpd", "partnern", "partenaires", "socios",
    "parceiros", "publicité", "publicidad", "publicidade", "pubblicità", "annonser", "confidentialité", "privacidad",
    "privacidade", "données", "personnelles", "datos", "personales", "dados", "pessoais", "dati", "personali",
    "gizlilik", "kişisel", "verileriniz", "ortaklarımız", "reklam", "personalisierte", "personnalisés",
    "personalizados", "personalizzati", "конфиденциальности", "персональных", "данных", "рекламы", "партнеры",
    "prywatności", "osobowych", "partnerzy", "partnerów", "reklamy", "osobních", "údajů", "partneři", "integritet",
    "personuppgifter", "personopplysninger", "personoplysninger", "yksityisyys", "kumppanit", "mainontaa",
    "adatvédelmi", "adatok", "partnereink", "confidențialitate", "partenerii", "privatnosti", "podataka", "partneri",
    "απορρήτου", "δεδομένα", "συνεργάτες", "ملفات", "تعريف", "الخصوصية", "شركائنا", "موافقتك", "개인정보", "동의",
    "prywatność", "osobowe", "verilerinizi", "gizliliğiniz", "gizliliğinize", "reklamlar", "kişiselleştirilmiş",
    "onayınızı", "rızanızı",
}  # fmt: skip
# In scripts without spaces, these are counted wherever they occur.
CONSENT_PARTS = ("クッキー", "cookie", "同意", "プライバシー", "隐私", "隱私", "個人情報", "个人信息", "广告", "広告")

ASKING_PARTS = ("当サイト", "当社", "弊社", "私たち", "我们", "我們", "本网站", "本網站", "您")

# Words for who asks and who is asked: a report about cookies is written in the third person.
ASKING_WORDS = frozenset(
    {
        "we", "our", "us", "wir", "unsere", "unseren", "unserer", "uns", "nous", "nos", "notre", "nosotros",
        "nuestros", "nuestro", "nuestra", "utilizamos", "usamos", "nós", "nossos", "nosso", "nossa", "noi", "nostri",
        "nostro", "utilizziamo", "usiamo", "wij", "onze", "biz", "bizim", "kullanıyoruz", "kullanmaktayız",
        "ortaklarımız", "sitemizde", "мы", "наши", "наших", "используем", "ми", "наші", "my", "nasi", "nasze",
        "naszych", "używamy", "stosujemy", "naši", "našich", "používáme", "používame", "vi", "våra", "våre", "vores",
        "me", "käytämme", "mi", "partnereink", "használunk", "noastre", "noștri", "folosim", "utilizăm", "naše",
        "naših", "koristimo", "uporabljamo", "ние", "нашите", "използваме", "εμείς", "μας", "χρησιμοποιούμε", "نحن",
        "نستخدم", "شركائنا", "موقعنا", "ما", "אנו", "אנחנו", "우리", "당사", "당사는", "chúng", "kami",
        "ortağımız", "işliyoruz", "saklıyoruz", "saklıyor", "przechowujemy", "przetwarzamy", "dbamy",
    }
)  # fmt: skip
ASKED_WORDS = frozenset(
    {
        "you", "your", "sie", "ihre", "ihrer", "ihren", "ihr", "du", "deine", "deiner", "dein", "vous", "vos",
        "votre", "usted", "su", "sus", "tu", "tus", "te", "você", "seu", "sua", "seus", "teu", "suo", "tuo", "tua",
        "tuoi", "suoi", "u", "uw", "je", "jouw", "siz", "sizin", "size", "onayınız", "onayınızı", "verileriniz",
        "tercihlerinizi", "deneyiminizi", "вы", "ваши", "ваш", "вас", "вам", "вашего", "ви", "ваші", "ваше", "twoje",
        "twój", "państwa", "twojej", "vaše", "vás", "váš", "din", "ditt", "dine", "dina", "sinun", "ön", "az", "dvs",
        "dumneavoastră", "vašu", "vaših", "вие", "вашето", "вашите", "σας", "εσείς", "موافقتك", "تجربتك", "بياناتك",
        "شما", "שלך", "귀하의", "사용자", "bạn", "anda",
        "możesz", "twoją", "twoja", "twoich", "verilerinizi", "cihazınızda", "gizliliğinize", "gizliliğiniz",
    }
)  # fmt: skip
