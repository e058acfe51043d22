"""What does the workbench do, shown on an example: model, simulated log, check, report?"""

from __future__ import annotations

import shutil
from pathlib import Path

import click

import workbench
from workbench.cli.failures import UserError

CONTACTS = 60_000
SEED = 7


@click.command()
@click.option("--out", default="build/demo", type=click.Path(file_okay=False), help="The folder to work in.")
@click.option("--lang", type=click.Choice(["nl", "en"]), default="nl", help="Language of the report.")
def demo(out: str, lang: str) -> None:
    """Copy an example project, simulate its contact log, hold the model against it, and write the report."""
    from workbench.cli.reading import read_log
    from workbench.formats import write_report
    from workbench.language.language import Language
    from workbench.project import open_project
    from workbench.simulation.simulate import simulate

    folder = Path(out) / "gemeente"
    if folder.exists():
        shutil.rmtree(folder)
    shutil.copytree(_example("gemeente"), folder, ignore=shutil.ignore_patterns(".workbench", "*.duckdb*"))
    project = open_project(folder).require_sound()
    click.echo(f"model      {folder}: {len(project.inventory.files)} files, 0 errors")
    file = folder / "log" / "simulated.csv"
    file.parent.mkdir(exist_ok=True)
    simulate(project.inventory, file, seed=SEED, contacts=CONTACTS, truth=folder / "truth.yaml")
    click.echo(f"log        {file}: {CONTACTS:,} simulated contacts, from another truth than the model states")
    language = Language(lang, project.inventory.settings.currency)  # type: ignore[arg-type]
    key = str(Path(out) / "pseudonyms.key")
    result = read_log(project, [str(file)], "generic_csv", key, 1024, language)
    click.echo(f"ingest     {result.files[0]}")
    report = Path(out) / "report.html"
    write_report(project, report, language)
    click.echo(f"report     {report.resolve()}")


def _example(name: str) -> Path:
    """The folder of an example, in the installed package or in the source tree."""
    package = Path(workbench.__file__).parent
    for folder in (package / "examples" / name, package.parent / "examples" / name):
        if folder.is_dir():
            return folder
    raise UserError(f"the example '{name}' is not here; reinstall the workbench")
