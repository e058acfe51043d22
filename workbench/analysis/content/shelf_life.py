"""Until when does the last review of a piece of content hold, and what is the matter with it?"""

from __future__ import annotations

import math
from datetime import date, timedelta

from touchpoints.inventory import Inventory
from touchpoints.quantities import DAYS_PER_MONTH
from touchpoints.records.organisation import Content


def reference_day(inventory: Inventory) -> date:
    """The day against which shelf life is held: the end of the project's period, else today."""
    period = inventory.settings.period
    return period.end if period else date.today()


def due_day(content: Content) -> date | None:
    """The last day on which the review holds: reviewed + review_every; None when the model does not say.

    Example:
        >>> from touchpoints.quantities import Span
        >>> due_day(Content(reviewed=date(2026, 3, 1), review_every=Span.parse("6 months")))
        datetime.date(2026, 8, 30)
    """
    if content.reviewed is None or content.review_every is None:
        return None
    try:
        return content.reviewed + timedelta(days=math.floor(content.review_every.point * DAYS_PER_MONTH))
    except OverflowError:
        return date.max


def content_faults(content: Content, today: date) -> list[str]:
    """What is the matter with a piece of content, as words of the catalogue."""
    faults = []
    due = due_day(content)
    if content.kind == "tacit":
        faults.append("content_tacit")
    if content.owner is None:
        faults.append("content_no_owner")
    if not content.answers:
        faults.append("content_answers_nothing")
    if due is not None and due < today:
        faults.append("content_expired")
    elif due is None and content.kind != "tacit":
        faults.append("content_never_reviewed")
    if not content.fit_for:
        faults.append("content_fit_for_nothing")
    return faults


def is_valid(content: Content, today: date) -> bool:
    """Whether it is written down and its last review still holds."""
    due = due_day(content)
    return content.kind != "tacit" and due is not None and due >= today
