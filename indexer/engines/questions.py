"""Leaving out how a question or request begins before it says what it is about: "what papers are there dealing with …".

*what* and *are* are left out as stop words; this leaves out *papers* and *dealing*, which would find papers about
anything. It does so only at the beginning, and only between stop words, as in sentences but seldom in headlines ("Study
finds …"); and only in English, the language of the judged collections.
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.analysis.normalizing import is_stop_word
from news.query.tree import Query, Term

MIN_LEFT = 2  # significant words that must remain
_ENGLISH = (
    "anybody anyone anything article articles available concern concerned concerning data deal dealing deals"
    " describe described describes describing discuss discussed discusses discussing document documents exist existing"
    " exists find found give given information interested investigate investigated investigation investigations known"
    " list literature made make method methods paper papers pertain pertaining possible problem problems publication"
    " publications reference references regard regarding relate related relating report reported reports research"
    " result results show somebody someone stories story studied studies study tell work"
)
_ASKING = {"en": frozenset(_ENGLISH.split())}


def without_asking(words: Sequence[Query], analysis: str) -> Sequence[Query]:
    """The words of a description from where it says what it is about.

    >>> [word.text for word in without_asking([Term(word) for word in "papers on wing flutter".split()], "en")]
    ['wing', 'flutter']
    """
    asking = _ASKING.get(analysis, frozenset())
    stop_count = asking_count = 0
    for word in words:
        text = word.text if isinstance(word, Term) else ""
        if is_stop_word(text, analysis):
            stop_count += 1
        elif text.lower() in asking:
            asking_count += 1
        else:
            break
    rest = words[stop_count + asking_count :]
    telling = [word for word in rest if not (isinstance(word, Term) and is_stop_word(word.text, analysis))]
    return rest if stop_count and asking_count and len(telling) >= MIN_LEFT else words
