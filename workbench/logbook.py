"""How is the contact log of a project simulated, read, opened and asked, in one line each?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from workbench.in_notebook import Source
from workbench.log.discovered_model import discovered_yaml
from workbench.log.discovery import discover as discovered
from workbench.log.engine import Log
from workbench.log.histogram import Histogram, histogram
from workbench.log.ingest import IngestResult, Progress
from workbench.log.ingest import ingest as read_files
from workbench.log.journeys import LogJourneys, log_journeys
from workbench.log.labels import names_of
from workbench.log.opening import open_project_log
from workbench.log.profile_files import load_profile
from workbench.log.pseudonym import load_key
from workbench.log.questions import MEASURES, PROFILES, Answer, ask
from workbench.log.selection import Selection
from workbench.log.store import Resources
from workbench.log.traces import Notion
from workbench.project import Project
from workbench.simulation.simulate import Simulated
from workbench.simulation.simulate import simulate as draw

Words = str | Sequence[str]


class NotNamedError(ValueError):
    """Nobody says which files to read, or by which profile."""


def simulate(
    project: Project,
    out: str | Path,
    *,
    seed: int = 1,
    contacts: int | None = None,
    days: int | None = None,
    truth: str | Path | None = None,
) -> Simulated:
    """Write a contact log drawn from the model: so many contacts, or so many days.

    Args:
        project: with a sound model.
        out: the file to write, .csv or .parquet.
        seed: the same seed gives the same bytes.
        contacts: how many contacts; the log ends with the last of them.
        days: how many days instead.
        truth: a YAML file of what is different from the model.

    Raises:
        SimulationError: nothing can be drawn.
        ValueError: neither or both of contacts and days.
    """
    return draw(project.inventory, out, seed=seed, contacts=contacts, days=days, truth=truth)


def ingest(
    project: Project,
    files: Words | Path | Iterable[str | Path] = (),
    profile: str | None = None,
    *,
    key: str | Path | None = None,
    memory_mib: int = 512,
    progress: Progress | None = None,
) -> IngestResult:
    """Read exports into the project's log; every row is accounted for, customers become keyed pseudonyms.

    Args:
        project: the project.
        files: paths or patterns; those that `workbench.yaml` names when not given.
        profile: a built-in one or a profile file; that of `workbench.yaml` when not given.
        key: the key file of the pseudonyms, made when absent; the project's when not given.
        memory_mib: what the engine may use [MiB].
        progress: is told what is being done, and the share of it that is done.

    Raises:
        NotNamedError: neither here nor in `workbench.yaml` are there files, or a profile.
        LogError: the profile or a file cannot be read.
    """
    settings = project.inventory.settings
    given = [files] if isinstance(files, str | Path) else list(files)
    named = given or [str(project.root / name) for name in settings.log.files]
    if not named:
        raise NotNamedError("name log files, or list them in workbench.yaml under `log: {files: […]}`")
    using = profile or settings.log.profile
    if using is None:
        raise NotNamedError("name a profile (`--profile`), or give one in workbench.yaml under `log: {profile: …}`")
    found = read_files(
        named,
        load_profile(using, project.root),
        project.store_file,
        load_key(Path(key) if key else project.key_file),
        time_zone=settings.time_zone,
        window_days=settings.log.repeat_window_days,
        allow_free_text=settings.privacy.allow_free_text,
        resources=Resources(memory_mib=memory_mib),
        progress=progress,
    )
    return replace(found, language=project.language)


def open_log(project: Project) -> Log:
    """The contact log of a project, open until it is closed or no longer used.

    Groups below the project's `privacy: {suppress_below: …}` are withheld in every answer.

    Raises:
        LogError: the project has no log yet; `ingest` makes it.
    """
    keeper = open_project_log(project)
    log = keeper.__enter__()
    log.keeper = keeper
    return log


def measure(
    project: Project,
    log: Log,
    name: str,
    by: Words = (),
    *,
    where: Mapping[str, Words] | None = None,
    since: date | None = None,
    until: date | None = None,
    per_month: bool = False,
) -> Answer:
    """What the log says, with n and a 95% interval per group.

    Args:
        project: for the names of touchpoints, channels, reasons and personas.
        log: its log, open.
        name: volume, handling_time, wait, first_contact_resolution, repeats and so on.
        by: how to group: touchpoint, channel, reason, persona, direction, outcome, and year … weekday.
        where: only these words, by dimension: `{"channel": "phone"}`.
        since: the first day.
        until: the last day.
        per_month: the change per month instead.

    Raises:
        ValueError: a name or a word is not known; the message says which are.
    """
    known = (*MEASURES, *PROFILES)
    if name not in known:
        raise ValueError(f"name must be one of {', '.join(known)}, got {name!r}")
    names = names_of(project.inventory, project.language)
    answer = ask(log, name, _words(by), _selection(where, since, until), names, per_month=per_month)
    return replace(answer, language=project.language)


def spread(project: Project, log: Log, time: str = "handling_time_s", *, where: Mapping[str, Words] | None = None,
           since: date | None = None, until: date | None = None) -> Histogram:  # fmt: skip
    """How a time is spread over the contacts, in bars of equal width.

    Args:
        project: for the language.
        log: its log, open.
        time: handling_time_s, wait_s or answer_time_s.
        where: only these words, by dimension.
        since: the first day; taken by the month.
        until: the last day; taken by the month.

    Raises:
        ValueError: there is no such time or dimension.
    """
    return replace(histogram(log, time, _selection(where, since, until)), language=project.language)


def actual_journeys(project: Project, log: Log, notion: Notion | None = None, *, reasons: bool = True) -> LogJourneys:
    """The journeys that the log holds by itself: what follows what, and which sequences occur most.

    Args:
        project: for names.
        log: its log, open.
        notion: what makes contacts one journey: `case` or `customer`; cases where the log has them when not given.
        reasons: whether contacts differ by reason too, or by touchpoint alone.
    """
    found = log_journeys(log, notion, reasons=reasons, inventory=project.inventory)
    return replace(found, language=project.language)


def discover(project: Project, log: Log, **how: Any) -> Source:
    """A first model of the journeys in the log as YAML, to be named and completed by people who know.

    Args:
        project: its ids are used where the log's words are known, and not taken again.
        log: its log, open.
        how: `notion`, `by`, `min_share` and `window_days` as of `workbench.log.discovery.discover`.

    Raises:
        ValueError: the log holds no journey that is frequent enough.
    """
    return Source(discovered_yaml(discovered(log, project.inventory, **how), log, project.inventory), project.language)


def _selection(where: Mapping[str, Words] | None, since: date | None, until: date | None) -> Selection:
    return Selection({name: _words(words) for name, words in (where or {}).items()}, since, until)


def _words(words: Words) -> tuple[str, ...]:
    """One word, or several.

    Example:
        >>> _words("phone"), _words(["phone", "web"])
        (('phone',), ('phone', 'web'))
    """
    return (words,) if isinstance(words, str) else tuple(words)
