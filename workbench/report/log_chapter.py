"""What does the chapter about the contact log say: does it agree with the model, and what happened?"""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from journeys.drawing import DrawingError
from workbench.log.arrivals import arrivals
from workbench.log.distributions import distribution
from workbench.log.engine import Log
from workbench.log.histogram import histogram
from workbench.log.measures import volume
from workbench.log.selection import EVERYTHING, Selection
from workbench.pictures.actual import actual_picture, drawable
from workbench.pictures.log_charts import hours_table, rhythm_chart, spread_chart, weeks_chart
from workbench.report.answers import Answers
from workbench.report.blocks import Block, Chapter, Fold, Paragraph, Picture, Rows, Warnings
from workbench.tables import Table, table
from workbench.validation.conformance.conformance import Conformance, conformance
from workbench.validation.ledger import ORDER, Ledger

PAPER = "report"
MOST_SPREAD = 4
"""Of so many touchpoints the spread of a time is shown: those with most contacts."""
_LEAST_WEEKS = 3


def verdict_counts(answers: Answers, found: Ledger) -> str:
    """How many assumptions got which verdict."""
    counts = {verdict: found.count(verdict) for verdict in ORDER}
    return answers.text("validation.counts", total=len(found.entries), **counts)


def validation(answers: Answers) -> Chapter:
    """What the log confirms and contradicts, how customers really go, how times are spread, when contacts come."""
    found, title = answers.ledger, answers.text("chapter.log")
    if found is None or answers.log is None:
        return Chapter("log", title, (Paragraph(answers.text("nothing.log")),))
    blocks = [
        *_ledger(answers, answers.log, found),
        *_journeys(answers, answers.log),
        *_rhythm(answers, answers.log),
        *_spreads(answers, answers.log),
    ]
    return Chapter("log", title, tuple(blocks))


def _ledger(answers: Answers, log: Log, found: Ledger) -> list[Block]:
    show = answers.language.show
    zone = ZoneInfo(log.time_zone)
    first, last = (at.astimezone(zone).date() if at else None for at in (log.first_at, log.last_at))
    facts = answers.text(
        "validation.log", contacts=show(log.contacts, "count"), first=show(first, "date"), last=show(last, "date")
    )
    blocks: list[Block] = [Paragraph(facts)]
    if answers.is_simulated:
        blocks.append(Warnings((answers.text("validation.simulated"),)))
    blocks.append(Paragraph(verdict_counts(answers, found)))
    if found.count("contradicted"):
        worst = found.entries[0].claim
        modelled, observed = show(worst.modelled, worst.unit), show(worst.seen.value, worst.unit)
        blocks.append(Paragraph(answers.text("validation.largest", what=found.entries[0].label, modelled=modelled,
                                             observed=observed, place=worst.place)))  # fmt: skip
    blocks.append(Paragraph(answers.text("validation.how")))
    blocks.extend(Rows(one, most=20) for one in found.tables())
    return blocks


def _journeys(answers: Answers, log: Log) -> list[Block]:
    """Planned against actual: fit and deviations, and a picture of each journey."""
    if not answers.project.inventory.journeys or not (log.has("case_key") or log.has("customer_key")):
        return []
    result = conformance(answers.project, log, language=answers.language)
    blocks: list[Block] = [Paragraph(answers.text("actual.how"))]
    tables = {one.key: one for one in result.tables()}
    blocks += [Rows(tables[key]) for key in ("conformance", "deviations") if tables[key].rows]
    pictures = [one for name in drawable(result) for one in _actual(answers, result, name)]
    return [*blocks, *pictures] if pictures else [*blocks, Paragraph(answers.text("actual.none"))]


