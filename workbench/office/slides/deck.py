"""How does a message become a slide: title, chart or picture, facts beside it, foot and notes, nothing overflowing?"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from journeys.drawing import convert
from journeys.pictures.lettering import wrapped
from workbench.language.language import DASH, NOTHING, Language
from workbench.office.slides.chart import FONT, SMALLEST_PT, add_chart
from workbench.office.slides.message import Answered, Chart, Drawing, Message
from workbench.office.text import office_text, shortened
from workbench.pictures.plot import ACCENT, GRID, INK, MUTED

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
_POINT_PT, _SENTENCE_PT = 16, 14
_LINE = 1.2
"""Distance between lines, in sizes of the letter."""
_NEARLY = 0.05
"""A line that lacks so little of its height stands all the same."""
_LONGEST = 900
_FIGURE_WIDE, _SENTENCE_WIDE, _REST_WIDE = 2.0, 6.35, 3.55
_ANSWERS_TOP, _ANSWERS_HIGH = 1.78, 5.1


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
        self._text(slide, kicker, (1.0, 2.05, 11.3, 0.4), 16, ACCENT, bold=True)
        high = self._title(slide, title, (1.0, 2.5, 11.3, 1.7), (44, 40, 36, 32))
        self._text(slide, subtitle, (1.0, 2.5 + high + 0.2, 11.3, 1.0), 18, MUTED)

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
            self._answers(slide, message.body)
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

    def _title(self, slide: Any, text: str, box: tuple[float, ...], sizes: Sequence[int]) -> float:
        """The title in the largest size in which it fits, cut where it fits in none; returns its height [inch]."""
        holder = slide.shapes.title
        holder.left, holder.top, holder.width, holder.height = _inches(box)
        size, fitting, count = self._fitting(text, box, sizes, bold=True)
        frame = self._frame(holder)
        frame.vertical_anchor = MSO_ANCHOR.TOP
        self._run(frame.paragraphs[0], fitting, size, INK, bold=True)
        return count * size * _LINE / 72

    def _fitting(
        self, text: str, box: tuple[float, ...], sizes: Sequence[int], *, bold: bool = False
    ) -> tuple[int, str, int]:
        """The largest size in which a text fits a box, the text as far as it fits, and its lines."""
        whole, room_px = shortened(text, _LONGEST), _room_px(box[2])
        for size in sizes:
            most = max(1, int(box[3] * 72 / (size * _LINE) + _NEARLY))
            lines = wrapped(whole, room_px, size / _POINTS, self.language.code, bold, most + 1)
            if len(lines) <= most:
                return size, whole, len(lines)
        lines = wrapped(whole, room_px, sizes[-1] / _POINTS, self.language.code, bold, most)
        return sizes[-1], " ".join(lines), most

    def _text(
        self, slide: Any, text: str, box: tuple[float, float, float, float], size: int, colour: str, *,
        bold: bool = False, right: bool = False,
    ) -> None:  # fmt: skip
        """A text in a box; a small one gets smaller first, and is cut where it would not fit."""
        if not text:
            return
        frame = self._frame(slide.shapes.add_textbox(*_inches(box)))
        sizes = range(size, min(size, SMALLEST_PT) - 1, -1) if size < _POINT_PT else (size,)
        size, fitting, _ = self._fitting(text, box, sizes, bold=bold)
        paragraph = frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
        self._run(paragraph, fitting, size, colour, bold=bold)

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
        room = box[3] / len(points) - 0.2
        for index, point in enumerate(points):
            paragraph = frame.paragraphs[0] if not index else frame.add_paragraph()
            paragraph.space_after = Pt(12)
            size, fitting, _ = self._fitting(point, (0, 0, box[2], room), (_POINT_PT,))
            self._run(paragraph, fitting, size, INK)

    def _picture(self, slide: Any, drawing: Drawing, box: tuple[float, float, float, float]) -> None:
        """A picture as large as fits, in the middle of the box."""
        made = slide.shapes.add_picture(BytesIO(convert(drawing.svg, "png")), 0, 0)
        left, top, wide, high = _inches(box)
        factor = min(wide / made.width, high / made.height)
        made.width, made.height = Emu(int(made.width * factor)), Emu(int(made.height * factor))
        made.left, made.top = Emu(left + (wide - made.width) // 2), Emu(top + (high - made.height) // 2)
        self._describe(made, drawing.alternative)

    def _answers(self, slide: Any, answered: Answered) -> None:
        """A row for every question: the figure, the sentence, and what the figure rests on; long ones higher."""
        rests = [
            " · ".join(part for part in (one.figure.label, one.figure.range, one.figure.grade) if part)
            for one in answered.items
        ]
        lines = [
            0.5 + max(self._lines(one.sentence, _SENTENCE_WIDE), self._lines(rest, _REST_WIDE))
            for one, rest in zip(answered.items, rests, strict=True)
        ]
        top = _ANSWERS_TOP
        for one, rest, count in zip(answered.items, rests, lines, strict=True):
            high = _ANSWERS_HIGH * count / sum(lines)
            line = slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *_inches((_LEFT, top, _LEFT + _WIDE, top)))
            line.line.color.rgb, line.line.width = _rgb(GRID), Pt(1)
            for style in line._element.xpath("./p:style"):
                line._element.remove(style)  # the theme would cast a shadow
            self._describe(line, "")
            value = DASH if one.figure.value == NOTHING else one.figure.value
            self._text(slide, value, (_LEFT, top + 0.1, _FIGURE_WIDE, 0.42), 20, ACCENT, bold=True)
            left = _LEFT + _FIGURE_WIDE + 0.1
            self._text(slide, one.sentence, (left, top + 0.1, _SENTENCE_WIDE, high - 0.1), _SENTENCE_PT, INK)
            self._text(slide, rest, (_LEFT + _WIDE - _REST_WIDE, top + 0.1, _REST_WIDE, high - 0.1), SMALLEST_PT, MUTED)
            top += high

    def _lines(self, text: str, wide: float) -> int:
        """So many lines a text takes in the smallest letter."""
        return len(wrapped(shortened(text, _LONGEST), _room_px(wide), SMALLEST_PT / _POINTS, self.language.code))

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


def _room_px(wide: float) -> float:
    """The room for letters in a box [px of the pictures]; a little stays free, since programs measure otherwise."""
    return (wide - 0.1) * _PX_PER_INCH


def _inches(box: Sequence[float]) -> tuple[int, int, int, int]:
    left, top, wide, high = (Inches(side) for side in box)
    return left, top, wide, high


def _rgb(colour: str) -> Any:
    return RGBColor.from_string(colour.lstrip("#").upper())
