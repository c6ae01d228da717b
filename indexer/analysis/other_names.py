"""Things that news calls by several names: Peking is Beijing, the UNO is the UN, and Selenskyj is Zelensky.

Only queries ask for the other names; a text is indexed as it stands. In the table are people whose names each language
spells by its own rules, cities with names in several languages, places that were renamed, and organisations in short
and in full. Countries are not, unless renamed: in the news of a language its own country stands everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from indexer.analysis.languages import UNDETERMINED
from indexer.analysis.normalizing import is_stop_word, with_equal_letters
from indexer.analysis.words import words

# A line is a thing: its names in any language, and those of single languages. _ stands between words; a name with
# capitals is a word in small letters and asks for the others only as it stands here; one with ! asks for the others
# and is not asked for, since a phrase of words that stand everywhere costs too much.
_NAMES = """
    zelensky zelenskyy zelenskiy|de selenskyj selenski|es zelenski|fr zelenski|it zelenskij|nl zelenski|pl zełenski
    putin|fr poutine
    medvedev|de medwedew|pl miedwiediew
    lavrov|de lawrow|pl ławrow
    shoigu|de schoigu|fr choïgou|pl szojgu
    prigozhin|de prigoschin|fr prigojine|nl prigozjin|pl prigożyn
    navalny|de nawalny|it navalnyj|pl nawalny
    lukashenko|de lukaschenko|fr loukachenko|nl loekasjenko|pl łukaszenka
    yeltsin|de jelzin|fr eltsine|it eltsin|nl jeltsin|pl jelcyn
    gorbachev|de gorbatschow|es gorbachov|fr gorbatchev|it gorbaciov|nl gorbatsjov|pl gorbaczow
    brezhnev|de breschnew|fr brejnev|it breznev|nl brezjnev|pl breżniew
    khrushchev|de chruschtschow|es jruschov kruschev|fr khrouchtchev|it krusciov|nl chroesjtsjov|pl chruszczow
    trotsky|de trotzki|es trotski|fr trotski|it trockij|pl trocki
    tchaikovsky|de tschaikowski tschaikowsky|es chaikovski|fr tchaïkovski|nl tsjaikovski|pl czajkowski
    dostoevsky dostoyevsky|de dostojewski|es dostoievski|fr dostoïevski|it dostoevskij|nl dostojevski|pl dostojewski
    netanyahu|de netanjahu|fr netanyahou|pl netanjahu
    gaddafi qaddafi gadhafi kadhafi khadafi|es gadafi|it gheddafi|nl khaddafi|pl kaddafi|pt kadafi
    khamenei|de chamenei|es jamenei|pl chamenei
    khomeini|de chomeini|es jomeini|pl chomeini
    bin_laden bin_ladin|fr ben_laden
    muhammad mohammed mohammad mohamed
    mao_zedong mao_tse_tung
    zhou_enlai chou_en_lai
    deng_xiaoping teng_hsiao_ping
    chiang_kai_shek|de tschiang_kai_schek|es chiang_kai_shek|fr tchang_kaï_chek
    muslim moslem
    quran koran|es corán|fr coran|it corano
    al_qaeda al_qaida|de al_kaida|fr al_qaïda|pl al_kaida
    hezbollah hizbollah hizbullah|de hisbollah|es hezbolá
    houthi huthi
    uyghur uighur|de uiguren|es uigur|fr ouïghour|pl ujgur

    kyiv kiev|de kiew kyjiw|pl kijów
    kharkiv kharkov|de charkiw charkow|es járkov járkiv|nl charkov|pl charków
    lviv lvov|de lwiw lemberg|pl lwów
    odesa odessa
    zaporizhzhia zaporizhia|de saporischschja|fr zaporijia|pl zaporoże
    kherson|de cherson|es jersón|pl chersoń
    crimea|de krim|fr crimée|nl krim|pl krym
    chernobyl chornobyl|de tschernobyl|es chernóbil|fr tchernobyl|nl tsjernobyl|pl czarnobyl
    moscow|de moskau|es moscú|fr moscou|nl moskou|pl moskwa|pt moscou moscovo
    st_petersburg saint_petersburg|de sankt_petersburg|es san_petersburgo|fr saint_pétersbourg|it san_pietroburgo
    warsaw|de warschau|es varsovia|fr varsovie|it varsavia|nl warschau|pl warszawa|pt varsóvia
    krakow cracow|de krakau|es cracovia|fr cracovie|it cracovia
    gdansk|de danzig
    prague|cs praha|de prag|es praga|it praga|nl praag|pl praga|pt praga
    bucharest|de bukarest|es bucarest|fr bucarest|it bucarest|nl boekarest|pl bukareszt|ro bucurești
    belgrade|de belgrad|es belgrado|hr beograd|it belgrado|nl belgrado|pl belgrad
    tbilisi|de tiflis
    yerevan|de eriwan jerewan|es ereván|fr erevan
    vienna|da wien|de wien|es viena|fr vienne|nl wenen|no wien|pl wiedeń|pt viena|sv wien
    munich|da münchen|de münchen|nl münchen|no münchen|pl monachium|pt munique|sv münchen
    cologne|de köln|nl keulen|sv köln
    nuremberg|de nürnberg|it norimberga|nl neurenberg|pl norymberga
    frankfurt|es fráncfort|fr francfort|it francoforte
    berlin|it berlino|nl berlijn|pt berlim
    geneva|de genf|es ginebra|fr genève|it ginevra|nl genève|pl genewa|pt genebra
    basel basle|fr bâle|it basilea
    brussels|da bruxelles|de brüssel|es bruselas|fr bruxelles|it bruxelles|nl brussel|pl bruksela|pt bruxelas|sv bryssel
    antwerp|de antwerpen|es amberes|fr anvers|it anversa|nl antwerpen
    the_hague|de den_haag|es la_haya|fr la_haye|it l_aia|nl den_haag|pt haia
    strasbourg|de straßburg|es estrasburgo|it strasburgo|nl straatsburg|pt estrasburgo
    copenhagen|da københavn|de kopenhagen|es copenhague|fr copenhague|nl kopenhagen|no københavn|sv köpenhamn
    london|es londres|fr londres|it londra|nl londen|pl londyn|pt londres
    paris|it parigi|nl parijs|pl paryż
    lisbon|de lissabon|es lisboa|fr lisbonne|it lisbona|nl lissabon|pl lizbona|pt lisboa
    milan|de mailand|es milán|it milano|nl milaan|pl mediolan|pt milão
    venice|de venedig|es venecia|fr venise|it venezia|pt veneza
    naples|de neapel|es nápoles|it napoli|pt nápoles
    athens|de athen|es atenas|fr athènes|it atene|nl athene|pl ateny|pt atenas|sv aten
    jerusalem|es jerusalén|it gerusalemme|nl jeruzalem|pl jerozolima|pt jerusalém
    cairo|de kairo|nl caïro|pl kair
    damascus|de damaskus|es damasco|it damasco|nl damascus|pl damaszek|pt damasco
    baghdad|de bagdad|es bagdad|fr bagdad|nl bagdad|pl bagdad|pt bagdá
    tehran teheran|es teherán|fr téhéran|pt teerã
    kabul|fr kaboul
    havana|de havanna|es la_habana|fr la_havane|it l_avana
    tokyo|de tokio|es tokio|nl tokio|pl tokio|pt tóquio
    beijing peking|es pekín|fr pékin|it pechino|pl pekin|pt pequim
    xinjiang sinkiang
    new_delhi|de neu_delhi|es nueva_delhi|it nuova_delhi|pt nova_délhi
    mumbai bombay
    kolkata calcutta|de kalkutta
    chennai madras
    dhaka dacca
    yangon rangoon|de rangun
    myanmar burma|de birma|es birmania|fr birmanie|it birmania|pl birma
    sri_lanka ceylon
    taiwan formosa
    vietnam viet_nam
    cambodia kampuchea|de kambodscha|es camboya|fr cambodge|it cambogia|pl kambodża|pt camboja
    türkiye|de türkei|en turkey|es turquía|fr turquie|it turchia|pl turcja|pt turquia
    czechia|de tschechien|en czech_republic|es república_checa|fr république_tchèque tchéquie|pl czechy
    eswatini swaziland
    burkina_faso upper_volta

    un UNO|de vereinte_nationen vereinten_nationen|en united_nations|es onu naciones_unidas|fr onu nations_unies|\
