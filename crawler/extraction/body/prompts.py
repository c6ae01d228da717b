"""Prompts and controls that pages put among a story's blocks, such as to share or subscribe, as patterns."""

from __future__ import annotations

# Prompts and controls, as case-insensitive regular expressions on the whole line.
PROMPT_PATTERNS = (
    r"to (?:plant (?:a )?trees?|send flowers?|order memorial trees?)\b.{5,160}",
    (
        r"\d{1,3}[\s-]*(?:min(?:ute)?s?\.?|minuten|minutos|minuti|dk|dakika|мин\.?|دقائق|دقيقة)[\s-]*(?:read"
        r"|to read|reading time|lesezeit|de lecture|de lectura|de leitura|di lettura|leestijd|okuma|okuma süresi"
        r"|чтения)?"
    ),
    r"(?:reading time|lesezeit|temps de lecture|tiempo de lectura|tempo di lettura|okuma süresi|leestijd)\b.{0,25}",
    (
        r"(?:share|share this(?: article| story| post)?|teilen|partager|compartir|compartilhar|condividi|delen"
        r"|paylaş|поделиться|مشاركة|del|dela|udostępnij|sdílet)(?: (?:on|auf|sur|en|via) .{1,40})?"
    ),
    (
        r"(?:copy link|link copied|print|print article|drucken|imprimer|save|bookmark|listen"
        r"|listen to (?:this )?(?:article|story)|artikel anhören|anhören|play|play video|advertisement|anzeige"
        r"|werbung|publicité|publicidad|reklam|реклама|scroll to continue"
        r"|story continues below(?: this ad(?:vertisement)?)?|article continues (?:below|after).{0,30})"
    ),
    (
        r"(?:sign up|subscribe|register|click here|tap here|follow us|join us|download our app|get the latest"
        r"|don't miss).{0,25}(?:newsletter|whatsapp|telegram|google news|inbox|our app|notifications|alerts).{0,80}"
    ),
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
    (
        r"(?:click|tap)(?: here)? to (?:share|e-?mail|print)\b.{0,90}"
        r"|klick(?:en sie|e)?,? (?:hier,? )?(?:um|zum)\b.{0,40}"
        r"\b(?:teilen|drucken|senden|auszudrucken)\b.{0,50}"
        r"|cliqu(?:ez|er) (?:ici )?pour (?:partager|envoyer|imprimer)\b.{0,90}"
        r"|ha(?:z|ga) clic (?:aquí )?(?:para|en) (?:compartir|enviar|imprimir)\b.{0,90}"
        r"|clique (?:aqui )?para (?:compartilhar|partilhar|enviar|imprimir)\b.{0,90}"
        r"|fai clic (?:qui )?(?:per|qui per) (?:condividere|inviare|stampare)\b.{0,90}"
        r"|klik (?:hier )?om (?:te|dit te) (?:delen|e-mailen|printen|afdrukken)\b.{0,90}"
        r"|нажмите,? (?:здесь,? )?чтобы (?:поделиться|открыть|отправить).{0,90}"
        r"|(?:انقر|اضغط) (?:لل|ل)(?:مشاركة|طباعة).{0,90}"
        r"|クリックして.{0,40}(?:共有|印刷|メール).{0,40}|kliknij,? aby (?:udostępnić|wydrukować|wysłać)\b.{0,90}"
        r"|klik untuk (?:berbagi|membagikan|mencetak)\b.{0,90}"
    ),
    (
        r"\W*(?:(?:back|return) to (?:the )?top|go to top|nach oben|zum seitenanfang|zurück nach oben"
        r"|retour en haut(?: de page)?|haut de page|volver arriba|ir arriba|voltar ao topo|torna su|torna all'inizio"
        r"|terug naar boven|naar boven|başa dön|наверх|вернуться к началу|العودة (?:إلى|ل)(?: ?الأعلى|لأعلى)"
        r"|ページの?(?:先頭|トップ)へ(?:戻る)?|回到顶部|返回顶部"
        r"|맨 위로)\W*"
    ),
    r"\W*(?:first published|originally published|last updated)(?: date| on)?\s*[:：-].{0,14}\d.{0,50}",
    r"(?:catch|get) (?:all )?(?:of )?the latest\b.{0,120}\b(?:apps?|whatsapp|telegram|youtube|facebook)\b.{0,60}",
    r"[(（【\[]?\s*(?:责任编辑|責任編輯|编辑|編輯|责编|校对|监制|编审|editör|editor|redaktor|szerkesztő|urednik)\s*[:：/].{1,30}",
    r"[가-힣]{2,4}\s?(?:기자|특파원|인턴기자|선임기자)\s*[=/(]?\s*[\w.+-]+@[\w.-]+\)?",
    r"この記事は(?:有料|会員限定)記事です.{0,60}|(?:有料|会員限定)記事",
    (
        r"\W*(?:(?:story|article) continues (?:below|after)|continue reading below"
        r"|advertisement\W+(?:continue reading|scroll|story|article)).{0,40}"
    ),
    (
        r"[\W_c]*(?:riproduzione (?:vietata|riservata)|tous droits réservés|alle rechte vorbehalten|все права защищены"
        r"|todos los derechos reservados|todos os direitos reservados|tutti i diritti riservati|tüm haklar. sakl.d.r"
        r"|wszelkie prawa zastrzeżone)\W*"
    ),
    r"audio produced by .{2,60}",
    r"[（(]?原(?:标题|標題)\s?[:：].{1,100}",
    r"(?:特别|免责)?声明\s?[:：].{0,200}(?:观点|立场|责任).{0,80}",
    r"[（(]?(?:請|请)?(?:繼續|继续)(?:往下)?(?:閱讀|阅读)\W{0,8}",
    r"original-content von\s?:.{2,160}",
    (
        r"(?:share|compartilhe|compartir|comparte|partagez|partager|condividi|teile(?:n)?|deel|udostępnij|поделит\w+)\b"
        r".{0,30} (?:on|via|no|na|en|por|sur|su|auf|per|op|в) "
        r"(?:whatsapp|facebook|telegram|twitter|x|linkedin|вконтакте)\W*"
    ),
    r"this audio (?:is|was) (?:auto-?)?generated\b.{0,140}",
    r"<iframe\b.{0,240}",  # code for embedding, to be copied into other pages
    r"article content",  # put before each paragraph by Postmedia's sites, for screen readers
    (
        r"(?:copyright\s*(?:©|\(c\)|:|(?=(?:19|20)\d\d))|©|\(c\)\s).{0,60}\b(?:19|20)\d\d\b.{0,160}"
        r"|copyright\b.{0,80}\ball rights reserved\b.{0,160}"
    ),
    r"this (?:document|article|material) is subject to copyright\b.{0,220}",
    r"(?:citation|cite this(?: article| page)?)\s*:\s*.{10,230}https?://\S+",
    r"(?:was this (?:newsletter|email) forwarded to you\?).{0,80}",
    r"(?:our standards: the thomson reuters trust principles\.?).{0,20}",
    (
        r"(?:follow|folgen sie|suivez|sigue|segui|takip edin).{0,40} (?:on|auf|sur|en|su) (?:google news|twitter"
        r"|facebook|instagram|whatsapp|telegram|x|bbc sounds|youtube|tiktok|threads|bluesky|linkedin)\b"
        r"(?:.{0,40}|.{0,50} (?:send|share) (?:us )?your .{3,80})"
    ),
    (
        r"(?:photo|image|picture|foto|bild|fotoğraf|фото|снимк[аи]|фотографија|fotografija"
        r"|picha|hoto|zdjęci[ea]|ảnh|φωτό?)\s*(?:credit|by|von)?\s*:\s*.{1,60}"
    ),
    (
        r"(?:beitragsbild|titelbild|headerbild|aufmacherbild|bildquelle|bildnachweis|featured image|header image"
        r"|crédits?[ -]photos?|photo credits?|symbol(?:bild|foto|grafik))\s*(?::|by|von|via|©)\s*.{1,120}"
    ),
    r"e-?mail this (?:story|article|page)\b.{0,60}|print(?:er)?[- ]friendly(?: (?:version|page|format))?\W*",
    (
        r"(?:submitted by|υποβλήθηκε από|soumis par|enviado por|inviato da|ingezonden door|wysłane przez"
        r"|gespeichert von|beküldte|vložil|trimis de|опубликовано пользователем) .{2,60}\d.{0,20}"
    ),
    # "This entry was posted on Monday, May 3rd, 2010 and is filed under Travel.", from WordPress themes
    (
        r"this (?:entry|post|article) was (?:(?:posted|published|filed) (?:on|in|by|under)|written on) .{2,240}"
        r"|dieser (?:eintrag|beitrag|artikel) wurde (?:am|unter|in|von) .{2,200}"
        r"(?:abgelegt|gespeichert|veröffentlicht|verschlagwortet)\b.{0,120}"
        r"|cet(?:te entrée| article) a été publiée? (?:le|dans|par) .{2,240}"
        r"|esta entrada (?:fue publicada|se publicó) (?:en|el|por) .{2,240}"
        r"|quest(?:o articolo è stato pubblicato|a voce è stata pubblicata) (?:in|da|il) .{2,240}"
        r"|est(?:e (?:post|artigo) foi publicado|a entrada foi publicada) (?:em|por) .{2,240}"
        r"|dit bericht (?:is|werd) (?:geplaatst|gepubliceerd) (?:in|op|door) .{2,240}"
        r"|bu yaz. .{2,120} (?:kategorisine gönderildi|kategorisinde yay.nland.)\b.{0,100}"
        r"|ten wpis został opublikowany .{2,240}|запись опубликована (?:в рубрике|в|автором) .{2,240}"
        r"|detta inlägg (?:publicerades|postades|är publicerat) .{2,240}"
    ),
    r"[（(](?:完|终|終|끝|end|fin|ende|конец)[)）]|###?",
    r".{0,30}web sitesinde,.{0,120}özetlenerek yay.mlanmaktad.r.{0,80}",
    r"[(\[]?\s*(?:borítókép|nyitókép|címlapkép|omslagsbild|foto di copertina|imagem de capa)\s?:.{2,200}",
    (
        r"(?:версия для печати|druckversion|druckansicht|version imprimable|versión para imprimir|wersja do druku"
        r"|yazd.r.labilir sürüm)\W*"
    ),
    r"댓글\s?\d{0,5}|انتهای پیام\W*|\W*انتهى\W*|کد خبر\s?[:：].{0,20}",
    r"related (?:articles|reads|reading|stories|posts|links)\b[^.!?]{0,30}",
    (
        r"(?:load more|show more|view more|see all|view all|mehr anzeigen|mehr laden|voir plus|ver más|ver mais"
        r"|daha fazla göster|loading.{0,5})(?: comments)?"
    ),
)

