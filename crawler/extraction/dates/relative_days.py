"""Dates relative to now, such as "3 hours ago", near the headline: the last resort where a page has no other date.

They are only as precise as their unit: a moment is cut to the minute or hour, and days and weeks give only a day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from crawler.extraction.dates.moments import Moment
from crawler.extraction.dates.shown_days import tells_change, tells_publication
from crawler.extraction.page.nametokens import bits_of
from crawler.extraction.page.passages import Passage

# Passages from the headline. Of 18 such lines within these bounds in the developers' corpora, 17 give the story's day;
# farther away, or from the fifth passage on in boxes with other stories, they belong to others.
PASSAGES_BEFORE = 6
PASSAGES_BEHIND = 10
PASSAGES_CLOSE = 4
MAX_PASSAGE_CHARACTERS = 90  # of a line with a byline or a section; a longer one is prose
MIN_SHARE = 1 / 3  # of a line without separators; with a smaller share the line is a sentence about something else
MAX_SPAN = timedelta(days=60)  # nobody counts days or weeks for longer than that

_MINUTE, _HOUR, _DAY, _WEEK = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
_UNITS: dict[str, timedelta] = {
    word: unit
    for unit, words in (
        (_MINUTE, "m min mins minute minutes minuten minuto minutos minuti minuut minuta minuty minutami minut minuter "
                  "minutt minutter minuuttia perc perccel dakika dk минут минуты минуту мин хвилин хвилини хв دقيقة "
                  "دقائق دقیقه דקות λεπτά मिनट মিনিট menit phút นาที 分钟 分鐘 分 분 "
                  "минути минута минуте minuta minute minutama minučių minutes minūtēm minūtes minutit dəqiqə წუთის "
                  "րոպե minutë minit منٹ நிமிடங்கள் நிமிடம்"),
        (_HOUR, "h hr hrs hour hours std stunde stunden heure heures hora horas hores ora ore uur uren timme timmar "
                "time timer t tuntia hodiny hodin hodinami godziny godzin godzinę godz órával saat sat sata sati час "
                "часа часов ч годину години годин ساعة ساعات ساعت שעות ώρα ώρες घंटे घंटा ঘণ্টা ঘন্টা jam giờ ชั่วโมง "
                "小时 小時 時間 시간 tim tunnin сата сати часове часа urama urami ur uri valandas valandų val stundām "
                "stundas tundi tund саат საათის ժամ orë گھنٹے گھنٹہ மணிநேரம்"),
        (_DAY, "d day days tag tage tagen jour jours día dia días dias giorno giorni dag dagen dagar dager dage päivää "
               "dny dní dni dzień nappal gün dan dana день дня дней днів дні يوم أيام روز ימים ημέρες μέρες zile दिन "
               "দিন hari ngày วัน 天 日 일 дана ден дена dnevi dnevoma dienas dienų dienām päeva დღის օր ditë "
               "நாட்கள் நாள்"),
        (_WEEK, "week weeks woche wochen semaine semaines semana semanas settimana settimane weken vecka veckor uke "
                "uker uge uger viikkoa týdny tygodnie tygodni héttel hafta недели недель неделю тижні тижнів أسبوع "
                "أسابيع هفته שבועות εβδομάδες săptămâni हफ्ते সপ্তাহ minggu tuần สัปดาห์ 周 週間 週 주 "
                "седмици седмица недеља недеље tedni tedna savaites savaičių "
                "nedēļām nädalat həftə კვირის շաբաթ javë வாரங்கள்"),
    )
    for word in words.split()
}  # fmt: skip
# Arabic and Hebrew express one and two without a number.
_COUNTED = {
    "دقيقة": _MINUTE, "دقيقتين": 2 * _MINUTE, "ساعة": _HOUR, "ساعتين": 2 * _HOUR, "يوم": _DAY, "يومين": 2 * _DAY,
    "أسبوع": _WEEK, "أسبوعين": 2 * _WEEK,
    "דקה": _MINUTE, "שעה": _HOUR, "שעתיים": 2 * _HOUR, "יום": _DAY, "יומיים": 2 * _DAY, "שבוע": _WEEK,
    "שבועיים": 2 * _WEEK,
}  # fmt: skip
_ONES = r"\b(?:an?|one|eine[rm]|une?|una|uma|een|ett?|en|jednu|bir|satu|một)"
_SPAN = re.compile(
    rf"(?P<count>\d{{1,3}}|{_ONES}(?=\s))\s*(?P<unit>{'|'.join(sorted(map(re.escape, _UNITS), key=len, reverse=True))})"
    r"\.?(?=[^\w]|[前전ท]|$)",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?<!\w)(?:vor|il y a|hace|há|fa|před|pred|prije|pre|acum|منذ|قبل|לפני|πριν(?: από)?|cách đây|преди|пре|пред"
    r"|prieš|pirms)\s+$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"\s*(?:(?:ago|fa|atrás|geleden|sedan|siden|sitten|temu|ezelőtt|önce|назад|тому|पहले|আগে|(?:yang )?lalu|trước|پیش"
    r"|قبل|lepas|tagasi|əvvəl|წინ|առաջ|më parë|முன்பு|முன்)(?!\w)"
    r"|ที่แล้ว|ที่ผ่านมา|前|전)",
    re.IGNORECASE,
)
_SINCE = re.compile(rf"(?:منذ|قبل|לפני)\s+(?P<span>{'|'.join(_COUNTED)})(?!\w)")
# Hungarian expresses "ago" by the ending of the unit; Swahili has the number behind the unit.
_ENDED = {"perce": _MINUTE, "órája": _HOUR, "napja": _DAY, "hete": _WEEK}
_SWAHILI = {"dakika": _MINUTE, "saa": _HOUR, "siku": _DAY, "wiki": _WEEK}
_OTHER_SPAN = re.compile(
    rf"(?P<count>\d{{1,3}})\s+(?P<ended>{'|'.join(_ENDED)})(?!\w)"
    rf"|\b(?P<first>{'|'.join(_SWAHILI)})\s+(?P<number>\d{{1,3}})\s+(?:zilizo|lililo|iliyo)pita(?!\w)",
    re.IGNORECASE,
)
# A time of day, which must follow because "today" and "yesterday" alone can refer to anything.
_AT = r"\W{0,4}(?:at|um|à|a las|às|alle|om|kl\.?|в|о)?\s*\d{1,2}[:.h]\d{2}\b"
_TODAY = re.compile(
    r"\b(?:today|heute|aujourd['’]hui|hoy|hoje|oggi|vandaag|idag|i dag|tänään|dzisiaj|dziś|dnes|сегодня|сьогодні|bugün|"
    rf"اليوم|امروز|היום|σήμερα|今日|今天|오늘|hôm nay|hari ini){_AT}",
    re.IGNORECASE,
)
_YESTERDAY = re.compile(
    r"\b(?:yesterday|gestern|hier|ayer|ontem|ieri|gisteren|igår|i går|eilen|wczoraj|včera|вчера|вчора|dün|أمس|دیروز|"
    rf"אתמול|χθες|tegnap|昨日|昨天|어제|hôm qua|kemarin){_AT}",
    re.IGNORECASE,
)
_PARTED = re.compile(r"[|•·,;:–—/-]\s*(?:vor|il y a|hace|há|منذ|قبل|לפני)?\s*$", re.IGNORECASE)
_COMMENT = bits_of("comment")
# Boxes with other stories or readers' comments.
_ELSEWHERE = bits_of("comment", "related", "list", "nav", "foot", "side", "ad")


def relative_day(passages: Sequence[Passage], headline: int, fetched_at: datetime) -> Moment | None:
    """The moment or day given by a short line near the headline, relative to the time of the fetch; None for none.

    `headline` is the index of its passage, -1 if none shows it; then no line is surely the story's.
    """
    if headline < 0:
        return None
    places = (
        *range(headline + 1, min(len(passages), headline + PASSAGES_BEHIND + 1)),
        *range(headline - 1, max(-1, headline - PASSAGES_BEFORE - 1), -1),
    )
    for place in places:
        passage, elsewhere = passages[place], _COMMENT if 0 < place - headline <= PASSAGES_CLOSE else _ELSEWHERE
        if len(passage.line) > MAX_PASSAGE_CHARACTERS or passage.box.all_bits & elsewhere:
            continue
        if moment := moment_told(passage.line, fetched_at):
            return moment
    return None


def moment_told(text: str, fetched_at: datetime) -> Moment | None:
    """The moment or day of publication in a short text, relative to the time of the fetch; None for none.

    >>> moment_told("vor 2 Stunden", datetime(2026, 11, 26, 18, 40, tzinfo=UTC)).at.isoformat()
    '2026-11-26T16:00:00+00:00'
    """
    for start, end, span in _spans(text):
        label = text[:start]
        if tells_change(label):
            return None
        if span <= MAX_SPAN and (
            end - start >= MIN_SHARE * len(text) or tells_publication(label) or _PARTED.search(label)
        ):
            return _ago(span, fetched_at)
    for pattern, days in ((_TODAY, 0), (_YESTERDAY, 1)):
        found = pattern.search(text)
        if found and not tells_change(text[: found.start()]):
            return _ago(days * _DAY, fetched_at, day_only=True)
    return None


def _spans(text: str) -> Iterator[tuple[int, int, timedelta]]:
    """(start, end, span) of each place where a text says how long ago something was, with the word that says so."""
    for match in _SPAN.finditer(text):
        before, behind = _BEFORE.search(text[: match.start()]), _BEHIND.match(text, match.end())
        if before or behind:
            count = int(match["count"]) if match["count"].isdigit() else 1
            start, end = before.start() if before else match.start(), behind.end() if behind else match.end()
            yield start, end, count * _unit(match["unit"])
    for match in _SINCE.finditer(text):
        yield match.start(), match.end(), _COUNTED[match["span"]]
    for match in _OTHER_SPAN.finditer(text):
        unit = _ENDED[match["ended"].lower()] if match["ended"] else _SWAHILI[match["first"].lower()]
        yield match.start(), match.end(), int(match["count"] or match["number"]) * unit


def _unit(word: str) -> timedelta:
    return _UNITS[word if word in _UNITS else word.lower()]


def _ago(span: timedelta, fetched_at: datetime, *, day_only: bool = False) -> Moment:
    at = (fetched_at - span).astimezone(UTC)
    if day_only or span >= _DAY:
        return Moment(at.replace(hour=0, minute=0, second=0, microsecond=0), day_only=True)
    if span >= _HOUR:
        return Moment(at.replace(minute=0, second=0, microsecond=0), "+00:00")
    return Moment(at.replace(second=0, microsecond=0), "+00:00")
