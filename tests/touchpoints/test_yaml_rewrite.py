"""Does a text take on any other values, with what is not concerned left as it was written?"""

from __future__ import annotations

import re
from copy import deepcopy
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from touchpoints.yaml_edit import rewritten
from touchpoints.yaml_tree import read_yaml, write_flow

MODEL = """\
# head
touchpoints:

  # Phone
  kcc:
    name: {nl: a, en: b}   # name
    layers: [x, y]
    # inside kcc
  # about desk
  desk:
    obstacles:
      - {kind: a}  # one
      - kind: b
        what: c

  # Written
  mail: {channel: email}  # mail
volumes:
  - touchpoint: kcc
    wait: 40s
  # second
  - touchpoint: desk
    wait: 50s
targets: []  # none yet
"""


def plain(text: str) -> Any:
    tree, faults = read_yaml(text.encode(), "x.yaml")
    assert tree is not None, faults
    assert not faults
    return tree.plain()


def after(change: str, model: str = MODEL) -> str:
    """The model after a statement on its values."""
    values = plain(model)
    exec(change, {}, {"v": values})
    return rewritten(model, values)


@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        ("v['touchpoints']['kcc']['layers'].insert(1, 'z')", "[x, y]", "[x, z, y]"),
        ("v['touchpoints']['kcc']['layers'].insert(0, 'z')", "[x, y]", "[z, x, y]"),
        ("v['touchpoints']['kcc']['layers'].pop(0)", "[x, y]", "[y]"),
        ("v['touchpoints']['kcc']['layers'].clear()", "[x, y]", "[]"),
        ("v['touchpoints']['kcc']['name'].pop('en')", "{nl: a, en: b}", "{nl: a}"),
        ("v['touchpoints']['kcc']['name'] = 'Desk'", "{nl: a, en: b}", "Desk"),
        ("v['touchpoints'].pop('desk')", MODEL[MODEL.index("  # about") : MODEL.index("\n  # Written")], ""),
        ("v['touchpoints'].pop('mail')", "  mail: {channel: email}  # mail\n", ""),
        ("v['touchpoints']['kcc'].pop('layers')", "    layers: [x, y]\n    # inside kcc\n", "    # inside kcc\n"),
        ("v['volumes'].pop()", "  # second\n  - touchpoint: desk\n    wait: 50s\n", ""),
        ("v['volumes'].pop(0)", "  - touchpoint: kcc\n    wait: 40s\n", ""),
        ("v['volumes'][0].pop('touchpoint')", "  - touchpoint: kcc\n    wait: 40s\n", "  - wait: 40s\n"),
        ("v['volumes'].append({'touchpoint': 'x'})", "    wait: 50s\n", "    wait: 50s\n  - touchpoint: x\n"),
        ("v['volumes'].insert(0, {'a': 1, 'b': 2})", "volumes:\n", "volumes:\n  - a: 1\n    b: 2\n"),
        ("v['touchpoints']['desk']['obstacles'].pop(0)", "      - {kind: a}  # one\n", ""),
        ("v['touchpoints']['desk']['obstacles'].clear()", MODEL[MODEL.index("    obst") : MODEL.index("\n  # Wr")],
         "    obstacles: []\n"),
        ("v['targets'].append({'limit': '60s'})", "targets: []  # none yet", "targets:  # none yet\n  - limit: 60s"),
        ("v['touchpoints']['web'] = {'name': {'nl': 'W'}, 'layers': ['x']}", "email}  # mail\n",
         "email}  # mail\n  web:\n    name: {nl: W}\n    layers: [x]\n"),  # as most records stand there
        ("v['touchpoints']['mail']['note'] = 'a, b'", "{channel: email}", "{channel: email, note: 'a, b'}"),
        ("v['touchpoints']['kcc']['note'] = 'a\\nb'", "[x, y]\n", "[x, y]\n    note: |-\n      a\n      b\n"),
        ("v['vision'] = {'why': {'nl': 'W'}}", "# none yet\n", "# none yet\nvision:\n  why:\n    nl: W\n"),
    ],
)  # fmt: skip
def test_only_the_lines_concerned_change(change: str, old: str, new: str) -> None:
    assert MODEL.count(old) == 1
    assert after(change) == MODEL.replace(old, new)


