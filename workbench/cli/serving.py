"""Which command serves the live page?"""

from __future__ import annotations

from pathlib import Path

import click

from workbench.cli.failures import USAGE, UserError


@click.command()
@click.option("--port", default=5006, type=click.IntRange(0, 65535), show_default=True, help="0 takes a free one.")
@click.option(
    "--address", default="127.0.0.1", show_default=True, help="Another one needs --origin and --auth or --oauth."
)
@click.option("--origin", "origins", multiple=True, help="Address that browsers use, such as https://journeys.example.")
@click.option("--auth", type=click.Path(dir_okay=False), help="Password file; see --hash-password.")
@click.option(
    "--oauth", metavar="PROVIDER", help="Login provider: azurev2, github, gitlab, google, or generic for others."
)
@click.option(
    "--allow", multiple=True, metavar="WHO", help="Who may enter by --oauth: someone@x.org, @x.org or USERNAME."
)
@click.option("--hash-password", "name", help="Ask for a password and print the line of this user for --auth.")
@click.option("--read-only", is_flag=True, help="Nobody may change the model here.")
@click.option("--lang", type=click.Choice(["nl", "en"]), default=None, help="Language; the project's by default.")
@click.argument("project", required=False, type=click.Path())
def serve(
    project: str | None, port: int, address: str, origins: tuple[str, ...], auth: str | None, oauth: str | None,
    allow: tuple[str, ...], name: str | None, read_only: bool, lang: str | None,
) -> None:  # fmt: skip
    """Show a project as a live page: try scenarios, look behind every step, follow the model while it is edited.

    Only this machine can open it, unless --address, --origin and --auth or --oauth say otherwise.
    """
    if name is not None:
        click.echo(_line(name))
        return
    if project is None:
        raise click.UsageError("Missing argument 'PROJECT'.")
    if not Path(project).is_dir():
        raise UserError(f"{project}: there is no such folder", USAGE)
    try:
        from workbench.app.door.access import AccessError
        from workbench.app.door.entrance import Door
        from workbench.app.door.passwords import PasswordFileError
        from workbench.app.serve import serve
    except ImportError as error:
        raise UserError(
            f"the live page needs `pip install 'journey-workbench[live]'` ({error.name} lacks)", USAGE
        ) from error
    door = Door(address, port, origins, None if auth is None else Path(auth), oauth, allow, read_only)
    try:
        serve(Path(project), door, lang, lambda url: click.echo(f"{url}  (stop with Ctrl+C)"))  # type: ignore[arg-type]
    except (AccessError, PasswordFileError) as error:
        raise UserError(str(error), USAGE) from error


def _line(name: str) -> str:
    """The line of a user in a password file."""
    from workbench.app.door.passwords import hashed

    if not name or ":" in name or name.startswith("#") or not name.isprintable():
        raise UserError(f"--hash-password needs a name without a colon, got {name!r}", USAGE)
    password = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    try:
        return f"{name}:{hashed(password)}"
    except ValueError as error:
        raise UserError(str(error), USAGE) from error
