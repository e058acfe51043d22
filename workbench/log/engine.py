"""What can a contact log be asked, whichever engine keeps it?"""

from __future__ import annotations

import copy
from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any, Self
from zoneinfo import ZoneInfo

import ibis
import pyarrow as pa

from workbench.log.notes import Note

SUPPRESS_BELOW = 10
"""Groups of fewer contacts, customers or cases are not shown, unless a project says otherwise."""


class Log(ABC):
    """A contact log, open for questions: Ibis expressions over its tables, so that a measure runs on every engine.

    An engine gives `table`, `arrow` and `meta`; everything else follows from these.
    """

    suppress_below: int = SUPPRESS_BELOW
    """Groups of fewer contacts, customers or cases are not shown."""

    in_order: bool = False
    """Whether the contacts come as they are stored, by journey and step, without being asked to."""

    keeps_courses: bool = False
    """Whether it keeps the course of every journey, in the tables trace and variant."""

    keeper: AbstractContextManager[Log] | None = None
    """What closes the log, when nobody else does; a log that is no longer used is closed with it."""

    def close(self) -> None:
        """Close a log that was opened to be kept; what is asked of it afterwards fails."""
        if self.keeper is not None:
            self.keeper.__exit__(None, None, None)
            self.keeper = None

    @abstractmethod
    def table(self, name: str) -> ibis.Table:
        """A table of the log: contact, a roll-up of it, file, file_count, quarantine."""

    @abstractmethod
    def arrow(self, expression: ibis.Table) -> pa.Table:
        """The columns of an expression, for answers of many rows; words may come as dictionaries."""

    @property
    def exact(self) -> Self:
        """The same log for code that needs every number, such as a ledger, and itself shows none of small groups.

        What is asked of a log withholds small groups; what is asked of `log.exact` does not. Nothing else does that.
        """
        twin = copy.copy(self)
        twin.suppress_below = 1
        return twin

    @property
    @abstractmethod
    def meta(self) -> Mapping[str, Any]:
        """What the log says about itself: version, time_zone, window_days, repeat_key, first_at, last_at, notes."""

    def rows(self, expression: ibis.Table) -> list[dict[str, Any]]:
        """The rows of an expression."""
        columns = self.arrow(expression).to_pydict()
        return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]

    @cached_property
    def known(self) -> Mapping[str, int]:
        """Field of the contact: the number of contacts that have it."""
        return {str(row["field"]): int(row["known"]) for row in self.rows(self.table("field"))}

    @property
    def contacts(self) -> int:
        """The number of contacts."""
        return self.known["started_at"]

    def has(self, field: str) -> bool:
        """Whether any contact of this log has the field."""
        return self.known.get(field, 0) > 0

    @property
    def time_zone(self) -> str:
        """The zone whose days and hours the log is counted in."""
        return str(self.meta["time_zone"])

    @property
    def window_days(self) -> int:
        """The repeat window for which counts are kept ready [d]."""
        return int(self.meta["window_days"])

    @cached_property
    def first_at(self) -> datetime | None:
        """The start of the first contact (UTC)."""
        return self._moment("first_at")

    @cached_property
    def last_at(self) -> datetime | None:
        """The start of the last contact (UTC), which is taken as the end of the log."""
        return self._moment("last_at")

    @cached_property
    def first_day(self) -> date | None:
        """The day of the first contact, in the zone of the log."""
        return self.first_at.astimezone(ZoneInfo(self.time_zone)).date() if self.first_at else None

    @cached_property
    def last_day(self) -> date | None:
        """The day of the last contact, in the zone of the log."""
        return self.last_at.astimezone(ZoneInfo(self.time_zone)).date() if self.last_at else None

    def _moment(self, key: str) -> datetime | None:
        text = self.meta.get(key)
        return datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None

    @property
    def notes(self) -> tuple[Note, ...]:
        """What a reader of the log should know."""
        return tuple(Note.model_validate(one) for one in self.meta["notes"])
