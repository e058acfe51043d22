"""Which commands are there? Each one's module is imported only when it is called."""

from __future__ import annotations

import importlib
import sys

import click

COMMANDS: dict[str, tuple[str, str]] = {
    "new": ("workbench.cli.workshop", "Start a project from patterns of the library, or empty."),
    "sheet": ("workbench.cli.workshop", "Take the inventory to a workshop as an Excel workbook, and back."),
    "check": ("workbench.cli.model", "Report every fault of a model, and what is missing."),
    "schema": ("workbench.cli.model", "Write the JSON Schema of the model language."),
    "explain": ("workbench.cli.model", "Explain a rule: what it asks, why, and the remedy."),
    "flow": ("workbench.cli.analysis", "How customers flow through the journeys, and how they end."),
    "effort": ("workbench.cli.analysis", "Where customers and staff spend their time."),
    "moments": ("workbench.cli.analysis", "Which moments of truth matter, and where to excel."),
    "matrix": ("workbench.cli.analysis", "Which contacts to leverage, simplify, automate or eliminate."),
    "steer": ("workbench.cli.analysis", "Which contacts can move, what it brings, what blocks it."),
    "content": ("workbench.cli.content", "Which answers are missing, expired or unfit, and what rests on them."),
    "staff": ("workbench.cli.staffing", "Whether teams have the people for what they promise."),
    "targets": ("workbench.cli.promises", "Which targets are met, and what it would take to meet the rest."),
    "systems": ("workbench.cli.promises", "Which systems touchpoints lack, and what stands in the way."),
    "maturity": ("workbench.cli.promises", "How ready the organisation is, and whether tools come last."),
    "case": ("workbench.cli.analysis", "What the scenarios bring: ist and soll in hours and money."),
    "diff": ("workbench.cli.analysis", "What changes from one model to another, in hours, money and effort."),
    "missing": ("workbench.cli.analysis", "What the model does not say yet, worth most first."),
    "log": ("workbench.cli.log", "Read contact logs, and ask them what happened."),
    "validate": ("workbench.cli.validation", "Which assumptions the log confirms, and which it contradicts."),
    "calibrate": ("workbench.cli.validation", "Propose measured values for the model, as a change of its YAML."),
    "journeys": ("workbench.cli.journeys", "Make a first model of the journeys that the log holds."),
    "hypothesis": ("workbench.cli.journeys", "Whether claims about shares of contacts hold in the log."),
    "conform": ("workbench.cli.conformance", "Whether journeys in the log go as planned, and where they do not."),
    "simulate": ("workbench.cli.log", "Make a contact log from the model."),
    "report": (
        "workbench.cli.reporting",
        "Write the report: a page that needs no network, PDF, workbook or slides.",
    ),
    "serve": ("workbench.cli.serving", "Show the project as a live page in the browser."),
    "map": ("workbench.cli.pictures", "Draw journeys: wall map, overview, blueprint, emotion curve, ist and soll."),
    "landscape": ("workbench.cli.pictures", "Draw touchpoints, systems and teams, hotspots coloured."),
    "export": ("workbench.cli.exchange", "Write journeys as Mermaid, GraphML or CJML."),
    "import": ("workbench.cli.exchange", "Read planned journeys from a CJML file."),
    "demo": ("workbench.cli.demo", "Show the whole line on an example."),
    "library": ("workbench.cli.model", "List what the built-in library offers."),
    "glossary": ("workbench.cli.model", "Print the terms of the field in Dutch and English."),
}
"""Command name: the module that holds it as a function of that name, and its one-line help."""

_FUNCTIONS = {"map": "map_", "import": "import_"}
"""Commands whose function cannot have their name."""


class _Commands(click.Group):
    """A group that knows its commands by name and imports a command when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(COMMANDS[cmd_name][0])
        command: click.Command = getattr(module, _FUNCTIONS.get(cmd_name, cmd_name))
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from touchpoints.faults import hint

            ctx.fail(f"no command '{args[0]}'{hint(args[0], COMMANDS, most=40)}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, short) for name, (_, short) in COMMANDS.items()])


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="journey-workbench", prog_name="workbench")
def cli() -> None:
    """Journeys, contact effort, channel steering and the business case from one plain-text model.

    A project is a folder with workbench.yaml and model/*.yaml. Exit status: 0 fine, 1 findings, 2 wrong usage.
    """


def main() -> None:
    """Run the command line; errors the user can mend are one clear message, never a traceback."""
    from workbench.cli.failures import UserError, as_user_error

    try:
        status = cli.main(standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("stopped", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except UserError as error:
        click.echo(str(error), err=True)
        sys.exit(error.status)
    except Exception as error:
        known = as_user_error(error)
        if known is None:
            raise
        click.echo(str(known), err=True)
        sys.exit(known.status)
    sys.exit(status if isinstance(status, int) else 0)
