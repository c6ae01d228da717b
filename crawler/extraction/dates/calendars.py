"""Days in calendars other than the Gregorian, and months in scripts whose vowel signs are no letters to `re`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

PERSIAN_YEARS = range(1370, 1421)  # 1991 to 2041; as years of the Islamic calendar they are before the web
BUDDHIST_YEARS = range(2500, 2600)  # of the Thai calendar
BUDDHIST_LEAD = 543  # years ahead of the Gregorian calendar
# The Gregorian year before the first year of each era.
ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}

_FIRST_OF_1400 = datetime(2021, 3, 21, tzinfo=UTC)  # 1 Farvardin 1400
_PERSIAN_MONTHS = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
_LONG_MONTHS = 6  # months of 31 days at the start of the Persian year; the others have 30, the last 29 or 30

# Hindi, Marathi and Nepali, Bengali, Gujarati, Tamil, Telugu, Kannada, Malayalam, Thai; Punjabi, Sinhala, Odia,
# Burmese, Khmer; of two words in the Levant.
_MARKED_MONTHS: dict[str, int] = {
    name.replace("_", " "): number
    for number, names in enumerate(
        (
            "जनवरी जानेवारी জানুয়ারি জানুয়ারী જાન્યુઆરી ஜனவரி జనవరి ಜನವರಿ ജനുവരി มกราคม ม.ค. "
            "ਜਨਵਰੀ ජනවාරි ଜାନୁଆରୀ ဇန်နဝါရီ មករា كانون_الثاني",
            "फरवरी फ़रवरी फेब्रुवारी ফেব্রুয়ারি ফেব্রুয়ারী ફેબ્રુઆરી பிப்ரவரி ఫిబ్రవరి ಫೆಬ್ರವರಿ ഫെബ്രുവരി กุมภาพันธ์ ก.พ. "
            "ਫ਼ਰਵਰੀ පෙබරවාරි ଫେବୃଆରୀ ဖေဖော်ဝါရီ កុម្ភៈ फेब्रुअरी",
            "मार्च মার্চ માર્ચ மார்ச் మార్చి ಮಾರ್ಚ್ മാർച്ച് มีนาคม มี.ค. "
            "ਮਾਰਚ මාර්තු ମାର୍ଚ୍ଚ မတ် មីនា",
            "अप्रैल एप्रिल এপ্রিল એપ્રિલ ஏப்ரல் ఏప్రిల్ ಏಪ್ರಿಲ್ ഏപ്രിൽ เมษายน เม.ย. "
            "ਅਪ੍ਰੈਲ අප්‍රේල් ଏପ୍ରିଲ ဧပြီ មេសា अप्रिल",
            "मई मे মে મે மே మే ಮೇ മേയ് พฤษภาคม พ.ค. "
            "ਮਈ මැයි ମଇ မေ ឧសភា",
            "जून জুন જૂન ஜூன் జూన్ ಜೂನ್ ജൂൺ มิถุนายน มิ.ย. "
            "ਜੂਨ ජූනි ଜୁନ ဇွန် មិថុនា जुन",
            "जुलाई जुलै জুলাই જુલાઈ ஜூலை జులై జూలై ಜುಲೈ ജൂലൈ กรกฎาคม ก.ค. "
            "ਜੁਲਾਈ ජූලි ଜୁଲାଇ ဇူလိုင် កក្កដា",
            "अगस्त ऑगस्ट আগস্ট ઓગસ્ટ ஆகஸ்ட் ఆగస్టు ಆಗಸ್ಟ್ ഓഗസ്റ്റ് สิงหาคม ส.ค. "
            "ਅਗਸਤ අගෝස්තු ଅଗଷ୍ଟ ဩဂုတ် សីហា",
            "सितंबर सितम्बर सप्टेंबर সেপ্টেম্বর સપ્ટેમ્બર செப்டம்பர் సెప్టెంబర్ ಸೆಪ್ಟೆಂಬರ್ സെപ്റ്റംബർ กันยายน ก.ย. "
            "ਸਤੰਬਰ සැප්තැම්බර් ସେପ୍ଟେମ୍ବର စက်တင်ဘာ កញ្ញា सेप्टेम्बर",
            "अक्टूबर अक्तूबर ऑक्टोबर অক্টোবর ઓક્ટોબર அக்டோபர் అక్టోబర్ ಅಕ್ಟೋಬರ್ ഒക്ടോബർ ตุลาคม ต.ค. "
            "ਅਕਤੂਬਰ ඔක්තෝබර් ଅକ୍ଟୋବର အောက်တိုဘာ តុលា अक्टोबर تشرين_الأول تشرين_الاول",
            "नवंबर नवम्बर नोव्हेंबर নভেম্বর નવેમ્બર நவம்பர் నవంబర్ ನವೆಂಬರ್ നവംബർ พฤศจิกายน พ.ย. "
            "ਨਵੰਬਰ නොවැම්බර් ନଭେମ୍ବର နိုဝင်ဘာ វិច្ឆិកា नोभेम्बर تشرين_الثاني",
            "दिसंबर दिसम्बर डिसेंबर ডিসেম্বর ડિસેમ્બર டிசம்பர் డిసెంబర్ ಡಿಸೆಂಬರ್ ഡിസംബർ ธันวาคม ธ.ค. "
            "ਦਸੰਬਰ දෙසැම්බර් ଡିସେମ୍ବର ဒီဇင်ဘာ ធ្នូ डिसेम्बर كانون_الأول كانون_الاول",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip


_MARKED = "|".join(sorted(map(re.escape, _MARKED_MONTHS), key=len, reverse=True))
_THAI = "|".join(re.escape(name) for name in _MARKED_MONTHS if "ก" <= name[0] <= "๙")  # also with two-digit years
_PATTERNS = (
    re.compile(
        rf"(?P<day>\d{{1,2}})\s*(?P<name>{_MARKED})(?:\s?/\s?[^\W\d]{{3,12}})?[.,،]?\s*(?:พ\.ศ\.\s*|,\s*)?(?P<year>\d{{4}})(?!\d)"
    ),
    re.compile(rf"(?P<day>\d{{1,2}})\s*(?P<name>{_THAI})\s*(?P<year>\d{{2}})(?!\d)"),
    re.compile(rf"(?P<name>{_MARKED})\s*(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}})(?!\d)"),
    re.compile(rf"(?<!\d)(?P<year>\d{{4}})\s*(?P<name>{_MARKED})\s*(?P<day>\d{{1,2}})(?!\d)"),
    re.compile(
        rf"(?P<day>\d{{1,2}})\s+(?P<persian>{'|'.join(_PERSIAN_MONTHS)})(?:\s+ماه)?[،,]?\s+(?P<year>\d{{4}})(?!\d)"
    ),
    re.compile(
        rf"(?P<era>{'|'.join(ERAS)})\s*(?P<year>\d{{1,3}}|元)\s*年\s*(?P<month>\d{{1,2}})\s*月\s*(?P<day>\d{{1,2}})\s*日"
    ),
)


def days_elsewhere(text: str) -> Iterator[tuple[re.Match[str], datetime]]:
    """(match, midnight UTC) for every date in a text that is written in one of these calendars or scripts."""
    if text.isascii():
        return
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            day = _day_of(match.groupdict())
            if day:
                yield match, day


def civil_day(year: int, month: int, day: int) -> datetime:
    """Midnight UTC of a day that may be in the Persian or Buddhist calendar. Raises ValueError if there is no such day.

    >>> civil_day(1405, 9, 5).date().isoformat(), civil_day(2569, 11, 26).date().isoformat()
    ('2026-11-26', '2026-11-26')
    """
    if year in PERSIAN_YEARS:
        return _persian_day(year, month, day)
    return datetime(year - BUDDHIST_LEAD * (year in BUDDHIST_YEARS), month, day, tzinfo=UTC)


def _day_of(part: dict[str, str | None]) -> datetime | None:
    year, day = part["year"] or "", int(part["day"] or 0)
    if len(year) == 2 and not part.get("era"):
        year = f"25{year}"
    try:
        if part.get("persian") and int(year) in PERSIAN_YEARS:
            return _persian_day(int(year), _PERSIAN_MONTHS.index(part["persian"] or "") + 1, day)
        if part.get("era"):
            first = ERAS[part["era"] or ""]
            return datetime(first + (1 if year == "元" else int(year)), int(part["month"] or 0), day, tzinfo=UTC)
        return civil_day(int(year), _MARKED_MONTHS[part["name"] or ""], day) if part.get("name") else None
    except ValueError:
        return None


def _persian_day(year: int, month: int, day: int) -> datetime:
    """Midnight UTC of a Persian day, by eight leap years in 33, which matches the official calendar in PERSIAN_YEARS.

    Raises ValueError if there is no such day.
    """
    longest = 31 if month <= _LONG_MONTHS else 30 if month < len(_PERSIAN_MONTHS) or _is_leap(year) else 29
    if not (1 <= month <= len(_PERSIAN_MONTHS) and 1 <= day <= longest):
        raise ValueError(f"no day of the Persian calendar: {year}-{month}-{day}")
    years = sum(365 + _is_leap(each) for each in range(min(year, 1400), max(year, 1400)))
    before = (month - 1) * 30 + min(month - 1, _LONG_MONTHS) + day - 1
    return _FIRST_OF_1400 + timedelta(days=(years if year >= 1400 else -years) + before)


def _is_leap(year: int) -> bool:
    return (25 * year + 11) % 33 < 8
