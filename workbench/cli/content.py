"""Which command tells how well the content answers what customers ask?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from workbench.cli.model import PROJECT
from workbench.cli.show import output_options, show


@click.command()
@PROJECT
@click.option("--question", "questions", multiple=True, help="Show what an agent would find; may be given again.")
@click.option(
    "--questions", "file", type=click.Path(exists=True, dir_okay=False),
    help="Logged questions, a text or CSV file with one per line: which have no good answer? Nothing of it is kept.",
)  # fmt: skip
@output_options
def content(project: str, questions: tuple[str, ...], file: str | None, lang: str | None, **how: Any) -> None:
    """Which answers are missing, expired, unfit or not to be found, what rests on them, and when reviews are due."""
    from workbench.analysis.content.content import content as analysis
    from workbench.analysis.content.questions import read_questions
    from workbench.project import open_project

    opened = open_project(project, lang).require_sound()  # type: ignore[arg-type]
    log = list(read_questions(Path(file))) if file is not None else None
    show(analysis(opened, questions=questions, log=log), **how)