@pytest.mark.parametrize("end", ["\r\n", ""])
def test_line_ends_and_a_last_line_without_one_stay(end: str) -> None:
    text = "a: 1\r\nb:\r\n  - x\r\n  - y" + end
    assert after("v['b'].append('z')", text) == "a: 1\r\nb:\r\n  - x\r\n  - y\r\n  - z" + end
    assert after("v['b'].pop()", text) == "a: 1\r\nb:\r\n  - x" + end
    assert after("v['c'] = 2", text) == "a: 1\r\nb:\r\n  - x\r\n  - y\r\nc: 2" + end


def test_an_empty_key_takes_records_above_the_comments_below_it() -> None:
    text = "touchpoints:\n  # kcc: {channel: phone}\nreasons: {}\n"
    assert after("v['touchpoints'] = {'a': {'channel': 'web'}}", text) == (
        "touchpoints:\n  a:\n    channel: web\n  # kcc: {channel: phone}\nreasons: {}\n"
    )


SCALARS = st.sampled_from(["4m10s", "62%", "no", "x: y", "a, b", "", "#1", "line\nnext", 12, 1.5, True, None, "'", '"'])
KEYS = st.sampled_from(["name", "wait", "note", "next", "evidence", "steps"])
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.dictionaries(KEYS, inner, max_size=4) | st.lists(inner, max_size=4),
    max_leaves=14,
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Values in one of the ways people write them, with a comment of its own wherever one may stand."""
    comments = count()

    def comment() -> str:
        return f"  # c{next(comments)} {{a: 1}}, - b" if draw(st.booleans()) else ""

    def block(value: Any, indent: str) -> list[str]:
        if not isinstance(value, dict | list) or not value or draw(st.integers(0, 3)) == 0:
            return [f" {flow(value, indent)}{comment()}"]
        lines = [comment()]
        inner = indent + draw(st.sampled_from(["  ", "    "]))
        for head, part in value.items() if isinstance(value, dict) else ((None, part) for part in value):
            if above := comment().strip():
                lines += ([""] if draw(st.booleans()) else []) + [f"{inner}{above}"]
            first, *rest = block(part, inner)
            lines += [f"{inner}{'-' if head is None else f'{head}:'}{first}", *rest]
        return lines

    def flow(value: Any, indent: str) -> str:
        if not isinstance(value, dict | list) or not value:
            return write_flow(value)
        gap = draw(st.sampled_from(["", " ", f"\n{indent}  "]))
        own = comment() if gap.startswith("\n") else ""
        parts = [flow(part, indent) for part in (value.values() if isinstance(value, dict) else value)]
        if isinstance(value, dict):
            parts = [f"{key}: {part}" for key, part in zip(value, parts, strict=True)]
        body = f",{own}{gap or ' '}".join(parts) + (f",{own}" if own else "")
        return f"{'{' if isinstance(value, dict) else '['}{gap}{body}{gap}{'}' if isinstance(value, dict) else ']'}"

    root = draw(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4))
    lines = ["# head"]
    for key, value in root.items():
        first, *rest = block(value, "")
        lines += [f"{key}:{first}", *rest]
    return draw(st.sampled_from(["\n", "\r\n"])).join(lines) + draw(st.sampled_from(["", "\n"]))


def containers(value: Any) -> list[Any]:
    if not isinstance(value, dict | list):
        return []
    return [
        value,
        *(one for part in (value.values() if isinstance(value, dict) else value) for one in containers(part)),
    ]


@settings(max_examples=150)
@given(texts(), st.data())
def test_any_text_takes_on_other_values(text: str, data: st.DataObject) -> None:
    text = text.replace("\r\n", "\n") if "\n" in text.replace("\r\n", "") else text
    before = plain(text)
    values = deepcopy(before)
    changes = data.draw(st.integers(1, 3))
    removes = changes > 1
    for _ in range(changes):
        place = data.draw(st.sampled_from(containers(values)))
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        action = data.draw(st.sampled_from(["add", "set", "remove"] if keys else ["add"]))
        if action == "add":
            new = data.draw(VALUES)
            if isinstance(place, dict):
                place["fresh"] = new
            else:
                place.insert(data.draw(st.integers(0, len(place))), new)
        elif action == "set":
            key = data.draw(st.sampled_from(keys))
            removes = removes or isinstance(place[key], dict | list)
            place[key] = data.draw(SCALARS)
        else:
            del place[data.draw(st.sampled_from(keys))]
            removes = True
    after = rewritten(text, values)
    assert plain(after) == values
    if not removes:
        assert set(re.findall(r"# c\d+|# head", text)) == set(re.findall(r"# c\d+|# head", after))
    assert rewritten(after, values) == after
