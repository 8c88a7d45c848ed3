"""Deadlocks: the circles in which nobody can go first, named link by link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.order.conftest import HEALTH, NO_HEALTH, SETTINGS, application, manifest, order

if TYPE_CHECKING:
    from pathlib import Path

    from tests.check.conftest import Write

ROOT = {**SETTINGS, **HEALTH, "root.yaml": application("main", "apps")}


def said(root: Path) -> list[list[str]]:
    return [[link.why for link in circle] for circle in order(root).deadlocks]


def test_an_order_that_can_be_kept_is_no_deadlock(write: Write) -> None:
    files = {f"apps/{name}.yaml": application(name, name, wave) for wave, name in enumerate(("one", "two", "three"))}
    assert said(write({**ROOT, **files, "apps/four.yaml": application("four", "four", 3, needs="one,two,gone")})) == []


def test_needs_in_a_circle_are_one_in_any_wave(write: Write) -> None:
    files = {
        "apps/a.yaml": application("a", "a", 0, needs="c"),
        "apps/b.yaml": application("b", "b", 0, needs="a"),
        "apps/c.yaml": application("c", "c", 0, needs="b"),
    }
    assert said(write({**ROOT, **files})) == [["a needs c", "c needs b", "b needs a"]]


def test_an_application_that_needs_itself_waits_for_ever(write: Write) -> None:
    assert len(said(write({**ROOT, "apps/a.yaml": application("a", "a", needs="a")}))) == 1


def test_a_need_in_a_later_wave_is_one_where_waves_wait(write: Write) -> None:
    files = {
        **ROOT,
        "apps/early.yaml": application("early", "early", 1, needs="late"),
        "apps/between.yaml": application("between", "between", 2),
        "apps/late.yaml": application("late", "late", 3),
    }
    (circle,) = order(write(files)).deadlocks
    assert [(link.name, link.other) for link in circle] == [
        ("early", "late"),
        ("late", "between"),
        ("between", "early"),
    ]
    assert circle[0].why == "early needs late"
    assert circle[1].why == "late comes in wave 3 of main, between in wave 2"
    assert said(write({**files, **NO_HEALTH})) == []


def test_a_definition_in_a_later_wave_is_one(write: Write) -> None:
    files = {
        "apps/certificates.yaml": application("certificates", "certificates", 0),
        "apps/cert-manager.yaml": application("cert-manager", "", 1, chart="cert-manager"),
        "certificates/one.yaml": manifest("Certificate", "cert-manager.io/v1"),
    }
    assert said(write({**ROOT, **files})) == [
        [
            "certificates applies Certificate, which cert-manager defines",
            "cert-manager comes in wave 1 of main, certificates in wave 0",
        ]
    ]


def test_a_child_that_needs_what_comes_after_its_maker_is_one(write: Write) -> None:
    files = {
        "apps/team.yaml": application("team", "team", 0),
        "apps/store.yaml": application("store", "store", 1),
        "team/shop.yaml": application("shop", "shop", 0, needs="store"),
    }
    (circle,) = said(write({**ROOT, **files}))
    assert circle == [
        "shop needs store",
        "store comes in wave 1 of main, team in wave 0",
        "team makes shop, and is healthy only after it",
    ]


def test_each_of_two_circles_is_named(write: Write) -> None:
    files = {
        "apps/a.yaml": application("a", "a", needs="b"),
        "apps/b.yaml": application("b", "b", needs="a"),
        "apps/c.yaml": application("c", "c", needs="d"),
        "apps/d.yaml": application("d", "d", needs="c"),
    }
    assert sorted(said(write({**ROOT, **files}))) == [["a needs b", "b needs a"], ["c needs d", "d needs c"]]


def test_roots_that_need_each_other_are_one(write: Write) -> None:
    files = {"a.yaml": application("a", "x", needs="b"), "b.yaml": application("b", "y", needs="a")}
    assert said(write({**SETTINGS, **files})) == [["a needs b", "b needs a"]]
