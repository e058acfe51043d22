"""Which columns of which tables may be added up?

Rows that overlap or exclude one another (moves for the same question, systems that one contact lacks, scenarios) have
no sum that means anything; nor have tables of the log, of which small groups are withheld. So sums are named, never
guessed.
"""

from __future__ import annotations

_LOAD = ("contacts_per_year", "staff_h_per_year", "cost_per_year")

SUMS: dict[str, tuple[str, ...]] = {
    "touchpoints": _LOAD,
    "reasons": ("contacts_per_year", "staff_h_per_year"),
    "matrix": ("reasons_count", "contacts_with_staff", *_LOAD),
    "matrix_reasons": ("contacts_with_staff", *_LOAD),
    "content_coverage": ("contacts_per_year", "contacts_share", "staff_h_per_year", "staff_h_share", "cost_per_year"),
    "content_calendar": ("reviews_due",),
    "effort": ("customer_h_per_year", "staff_h_per_year", "backstage_h_per_year", "cost_per_year"),
    "systems": ("contacts_per_year", "staff_h_per_year"),
    "status_questions": _LOAD,
    "teams": ("people", "fte", "staff_h_per_year"),
    "staffing": ("needed_h_per_week", "fte_low", "fte_needed", "fte_have"),
    "staffing_queues": ("contacts_per_week",),
    "staffing_written": ("contacts_per_month",),
    "steering_plan": ("gross_shift", "net_shift", "saved_h_per_year", "saved_customer_h_per_year", "worth_per_year"),
}
"""Table → columns."""
