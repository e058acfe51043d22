"""How is the contact log of a project opened, with the privacy that the project sets?"""

from __future__ import annotations

from contextlib import AbstractContextManager

from workbench.log.store import Resources, StoredLog, open_log
from workbench.project import Project


def open_project_log(project: Project, resources: Resources | None = None) -> AbstractContextManager[StoredLog]:
    """The log of a project, open for reading; groups below its `privacy.suppress_below` are not shown.

    Raises:
        LogError: the project has no log, or it is not one of this version.
    """
    return open_log(project.store_file, resources, project.inventory.settings.privacy.suppress_below)
