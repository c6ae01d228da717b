"""Names of time zones written after a time, as data, and offsets as pages write them."""

from __future__ import annotations

# Those with only one offset in news: "CST" is America's or China's, "AST" the Atlantic's or Arabia's. On pages of the
# developers' corpora that show one after a time and also state an offset, the two agree in 8 of 9 cases.
ZONES = {
    "EST": "-05:00", "EDT": "-04:00", "CDT": "-05:00", "MDT": "-06:00", "MST": "-07:00", "PDT": "-07:00",
    "PST": "-08:00", "BRT": "-03:00", "WAT": "+01:00", "BST": "+01:00", "CET": "+01:00", "CEST": "+02:00",
    "SAST": "+02:00", "EET": "+02:00", "EEST": "+03:00", "EAT": "+03:00", "MSK": "+03:00", "PKT": "+05:00",
    "IST": "+05:30", "NPT": "+05:45", "WIB": "+07:00", "WITA": "+08:00", "HKT": "+08:00", "SGT": "+08:00",
    "MYT": "+08:00", "PHT": "+08:00", "WIT": "+09:00", "JST": "+09:00", "KST": "+09:00", "AEST": "+10:00",
    "AEDT": "+11:00", "NZST": "+12:00", "NZDT": "+13:00",
}  # fmt: skip
# Further ones in dates of mails, to which RFC 822 (section 5.1) gives one offset though elsewhere they have others, and
# Turkey's
MAIL_ZONES = {"AST": "-04:00", "ADT": "-03:00", "CST": "-06:00", "TRT": "+03:00", "WEST": "+01:00"}
# "UTC", "GMT+7", "UTC +05:30"
UTC_OFFSET = r"(?:UTC|GMT)(?:\s?[+-]\s?\d{1,2}(?::?[0-5]\d)?(?!\d))?"
HOUR_DIGITS = 2
NAMED = "|".join(sorted(ZONES, key=len, reverse=True))
NAMED_IN_MAIL = "|".join(sorted(ZONES | MAIL_ZONES, key=len, reverse=True))


def named_offset(name: str) -> str | None:
    """The offset of a zone by its name in capitals; None for an unknown one."""
    return ZONES.get(name) or MAIL_ZONES.get(name)


def offset_of(stated: str) -> str:
    """The offset that a page writes, in the form "+03:00".

    >>> offset_of("GMT+7"), offset_of("+0530"), offset_of("IST"), offset_of("Z")
    ('+07:00', '+05:30', '+05:30', '+00:00')
    """
    name = stated.upper()
    if named := named_offset(name):
        return named
    text = name.removeprefix("UTC").removeprefix("GMT").replace(" ", "").replace(":", "")
    if text in ("", "Z"):
        return "+00:00"
    sign, digits = text[0], text[1:]
    digits = f"{digits:0>2}00" if len(digits) <= HOUR_DIGITS else f"{digits:0>4}"
    return f"{sign}{digits[:2]}:{digits[2:]}"
