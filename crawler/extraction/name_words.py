"""Words in and around bylines, as data: what opens them, what ends them, and what stands there and is no name."""

from __future__ import annotations

# Openers beside those of vocabulary.py; case-folded.
MORE_OPENERS = (
    "interview", "text & fotos", "text und fotos", "text & bild", "text und bild", "text/fotos", "words and photos",
    "gastbeitrag von", "gastkommentar von", "ein rezept von", "rezept von", "artikel von", "beitrag von",
    "bericht von",
    "kommentar von", "reportage von", "autor/in", "autor:in", "autor*in", "autor/-in", "von redaktion", "words",
    "article de", "un article de", "reportage de", "une enquête de", "publicado por", "escrito por", "por:",
    "report by", "analysis by", "opinion by", "review by", "interview by", "as told to", "compiled by",
    "opublikowane przez", "autor:", "tekst:", "tekst i zdjęcia", "redakce", "автор:", "текст:", "текст",
    "фото и текст",
    "編集", "文・写真", "取材・文", "撰文", "责编", "责任编辑", "글", "취재",
)  # fmt: skip

# What begins behind the names of a byline; regular expressions.
BYLINE_TAILS = (
    "kategorien?", "categor(?:y|ies)", "kein(?:e)? kommentare?", "ein kommentar", "hinterlasse", "leave a",
    "no comments?",
    "posted in", "filed under", "uncategorized", "allgemein", "abgelegt", "schlagw(?:ort|örter)", "tags", "stand",
    "datum", "vor", "shares?", "views?", "min(?:ute)?s? read", "edited by", "photos? by", "fotos?", "illustration",
    "in allgemeines", "reviewed", "fact[- ]checked", "medically",
)  # fmt: skip

# Bylines that name an editorial office: names, though nobody's.
NEWSROOM_NAMES = frozenset(
    {
        "staff", "staff reporter", "staff writer", "staff report", "staff reporters", "news staff", "web desk",
        "webdesk",
        "news desk", "newsdesk", "redaktion", "die redaktion", "redacción", "redaccion", "rédaction",
        "la rédaction",
        "redação", "redazione", "redactie", "redaksjonen", "redaktionen", "editorial team", "editorial staff",
        "haber merkezi", "редакция",
    }
)  # fmt: skip

# What stands where names stand.
NOT_NAMES = frozenset(
    {
        "datum", "date", "uhr", "stand", "vor", "mehr", "alle artikel", "all articles", "more", "artikel",
        "beitrag",
        "fotos", "photos", "foto", "photo", "bild", "video", "elements", "information", "affiliations", "presse",
        "authors", "autoren", "kommentare", "comments", "comment", "zum artikel", "startseite", "impressum",
        "agencies",
        "publisher", "presseinfo", "advertisement", "anzeige", "werbung", "image", "credit", "copyright",
        "この記事を書いた人", "back to top", "nach oben", "suche", "search", "menu", "menü", "login", "anmelden",
        "newsletter",
        "allgemein", "uncategorized", "news", "blog", "anónimo", "anonym",
        "published", "published on", "first published", "date published", "posted", "posted on", "created", "updated",
        "last updated", "modified", "last modified", "veröffentlicht", "erstellt", "aktualisiert", "publié",
        "publié le", "mis à jour", "publicado", "publicado em", "publicado el", "actualizado", "atualizado",
        "pubblicato", "aggiornato", "gepubliceerd", "bijgewerkt", "publicerad", "uppdaterad", "udgivet", "opdateret",
        "publisert", "oppdatert", "julkaistu", "päivitetty", "opublikowano", "aktualizacja", "yayınlanma",
        "yayın tarihi", "güncelleme", "опубликовано", "обновлено",
    }
)  # fmt: skip

# How job titles end; regular expressions at the end of a later part of a byline.
ROLE_ENDINGS = (
    r"redakteur(?:in)?", r"\beditor", r"\bcolumnist", r"\bwriter", r"\breporter", r"\bcorrespondent",
    r"\bjournalist(?:in)?",
    r"\bgardener", r"\beducators?", r"\bscientist", r"\bexpert", r"\bprofessor(?:in)?", r"\blead",
    r"\bmanager(?:in)?",
    r"\bdirector", r"\bspecialist", r"korrespondent(?:in)?", r"\bleiter(?:in)?", r"\bautor(?:in)?",
    r"\bsprecher(?:in)?",
    r"\banalyst", r"\bconsultant", r"ologist", r"\bcontributor", r"\bfounder", r"\bceo", r"\bpresident",
    r"\bjournaliste", r"\brédact(?:eur|rice)", r"\bperiodista", r"\bredactor[a]?", r"\bjornalista",
    r"\bgiornalista",
    r"\bmuhabir[i]?", r"\brepresentative", r"\bvolontär(?:in)?", r"\btherapist", r"\bnutritionist", r"\bdietitian",
)  # fmt: skip

# What ends an address behind the name of an organization; case-folded.
COUNTRIES = frozenset({"germany", "deutschland", "austria", "österreich", "switzerland", "schweiz"})

DAY_WORDS = frozenset(
    {
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "tues",
        "wed", "thu",
        "thur", "thurs", "fri", "sat", "sun", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag",
        "sonnabend", "sonntag", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "lunes",
        "martes", "miércoles", "jueves", "viernes", "sábado", "sabado", "domingo", "segunda", "terça", "quarta",
        "quinta", "sexta", "lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica", "maandag",
        "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag", "pazartesi", "salı", "çarşamba",
        "perşembe", "cuma", "cumartesi", "pazar", "am", "pm", "uhr", "de",
    }
)  # fmt: skip
