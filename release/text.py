"""What a release writes, as text: versions, the section of the changelog, the entry of releases.yaml."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from clusterwright.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

_VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
_TOOLKIT = re.compile(r'(?<=^__version__ = ")[^"\n]+(?="$)', re.MULTILINE)
_TEMPLATE = re.compile(r"(?<=^cw_version:\n  type: str\n  when: false\n  default: )\S+$", re.MULTILINE)
_TERMINAL = re.compile(r"(?<=, from Clusterwright v)\S+(?=\.$)", re.MULTILINE)
_UNRELEASED = re.compile(r"^## Unreleased\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


def numbers(version: str) -> tuple[int, ...]:
    """The numbers of a version, to compare it.

    Raises:
        UserError: it is none.
    """
    match = _VERSION.fullmatch(version)
    if not match:
        raise UserError(f"{version}: no version; give three numbers, such as 1.2.3")
    return tuple(map(int, match.groups()))


def current(toolkit: str) -> str:
    """The version that hooks/clusterwright/__init__.py names."""
    return _only(_TOOLKIT, toolkit, "hooks/clusterwright/__init__.py")


def toolkit(text: str, version: str) -> str:
    """hooks/clusterwright/__init__.py with another version."""
    return text.replace(f'"{current(text)}"', f'"{version}"', 1)


def template(text: str, version: str) -> str:
    """questions/computed.yml with another version."""
    _only(_TEMPLATE, text, "questions/computed.yml")
    return _TEMPLATE.sub(version, text)


def terminal(text: str, version: str, path: str) -> str:
    """A page on which `clusterwright new` says from which release it made a platform, with another one."""
    _only(_TERMINAL, text, path)
    return _TERMINAL.sub(version, text)


def changelog(text: str, version: str, day: date) -> str:
    """CHANGELOG.md with what is unreleased as the section of a version.

    Raises:
        UserError: it says nothing of it.
    """
    section = _UNRELEASED.search(text)
    if not section or not section[1].strip():
        raise UserError("CHANGELOG.md: nothing is under `## Unreleased`; say there what is new, and commit it")
    return text[: section.start()] + f"## {version} ({day})\n" + text[section.start(1) :]


def entry(version: str, commit: str, catalogue: Mapping[str, Any]) -> str:
    """A release as releases.yaml holds it: its commit, and the charts of its catalogue."""
    charts = {name: record["chart"]["version"] for name, record in sorted(catalogue.items()) if "chart" in record}
    lines = [f"- version: {version}", f"  commit: {commit}", "  charts:"]
    lines += [f"    {name}: {chart if chart.startswith('v') else json.dumps(chart)}" for name, chart in charts.items()]
    return "".join(f"{line}\n" for line in lines)


def _only(pattern: re.Pattern[str], text: str, path: str) -> str:
    found: list[str] = pattern.findall(text)
    if len(found) != 1:
        raise UserError(f"{path}: names its version {len(found)} times; name it once")
    return found[0]
