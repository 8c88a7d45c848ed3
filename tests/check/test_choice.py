"""`pyproject.toml` says the same as `.clusterwright.yaml`, in its own table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clusterwright.check.choice import Choice, choice, from_pyproject
from clusterwright.check.run import check
from clusterwright.errors import UserError

if TYPE_CHECKING:
    from tests.check.conftest import Write

ORIGIN = "pyproject.toml: tool.clusterwright.check"
TABLE = b"""\
[tool.clusterwright.check]
ignore = ["app-*"]
severity = { "schema" = "warning" }
[tool.clusterwright.check.per_path."examples/**"]
ignore = ["*"]
"""


def test_pyproject_is_read() -> None:
    place = Choice(f"{ORIGIN}.per_path['examples/**']", ignore=("*",))
    assert from_pyproject(TABLE) == Choice(
        ORIGIN, ignore=("app-*",), severity=(("schema", "warning"),), per_path=(("examples/**", place),)
    )


@pytest.mark.parametrize(
    "text", [b"", b"[tool.ruff]\n", b"[project]\nname = 'clusterwright'\n", b"[tool.clusterwright]\n"]
)
def test_a_pyproject_that_says_nothing_about_the_check(text: bytes) -> None:
    assert from_pyproject(text) is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"clusterwright = [", r"^pyproject.toml: not TOML: "),
        (b"# clusterwright \xff", r"^pyproject.toml: not TOML: "),
        (b"[tool.clusterwright.chek]\n", r"tool.clusterwright: unknown key 'chek': did you mean \"check\"\?"),
        (b"[tool]\nclusterwright = 1\n", "tool.clusterwright: expected a mapping"),
        (b"[tool.clusterwright.check]\nselect = 'a'\n", "tool.clusterwright.check.select: expected a list of rules"),
    ],
)
def test_what_is_wrong_is_refused_in_one_line(text: bytes, message: str) -> None:
    with pytest.raises(UserError, match=message) as caught:
        from_pyproject(text)
    assert "\n" not in str(caught.value)


def test_nothing_is_everything() -> None:
    assert choice(None, "here") == choice({}, "here") == Choice("here")


def test_the_check_goes_by_pyproject(write: Write) -> None:
    root = write({".git/HEAD": "", "pyproject.toml": TABLE, "examples/a.yaml": "a: [\n", "b.yaml": "a: [\n"})
    assert [one.path for one in check(str(root)).findings] == ["b.yaml"]


def test_saying_it_in_two_places_is_refused(write: Write) -> None:
    root = write({".clusterwright.yaml": "check: {}\n", "pyproject.toml": TABLE})
    with pytest.raises(UserError, match=r"tool.clusterwright.check: .clusterwright.yaml: check is there too; keep one"):
        check(str(root))
