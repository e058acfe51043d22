"""When do contacts arrive where no log says so?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from touchpoints.faults import Place
from touchpoints.library import library_trees
from touchpoints.located import Located
from touchpoints.records.hours import Hours


@dataclass(frozen=True)
class Arrivals:
    """Relative numbers of contacts, as the library declares them.

    Attributes:
        weekdays: per open hour on Monday … Sunday.
        staffed_hours: per hour of the day where people answer.
        free_hours: per hour of the day where nobody needs to be there.
        hours: when a team works that states no hours.
        place: where they stand.
    """

    weekdays: tuple[float, ...]
    staffed_hours: tuple[float, ...]
    free_hours: tuple[float, ...]
    hours: Hours
    place: Place


@cache
def library_arrivals() -> Arrivals:
    """The arrivals of the built-in library.

    Example:
        >>> found = library_arrivals()
        >>> len(found.weekdays), len(found.staffed_hours), len(found.free_hours), found.place.file
        (7, 24, 24, 'library/arrivals.yaml')
    """
    trees = library_trees("arrivals")

    def numbers(key: str) -> tuple[float, ...]:
        items: list[Located] = trees[key].value
        return tuple(float(item.value) for item in items)

    return Arrivals(
        weekdays=numbers("weekdays"),
        staffed_hours=numbers("staffed_hours"),
        free_hours=numbers("free_hours"),
        hours=Hours.parse(trees["hours"].value),
        place=trees["weekdays"].place,
    )
