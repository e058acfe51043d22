"""How does a message become a slide: title, chart or picture, facts beside it, foot and notes, nothing overflowing?"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from journeys.drawing import convert
from journeys.pictures.lettering import wrapped
from workbench.language.language import Language
from workbench.office.slides.chart import FONT, SMALLEST_PT, add_chart
from workbench.office.slides.message import Chart, Drawing, Message, Tiles
from workbench.office.text import office_text, shortened
from workbench.report.blocks import Figure
from workbench.report.charts import ACCENT, INK, MUTED

WIDTH_IN, HEIGHT_IN = 13.333, 7.5
"""16:9."""
_LEFT, _WIDE = 0.6, 12.13
_TITLE_TOP, _TITLE_HIGH = 0.62, 1.1
_BODY_TOP, _BODY_HIGH = 1.95, 4.75
_SIDE = 3.7
_FOOT_TOP = 6.86
_PX_PER_INCH, _POINTS = 96, 0.75
_ALTERNATIVE = 1_000
_NOTES = 6_000
_TITLE_ONLY = 5
_TITLE_SIZES = (28, 26, 24, 22)


class Deck:
    """A presentation while it is made."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.file = Presentation()
        self._widen()

    def _widen(self) -> None:
        """Make the built-in 4:3 template 16:9: master and layouts are as wide as the slides."""
        before = self.file.slide_width
        self.file.slide_width, self.file.slide_height = Inches(WIDTH_IN), Inches(HEIGHT_IN)
        factor = self.file.slide_width / before
        for holder in (self.file.slide_master, *self.file.slide_layouts):
            for shape in holder.placeholders:
                if shape.element.xpath("./p:spPr/a:xfrm"):
                    shape.left, shape.width = Emu(int(shape.left * factor)), Emu(int(shape.width * factor))

    def cover(self, title: str, subtitle: str, kicker: str) -> None:
        """The first slide."""
        slide = self.file.slides.add_slide(self.file.slide_layouts[_TITLE_ONLY])
        bar = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, 0, Inches(0.28), Inches(HEIGHT_IN))
        bar.fill.solid()
        bar.fill.fore_color.rgb = _rgb(ACCENT)
        bar.line.fill.background()
        bar.name = "-"
        self._text(slide, kicker, (1.0, 2.0, 11.3, 0.45), 16, ACCENT, bold=True)
        self._title(slide, title, (1.0, 2.45, 11.3, 1.7), (44, 40, 36, 32))
        self._text(slide, subtitle, (1.0, 4.3, 11.3, 1.0), 18, MUTED)

    def add(self, message: Message, number: int) -> None:
        """A slide for a message."""
        slide = self.file.slides.add_slide(self.file.slide_layouts[_TITLE_ONLY])
        self._text(slide, message.step, (_LEFT, 0.3, _WIDE, 0.34), SMALLEST_PT, ACCENT, bold=True)
        self._title(slide, message.title, (_LEFT, _TITLE_TOP, _WIDE, _TITLE_HIGH), _TITLE_SIZES)
        wide = _WIDE - (_SIDE + 0.35 if message.points else 0.0)
        box = (_LEFT, _BODY_TOP, wide, _BODY_HIGH)
        if isinstance(message.body, Chart):
            frame = add_chart(slide, message.body, _inches(box), self.language)
            self._describe(frame, f"{message.title} {spoken(message.body, self.language)}")
        elif isinstance(message.body, Drawing):
            self._picture(slide, message.body, box)
        else:
            self._tiles(slide, message.body)
        if message.points:
            self._points(slide, message.points, (_LEFT + wide + 0.35, _BODY_TOP + 0.1, _SIDE, _BODY_HIGH - 0.1))
        self._text(slide, message.foot, (_LEFT, _FOOT_TOP, _WIDE - 0.8, 0.34), SMALLEST_PT, MUTED)
        self._text(slide, str(number), (_LEFT + _WIDE - 0.7, _FOOT_TOP, 0.7, 0.34), SMALLEST_PT, MUTED, right=True)
        notes = "\n".join(office_text(line, _NOTES) for line in message.notes)
        slide.notes_slide.notes_text_frame.text = notes
        for paragraph in slide.notes_slide.notes_text_frame.paragraphs:
            for run in paragraph.runs:
                run.font.language_id = self._spoken_in

    def saved(self) -> bytes:
        """The file."""
        made = BytesIO()
        self.file.save(made)
        return made.getvalue()

    @property
    def _spoken_in(self) -> Any:
        return MSO_LANGUAGE_ID.DUTCH if self.language.code == "nl" else MSO_LANGUAGE_ID.ENGLISH_UK

    def _title(self, slide: Any, text: str, box: tuple[float, ...], sizes: Sequence[int]) -> None:
        """The title in the largest size in which it fits; what fits in none is cut between words."""
        holder = slide.shapes.title
        holder.left, holder.top, holder.width, holder.height = _inches(box)
        size, lines = self._fitting(text, box, sizes, bold=True)
        frame = self._frame(holder)
        frame.vertical_anchor = MSO_ANCHOR.TOP if box[1] < 1 else MSO_ANCHOR.BOTTOM
        self._run(frame.paragraphs[0], " ".join(lines), size, INK, bold=True)

    def _fitting(
        self, text: str, box: tuple[float, ...], sizes: Sequence[int], *, bold: bool = False
    ) -> tuple[int, list[str]]:
        """The largest size in which a text fits a box, and the text as far as it fits."""
        lines: list[str] = []
        for size in sizes:
            most = max(1, int(box[3] * 72 / (size * 1.2)))
            room_px, size_px = (box[2] - 0.15) * _PX_PER_INCH, size / _POINTS
            lines = wrapped(shortened(text, 900), room_px, size_px, self.language.code, bold, most + 1)
            if len(lines) <= most:
                return size, [shortened(text, 900)]
        most = max(1, int(box[3] * 72 / (sizes[-1] * 1.2)))
        lines = wrapped(shortened(text, 900), room_px, size_px, self.language.code, bold, most)
        return sizes[-1], lines

    def _text(
        self, slide: Any, text: str, box: tuple[float, float, float, float], size: int, colour: str, *,
        bold: bool = False, right: bool = False,
    ) -> None:  # fmt: skip
        """A text in a box, cut where it would not fit."""
        if not text:
            return
        frame = self._frame(slide.shapes.add_textbox(*_inches(box)))
        size, lines = self._fitting(text, box, (size,), bold=bold)
        paragraph = frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
        self._run(paragraph, " ".join(lines), size, colour, bold=bold)

    def _frame(self, shape: Any) -> Any:
        frame = shape.text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        return frame

    def _run(self, paragraph: Any, text: str, size: int, colour: str, *, bold: bool = False) -> None:
        if paragraph.alignment is None:
            paragraph.alignment = PP_ALIGN.LEFT
        run = paragraph.add_run()
        run.text = office_text(text)
        run.font.name, run.font.size, run.font.bold = FONT, Pt(size), bold
        run.font.color.rgb = _rgb(colour)
        run.font.language_id = self._spoken_in

    def _points(self, slide: Any, points: Sequence[str], box: tuple[float, float, float, float]) -> None:
        """Short facts below one another, as many lines each as there is room for."""
        frame = self._frame(slide.shapes.add_textbox(*_inches(box)))
        each = max(2, int(box[3] * 72 / (16 * 1.25 * len(points))) - 1)
        for index, point in enumerate(points):
            paragraph = frame.paragraphs[0] if not index else frame.add_paragraph()
            paragraph.space_after = Pt(12)
            lines = wrapped(shortened(point, 600), (box[2] - 0.1) * _PX_PER_INCH, 16 / _POINTS, self.language.code,
                            most=min(each, 6))  # fmt: skip
            self._run(paragraph, shortened(point, 600) if len(lines) < min(each, 6) else " ".join(lines), 16, INK)

    def _picture(self, slide: Any, drawing: Drawing, box: tuple[float, float, float, float]) -> None:
        """A picture as large as fits, in the middle of the box."""
        made = slide.shapes.add_picture(BytesIO(convert(drawing.svg, "png")), 0, 0)
        left, top, wide, high = _inches(box)
        factor = min(wide / made.width, high / made.height)
        made.width, made.height = Emu(int(made.width * factor)), Emu(int(made.height * factor))
        made.left, made.top = Emu(left + (wide - made.width) // 2), Emu(top + (high - made.height) // 2)
        self._describe(made, drawing.alternative)

    def _tiles(self, slide: Any, tiles: Tiles) -> None:
        """Figures in up to three columns: value, what it is, what it rests on."""
        columns = 3 if len(tiles.figures) > 4 else 2
        rows = -(-len(tiles.figures) // columns)
        wide, high = _WIDE / columns, _BODY_HIGH / rows
        for index, figure in enumerate(tiles.figures):
            left, top = _LEFT + wide * (index % columns), _BODY_TOP + high * (index // columns)
            self._tile(slide, figure, (left, top, wide - 0.3, high - 0.2))

    def _tile(self, slide: Any, figure: Figure, box: tuple[float, float, float, float]) -> None:
        left, top, wide, high = box
        line = slide.shapes.add_connector(1, *_inches((left, top, left + wide, top)))
        line.line.color.rgb, line.line.width = _rgb(ACCENT), Pt(1.5)
        self._describe(line, "")
        self._text(slide, figure.value, (left, top + 0.12, wide, 0.62), 32, ACCENT, bold=True)
        self._text(slide, figure.label, (left, top + 0.78, wide, 0.62), 16, INK)
        rest = " · ".join(part for part in (figure.detail, figure.range, figure.grade) if part)
        self._text(slide, rest, (left, top + 1.42, wide, max(0.5, high - 1.45)), SMALLEST_PT, MUTED)

    def _describe(self, shape: Any, text: str) -> None:
        """The text alternative of a shape; an empty one marks what is only there to be seen."""
        for part in shape.element.xpath(".//p:cNvPr"):
            part.set("descr", office_text(text, _ALTERNATIVE))


def spoken(chart: Chart, language: Language) -> str:
    """What a chart says, in words."""
    parts = []
    for one in chart.series:
        values = (
            f"{shortened(name, 60)} {language.show(value, chart.unit)}"
            for name, value in zip(chart.categories, one.values, strict=True)
        )
        parts.append(f"{one.name}: {'; '.join(values)}.")
    return " ".join(parts)


def _inches(box: tuple[float, ...]) -> tuple[int, ...]:
    return tuple(Inches(side) for side in box)


def _rgb(colour: str) -> Any:
    return RGBColor.from_string(colour.lstrip("#").upper())
