from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Template
    from tests.toolkit.conftest import Run

REFUSED = {
    "unknown-key": ("platfrom_name: zebra", "1: platfrom_name: no such answer; did you mean platform_name?"),
    "nothing-like-a-key": ("colour: red", "1: colour: no such answer; remove it"),
    "computed-key": ("cloud: k3d\ncw_git: {}", "2: cw_git: computed by the template; remove it"),
    "copier-key": ("_src_path: /elsewhere", "1: _src_path: computed by the template; remove it"),
    "key-twice": ("cloud: k3d\ncloud: aws", "2: cloud is there twice; remove one"),
    "boolean-key": ("on: 1", "1: YAML reads the name on as another type; quote it"),
    "no-mapping": ("- cloud", "1: not a mapping; write lines such as `name: value`"),
    "no-yaml": ("cloud: k3d\nemail: @x", "2: not YAML: "),
    "tag": ("email: !!python/name:os.system x", "1: not YAML: "),
    "alias": ("email: &x a@b.dev\ngit_owner: *x", "2: aliases such as *x are not read here; write the value out"),
    "nested": ("owners: " + "[" * 60 + "]" * 60, "1: nested more than 50 levels deep; flatten the value"),
    "no-value": ("platform_name:", "1: platform_name: no value; give one, or leave the line out"),
    "list-for-text": ("platform_name: [a]", "1: platform_name: not a line of text; write one"),
    "truth-for-text": ("git_owner: yes", '1: git_owner: YAML reads "yes" as something else than text; quote it'),
    "octal-for-text": ("aws_account_id: 012345670123", "1: aws_account_id: YAML reads "),
    "float-for-text": ("kubernetes_version: 1.30", "1: kubernetes_version: YAML reads "),
    "text-for-number": ("aws_nodes_min: three", "1: aws_nodes_min: not a whole number; write one such as 3"),
    "fraction-for-number": ("aws_nodes_min: 2.5", "1: aws_nodes_min: not a whole number; write one such as 3"),
    "text-for-truth": ("certificate_wildcard: maybe", "1: certificate_wildcard: neither true nor false; "),
    "text-for-list": ("components: all", "1: components: not a list; write [first, second]"),
    "no-choice": (
        "cloud: k3s",
        '1: cloud: "k3s" is no choice; use k3d, existing, aws, azure, civo, digitalocean, google, akamai or vultr',
    ),
    "no-choice-in-list": ("components: [atlantis, jenkins]", '1: components: "jenkins" is no choice; use '),
    "validator": ("organisation: x\nplatform_name: A B", "2: platform_name: use 1 to 20 lower-case letters"),
    "guard": (
        "cloud: k3d\ndns: cloudflare",
        "2: dns: a k3d platform lives on this machine and needs no DNS; choose none",
    ),
    "networks": (
        "clusters:\n  - {name: eu, network: 10.1.0.0/16}\n  - {name: us, network: 10.1.128.0/17}",
        "3: clusters: the network of us, 10.1.128.0/17, overlaps that of eu, 10.1.0.0/16; choose another",
    ),
    "guard-of-a-list": ("environments:\n  - dev\n  - dev", "3: environments: dev "),
}


@pytest.mark.parametrize("case", REFUSED)
def test_bad_input_is_one_line_with_its_place_and_nothing_is_written(
    template: Template, run: Run, tmp_path: Path, case: str
) -> None:
    text, expected = REFUSED[case]
    answers = tmp_path / "a.yaml"
    answers.write_text(text)
    made = run("new", tmp_path / "p", "--answers", answers, "--template", template.path)
    assert made.code == 2
    assert made.line.startswith(f"{answers}:{expected}")
    assert made.out == ""
    assert [path.name for path in tmp_path.iterdir()] == ["a.yaml"]


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        (["cloud"], "--data: no KEY=VALUE; write --data cloud=k3d"),
        (["cloud=k3d", "cloud=aws"], "--data: cloud is there twice; remove one"),
        (["clowd=k3d"], "clowd: no such answer; did you mean cloud?"),
        (["aws_nodes_min=x"], "aws_nodes_min: not a whole number; write one such as 3"),
        (["owners={"], "owners: not YAML; quote what holds special characters"),
        (["components=all"], "components: not a list; write [first, second]"),
    ],
)
def test_a_bad_flag_is_one_line(template: Template, run: Run, tmp_path: Path, flags: list[str], expected: str) -> None:
    data = [word for flag in flags for word in ("--data", flag)]
    made = run("new", tmp_path / "p", *data, "--template", template.path)
    assert (made.code, made.line) == (2, expected)
    assert list(tmp_path.iterdir()) == []


def test_an_answers_file_that_is_not_there_is_named(template: Template, run: Run, tmp_path: Path) -> None:
    made = run("new", tmp_path / "p", "--answers", tmp_path / "none.yaml", "--template", template.path)
    assert (made.code, made.line) == (
        2,
        f"{tmp_path}/none.yaml: No such file or directory; give a file that can be read",
    )


def test_a_long_value_is_not_repeated(template: Template, run: Run, tmp_path: Path) -> None:
    made = run("new", tmp_path / "p", "--data", f"cloud={'x' * 10_000}", "--template", template.path)
    assert (made.code, made.line) == (
        2,
        "cloud: this value is no choice; use k3d, existing, aws, azure, civo, digitalocean, google, akamai or vultr",
    )


@pytest.mark.parametrize("value", ["#{ 7 * 7 }#", "{{ 7 * 7 }}", "#% include 'copier.yml' %#", "${x} %{y}", "'\"\\"])
def test_template_syntax_in_an_answer_is_only_text(template: Template, run: Run, tmp_path: Path, value: str) -> None:
    made = run("new", tmp_path / "p", "--data", f"organisation={value}", "--template", template.path, "--no-git")
    suspected = [line for line in made.out.splitlines() if "template-residue" in line]  # it looks like what it is not
    assert made.code == bool(suspected), made
    assert yaml.safe_load((tmp_path / "p/.copier-answers.yml").read_text())["organisation"] == value
    again = run("apply", tmp_path / "p", "--check")
    assert again.code == 0, again
