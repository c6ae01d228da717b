"""Notices that pages set among a story's blocks: on machine-made text, funding, paywalls, terms, and invitations.

The tables map a word to the notices that contain it, as regular expressions on the whole line.
"""

from __future__ import annotations

_ANY = '[^"“”„«»]'  # quoted speech is not a notice of the page
_END = r"[^.]{0,60}.{0,140}"

# On text that a machine summarized, read aloud or translated
_MACHINE = {
    "generated": (
        r"(?:this|these|the (?:audio|ai)) (?:version|summar(?:y|ies)|audio|translation|article|points|content)\b"
        rf"{_ANY}{{0,40}}\b(?:is|was|were|has been|are)\b{_ANY}{{0,30}}"
        r"(?:\bai[- ]generated|\bgenerated (?:by|with|using) (?:an? )?(?:ai\b|artificial|automated)).{0,140}"
    ),
    "künstliche": (
        r"dies\w* [^.]{0,60}\b(?:mit|von) (?:hilfe )?(?:einer )?künstliche\w? intelligenz "
        rf"(?:erstellt|generiert|übersetzt|zusammengefasst){_END}"
    ),
    "intelligence artificielle": (
        r"(?:ce|cet|cette) [^.]{0,60}\b(?:générée?|traduite?|résumée?) (?:par|avec|à l['’]aide de) [^.]{0,30}"
        rf"intelligence artificielle{_END}"
    ),
    "inteligencia artificial": (
        r"este? [^.]{0,60}\b(?:generad|traducid|elaborad)[oa] (?:por|con|mediante) [^.]{0,20}"
        rf"inteligencia artificial{_END}"
    ),
    "inteligência artificial": (
        rf"est[ea] [^.]{{0,60}}\b(?:gerad|traduzid|produzid)[oa] (?:por|com) [^.]{{0,20}}inteligência artificial{_END}"
    ),
    "intelligenza artificiale": (
        r"quest[oa] [^.]{0,60}\b(?:generat|tradott|realizzat)[oa] (?:da|con|dall['’]) ?[^.]{0,20}"
        rf"intelligenza artificiale{_END}"
    ),
    "yapay zek": rf"bu [^.]{{0,60}}\byapay zek[aâ] (?:ile|tarafından|kullanılarak|desteğiyle){_END}",
    "mispronunciations": r".{0,140}\bmispronunciations can occur\W*",
}  # fmt: skip

# On funding that does not influence the newsroom, and requests for money
_SUPPORT = {
    "solely responsible": (
        rf"{_ANY}{{0,160}}\breceives?\b{_ANY}{{0,40}}\bsupport\b{_ANY}{{0,140}}"
        r"\bsolely responsible for (?:all )?(?:the |its )?content\W*"
    ),
    "make a contribution": (
        rf"{_ANY}{{0,120}}\bmake a contribution\b{_ANY}{{0,80}}\b(?:our|us)\b{_ANY}{{0,120}}"
    ),
}  # fmt: skip

# In what interest scholars declare who write for the public
_INTERESTS = {
    "own shares in": r".{2,90}\b(?:does|do) not work for, consult, own shares in or receive funding from\b.{0,220}",
    "ne possède": r".{2,90}\bne travaille(?:nt)? pas, ne conseille(?:nt)? pas, ne possède(?:nt)? pas de parts .{0,240}",
    "ni posee": r".{2,90}\bno recibe salario, ni ejerce labores de consultoría, ni posee acciones\b.{0,240}",
    "possui ações": r".{2,90}\bnão presta consultoria, trabalha, possui ações ou recebe financiamento\b.{0,240}",
    "memiliki saham": r".{2,90}\btidak bekerja, menjadi konsultan, memiliki saham\b.{0,240}",
}  # fmt: skip

# Shown before a paywall
_WALLS = {
    "continuar": (
        rf"{_ANY}{{0,170}}\bpara continuar (?:a ler|lendo|leyendo|la lectura)\b{_ANY}{{0,60}}"
        rf"\b(?:assin|registe-se|cadastre-se|entre|suscr|regístr|inicia)\w*{_ANY}{{0,80}}"
    ),
    "seguir leyendo": (
        rf"{_ANY}{{0,120}}\bpara seguir leyendo\b{_ANY}{{0,60}}\b(?:suscr|regístr|inicia)\w*{_ANY}{{0,80}}"
    ),
    "pour lire": (
        rf"{_ANY}{{0,120}}\bpour lire la suite\b{_ANY}{{0,60}}\b(?:abonn|connect|inscri)\w*{_ANY}{{0,80}}"
    ),
    "weiterzulesen": (
        rf"{_ANY}{{0,60}}\bum weiterzulesen\b{_ANY}{{0,60}}\b(?:abo|anmeld|registr|melden)\w*{_ANY}{{0,80}}"
    ),
    "leggere": (
        rf"{_ANY}{{0,120}}\bper (?:continuare a )?leggere\b{_ANY}{{0,60}}\b(?:abbon|acced|registr)\w*{_ANY}{{0,80}}"
    ),
}  # fmt: skip

