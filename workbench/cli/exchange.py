"""Which commands exchange journeys with other tools: export, import?"""

from __future__ import annotations

from pathlib import Path

import click

from workbench.cli.failures import USAGE, UserError
from workbench.cli.model import PROJECT
from workbench.cli.target import target

FORMATS = ("mermaid", "graphml", "cjml")


@click.command()
@PROJECT
@click.option("--format", "form", type=click.Choice(FORMATS), required=True, help="The language to write.")
@click.option("--journey", help="The journey to export; all of them when not given.")
@click.option("--group", type=click.Choice(["phase", "channel"]), default="phase", help="What frames steps in Mermaid.")
@click.option("--out", type=click.Path(dir_okay=False), help="The file to write; the terminal when not given.")
@click.option("--lang", type=click.Choice(["nl", "en"]), default=None, help="Language; the project's by default.")
def export(project: str, form: str, journey: str | None, group: str, out: str | None, lang: str | None) -> None:
    """Write journeys for other tools: Mermaid for wikis, GraphML for graph tools, CJML 2.0 for journey tools."""
    from journeys.exchange.cjml import cjml
    from journeys.exchange.graphml import graphml
    from journeys.exchange.mermaid import MOST_CHARACTERS, MOST_EDGES, mermaid
    from touchpoints.faults import hint
    from workbench.project import open_project

    inventory = open_project(project).require_sound().inventory
    if journey is not None and journey not in inventory.journeys:
        raise UserError(f"no journey '{journey}'{hint(journey, inventory.journeys)}", USAGE)
    if not inventory.journeys:
        raise UserError("the model has no journey to export; add one under `journeys:`")
    language = lang or inventory.settings.language
    if form == "mermaid":
        text = mermaid(inventory, journey, group, language)  # type: ignore[arg-type]
        if len(text) > MOST_CHARACTERS or text.count("-->|") > MOST_EDGES:
            click.echo("larger than most pages draw in Mermaid; choose one with --journey", err=True)
    else:
        text = (graphml if form == "graphml" else cjml)(inventory, journey, language)
    if out is None:
        click.echo(text, nl=False)
        return
    target(out).write_text(text, encoding="utf-8", newline="\n")
    click.echo(out)


@click.command(name="import")
@click.argument("file", type=click.Path(dir_okay=False))
@click.option("--out", type=click.Path(dir_okay=False), help="The YAML file to write; the terminal when not given.")
def import_(file: str, out: str | None) -> None:
    """Read the planned journeys of a CJML 2.0 FILE and write them as YAML of the model; never over another file."""
    from journeys.exchange.cjml_import import read_cjml
    from journeys.exchange.xml_tree import ExchangeError, told
    from touchpoints.yaml_tree import write_yaml

    if out is not None and Path(out).exists():
        raise UserError(f"{out} is there already; name another file, or delete it first", USAGE)
    try:
        found = read_cjml(Path(file).read_bytes(), file)
    except ExchangeError as error:
        raise UserError(str(error)) from error
    for place, remark in found.remarks:
        click.echo(told(place, f"warning: {remark}"), err=True)
    text = write_yaml(found.model)
    if out is None:
        click.echo(text, nl=False)
        return
    Path(out).parent.mkdir(parents=True, exist_ok=True)
    with open(out, "x", encoding="utf-8", newline="\n") as opened:
        opened.write(text)
    for name, journey in found.model["journeys"].items():
        click.echo(f"{out}: journey '{name}', {len(journey['steps'])} steps")
