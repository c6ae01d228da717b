"""Prompts found by a word that they contain: a table of words, each with the patterns to try where it occurs."""

from __future__ import annotations

_UNQUOTED = '[^"“”„«»]'  # quoted speech is not a prompt of the page
_MAILED = rf"(?:our|my)\b{_UNQUOTED}{{0,40}}\b(?:newsletters?|blog|mailing list|channel|podcast)\b{_UNQUOTED}{{0,120}}"
# Word -> the prompts that contain it, as regular expressions on the whole line.
# "Follow us" and the like
_FOLLOW = (
    r"(?:takip edin(?:iz)?|katılın|abone olun(?:uz)?|abonnieren sie|folgen sie|folge uns|suivez|rejoignez"
    r"|síguenos|siga-nos|segueix-nos|seguici|iscriviti|volg ons|följ oss|følg oss?|seuraa meitä"
    r"|obserwuj(?:cie)? nas|śledź(?:cie)? nas|sleduj(?:te)? nás|kövess(?:en)? (?:minket|bennünket)"
    r"|urmărește-ne|urmăriți-ne|(?:za)?pratite nas|pridružite se|spremljajte nas|подписывайтесь"
    r"|подпишитесь|следите за нами|підписуйтес[ья]|стежте за нами|последвайте ни|следете ни"
    r"|ακολουθ[ήε]\w+|sekite mus|seko mums|jälgi meid|na ndiqni|bizi izləyin|تابعوا|تابعونا|دنبال کنید"
    r"|फॉलो कर\w*|ফলো কর\w*|ikuti kami|theo dõi chúng tôi|עקבו אחרינו)"
)
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
    "facebook": rf"{_UNQUOTED}{{0,60}}(?<!\w){_FOLLOW}(?!\w){_UNQUOTED}{{0,110}}",
    "instagram": rf"{_UNQUOTED}{{0,60}}(?<!\w){_FOLLOW}(?!\w){_UNQUOTED}{{0,110}}",
    "viber": rf"{_UNQUOTED}{{0,60}}(?<!\w){_FOLLOW}(?!\w){_UNQUOTED}{{0,110}}",
    "donation": (
        r"(?=.*\b(?:our|us)\b)(?=.*\b(?:newsroom|journalism|reporting|readers|reporters)\b)"
        rf"{_UNQUOTED}{{0,200}}\bmak(?:e|ing) an? (?:[\w-]+ )?donation\b{_UNQUOTED}{{0,120}}"
    ),
    "support": (
        r"(?:(?:we hope you|before you (?:go|leave|close|continue|move on))\b|if you (?:can|value|appreciate))"
        rf"{_UNQUOTED}{{0,160}}\b(?:ask|could|consider|please)\b{_UNQUOTED}{{0,40}}\bsupport (?:the|our|us)\b"
        rf"{_UNQUOTED}{{0,160}}"
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
