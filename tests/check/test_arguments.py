"""What is read without click is what click reads; what click refuses is left to it."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterwright.check.arguments import understood
from clusterwright.check.command import Options
from clusterwright.commands.check import command
from tests.check.conftest import FIXTURES

WORDS = [
    "--format", "json", "text", "html", "--output", "a", "--select", "app-*", "--ignore", "--strict", "--fix", "--diff",
    "--changed-since", "HEAD", "--stdin-filename", "--kubernetes-version", "1.35", "--explain", "--rules", "--help",
    "-h", "--", "-", "", "--format=json", "--frobnicate", "--form", "--paths", "registry", "..",
]  # fmt: skip


def by_click(arguments: list[str]) -> Options | None:
    """What click makes of a command line; None if it refuses it."""
    try:
        return Options(**command.make_context("check", list(arguments)).params)
    except (click.ClickException, click.exceptions.Exit):
        return None


@given(st.lists(st.sampled_from(WORDS), max_size=6))
def test_what_is_understood_means_what_click_says(arguments: list[str]) -> None:
    options = understood(arguments)
    assert options is None or options == by_click(arguments)


@pytest.mark.parametrize("line", ["", "a b", "--strict a --format json", "--select a --select b --changed-since 1"])
def test_plain_command_lines_are_understood(line: str) -> None:
    assert understood(line.split()) == by_click(line.split()) is not None


@pytest.mark.parametrize("line", ["--help", "--format html", "--format", "--output=a", "-x", "-- -a"])
def test_everything_else_is_for_click(line: str) -> None:
    assert understood(line.split()) is None


def test_a_plain_check_imports_nothing_that_it_can_do_without() -> None:
    dear = "{'click', 'yaml', 'dataclasses', 'inspect', 'email.utils', 'socket', 'subprocess', 'tempfile'}"
    check = f"main(['check', {str(FIXTURES / 'app-ref' / 'valid')!r}])"
    program = f"import sys; from clusterwright.cli import main; {check}; print({dear} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "set()"
