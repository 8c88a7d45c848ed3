from __future__ import annotations

import pytest

from clusterwright.check.names import key_fault, label_1035_fault, label_fault, port_name_fault, value_fault


@pytest.mark.parametrize("name", ["a", "0", "web-1", "x" * 63])
def test_labels_that_are_fine(name: str) -> None:
    assert not label_fault(name)


@pytest.mark.parametrize("name", ["", "A", "a.b", "-a", "a-", "a_b", "x" * 64])
def test_labels_that_are_refused(name: str) -> None:
    assert label_fault(name)


def test_the_older_form_begins_with_a_letter() -> None:
    assert label_1035_fault("1-web") == "begin with a letter"
    assert not label_1035_fault("web-1")


@pytest.mark.parametrize("name", ["http", "h2", "a-b-c", "x" * 15, "80a"])
def test_names_of_ports_that_are_fine(name: str) -> None:
    assert not port_name_fault(name)


@pytest.mark.parametrize("name", ["80", "a--b", "-a", "HTTP", "x" * 16, "a_b"])
def test_names_of_ports_that_are_refused(name: str) -> None:
    assert port_name_fault(name)


@pytest.mark.parametrize("key", ["a", "A.b_c-d", "example.com/A", f"{'x' * 63}", "a.example.com/" + "x" * 63])
def test_keys_that_are_fine(key: str) -> None:
    assert not key_fault(key)


@pytest.mark.parametrize("key", ["", "/a", "a/", "Example.com/a", "a b", "a/b/c", "x" * 64, f"{'x' * 254}/a"])
def test_keys_that_are_refused(key: str) -> None:
    assert key_fault(key)


def test_an_empty_label_is_fine_and_a_plus_is_not() -> None:
    assert not value_fault("")
    assert value_fault("1.2.3+4")
    assert value_fault("x" * 64) == "has 64 characters: shorten it to 63"