# The small print of sign-up boxes
_TERMS = {
    "you agree": (
        r"by (?:submitting|signing up|subscribing|clicking|registering|providing)\b[^.]{0,80}"
        r"\byou (?:agree|consent|accept|acknowledge)\b.{0,140}"
    ),
    "vous acceptez": r"en (?:vous (?:inscrivant|abonnant)|cliquant|validant)\b[^.]{0,80}\bvous acceptez\b.{0,140}",
    "aceptas": r"al (?:suscribirte|registrarte|enviar|hacer clic)\b[^.]{0,80}\baceptas\b.{0,140}",
    "anmeldung": (
        r"mit (?:der|meiner|ihrer|deiner) anmeldung\b[^.]{0,100}\b(?:stimm|akzeptier|erklär|willig)\w*\b.{0,140}"
    ),
}  # fmt: skip

# Invitations to write to the newsroom, to comment, to get newsletters or to go elsewhere
_INVITATIONS = {
    "story ideas": r"(?:send|share|e-?mail) (?:us )?(?:your )?story ideas to .{3,80}",
    "letters": (
        r".{0,120}\bletters(?: to the editor)?\b.{0,80}\bhear what you think\b.{0,160}"
        r"|do you have an opinion on the issues\b.{0,100}\bsubmit\b.{0,140}"
    ),
    "reageren": r"wil (?:je|u) reageren\?.{0,200}",
    "boletín": (
        rf"{_ANY}{{0,60}}\b(?:suscríb\w+|apúntate|inscríb\w+)(?!\w){_ANY}{{0,60}}\bboletín\b{_ANY}{{0,130}}"
    ),
    "boletim": (
        rf"{_ANY}{{0,60}}\b(?:assine|inscreva-se|subscreva|cadastre-se)(?!\w){_ANY}{{0,60}}\bboletim\b{_ANY}{{0,130}}"
    ),
    "nieuwsbrief": (
        rf"{_ANY}{{0,60}}\b(?:schrijf je in|meld je aan|abonneer)(?!\w){_ANY}{{0,60}}\bnieuwsbrief\b{_ANY}{{0,130}}"
    ),
    "bülten": rf"{_ANY}{{0,60}}\bbülten\w*\b{_ANY}{{0,60}}\b(?:abone ol|kaydol|üye ol)\w*{_ANY}{{0,130}}",
    "recevez": (
        rf"(?:chaque|tous les|toutes les) \w+,? recevez\b{_ANY}{{0,80}}"
        rf"\b(?:actualités?|informations?|infos?|e-?mail)\b{_ANY}{{0,110}}"
    ),
    "receba": rf"receba (?:todos|no seu|em seu|diariamente)\b{_ANY}{{0,60}}\bnot[ií]cias\b{_ANY}{{0,100}}",
    "recibe": (
        rf"recibe (?:cada|todos|todas|en tu)\b{_ANY}{{0,60}}\b(?:noticias|informaci[oó]n|correo)\b{_ANY}{{0,100}}"
    ),
    "ricevi": rf"ricevi (?:ogni|tutti|nella tua)\b{_ANY}{{0,60}}\b(?:notizie|mail)\b{_ANY}{{0,100}}",
    "notificaciones": r"(?:y )?(?:recuerda que puedes|activa|puedes) (?:recibir |las )?notificaciones\b.{0,160}",
    "clic": (
        r"(?:ha(?:z|ga) clic (?:aquí )?para (?:leer|ver) (?:más|otras?|toda)\b.{0,120}"
        r"|cliquez ici pour (?:lire|voir|retrouver|en savoir)\b.{0,120}"
        r"|(?:fai|fate) clic qui per (?:leggere|vedere)\b.{0,120})"
    ),
    "clique": r"clique aqui para (?:ler|ver|acessar)\b.{0,120}",
    "click here": (
        r"click here (?:to|for) (?:read|see|view|find|more|all)\b[^.]{0,60}"
        r"\b(?:stories|articles|news|coverage|reports)\b.{0,60}"
    ),
}  # fmt: skip

