"""What would the model say if the log had its way, as a change of its YAML, and how is that written?

A measured value gets grade `measured` with n and the days of the log; only later contacts can validate it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from touchpoints.faults import ModelError
from touchpoints.inventory import Assumption, Inventory
from touchpoints.yaml_edit import EditError, edited
from touchpoints.yaml_tree import read_yaml
from workbench.editing.change import EditingError
from workbench.editing.lines import unified_diff
from workbench.editing.snapshot import encoded
from workbench.editing.soundness import UnsoundError, require_sound
from workbench.editing.writing import locked, write_files
from workbench.in_notebook import Source
from workbench.language.language import Language
from workbench.log.engine import Log
from workbench.log.selection import Selection
from workbench.project import Project
from workbench.result import Result
from workbench.tables import Table, table
from workbench.validation.labels import label_of
from workbench.validation.ledger import Entry, gather, ledger
from workbench.validation.proposal import Proposal, name_of, proposals
from workbench.validation.rows import Row
from workbench.validation.sight import sight_of

Changes = Mapping[tuple[str | int, ...], Any]


class CalibrationError(ValueError):
    """A change that cannot be made, said in one line."""


@dataclass(frozen=True, slots=True)
class Unwritten:
    """A proposal that cannot be written into the text of the model, and why."""

    proposal: Proposal
    why: str


@dataclass(frozen=True, repr=False)
class Calibration(Result):
    """New values for the model, and the change of its files.

    Attributes:
        root: the project's folder.
        proposals: what changes.
        unwritten: what the log proposes and the text of the model does not allow.
        before, after: the text of the files that change, by name.
    """

    root: Path
    inventory: Inventory
    proposals: tuple[Proposal, ...]
    unwritten: tuple[Unwritten, ...]
    before: Mapping[str, str]
    after: Mapping[str, str]
    inputs: tuple[Assumption, ...]
    language: Language

    def tables(self) -> tuple[Table, ...]:
        """What changes; what cannot be written."""
        changed = [(self._label(one), one.old, one.new, one.n, str(one.claim.place)) for one in self.proposals]
        left = [(self._label(one.proposal), one.proposal.new, one.why) for one in self.unwritten]
        found = table("calibration", ["assumption", "written_now", "proposed", "n", "place"], changed)
        return (found, table("unwritten", ["assumption", "proposed", "why"], left)) if left else (found,)

    def _label(self, one: Proposal) -> str:
        return label_of(self.inventory, one.claim.name, self.language)

    @property
    def diff(self) -> Source:
        """The change of all files as a unified diff."""
        return Source(unified_diff(self.before, self.after), self.language)

    def write(self) -> tuple[str, ...]:
        """Write the files; the model with the change must have no errors, and nobody may have changed it since.

        Raises:
            CalibrationError: a file was changed since it was read, or cannot be written.
            ModelError: the changed model has errors; nothing is written.
        """
        try:
            with locked(self.root):
                held = {name: (self.root / name).read_bytes() for name in self.after}
                for name, data in held.items():
                    if data.decode("utf-8-sig") != self.before[name]:
                        raise CalibrationError(f"{name} was changed since it was read; run calibrate again")
                after = {name: encoded(text, held[name]) for name, text in self.after.items()}
                require_sound(self.root, after)
                write_files(self.root, held, after)
        except UnsoundError as error:
            raise ModelError(error.faults, str(self.root)) from error
        except (EditingError, OSError) as error:
            raise CalibrationError(str(error)) from error
        return tuple(self.after)


def calibrate(project: Project, log: Log, language: Language | None = None, only: Iterable[str] = ()) -> Calibration:
    """New values for what the log contradicts, or cannot confirm though it has enough contacts.

    Args:
        project: a project whose model has no errors.
        log: its contact log.
        language: the language of tables and of the source in the evidence.
        only: verdicts, kinds of assumptions or patterns of names (see `proposals`).
    """
    inventory, language = project.inventory, language or project.language
    found = ledger(project, log, language)
    least = log.suppress_below
    entries = [entry for entry in found.entries if entry.claim.seen.n >= least]
    days = _days(log)
    proposed = list(proposals(inventory, entries, _rows(inventory, log, found.rows, entries), only)) if days else []
    files: dict[str, list[Proposal]] = {}
    for one in proposed:
        files.setdefault(_record(inventory, one).place.file, []).append(one)
    before, after, made, unwritten = {}, {}, [], []
    for name, own in files.items():
        text = _read(project.root / name)
        new, done, left = _apply(inventory, text, own, days, language, _is_simulated(log))
        made += done
        unwritten += left
        if new != text:
            before[name], after[name] = text, new
    names = {claim for one in made for entry in one.entries for claim in entry.claim.covers}
    inputs = tuple(one for one in inventory.assumptions() if one.name in names)
    return Calibration(project.root, inventory, tuple(made), tuple(unwritten), before, after, inputs, language)


def _rows(inventory: Inventory, log: Log, rows: Iterable[Row], entries: Iterable[Entry]) -> dict[str, Row]:
    """The rows by name, of the contacts that their entries rest on: later ones for values that were calibrated."""
    found = {name_of(row): row for row in rows}
    later: dict[date, dict[str, Row]] = {}
    for entry in entries:
        name, period = entry.claim.name.rpartition(".")[0], entry.claim.evidence.period
        if name not in found or period is None or entry.verdict == "calibrated":
            continue
        if period.end not in later:
            after = Selection(since=period.end + timedelta(days=1))
            exact = log.exact
            own = gather(inventory, exact, sight_of(inventory, exact), after).rows
            later[period.end] = {name_of(row): row for row in own}
        found[name] = later[period.end].get(name, found[name])
    return found


def _days(log: Log) -> tuple[date, date] | None:
    """The first and the last day of a log."""
    table = log.table("daily")
    (ends,) = log.rows(table.agg(first=table.day.min(), last=table.day.max()))
    return (ends["first"], ends["last"]) if ends["first"] else None


def _is_simulated(log: Log) -> bool:
    daily = log.table("daily")
    return [row["source"] for row in log.rows(daily.select("source").distinct())] == ["simulated"]


def _record(inventory: Inventory, one: Proposal) -> Any:
    collection, key = one.record
    return getattr(inventory, collection)[key]


def _apply(
    inventory: Inventory,
    text: str,
    own: list[Proposal],
    days: tuple[date, date] | None,
    language: Language,
    simulated: bool,
) -> tuple[str, list[Proposal], list[Unwritten]]:
    """The text with the proposals in it; those that the text does not allow are left out one by one."""
    source = language.text("calibration.simulated" if simulated else "calibration.source")
    tree, _ = read_yaml(text.encode(), "text")
    plain = tree.plain() if tree else {}

    def changes(some: Iterable[Proposal]) -> Changes:
        found: dict[tuple[str | int, ...], Any] = {}
        for one in some:
            base = _base(inventory, plain, one)
            if isinstance(one.value, Mapping) and _is_mapping(plain, (*base, *one.path)):
                found |= {(*base, *one.path, key): value for key, value in one.value.items()}
            else:
                found[(*base, *one.path)] = one.value
            where = (*base, *one.evidence, "evidence", "fields", one.evidence_field)
            found |= {(*where, key): value for key, value in _evidence(one, days, source).items()}
        return found

    try:
        return edited(text, changes(own)), own, []
    except EditError:
        done, left = [], []
        for one in own:
            try:
                text = edited(text, changes([one]))
                done.append(one)
            except EditError as error:
                left.append(Unwritten(one, str(error)))
        return text, done, left


def _is_mapping(plain: Any, path: tuple[str | int, ...]) -> bool:
    for key in path:
        if not (key in plain if isinstance(plain, dict) else isinstance(plain, list)):
            return False
        plain = plain[key]
    return isinstance(plain, dict)


def _base(inventory: Inventory, plain: Any, one: Proposal) -> tuple[str | int, ...]:
    """Where the record stands in its file."""
    collection, key = one.record
    if collection != "volumes":
        return (collection, key)
    volume = inventory.volumes[key]
    wanted = {"touchpoint": volume.touchpoint, "reason": volume.reason, "persona": volume.persona}
    for index, item in enumerate(plain["volumes"]):
        if {name: None if item.get(name) is None else str(item[name]) for name in wanted} == wanted:
            return ("volumes", index)
    raise CalibrationError(f"volume '{key}' is not in its file any more; run calibrate again")


def _evidence(one: Proposal, days: tuple[date, date] | None, source: str) -> dict[str, Any]:
    """Where the new value comes from; a note about the old one gives way to what the old one was."""
    assert days is not None
    stated = one.claim.evidence
    first = max(days[0], stated.period.end + timedelta(days=1)) if stated.period else days[0]
    period = {"start": first.isoformat(), "end": days[1].isoformat()}
    found = {"grade": "measured", "source": source, "date": days[1].isoformat(), "n": one.n, "period": period}
    return found | ({"note": f"was {one.old}"} if stated.note else {})


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig")
