"""Which commands answer a question from the model: flow, effort, moments, matrix, steer, case, diff, missing?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from workbench.cli.model import PROJECT
from workbench.cli.show import output_options, show


def _run(analysis: Callable[..., Any], project: str, lang: str | None, **how: Any) -> None:
    from workbench.project import open_project

    show(analysis(open_project(project, lang).require_sound()), **how)  # type: ignore[arg-type]


@click.command()
@PROJECT
@click.option("--draws", type=click.IntRange(min=0), default=10_000, help="Monte Carlo draws; 0 for none.")
@click.option("--seed", type=int, default=1, help="The same seed gives the same draws.")
@output_options
def effort(project: str, draws: int, seed: int, lang: str | None, **how: Any) -> None:
    """Where customers and staff spend their time, how sure that is, and which single change would save most."""
    from functools import partial

    from workbench.analysis.effort import effort as analysis

    _run(partial(analysis, draws=draws, seed=seed), project, lang, **how)


@click.command()
@PROJECT
@output_options
def flow(project: str, lang: str | None, as_json: bool, as_csv: bool, top: int | None) -> None:
    """How customers flow through the journeys: steps, ends, first steps, what carries them, per persona."""
    from workbench.analysis.flow import flow as analysis

    _run(analysis, project, lang, as_json=as_json, as_csv=as_csv, top=top)


@click.command()
@PROJECT
@output_options
def steer(project: str, lang: str | None, as_json: bool, as_csv: bool, top: int | None) -> None:
    """Which contacts can move to another touchpoint, what it brings, and what blocks it."""
    from workbench.analysis.steering.steering import steering as analysis

    _run(analysis, project, lang, as_json=as_json, as_csv=as_csv, top=top)


@click.command()
@PROJECT
@output_options
def case(project: str, lang: str | None, as_json: bool, as_csv: bool, top: int | None) -> None:
    """What the scenarios bring: ist and soll in hours and money."""
    from workbench.analysis.case.business import case as analysis

    _run(analysis, project, lang, as_json=as_json, as_csv=as_csv, top=top)


@click.command()
@click.argument("before", type=click.Path(file_okay=False))
@click.argument("after", type=click.Path(file_okay=False))
@output_options
def diff(before: str, after: str, lang: str | None, **how: Any) -> None:
    """What changes from the model BEFORE to the model AFTER, in hours, money and effort, and which numbers make it."""
    from workbench.analysis.difference import difference
    from workbench.project import open_project

    one, two = (open_project(root, lang).require_sound() for root in (before, after))  # type: ignore[arg-type]
    show(difference(one, two), **how)


@click.command()
@PROJECT
@output_options
def missing(project: str, lang: str | None, as_json: bool, as_csv: bool, top: int | None) -> None:
    """What the model does not say yet, with what depends on it first."""
    from workbench.analysis.missing import missing as analysis

    _run(analysis, project, lang, as_json=as_json, as_csv=as_csv, top=top)


@click.command()
@PROJECT
@output_options
def moments(project: str, lang: str | None, as_json: bool, as_csv: bool, top: int | None) -> None:
    """Which moments of truth matter most, and where to excel, keep easy or throttle back."""
    from workbench.analysis.moments import moments as analysis

    _run(analysis, project, lang, as_json=as_json, as_csv=as_csv, top=top)


@click.command()
@PROJECT
@output_options
def matrix(project: str, lang: str | None, as_json: bool, as_csv: bool, top: int | None) -> None:
    """Which contact reasons to leverage, simplify, automate or eliminate, and the share of failure demand."""
    from workbench.analysis.matrix import matrix as analysis

    _run(analysis, project, lang, as_json=as_json, as_csv=as_csv, top=top)
