"""Stems for languages without a good stemmer in tantivy: the longest of the common affixes is removed once.

Words come with letters made equal and without accents, so that words typed without them get the same stem. The tables
are chosen by benchmarks/train_endings.py; docs/decisions/0003-language-analysis.md says how well they do. Added for
names, which its word lists lack: the Norwegian genitive (Putins) and the Russian cases of names in -ов (Лаврова).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

LEAST_LETTERS = 3  # that must be left of a word


@dataclass(frozen=True, kw_only=True, slots=True)
class Affixes:
    """The affixes that are removed from a language's words."""

    prefixes: Collection[str] = ()
    suffixes: Collection[str] = ()
    sure: Collection[str] = ()  # suffixes that may leave one letter fewer
    tails: Mapping[str, str] = field(default_factory=dict)  # differing ends of a word's stems -> the common one


def bare(word: str, affixes: Affixes) -> str:
    """A word without its longest prefix and suffix, and with its stem's common tail.

    >>> bare("slowami", Affixes(suffixes={"ami", "i"})), bare("slow", Affixes(suffixes={"ow"}))
    ('slow', 'slow')
    """
    for length in range(min(_LONGEST, len(word) - LEAST_LETTERS), 0, -1):
        if word[:length] in affixes.prefixes:
            word = word[length:]
            break
    word = _without_suffix(word, affixes)
    return with_one_tail(word, affixes)


def _without_suffix(word: str, affixes: Affixes) -> str:
    if affixes.sure and word[LEAST_LETTERS - 1 :] in affixes.sure:
        return word[: LEAST_LETTERS - 1]
    for length in range(min(_LONGEST, len(word) - LEAST_LETTERS), 0, -1):
        if word[-length:] in affixes.suffixes:
            return word[:-length]
    return word


def with_one_tail(stem: str, affixes: Affixes) -> str:
    """A stem with the tail that is common to all stems of its word."""
    for length in range(min(_LONGEST, len(stem) - LEAST_LETTERS + 1), 0, -1):
        if stem[-length:] in affixes.tails:
            return stem[:-length] + affixes.tails[stem[-length:]]
    return stem


_LONGEST = 6  # letters of an affix


def _affixes(*, suffixes: str, prefixes: str = "", tails: str = "", sure: str = "") -> Affixes:
    """Make Affixes from lists separated by spaces; tails are written as "tail:replacement"."""
    pairs = (tail.partition(":")[::2] for tail in tails.split())
    return Affixes(
        prefixes=frozenset(prefixes.split()),
        suffixes=frozenset(suffixes.split()),
        sure=frozenset(sure.split()),
        tails=dict(pairs),
    )


