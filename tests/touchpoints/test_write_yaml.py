"""Does YAML that is written read back as the values it was written from?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from touchpoints.yaml_tree import read_yaml, write_flow, write_yaml

ROOT = Path(__file__).parents[2]

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
AWKWARD = st.sampled_from([
    "", " ", "~", "null", "Null", "true", "yes", "no", "12", "012", "1.200", "1,5", "1e3", "1:30", "<<", "- a", "a: b",
    "#x", "a #b", "'", '"', "{a}", "[", "]", ", ", "!x", "&x", "*x", "? a", "%", "@", "`", "|", ">", "a\nb", "\n", "é",
    "a\n\n  b\n", " a\nb", "a \nb ", "\ta", "a\r\nb", "\u0085", "\u2028", "\ufeff", "\x00", "🙂", "\u202e", "x" * 2_000,
])  # fmt: skip
SCALARS = (
    st.none() | st.booleans() | st.integers(-(10**18) + 1, 10**18 - 1) | st.floats(allow_nan=False) | TEXT | AWKWARD
)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT | AWKWARD, inner, max_size=4),
    max_leaves=12,
)


def same(one: Any, other: Any) -> bool:
    """Equal in value, type and order."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(same(*pair) for pair in zip(one, other, strict=True))
    return bool(one == other)


@given(st.dictionaries(TEXT | AWKWARD, TREES, min_size=1, max_size=4))
@example({"a": 1.125, "b": -2.5, "c": 123.456, "d": 1e22})
def test_what_is_written_reads_back(value: dict[str, Any]) -> None:
    tree, faults = read_yaml(write_yaml(value).encode("utf-8"), "x.yaml")
    assert not faults
    assert tree is not None
    assert same(tree.plain(), value)


@pytest.mark.parametrize("file", sorted(ROOT.glob("examples/*/model/**/*.yaml")), ids=lambda file: file.stem)
def test_the_examples_read_back(file: Path) -> None:
    tree, _ = read_yaml(file.read_bytes(), file.name)
    assert tree is not None
    again, faults = read_yaml(write_yaml(tree.plain()).encode("utf-8"), file.name)
    assert not faults
    assert again is not None
    assert same(again.plain(), tree.plain())


def test_words_and_quantities_stay_bare() -> None:
    assert write_yaml({"public": "no", "wait": "4m10s", "next": {"call": "62%"}, "phases": ["a"], "none": {}}) == (
        "public: no\nwait: 4m10s\nnext:\n  call: 62%\nphases:\n  - a\nnone: {}\n"
    )


def test_lines_stand_as_a_block() -> None:
    assert write_yaml({"note": "one\ntwo"}) == "note: |-\n  one\n  two\n"


@pytest.mark.parametrize("value", [float("nan"), 10**18, object(), {1: "a"}, {"a": {2}}, "\ud800"])
def test_what_yaml_cannot_hold_is_refused(value: Any) -> None:
    with pytest.raises(ValueError):
        write_yaml(value)


STEERING = [chr(sign) for sign in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C, 0x9B, 0x1B)]
"""Marks of direction of the Unicode standard (UAX 9), and the two ways to start a command to a terminal."""


@given(st.dictionaries(TEXT | st.sampled_from(STEERING), TREES | st.sampled_from(STEERING), min_size=1, max_size=4))
@example({"a\u202eb": ["one\ntwo\u2066", {"k\x9b": "'\u200f'"}]})
def test_signs_that_steer_a_terminal_are_never_written_as_themselves(value: dict[str, Any]) -> None:
    assert not set(STEERING) & set(write_yaml(value) + write_flow(value))
    tree, faults = read_yaml(write_yaml(value).encode("utf-8"), "x.yaml")
    assert not faults
    assert tree is not None
    assert same(tree.plain(), value)


def test_letters_and_spaces_that_people_use_stay_as_they_are() -> None:
    for text in ("10\u00a0minuten", "می\u200cخواهم", "crème", "日本"):
        assert text in write_yaml({"name": text})
