"""Which commands are there, and what do they take? From click and the table of commands."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator

import click

from docs.generate.markdown import choices, code, page, rows
from workbench.cli.main import COMMANDS, cli

INTRODUCTION = """
Every command prints help with `--help`. `PROJECT` is a folder with `workbench.yaml` and `model/**.yaml`. Commands that
answer a question print tables and take the [output options](#output-options). Exit status: 0 fine, 1 errors in the
model (or, with `validate --strict`, contradictions), 2 wrong usage.
"""
OUTPUT = ("as_json", "as_csv", "lang", "top")
"""The options that every command takes that prints tables."""


def commands_page() -> str:
    """The command reference."""
    context = click.Context(cli, info_name="workbench")
    overview = rows(["command", "what"], [(f"[`{name}`](#workbench-{name})", short) for name, (_, short) in
                                          COMMANDS.items()])  # fmt: skip
    listed = cli.get_command(context, "effort")
    assert listed is not None
    taken = [option for option in listed.params if option.name in OUTPUT]
    output = rows(["option", "what"], _options(taken, click.Context(listed)))
    parts: list[str] = []
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        parts.extend(_described(command, click.Context(command, info_name=name, parent=context)))
    return page("Commands", INTRODUCTION, overview, "## Output options", output, *parts)


def _described(command: click.Command, context: click.Context) -> Iterator[str]:
    """A command: usage, what it does, its arguments and options; then the commands below it."""
    level = "##" if context.parent is not None and context.parent.parent is None else "###"
    yield f"{level} {context.command_path}"
    if not isinstance(command, click.Group):
        yield f"```\n{context.command_path} {' '.join(_pieces(command, context))}\n```"
    yield inspect.cleandoc(command.help or "")
    prints = set(OUTPUT) <= {str(option.name) for option in command.params}
    own = [option for option in command.params if not prints or option.name not in OUTPUT]
    yield rows(["option", "what", "default"], _options(own, context))
    if prints:
        yield "And the [output options](#output-options)."
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from _described(below, click.Context(below, info_name=name, parent=context))


def _pieces(command: click.Command, context: click.Context) -> Iterator[str]:
    """The parts of a call; an argument with many choices stands for them by its name."""
    yield "[OPTIONS]"
    for one in command.params:
        if isinstance(one, click.Argument):
            is_choice = isinstance(one.type, click.Choice)
            yield str(one.name).upper() if is_choice else one.make_metavar(context)


def _options(options: Iterable[click.Parameter], context: click.Context) -> Iterator[tuple[str, str, str]]:
    """Option or closed argument: its names, what it does, its default."""
    for option in options:
        kind = option.type
        if isinstance(option, click.Argument) and isinstance(kind, click.Choice):
            yield code(str(option.name).upper()), f"One of {choices(kind.choices)}.", ""
        if not isinstance(option, click.Option):
            continue
        names = ", ".join(code(name) for name in (*option.opts, *option.secondary_opts))
        what = (option.help or "").strip()
        if isinstance(kind, click.Choice):
            what += f" One of {choices(kind.choices)}."
        elif not option.is_flag:
            names += f" {_form(option, context)}"
        if option.multiple and "repeated" not in what:
            what += " May be repeated."
        yield names, what, _default(option)


def _form(option: click.Option, context: click.Context) -> str:
    """What stands for the value: a whole number with its bounds, or what click calls it."""
    kind = option.type
    if isinstance(kind, click.IntRange):
        bounds = [f"{sign} {end}" for sign, end in (("≥", kind.min), ("≤", kind.max)) if end is not None]
        return " ".join(["N", *([f"({', '.join(bounds)})"] if bounds else [])])
    if isinstance(kind, click.DateTime):
        return "DATE"
    return "N" if isinstance(kind, click.types.IntParamType) else option.make_metavar(context)


def _default(option: click.Option) -> str:
    value = option.default
    if option.required:
        return "required"
    if option.is_flag or option.multiple or not isinstance(value, str | int | float) or value == "":
        return ""
    return code(str(value))