it onu nazioni_unite|nl vn verenigde_naties|pl onz|pt onu nações_unidas
    eu european_union|de europäische_union europäischen_union|es ue unión_europea|fr ue union_européenne|\
it ue unione_europea|pl ue unia_europejska|pt ue união_europeia
    eec EC|de ewg|en european_community|es cee|fr cee|it cee
    nato|es otan|fr otan|pt otan
    WHO|de weltgesundheitsorganisation|en world_health_organization|es oms|fr oms|it oms|pt oms
    imf|de iwf internationaler_währungsfonds internationalen_währungsfonds|en international_monetary_fund|\
es fmi fondo_monetario_internacional|fr fmi fonds_monétaire_international|it fmi|pl mfw|pt fmi
    world_bank|de weltbank|es banco_mundial|fr banque_mondiale|it banca_mondiale|nl wereldbank|pt banco_mundial
    wto|de welthandelsorganisation|en world_trade_organization|es omc|fr omc|it omc|pt omc
    oecd|es ocde|fr ocde|it ocse|pt ocde
    opec|es opep|fr opep|pt opep
    iaea|de iaeo|es oiea|fr aiea|it aiea|pt aiea
    ipcc|de weltklimarat|fr giec
    ecb|de ezb europäische_zentralbank europäischen_zentralbank|en european_central_bank|es bce|fr bce|it bce|pl ebc|\