_UNQUOTED = '[^"“”„«»]'  # quoted speech is not a prompt of the page
_MAILED = rf"(?:our|my)\b{_UNQUOTED}{{0,40}}\b(?:newsletters?|blog|mailing list|channel|podcast)\b{_UNQUOTED}{{0,120}}"
# Word -> the prompts that contain it, as regular expressions on the whole line.
INNER_PROMPTS = {
    "sign up": (
        rf"{_UNQUOTED}{{0,170}}\bsign up (?:for|to) {_MAILED}"
        rf"|{_UNQUOTED}{{0,170}}\bnewsletters?\b{_UNQUOTED}{{0,120}}\bsign up (?:here|now|today)\b.{{0,20}}"
    ),
    "subscribe to": rf"{_UNQUOTED}{{0,170}}\bsubscribe to {_MAILED}",
    "newsletter": (
        rf"{_UNQUOTED}{{0,60}}\b(?:suscríb\w+|apúntate|assine|inscreva-se|subscreva|iscriv\w+|inscrivez-vous|abonnez-vous"
        rf"|meld je aan|schrijf je in|abone olun|zapisz się|prenumerera)(?!\w){_UNQUOTED}{{0,70}}\bnewsletters?\b"
        rf"{_UNQUOTED}{{0,150}}"
        rf"|{_UNQUOTED}{{0,150}}\b(?:abonnier\w*|bestell\w*) (?:sie )?(?:jetzt )?(?:unseren?|meinen|den)\b"
        rf"{_UNQUOTED}{{0,25}}newsletter\b{_UNQUOTED}{{0,80}}"
        rf"|(?:hier|jetzt)\b{_UNQUOTED}{{0,60}}\bnewsletter\b{_UNQUOTED}{{0,60}}\b(?:abonnier|bestell|anmeld)\w*\W*"
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
    "بالضرورة": (
        rf"{_UNQUOTED}{{0,120}}\bو?لا [تي](?:عب[ّ\u0650\u0651]*ر|عكس|مث[ّ\u0650\u0651]*ل) بالضرورة\b{_UNQUOTED}{{0,80}}"
    ),
    "nécessairement": (
        rf"{_UNQUOTED}{{0,140}}\bne (?:refl[èé]t|représent|engag)\w+ pas nécessairement\b{_UNQUOTED}{{0,120}}"
    ),
    "odražavaju": (
        rf"{_UNQUOTED}{{0,140}}\bne odražavaju (?:nužno|obavezno|uvijek|uvek)\b{_UNQUOTED}{{0,100}}"
        rf"|{_UNQUOTED}{{0,140}}\b(?:nužno|obavezno|uvijek|uvek) ne odražavaju\b{_UNQUOTED}{{0,100}}"
    ),
    "domosdoshmërisht": rf"{_UNQUOTED}{{0,140}}\bnuk (?:e )?pasqyroj\w+ domosdoshmërisht\b{_UNQUOTED}{{0,100}}",
    "odzwierciedla": rf"{_UNQUOTED}{{0,140}}\bnie (?:muszą|musi|zawsze) odzwierciedla\w+\b{_UNQUOTED}{{0,100}}",
    "nonprofit": (
        rf"{_UNQUOTED}{{0,160}}\b(?:support (?:our|us)|donate (?:to us|now|today|here)|become a member|help us)\b"
        rf"{_UNQUOTED}{{0,160}}"
    ),
    "무단": r".{0,60}무단\s?(?:전재|복제|배포).{0,20}금지.{0,60}",
    "無断": r".{0,60}(?:無断(?:転載|複製|使用).{0,12}禁|禁無断転載).{0,60}",
    "不得": r".{0,60}未[经經].{0,12}(?:授权|许可|允许|同意|授權|許可).{0,6}不得.{0,60}",
    "文字": r".{0,20}残り\s?[\d,]+文字.{0,40}",
    "için tıklayın": r".{0,60}\b(?:paylaşmak|yazdırmak|göndermek) için tıklayın.{0,60}",
    "javascript": (
        r"please (?:enable|activate|turn on) javascript\b.{0,120}"
        rf"|{_UNQUOTED}{{0,80}}\b(?:video|vidéo|vídeo|видео|videoyu|wideo|βίντεο|فيديو|الفيديو)\b{_UNQUOTED}{{0,90}}"
        r"javascript\b.{0,160}"
    ),
    "your browser does": r"your browser does(?: not|n['’]t) support\b.{0,80}",
    # Shown in place of a post or player until the reader allows it
    "content": (
        r"recommended editorial content\b.{0,220}"
        r"|at this point,? you(?: will|['’]ll) find (?:an )?external content\b.{0,220}"
        r"|(?:this|the) content is (?:provided|hosted|supplied) by [^.]{2,40}\. (?:to|it|if|by|please)\b.{0,220}"
        r"|to (?:view|see|display) this content,? (?:please|you)\b.{0,220}"
    ),
    "extern": (
        r"(?:an dieser stelle|hier|mit ihrer zustimmung)\b.{0,60}\bextern\w* inhalt.{0,220}"
        r"|(?:ich bin damit einverstanden|sie erklären sich).{0,40}\bexterne inhalte\b.{0,160}"
    ),
    "empfohlener": r"empfohlener (?:redaktioneller|externer) inhalt\b.{0,200}",
    "drittplattform": r".{0,200}\bpersonenbezogene daten\b.{0,30}\bdrittplattformen übermittelt\b.{0,120}",
    "ce contenu": r"ce contenu est bloqué\b.{0,220}",
    "podcasts": (
        rf"{_UNQUOTED}{{0,60}}\b(?:listen|subscribe|follow)\b{_UNQUOTED}{{0,90}}\bwherever you get your podcasts\W*"
    ),
    "clap": rf"if you {_UNQUOTED}{{0,80}}\b(?:clap|claps)\b{_UNQUOTED}{{0,120}}",
    "aboneler": rf"{_UNQUOTED}{{0,100}}\babonelere özel\b{_UNQUOTED}{{0,60}}",
    "abonnés": (rf"{_UNQUOTED}{{0,160}}\b(?:réservée?s? (?:aux|à nos)|pour (?:les|nos)) abonnés\b{_UNQUOTED}{{0,100}}"),
    "telegram": (
        rf"{_UNQUOTED}{{0,120}}\b(?:takip edin|katılın|abone olun|abonnieren sie|folgen sie|suivez|rejoignez|síguenos"
        r"|únete|suscríbete|iscriviti|seguici|join (?:our|us)|subscribe to our|follow (?:us|our)"
        r"|подписывайтесь|подпишитесь|подписаться|читайте нас|следите за нами|تابعوا|تابعونا|اشترك"
        r"|підписуйтесь|підписуйтеся|підпишіться|читайте нас|стежте за нами|долучайтесь|pratite nas|pridružite se"
        r"|obserwuj|dołącz do|ακολουθήστε|ikuti kami|jiunge na|সাবস্ক্রাইব করুন|जुड़ें|شامل ہوں|عضو شوید"
        r"|bergabung|gabung)(?!\w)[^“”«»]{0,110}"  # the channel's name may stand in straight marks
    ),
    "телеграм": (
        rf"{_UNQUOTED}{{0,60}}\b(?:подписывайтесь|подпишитесь|подписаться|читайте нас|следите за нами|підписуйтес[ья]"
        rf"|підпишіться|стежте за нами|долучайтес[ья])(?!\w){_UNQUOTED}{{0,110}}"
    ),
    "donation": (
        r"(?=.*\b(?:our|us)\b)(?=.*\b(?:newsroom|journalism|reporting|readers|reporters)\b)"
        rf"{_UNQUOTED}{{0,200}}\bmak(?:e|ing) an? (?:[\w-]+ )?donation\b{_UNQUOTED}{{0,120}}"
    ),
    "our journalism": (
        rf"{_UNQUOTED}{{0,160}}\b(?:consider|please|help) (?:us )?(?:support|fund)(?:ing)? {_UNQUOTED}{{0,160}}"
    ),
    "google news": (
        rf"{_UNQUOTED}{{0,80}}\b(?:takip edin(?:iz)?|abone olun(?:uz)?|suivez(?:-nous)?|síguenos"
        rf"|siga (?:a|as|las|o|os|nos)|seguici|obserwuj|подписывайтесь|تابعوا|تابعونا|फॉलो कर\w*"
        rf"|підписуйтес[ья]|ακολουθ[ήε]\w+|pratite(?: nas)?|ফলো কর\w*|ikuti|دنبال کنید|فالو کر\w*)(?!\w)"
        rf"{_UNQUOTED}{{0,80}}"
    ),
    "whatsapp": (
        rf"{_UNQUOTED}{{0,90}}\b(?:takip edin|katılın|abone olun|abonnieren sie|folgen sie|suivez|rejoignez|síguenos"
        rf"|únete|suscríbete|clique aqui|receba|entre no|iscriviti|join(?:ing)? (?:our|us)|subscribe to our)(?!\w)"
        rf"{_UNQUOTED}{{0,170}}"
    ),
    "uygulama": rf"{_UNQUOTED}{{0,120}}\buygulama\w* (?:hemen )?(?:indirin|yükleyin)\b{_UNQUOTED}{{0,40}}",
}
