"""Which commands hold the log's journeys and shares against the model: journeys, hypothesis?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from workbench.cli.failures import USAGE, UserError
from workbench.cli.model import PROJECT
from workbench.cli.show import output_options, show


@click.group()
def journeys() -> None:
    """Hold the journeys of the log against the model, or make a first model of them."""


@journeys.command()
@PROJECT
@click.option("--notion", type=click.Choice(["case", "customer"]), help="What makes contacts one journey.")
@click.option("--by", type=click.Choice(["reason", "category", "none"]), default="reason", show_default=True,
              help="What tells journeys apart at their first contact.")  # fmt: skip
@click.option("--min-share", default="2%", show_default=True, help="Journeys, steps and ways rarer than this go.")
@click.option("--out", type=click.Path(dir_okay=False), help="The YAML file to write; the terminal when not given.")
def discover(project: str, notion: Any, by: Any, min_share: str, out: str | None) -> None:
    """Write the journeys that the log holds as YAML, a first model; never over another file."""
    from touchpoints.quantities import Share
    from workbench.log.discovered_model import discovered_yaml
    from workbench.log.discovery import discover as find
    from workbench.log.opening import open_project_log
    from workbench.project import open_project

    if out is not None and Path(out).exists():
        raise UserError(f"{out} is there already; name another file, or delete it first", USAGE)
    found = open_project(project).require_sound()
    with open_project_log(found) as opened:
        try:
            share = Share.parse(min_share).point
            result = find(opened, found.inventory, notion, by=by, min_share=share)
            text = discovered_yaml(result, opened, found.inventory)
        except ValueError as error:
            raise UserError(str(error), USAGE) from error
    if out is None:
        click.echo(text, nl=False)
        return
    Path(out).parent.mkdir(parents=True, exist_ok=True)
    with open(out, "x", encoding="utf-8", newline="\n") as file:
        file.write(text)
    for one in result.found:
        click.echo(f"{out}: a journey of {len(one.steps)} steps, {one.journeys:,} times in the log")


@click.command()
@PROJECT
@click.argument("claims", nargs=-1, required=True, metavar="CLAIM...")
@click.option("--where", multiple=True, metavar="DIMENSION=WORD", help="Only contacts with this word; repeatable.")
@click.option("--since", help="First day, month, quarter or year, such as 2026-01.")
@click.option("--until", help="Last day, month, quarter or year.")
@output_options
def hypothesis(
    project: str, claims: tuple[str, ...], where: tuple[str, ...], since: str | None, until: str | None, **how: Any
) -> None:
    """Try CLAIMs about shares of contacts against the log.

    A CLAIM is DIMENSION=WORD and what is said of its share: 'channel=phone below 40%', 'channel=phone below web'
    (another word), 'channel=phone below 2026-Q1' (an earlier period), 'channel=phone falling' or rising (over the
    months), 'channel=phone leading' or not leading. A claim holds when the whole 95% interval is on its side.
    """
    from workbench.log.opening import open_project_log
    from workbench.project import open_project
    from workbench.validation.hypotheses import hypotheses

    found = open_project(project, how.pop("lang")).require_sound()
    with open_project_log(found) as opened:
        try:
            result = hypotheses(found, opened, claims, _selection(where, since, until))
        except ValueError as error:
            raise UserError(str(error), USAGE) from error
    show(result, **how)


def _selection(where: tuple[str, ...], since: str | None, until: str | None) -> Any:
    from workbench.log.selection import Selection
    from workbench.validation.hypothesis import days_of

    words: dict[str, list[str]] = {}
    for one in where:
        dimension, equals, word = one.partition("=")
        if not equals:
            raise UserError(f"--where must be DIMENSION=WORD, got {one!r}", USAGE)
        words.setdefault(dimension.strip(), []).append(word.strip())
    ends = {name: days_of(text) for name, text in (("since", since), ("until", until)) if text is not None}
    for name, days in ends.items():
        if days is None:
            raise UserError(f"--{name} must be a day, month, quarter or year such as 2026-01", USAGE)
    first, last = ends.get("since"), ends.get("until")
    return Selection(words, first.first if first else None, last.last if last else None)
