"""Other forms of Indonesian and Malay verbs whose first letter merges with the prefix: tangkap, menangkap, penangkapan.

Removing the prefix does not restore that letter, so the verbs common in news are listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_VERBS = """
    kampanye kawal kecam kejar kelola kembang kenal kendali kerah ketahui kirim kontrol kritik kuasa kumpul kunjung
    kurang menang nilai naik
    paksa pakai panggil pantau pasang pecah pecat pegang periksa perintah perkosa pilih pimpin pindah pinjam potong
    proses pukul pulang putus
    sakit salah sebab sebar sebut segel selamat selenggara selesai selidik selundup serang serah siap sidang siksa
    sita susun
    tabrak tahan tambah tambang tampil tanam tanda tangan tangkap tanya tarik tawar tebang teliti tembak tembus temu
    tenggelam terbit terima tetap tewas tikam timbul tindak tinggal tingkat tipu tolak tolong tuduh tugas tulis tunda
    tunjuk tuntut turun tutup
"""
_ROOTS = frozenset(_VERBS.split())
_DOUBLED = re.compile(r"([^\W\d_]{2,})-\1")
_PREFIXED = re.compile("(?:di|ter|ber|ke|me|pe|memper|diper)(.+)")
_NASAL = re.compile("[mp]e(?P<nasal>ny|ng|n|m)(?P<rest>[aeiou].+)")
_LOST = {"n": "t", "m": "p", "ng": "k", "ny": "s"}  # nasal -> the initial letter that it replaces
_SUFFIX = re.compile("(?:kan|an|i)$")


def indonesian_forms(word: str) -> Iterator[str]:
    """Forms of a word doubled for the plural, or of a listed verb; none for any other word.

    >>> list(indonesian_forms("anak-anak")), {"menangkap", "penangkapan"} < set(indonesian_forms("ditangkap"))
    (['anak'], True)
    """
    if doubled := _DOUBLED.fullmatch(word):
        yield doubled[1]
    for root in _roots(word):
        kept = root if root[0] in "mn" else root[1:]
        nasal = {"t": "en", "p": "em", "k": "eng", "s": "eny"}.get(root[0], "e") + kept
        yield from (root, f"{root}an", f"ke{root}an", f"di{root}", f"di{root}i", f"ter{root}")
        yield from (f"m{nasal}", f"m{nasal}i", f"m{nasal}kan", f"p{nasal}", f"p{nasal}an")


def _roots(word: str) -> Iterator[str]:
    begun = {word}
    if prefixed := _PREFIXED.fullmatch(word):
        begun.add(prefixed[1])
    if found := _NASAL.fullmatch(word):
        begun.add(_LOST[found["nasal"]] + found["rest"])
    ended = begun | {_SUFFIX.sub("", each) for each in begun} | {each.removesuffix("an") for each in begun}
    yield from sorted(ended & _ROOTS)
