"""OpenTofu and Atlantis over infrastructure/ of every platform."""

from __future__ import annotations

import json
import os
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.engines.harness.attach import attached
from tests.engines.harness.build import HERE, MissingError, engine
from tests.engines.harness.mirror import mirror
from tests.engines.modules import stand_in
from tests.engines.platforms import alike, failures, proves, recorded, run, tool
from tests.engines.roots import configuration, content, copied, name_of, roots, roots_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.engines.harness.memory import Memory
    from tests.engines.platforms import Platforms

# What `tofu validate` may warn of, and why it stays.
ACCEPTED = {
    "Deprecated Resource: data.vault_kv_secret_v2.webhook": (
        "the git hosts' providers take the webhook's secret as an ordinary argument, which no ephemeral value fits"
    ),
    "Deprecated Resource: module.access.data.vault_kv_secret_v2.identity": (
        "a JWT mount takes public keys as an ordinary argument, which no ephemeral value fits"
    ),
}
# Providers whose schema no public Go module has: `tofu validate` says nothing of the roots that use them.
UNPROVEN: frozenset[str] = frozenset()
# What a root makes and reads.
TYPE = re.compile(r'^(?:resource|data|ephemeral) "([a-z0-9_]+)"', re.MULTILINE)
# What asks `tofu validate`.
ASKS = (
    Path(__file__),
    *(HERE / name for name in ("modules.py", "modules.yaml", "roots.py", "harness/attach.py", "harness/mirror.py")),
)


@dataclass(frozen=True)
class Providers:
    """What is known of the roots' providers.

    Attributes:
        had: Those that OpenTofu can ask, and which build of each.
        kept_back: Why engines.yaml has others, and this machine has not.
        settings: OpenTofu's own configuration, which finds them.
        attached: Where each runs, as OpenTofu is told.
    """

    had: Mapping[str, str]
    kept_back: dict[str, str]
    settings: Path
    attached: str

    def beyond(self, root: Path) -> set[str]:
        """The providers of a root that OpenTofu cannot ask."""
        return set(re.findall(r'^ {6}source += "([^"]+)"$', configuration(root), re.MULTILINE)) - self.had.keys()


@pytest.fixture(scope="module")
def distinct(platforms: Platforms) -> dict[str, Path]:
    """Every root that differs from all others."""
    return roots(platforms)


@pytest.fixture(scope="module")
def providers(distinct: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Providers]:
    """Every provider that engines.yaml knows, as far as it can be had."""
    known = yaml.safe_load((HERE / "engines.yaml").read_text(encoding="utf-8"))
    names: dict[str, list[str]] = {}
    for name, record in known.items():
        if "provider" in record:
            names.setdefault(record["provider"], []).append(name)
    had: dict[str, str] = {}
    kept_back: dict[str, str] = {}
    for provider, records in names.items():
        for name in records:
            try:
                engine(name)
            except MissingError as error:
                kept_back.setdefault(provider, str(error))
            else:
                had[provider] = name
                break
    types = {one for root in distinct.values() for one in TYPE.findall(configuration(root))}
    with attached(tmp_path_factory.mktemp("run"), types, had.values()) as told:
        yield Providers(
            {provider: engine(name).folder.name for provider, name in had.items()},
            {provider: why for provider, why in kept_back.items() if provider not in had},
            mirror(tmp_path_factory.mktemp("mirror"), *had.values()),
            told,
        )


def prepared(root: Path, folder: Path) -> Path:
    """Copies a root with what it reads to a place of its own, and makes stand-ins for the modules that it calls."""
    laid = copied(root, folder)
    stand_in(laid)
    return laid


def validate(root: Path, providers: Providers) -> list[str]:
    """Runs `tofu validate` with the providers of the mirror; gives all that it says."""
    tofu = tool("opentofu", "tofu")
    tell = partial(run, folder=root, TF_CLI_CONFIG_FILE=str(providers.settings), CHECKPOINT_DISABLE="1")
    begun = tell([tofu, "init", "-backend=false", "-get=false", "-input=false", "-no-color"])
    if begun.returncode:
        return [begun.stdout + begun.stderr]
    done = tell([tofu, "validate", "-json"], TF_REATTACH_PROVIDERS=providers.attached)
    return [described(one) for one in json.loads(done.stdout)["diagnostics"]]


def judge(root: Path, providers: Providers, known: Memory, scratch: Path) -> list[str]:
    """What `tofu validate` says of a root, or said of one that was the same in every byte that it reads."""
    same = content(root)
    said: list[str] = known.answer(lambda: validate(prepared(root, scratch / same), providers), same)
    return said


def described(diagnostic: dict[str, Any]) -> str:
    """A diagnostic in a line: what, where, and for an error why."""
    where = diagnostic.get("address") or diagnostic.get("snippet", {}).get("code", "").strip()
    why = f" ({diagnostic['detail']})" if diagnostic["severity"] == "error" else ""
    return f"{diagnostic['summary']}: {where}{why}"


@proves("tofu fmt")
def test_opentofu_has_nothing_to_format(platforms: Platforms) -> None:
    files = alike(platforms.files("infrastructure/**/*.tf"))
    done = run([tool("opentofu", "tofu"), "fmt", "-check", "-diff", *files], platforms.folder)
    assert done.returncode == 0, done.stdout + done.stderr


