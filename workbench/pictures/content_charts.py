"""Which charts show the content: how far it covers what is asked, and when what has to be reviewed?"""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

from journeys.pictures.lettering import fitted, width_px
from journeys.pictures.svg import letters, line, rect, tag
from workbench.analysis.content.asked import STATES
from workbench.analysis.content.calendar import Slot
from workbench.analysis.content.content import ContentCheck
from workbench.language.language import Language
from workbench.pictures.plot import ACCENT, GRID, INK, MUTED, PALETTE, SIZE, framed, key

_COLOURS = dict(
    zip(STATES, (ACCENT, "#7fb8cc", "#f2d16b", "#e69f00", "#d55e00", "#a5668b", PALETTE["stays"]), strict=True)
)
_DARK = ("answer_valid", "answer_tacit", "answer_missing", "answer_unfit")
"""States whose colour needs white figures."""
_LABELLED = 0.06
"""A part of a bar narrower than this share carries no number."""
_BAR = 560.0
_OWNERS, _MONTH, _ROW = 190.0, 46.0, 34.0


def coverage_bars(found: ContentCheck) -> str:
    """Two bars of 100%: contacts and staff hours, by the state of the answer where the question is asked."""
    language, coverage = found.language, found.coverage
    names = {bar: language.text(f"chart.coverage_{bar}") for bar in ("contacts", "hours")}
    shares = {"contacts": coverage.share_of_contacts, "hours": coverage.share_of_hours}
    left = max(width_px(name, 12) for name in names.values()) + 12
    shapes: list[str] = []
    said: list[str] = []
    there: dict[str, None] = {}
    for row, (bar, share_of) in enumerate(shares.items()):
        x, y = left, 42.0 * row
        shapes.append(letters([names[bar]], left - 9, y + 10, 12, "end", colour=INK))
        for state in STATES:
            share = share_of(state) or 0.0
            if share <= 0:
                continue
            there[state] = None
            shown, wide = language.show(share, "share"), _BAR * share
            shapes.append(rect(x, y, wide, 34, fill=_COLOURS[state], stroke="#ffffff", stroke_width=1.5))
            if share >= _LABELLED:
                ink = "#ffffff" if state in _DARK else INK
                shapes.append(letters([shown], x + wide / 2, y + 10, 12, "middle", colour=ink))
            said.append(f"{names[bar]}, {language.word(state)} {shown}")
            x += wide
    legend, bottom = _key(list(there), left, 94.0, language)
    return framed([*shapes, *legend], left + _BAR + 6, bottom, language.text("chart.coverage"), said)


def _key(states: list[str], left: float, y: float, language: Language) -> tuple[list[str], float]:
    """The states with their colours, in as many lines as they need, and where they end [px]."""
    shapes: list[str] = []
    x = left
    for state in sorted(states, key=STATES.index):
        word = language.word(state)
        if x > left and x + 17 + width_px(word, SIZE) > left + _BAR:
            x, y = left, y + 20
        drawn, end = key([(word, _COLOURS[state])], x, y)
        shapes += drawn
        x = end + 20
    return shapes, y + 20


def calendar_chart(found: ContentCheck) -> str:
    """The number of reviews per owner and month: what is overdue, then twelve months."""
    language, today = found.language, found.today
    months = _months(today)
    columns: list[date | None] = [None, *months]
    titles = [language.text("content.overdue"), *(_month(month, language) for month in months)]
    owners: dict[str | None, str] = {key: team.label(language.code) for key, team in found.inventory.teams.items()}
    owners[None] = language.word("content_no_owner")
    drawn = [slot for slot in found.calendar if is_drawn(slot, today)]
    rows = sorted({slot.owner for slot in drawn}, key=lambda one: (one is None, owners[one]))
    width = _OWNERS + _MONTH * len(columns)
    shapes = [letters([title], _OWNERS + _MONTH * (at + 0.5), 2, 10.5, "middle", colour=MUTED)
              for at, title in enumerate(titles)]  # fmt: skip
    for at, owner in enumerate(rows):
        middle = 22 + _ROW * (at + 0.5)
        shapes += [line(_OWNERS, middle, width, middle, GRID, stroke_width=1),
                   letters([fitted(owners[owner], _OWNERS - 14, 12)], _OWNERS - 10, middle - 8, 12, "end")]  # fmt: skip
    said = []
    for slot in drawn:
        at, n = columns.index(slot.month), len(slot.reviews)
        x, y = _OWNERS + _MONTH * (at + 0.5), 22 + _ROW * (rows.index(slot.owner) + 0.5)
        colour = PALETTE["worse"] if slot.month is None else ACCENT
        shapes += [tag("circle", cx=x, cy=y, r=8 + min(n, 6), fill=colour),
                   letters([str(n)], x, y - 7, SIZE, "middle", bold=True, colour="#ffffff")]  # fmt: skip
        said.append(f"{owners[slot.owner]}, {titles[at]} {n}")
    return framed(shapes, width, 22 + _ROW * len(rows) + 4, language.text("chart.calendar"), said)


def is_drawn(slot: Slot, today: date) -> bool:
    """Whether the calendar reaches as far as the slot."""
    return slot.month is None or slot.month in _months(today)


def _months(today: date) -> list[date]:
    """The month of a day and the twelve after it."""
    at = [today.month - 1 + later for later in range(13)]
    return [date(today.year + month // 12, month % 12 + 1, 1) for month in at]


def _month(month: date, language: Language) -> str:
    """The month in short, with its year."""
    return str(format_date(month, "MMM yy", locale=language.locale)).replace(".", "")
