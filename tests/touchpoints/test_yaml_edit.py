"""Does a change of YAML text change what it should, and nothing else, however the text is written?"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from touchpoints.yaml_edit import EditError, edited
from touchpoints.yaml_tree import read_yaml


def plain(text: str) -> Any:
    tree, faults = read_yaml(text.encode(), "x.yaml")
    assert tree is not None, faults
    assert not faults
    return tree.plain()


@pytest.mark.parametrize(
    ("before", "path", "value", "after"),
    [
        ("a: 4m10s\n", ("a",), "5m", "a: 5m\n"),
        ("a: 4m10s  # by phone\nb: 2\n", ("a",), "5m", "a: 5m  # by phone\nb: 2\n"),
        ("a: '4m10s'\n", ("a",), "5m", "a: '5m'\n"),
        ('a: "4m10s"\n', ("a",), "5m", 'a: "5m"\n'),
        ("{a: 4m10s, b: 2}\n", ("a",), "5m", "{a: 5m, b: 2}\n"),
        ("- {a: 1}\n- {a: 2}\n", (1, "a"), 3, "- {a: 1}\n- {a: 3}\n"),
        ("a: {b: 62%,c: rest}", ("a", "b"), "58.3%", "a: {b: 58.3%,c: rest}"),
        ("a:\n  b: 1\nc: 3\n", ("a", "d"), "x", "a:\n  b: 1\n  d: x\nc: 3\n"),
        ("a:\n  b: 1  # one\n\n# about c\nc: 3\n", ("a", "d"), "x", "a:\n  b: 1  # one\n  d: x\n\n# about c\nc: 3\n"),
        ("- b: 1\n  c: 2\n- b: 3\n", (0, "d"), "x", "- b: 1\n  c: 2\n  d: x\n- b: 3\n"),
        ("a: {}\n", ("a", "d"), "x", "a: {d: x}\n"),
        ("a: { b: 1 }\n", ("a", "d"), "x", "a: { b: 1, d: x }\n"),
        ("a: {b: 1,\n    # why\n    c: 2,\n}\n", ("a", "d"), "x", "a: {b: 1,\n    # why\n    c: 2, d: x,\n}\n"),
        ("a:\nb: 1\n", ("a",), "x", "a: x\nb: 1\n"),
        ("a:\r\n  b: 1\r\nc: 3\r\n", ("a", "d"), "x", "a:\r\n  b: 1\r\n  d: x\r\nc: 3\r\n"),
        ("a:\n  b: |\n    text\n    more\nc: 3\n", ("a", "d"), "x", "a:\n  b: |\n    text\n    more\n  d: x\nc: 3\n"),
        ("a: >-\n  1200/month\nb: 1\n", ("a",), "5/month", "a: 5/month\nb: 1\n"),
        ("é: '€'\na: 1\n", ("a",), 2, "é: '€'\na: 2\n"),
        ("a: notify\n", ("a",), {"x": "60%", "y": "40%"}, "a: {x: 60%, y: 40%}\n"),
        ("a: 1", ("b", "c"), {"d": "x, y"}, "a: 1\nb:\n  c:\n    d: 'x, y'"),
        ("a:\n  b:\n    - 1\n    - 2\n", ("a", "c"), 3, "a:\n  b:\n    - 1\n    - 2\n  c: 3\n"),
    ],
)
def test_only_what_is_asked_changes(before: str, path: tuple[str | int, ...], value: Any, after: str) -> None:
    assert edited(before, {path: value}) == after


def test_several_changes_at_once() -> None:
    before = "r:\n  next: {a: 60%, b: rest}  # shares\n  evidence: {grade: workshop}\n"
    changes = {
        ("r", "next", "a"): "55%",
        ("r", "evidence", "fields", "next", "grade"): "measured",
        ("r", "evidence", "fields", "next", "n"): 12,
    }
    after = (
        "r:\n  next: {a: 55%, b: rest}  # shares\n"
        "  evidence: {grade: workshop, fields: {next: {grade: measured, n: 12}}}\n"
    )
    assert edited(before, changes) == after


@pytest.mark.parametrize(
    ("text", "path", "words"),
    [
        ("a: &x {b: 1}\nc: *x\n", ("a", "b"), "alias"),
        ("a: &x 1\nc: *x\n", ("c",), "alias"),
        ("a: [1]\n", ("a", 3), "no item"),
        ("a: [\n", ("a",), "cannot be read"),
    ],
)
def test_what_cannot_be_changed_is_refused(text: str, path: tuple[str | int, ...], words: str) -> None:
    with pytest.raises(EditError, match=words):
        edited(text, {path: "x"})


WORDS = st.sampled_from(
    ["4m10s", "62%", "1200..1500/month", "no", "é€", "x: y", "a, b", "", "#1", "2026-01-05", "'", '"']
)
COMMENTS = st.sampled_from(["", "  # why", " # {a: 1}", "\t# 'quote"])


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """A record in one of the ways people write them, and its values."""
    keys = draw(
        st.lists(st.sampled_from(["contacts", "handling_time", "wait", "note", "evidence"]), min_size=1, unique=True)
    )
    end = draw(st.sampled_from(["\n", "\r\n"]))
    values: dict[str, Any] = {}
    written = []
    for key in keys:
        value = draw(WORDS)
        style = draw(st.sampled_from(["'", '"']))
        inner = value.replace("'", "''") if style == "'" else value.replace("\\", "\\\\").replace('"', '\\"')
        is_plain = value[:1].isalnum() and not set(value) & set(":#,{}'\"") and draw(st.booleans())
        text = value if is_plain else f"{style}{inner}{style}"
        if draw(st.booleans()):
            values[key], text = {"x": value}, f"{{x: {text}}}"
        else:
            values[key] = value
        written.append((key, text))
    if draw(st.booleans()):
        gap = draw(st.sampled_from(["", " ", f"{end}    "]))
        trailing = draw(st.sampled_from(["", ","]))
        comment = f"  # flow{end}    " if draw(st.booleans()) else ""
        body = f",{gap or ' '}{comment}".join(f"{key}: {text}" for key, text in written)
        record = f"{{{gap}{body}{trailing}{gap}}}"
        text = f"# head{end}records:{end}  one: {record}{draw(COMMENTS)}{end}  two: {{a: 1}}{end}"
    else:
        indent = draw(st.sampled_from(["    ", "      "]))
        lines = "".join(f"{indent}{key}: {text}{draw(COMMENTS)}{end}" for key, text in written)
        blank = draw(st.sampled_from(["", end, f"  # about two{end}"]))
        text = f"records:{end}  one:{end}{lines}{blank}  two: {{a: 1}}{end}"
    return text, values


@settings(max_examples=200)
@given(documents(), WORDS, st.sampled_from(["contacts", "handling_time", "fresh"]), st.booleans())
def test_any_notation_keeps_the_rest(document: tuple[str, dict[str, Any]], value: str, key: str, deep: bool) -> None:
    text, values = document
    assert plain(text)["records"]["one"] == values
    new: Any = {"grade": value, "n": 3} if deep else value
    changed = edited(text, {("records", "one", key): new})
    old = values.get(key)
    expected = {**old, **new} if isinstance(old, dict) and isinstance(new, dict) else new
    assert plain(changed) == {"records": {"one": {**values, key: expected}, "two": {"a": 1}}}
    assert changed.count("#") >= text.count("# ")
    again = edited(changed, {("records", "one", key): new})
    assert again == changed
    untouched = [line for line in text.splitlines() if f"{key}:" not in line and "one:" not in line]
    assert [line for line in untouched if line not in changed] == [] or key not in values
