"""How does a command read the log files that a project names?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from workbench.cli.failures import USAGE, UserError
from workbench.language.language import Language
from workbench.log.customer_links import link_of
from workbench.log.forgetting import ForgetResult, contacts_of, forget
from workbench.log.ingest import IngestResult, ingest
from workbench.log.profile_files import load_profile
from workbench.log.pseudonym import load_key
from workbench.log.store import Resources
from workbench.project import Project


def read_log(
    project: Project,
    files: Sequence[str],
    profile: str | None,
    key: str | None,
    memory_mib: int,
    language: Language,
    progress: Callable[[str, float], None] | None = None,
) -> IngestResult:
    """Read log files into the project's store; without names, those of `workbench.yaml`."""
    settings = project.inventory.settings.log
    named = list(files) or [str(project.root / name) for name in settings.files]
    if not named:
        raise UserError("name log files, or list them in workbench.yaml under `log: {files: […]}`", USAGE)
    using = profile or settings.profile
    if using is None:
        raise UserError("name a profile with --profile, or in workbench.yaml under `log: {profile: …}`", USAGE)
    result = ingest(
        named,
        load_profile(using, project.root),
        project.store_file,
        load_key(Path(key) if key else project.key_file),
        time_zone=project.inventory.settings.time_zone,
        window_days=settings.repeat_window_days,
        allow_free_text=project.inventory.settings.privacy.allow_free_text,
        resources=Resources(memory_mib=memory_mib),
        progress=progress,
    )
    return replace(result, language=language)


def forget_customers(
    project: Project,
    customers: Sequence[str],
    key: str | None,
    language: Language,
    sure: Callable[[int], None],
    progress: Callable[[str, float], None] | None = None,
) -> ForgetResult:
    """Delete the contacts of customers from the project's store; `sure` is asked first, with their number."""
    key_file = Path(key) if key else project.key_file
    if not key_file.is_file():
        raise UserError(f"{key_file}: there is no key, and without the key of the log nobody is found in it", USAGE)
    secret, profile = load_key(key_file), project.inventory.settings.log.profile
    link = link_of(load_profile(profile, project.root)) if profile else None
    country = link.country_code if link else "31"
    sure(contacts_of(project.store_file, customers, secret, country_code=country))
    result = forget(project.store_file, customers, secret, country_code=country, progress=progress)
    return replace(result, language=language)
