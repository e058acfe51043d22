"""Are numbers read as they are written in Dutch and in English, and refused only where there are two readings?"""

from __future__ import annotations

from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from touchpoints.numbers import QuantityError, read_number
from touchpoints.quantities import Duration, Money, Rate

CENTS = st.decimals(-(10**11), 10**11, places=2)
WHOLE = st.integers(10**6, 10**12)


@given(CENTS, st.sampled_from(["nl", "en", "de", "it"]))
def test_amounts_are_read_as_babel_writes_them(amount: Decimal, locale: str) -> None:
    assert read_number(format_decimal(amount, "#,##0.00", locale=locale)) == float(amount)


@given(WHOLE, st.sampled_from(["nl", "en"]))
def test_millions_in_groups_have_one_reading(number: int, locale: str) -> None:
    assert read_number(format_decimal(number, "#,##0", locale=locale)) == number


@given(st.integers(1_000, 999_999), st.sampled_from(["nl", "en"]))
def test_thousands_without_decimals_have_two(number: int, locale: str) -> None:
    with pytest.raises(QuantityError) as refused:
        read_number(format_decimal(number, "#,##0", locale=locale))
    assert refused.value.rule == "ambiguous-number"
    assert f"write {number}" in str(refused.value)


@pytest.mark.parametrize(
    "text", ["1.250.50", "1,2,3", "12.34,5", "1.2500,5", "0.250,5", "1.250,5.0", "1250.000,5", ".5,5"]
)
def test_signs_that_set_nothing_apart_are_refused(text: str) -> None:
    with pytest.raises(QuantityError, match="is not a number"):
        read_number(text)


def test_quantities_take_such_numbers() -> None:
    assert Rate.parse("1.250,50/month").point == 1250.5
    assert Rate.parse("1,250.50..1,500.25/month").high == 1500.25
    assert Duration.parse("1.250,5s").point == 1250.5
    cost = Money.parse("€ 1.250,50/hour")
    assert (cost.point, cost.currency, cost.per) == (1250.5, "EUR", "hour")
    assert Money.parse("€ 45,50").point == 45.5
