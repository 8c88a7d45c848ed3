from __future__ import annotations

import pytest

from clusterwright.check.quantity import ONE, is_in_thousandths, quantity


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("500m", ONE // 2),
        ("1.5Gi", 3 * 2**29 * ONE),
        ("1Ki", 1024 * ONE),
        ("1k", 1000 * ONE),
        ("2e3", 2000 * ONE),
        ("2E3", 2000 * ONE),
        ("1E", 10**18 * ONE),
        ("5e-1", ONE // 2),
        (".5", ONE // 2),
        ("1.", ONE),
        ("-1", -ONE),
        (2, 2 * ONE),
        (0.25, ONE // 4),
        ("100n", 100),
        ("0.1n", 1),
        ("1e-999", 1),
    ],
)
def test_a_quantity_is_what_kubernetes_takes_it_for(written: str | float, amount: int) -> None:
    assert quantity(written) == amount


@pytest.mark.parametrize(
    "written", ["", ".", "lots", "1GB", "1 Gi", "1K", "0x10", "1e", "1e99999", "Gi", "1.2.3", "9" * 5000]
)
def test_what_is_no_quantity_has_no_amount(written: str) -> None:
    assert quantity(written) is None


def test_only_a_unit_of_m_is_thousandths() -> None:
    assert is_in_thousandths("512m")
    assert not is_in_thousandths("512Mi")
    assert not is_in_thousandths(512)
