"""Are 100,000 draws of a business case of 60 months and 20 measures ready in time, and how much faster than a loop?"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.ratio import Ratio
from workbench.analysis.case.flows import flows
from workbench.analysis.case.lines import lines_of
from workbench.analysis.case.timeline import Timeline, timeline
from workbench.analysis.uncertainty import Draws, Sampler
from workbench.analysis.workload import Work, unvisited, workload
from workbench.project import Project, open_project

DRAWS, LOOPED = 100_000, 100
MONTHS, MEASURES = 60, 20
LIMIT_S = 3.0


def bench() -> Iterator[Ratio]:
    """The time of all draws against the limit, and of one draw against one of a plain loop."""
    with tempfile.TemporaryDirectory() as folder:
        project = _project(Path(folder))
        works = (*workload(project), *unvisited(project))
        when = timeline(project.inventory, next(iter(project.inventory.scenarios.values())))
        times, worths = [], None
        for _ in range(3):
            sampler = Sampler(project.inventory, DRAWS, 1)
            started = time.perf_counter()
            worths = flows(when, lines_of(works, sampler), sampler).worth()
            times.append(time.perf_counter() - started)
        assert worths is not None
        started = time.perf_counter()
        looped = _looped(project, works, when, Sampler(project.inventory, LOOPED, 1))
        looped_s = time.perf_counter() - started
        again = flows(when, lines_of(works, s := Sampler(project.inventory, LOOPED, 1)), s).worth()
        assert max(abs(one - float(two)) for one, two in zip(looped, again, strict=True)) < 1e-6 * abs(looped[0])
    label = f"{DRAWS:,} draws × {MONTHS} months × {MEASURES} measures / {LIMIT_S:.0f} s"
    yield Ratio(label, min(times), LIMIT_S, 1.0)
    yield Ratio("the same a draw / a plain loop's draw", min(times) / DRAWS, looped_s / LOOPED, 0.01)


def _project(root: Path) -> Project:
    """Twenty reasons at one line and a measure for each: in turn eliminate, shift and handling time."""
    reasons = [f"r{i}" for i in range(MEASURES)]
    lines = [
        f"  - {{touchpoint: line, reason: {one}, contacts: 800..1200/month, handling_time: 4m..6m}}" for one in reasons
    ]
    kinds = (
        "{{kind: eliminate, reasons: [{}], share: 10%..30%}}",
        "{{kind: shift, reasons: [{}], from: line, to: site, eligible: 60%, adoption: 20%..40%, resolved: 60%..80%}}",
        "{{kind: handling_time, touchpoints: [line], reasons: [{}], reduction: 10%..20%}}",
    )
    measures = [f"      - {kinds[i % 3].format(one)}" for i, one in enumerate(reasons)]
    model = [
        "channels: {phone: {}, web: {self_service: yes, cost_per_contact: EUR 0.10..0.30}}",
        "teams: {kcc: {cost_per_hour: EUR 40..50/hour}}",
        "touchpoints: {line: {channel: phone, owner: kcc}, site: {channel: web, human_fallback: yes}}",
        f"reasons: {{{', '.join(f'{one}: {{}}' for one in reasons)}}}",
        "volumes:", *lines,
        "scenarios:", "  s:", "    measures:", *measures,
        "    investments: [{what: all, once: EUR 300000..500000, running: EUR 4000/month}]",
        f"    ramp: 12 months\n    horizon: {MONTHS} months\n    discount_rate: 4%\n    cashable: 50%..80%",
    ]  # fmt: skip
    (root / "model").mkdir()
    (root / "workbench.yaml").write_text("name: bench\ncurrency: EUR\n", encoding="utf-8")
    (root / "model" / "model.yaml").write_text("\n".join(model) + "\n", encoding="utf-8")
    return open_project(root).require_sound()


def _looped(project: Project, works: tuple[Work, ...], when: Timeline, sampler: Sampler) -> list[float]:
    """The worth of every draw by loops over draws, months and lines: the arithmetic a spreadsheet does."""
    scenario, lines = when.scenario, {line.work.reason: line for line in lines_of(works, sampler)}
    investment = scenario.investments[0]
    columns: dict[int, Draws] = {}

    def drawn(estimate: object, draw: int) -> float:
        if id(estimate) not in columns:
            columns[id(estimate)] = sampler.of(estimate)  # type: ignore[arg-type]
        return float(columns[id(estimate)][draw])

    found = []
    for draw in range(sampler.draws):
        worth = -drawn(investment.once, draw)
        cashable, running = drawn(scenario.cashable, draw), drawn(investment.running, draw)
        each = drawn(project.inventory.channels["web"].cost_per_contact, draw)
        ramp, rate = drawn(scenario.ramp, draw), drawn(scenario.discount_rate, draw)
        for month in range(1, when.months + 1):
            level = _level(month, ramp)
            labour, paid = 0.0, -running
            for measure in scenario.measures:
                line = lines[measure.reasons[0]]
                contacts, handling_h = float(line.contacts[draw]), float(line.handling_h[draw])
                per_hour = float(line.per_hour[draw])
                if measure.kind == "eliminate":
                    labour += contacts * handling_h * per_hour * level * drawn(measure.share, draw) / 12
                elif measure.kind == "handling_time":
                    labour += contacts * handling_h * per_hour * level * drawn(measure.reduction, draw) / 12
                else:
                    gross = contacts * level * drawn(measure.eligible, draw) * drawn(measure.adoption, draw)
                    labour += gross * drawn(measure.resolved, draw) * handling_h * per_hour / 12
                    paid -= gross * each / 12
            worth += (labour * cashable + paid) / (1 + rate) ** (month / 12)
        found.append(worth)
    return found


def _level(month: int, ramp: float) -> float:
    def area(time: float) -> float:
        return 0.0 if time <= 0 else time * time / (2 * ramp) if time < ramp else time - ramp / 2

    return area(month) - area(month - 1)
