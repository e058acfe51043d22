"""How is the contact log of a project opened, by the engine and with the privacy that the project sets?"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from workbench.project import Project

if TYPE_CHECKING:
    from workbench.log.engine import Log
    from workbench.log.store import Resources


def has_log(project: Project) -> bool:
    """Whether the project has a contact log, in its own store or on Spark."""
    return project.inventory.settings.log.spark is not None or project.store_file.is_file()


def open_project_log(project: Project, resources: Resources | None = None) -> AbstractContextManager[Log]:
    """The log of a project, open for reading; groups below its `privacy.suppress_below` are not shown.

    Args:
        project: the project; with `log: {spark: …}` in its settings Spark answers, else the project's own store.
        resources: what the embedded engine may use; Spark has settings of its own.

    Raises:
        LogError: the project has no log, it is not one of this version, or Spark is wanted and not there.
    """
    settings = project.inventory.settings
    least, spark = settings.privacy.suppress_below, settings.log.spark
    if spark is None:
        from workbench.log.store import open_log

        return open_log(project.store_file, resources, least)
    from workbench.log.spark import open_spark_log

    folder = spark.parquet if "://" in spark.parquet else str(project.root / spark.parquet)
    return open_spark_log(folder, master=spark.master, suppress_below=least)
