"""Are the charts true to their numbers, and inert whatever names they carry?"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import fields
from itertools import pairwise

import numpy as np
import pytest

from workbench.analysis.case.minutes import Minutes
from workbench.language.language import Language
from workbench.pictures.bars import Column, bars, columns
from workbench.pictures.case_charts import cash_fan, hours
from workbench.pictures.fields import Field, week

NL, EN = Language("nl"), Language("en")
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = ("<script>alert(1)</script>", "x" * 5_000, "a\u202eb\x07", '"><img src=x onerror=alert(1)>', "😀 & €")


def rects(svg: str, fill: str) -> list[dict[str, float]]:
    """Place and size of the rectangles of a colour."""
    found = (one for one in ET.fromstring(svg).iter(f"{SVG}rect") if one.get("fill") == fill)
    return [{key: float(one.attrib[key]) for key in ("x", "y", "width", "height")} for one in found]


def texts(svg: str) -> list[str]:
    return ["".join(one.itertext()).replace("\u00a0", " ") for one in ET.fromstring(svg).iter(f"{SVG}text")]


def test_bars_are_as_long_as_their_values_longest_first() -> None:
    svg = bars([("a", 50.0), ("b", 200.0), ("c", 0.0)], "Heading", "per year", "count", NL, "#123456")
    drawn = rects(svg, "#123456")
    assert [one["width"] for one in drawn] == [400.0, 100.0, 1.0]
    assert [one["y"] for one in drawn] == sorted(one["y"] for one in drawn)
    assert texts(svg)[2:] == ["b", "200", "a", "50", "c", "0"]


def test_columns_stand_on_zero_and_keep_their_last_name() -> None:
    found = [Column(f"week {n}", 100.0 * n, f"{n} januari 2026", "#123456") for n in range(1, 11)]
    svg = columns(found, 400, "Heading", "contacts", NL)
    drawn = rects(svg, "#123456")
    assert drawn[0]["height"] * 10 == pytest.approx(drawn[-1]["height"], abs=1)
    assert {round(one["y"] + one["height"]) for one in drawn} == {158}
    assert "10 januari 2026" in texts(svg)
    assert "1.000" in texts(svg)


def test_hours_of_a_year_begin_where_the_part_before_ended() -> None:
    parts = {
        "baseline": 1_000.0,
        "eliminated": 100.0,
        "shifted": 200.0,
        "saved": 50.0,
        "added": 30.0,
        "remaining": 650.0,
    }
    found = Minutes(*(np.array([parts.get(one.name, 0.0)]) for one in fields(Minutes)))
    svg = hours(found, "Plan", EN)
    totals, gone, added = (rects(svg, colour) for colour in ("#5b6773", "#0072b2", "#d55e00"))
    scale = totals[0]["width"] / 1_000
    assert [one["width"] / scale for one in gone] == pytest.approx([100, 200, 50], abs=0.5)
    assert gone[0]["x"] + gone[0]["width"] == pytest.approx(totals[0]["x"] + totals[0]["width"], abs=0.2)
    assert gone[1]["x"] + gone[1]["width"] == pytest.approx(gone[0]["x"], abs=0.2)
    assert added[0]["x"] == pytest.approx(gone[2]["x"], abs=0.2)
    assert totals[1]["width"] / scale == pytest.approx(680, abs=0.5)
    assert not any("axis" in one for one in texts(svg))


def test_small_changes_say_that_the_axis_does_not_begin_at_zero() -> None:
    parts = {"baseline": 1_000.0, "eliminated": 10.0, "remaining": 990.0}
    found = Minutes(*(np.array([parts.get(one.name, 0.0)]) for one in fields(Minutes)))
    svg = hours(found, "Plan", EN)
    assert any("does not begin at zero" in one for one in texts(svg))
    # 990 less 0.6 of the change of 10 is where the axis begins: 984
    totals = rects(svg, "#5b6773")
    assert totals[1]["width"] / totals[0]["width"] == pytest.approx((990 - 984) / (1_000 - 984), abs=0.01)


def test_amounts_at_the_end_of_the_fan_never_cover_one_another() -> None:
    middle = np.array([0.0, -10.0, -20.0])
    svg = cash_fan(middle, (middle - 0.1, middle + 0.1), "Heading", ["said"], NL)
    amounts = dict(zip(texts(svg), ET.fromstring(svg).iter(f"{SVG}text"), strict=True))
    tops = [float(amounts[one].attrib["y"]) for one in ("€ -19,90", "€ -20,00", "€ -20,10")]
    assert len(tops) == 3
    assert all(later - earlier >= 11.5 for earlier, later in pairwise(tops))


@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_only_text(name: str) -> None:
    shown = [
        bars([(name, 1.0)], name, name, "count", EN),
        columns([Column(name, 1.0, name)], 300, name, name, EN),
        week([Field("Mon", "09:00", name, "1", "#ffffff")], ["Mon"], (58, 20), name, [(name, "#ffffff")]),
        hours(Minutes.none(), name, EN),
        cash_fan(np.zeros(2), (np.zeros(2), np.zeros(2)), name, [name], EN),
    ]
    for svg in shown:
        tree = ET.fromstring(svg)
        assert {one.tag.removeprefix(SVG) for one in tree.iter()} <= {
            "svg", "title", "desc", "rect", "text", "g", "line", "path", "circle"
        }  # fmt: skip
        assert not [key for one in tree.iter() for key in one.attrib if key.startswith("on")]
        assert "\u202e" not in svg
