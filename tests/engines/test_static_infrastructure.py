"""OpenTofu and Atlantis over infrastructure/ of every platform."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.engines.harness.build import HERE, MissingError, engine
from tests.engines.harness.mirror import mirror
from tests.engines.modules import stand_in
from tests.engines.platforms import failures, proves, recorded, run, tool

if TYPE_CHECKING:
    from pathlib import Path

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
# Where two platforms never differ in what a provider sees, one of them is enough.
SHARED = ("fleet.yaml",)
# The folder beside the roots of what they call.
MODULES = "modules"


@dataclass(frozen=True)
class Providers:
    """What is known of the roots' providers.

    Attributes:
        had: Those that OpenTofu can ask.
        kept_back: Why engines.yaml has others, and this machine has not.
        settings: OpenTofu's own configuration, which finds them.
    """

    had: frozenset[str]
    kept_back: dict[str, str]
    settings: Path

    def beyond(self, root: Path) -> set[str]:
        """The providers of a root that OpenTofu cannot ask."""
        return set(re.findall(r'^ {6}source += "([^"]+)"$', configuration(root), re.MULTILINE)) - self.had


@pytest.fixture(scope="module")
def providers(tmp_path_factory: pytest.TempPathFactory) -> Providers:
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
    return Providers(
        frozenset(had),
        {provider: why for provider, why in kept_back.items() if provider not in had},
        mirror(tmp_path_factory.mktemp("mirror"), *had.values()),
    )


def roots(platforms: Platforms) -> dict[str, Path]:
    """Every root that differs from all others, by its platform and name."""
    found = [root for one in platforms for root in roots_of(one)]
    by_content = {content(root): root for root in reversed(found)}
    return {f"{platform_of(root).name}/{name_of(root)}": root for root in by_content.values()}


def roots_of(platform: Path) -> list[Path]:
    """The folders of a platform that OpenTofu is run in."""
    folders = {path.parent for path in platform.glob("infrastructure/**/*.tf")}
    return sorted(folder for folder in folders if folder.parent.name != MODULES)


def platform_of(root: Path) -> Path:
    """The platform of a root."""
    return next(one.parent for one in root.parents if one.name == "infrastructure")


def name_of(root: Path) -> str:
    """What a root is called within its platform."""
    return str(root.relative_to(platform_of(root) / "infrastructure"))


def read_by(root: Path) -> list[Path]:
    """The files that OpenTofu reads for a root."""
    called = platform_of(root) / "infrastructure" / MODULES
    folders = [root, called] if MODULES in "".join(path.read_text("utf-8") for path in root.glob("*.tf")) else [root]
    own = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    return [*own, *(platform_of(root) / name for name in SHARED)]


def configuration(root: Path) -> str:
    """The HCL of a root, and of the platform's own modules that it calls."""
    return "".join(path.read_text(encoding="utf-8") for path in read_by(root) if path.suffix == ".tf")


def content(root: Path) -> str:
    """What tells two roots apart."""
    parts = (part for path in read_by(root) for part in (path.name.encode(), path.read_bytes()))
    return hashlib.sha256(b"\0".join([root.name.encode(), *parts])).hexdigest()


def laid_out(root: Path, folder: Path) -> Path:
    """Copies a root with what it reads to a place of its own, and makes stand-ins for the modules that it calls."""
    for path in read_by(root):
        copy = folder / path.relative_to(platform_of(root))
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    laid = folder / "infrastructure" / name_of(root)
    stand_in(laid)
    return laid


def validate(root: Path, providers: Providers) -> list[str]:
    """Runs `tofu validate` with the providers of the mirror; gives all that it says."""
    tofu = tool("opentofu", "tofu")
    types = set(re.findall(r'^(?:resource|data|ephemeral) "([a-z0-9_]+)"', configuration(root), re.MULTILINE))
    asked = " ".join(sorted(types))
    tell = partial(
        run, folder=root, TF_CLI_CONFIG_FILE=str(providers.settings), CHECKPOINT_DISABLE="1", PROVIDER_TYPES=asked
    )
    begun = tell([tofu, "init", "-backend=false", "-get=false", "-input=false", "-no-color"])
    if begun.returncode:
        return [begun.stdout + begun.stderr]
    return [described(one) for one in json.loads(tell([tofu, "validate", "-json"]).stdout)["diagnostics"]]


