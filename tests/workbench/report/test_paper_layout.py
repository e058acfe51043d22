"""Are columns wide enough, rows and pictures kept together, and the right lines of the model shown on paper?

The expected arrangements are worked out by hand from heights that add up easily.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.reports import gemeente_report
from workbench.report.blocks import Picture, Rows, SourceFile, Sources
from workbench.report.leads import Leads
from workbench.report.paper.heights import height_pt
from workbench.report.paper.lines import BESIDE, WHOLE_FILE, WITHIN, annex
from workbench.report.paper.pages import PAGE_PT, arranged, resized
from workbench.report.paper.pictures import paired, size_pt
from workbench.report.paper.tables import ROOM_PT, breaks, heights_pt, letters_pt, together, widths_pt
from workbench.report.paper.text import LONGEST, Links, cut
from workbench.report.table_view import ColumnView, RowView, TableView, table_view


def seen(*columns: tuple[str, bool, list[str]], places: list[str] | None = None) -> TableView:
    """A table of columns: heading, whether it holds numbers, cells."""
    cells = list(zip(*(column[2] for column in columns), strict=True))
    rows = tuple(RowView(row, places[at] if places else "") for at, row in enumerate(cells))
    return TableView("T", tuple(ColumnView(one[0], one[1], False) for one in columns), rows, (), ())


def test_a_narrow_table_is_as_wide_as_its_texts_need() -> None:
    found = widths_pt(seen(("Team", False, ["Contact centre"]), ("FTE", True, ["12.5"])), 7.6)
    assert sum(found) == pytest.approx(400, abs=0.3)  # the least, so that notes below it are no thin column
    assert found[0] > found[1] > 100


def test_dates_and_numbers_are_not_broken_however_long_the_texts_are() -> None:
    long = "a word and another " * 20
    columns = [(f"Text {at}", False, [long]) for at in range(6)]
    table = seen(*columns, ("Due", False, ["31 dec 2027"]), ("Cost", True, ["€ 1.175.526"]))
    widths = widths_pt(table, 7.6)
    assert sum(widths) <= ROOM_PT + 0.5
    for column, text in ((6, "31 dec 2027"), (7, "€ 1.175.526")):
        assert widths[column] >= 7.6 * 0.5 * len(text)  # letters and digits are about half as wide as they are high
    assert not any(breaks(table, widths, 7.6))


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_no_table_of_the_example_is_wider_than_the_page_nor_breaks_a_number(lang: str) -> None:
    made, language = gemeente_report(lang)
    blocks = [block for chapter in made.chapters for block in chapter.blocks if isinstance(block, Rows)]
    assert len(blocks) > 30
    for block in blocks:
        table = table_view(block.table, language, block.most)
        size = letters_pt(table)
        widths = widths_pt(table, size)
        assert sum(widths) <= ROOM_PT + 0.5 * len(widths)
        for broken, column in zip(breaks(table, widths, size), table.columns, strict=True):
            assert not (broken and column.is_numeric), (table.title, column)


def test_words_are_hyphenated_only_where_they_do_not_fit() -> None:
    wide = seen(("Wat", False, ["arbeidsongeschiktheidsverzekeringsmaatschappij"]), ("n", True, ["1"]))
    assert breaks(wide, [90.0, 30.0], 7.6) == [True, False]
    assert breaks(wide, [300.0, 30.0], 7.6) == [False, False]


def test_rows_at_a_page_break_have_company() -> None:
    assert together([]) == []
    assert together([400.0]) == [1]
    assert together([30.0] * 5) == [5]
    assert together([24.0] * 12) == [3, *[1] * 6, 3]
    assert together([100.0] * 4) == [1, 1, 1, 1], "so high that two of them would leave much of a page white"
    assert sum(together([50.0] * 7)) == 7


def test_a_row_is_as_high_as_its_longest_cell() -> None:
    table = seen(("A", False, ["x", "word " * 100]), ("B", False, ["y", "y"]), places=["", "model/a.yaml:1"])
    short, long = heights_pt(table, [200.0, 200.0], 8.0)
    assert 8 < short < 14
    # 400 signs are 80 words of 19.6 pt (722 + 556 + 333 + 556 + 278 thousandths), 9 lines of 191.5 pt, and the place
    assert long == pytest.approx(9 * 8 * 1.17 + 6.4 * 1.17 - 0.45 * 8 + 5.2, abs=0.1)


def picture(width: float, height: float, wide: bool = False) -> dict[str, Any]:
    return {"kind": "picture", "width": width, "height": height, "wide": wide, "caption": ""}


def rows(*heights: float) -> dict[str, Any]:
    """A table whose title and headings take 23 + 11 points."""
    return {"kind": "rows", "heights": list(heights), "together": [1] * len(heights), "size": 8.0, "notes": [],
            "headings": ["A"], "widths": [400.0]}  # fmt: skip


def order(*blocks: dict[str, Any]) -> list[tuple[str, float]]:
    ((made, _),) = arranged([list(blocks)])
    return [(one["kind"], round(one.get("height", 0.0))) for one in made]


def test_a_picture_that_nearly_fits_is_made_smaller() -> None:
    # title 32, table 34 + 200, so 247 are left of 513; less 12 before the picture and 4 to spare, 231 or 0.83 of it
    assert order(rows(200), picture(300, 280)) == [("rows", 0), ("picture", 231)]
    assert order(rows(200), picture(300, 200)) == [("rows", 0), ("picture", 200)]


def test_tables_come_before_a_picture_that_does_not_fit() -> None:
    # 247 are left and 400 needed: the next table (34 + 150) leaves 63 white instead of 247
    expected = [("rows", 0), ("rows", 0), ("picture", 400), ("rows", 0)]
    assert order(rows(200), picture(300, 400), rows(150), rows(300)) == expected


def test_a_picture_keeps_its_place_when_no_table_would_fill_the_page() -> None:
    text = {"kind": "paragraph", "text": "As follows."}
    assert order(rows(200), picture(300, 400), text, rows(150))[1] == ("picture", 400)


def test_the_first_picture_of_a_chapter_stands_under_its_title() -> None:
    (first, at_first), (second, at_second) = arranged([[rows(150)], [picture(300, 500)]])
    assert at_first == pytest.approx(32 + 34 + 150, abs=0.5)
    assert at_second > 400, "the second chapter begins on a new page, for its picture needs one"
    assert second[0]["height"] < PAGE_PT - 32
    assert first[0]["kind"] == "rows"


def test_wide_pictures_share_pages_as_large_as_can_be() -> None:
    # of three only two can share: 300 + 200 and their spaces of 12 need least
    high = [one["height"] for one in arranged([[rows(1), *(picture(700, h, True) for h in (280, 300, 200))]])[0][0][1:]]
    assert high[0] == 280
    assert high[1] / 300 == pytest.approx(high[2] / 200, abs=0.01)
    assert high[1] + high[2] + 24 <= PAGE_PT


def test_two_small_pictures_stand_beside_one_another() -> None:
    caption = {"kind": "paragraph", "text": ""}
    found = list(paired([picture(400, 200), picture(360, 100), picture(400, 50), caption, picture(700, 90)]))
    assert [one["kind"] for one in found] == ["pair", "picture", "paragraph", "picture"]
    left, right = found[0]["items"]
    assert left["width"] == pytest.approx(372)
    assert left["height"] == pytest.approx(186)
    assert right["width"] == 360
    assert height_pt(found[0]) == height_pt(left)
    assert resized(found[0], 0.5)["items"][1]["height"] == 50


def test_a_picture_is_no_larger_than_the_page() -> None:
    svg = '<svg width="{}px" height="{}px"></svg>'
    assert size_pt(Picture(svg.format(400, 200), "")) == (300, 150)
    assert size_pt(Picture(svg.format(400, 200), "", wide=True)) == (762, 381)
    width, height = size_pt(Picture(svg.format(800, 4_000), ""))
    assert height == 468
    assert width == pytest.approx(468 / 5, abs=0.01)


MODEL = """\
teams:
  # who answers
  kcc:
    people: 8
    fte: 6
    cost: 45

    hours: [mon]
  back:
    people: 2
