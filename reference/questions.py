"""The page of all questions, in the order in which they are asked, from questions/."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from reference.markdown import code, plain, table

ROOT = Path(__file__).parents[1]
HIDDEN = "computed"
"""The file whose answers nobody is asked for."""
HEAD = """\
# Questions

Every answer, in the order in which it is asked. `clusterwright new` asks those that apply; a file of answers may name
any of them. A default in words is worked out from the answers before it.
[Valid answers](https://github.com/clusterwright/clusterwright/tree/main/tests/valid) are whole platforms to begin from.
"""


class Loader(yaml.SafeLoader):
    """Reads question files, in which `!include` stands for another file."""


Loader.add_constructor("!include", lambda *_: None)


def files() -> list[str]:
    """The names of the question files, as copier.yml orders them."""
    text = (ROOT / "copier.yml").read_text(encoding="utf-8")
    return [name for name in re.findall(r"^!include questions/(\w+)\.yml$", text, re.MULTILINE) if name != HIDDEN]


def asked(name: str) -> dict[str, dict[str, Any]]:
    """The questions of one file, without those that nobody is asked."""
    text = (ROOT / "questions" / f"{name}.yml").read_text(encoding="utf-8")
    found: dict[str, dict[str, Any]] = yaml.load(text, Loader=Loader) or {}  # noqa: S506 - a SafeLoader
    return {key: one for key, one in found.items() if one.get("when") is not False}


def page() -> str:
    """The whole page."""
    lines = [HEAD]
    for name in files():
        questions = asked(name)
        if questions:
            lines += [f"## {_title(name)}", ""]
            lines += [line for key, one in questions.items() for line in _question(key, one)]
    return "\n".join(lines)


def _title(name: str) -> str:
    spelled = {"aws": "AWS", "dns": "DNS", "iac": "Infrastructure", "digitalocean": "DigitalOcean", "gitlab": "GitLab"}
    return spelled.get(name, name.capitalize())


def _question(key: str, one: dict[str, Any]) -> list[str]:
    kind = {"str": "text", "int": "number", "bool": "yes or no", "yaml": "YAML", "json": "JSON"}[
        one.get("type", "yaml")
    ]
    if "choices" in one:
        kind = "some of these" if one.get("multiselect") else "one of these"
    lines = [f"### `{key}`", "", plain(one.get("help", "")), "", f"- Type: {kind}", f"- Default: {_default(one)}"]
    if "when" in one:
        lines.append(f"- Asked when {code(_expression(str(one['when'])))}")
    if isinstance(one.get("choices"), list):
        lines.append(f"- Choices: {', '.join(map(code, one['choices']))}")
    return [*lines, "", *table(["Choice", "What it is"], _choices(one.get("choices")))]


def _default(one: dict[str, Any]) -> str:
    default = one.get("default", "")
    if isinstance(default, str) and ("#%" in default or "#{" in default):
        return code(_expression(default)) if "#%" not in default else "worked out"
    if isinstance(default, bool):
        return "yes" if default else "no"
    return code(", ".join(map(str, default)) if isinstance(default, list) else default) or "none"


def _expression(text: str) -> str:
    """A condition or value as its author wrote it, without the marks of the template engine around it."""
    whole = re.fullmatch(r"#\{ (.*) \}#", text.strip(), re.DOTALL)
    return whole[1] if whole else text


def _choices(choices: object) -> list[list[str]]:
    """What choices with labels are; those without labels, or worked out from other answers, have no table."""
    if not isinstance(choices, dict):
        return []
    return [[code(value), plain(label.partition(": ")[2])] for label, value in choices.items()]