def described(diagnostic: dict[str, Any]) -> str:
    """A diagnostic in a line: what, where, and for an error why."""
    where = diagnostic.get("address") or diagnostic.get("snippet", {}).get("code", "").strip()
    why = f" ({diagnostic['detail']})" if diagnostic["severity"] == "error" else ""
    return f"{diagnostic['summary']}: {where}{why}"


@proves("tofu fmt")
def test_opentofu_has_nothing_to_format(platforms: Platforms) -> None:
    folders = [one / "infrastructure" for one in platforms]
    done = run([tool("opentofu", "tofu"), "fmt", "-check", "-recursive", "-diff", *folders], platforms.folder)
    assert done.returncode == 0, done.stdout + done.stderr


@proves("tofu validate")
def test_opentofu_accepts_every_root(platforms: Platforms, providers: Providers, tmp_path: Path) -> None:
    """With the real providers, or their schemas."""
    beyond = {name: providers.beyond(root) for name, root in roots(platforms).items()}
    assert set().union(*beyond.values()) - providers.kept_back.keys() == UNPROVEN
    copies = {name: laid_out(root, tmp_path / name) for name, root in roots(platforms).items() if not beyond[name]}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        said = dict(zip(copies, pool.map(partial(validate, providers=providers), copies.values()), strict=True))
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
    root = laid_out(platforms.folder / "laptop/infrastructure/users", tmp_path)
    if providers.beyond(root):
        pytest.skip(f"{'; '.join(providers.kept_back.values())}: that tofu validate refuses a fault was not proven")
    (root / "local_planted.tf").write_text(f"{planted}\n", encoding="utf-8")
    assert complaint in "".join(validate(root, providers))


def test_the_stand_in_of_a_provider_refuses_a_planted_fault(
    platforms: Platforms, providers: Providers, tmp_path: Path
) -> None:
    root = laid_out(platforms.folder / "aws-everything/infrastructure/state", tmp_path)
    (root / "local_planted.tf").write_text('resource "aws_kms_key" "planted" {\n  colour = "red"\n}\n', "utf-8")
    assert "Unsupported argument" in "".join(validate(root, providers))


def atlantis(platform: Path, file: str = "") -> tuple[str, list[dict[str, Any]]]:
    """Reads a platform's atlantis.yaml under the configuration of its server; gives what is wrong, and the projects."""
    asked = recorded(platform)
    values = yaml.safe_load((platform / "platform/atlantis/values.yaml").read_text(encoding="utf-8"))
    server = platform.parent / f"{platform.name}-server.yaml"
    server.write_text(values["repoConfig"], encoding="utf-8")
    identity = f"git.example/{asked['git_owner']}/{asked['git_repository']}"
    options = [f"-server={server}", f"-id={identity}", f"-branch={asked['git_branch']}"]
    done = run([tool("atlantis", "atlantis"), *options, f"-repository={file or platform}"], platform)
    return done.stderr, json.loads(done.stdout or "[]")


def misread(platform: Path) -> str:
    """What is wrong with a platform's atlantis.yaml."""
    if not (platform / "atlantis.yaml").exists():
        return ""
    wrong, projects = atlantis(platform)
    answers = recorded(platform)
    others = {one["name"] for one in answers.get("clusters", []) if one.get("provisioner") == "crossplane"}
    folders = {f"infrastructure/{name_of(root)}" for root in roots_of(platform)}
    folders -= {f"infrastructure/clusters/{name}" for name in others}
    found = {one["dir"] for one in projects} - set(answers.get("roots", []))
    return wrong or (f"it plans {sorted(found)}, of {sorted(folders)}" if found != folders else "")


@proves("Atlantis")
def test_atlantis_reads_its_file_and_plans_every_root(platforms: Platforms) -> None:
    assert failures(platforms, misread) == {}


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
    wrong, _ = atlantis(platform, str(tmp_path))
    assert wrong
