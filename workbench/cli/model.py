"""Which commands are about the model as written: check, schema, explain, library, glossary?"""

from __future__ import annotations

import click

from workbench.cli.failures import FINDINGS, USAGE, UserError
from workbench.cli.target import target

PROJECT = click.argument("project", type=click.Path(file_okay=False))


@click.command()
@PROJECT
@click.option("--missing/--no-missing", default=True, help="List what is missing, worth most first.")
@click.pass_context
def check(ctx: click.Context, project: str, missing: bool) -> None:
    """Report every fault of a model at once, in the form compilers use, and list what is missing."""
    from touchpoints.faults import summary
    from workbench.project import open_project

    found = open_project(project)
    for fault in found.faults:
        click.echo(fault.render(project))
    click.echo(summary(found.faults, len(found.inventory.files)))
    if found.errors:
        ctx.exit(FINDINGS)
    if missing:
        from workbench.analysis.missing import missing as analysis
        from workbench.cli.show import print_tables

        gaps = analysis(found)
        if gaps.gaps:
            print_tables(gaps, top=15)


@click.command()
@click.option("--out", type=click.Path(dir_okay=False), help="The file to write; the terminal when not given.")
@click.option("--settings", is_flag=True, help="The schema of workbench.yaml instead of the model files.")
def schema(out: str | None, settings: bool) -> None:
    """Write the JSON Schema of the model language, so that editors complete and check while one types."""
    import json

    from touchpoints.schema import model_schema, settings_schema

    text = json.dumps(settings_schema() if settings else model_schema(), indent=2, ensure_ascii=False) + "\n"
    if out is None:
        click.echo(text, nl=False)
        return
    target(out).write_text(text, encoding="utf-8", newline="\n")


@click.command()
@click.argument("collection", required=False)
@click.option("--lang", type=click.Choice(["nl", "en"]), default="en", help="Language of the names.")
def library(collection: str | None, lang: str) -> None:
    """List what the built-in library offers; with a COLLECTION, its ids and names."""
    from touchpoints.collections import BY_ID
    from touchpoints.faults import hint
    from touchpoints.library import library_trees

    offered = [key for key in BY_ID if library_trees(key)]
    if collection is None:
        for key in offered:
            click.echo(f"{key:12} {len(library_trees(key)):3}  workbench library {key}")
        return
    if collection not in offered:
        raise UserError(f"the library has no '{collection}'{hint(collection, offered)}", USAGE)
    for key, tree in library_trees(collection).items():
        name = tree.plain().get("name", {})
        click.echo(f"library.{key:24} {name.get(lang, '') if isinstance(name, dict) else name}")


@click.command()
@click.argument("rule", required=False)
def explain(rule: str | None) -> None:
    """Explain a RULE: what it asks, why, and the remedy; without a name, list all rules."""
    from touchpoints.faults import hint
    from touchpoints.rules import RULES

    if rule is None:
        for one in RULES.values():
            click.echo(f"{one.id:22} {one.severity:8} {one.title}")
        return
    if rule not in RULES:
        raise UserError(f"no rule '{rule}'{hint(rule, RULES, most=60)}", USAGE)
    one = RULES[rule]
    click.echo(f"{one.id} ({one.severity}): {one.title}\n")
    for word, text in (("Asks", one.question), ("Why", one.why), ("Remedy", one.remedy)):
        click.echo(f"{word + ':':8} {text}")


@click.command()
@click.argument("term", required=False)
@click.option("--lang", type=click.Choice(["nl", "en"]), default="en", help="Language of the definitions.")
def glossary(term: str | None, lang: str) -> None:
    """Print the terms of the field, or the one named, in Dutch and English."""
    from touchpoints.faults import hint
    from touchpoints.glossary import find_terms
    from touchpoints.glossary import glossary as all_terms

    terms = all_terms()
    chosen = terms if term is None else find_terms(term)
    if not chosen:
        raise UserError(f"no term '{term}'{hint(str(term), terms)}", USAGE)
    for key, one in chosen.items():
        click.echo(f"{key}: {one.label.text('nl')} (nl), {one.label.text('en')} (en)")
        click.echo(f"    {one.definition.text(lang)}")
