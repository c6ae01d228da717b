"""Very common words, which queries leave out when other words say more: data only."""

from __future__ import annotations

STOP_WORDS = {  # by analysis; the others use the lists of the tantivy package
    "ar": (
        "من في على إلى الى عن مع هذا هذه ذلك تلك التي الذي الذين ما لا لم لن إن ان أن كان كانت قد هو هي هم و أو ثم"
        " بعد قبل بين كل"
    ),
    "bg": (
        "а ако без беше бе бил била били било в във ви все всички вече до докато да дали един една едно за защо и из"
        " или им й как като какво ли му ми на над не ни най но от освен около по под при пред през са се със с си след"
        " съм сме сте така това този тази тези то той тя те че ще където когато който която което които между още само"
    ),
    "bn": (
        "ও এবং আর বা কিন্তু যে যা এই সেই তা তার তিনি তাদের এ সে একটি এক করা করে করেছে করেছেন করেন হয় হয়ে হয়েছে হবে ছিল"
        " আছে নেই না থেকে জন্য সঙ্গে সাথে পর মধ্যে উপর কাছে বলে বলেন বলেছেন জানান কোনো কিছু আরও এর"
    ),
    "cs": (
        "a aby ale ani ať at až az bez bude budou by byl byla byli bylo být byt co což coz do ho i já ja jak jako je"
        " jeho její jeji jejich jen jenž jenz ještě jeste již jiz jsem jsme jsou k kde kdo když kdyz který ktery která"
        " ktera které ktere kteří kteri ku má ma mezi mu na nad ne nebo není neni než nez o od on ona oni pak po pod"
        " podle pro proto protože protoze před pred při pri s se si ta tak také take tam ten to tu u už uz v ve však"
        " vsak z za ze že"
    ),
    "el": (
        "ο η το οι τα του της των τον την τη τους τις και κι σε στο στη στην στον στα στους στις με για από απο ως"
        " προς που πως πώς ότι οτι να θα δεν δε μη μην είναι ειναι ήταν ηταν έχει εχει έχουν εχουν ένα ενα ένας ενας"
        " μια μία μιας ενός ενος αυτό αυτο αυτή αυτη αυτός αυτος αλλά αλλα αν ή όταν οταν όπως οπως τι ποιος ποια πιο"
        " μας σας"
    ),
    "en": (  # Snowball's list, as for other languages; the tantivy package has only Lucene's 33 words
        "i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers"
        " herself it its itself they them their theirs themselves what which who whom this that these those am is are"
        " was were be been being have has had having do does did doing would should could ought will can cannot a an"
        " the and but if or because as until while of at by for with about against between into through during before"
        " after above below to from up down in out on off over under again further then once here there when where why"
        " how all any both each few more most other some such no nor not only own same so than too very must might"
        " shall also s t d ll m re ve"
    ),
    "fa": (
        "و در به از که این آن را با است برای بر تا یا هم نیز اما اگر هر یک بود شد شده شود می کرد کرده کند ها های ای"
        " ما من او آنها وی خود پس پیش باید دارد دارند هستند باشد نیست چه چون بین"
    ),
    "he": (
        "של את על לא זה זו זאת הוא היא הם הן אני אנחנו אתה אם כי או גם כל יש אין מה מי עם אל אך אבל רק עד בין כמו כך"
        " כאשר אשר היה היתה הייתה היו להיות לפני אחרי יותר כדי ידי לו לה להם שלו שלה שלהם"
    ),
    "hi": (
        "का के की को में से है हैं था थे थी और या पर यह ये वह वे इस उस इन उन कि जो तो भी ही ने एक नहीं कर करने किया"
        " किए हो होने होता होती होते हुआ हुई हुए गया गई गए लिए साथ बाद तक अपने अपनी अपना कुछ जा रहा रहे रही द्वारा"
        " इसके उनके"
    ),
    "hr": (  # also Bosnian and Serbian
        "a ako ali bi bez bio bila bilo biti će ce do da dok ga gde gdje i iz ih ili im iako ja je jer još jos joj"
        " kao kako kad kada koja koje koji kojih kojim ko kod li me mi mu na nad nakon ne nego ni nije o od on ona oni"
        " ono po pod pre prije pri s sa sam samo se si smo su sve svoj što sto šta sta ta te taj to tu u uz već vec za"
        " zbog zašto zasto"
    ),
    "id": (
        "yang dan di ke dari untuk pada dengan ini itu adalah dalam oleh sebagai akan juga telah tidak atau tersebut"
        " bisa dapat ada saat karena bahwa kepada para saya kami kita mereka dia ia anda lebih sudah hanya namun"
        " tetapi seperti agar serta bagi antara setelah hingga sampai secara"
    ),
    "is": (
        "að af alla allt auk á án ber bæði eða eftir ef ekki en er eru ein einn eitt enn fyrir frá hafa hafði"
        " hefur hann hans hún hennar hvað hver hvernig í inn já kom með mig mun nú nei og sem sér síðan sig sinn"
        " svo til um undir upp úr var vegna verið verður við yfir það þá þar þegar þeir þeirra þess þessi þetta þó því"
    ),
    "lt": (
        "ar apie arba bei bet bus buvo būti buti dar dėl del iki ir iš į jau jei ji jie jis jo jos jų ju kad kai kaip"
        " kas ką ka ko kol kur kurie kuris kuri man mes mūsų musu nes net nuo nėra nera o pagal per pas po prie prieš"
        " pries su šis sis ši si tai tačiau taciau taip tas tą ta tik to tuo už uz yra"
    ),
    "lv": (
        "ar arī ari bet bez bija būs bus būt but ir es gan ja jau jo ka kā kad kas kam ko kur kura kuri kurš"
        " kurs lai līdz lidz man mēs mes mūsu musu ne nav no nu par pa pēc pec pie pirms pret savu starp šis sis šī si"
        " tā ta tad tai tas tie tiek tikai to tomēr tomer un uz vai var viņa vina viņš vins vēl vel"
    ),
    "pl": (
        "a aby ale albo ani aż az bardzo bez bo być byc był byl była byla było bylo były byly by będzie bedzie będą"
        " beda co czy dla do gdy gdzie go i ich ile im ja jak jako jego jej jest jeszcze jeśli jesli już juz kiedy kto"
        " która ktora które ktore który ktory którzy ktorzy ma między miedzy mnie może moze mu na nad nam nas nie niż"
        " niz o od on ona oni oraz po pod przed przez przy są sa się sie tak także takze tam te tego tej ten to tu"
        " tych tylko tym u w we więc wiec z za ze że żeby zeby"
    ),
    "ro": (
        "a al ale am ar are au ca că care ce cel cu de din după ei el este eu fi fost iar în la le lor mai ne nu o pe"
        " pentru prin sa să sau se si și sunt un una unei unui va"
    ),
    "sk": (
        "a aby ale alebo ani až az bez bol bola boli bolo bude budú budu by byť byt čo co do ho i ich ja ju je jej"
        " jeho ešte este k kde kto ktorá ktora ktoré ktore ktorý ktory ktorí ktori keď ked ku má ma medzi mi mu na nad"
        " ne nie než o od on ona oni po pod podľa podla pre pred pri s sa si so sú su ta tak také take ten to tu už uz"
        " u v vo však vsak z za zo že ze"
    ),
    "sl": (
        "a ali ampak bi bil bila bili bilo biti bo bodo brez da do ga ha i in iz jaz je jih jim ji jo k kaj kako kar"
        " ker ki kjer ko kot le med na nad ne ni niso o ob od on ona oni pa po pod pred pri s sem se si smo so še ta"
        " tako te tem to tudi u v več vec z za zaradi že ze"
    ),
    "sw": (
        "na ya wa kwa ni la za cha vya katika kuwa hii hiyo huo huu hayo haya hao hawa yake wake lake zake ambao ambayo"
        " pia lakini au kama hadi baada kabla bila si yeye wao sisi mimi wewe kila moja"
    ),
    "tr": (
        "ve veya ya ile için bir bu şu o da de ki mi mı mu mü ama fakat ancak gibi kadar daha en çok ne her hem ise"
        " olan olarak olduğu sonra önce diye"
    ),
    "uk": (
        "а але або без би був була були було бути в від вже ви вона вони воно все всі де для до є ж за з зі із і й"
        " його її їх коли крім ли між ми мене на над не ні ним них о об од по при про та так також те того той тому то"
        " ти у це цей ця ці через що щоб як яка яке який які якщо"
    ),
    "ur": (
        "اور کا کی کے کو میں سے نے پر ہے ہیں تھا تھی تھے یہ وہ اس ان جو کہ تو بھی ہی ایک نہیں کر کرنے کیا کیے گیا گئی"
        " گئے لیے ساتھ بعد تک اپنے اپنی اپنا ہو ہوا ہوئی ہوئے ہوگا رہا رہی رہے یا"
    ),
    "vi": (
        "và của là có được cho trong với các những một này đã sẽ không đang tại từ về đến ra vào khi để do bị như cũng"
        " người theo trên sau trước nhiều hơn còn thì mà nhưng hay hoặc vì nên rằng đó"
    ),
    "zh": "的 了 是 在 和 与 及 也 而 就 都 这 那 我 他 她 它 们 我们 他们 这个 一个",
}
