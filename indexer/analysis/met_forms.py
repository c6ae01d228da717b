"""Maps forms that a stemmer would keep apart to one form: irregular plurals, other spellings.

Words come in lower case, with the accents of their language; the rules apply to texts and queries alike. Which forms
are worth it was measured on lists of words with their lemmas (docs/decisions/0003-language-analysis.md).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from indexer.analysis.broken_plurals import SINGULARS

Rule = tuple[re.Pattern[str], str]


def met_form(word: str, analysis: str) -> str:
    """The form that stands for all such forms of a word; the word itself if no rule applies.

    >>> met_form("organisation", "en"), met_form("días", "es"), met_form("travaux", "fr")
    ('organization', 'día', 'travail')
    """
    if analysis == "en" and (met := _OTHER_MEANINGS.get(word)):
        return met
    if singular := _BROKEN_PLURALS.get(analysis, {}).get(word):
        return singular
    if (hint := _HINTS.get(analysis)) and not hint.search(word):
        return word
    for written, met in _MET_FORMS.get(analysis, ()):
        word = written.sub(met, word)
    return word


def _rules(*pairs: tuple[str, str]) -> Sequence[Rule]:
    return [(re.compile(written), met) for written, met in pairs]


# British spellings become American: newswires use both, and a search in one desk's house style would find only half of
# what agencies write. Words whose -ise is never -ize (exercise, television) and words that would become another (four,
# hour) stay.
_BRITISH = (
    (r"^practis(?=e|ing)", "practic"),
    (
        r"(?<=..)(?<![vw])(?<![^ia]c)is(?=(?:e(?:d(?:ly)?|ly|ments?|rs?|s)?|ing(?:ly|s)?|ations?|ational(?:ly)?"
        r"|ab(?:le|ly|ility))$)",
        "iz",
    ),
    (r"(?<=.al)ys(?=(?:e[dr]?|ers|ing)$)", "yz"),  # not analyses
    (
        r"^((?:dis|mis|un)?(?:arb|ard|arm|behavi|cand|clam|col|demean|endeav|fav|ferv|flav|glam|harb|hon|hum|lab|neighb"
        r"|od|parl|ranc|rig|rum|sav|savi|splend|succ|tum|val|vap|vig))our",
        r"\1or",
    ),
    (r"^((?:epi|centi|kilo|milli|amphi|lack)?(?:calib|cent|fib|lit|lust|meag|met|sab|sepulch|somb|spect|theat))re(?=s?$)",
     r"\1er"),
    (r"^centre(?=d$)", "centere"),
    (r"^(def|lic|off|pret)enc(?=e|ing$)", r"\1ens"),
    (r"(?<=al)ogue(?=s?$)", "og"),  # catalogue, dialogue
    (r"^programme(?=s?$)", "program"),
    (r"(?<=[dl])gement(?=s?$)", "gment"),  # judgement
    (r"^grey(?=s?$|ish$)", "gray"),
    (r"^sceptic", "skeptic"),
    (r"^aluminium", "aluminum"),
)  # fmt: skip
_ENGLISH_PLURALS = (
    (r"^((?:gun|police|fire|business|fisher|congress|spokes|states|chair|sports|council|service|country|crew|lay)?"
     r"(?:wo)?)men$", r"\1man"),
    (r"^((?:grand|school)?child)ren$", r"\1"),
    (r"^((?:house|mid)?(?:wi|kni))ves$", r"\1fe"),
    (r"^(thie|wol)ves$", r"\1f"),
    (r"^(cris|analys|hypothes|diagnos|oas|synthes)es$", r"\1is"),
    (r"^(f|t)ee(t|th)$", r"\1oo\2"),
)  # fmt: skip

# Words to which Snowball gives the stem of another: "import" would find "important", and "execution" "executive". These
# are common in news and differ in meaning; each is mapped to a form that Snowball leaves unchanged.
_OTHER_MEANINGS = {
    word: met
    for met, words in {
        "importanc": "importance important importantly",
        "bizy": "busier busiest busily busy",  # not business
        "severit": "severe severely severer severest severity",  # not several
        "executiv": "executive executives",  # not execution
        "universit": "universities university",  # not universe
        "apartmnt": "apartment apartments",
        "authorit": "authorities authority",  # not author
        "majorit": "majorities majority",
        "minorit": "minorities minority",
        "emergenc": "emergencies emergency",  # not emerge
        "customr": "customer customers",
        "oppozit": "opposite opposites",  # not opposition
        "mobyliz": "mobilisation mobilise mobilised mobilises mobilising mobilization mobilize mobilized mobilizes"
        " mobilizing",  # not mobile
        "premiaer": "premiere premiered premieres",  # not premier
    }.items()
    for word in words.split()
}

# Snowball does not remove the plural from words of up to two syllables that begin with a vowel (años), or from words
# whose singular it takes for a verb (ciudad, militar, mujer).
_SPANISH = (
    ("(?<=iern)os$|(?<=odern)os$|(?<=adern)os$|(?<=[nx]tern)os$|(?<=atern)os$", "o"),  # gobiernos is not "govern us"
    ("(?<=..)ces$", "z"),  # jueces, luces, veces
    ("^([aeiouáéíóú][^aeiouáéíóú]{1,2}[aeo])s$", r"\1"),  # años, armas, islas
    ("^([^aeiouáéíóú]?[ií][ao]|pie)s$", r"\1"),  # días, ríos
    ("(?<=ad)es$|(?<=[aáeéo]r)es$|(?<=[aeiáéí]n)es$", ""),  # ciudades, militares, imágenes
    ("(?<=e[ao])s$", ""),  # europeas
)
_PORTUGUESE = (  # without accents, as words are passed to its stemmer
    ("(?<=..)[ao]es$", "ao"),  # eleições, alemães
    ("(?<=..)ais$", "al"),  # nacionais
    ("^(difi?c|fac|foss|frag|inut|miss|portat|projet|rept|text|ut)eis$", r"\1il"),  # mísseis
    ("(?<=..)(?<!r)eis$", "el"),  # possíveis; not voltareis
    ("(?<=..)ns$", "m"),  # homens
    ("^([aeiou][^aeiou]{1,2}[aeo])s$", r"\1"),  # anos, armas, olhos
    ("^([^aeiou]?i[ao]|[lr]ua|[lr]ei|[cr]eu|..+eu)s$", r"\1"),  # dias, leis, europeus
    ("^(irma|ma|gra|va|cha)os$", r"\1o"),  # mãos
)
# Snowball keeps the s of lois, élus and euros because some singulars end in s as well; those are excluded here.
_FRENCH = (
    ("^(?!(?:bas|cas|dis|fois|lis|mis|mois|paris|plus|pris|sous)$)(.{2,})s$", r"\1"),
    ("^((?:en)?jeu|(?:mi)?lieu|(?:a)?dieu|feu|aveu|neveu|cheveu|vœu|voeu|noyau|tuyau)x$", r"\1"),
    ("^(trav|vitr|cor|ém|b|soupir)aux$", r"\1ail"),
)
_ITALIAN = (
    ("^([aeiou][^aeiou]{1,2})[aeio]$", r"\1o"),  # anni, armi, atti
    ("(?<=ier)[ei]$", "a"),  # frontiere, quartieri
    ("^uomini$", "uomo"),
)
# Words common in news whose forms no rule for endings brings together: children, houses, ministers
_CZECH = (
    ("^dět(?=(?:i|í|em|mi|ech)$)|^det(?=(?:i|em|mi|ech)$)", "dít"),
    ("^(b|d|dv|h|k|n|s|st|v)ů(?=[hlmňrzž]$)", r"\1o"),  # dům, stůl, vůz: their other forms have an o
)
_POLISH = (("^dzie(?:ci|ć)(?=(?:om|mi|ach)?$)", "dzieck"),)
_UKRAINIAN = (("^діт(?=(?:и|ей|ям|ьми|ях)$)", "дитин"),)
_RUSSIAN = (("^дет(?=(?:и|ей|ям|ьми|ях)$)", "ребенк"),)
_HUNGARIAN = (("^falu(?=$|[bhijknrtv])", "falv"),)  # falvak
_GREEK = (("^παιδι(?:ά|α|ών|ων)$", "παιδί"),)
_HEBREW = (  # with letters made equal: מ for ם
    ("וו", "ו"),  # some write these letters once: טלוויזיה, טלויזיה; בניין, בנין
    ("(?<!ח)יי|יי(?!ל)", "י"),  # חייל is not חיל
    ("^(?:[ושהבלמכ]|[ושמכ]ה|[ושכ][בל]|של|כש|שב)?(?:בתימ?|בית)$", "בית"),
    ("^(?:[והל]|[ושמכ]ה|של|כש)?(?:שרימ?|שר)$", "שר"),
)
_AS_A_RING = (("aa", "å"),)  # Aarhus, Kjærgaard

# What every word that a rule applies to contains: trying all English rules on every word would take a tenth of the time
# of indexing
_HINTS = {
    "en": re.compile(
        "is[aei]|ys[ei]|our|re[sd]?$|enc[ei]|ogue|mmes?$|gement|^grey|^scep|^alum|men$|ren$|ves$|es$|ee(?:t|th)$"
    )
}

_BROKEN_PLURALS = {"fa": SINGULARS["fa"]}  # Arabic and Urdu stemmers look up theirs after removing affixes

_MET_FORMS: Mapping[str, Sequence[Rule]] = {
    "cs": _rules(*_CZECH),
    "da": _rules(*_AS_A_RING),
    "el": _rules(*_GREEK),
    "en": _rules(*_ENGLISH_PLURALS, *_BRITISH),
    "es": _rules(*_SPANISH),
    "fr": _rules(*_FRENCH),
    "fi": _rules(("^lapsi$", "lapset")),  # Snowball gives it the stem of Lapland
    "he": _rules(*_HEBREW),
    "hu": _rules(*_HUNGARIAN),
    "it": _rules(*_ITALIAN),
    "no": _rules(*_AS_A_RING),
    "pl": _rules(*_POLISH),
    "pt": _rules(*_PORTUGUESE),
    "ru": _rules(*_RUSSIAN),
    "uk": _rules(*_UKRAINIAN),
}