# That the text goes on below a picture, player or advertisement
_GOES_ON = {
    "pod ": (
        r"(?:dalsz(?:y|a) (?:ciąg|część)|ciąg dalszy) (?:artykułu|materiału|tekstu|wywiadu)\b.{0,30}\bpod\b.{0,60}"
        r"|článek pokračuje pod .{2,30}|(?:článok|text) pokračuje pod .{2,30}"
    ),
    "continua": (
        r"continua (?:dopo|sotto) (?:la|il|questo|questa) .{2,30}|continua a leggere dopo .{2,40}"
        r"|(?:la noticia|el art[ií]culo) contin[uú]a (?:después|tras|debajo) .{2,40}"
        r"|continua (?:após|depois d[aoe]) .{2,40}"
    ),
    "continúa": r"(?:la noticia|la nota|el art[ií]culo|la lectura)? ?continúa (?:después|tras|debajo|abajo)\b.{2,40}",
    "prosegue": r"(?:l['’]articolo|la notizia) prosegue (?:dopo|sotto) .{2,40}",
    "la suite": r"la suite (?:après|sous) (?:la|cette|le|ce) .{2,30}",
    "weiter": (
        r"(?:der |dieser )?(?:artikel|text|beitrag) (?:geht|wird) (?:nach|unter|hinter) (?:der|dem|dieser) .{2,30}"
        r"\bweiter\b.{0,20}"
        r"|nach der (?:anzeige|werbung) (?:geht es )?weiter\b.{0,40}|weiter(?:lesen)? nach der (?:anzeige|werbung)"
    ),
    "fortsætter": r"(?:artiklen|teksten) fortsætter (?:under|efter) .{2,30}",
    "fortsett": r"(?:artikkelen|saken|teksten|historien) (?:fortsetter|held fram) (?:under|etter) .{2,30}",
    "fortsätter": r"(?:artikeln|texten) fortsätter (?:under|efter) .{2,30}",
    "jatkuu": r"(?:juttu|artikkeli|teksti) jatkuu .{2,30}\b(?:jälkeen|alla|alapuolella)",
    "folytatódik": r"a cikk .{2,40}\bfolytatódik\W*",
    "continuă": r"(?:articolul|știrea) continuă (?:după|mai jos|sub)\b.{0,40}",
    "продолжение": r"продолжение (?:после|под) .{2,30}",
}  # fmt: skip

# Shown in place of a player until the reader allows cookies, in the languages of international broadcasters
_EMBEDS = {
    "display this content": r"to display this content\b.{0,60}\byou must (?:enable|accept|allow)\b.{0,140}",
    "browser extensions": r"one of your browser extensions\b.{0,60}\bblock.{0,160}",
    "ce contenu": r"pour (?:afficher|voir|visualiser) ce contenu\b.{0,40}(?:autoriser|accepter|activer)\b.{0,140}",
    "extension de votre": r"une extension de votre navigateur\b.{0,60}\bblo(?:quer|que)\b.{0,170}",
    "este contenido": r"para (?:mostrar|ver) este contenido\b.{0,40}\b(?:debe|tiene que|es necesario)\b.{0,140}",
    "extensiones": r"(?:una|parece que una) de (?:las|sus) extensiones\b.{0,60}\bbloque.{0,160}",
    "lejátszásához": r"a (?:tartalom|videó) (?:megtekintéséhez|lejátszásához)\b.{0,160}",
}  # fmt: skip

# On the sources of health sites, on how to cite a page, and on mistakes in it
_ON_SOURCES = {
    "sourcing guidelines": r".{2,40}\bhas strict sourcing guidelines\b.{0,200}",
    "our experts": r"our experts continually monitor\b.{0,200}",
    "high-quality sources": r".{2,40}\buses only high-quality sources\b.{0,200}",
    "zitieren": (
        r"(?:.{2,40}\b(?:schlägt ihnen vor|empfehlen|vorschlag),? )?diesen (?:beitrag|text|artikel)\b.{0,30}"
        r"\bzitieren\b.{0,230}"
    ),
    "citer ce": r"(?:.{2,40}\bvous propose de )?citer c(?:e|et) (?:billet|article|texte)\b.{0,230}",
    "cite this": r"(?:.{2,40}\bsuggests that you )?cite this (?:post|article|text|page) as(?: follows)?\b.{0,230}",
    "ctrl": (
        rf"{_ANY}{{0,120}}\b(?:ошибк|опечатк|помилк|памылк|błąd|chyb|грешк|mistake|error|typo)\w*{_ANY}{{0,120}}"
        rf"\bctrl\s?\W\s?enter\b{_ANY}{{0,100}}"
    ),
    "comments to this entry": (
        r"(?:you can|you may) (?:follow|skip)\b.{0,60}\bcomments to this entry\b.{0,160}"
    ),
    "our channel": r"(?:follow|join|subscribe to) our channel\b[^.]{0,60}",
    "saluran": rf"{_ANY}{{0,120}}\bsaluran\b{_ANY}{{0,60}}\bwhatsapp\b{_ANY}{{0,120}}",
}  # fmt: skip

NOTICES = _MACHINE | _SUPPORT | _INTERESTS | _WALLS | _TERMS | _INVITATIONS | _GOES_ON | _EMBEDS | _ON_SOURCES