""".splitlines()


def shown(named: list[int], lines: list[str], of: int | None = None) -> list[tuple[int, bool, bool]]:
    """The number of every line shown, whether lines are left out before it, and whether a link leads to it."""
    file = SourceFile("model/a.yaml", tuple(enumerate(lines, 1)), of or len(lines))
    (found,) = annex(Sources((file,)), {f"model/a.yaml:{number}" for number in named})
    return [(one["n"], one["gap"], bool(one["id"])) for one in found["lines"]]


def test_a_short_file_is_shown_whole() -> None:
    assert shown([4], MODEL) == [(number, False, number == 4) for number in range(1, 11)]


def test_of_a_long_file_a_field_is_shown_with_its_fellows_and_the_keys_above_it() -> None:
    found = shown([5], MODEL + ["# more"] * WHOLE_FILE)
    assert BESIDE == 2
    assert found == [(1, False, False), (3, True, False), (4, False, False), (5, False, True), (6, False, False)]


def test_of_a_long_file_a_record_is_shown_with_its_fields() -> None:
    found = shown([3], MODEL + ["# more"] * WHOLE_FILE)
    assert found == [(1, False, False), (3, True, True), *((number, False, False) for number in range(4, 9))]


def test_a_long_record_is_broken_off() -> None:
    record = ["record:", *(f"  field_{at}: 1" for at in range(60))]
    assert [number for number, *_ in shown([1], record)] == list(range(1, 2 + WITHIN))


def test_files_that_nothing_names_stay_out_and_left_out_ends_are_marked() -> None:
    files = (SourceFile("model/a.yaml", tuple(enumerate(MODEL, 1)), 10), SourceFile("model/b.yaml", ((7, "x: 1"),), 90))
    (found,) = annex(Sources(files), {"model/b.yaml:7"})
    assert found["name"] == "model/b.yaml"
    assert found["rest"]
    assert found["lines"][0]["gap"]
    assert found["lines"][0]["id"] == "source-2-7"


def test_texts_are_cut_and_long_words_can_break() -> None:
    links = Links(Leads.to({"model/a.yaml:1": "source-1-1"}))
    for text in ("x" * 5_000, "model/a.yaml:1 " * 500):
        said = links.said(text)
        plain = said if isinstance(said, str) else "".join(one["t"] + one.get("tail", "") for one in said)
        assert len(plain.replace("\u200b", "")) == LONGEST
        assert plain.endswith("…")
    assert max(map(len, cut("x" * 5_000).split("\u200b"))) <= 20
    assert cut("\u202eabc") == "abc"
