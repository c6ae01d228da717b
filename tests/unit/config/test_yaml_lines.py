"""The YAML reader keeps lines and refuses what hostile or mistaken files contain."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.yaml_lines import MAX_FILE_BYTES, read_yaml
from news.errors import ConfigError


def read(text: str) -> dict[str, object]:
    return read_yaml(text.encode(), name="x.yaml").data


def refusal(content: bytes) -> str:
    with pytest.raises(ConfigError) as caught:
        read_yaml(content, name="x.yaml")
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_every_key_and_item_has_its_line() -> None:
    document = read_yaml(b"a: 1\nb:\n  c:\n    - x\n    - {d: 2}\n", name="x.yaml")
    assert document.lines[("b", "c", 0)] == 4
    assert document.lines[("b", "c", 1, "d")] == 5
    assert document.line_of(("b", "c", 7)) == 3
    assert document.line_of(("unknown",)) == 1


def test_scalars_follow_the_core_schema() -> None:
    text = 'a: no\nb: "5"\nc: 5\nd: 1.5\ne: true\nf: ~\ng: 10:30\nh: 2024-01-01\ni: .inf\nj: 1e3\nk: 010\n'
    expected = ["no", "5", 5, 1.5, True, None, "10:30", "2024-01-01", ".inf", 1000.0, 10]
    assert list(read(text).values()) == expected


@pytest.mark.parametrize("content", [b"", b"# only a comment\n", b"---\n...\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_an_empty_mapping(content: bytes) -> None:
    assert read_yaml(content, name="x.yaml").data == {}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"a: 1\nb: !!python/object/apply:os.system ['true']\n", "x.yaml, line 2: the tag !!python/object/apply"),
        (b"a: 1\nb: !local x\n", "line 2: the tag !local"),
        (b"a: 1\nb: *x\n", "line 2: the alias *x"),
        (b"a: &x [1]\nb: *x\n", "line 1: the anchor &x"),
        (b"password: &secret\n", "line 1: the anchor &secret is not read here; put a value with & in quotes"),
        (b"a: 1\nb: 2\na: 3\n", 'line 3: "a" is set twice (first in line 1)'),
        (b"- a\n", "line 1: not a set of keys"),
        (b"just text\n", "line 1: not a set of keys"),
        (b"a: 1\n---\nb: 2\n", "a second document starts here"),
        (b"a: 1\nb: [1\n", "line 3: not YAML"),
        (b"a: 1\n\tb: 2\n", "line 2: not YAML"),
        (b"a: 1\nb: \xff\n", "line 2: not UTF-8"),
        (b"a: 1\nb: \x01\n", "line 2: a control character"),
        (b"? [a, b]\n: 1\n", "line 1: a key has to be a word"),
        (b"a: " + b"[" * 5000, "line 1: values are nested more than"),
        (b"a: " + b"x" * MAX_FILE_BYTES, "bytes are too many"),
    ],
)
def test_a_file_that_cannot_be_trusted_is_refused_with_its_line(content: bytes, expected: str) -> None:
    assert expected in refusal(content)


def test_a_bomb_of_aliases_is_refused_at_once() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    start = time.thread_time()  # of the processor: a busy machine takes none
    assert "line 1: the anchor &a0" in refusal("\n".join(lines).encode())
    assert time.thread_time() - start < 1


@given(st.binary(max_size=300) | st.text("ab:-[]{}&*!?'\"#|> \n\t0", max_size=120).map(str.encode))
def test_any_bytes_give_a_mapping_or_a_named_refusal(content: bytes) -> None:
    try:
        outcome = read_yaml(content, name="x.yaml").name
    except ConfigError as error:
        outcome = str(error)
    assert outcome.startswith("x.yaml")