pt bce
    Fed|en federal_reserve
    SEC|en securities_and_exchange_commission
    epa|en environmental_protection_agency
    US usa|de vereinigte_staaten vereinigten_staaten|en united_states!|es ee_uu estados_unidos|fr états_unis|\
it stati_uniti|nl VS verenigde_staten|pl stany_zjednoczone|pt eua estados_unidos
    uk|de großbritannien|en united_kingdom|es reino_unido|fr royaume_uni
    gdp|de bip bruttoinlandsprodukt|en gross_domestic_product|es pib|fr pib|it pil|pl pkb|pt pib
    ai|de ki künstliche_intelligenz künstlicher_intelligenz|en artificial_intelligence|\
es ia inteligencia_artificial|fr ia intelligence_artificielle|it intelligenza_artificiale|\
pl sztuczna_inteligencja|pt ia inteligência_artificial
    hiv|es vih|fr vih|pt vih
    vw volkswagen
    ibm|en international_business_machines
    GM|en general_motors
"""
_NOT_ASKED = "!"
MOST_WORDS = 3  # of a name that is looked for in a query; longer ones are descriptions

_Thing = Mapping[str, Sequence[str]]  # analysis -> its names there; "" = in any


def other_names(typed: str, analysis: str) -> Iterator[str]:
    """Other names, in the texts of a language, of what was typed, words separated by spaces; mostly none.

    >>> list(other_names("Peking", "en")), list(other_names("imf", "de")), list(other_names("who", "fr"))
    (['beijing'], ['iwf', 'internationaler währungsfonds', 'internationalen währungsfonds'], [])
    """
    thing, key = _named(typed)
    for name in (*thing.get("", ()), *thing.get(analysis, ())):
        if not name.endswith(_NOT_ASKED) and _key(name) != key and not is_stop_word(name, analysis):
            yield name.lower()


@lru_cache(maxsize=10_000)  # a search asks in every language
def _named(typed: str) -> tuple[_Thing, str]:
    """The thing of this name, without names if there is none, and the key of the name."""
    key = _key(typed)
    return _things().get(key) or _things().get(" ".join(words(typed))) or {}, key


@lru_cache(maxsize=10_000)
def _key(name: str) -> str:
    return " ".join(with_equal_letters(word, UNDETERMINED) for word in words(name))


@cache
def _things() -> Mapping[str, _Thing]:
    """Every name -> the thing."""
    found: dict[str, _Thing] = {}
    for line in _NAMES.split("\n"):
        thing: dict[str, Sequence[str]] = {}
        for number, part in enumerate(line.strip().split("|")):
            analysis, *names = part.split() if number else ("", *part.split())
            thing[analysis] = [name.replace("_", " ") for name in names]
        for listed in (name for names in thing.values() for name in names):
            name = listed.removesuffix(_NOT_ASKED)
            found[name if name != name.lower() else _key(name)] = thing
    return found
