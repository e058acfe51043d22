"""Where does every number of the model come from, with its ends, grade and place?"""

from __future__ import annotations

from touchpoints.estimate import Estimate
from touchpoints.inventory import Inventory
from touchpoints.quantities import AnswerTime, Duration, Money, Rate, Scale, Share, Span
from workbench.analysis.naming import name_of, origin_of
from workbench.language.language import Language
from workbench.language.quantity import written
from workbench.office.excel.book import HEAD_ROW, Sheet, width_of
from workbench.office.excel.case_inputs import estimate_format
from workbench.office.number_formats import number_format

_COLUMNS = ("assumption", "value", "middle", "low_end", "high_end", "unit", "grade", "source", "as_of", "place")
_NUMBERS = range(2, 5)
_SAMPLE = 400


def write_assumptions(sheet: Sheet, inventory: Inventory, chapter: str, language: Language) -> int:
    """Every number in words and as a number, in its unit; returns how many there are."""
    heads = [language.column(key)[0] for key in _COLUMNS]
    known = list(inventory.assumptions())
    names = [name_of(inventory, one.name, language) for one in known]
    widths = [width_of(heads[0], names[:_SAMPLE], 64), 20.0, 12.0, 12.0, 12.0, 16.0, 14.0, 30.0, 14.0, 36.0]
    sheet.top(language.text("table.assumptions"), chapter)
    sheet.widths(widths)
    sheet.heads(HEAD_ROW, heads, (at in _NUMBERS for at in range(len(heads))), widths)
    for row, (one, name) in enumerate(zip(known, names, strict=True), HEAD_ROW + 1):
        estimate, shown = one.estimate, written(one.estimate, language)
        source = origin_of(one.evidence, one.place, language)
        number = estimate_format(estimate, language)
        sheet.write(row, 0, name)
        sheet.write(row, 1, shown)
        sheet.write(row, 2, estimate.point, "stated", number)
        for column, end in ((3, estimate.low), (4, estimate.high)):
            sheet.write(row, column, end if estimate.is_range else None, "stated", number)
        sheet.write(row, 5, unit_of(estimate, language))
        sheet.write(row, 6, language.word(one.grade))
        sheet.write(row, 7, source)
        sheet.write(row, 8, one.evidence.date, "date", number_format("date", language))
        sheet.write(row, 9, str(one.place), "place")
        sheet.height(row, [name, shown, source or ""], [widths[0], widths[1], widths[7]])
    if known:
        sheet.made.autofilter(HEAD_ROW, 0, HEAD_ROW + len(known), len(heads) - 1)
    sheet.notes(HEAD_ROW + 2 + len(known), [language.text("office.assumptions_note")], widths)
    sheet.made.freeze_panes(HEAD_ROW + 1, 1)
    sheet.on_paper(HEAD_ROW)
    return len(known)


def unit_of(estimate: Estimate, language: Language) -> str:
    """The unit of a number of the model, in words."""
    if isinstance(estimate, Money):
        per = f" {language.text('office.per', what=language.word(f'per_{estimate.per}'))}" if estimate.per else ""
        return f"{estimate.currency}{per}"
    if isinstance(estimate, AnswerTime) and estimate.office:
        return language.text("office.unit.office_s")
    kinds = {Duration: "s", AnswerTime: "s", Span: "month", Rate: "per_month", Share: "share", Scale: "of_five"}
    for kind, key in kinds.items():
        if isinstance(estimate, kind):
            return language.text(f"office.unit.{key}")
    return ""