def _actual(answers: Answers, result: Conformance, journey: str) -> list[Block]:
    record = answers.project.inventory.journeys[journey]
    try:
        sheets = actual_picture(answers.project, result, journey, PAPER).sheets
    except DrawingError as error:
        return [Paragraph(str(error))]
    caption = answers.text("actual.caption", name=record.label(answers.language.code), place=record.place)
    behind = _moves(result, record.label(answers.language.code))
    *first, last = sheets
    blocks: list[Block] = [Picture(svg, "", wide=True, beside=behind.key) for svg in first]
    return [*blocks, Picture(last, caption, wide=True, behind=behind)]


def _moves(result: Conformance, journey: str) -> Table:
    """The moves of one journey, planned and seen."""
    found = next(one for one in result.tables() if one.key == "conformance_paths")
    at = found.columns.index("journey")
    rows = [[cell for index, cell in enumerate(row) if index != at] for row in found.rows if row[at] == journey]
    return table(found.key, [one for one in found.columns if one != "journey"], rows, found.notes)


def _rhythm(answers: Answers, log: Log) -> list[Block]:
    """When contacts come: over the weeks of the log, and over the hours of the week."""
    language, text = answers.language, answers.text
    blocks: list[Block] = []
    weeks = _whole_weeks(log)
    if len(weeks) >= _LEAST_WEEKS:
        svg = weeks_chart(weeks, text("chart.weeks"), language)
        counted = table("week_contacts", ["week_from", "n"], weeks)
        blocks.append(Picture(svg, text("chart.weeks_caption"), behind=counted))
    found = arrivals(log)
    if len(found.cells):
        assert log.first_day is not None
        assert log.last_day is not None
        days = language.show((log.last_day - log.first_day).days + 1, "count")
        svg = rhythm_chart(found, language)
        blocks.append(Picture(svg, text("chart.rhythm_caption", days=days), behind=hours_table(found)))
    return blocks


def _whole_weeks(log: Log) -> list[tuple[date, int]]:
    """The Monday and the contacts of every week that lies wholly inside the log."""
    if log.first_day is None or log.last_day is None:
        return []
    cells = ((date.fromisoformat(str(cell.group[0])), cell.n) for cell in volume(log, ["week"]).cells)
    return [(week, n) for week, n in cells if log.first_day <= week and week + timedelta(days=6) <= log.last_day]


def _spreads(answers: Answers, log: Log) -> list[Block]:
    """How handling time, wait and time until an answer are spread, at the touchpoints with most of them."""
    pictures = [
        picture
        for time in ("handling_time_s", "wait_s", "answer_time_s")
        for picture in _spread(answers, log, time)
    ]  # fmt: skip
    shown, more = pictures[:MOST_SPREAD], pictures[MOST_SPREAD:]
    fold = [Fold(answers.text("report.rest_of", title=answers.text("chart.spreads")), tuple(more))] if more else []
    return [*shown, *fold]


def _spread(answers: Answers, log: Log, time: str) -> list[Picture]:
    language, known = answers.language, answers.project.inventory.touchpoints
    found = distribution(log, time, ["touchpoint"])
    largest = sorted(found.mean, key=lambda cell: -cell.n)[:MOST_SPREAD]
    pictures = []
    for cell in largest:
        (word,) = cell.group
        spread = histogram(log, time, Selection({"touchpoint": (word,)}) if word is not None else EVERYTHING)
        if word is None or len([bar for bar in spread.bars if bar.n]) < 2:
            continue
        name = known[word].label(language.code) if word in known else word
        median, p90 = (found.quantiles[q][found.mean.place[cell.group]].value for q in (0.5, 0.9))
        zero = spread.zero / spread.n if time == "wait_s" and spread.zero else 0.0
        more = answers.text("chart.spread_zero", share=language.show(zero, "share")) if zero else ""
        caption = answers.text(
            "chart.spread_caption", n=language.show(spread.n, "count"), median=language.show(median, "s"),
            p90=language.show(p90, "s"), mean=language.show(cell.value, "s"), more=more,
        )  # fmt: skip
        heading = answers.text(f"chart.spread_{time}", name=name)
        pictures.append(Picture(spread_chart(spread, heading, language), caption, behind=spread.tables()[0]))
    return pictures
