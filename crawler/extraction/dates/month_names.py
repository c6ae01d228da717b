"""Names of months with their numbers, in some fifty languages; case-folded."""

from __future__ import annotations

MONTHS: dict[str, int] = {
    name.casefold(): number
    for number, names in enumerate(
        (
            "ጃንዩወሪ ጃንዋሪ janvāris јануари студзеня "
            "january jan jan. januar jänner janvier janv enero ene janeiro gennaio gen januari januarie ocak "
            "oca январь января янв січня януари јануар siječanj siječnja stycznia ledna januára januarja január "
            "ianuarie gener jaanuar sausio tammikuuta ιανουαρίου يناير ינואר "
            "janúar yanvar janar januari enero ژانویه جنوری جانفي იანვარი հունվարի "
            "januara јануара janairu ιαν ιανουάριος қаңтар ionawr eanáir urtarrilaren janaayo",
            "februāris лютага "
            "february feb feb. februar février févr fév febrero fevereiro fev febbraio februari februarie şubat "
            "şub февраль февраля фев лютого февруари фебруар veljača veljače lutego února februára februarja "
            "február febrer veebruar vasario helmikuuta φεβρουαρίου فبراير شباط פברואר "
            "febrúar fevral shkurt pebrero فوریه فروری فيفري თებერვალი փետրվարի "
            "februara фебруара fabrairu φεβ φεβρουάριος ақпан chwefror feabhra otsailaren febraayo",
            "ማርች marec сакавіка "
            "march mar mar. märz mrz mars marzo março maart mrt mart март марта мар березня ožujak ožujka marca "
            "března marts március martie març märts maret mac kovo maaliskuuta μαρτίου مارس آذار מרץ "
            "machi marso مارچ მარტი մարտի "
            "marta maris μαρ μάρτιος наурыз mawrth márta martxoaren maarso",
            "ኤፕሪል aprīlis красавіка "
            "april apr apr. avril avr abril abr aprile nisan nis апрель апреля апр квітня април travanj travnja "
            "kwietnia dubna aprila apríla április aprilie aprill balandžio huhtikuuta απριλίου أبريل ابريل "
            "إبريل نيسان אפריל "
            "apríl aprel prill aprili آوریل اپریل أفريل აპრილი ապրիլի "
            "априла afrilu απρ απρίλιος сәуір ebrill aibreán apirilaren abriil",
            "ሜይ maijs máj "
            "may mai mayo maio maggio mag mei mayıs май мая травня мај svibanj svibnja maja května maj mája "
            "május maig gegužės toukokuuta μαΐου مايو أيار מאי "
            "maí mei مه مئی ماي მაისი մայիսի "
            "маја mayu ماي μαΐ μάιος мамыр mai bealtaine maiatzaren maajo",
            "ጁን jūnijs junij jún јуни чэрвеня "
            "june jun jun. juni juin junio junho giugno giu haziran haz июнь июня июн червня юни јун lipanj "
            "lipnja czerwca června juna junija júna június iunie juny juuni junie birželio kesäkuuta ιουνίου "
            "يونيو حزيران יוני "
            "júní iyun qershor hunyo ژوئن جون جوان ივნისი հունիսի "
            "јуна yuni ιουν ιούνιος маусым mehefin meitheamh ekainaren juun",
            "ጁላይ jūlijs julij júl јули ліпеня "
            "july jul jul. juli juillet juil julio julho luglio lug temmuz tem июль июля июл липня юли јул "
            "srpanj srpnja lipca července jula julija júla július iulie juliol juuli julie julai liepos "
            "heinäkuuta ιουλίου يوليو تموز יולי "
            "júlí iyul korrik julai hulyo ژوئیه جولائی جويلية ივლისი հուլիսի "
            "јула yuli يوليوز ιουλ ιούλιος шілде gorffennaf iúil uztailaren luulyo",
            "ኦገስት augusts آب жніўня "
            "august aug aug. août agosto ago augustus augusti ağustos ağu август августа авг серпня kolovoz "
            "kolovoza sierpnia srpna avgust avgusta augusta augusztus agost agustus ogos rugpjūčio elokuuta "
            "αυγούστου أغسطس אוגוסט "
            "ágúst avqust gusht agosti اوت اگست أوت აგვისტო օգոստոսի "
            "agusta غشت αυγ αύγουστος тамыз awst lúnasa abuztuaren agoosto",
            "ሴፕቴምበር septembris септембар верасня "
            "september sep sept sep. sept. septembre septiembre setembro set settembre eylül eyl сентябрь "
            "сентября сен сент вересня септември rujan rujna września září septembar septembra szeptember "
            "septembrie setembre rugsėjo syyskuuta σεπτεμβρίου سبتمبر أيلول ספטמבר "
            "sentyabr shtator septemba setyembre سپتامبر ستمبر სექტემბერი սեպտեմբերի "
            "септембра satumba sentabr شتنبر σεπ σεπτέμβριος қыркүйек medi irailaren sebteembar",
            "ኦክቶበር oktobris октобар кастрычніка "
            "october oct oct. oktober okt octobre octubre outubro out ottobre ott ekim eki октябрь октября окт "
            "жовтня октомври października října oktobar oktobra októbra október octombrie oktoober spalio "
            "lokakuuta οκτωβρίου أكتوبر اكتوبر אוקטובר "
            "oktyabr tetor oktoba oktubre اکتبر اکتوبر ოქტომბერი հոկտեմբերի "
            "октобра oktabr οκτ οκτώβριος қазан hydref urriaren oktoobar",
            "ኖቬምበር novembris новембар лістапада "
            "november nov nov. novembre noviembre novembro kasım kas ноябрь ноября ноя листопада ноември "
            "studeni studenog studenoga listopada listopadu novembar novembra noiembrie lapkričio marraskuuta "
            "νοεμβρίου نوفمبر נובמבר "
            "nóvember noyabr nëntor novemba nobyembre نوامبر نومبر ნოემბერი նոյեմբերի "
            "новембра nuwamba نونبر νοε νοέμβριος қараша tachwedd samhain azaroaren nofeembar",
            "ዲሴምበር decembris децембар снежня "
            "december dec dec. dezember dez décembre déc diciembre dic dezembro dicembre aralık ara декабрь "
            "декабря дек грудня декември prosinac prosinca grudnia prosince decembar decembra desember des "
            "decembrie desembre detsember disember gruodžio joulukuuta δεκεμβρίου ديسمبر דצמבר "
            "dekabr dhjetor desemba disyembre دسامبر دسمبر დეკემბერი դեկտեմբերի "
            "децембра disamba دجنبر δεκ δεκέμβριος желтоқсан rhagfyr nollaig abenduaren diseembar",
        ),
        start=1,
    )
    for name in names.split()
}
