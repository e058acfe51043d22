"""Does evidence stay with the values it is about when a record takes over another?"""

from __future__ import annotations

from touchpoints.inventory import evidence_at

MODEL = """
reasons:
  base: {complexity: 2/5, emotion: 1/5, evidence: {grade: measured, source: survey, fields: {emotion: {source: panel}}}}
  own: {extends: base, complexity: 4/5}
  told: {extends: base, complexity: 4/5, evidence: {grade: workshop, source: workshop}}
"""


def test_an_overridden_value_does_not_keep_the_evidence_of_what_it_replaced(load) -> None:
    reasons = load(MODEL).reasons

    def seen(reason: str, field: str) -> tuple[str | None, str | None]:
        found = evidence_at(reasons[reason], (field,))
        return found.grade, found.source

    assert seen("own", "complexity") == ("assumed", None)
    assert seen("own", "emotion") == ("measured", "panel")
    assert seen("told", "complexity") == ("workshop", "workshop")
    assert seen("told", "emotion") == ("measured", "panel")


def test_a_driver_may_be_its_amount_alone(load) -> None:
    inventory = load("drivers: {passports: 14000/year, houses: {amount: 12/month}}")
    assert not inventory.faults
    assert inventory.drivers["passports"].amount.point * 12 == 14_000
    assert inventory.drivers["passports"].where("amount").line == 1
    (fault,) = load("drivers: {passports: 14000}").faults
    assert fault.rule == "unit-missing"
