"""Comments that ignore: which findings they take out, and what counts as a comment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterwright.check.ignores import read
from clusterwright.check.model import File
from clusterwright.check.registry import RULES
from clusterwright.check.repository import load
from clusterwright.check.rule import MOST
from clusterwright.check.run import Wanted, check, examine
from clusterwright.check.scalars import go_yaml

if TYPE_CHECKING:
    from clusterwright.check.scalars import Scalars
    from tests.check.conftest import Write

NAMED = "clusterwright: ignore[yaml-duplicate-key]"


def found(write: Write, text: str) -> list[tuple[int, str]]:
    return [(one.line, one.rule) for one in check(str(write({".clusterwright.yaml": "", "a.yaml": text}))).findings]


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\na: 2 # clusterwright: ignore[yaml-duplicate-key] why\n",
        "a: 1\n# clusterwright: ignore[yaml-duplicate-key] why\na: 2\n",
        "a: 1\n# clusterwright: ignore[yaml-duplicate-key] why\n\n# and more\na: 2\n",
        "a: 1\n  # clusterwright: ignore[ yaml-duplicate-key ] - why\na: 2\n",
        "a: 1\r\na: 2 # clusterwright: ignore[yaml-duplicate-key] why\r\n",
        "a: 1\na: 2 # noqa # clusterwright: ignore[yaml-*] why\n",
        "a: 1\na: 2 # clusterwright: ignore[*] why\n",
        "# clusterwright: ignore-file[yaml-duplicate-key] why\na: 1\na: 2\na: 3\n",
        "a: 1\na: 2\n# clusterwright: ignore-file[yaml-duplicate-key] why\n",
        "a: 1\na: | # clusterwright: ignore[yaml-duplicate-key] why\n  text\n",
    ],
)
def test_what_is_ignored_is_gone(write: Write, text: str) -> None:
    assert found(write, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\na: '# clusterwright: ignore[yaml-duplicate-key] why'\n",
        'a: 1\na: "x\n  # clusterwright: ignore[yaml-duplicate-key] why"\n',
        "a: 1\na: |\n  # clusterwright: ignore[yaml-duplicate-key] why\n",
        "a: |\n  # clusterwright: ignore-file[yaml-duplicate-key] why\na: 2\n",
        "a: 1\na: 2 # clusterwright:ignore[yaml-duplicate-key] why\n",
    ],
)
def test_text_is_no_comment(write: Write, text: str) -> None:
    assert [rule for _, rule in found(write, text)] == ["yaml-duplicate-key"]


def test_a_reason_is_kept_with_what_it_ignores(write: Write) -> None:
    root = write({".clusterwright.yaml": "", "a.yaml": f"a: 1\na: 2 # {NAMED} as upstream ships it\n"})
    (ignored,) = check(str(root)).ignored
    assert (ignored.finding.line, ignored.finding.rule) == (2, "yaml-duplicate-key")
    assert ignored.reason == "as upstream ships it"


def test_an_ignore_without_a_reason_ignores_and_is_an_error_itself(write: Write) -> None:
    assert found(write, f"a: 1\na: 2 # {NAMED}\n") == [(2, "ignore-reason")]


def test_an_ignore_on_the_wrong_line_is_unused(write: Write) -> None:
    assert found(write, f"a: 1 # {NAMED} why\na: 2\n") == [(1, "ignore-unused"), (2, "yaml-duplicate-key")]


def test_a_rule_that_did_not_run_is_not_unused(write: Write) -> None:
    root = write(
        {".clusterwright.yaml": "", "a.yaml": f"a: 1 # {NAMED} why\nb: 2 # clusterwright: ignore[app-*] why\n"}
    )
    assert check(str(root), wanted=Wanted(ignore=("yaml-*", "app-path"))).findings == ()
    assert len(check(str(root)).findings) == 2


def test_a_finding_that_is_ignored_by_path_keeps_its_comment_used(write: Write) -> None:
    settings = "check: {per_path: {a.yaml: {ignore: [yaml-duplicate-key]}}}\n"
    root = write({".clusterwright.yaml": settings, "a.yaml": f"a: 1\na: 2 # {NAMED} why\n"})
    assert check(str(root)).findings == ()


def test_two_comments_may_ignore_one_finding(write: Write) -> None:
    assert found(write, f"# clusterwright: ignore-file[yaml-*] why\na: 1\na: 2 # {NAMED} why\n") == []


def test_a_comment_in_a_broken_file_counts_up_to_the_error(write: Write) -> None:
    assert found(write, "# clusterwright: ignore-file[yaml-parse] half a file\na: [\n") == []
    assert found(write, "a: [\n}\n# clusterwright: ignore-file[yaml-parse] half a file\n") == [(2, "yaml-parse")]


def test_what_could_not_be_checked_can_be_ignored(write: Write) -> None:
    text = "apiVersion: x.io/v1\nkind: A # clusterwright: ignore[schema-missing] no schema is published\n"
    assert found(write, text) == []


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('a = "x" # clusterwright: ignore[r] why\n', [1]),
        ('a = "x" // clusterwright: ignore[r] why\n', [1]),
        ('# clusterwright: ignore[r] why\n\n// more\na = "x"\n', [4]),
        ('a = "it\'s" # clusterwright: ignore[r] why\n', [1]),
        ('a = "\\" # clusterwright: ignore[r] why"\n', []),
        ('a = "x"\n/*\n# clusterwright: ignore[r] why\n*/\n', []),
        ("a = <<EOT\n# clusterwright: ignore[r] why\nEOT\nb = 1 # clusterwright: ignore[r] why\n", [4]),
        ("a = <<-EOT\n  # clusterwright: ignore[r] why\n  EOT\n", []),
        ("url = https://clusterwright: ignore[r]\n", []),
    ],
)
def test_comments_of_hcl_and_shells(text: str, lines: list[int]) -> None:
    assert [one.line for one in read(File("a.tf", text.encode()))] == lines


def test_a_file_that_is_no_text_has_no_comments() -> None:
    assert list(read(File("a.yaml", b"\xff # clusterwright: ignore[r] why\n", go_yaml()))) == []


def test_a_repository_without_comments_is_not_searched(write: Write) -> None:
    repository = load(str(write({"a.yaml": "a: 1\na: 2\n"})))
    assert [one.rule for one in examine(repository, RULES).findings] == ["yaml-duplicate-key"]
    assert examine(repository, RULES).ignored == []


PIECES = [
    "# clusterwright: ignore[r] why",
    "clusterwright: ignore",
    "#",
    "//",
    "/*",
    "*/",
    '"',
    "'",
    "\n",
    "a: ",
    "|",
    "<<E\n",
    "\xe9",
    " ",
]


@given(st.lists(st.sampled_from(PIECES)).map("".join), st.sampled_from([None, go_yaml()]))
def test_whatever_a_file_holds_each_comment_is_where_it_says(text: str, scalars: Scalars | None) -> None:
    lines = text.split("\n")
    for one in read(File("a", text.encode(), scalars)):
        line, col = one.place
        assert lines[line - 1][col - 1 :].startswith(("#", "//"))
        assert one.line is None or line <= one.line <= len(lines)


def test_where_not_all_is_named_no_comment_is_called_unused(write: Write) -> None:
    doubled = "a: 1\n" * (MOST + 10)
    text = f"{doubled}a: 2 # {NAMED} why\nb: 1 # clusterwright: ignore[schema] why\n"
    last = MOST + 12
    assert [one for one in found(write, text) if one[1] != "yaml-duplicate-key"] == [(last, "ignore-unused")]


def test_of_many_comments_that_ignore_nothing_the_first_are_named(write: Write) -> None:
    lines = found(write, "".join(f"a{number}: 1 # {NAMED} why\n" for number in range(MOST + 5)))
    assert len(lines) == MOST + 1
    assert lines[0] == (1, "ignore-unused")
