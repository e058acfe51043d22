"""How does a chart come into a slide so that it can be edited there, its texts staying texts?"""

from __future__ import annotations

from io import BytesIO
from typing import Any

import xlsxwriter
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.util import Pt

from workbench.language.language import Language
from workbench.office.number_formats import number_format
from workbench.office.slides.message import Chart
from workbench.office.text import shortened
from workbench.pictures.plot import GRID, INK, MUTED, PALETTE

FONT, SMALLEST_PT = "Arial", 12
_MOST_NAME = 60
_FEW, _CLOSE, _APART = 5, 45, 110
_MONTHS_APART = 6
_KINDS = {
    "bars": XL_CHART_TYPE.BAR_CLUSTERED, "stacked": XL_CHART_TYPE.BAR_STACKED,
    "columns": XL_CHART_TYPE.COLUMN_CLUSTERED, "lines": XL_CHART_TYPE.LINE, "radar": XL_CHART_TYPE.RADAR_MARKERS,
}  # fmt: skip


def add_chart(slide: Any, drawn: Chart, box: tuple[int, int, int, int], language: Language) -> Any:
    """A native chart in a box (left, top, width, height); returns its frame."""
    names = _apart(drawn.categories)
    number = number_format(drawn.unit, language, drawn.decimals)
    data = CategoryChartData(number_format=number)
    data.categories = names
    for one in drawn.series:
        data.add_series(shortened(one.name, _MOST_NAME), one.values)
    frame = slide.shapes.add_chart(_KINDS[drawn.kind], *box, data)
    chart = frame.chart
    chart.part.chart_workbook.update_from_xlsx_blob(_cells(drawn, names, number))
    chart.font.name, chart.font.size = FONT, Pt(SMALLEST_PT)
    chart.font.color.rgb = _rgb(INK)
    chart.has_title = False
    chart.has_legend = len(drawn.series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
        chart.legend.font.size = Pt(SMALLEST_PT)
    _axes(chart, drawn, number)
    _series(chart, drawn, number)
    return frame


def _apart(categories: tuple[str, ...]) -> list[str]:
    """Names short enough for an axis."""
    return [shortened(name, _MOST_NAME) or "–" for name in categories]


def _cells(drawn: Chart, names: list[str], number: str) -> bytes:
    """The numbers behind the chart as a workbook in which a name that looks like a formula is a text."""
    made = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(made, options) as book:
        sheet = book.add_worksheet("Sheet1")
        style = book.add_format({"num_format": number})
        sheet.set_column(0, 0, 40)
        for row, name in enumerate(names, 1):
            sheet.write_string(row, 0, name)
        for column, one in enumerate(drawn.series, 1):
            sheet.write_string(0, column, shortened(one.name, _MOST_NAME))
            for row, value in enumerate(one.values, 1):
                if value is not None:
                    sheet.write_number(row, column, value, style)
    return made.getvalue()


def _axes(chart: Any, drawn: Chart, number: str) -> None:
    names, values = chart.category_axis, chart.value_axis
    names.tick_labels.font.size = values.tick_labels.font.size = Pt(SMALLEST_PT)
    names.format.line.color.rgb = _rgb(GRID)
    names.major_tick_mark = values.major_tick_mark = XL_TICK_MARK.NONE
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    values.has_major_gridlines = drawn.kind in ("lines", "radar")
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = number, False
    if values.has_major_gridlines:
        values.major_gridlines.format.line.color.rgb = _rgb(GRID)
    if drawn.kind in ("bars", "stacked"):
        names.reverse_order = True
        values.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
    if drawn.kind == "lines":
        _skip(names)
    if drawn.kind == "radar":
        values.minimum_scale, values.maximum_scale, values.major_unit = 0, 5, 1
    if drawn.labelled and drawn.kind != "radar":
        values.visible = False
    elif drawn.kind != "radar":
        values.format.line.fill.background()
        titled = names if drawn.kind == "lines" else values
        titled.has_title = True
        titled.axis_title.text_frame.text = shortened(drawn.axis, _MOST_NAME)
        _small(titled.axis_title.text_frame)


def _skip(names: Any) -> None:
    """Name every sixth month only, upright."""
    axis = names._element
    for tag in ("tickLblSkip", "tickMarkSkip"):
        element = axis.makeelement(qn(f"c:{tag}"), {"val": str(_MONTHS_APART)})
        axis.find(qn("c:noMultiLvlLbl")).addprevious(element)


def _small(frame: Any) -> None:
    for run in (run for paragraph in frame.paragraphs for run in paragraph.runs):
        run.font.size, run.font.bold = Pt(SMALLEST_PT), False
        run.font.color.rgb = _rgb(MUTED)


def _series(chart: Any, drawn: Chart, number: str) -> None:
    plot = chart.plots[0]
    if drawn.kind in ("bars", "stacked", "columns"):
        plot.gap_width = _APART if len(drawn.categories) < _FEW else _CLOSE
        plot.overlap = 100 if drawn.kind == "stacked" else 0
        plot.vary_by_categories = False
    for made, one in zip(plot.series, drawn.series, strict=True):
        if drawn.kind in ("lines", "radar"):
            made.smooth = False
            made.format.line.color.rgb, made.format.line.width = _rgb(one.colour), Pt(1.5 if one.dashed else 2.75)
            if one.dashed:
                made.format.line.dash_style = MSO_LINE.DASH
            _marker(made, one.colour, shown=drawn.kind == "radar")
        else:
            made.format.fill.solid()
            made.format.fill.fore_color.rgb = _rgb(one.colour)
            made.invert_if_negative = False
            for at in one.muted:
                fill = made.points[at].format.fill
                fill.solid()
                fill.fore_color.rgb = _rgb(PALETTE["light"])
    if drawn.labelled:
        plot.has_data_labels = True
        labels = plot.data_labels
        labels.number_format, labels.number_format_is_linked = number, False
        labels.font.size, labels.font.name = Pt(SMALLEST_PT), FONT
        labels.show_value = True
        if drawn.kind in ("bars", "columns"):
            labels.position = XL_LABEL_POSITION.OUTSIDE_END


def _marker(made: Any, colour: str, *, shown: bool) -> None:
    made.marker.style = XL_MARKER_STYLE.CIRCLE if shown else XL_MARKER_STYLE.NONE
    if shown:
        made.marker.size = 9
        made.marker.format.fill.solid()
        made.marker.format.fill.fore_color.rgb = _rgb(colour)


def _rgb(colour: str) -> Any:
    return RGBColor.from_string(colour.lstrip("#").upper())
