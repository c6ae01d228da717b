"""Every text parses; strict reading says where it does not say what it looks like."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.query.errors import QuerySyntaxError
from news.query.parser import parse_query, parse_strict
from news.query.tree import (
    AllOf,
    AnyOf,
    Description,
    Fetched,
    Fuzzy,
    MatchAll,
    Near,
    Not,
    Phrase,
    Prefix,
    Published,
    Query,
    Term,
)
from news.query.words import MAX_CLAUSES, MAX_EXPANDING

NOW = datetime(2026, 11, 26, 15, 30, tzinfo=UTC)
EDITED = AnyOf((Term("title", "changed"), Term("dek", "changed"), Term("text", "changed")))


def day(year: int, month: int, number: int) -> datetime:
    return datetime(year, month, number, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("", MatchAll()),
        ("bridge", Term("bridge")),
        ('"new bridge"', Phrase("new bridge")),
        ('"new bridge"~5', Near("new bridge", 5)),
        ('"new bridge"~0', Phrase("new bridge")),
        ("parliament*", Prefix("parliament")),
        ("ankra~", Fuzzy("ankra", 1)),
        ("erdogam~", Fuzzy("erdogam", 2)),
        ("erdogam~1", Fuzzy("erdogam", 1)),
        ("erdogam~9", Fuzzy("erdogam", 2)),
        ("erdogam~0", Term("erdogam")),
        ("title:bridge", Term("bridge", "title")),
        ("changed:Headline", Term("title", "changed")),
        ("changed:body OR changed:silent", AnyOf((Term("text", "changed"), Term("silent", "changed")))),
        ('removed:"no injuries"', Phrase("no injuries", "former")),
        ("-removed:injur*", Not(Prefix("injur", "former"))),
        ("changed:everything", AllOf((Term("changed"), Term("everything")))),
        ("is:removed", Term("removed", "state")),
        ("-is:Removed", Not(Term("removed", "state"))),
        ("is:edited", EDITED),
        ("changed:any", EDITED),
        ("-is:edited", Not(EDITED)),
        ("edited:7d", AllOf((EDITED, Fetched(datetime(2026, 11, 19, 15, 30, tzinfo=UTC), None)))),
        ("edited:today", AllOf((EDITED, Fetched(day(2026, 11, 26), day(2026, 11, 27))))),
        ("edited:2026-10..", AllOf((EDITED, Fetched(day(2026, 10, 1), None)))),
        ("last:week", Published(datetime(2026, 11, 19, 15, 30, tzinfo=UTC), None)),
        ("a || b && c", AnyOf((Term("a"), AllOf((Term("b"), Term("c")))))),
        ("is:gone", AllOf((Term("is"), Term("gone")))),
        ("HEADLINE:bridge", Term("bridge", "title")),
        ("author:(ali veli)", AllOf((Term("ali", "authors"), Term("veli", "authors")))),
        ("-toll", Not(Term("toll"))),
        ("NOT toll", Not(Term("toll"))),
        ("a OR b AND c", AnyOf((Term("a"), AllOf((Term("b"), Term("c")))))),
        ("WE AND EU MEET IN JUNE", Description(tuple(map(Term, ("WE", "AND", "EU", "MEET", "IN", "JUNE"))))),
        ("雪 OR 雨 OR 風 OR 雲", AnyOf((Term("雪"), Term("雨"), Term("風"), Term("雲")))),
        ("(a OR b) c", AllOf((Term("c"), AnyOf((Term("a"), Term("b")))))),
        ("J. R. R. Tolkien", AllOf((Term("J.R.R."), Term("Tolkien")))),
        ("https://example.com/a?b=1", Term("https://example.com/a?b=1", "url")),
        ("www.example.com/a?b=1", Term("https://www.example.com/a?b=1", "url")),
        ("news.example.com/my-story", Term("https://news.example.com/my-story", "url")),
        ("Node.js/Express", Term("Node.js/Express")),
        ("U.S./China 24/7 and/or", AllOf((Term("U.S./China"), Term("24/7"), Term("and/or")))),
        ("site:example.com tides", AllOf((Term("tides"), Term("example.com", "url")))),
        ("site:https://www.example.com/", Term("example.com", "url")),
        ("-site:www.example.com", Not(Term("example.com", "url"))),
        ("site:(example.com OR example.org)", AnyOf((Term("example.com", "url"), Term("example.org", "url")))),
        ("intitle:bridge", Term("bridge", "title")),
        ('intext:"new bridge"', Phrase("new bridge", "text")),
        ("inurl:bridge", Term("bridge", "url")),
        ("one two three four", Description((Term("one"), Term("two"), Term("three"), Term("four")))),
        ("one two three (four)", AllOf((Term("one"), Term("two"), Term("three"), Term("four")))),
        ("a:b AND _id:*", AllOf((Term("a:b"), Prefix("_id:")))),
        ("*foo", Term("*foo")),
        ("x*", Term("x")),
        ("東*", Prefix("東")),
        ("after:2022-01-05", Published(day(2022, 1, 5), None)),
        ("before:2022-01-05", Published(None, day(2022, 1, 5))),
        ("until:2022-01-05", Published(None, day(2022, 1, 6))),
        ("after:2022/01/05", Published(day(2022, 1, 5), None)),
        ("after:5.1.2022", Published(day(2022, 1, 5), None)),
        ("on:2022/02", Published(day(2022, 2, 1), day(2022, 3, 1))),
        ("date:1.2.2022..28.2.2022", Published(day(2022, 2, 1), day(2022, 3, 1))),
        ("after:2022-01/05", AllOf((Term("after"), Term("2022-01/05")))),
        ("on:2022-02", Published(day(2022, 2, 1), day(2022, 3, 1))),
        ("date:2022", Published(day(2022, 1, 1), day(2023, 1, 1))),
        ("date:2022-01..2022-03-05", Published(day(2022, 1, 1), day(2022, 3, 6))),
        ("date:..2022-12", Published(None, day(2023, 1, 1))),
        ("after:yesterday", Published(day(2026, 11, 25), None)),
        ("last:7d", Published(datetime(2026, 11, 19, 15, 30, tzinfo=UTC), None)),
        ("when:12h", Published(datetime(2026, 11, 26, 3, 30, tzinfo=UTC), None)),
        ("last:12h", Published(datetime(2026, 11, 26, 3, 30, tzinfo=UTC), None)),
    ],
)
def test_what_people_type(text: str, query: Query) -> None:
    assert parse_query(text, now=NOW) == query


def test_parentheses_in_a_sentence_are_part_of_it() -> None:
    query = parse_query("how do free models (made of wood) compare")
    assert isinstance(query, Description)
    assert Term("wood") in query.words


def test_printed_quotes_in_a_sentence_are_part_of_it_and_those_of_a_phrase_are_not() -> None:
    sentence = parse_query("Binet warns Macron of the «gravité» in the country")
    assert isinstance(sentence, Description)
    assert Term("gravité") in sentence.words
    assert parse_query("minister “new bridge”") == AllOf((Term("minister"), Phrase("new bridge")))
    typed = parse_query('one two three four "new bridge"')
    assert isinstance(typed, AllOf)
    assert Phrase("new bridge") in typed.children


def test_a_pasted_passage_is_one_description() -> None:
    passage = (
        "they said 'we will' then went on with import and -export of goods to \"new towns\" see https://a.example/b now"
    )
    query = parse_query(passage)
    assert isinstance(query, Description)
    assert {Term("export"), Term("new"), Term("towns")} <= set(query.words)
    held = parse_query(f'{passage} +"new bridge" lang:en')
    assert isinstance(held, AllOf)
    assert set(held.children[1:]) == {Phrase("new bridge"), Term("en", "language")}
    with pytest.raises(QuerySyntaxError, match="read as words"):
        parse_strict(passage)


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        ('peace "talks', 6, "never closed"),
        ("peace AND", 9, "missing"),
        ("OR peace", 0, "nothing on its left"),
        ("(peace", 0, "never closed"),
        ("peace)", 5, "closes nothing"),
        ("()", 0, "nothing in these"),
        ('""', 0, "nothing between"),
        ("foo:bar", 0, "no field 'foo'"),
        ("x after:soon", 8, "takes a day"),
        ("last:fortnight", 5, "length of time"),
        ("on:2022-02-30", 3, "takes a day"),
        ("*foo", 0, "stands at the end"),
        ('"a b"~99', 0, "at most 50"),
        ("ankra~3", 0, "write ankra~2"),
        ("title:", 0, "nothing stands behind title:"),
        ("tides after: 2022", 6, "nothing stands behind after:"),
        ("bridge !toll", 7, "write -toll"),
        ("bridge^2 toll", 0, "write bridge$"),
        ("edited:soon", 7, "edited: takes a length of time such as 7d, or a day"),
        ("br*ge", 0, "stands at the end"),
        ("new bri?ge", 4, "stands for no letter"),
        ("tides w/5 ferry", 6, 'write "one other"~5'),
        ("when:soon", 5, "when: takes a length of time"),
        ("foo:bar", 0, "there are title, dek, text, author, agency, section,"),
        ("tides filetype:pdf", 6, "articles, no files"),
        ("allintitle:tides", 0, "did you mean title?"),
        ("tides AROUND(5) ferry", 6, 'write "one other"~5'),
        ('"tides * ferry"', 0, "a star stands for no word"),
        ("tides language:turkish", 15, "code of a language"),
        ("?", 0, "no letter and no digit"),
        ("- …", 0, "no letter and no digit"),
    ],
)
def test_strict_reading_points_at_the_first_doubt(text: str, position: int, message: str) -> None:
    with pytest.raises(QuerySyntaxError, match=message) as raised:
        parse_strict(text, now=NOW)
    assert raised.value.position == position
    assert raised.value.pointed.splitlines()[1] == " " * position + "^"
    parse_query(text, now=NOW)


def test_strict_reading_takes_what_is_well_said() -> None:
    text = 'title:"new bridge" (ankara OR istanbul~) -toll after:2022 parliam* why? lang:pt-BR lang:(en OR tr)'
    assert parse_strict(text, now=NOW) == parse_query(text, now=NOW)


def test_what_looks_through_the_vocabulary_is_bounded() -> None:
    query = parse_query(" ".join(f"word{number}~2" for number in range(50)))
    assert isinstance(query, AllOf)
    assert sum(isinstance(child, Fuzzy) for child in query.children) == MAX_EXPANDING
    many = parse_query(" OR ".join("ab" for _ in range(170)))
    assert isinstance(many, AnyOf)
    assert len(many.children) == MAX_CLAUSES


@given(st.text(alphabet=st.sampled_from('ab "()-+~*:.,ORANDNT\n\0İ東2') | st.characters(), max_size=80))
def test_nothing_makes_the_parser_fail(text: str) -> None:
    parse_query(text, now=NOW)
    try:
        strict = parse_strict(text, now=NOW)
    except QuerySyntaxError as error:
        assert 0 <= error.position <= len(error.text)  # noqa: PT017 - both ends are fine
    else:
        assert strict == parse_query(text, now=NOW)
