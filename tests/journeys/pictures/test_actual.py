"""Does the picture of plan and log say both shares, and mark what differs by more than colour?"""

from __future__ import annotations

from typing import Any

import pytest
from picture_reading import letters_of, outside, overlaps, plain, root_of

from journeys.pictures.actual import actual_map
from journeys.pictures.seen import Actual, Move, Visits

MODEL = """
channels: {web: {}, phone: {}}
touchpoints: {site: {channel: web, name: Website}, line: {channel: phone, name: Telefoon}}
journeys:
  apply:
    name: {nl: Aanvragen, en: Apply}
    starts: 100/month
    phases: [find, do]
    steps:
      look: {phase: find, touchpoint: site, next: {think: 60%, ask: 30%, gave_up: 10%}}
      think: {phase: find, own_time: 10m, next: {send: 100%}}
      ask: {phase: find, touchpoint: line, next: {send: 70%, ask: 20%, resolved: 10%}}
      send: {phase: do, touchpoint: site, next: {resolved: 95%, ask: 5%}}
"""
MOVES = (
    Move("start", "look", 1.0, 0.9, 0.88, 0.92, 0.9),
    Move("start", "ask", None, 0.1, 0.08, 0.12, 0.1),
    Move("look", "think", 0.6, 0.62, 0.58, 0.66, 0.55),
    Move("look", "ask", 0.3, 0.18, 0.15, 0.21, 0.16),
    Move("look", "stop", 0.1, 0.12, 0.08, 0.15, 0.1),
    Move("look", "send", None, 0.08, 0.06, 0.1, 0.07),
    Move("think", "send", 1.0, 1.0, 0.99, 1.0, 0.55),
    Move("ask", "send", 0.7, 0.8, 0.77, 0.83, 0.3),
    Move("ask", "ask", 0.2),
    Move("ask", "stop", 0.1, 0.0, 0.0, 0.02, 0.0),
    Move("send", "stop", 0.95, 0.95, 0.93, 0.97, 0.8),
    Move("send", "ask", 0.05, 0.05, 0.03, 0.07, 0.05),
)
VISITS = {
    "look": Visits(1.0, 0.9),
    "think": Visits(0.6, None, hidden=True),
    "ask": Visits(0.4, 0.35, remarks=("step once more: 4%, 12 a month",)),
    "send": Visits(0.9, None),
}
ACTUAL = Actual(812, MOVES, VISITS, ("Not planned: Webcare (4% of the journeys, 9 a month).",))


def drawn(read: Any, language: str = "en", paper: str = "screen") -> str:
    inventory, flows = read(MODEL)
    (svg,) = actual_map(inventory, flows["apply"], ACTUAL, language, paper)
    return svg


def test_a_move_differs_only_beyond_its_interval_and_the_tolerance() -> None:
    def verdict(planned: float | None, actual: float | None, low: float, high: float) -> str:
        return Move("a", "b", planned, actual, low, high).verdict

    assert verdict(0.30, 0.18, 0.15, 0.21) == "changed"
    assert verdict(0.30, 0.27, 0.26, 0.28) == ""  # surely another share, and within five points
    assert verdict(0.30, 0.18, 0.05, 0.40) == ""  # far off, and not surely
    assert verdict(None, 0.08, 0.06, 0.10) == "unplanned"
    assert verdict(0.10, 0.0, 0.0, 0.02) == "unseen"
    assert Move("a", "b", 0.2).verdict == ""


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("paper", ["screen", "a4", "a3"])
def test_both_shares_stand_on_the_way(read: Any, language: str, paper: str) -> None:
    svg = drawn(read, language, paper)
    shown = [one.text for one in letters_of(svg)]
    # A straight arrow carries the plan above and the log below; others carry both, what was not planned a plus.
    assert {"70%", "80%", "30→18%", "+8%", "10→12%", "10→0%", "5→5%"} <= set(shown)
    assert any("100→90%" in one for one in shown)
    seen = {"nl": "niet in het log", "en": "not in the log"}[language]
    assert seen in shown
    assert {"nl": "te weinig", "en": "too few"}[language] in shown
    assert "→3:18%(15–21%)" in plain(svg)


def test_what_the_log_cannot_see_has_no_share_of_the_log(read: Any) -> None:
    svg = drawn(read)
    assert "62%" not in plain(svg)
    said = svg.partition("<desc")[2].partition("</desc>")[0].replace("\u00a0", " ")
    assert "→ 2: planned 60%, actual not in the log" in said
    assert "→ 3: planned 30%, actual 18% (15–21%)" in said
    assert "→ 4: not planned, actual 8% (6–10%)" in said


def test_differences_are_marked_by_colour_and_stroke(read: Any) -> None:
    svg = drawn(read)
    assert svg.count('stroke="#9c3f80"') >= 2  # not planned: the way and the legend
    assert 'stroke="#0072b2"' in svg  # differs
    assert 'stroke-dasharray="7 4"' in svg
    assert 'stroke-dasharray="2 3"' in svg


@pytest.mark.parametrize("language", ["nl", "en"])
def test_nothing_overlaps_sticks_out_or_is_squeezed(read: Any, language: str) -> None:
    svg = drawn(read, language)
    assert not overlaps(svg)
    assert not outside(svg)
    assert root_of(svg).get("role") == "img"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_sixty_steps_with_deviations_stay_readable(read: Any, language: str) -> None:
    steps = "\n".join(
        f"      s{i}: {{name: Vraagt een voorlopige voorziening aan, touchpoint: site, phase: p{i // 12}, "
        f"next: {{{f's{i + 1}: 80%, s{max(0, i - 3)}: 10%, ' if i < 59 else ''}resolved: rest}}}}"
        for i in range(60)
    )
    model = (
        "channels: {web: {}}\ntouchpoints: {site: {channel: web, name: Website}}\njourneys:\n  j:\n"
        f"    phases: [p0, p1, p2, p3, p4]\n    steps:\n{steps}\n"
    )
    inventory, flows = read(model)
    moves = [Move("start", "s0", 1.0, 1.0, 0.99, 1.0, 1.0)]
    for i in range(59):
        moves.append(Move(f"s{i}", f"s{i + 1}", 0.8, 0.7, 0.68, 0.72, 0.1))
        moves.append(Move(f"s{i}", "stop", 0.1, 0.15, 0.12, 0.18, 0.1))
        if i % 5 == 0 and i < 55:
            moves.append(Move(f"s{i}", f"s{i + 4}", None, 0.05, 0.03, 0.07, 0.05))
    visits = {f"s{i}": Visits(0.5, 0.4, hidden=False, remarks=("stap overgeslagen: 4%, 12 per maand",) * (i % 9 == 0))
              for i in range(60)}  # fmt: skip
    (svg,) = actual_map(inventory, flows["j"], Actual(5000, tuple(moves), visits), language)
    assert not overlaps(svg)
    assert not outside(svg)
    sheets = actual_map(inventory, flows["j"], Actual(5000, tuple(moves), visits), language, "a4")
    assert len(sheets) > 3
