"""The news agencies whose text others publish, as they are credited: a table, no logic.

Photo agencies are not in it: their work is named in the image's credit.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agency:
    """One news agency."""

    name: str  # as articles carry it
    forms: tuple[str, ...] = ()  # further names that mean it everywhere
    local_forms: tuple[str, ...] = ()  # names that mean it in articles of its own languages only
    languages: tuple[str, ...] = ()  # ISO 639-1 codes of these languages


AGENCIES = (
    Agency("AAP", ("Australian Associated Press", "AAP Newswire", "AAP Newsfile")),
    Agency("Adnkronos", ("Adn Kronos",)),
    Agency("AFP", ("Agence France-Presse", "Agence France Presse", "AFP News", "AFP Relaxnews", "АФП", "Франс Пресс",
                   "فرانس برس", "أ ف ب", "أ.ف.ب", "法新社", "AFPBB News")),
    Agency("Agência Brasil", ("Agencia Brasil",)),
    Agency("Agerpres"),
    Agency("AGI", ("Agenzia Italia",)),
    Agency("Anadolu", ("Anadolu Agency", "Anadolu Ajansı", "Anadolu Ajansi", "Agence Anadolu",
                       "Agencia Anadolu", "Agentur Anadolu", "وكالة الأناضول", "الأناضول", "Анадолу"),
           ("AA",), ("tr", "en", "fr", "ar", "de", "ru", "sq", "bs", "mk", "ku", "fa", "id", "es")),
    Agency("ANI", ("Asian News International",)),
    Agency("ANP", ("Algemeen Nederlands Persbureau",)),
    Agency("ANSA", ("Agenzia ANSA", "ANSA.it")),
    Agency("Antara", ("Antara News", "Kantor Berita Antara", "LKBN Antara")),
    Agency("AP", ("Associated Press", "The Associated Press", "AP News", "AP Sports", "L'Associated Press",
                  "Ассошиэйтед Пресс", "美联社", "أسوشيتد برس", "أسوشيتدبرس")),
    Agency("APA", ("Austria Presse Agentur", "APA Austria Presse Agentur"), ("APA",), ("de",)),
    Agency("APP", ("Associated Press of Pakistan",), ("APP",), ("ur",)),
    Agency("APS", ("Algérie Presse Service", "Algeria Press Service"), ("APS",), ("fr", "ar")),
    Agency("Belga", ("Agence Belga", "Belga News Agency")),
    Agency("Bernama", ("Malaysian National News Agency",)),
    Agency("Bloomberg", ("Bloomberg News", "Bloomberg L.P", "彭博社")),
    Agency("BNS", ("Baltic News Service",)),
    Agency("BSS", ("Bangladesh Sangbad Sangstha",)),
    Agency("BTA", ("Bulgarian News Agency", "БТА")),
    Agency("Canadian Press", ("The Canadian Press", "La Presse Canadienne", "Presse canadienne"), ("CP",), ("fr",)),
    Agency("Central News Agency", ("中央社", "Taiwan Central News Agency")),
    Agency("China News Service", ("中新社", "中新网", "中国新闻社")),
    Agency("ČTK", ("Česká tisková kancelář", "CTK", "Czech News Agency")),
    Agency("DHA", ("Demirören Haber Ajansı", "Demirören News Agency", "Doğan Haber Ajansı")),
    Agency("dpa", ("Deutsche Presse-Agentur", "Deutsche Presse Agentur", "dpa-infocom", "dpa International",
                   "German Press Agency")),
    Agency("EFE", ("Agencia EFE", "Agence EFE", "EFE News", "EFE Agencia", "EFE Verde")),
    Agency("ELTA", ("Lietuvos naujienų agentūra",)),
    Agency("epd", ("Evangelischer Pressedienst",)),
    Agency("Europa Press", ("Agencia Europa Press", "EUROPAPRESS")),
    Agency("Fars News Agency", ("خبرگزاری فارس",)),
    Agency("FENA", ("Federalna novinska agencija",)),
    Agency("HINA", ("Hrvatska izvještajna novinska agencija",)),
    Agency("IANS", ("Indo-Asian News Service", "Indo Asian News Service")),
    Agency("İHA", ("İhlas Haber Ajansı", "IHA", "Ihlas News Agency")),
    Agency("Interfax", ("Интерфакс", "Interfax-Ukraine", "Интерфакс-Украина")),
    Agency("IRNA", ("Islamic Republic News Agency", "ایرنا", "خبرگزاری جمهوری اسلامی")),
    Agency("ISNA", ("ایسنا", "Iranian Students' News Agency")),
    Agency("Jiji Press", ("Jiji", "時事通信", "時事通信社", "時事")),
    Agency("KCNA", ("Korean Central News Agency", "조선중앙통신")),
    Agency("Keystone-SDA", ("Keystone-ATS", "Keystone SDA", "Keystone ATS", "Schweizerische Depeschenagentur"),
           ("SDA", "ATS", "sda-ats"), ("de", "fr", "it")),
    Agency("KNA", ("Katholische Nachrichten-Agentur",)),
    Agency("KUNA", ("Kuwait News Agency", "كونا")),
    Agency("Kyodo News", ("Kyodo", "共同通信", "共同通信社", "共同")),
    Agency("LETA", ("Latvian Information Agency",)),
    Agency("Lusa", ("Agência Lusa", "Lusa News Agency")),
    Agency("MAP", ("Maghreb Arabe Presse", "Agence Maghreb Arabe Presse", "MAP News"), ("MAP",), ("fr", "ar")),
    Agency("Mehr News Agency", ("خبرگزاری مهر",)),
    Agency("MTI", ("Magyar Távirati Iroda",)),
    Agency("NAN", ("News Agency of Nigeria",)),
    Agency("Newsis", ("뉴시스",)),
    Agency("NTB", ("Norsk Telegrambyrå", "Norsk Telegrambyra")),
    Agency("PA", ("PA Media", "Press Association", "The Press Association", "PA News Agency", "PA Wire", "PA Sport"),
           ("PA",), ("en",)),
    Agency("PAP", ("Polska Agencja Prasowa", "Polish Press Agency")),
    Agency("Jordan News Agency", ("بترا",)),
    Agency("Prensa Latina"),
    Agency("PTI", ("Press Trust of India", "पीटीआई", "PTI News")),
    Agency("QNA", ("Qatar News Agency", "قنا")),
    Agency("Reuters", ("Thomson Reuters", "Reuters News", "Reuters Staff", "Рейтер", "Рейтерс", "رويترز",
                       "路透社", "路透", "ロイター", "로이터", "Thomson Reuters Foundation", "Reuters.com")),
    Agency("RIA Novosti", ("РИА Новости",)),
    Agency("Ritzau", ("Ritzaus Bureau",)),
    Agency("SANA", ("Syrian Arab News Agency", "سانا")),
    Agency("SID", ("Sport-Informations-Dienst",), ("SID",), ("de",)),
    Agency("SPA", ("Saudi Press Agency", "واس", "وكالة الأنباء السعودية")),
    Agency("STA", ("Slovenska tiskovna agencija", "Slovenian Press Agency")),
    Agency("STT", ("Suomen Tietotoimisto", "STT-Lehtikuva", "STT–Lehtikuva")),
    Agency("Tanjug", ("Танјуг",)),
    Agency("TAP", ("Tunis Afrique Presse",), ("TAP",), ("fr", "ar")),
    Agency("TASR", ("Tlačová agentúra Slovenskej republiky",)),
    Agency("TASS", ("ТАСС", "ITAR-TASS", "ИТАР-ТАСС", "塔斯社", "Agência TASS")),
    Agency("Tasnim", ("Tasnim News Agency", "خبرگزاری تسنیم")),
    Agency("Télam", ("Telam", "Agencia Télam")),
    Agency("TNN", ("Times News Network",)),
    Agency("TT", ("TT Nyhetsbyrån", "Tidningarnas Telegrambyrå", "TT-Reuters", "TT-AFP"), ("TT",), ("sv", "fi")),
    Agency("Ukrinform", ("Укринформ", "Укрінформ")),
    Agency("UNI", ("United News of India",)),
    Agency("UPI", ("United Press International",)),
    Agency("VNA", ("Vietnam News Agency", "TTXVN", "Thông tấn xã Việt Nam", "VietnamPlus")),
    Agency("WAFA", ("Palestinian News Agency", "وفا")),
    Agency("WAM", ("Emirates News Agency", "وام")),
    Agency("Xinhua", ("Xinhua News Agency", "Agência Xinhua", "Agencia Xinhua", "Синьхуа", "新华社", "新华网", "新華社",
                      "شينخوا")),
    Agency("Yonhap", ("Yonhap News Agency", "Yonhap News", "연합뉴스")),
)  # fmt: skip
