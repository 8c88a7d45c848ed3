"""The forms that people fill in: `clusterwright answer` knows every field of each, on every git host."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import yaml

from clusterwright.propose.event import FORMS
from tests.template.questions import VALID, answers

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Template

HOSTS = {"laptop": ".gitea/issue_template", "aws-github-cloudflare": ".github/ISSUE_TEMPLATE"}


@pytest.mark.parametrize("name", HOSTS)
def test_every_field_of_a_form_is_known(sources: Template, tmp_path: Path, name: str) -> None:
    repository = sources.render(answers(VALID / f"{name}.yaml"), tmp_path / "out")
    for path in sorted((repository / HOSTS[name]).glob("[ac]*r*.y*ml")):
        form = yaml.safe_load(path.read_text(encoding="utf-8"))
        labels = [field["attributes"]["label"] for field in form["body"] if field["type"] != "markdown"]
        known = list(FORMS[form["name"].lower()])
        assert labels[0] == known[0]
        assert [label for label in labels if label not in known] == []


def test_every_heading_of_a_template_is_known(sources: Template, tmp_path: Path) -> None:
    repository = sources.render(answers(VALID / "gitlab-nested-group.yaml"), tmp_path / "out")
    for what, known in FORMS.items():
        text = (repository / f".gitlab/issue_templates/{what.capitalize()}.md").read_text(encoding="utf-8")
        headings = re.findall(r"^### (.+)$", text, re.MULTILINE)
        assert headings[0] == next(iter(known))
        assert [heading for heading in headings if heading not in known] == []
