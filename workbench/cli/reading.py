"""How does a command read the log files that a project names?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from workbench.cli.failures import USAGE, UserError
from workbench.language.language import Language
from workbench.log.customer_links import link_of
from workbench.log.forgetting import ForgetResult, contacts_of, forget
from workbench.log.ingest import IngestResult
from workbench.log.profile_files import load_profile
from workbench.log.pseudonym import load_key
from workbench.logbook import NotNamedError, ingest
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
    try:
        result = ingest(project, files, profile, key=key, memory_mib=memory_mib, progress=progress)
    except NotNamedError as error:
        raise UserError(str(error), USAGE) from error
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
