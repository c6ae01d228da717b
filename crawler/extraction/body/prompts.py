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
    (
        r"(?:[가-힣]{2,6}\s?=\s?)?(?:[가-힣]{2,4}\s?(?:선임|전문|수습|인턴)?(?:기자|특파원)[\s,·]*){1,4}"
        r"[=/(]?\s*[\w.+-]+@[\w.-]+\)?"
    ),
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
    r"विस्तार|सार|विस्तार से",  # "in detail", "in short": heads of Hindi stories
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
