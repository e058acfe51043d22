"""Does every journey pattern of the library come out as exact arithmetic on its text says?"""

from __future__ import annotations

import random
import re
from fractions import Fraction
from typing import Any

import pytest

from journeys.flow import journey_flows
from touchpoints.library import library_trees

PATTERNS = sorted(library_trees("journeys"))
ENDS = ("resolved", "gave_up")


def share(text: Any, others: Fraction) -> Fraction:
    if text == "rest":
        return 1 - others
    found = str(text)
    return Fraction(found.rstrip("%")) / (100 if found.endswith("%") else 1)


def row(written: Any) -> dict[str, Fraction]:
    """A row of shares as written, in exact fractions."""
    if isinstance(written, str):
        return {written: Fraction(1)}
    stated = sum((share(text, Fraction(0)) for text in written.values() if text != "rest"), Fraction(0))
    return {target: share(text, stated) for target, text in written.items()}


def visits(steps: dict[str, dict[str, Fraction]], start: dict[str, Fraction]) -> dict[str, Fraction]:
    """V = s + vQ by Gauss–Jordan elimination in fractions."""
    names = list(steps)
    n = len(names)
    table = [
        [Fraction(int(i == j)) - steps[names[j]].get(names[i], Fraction(0)) for j in range(n)]
        + [start.get(names[i], Fraction(0))]
        for i in range(n)
    ]
    for column in range(n):
        pivot = next(i for i in range(column, n) if table[i][column] != 0)
        table[column], table[pivot] = table[pivot], table[column]
        table[column] = [value / table[column][column] for value in table[column]]
        for i in range(n):
            if i != column and table[i][column]:
                factor = table[i][column]
                table[i] = [a - factor * b for a, b in zip(table[i], table[column], strict=True)]
    return {name: table[i][n] for i, name in enumerate(names)}


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_flows_as_exact_fractions_say(load, name: str) -> None:
    pattern = library_trees("journeys")[name].plain()
    flow = journey_flows(load(f"journeys: {{mine: {{extends: library.{name}, starts: 100/month}}}}"))["mine"]
    mix = row(pattern["personas"]) if "personas" in pattern else {None: Fraction(1)}
    first = {next(iter(pattern["steps"])): Fraction(1)}
    start = row(pattern["start"]) if "start" in pattern else first
    total = dict.fromkeys(pattern["steps"], Fraction(0))
    ends = dict.fromkeys(ENDS, Fraction(0))
    for persona, part in mix.items():
        rows = {
            step: row(written.get("by_persona", {}).get(persona, {}).get("next", written["next"]))
            for step, written in pattern["steps"].items()
        }
        assert all(sum(shares.values()) == 1 for shares in rows.values())
        for step, value in visits(rows, start).items():
            total[step] += part * value
            for end in ENDS:
                ends[end] += part * value * rows[step].get(end, Fraction(0))
    assert sum(ends.values()) == 1
    assert {node.partition("/")[2]: value for node, value in flow.visits.items()} == pytest.approx(
        {step: float(value) for step, value in total.items()}, rel=1e-12
    )
    assert (flow.resolved, flow.gave_up) == pytest.approx((float(ends["resolved"]), float(ends["gave_up"])), rel=1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_names_and_order_change_nothing(load, seed: int) -> None:
    steps = {
        "a": "{own_time: 3m, next: {b: 60%, c: 30%, gave_up: 10%}}",
        "b": "{own_time: 2m, next: {a: 20%, resolved: 80%}}",
        "c": "{own_time: 7m, next: {b: 50%, c: 10%, resolved: 40%}}",
    }
    model = "journeys: {{j: {{start: {{a: 70%, c: 30%}}, gave_up: {{penalty: 9m}}, steps: {{{}}}}}}}"
    before = journey_flows(load(model.format(", ".join(f"{k}: {v}" for k, v in steps.items()))))["j"]
    renamed = dict(zip("abc", random.Random(seed).sample(["x1", "y2", "z3"], 3), strict=True))
    shuffled = random.Random(seed).sample(list(steps.items()), 3)
    text = model.format(", ".join(f"{k}: {v}" for k, v in shuffled))
    for old, new in renamed.items():
        text = re.sub(rf"\b{old}:", f"{new}:", text)
    after = journey_flows(load(text))["j"]
    assert after.effort_s == pytest.approx(before.effort_s, rel=1e-12)
    assert {f"j/{renamed[node[-1]]}": value for node, value in before.visits.items()} == pytest.approx(
        dict(after.visits), rel=1e-12
    )


def test_counted_contacts_are_conserved(load) -> None:
    """What journeys bring and what they leave over is what was counted; an excess is named, never added."""
    from journeys.reconcile import reconcile

    model = """
channels: {phone: {}}
touchpoints: {line: {channel: phone}}
reasons: {few: {}, many: {}}
volumes:
  - {touchpoint: line, reason: few, contacts: 50/month}
  - {touchpoint: line, reason: many, contacts: 500/month}
journeys:
  j: {starts: 100/month, steps: {a: {touchpoint: line, reason: few, next: b},
      b: {touchpoint: line, reason: many, next: {b: 50%, resolved: rest}}}}
"""
    few, many = reconcile(load(model))
    assert (few.contacts_per_month, few.rest_per_month, few.excess_per_month) == pytest.approx((50, 0, 50))
    assert (many.contacts_per_month, many.flow_per_month, many.rest_per_month) == pytest.approx((500, 200, 300))
