"""docs/providers.md, made from the facts in providers/: `nox -s providers` writes it, and a test holds it current."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import yaml

from tests.template.questions import ROOT

PAGE = ROOT / "docs" / "providers.md"
PROVIDERS = ROOT / "providers"
# Every axis with what is told of each of its providers, in the order of the page.
AXES = {
    "cloud": {
        "network": "Network",
        "api": "API server",
        "nodes": "Node pools",
        "autoscaling": "Autoscaling",
        "upgrades": "Upgrades",
        "identity": "Workload identity",
        "seal": "Unsealing of the store",
        "registry": "Container registry",
        "states": "States",
        "backups": "Backups",
        "volumes": "Storage class",
        "load_balancer": "Load balancer",
        "metrics": "Metrics",
        "clusters": "Workload clusters",
    },
    "git": {
        "repository": "Repository",
        "teams": "Teams and people",
        "identity": "The platform's identity",
        "approvals": "Approvals",
        "webhook": "Webhook",
        "checks": "Checks",
        "runners": "Runners",
        "registry": "Registry",
        "templates": "Templates and code owners",
    },
    "dns": {"records": "Records", "certificates": "Certificates by ACME", "credential": "Credential"},
    "seal": {"key": "Key", "identity": "Signs in with", "rotation": "Rotation"},
}
TITLES = {"cloud": "Clouds", "git": "Git hosts", "dns": "DNS", "seal": "Seals of the store"}
HEAD = """\
# Providers

What the platform gets of each provider, and what is a limit of it. The README of a generated platform states the limits
of the providers that it chose; its `infrastructure/README.md` and `docs/secrets.md` say how each credential is renewed.

`yes`: the platform has it. `limit`: with a limit, which the provider's own table states. `no`: it does not, and why.
"""


def names(axis: str) -> list[str]:
    """The providers of an axis."""
    return sorted(path.name for path in (PROVIDERS / axis).iterdir() if path.is_dir())


@cache
def facts(axis: str, name: str) -> dict[str, dict[str, str]]:
    """What a provider gives by what it is about: {gets, limit}, as it is when every condition in the file holds."""
    found = _unconditional(axis, name, "facts")
    return {about: fact or {} for about, fact in found.items()}


def title(axis: str, name: str) -> str:
    """What a provider is called; with a capital, unless that is how it writes itself."""
    called = str(_unconditional(axis, name, "record")["title"])
    return called.capitalize() if called.islower() and called.replace(" ", "").isalpha() else called


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *(line for axis in AXES for line in _axis(axis))])


def _axis(axis: str) -> list[str]:
    """An axis: one table of all its providers, then one of each."""
    providers = names(axis)
    lines = [f"## {TITLES[axis]}", "", "| | " + " | ".join(title(axis, name) for name in providers) + " |"]
    lines.append("|---" * (len(providers) + 1) + "|")
    for about, called in AXES[axis].items():
        lines.append(f"| {called} | " + " | ".join(_mark(facts(axis, name)[about]) for name in providers) + " |")
    for name in providers:
        lines += ["", f"### {title(axis, name)}", "", "| What | The platform gets | Limit |", "|---|---|---|"]
        lines += [_row(called, facts(axis, name)[about]) for about, called in AXES[axis].items()]
    return [*lines, ""]


def _mark(fact: dict[str, str]) -> str:
    if "limit" not in fact:
        return "yes" if fact else "-"
    return "limit" if "gets" in fact else "no"


def _row(called: str, fact: dict[str, str]) -> str:
    return f"| {called} | {fact.get('gets', '-').strip()} | {fact.get('limit', '-').strip()} |"


def _unconditional(axis: str, name: str, kind: str) -> dict[str, Any]:
    """Reads a file of a provider without answers: conditions are left out, and an answer is told by its name."""
    text = (PROVIDERS / axis / name / f"{kind}.yaml").read_text(encoding="utf-8")
    plain = "\n".join(line for line in text.splitlines() if not line.startswith(("#%", "#|")))
    found: dict[str, Any] = yaml.safe_load(re.sub(r"#\{ (\w+) \}#", r"<\1>", plain))
    return found


def main() -> None:
    """Writes it."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