AFFIXES: Mapping[str, Affixes] = {
    "bg": _affixes(
        suffixes=(
            "овете ията лата лите лото мата мите ният ното тата тите тият тове тото щата щите ата ещи или ите иха ият"
            " йки йте лът лят мът ния нът ове ото тта тът хме ята ен ии ил им их иш ия ла ли ло ля ма ме ми мо на ни"
            " но та те ти то ха ше ща щи що ъм ът ял ят а и й л м н о т х ш щ я"
        ),
    ),
    "cs": _affixes(
        suffixes=(
            "alne ejsi ejte ach aji ame ami ech eho eji eme emi emu ete ich iho ila ili ilo ily ime imi imu ite out"
            " ovi vne ych ymi am at em et il im it ou um us ym a e i o u y"
        ),
        tails="al: at: c:k eb:b ej: ek:k jd:sl sel:sl tm:t uj:ov",
    ),
    "da": _affixes(
        suffixes=(
            "ernes teren terne ende enen enes erne este eter ette tede tens ede ene ens ers est ets ten ter tes"
            " tet en er es et te ts um e s t"
        ),
        tails="aed:a bb:b ds:d e: egg:g end:nd er: ff:f gs:g kk:k ll:l mm:m nn:n pp:p ss:s t:",
    ),
    "fa": _affixes(
        suffixes=(
            "ترين اتي اني مان نان ندن نده ندي هاي يان يدن يده يني گان ات ان تر دن مي ند ني ها هي ون يد يم ين يي ء م ن"
            " ه ي"
        ),
        tails="ام:ا خت:ز د: را:ير ند: يت:ي يم:",
    ),
    "he": _affixes(
        prefixes="ולה בב בה הב הה הל וב וה ול כש לה מה שב שה של ב ה ו ל ש",
        suffixes="ויות ותיה ותיו תיות יהמ יות יימ ינו תית המ ות יה יו יי ימ ית כמ נו תה תו תי תכ תמ ה ו י ת",
        tails="ת:",
    ),
    "hi": _affixes(
        suffixes=(
            "तियों ताओं नाओं ियां ियों ेंगे ंगे नता रता ाओं िये ेगा ्या एं ओं कर का के गा गी गे तम ता ती ते ना नी ने"
            " या यी ये सा से ां ीं ें ों ं ई ए ओ ा ि ी े ो ्"
        ),
        tails="ए:य न्द:ंद ्म:म",
        sure="ों ें",
    ),
    "hr": _affixes(
        suffixes=(
            "ovima aju ama ati ega emo ima imo iti oga ome ova ove ovi uci ao eg em ih im io og oj om uo a e i o u"
        ),
        tails="ac:c al: am: an:n at: cen:t ev: il: it: jen: kav:kv zam:zm",
    ),
    "hu": _affixes(
        suffixes=(
            "hatunk keppen ekben ekkel eknek ekrol hatok jaban janak jatok javal jenek okban okkal oknak ottak ottam"
            " eben ebol ekek eken eket ekre endo enek enul ette evel hato heto jara junk kban kben kent kkal kkel knek"
            " nunk okat oket okon okra otta otte szek tunk uket abb ani asz ban ben bol ebb ebe ene eni ere ett gal"
            " gel hez hoz jai jak jan jat jek jen jet jon juk kat ken ket kon kor kre lal mal mel nak nal nam nat nek"
            " nel nem nia nie nom nul oan obb oje ott ral rel rol sal sel suk tad tak tal tam tan tat ted tek tel tem"
            " tet tol tuk unk val vel zak zel zuk ai an ba bb be ed ei ek em en et ig ik ja je na ne ni nk od oi ok om"
            " on ot ra re sd sz ta te uk va ve za ze e i j k n o t"
        ),
        tails="a: ei: ek: hat: o: ok: ss:s t: zz:z",
    ),
    "id": _affixes(
        prefixes="dike dise keke kepe kese meme meng peme peng seke ber mem men pem pen per ter di ke me pe se",
        suffixes="kannya ankan annya anan anku anmu kan lah nya wan an ku mu",
        tails="ani: i: k:",
    ),
    "is": _affixes(
        suffixes=(
            "arinn arins arnar arnir innar irnar irnir isins jandi onnum unnar urinn urnar andi anna anum arar asta"
            " asti inar inna inni inum jast sins unni unum ustu ana ann ans ara ari ast enn ina ini inn ins inu ist"
            " jar jum udu una urs ust an ar id in ir is ja ji ra ri st um ur us a i s t u"
        ),
        tails="ad: an:un ann: ar: fd:f il:l ill:l j: mn:m og:ag ok:ak r: ud:",
    ),
    "lt": _affixes(
        suffixes=(
            "iantis iausia iausiu isiais damas esnis iomis iuose jomis osius tuose ydavo ciau davo iais iame iams"
            " iant iate iaus ieji iems imis ioje ioms iose ites iuju jais jame jant jaus joje jome jose jote kime kite"
            " nasi ntis sime site tume uose ame ant ate aus eme iai iam ias iau ies ime imi ims ios ite iui ius jai"
            " jam jas jau jes jos jui jus kit mes mis mos ome ote ses sis siu tos tui tus yje yse yti zio au ia io is"
            " iu ja je ji jo ju me mi ms nt om se ti to tu ui ys i k m o s u"
        ),
        tails="a: c:t dz:d e: o: u: y:",
    ),
    "lv": _affixes(
        suffixes=(
            "amies isana ities osana oties ajis esim sana sies ties ais aja aks ams asu iem ies iet isu oja otu usi"
            " ai am as at et ie im is it os ot us a i m o s u"
        ),
        tails="aj: e: gt:dz ij: j: mt:m nat:n oj: u:a",
    ),
    "nl": _affixes(
        suffixes=(
            "enden essen sende ende enen etje ssen tjes ben dde een end ene ens ere fen jes sen ses sje ste tje"
            " zen dt en es fe je se ze e s"
        ),
        tails="aak:ak aal:al aam:am aar:ar ald:l d: eel:el ger:g ker:k kk:k ll:l nn:n pp:p st: t: uur:ur v:f",
    ),
    "no": _affixes(
        suffixes=(
            "neste ende enet eren erer eres eret erne este eten aen aet ede ene ens ere ers ert est ste as en"
            " er es et a e s"
        ),
        tails="att:ar el:l er: ert: het:h mm:m t: vd:v",
    ),
    "pl": _affixes(
        suffixes=(
            "iejsze ilismy ylismy ajacy ajcie iecie ienie ajac ales anie iach iami icie iego ilam ilem iles ione iony"
            " ismy lnie owie wnie ylam ylem znie ach acy aja ami amy asz ego emu emy esz ich iec iej iem ila ili ilo"
            " ily imi imy isz oma ych yla yli ylo yly ymi ymy ysz zie ac aj am ec ej em ia ic ie ij il im om ow um yc"
            " yl ym a e i o u y"
        ),
        tails="al: an: ek:k el: i: ial: ion: rz:r sz:s uj:ow",
    ),
    "ro": _affixes(
        suffixes=(
            "urilor easca iasca urile andu eaza elor elui este esti ilor indu ului and aza eam eau ele esc eti eze"
            " ile ind lor uri am at au ea ei em ii im it ui ul ut a e i u"
        ),
        tails="ac:c an:n apt:pt as:s ez: i: il: oar:or sc:st",
    ),
    "ru": _affixes(
        suffixes=(
            "овой овым ами его ему ешь ими йте ова ове ову овы ого ому ыми ями ам ах ая ев ее ей ем им их ов ое"
            " ой ом ую ые ый ым ых ью ют юю ям ях яя а е и й о у ы ь ю я"
        ),
        tails="а:ал ан:ал ас:с в:л ек:к ен:н ет:л етс:лс ец:ц и: ис:с лен:ил лос:лс ок:к т:л тьс:лс ует:у я:ял ят:ил",
    ),
    "sk": _affixes(
        suffixes=(
            "ejsie ajte ejsi iach ieho ovia ach aju ame ami eho eme emu ete iam ich ime imi och ovi ych ymi am at ej"
            " em ho it mi om ou ov um ut ym a e i m o u y"
        ),
        tails="al: at: dn:dl ec:c i: ieb:b iek:k iel:l iet:el ik:ic ok:k ol:l uj:ov",
    ),
    "sl": _affixes(
        suffixes=("ejse ejsi ajo ama ami amo ati ega ejo emo emu imi ove ovi tev ah am eh em ev ih im om ov a e i o u"),
        tails="al: ec:c ejs: ek:k el:l en:n er:r es: ov: rj:r tv:",
    ),
    "sv": _affixes(
        suffixes=(
            "aende annen arnas ernas ades agit ande aren aret arna aste atet erna eten eter igen oren orer orna"
            " ttet ade ans are ars ast ats att des ena ens ern ers ert ets ick its nde orn set tes tet ad an ar"
            " as at de en er es et it og or te ts tt um a e s t"
        ),
        tails="ar: ats: el:l eln:l ens: et: gd:g in:i ld:l mm:m nad:n os:o t:",
    ),
    "uk": _affixes(
        suffixes=(
            "вати ього ьому ами ано вав емо ено ете ими ого ому уть ьої ють ями єте іть ам ах ей ем еш ею ий им их мо"
            " ом ою ої ши ям ях єю ів ій ім іх їв а е и й о у ш ь ю я є і ї"
        ),
        tails="а:ат в:т вал: г:з ец:ц им: л:т лас:вс лис:вс нн:н ок:к тис:вс юч: я:ят і: ід:од ір:ор",
    ),
}
