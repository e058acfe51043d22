"""Are the fields of a contact those of the design, each with a meaning?"""

from workbench.log.contact import DIRECTIONS, FIELDS, OUTCOMES, SERVED

DESIGN = (
    "contact_id customer_key case_key started_at answered_at ended_at channel touchpoint direction reason persona "
    "handling_time_s wait_s outcome resolved layer_count agent_group content_id effort_score source"
)


def test_every_field_of_the_design_is_there() -> None:
    assert set(DESIGN.split()) <= set(FIELDS)


def test_every_field_says_what_it_means_and_times_say_their_unit() -> None:
    assert all(field.meaning for field in FIELDS.values())
    assert all(field.unit == "s" for name, field in FIELDS.items() if name.endswith("_s"))
    assert all(field.unit == "UTC" for field in FIELDS.values() if field.kind == "time")


def test_closed_words() -> None:
    assert set(SERVED) < set(OUTCOMES)
    assert FIELDS["direction"].words == tuple(DIRECTIONS)
