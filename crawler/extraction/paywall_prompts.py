"""Prompts shown in place of the paid rest of a story: patterns by language, no logic."""

from __future__ import annotations

PAYWALL_PROMPTS = (
    (
        r"\b(?:subscribe|sign up|register|log in|become a (?:member|subscriber))\b.{0,40}\b(?:to"
        r"|and)\b.{0,20}\b(?:continue|keep|unlock|read (?:the|this|on|more|full))"
    ),
    r"\b(?:continue|keep) reading\b.{0,60}\b(?:subscri|trial|free account|member)",
    (
        r"\bthis (?:article|story|content) is (?:for|available to|reserved for"
        r"|exclusive to) (?:our )?(?:paying )?(?:subscribers|members)"
    ),
    r"\balready a (?:subscriber|member)\?",
    r"\bsubscriber[- ]only\b",
    r"\bto (?:continue|read) .{0,40}\bsubscribe\b",
    r"\b(?:weiterlesen|jetzt lesen|freischalten|zugriff)\b.{0,60}\b(?:abo|abonn|plus|premium|testen)",
    r"\b(?:sie haben|du hast) noch .{0,20}\d+ ?%",
    r"\bdieser (?:artikel|beitrag|inhalt) ist .{0,40}\b(?:abonnent|plus|premium)",
    r"\bbereits (?:abonnent|kunde|registriert)",
    r"\bjetzt .{0,30}\babo\b.{0,30}\b(?:abschließen|testen|sichern|lesen)",
    r"\babonnez-vous\b.{0,40}\b(?:lire|suite|accéder)",
    r"\b(?:article|contenu) (?:est )?réservé(?:e)? (?:à|aux) (?:nos )?abonnés",
    r"\bil vous reste \d+ ?%",
    r"\bdéjà abonné",
    r"\bsuscr[ií]be(?:te|ase)?\b.{0,40}\b(?:seguir|leer|continuar)",
    r"\bcontenido (?:exclusivo )?para suscriptores",
    r"\bya (?:eres|soy) suscriptor",
    r"\bass(?:ine|inante)\b.{0,40}\b(?:continuar|ler|acesso)",
    r"\bconteúdo exclusivo para assinantes",
    r"\babbonati\b.{0,40}\b(?:leggere|continuare)",
    r"\b(?:articolo|contenuto) riservato agli abbonati",
    r"\bsei già abbonato",
    r"\b(?:lees verder|verder lezen)\b.{0,40}\babonn",
    r"\bdit artikel is (?:exclusief )?voor abonnees",
    r"\bal abonnee\b",
    (
        r"\b(?:les videre|for å lese|läs vidare|för att läsa|læs videre|for at læse)\b.{0,60}\b(?:abonn|kjøp|pren"
        r"|logg|køb)"
    ),
    r"\b(?:er|är) du (?:allerede|redan) (?:abonnent|prenumerant)",
    r"\bbliv? (?:prenumerant|abonnent)\b|\bk(?:öp|jøp|øb) (?:prenumeration|abonnement)\b",
    r"\bvain tilaajille\b|\b(?:předplat|predplat)\w*.{0,50}\b(?:dočíst|číst|přečíst|čítať|odemkn|odomkn)",
    r"\belőfizet\w*.{0,50}\b(?:tovább|olvas)|\bcsak előfizető",
    r"\babone ol(?:un|arak)?\b.{0,40}\b(?:okuma|devam)|\bdevamını okumak için\b.{0,40}\babone",
    r"\b(?:dostęp|czytaj dalej)\b.{0,60}\b(?:subskryp|prenumer|premium)",
    r"\bоформите подписку\b|\b(?:чтобы|для) .{0,30}(?:продолж|дочита).{0,40}подпис",
    r"この記事は(?:有料)?会員(?:限定|記事)|有料会員限定|残り\d+文字",
    r"구독(?:하고|하시면|후).{0,20}(?:계속|전체)|유료.{0,6}기사",
    r"订阅.{0,12}(?:继续|全文)",
    r"للمشتركين فقط",
    r"\bper (?:continuare a )?legger.{0,60}\babbona",
    r"\b(?:dočten|přečten|čten|čítan|dočítan)\w*.{0,50}\bp[řr]edpla[tť]",
    r"\b(?:συνεχίσετε|διαβάσετε)\b.{0,60}συνδρομ",
    r"\bчита(?:ти|т)\w*.{0,20}\bдалі\b.{0,40}підписк|\bоформіть підписку\b",
    r"(?:להמשיך לקרוא|להמשך קריאה).{0,40}(?:מנוי|הירשמו)|למנויים בלבד",
    r"\babon(?:ează-te|ați-vă)\b.{0,40}\b(?:citi|continua)",
    r"पढ़ने के लिए.{0,30}(?:सदस्यता|सब्सक्राइब)",
    r"\b(?:nastav(?:ak|ite|iti)|čitanj\w+)\b.{0,60}\bpretpla",
    r"\bчет(?:ете|ене)\w*.{0,40}абонира",
    r"\bberlangganan\b.{0,40}\b(?:membaca|lanjut)",
    r"\bđăng ký\b.{0,40}\bđọc tiếp",
)
