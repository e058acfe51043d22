"""What does the contact log look like: how times are spread, when contacts come, and how many each week?"""

from __future__ import annotations

from datetime import date

from workbench.language.language import Language
from workbench.log.arrivals import Arrivals
from workbench.log.histogram import Histogram
from workbench.pictures.bars import Column, columns
from workbench.pictures.fields import Field, week
from workbench.pictures.plot import ACCENT, INK, PALETTE, between
from workbench.tables import Table, table

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FAINT = "#eef5f8"
_SIZE = (58.0, 18.0)


def spread_chart(found: Histogram, heading: str, language: Language) -> str:
    """Bars of a histogram, each over its own times; the last, for all that is longer, is paler."""
    drawn = []
    for bar in found.bars:
        if bar.n is not None:
            low, is_last = language.show(bar.low_s, "s"), bar.high_s is None
            to = language.show(bar.high_s, "s") if bar.high_s is not None else language.text("chart.spread_longer")
            drawn.append(Column(f"{low} – {to}", bar.n, f"≥ {low}" if is_last else low,
                                PALETTE["light"] if is_last else ACCENT))  # fmt: skip
    return columns(drawn, 600, heading, language.text("chart.spread_contacts"), language)


def rhythm_chart(found: Arrivals, language: Language) -> str:
    """Mean contacts of every hour of the week: weekdays across, hours down, darker the more."""
    sums = _by_hour(found)
    days = [language.word(f"day_{name}") for name in DAYS]
    most = max(sums.values(), default=1.0) or 1.0
    fields = [
        Field(
            days[weekday - 1], f"{hour:02}:00", f"{days[weekday - 1]} {hour:02}:00",
            language.number(value, 1 if value < 9.95 else 0), between(_FAINT, ACCENT, value / most),
            "#ffffff" if value > 0.55 * most else INK,
        )
        for (weekday, hour), value in sorted(sums.items())
    ]  # fmt: skip
    return week(fields, days, _SIZE, f"{language.text('chart.rhythm')} ({language.text('chart.rhythm_contacts')})")


def _by_hour(found: Arrivals) -> dict[tuple[int, int], float]:
    """Mean contacts by weekday (1 = Monday) and hour."""
    sums: dict[tuple[int, int], float] = {}
    for cell in found.cells:
        weekday, half_hour = (int(str(part)) for part in cell.group[-2:])
        key = weekday, half_hour // 2
        sums[key] = sums.get(key, 0.0) + (cell.value or 0.0)
    return sums


def hours_table(found: Arrivals) -> Table:
    """The same as a table: mean contacts of every hour of the week."""
    rows = [(f"day_{DAYS[day - 1]}", f"{hour:02}:00", value) for (day, hour), value in sorted(_by_hour(found).items())]
    return table("hour_contacts", ["week_day", "hour_from", "contacts_per_hour"], rows)


def weeks_chart(weeks: list[tuple[date, int]], heading: str, language: Language) -> str:
    """Contacts of each week as bars over time."""
    drawn = [Column(language.show(first, "date"), n, language.show(first, "date")) for first, n in weeks]
    width = min(720.0, max(260.0, 60 + 82.0 * len(weeks)))
    return columns(drawn, width, heading, language.text("chart.spread_contacts"), language)
