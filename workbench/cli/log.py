"""Which commands are about the contact log: log ingest, log measures, log profiles; simulate?"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbench.cli.failures import USAGE, UserError
from workbench.cli.model import PROJECT
from workbench.cli.show import output_options, show

if TYPE_CHECKING:
    from workbench.language.language import Language
    from workbench.project import Project

MEASURES = (
    "volume", "handling_time", "wait", "wait_of_queued", "answer_time", "abandonment", "unanswered", "hand_off",
    "stated_resolution", "first_contact_resolution", "net_first_contact_resolution", "repeats", "channel_switch",
    "content_use", "effort_score", "content_items", "effort_scores", "handling_time_spread", "wait_spread",
    "answer_time_spread", "arrivals", "arrivals_by_half_hour", "arrivals_by_weekday",
)  # fmt: skip
PERIODS = ("year", "quarter", "month", "week", "day", "weekday")


@click.group()
def log() -> None:
    """Read contact logs, and ask them what happened."""


@log.command()
@PROJECT
@click.argument("files", nargs=-1)
@click.option("--profile", help="Built-in profile or profile file; the project's when not given.")
@click.option("--key", type=click.Path(dir_okay=False), help="Key file of the pseudonyms; made when absent.")
@click.option("--memory", type=click.IntRange(min=128), default=512, help="Memory the engine may use [MiB].")
@output_options
def ingest(project: str, files: tuple[str, ...], profile: str | None, key: str | None, memory: int, **how: Any) -> None:
    """Read log FILES (or patterns) into the project's store; without FILES those that workbench.yaml names.

    Customers become keyed pseudonyms. The same file twice adds nothing. Every row is accounted for.
    """
    from workbench.cli.reading import read_log

    found, language = _opened(project, how.pop("lang"))
    with _progress("reading") as told:
        result = read_log(found, files, profile, key, memory, language, told)
    show(result, **how)


@log.command()
@PROJECT
@click.argument("measure", type=click.Choice(MEASURES))
@click.option("--by", default="", help="Groups, such as touchpoint,reason or channel,month.")
@click.option("--touchpoint", multiple=True, help="Only these touchpoints; may be repeated.")
@click.option("--channel", multiple=True, help="Only these channels.")
@click.option("--reason", multiple=True, help="Only these contact reasons.")
@click.option("--persona", multiple=True, help="Only these personas.")
@click.option("--period", type=click.Choice(PERIODS), help="Also per period.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="First day.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Last day.")
@click.option("--trend", is_flag=True, help="The change per month, over whole months.")
@output_options
def measures(
    project: str, measure: str, by: str, period: str | None, since: Any, until: Any, trend: bool, **how: Any
) -> None:
    """Ask the log for a MEASURE, with n and 95% interval, per group.

    Groups of fewer contacts than privacy.suppress_below are withheld, with as many others as it takes to hide them.
    """
    from dataclasses import replace

    from workbench.log.labels import names_of
    from workbench.log.opening import open_project_log
    from workbench.log.questions import ask
    from workbench.log.selection import Selection

    found, language = _opened(project, how.pop("lang"))
    where = {name: words for name in ("touchpoint", "channel", "reason", "persona") if (words := how.pop(name))}
    groups = [name.strip() for name in by.split(",") if name.strip()]
    groups += [period] if period and period not in groups else []
    selection = Selection(where, since.date() if since else None, until.date() if until else None)
    with open_project_log(found) as opened:
        try:
            result = ask(opened, measure, groups, selection, names_of(found.inventory, language), per_month=trend)
        except ValueError as error:
            raise UserError(str(error), USAGE) from error
    show(replace(result, language=language), **how)


@log.command()
@PROJECT
@click.option("--notion", type=click.Choice(["case", "customer"]), help="What makes contacts one journey.")
@click.option("--reasons/--no-reasons", default=False, help="Whether contacts differ by reason too.")
@output_options
def journeys(project: str, notion: Any, reasons: bool, **how: Any) -> None:
    """The journeys in the log: what follows what with its share, and the variants, most frequent first."""
    from dataclasses import replace

    from workbench.log.journeys import log_journeys
    from workbench.log.opening import open_project_log

    found, language = _opened(project, how.pop("lang"))
    with open_project_log(found) as opened:
        result = log_journeys(opened, notion, reasons=reasons, inventory=found.inventory)
    show(replace(result, language=language), **how)


@log.command()
@PROJECT
@output_options
def quarantine(project: str, **how: Any) -> None:
    """Rows that were read and not taken, with file, line and reason."""
    from workbench.log.accounts import quarantined_rows
    from workbench.log.opening import open_project_log
    from workbench.result import One
    from workbench.tables import table

    found, language = _opened(project, how.pop("lang"))
    with open_project_log(found) as opened:
        rows = quarantined_rows(opened)
    columns = ["file", "line", "why", "start_text"]
    listed = table("quarantine", columns, [(row.file, row.line, row.reason, row.start_text) for row in rows])
    show(One(listed, (), language), **how)


@log.command()
@PROJECT
@click.option("--out", required=True, type=click.Path(), help="The folder to write; it must not be there yet.")
def export(project: str, out: str) -> None:
    """Write the log as a folder of Parquet, for Spark: contacts by month, customers and cases as pseudonyms.

    What `log forget` takes out of the store afterwards stays in the folder; write it again then.
    """
    from workbench.log.exporting import export_log
    from workbench.log.store import open_log

    found, _ = _opened(project, None)
    with open_log(found.store_file) as opened, _progress(out) as told:
        contacts = export_log(opened, out, told)
    click.echo(f"{out}: {contacts:,} contacts")


@log.command()
@click.argument("folder")
@click.option("--out", required=True, help="The folder or address to write; it must not be there yet.")
@click.option("--master", help="The cluster; that of spark-submit or Spark's own settings when not given.")
def prepare(folder: str, out: str, master: str | None) -> None:
    """Derive on Spark, once, what follows from the contacts in FOLDER (of `log export`), and write it with them."""
    from workbench.log.spark import prepare as derive

    click.echo(f"{out}: {derive(folder, out, master=master):,} contacts")


@log.command()
@PROJECT
@click.argument("file")
@click.option("--profile", required=True, help="Built-in daily profile, or a profile file of the project.")
@click.option("--by", type=click.Choice(("year", "quarter", "month", "week", "day", "weekday")), help="The periods.")
@output_options
def daily(project: str, file: str, profile: str, by: str | None, **how: Any) -> None:
    """Show the daily figures of a line in FILE: offered, handled, abandoned, wait, service level.

    Daily figures are no contacts and do not enter the log; what does not add up in them is said.
    """
    from dataclasses import replace

    from workbench.log.daily_figures import daily_figures
    from workbench.log.daily_profile import load_daily_profile

    found, language = _opened(project, how.pop("lang"))
    least = found.inventory.settings.privacy.suppress_below
    result = daily_figures(file, load_daily_profile(profile, found.root), by, suppress_below=least)
    show(replace(result, language=language), **how)


@log.command()
@PROJECT
@click.argument("customers", nargs=-1, required=True, metavar="CUSTOMER...")
@click.option(
    "--key", type=click.Path(dir_okay=False), help="Key file of the pseudonyms; the project's when not given."
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@output_options
def forget(project: str, customers: tuple[str, ...], key: str | None, yes: bool, **how: Any) -> None:
    """Delete every contact of a CUSTOMER (the id as the source writes it), and refuse them from now on.

    Several ids of one customer may be given; phone numbers and e-mail addresses serve where the profile links them.
    """
    from workbench.cli.reading import forget_customers

    found, language = _opened(project, how.pop("lang"))

    def sure(contacts: int) -> None:
        if not yes:
            click.confirm(f"Delete {contacts:,} contacts for good?", abort=True, err=True)

    with _progress("forgetting") as told:
        result = forget_customers(found, customers, key, language, sure, told)
    show(result, **how)


@log.command()
@click.argument("file", type=click.Path())
@click.option("--out", type=click.Path(dir_okay=False), help="The profile to write; on the screen when not given.")
@click.option("--guess", is_flag=True, help="Look at the columns also where a built-in profile fits.")
def profile(file: str, out: str | None, guess: bool) -> None:
    """Look at FILE and propose a profile for it, with what was guessed, why, and what to check.

    No value of the file is shown in it, but for words that mean one of ours and ids that name nobody.
    """
    from workbench.log.proposing.proposal import propose

    text = propose(file, recognise=not guess)
    if out is None:
        click.echo(text, nl=False)
        return
    target = Path(out)
    if target.exists():
        raise UserError(f"{target}: is there already; name a file that is not", USAGE)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    click.echo(f"{target}: proposed for {file}; check it, then name it in workbench.yaml under `log: {{profile: …}}`")


@log.command()
def profiles() -> None:
    """List the built-in profiles: how an export becomes contacts, or daily figures (`log daily`)."""
    from workbench.log.daily_profile import built_in_daily_profiles, load_daily_profile
    from workbench.log.profile_files import built_in_profiles, load_profile

    for name in built_in_profiles():
        profile = load_profile(name)
        click.echo(f"{name:24} {profile.name.text('en') if profile.name else ''}")
    for name in built_in_daily_profiles():
        days = load_daily_profile(name)
        click.echo(f"{name:24} {days.name.text('en') if days.name else ''}")


@click.command()
@PROJECT
@click.option("--contacts", type=click.IntRange(min=1), help="How many contacts; the log lasts as long as they take.")
@click.option("--days", type=click.IntRange(min=1), help="How many days instead.")
@click.option("--seed", type=int, default=1, help="The same seed gives the same log.")
@click.option("--truth", type=click.Path(exists=True, dir_okay=False), help="YAML of what differs from the model.")
@click.option("--start", type=click.DateTime(["%Y-%m-%d"]), help="First day; that of the project's period if any.")
@click.option("--out", required=True, type=click.Path(dir_okay=False), help="The file to write: .csv or .parquet.")
def simulate(
    project: str, contacts: int | None, days: int | None, seed: int, truth: str | None, start: Any, out: str
) -> None:
    """Make a contact log from the model: arrivals over day and week, journeys by their shares, lognormal times."""
    from workbench.simulation.simulate import simulate as draw

    if (contacts is None) == (days is None):
        raise UserError("give one of --contacts and --days", USAGE)
    found, _ = _opened(project, None)
    first = start.date() if start else None
    Path(out).parent.mkdir(parents=True, exist_ok=True)
    with _progress(out) as told:
        counted = (lambda n: told(f"{n:,} contacts", n / contacts if contacts else 0.0)) if told else None
        try:
            made = draw(
                found.inventory, out, seed=seed, contacts=contacts, days=days, truth=truth, start=first, told=counted
            )
        except ValueError as error:
            if type(error) is not ValueError:
                raise
            raise UserError(str(error), USAGE) from error
    until = f" until {made.last_at:%Y-%m-%d}" if made.last_at else ""
    click.echo(f"{made.path}: {made.contacts:,} simulated contacts from {made.start}{until}, seed {made.seed}")
    for name in made.left_out:
        click.echo(f"left out, for its numbers are missing: {name}", err=True)


def _opened(project: str, lang: str | None) -> tuple[Project, Language]:
    from workbench.project import open_project

    found = open_project(project, lang).require_sound()  # type: ignore[arg-type]
    return found, found.language


@contextmanager
def _progress(what: str) -> Iterator[Callable[[str, float], None] | None]:
    """A bar on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=1.0)
        yield lambda text, share: bar.update(task, description=text, completed=share)