@proves("tofu validate")
def test_opentofu_accepts_every_root(
    distinct: dict[str, Path], providers: Providers, memory: Memory, tmp_path: Path
) -> None:
    """With the real providers, or their schemas."""
    beyond = {name: providers.beyond(root) for name, root in distinct.items()}
    assert set().union(*beyond.values()) - providers.kept_back.keys() == UNPROVEN
    judged = {name: root for name, root in distinct.items() if not beyond[name]}
    known = memory.of("tofu-validate", *ASKS, engine("opentofu").folder.name, json.dumps(providers.had, sort_keys=True))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        answers = pool.map(partial(judge, providers=providers, known=known, scratch=tmp_path), judged.values())
        said = dict(zip(judged, answers, strict=True))
    refused = {name: [one for one in lines if one not in ACCEPTED] for name, lines in said.items()}
    assert {name: lines for name, lines in refused.items() if lines} == {}
    if providers.kept_back:
        pytest.skip(f"{'; '.join(providers.kept_back.values())}: what tofu validate says of such roots was not proven")
    assert {name.partition("/")[2] for name in said} >= {"cloud", "clusters/tenant", "git", "secrets", "state", "users"}
    assert {one for lines in said.values() for one in lines} == ACCEPTED.keys(), "a warning is gone: accept it no more"


@pytest.mark.parametrize(
    ("planted", "complaint"),
    [
        ('resource "random_password" "planted" {}', "Missing required argument"),
        (
            'resource "vault_policy" "planted" {\n  name   = "x"\n  policy = ""\n  colour = "red"\n}',
            "Unsupported argument",
        ),
        ('resource "vault_policy" "planted" {\n  name   = "x"\n  policy = vault_mount.nowhere.path\n}', "undeclared"),
    ],
)
def test_opentofu_refuses_a_planted_fault(
    platforms: Platforms, providers: Providers, tmp_path: Path, planted: str, complaint: str
) -> None:
    root = prepared(platforms.folder / "laptop/infrastructure/users", tmp_path)
    if providers.beyond(root):
        pytest.skip(f"{'; '.join(providers.kept_back.values())}: that tofu validate refuses a fault was not proven")
    (root / "local_planted.tf").write_text(f"{planted}\n", encoding="utf-8")
    assert complaint in "".join(validate(root, providers))


def test_the_stand_in_of_a_provider_refuses_a_planted_fault(
    platforms: Platforms, providers: Providers, tmp_path: Path
) -> None:
    root = prepared(platforms.folder / "aws-everything/infrastructure/state", tmp_path)
    (root / "local_planted.tf").write_text('resource "aws_kms_key" "planted" {\n  colour = "red"\n}\n', "utf-8")
    assert "Unsupported argument" in "".join(validate(root, providers))


def atlantis(platform: Path, scratch: Path, file: str = "") -> tuple[str, list[dict[str, Any]]]:
    """Reads a platform's atlantis.yaml under the configuration of its server; gives what is wrong, and the projects."""
    asked = recorded(platform)
    values = yaml.safe_load((platform / "platform/atlantis/values.yaml").read_text(encoding="utf-8"))
    server = scratch / f"{platform.name}-server.yaml"
    server.write_text(values["repoConfig"], encoding="utf-8")
    identity = f"git.example/{asked['git_owner']}/{asked['git_repository']}"
    options = [f"-server={server}", f"-id={identity}", f"-branch={asked['git_branch']}"]
    done = run([tool("atlantis", "atlantis"), *options, f"-repository={file or platform}"], platform)
    return done.stderr, json.loads(done.stdout or "[]")


def misread(platform: Path, scratch: Path) -> str:
    """What is wrong with a platform's atlantis.yaml."""
    if not (platform / "atlantis.yaml").exists():
        return ""
    wrong, projects = atlantis(platform, scratch)
    answers = recorded(platform)
    others = {one["name"] for one in answers.get("clusters", []) if one.get("provisioner") == "crossplane"}
    folders = {f"infrastructure/{name_of(root)}" for root in roots_of(platform)}
    folders -= {f"infrastructure/clusters/{name}" for name in others}
    found = {one["dir"] for one in projects} - set(answers.get("roots", []))
    return wrong or (f"it plans {sorted(found)}, of {sorted(folders)}" if found != folders else "")


@proves("Atlantis")
def test_atlantis_reads_its_file_and_plans_every_root(platforms: Platforms, tmp_path: Path) -> None:
    assert failures(platforms, partial(misread, scratch=tmp_path)) == {}


@pytest.mark.parametrize(
    ("line", "instead"),
    [
        ("version: 3", "version: 9"),
        ("    dir: ", "    directory: "),
        ("    autoplan:", "    workflow: own\n    autoplan:"),
    ],
)
def test_atlantis_refuses_a_planted_fault(platforms: Platforms, tmp_path: Path, line: str, instead: str) -> None:
    """The last one is what its server forbids: a workflow of a pull request's own."""
    platform = platforms.folder / "laptop"
    text = (platform / "atlantis.yaml").read_text(encoding="utf-8")
    (tmp_path / "atlantis.yaml").write_text(text.replace(line, instead), encoding="utf-8")
    assert text.count(line)
    wrong, _ = atlantis(platform, tmp_path, str(tmp_path))
    assert wrong
