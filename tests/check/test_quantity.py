from __future__ import annotations

from fractions import Fraction

import pytest

from clusterwright.check.quantity import is_in_thousandths, quantity


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("500m", Fraction(1, 2)),
        ("1.5Gi", Fraction(3 * 2**29)),
        ("1Ki", Fraction(1024)),
        ("1k", Fraction(1000)),
        ("2e3", Fraction(2000)),
        ("2E3", Fraction(2000)),
        ("1E", Fraction(10**18)),
        ("5e-1", Fraction(1, 2)),
        (".5", Fraction(1, 2)),
        ("1.", Fraction(1)),
        ("-1", Fraction(-1)),
        (2, Fraction(2)),
        (0.25, Fraction(1, 4)),
        ("100n", Fraction(1, 10**7)),
    ],
)
def test_a_quantity_is_what_kubernetes_takes_it_for(written: str | float, amount: Fraction) -> None:
    assert quantity(written) == amount


@pytest.mark.parametrize("written", ["", "lots", "1GB", "1 Gi", "1K", "0x10", "1e", "1e99999", "Gi", "1.2.3"])
def test_what_is_no_quantity_has_no_amount(written: str) -> None:
    assert quantity(written) is None


def test_only_a_unit_of_m_is_thousandths() -> None:
    assert is_in_thousandths("512m")
    assert not is_in_thousandths("512Mi")
    assert not is_in_thousandths(512)
