"""Does every slide carry one message that fits, with a chart to edit, words for who cannot see it, and sources?"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import ImageFont
from pptx import Presentation
from pptx.util import Pt
from python_calamine import CalamineWorkbook

from tests.hostile import BASE, HOSTILE, hostile_project
from workbench.language.language import Language
from workbench.office.slides.deck import HEIGHT_IN, WIDTH_IN, Deck
from workbench.office.slides.message import Chart, Message, Series
from workbench.office.slides.presentation import MOST, presentation
from workbench.project import open_project
from workbench.report.answers import Answers
from workbench.report.blocks import Report
from workbench.report.first_page import first_page

FONTS = Path(__file__).parents[3] / "workbench" / "report" / "fonts"
PLACE = re.compile(r"model/model\.yaml:\d+")


def slides_of(root: Path, lang: str) -> bytes:
    answers = Answers(open_project(root, lang).require_sound(), Language(lang))  # type: ignore[arg-type]
    return presentation(answers, Report("Test", "sub", (first_page(answers),)))


@pytest.fixture(scope="module", params=["nl", "en"])
def made(request: Any, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, bytes]:
    root = tmp_path_factory.mktemp("slides")
    (root / "model").mkdir()
    (root / "workbench.yaml").write_text("name: Test\n")
    (root / "model" / "model.yaml").write_text(BASE)
    return request.param, slides_of(root, request.param)


def charts(file: bytes) -> Iterator[tuple[Any, Any]]:
    for slide in Presentation(BytesIO(file)).slides:
        yield from ((slide, shape.chart) for shape in slide.shapes if shape.has_chart)


def test_nine_to_twelve_slides_each_with_a_sentence_for_a_title(made: tuple[str, bytes]) -> None:
    slides = list(Presentation(BytesIO(made[1])).slides)
    assert 9 <= len(slides) <= MOST
    titles = [slide.shapes.title.text_frame.text for slide in slides[1:]]
    assert len(set(titles)) == len(titles)
    assert all(len(title.split()) >= 5 and "{" not in title for title in titles)
    words = {"nl": ("per jaar", "contacten"), "en": ("a year", "contacts")}
    for lang, (one, other) in words.items():
        assert any(one in title and other in title for title in titles) is (lang == made[0])


def test_charts_can_be_edited_and_hold_what_they_show(made: tuple[str, bytes]) -> None:
    tag = {"nl": "[$-413]", "en": "[$-809]"}[made[0]]
    found = list(charts(made[1]))
    assert len(found) >= 7
    for _, chart in found:
        blob = chart.part.chart_workbook.xlsx_part.blob
        rows = CalamineWorkbook.from_filelike(BytesIO(blob)).get_sheet_by_index(0).to_python()
        plot = chart.plots[0]
        assert [row[0] for row in rows[1:]] == list(plot.categories)
        for at, series in enumerate(plot.series, 1):
            assert [row[at] for row in rows[1:]] == [pytest.approx(v) if v is not None else "" for v in series.values]
            assert any(series.values), "an empty chart"
        assert tag in str(chart._chartSpace.xml)


def test_who_cannot_see_it_gets_words_and_who_doubts_it_places(made: tuple[str, bytes]) -> None:
    slides = list(Presentation(BytesIO(made[1])).slides)
    for slide in slides[1:]:
        shown = [shape for shape in slide.shapes if shape.has_chart or shape.shape_type == 13]
        for shape in shown:
            words = shape.element.xpath(".//p:cNvPr/@descr")
            assert words
            assert len(words[0]) > 30
        assert PLACE.search(slide.notes_slide.notes_text_frame.text), slide.shapes.title.text_frame.text


def test_no_letter_is_smaller_than_twelve_points_and_no_box_leaves_the_slide(made: tuple[str, bytes]) -> None:
    for slide in Presentation(BytesIO(made[1])).slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= WIDTH_IN * 914_400 + 1
            assert shape.top + shape.height <= HEIGHT_IN * 914_400 + 1
            sizes = [int(size) for size in shape.element.xpath(".//@sz")]
            if shape.has_chart:
                sizes = [int(size) for size in shape.chart._chartSpace.xpath(".//@sz")]
            assert all(size >= 1_200 for size in sizes)


def overflowing(file: bytes) -> list[str]:
    """Texts that are higher than their box, by the widths of the font itself."""
    found = []
    for slide in Presentation(BytesIO(file)).slides:
        for shape in slide.shapes:
            if not shape.has_text_frame:
                continue
            high = 0.0
            for paragraph in shape.text_frame.paragraphs:
                for run in paragraph.runs:
                    name = "LiberationSans-Bold.ttf" if run.font.bold else "LiberationSans-Regular.ttf"
                    font = ImageFont.truetype(str(FONTS / name), 100)
                    room = shape.width / Pt(1) / run.font.size.pt * 100
                    lines, used = 1, 0.0
                    for word in run.text.split():
                        wide = font.getlength(word)
                        if used and used + font.getlength(" ") + wide > room:
                            lines, used = lines + 1, 0.0
                        lines += int(wide // room)
                        used += wide + font.getlength(" ")
                    high += lines * run.font.size.pt * 1.2
            if high > shape.height / Pt(1) + 6:
                found.append(
                    f"{shape.name}: {high:.0f} of {shape.height / Pt(1):.0f} points: {shape.text_frame.text[:60]}"
                )
    return found


def test_nothing_overflows(made: tuple[str, bytes]) -> None:
    assert not overflowing(made[1])


def test_long_names_are_cut_to_fit() -> None:
    long = "Onderhoudsovereenkomst " * 250
    deck = Deck(Language("nl"))
    deck.cover(long, "x" * 5_000, long)
    chart = Chart("bars", (long, "y" * 5_000, "=1+1"), (Series(long, (1.0, 2.0, 3.0), "#0b6e8f"),), "count", long)
    deck.add(Message(long, "z" * 5_000, chart, (long, "x" * 5_000, long), long, (long,)), 2)
    file = deck.saved()
    assert not overflowing(file)
    ((_, made),) = charts(file)
    assert all(len(name) <= 60 for name in made.plots[0].categories)


def test_hostile_names_are_inert(tmp_path: Path) -> None:
    file = slides_of(hostile_project(tmp_path, [text for text in HOSTILE if len(text) < 1_000]), "nl")
    assert len(list(Presentation(BytesIO(file)).slides)) >= 9
    pack = zipfile.ZipFile(BytesIO(file))
    for part in pack.namelist():
        if part.endswith(".xlsx"):
            inner = zipfile.ZipFile(BytesIO(pack.read(part)))
            assert b"<f>" not in inner.read("xl/worksheets/sheet1.xml")
            assert not [name for name in inner.namelist() if "_rels/sheet" in name]
        if part.endswith(".rels"):
            assert b"x.test" not in pack.read(part)
            assert b"javascript" not in pack.read(part)


def test_what_is_not_known_has_no_slide(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "workbench.yaml").write_text("name: Test\n")
    for model, slides in (
        ("touchpoints: {line: {channel: phone}}\n", 1),
        ("touchpoints: {line: {channel: phone}}\nreasons: {how: {}}\n"
         "volumes: [{touchpoint: line, reason: how, contacts: 100/month, handling_time: 5m}]\n", 4),
    ):  # fmt: skip
        (tmp_path / "model" / "model.yaml").write_text(model)
        file = slides_of(tmp_path, "en")
        assert len(list(Presentation(BytesIO(file)).slides)) == slides
        assert all(any(series.values) for _, chart in charts(file) for series in chart.plots[0].series)
