"""Azure makes client IDs up: each workload has an identity, and bootstrap/ hands over its ID."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tests.template.questions import VALID, answers

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Template

EVERYTHING = answers(VALID / "azure-github-azuredns.yaml")
PLATFORMS: dict[str, dict[str, Any]] = {
    "everything": EVERYTHING,
    "the fewest": EVERYTHING | {"components": [], "dns": "none", "letsencrypt_challenge": "http-01"},
    "another store": EVERYTHING | {"secrets_engine": "vault", "iac": "terraform", "letsencrypt_challenge": "http-01"},
}
FORCED = {"certificate_wildcard": False}
WORKLOAD = re.compile(r'namespace += "([a-z-]+)"\n +service_account = "([a-z-]+)"\n +key += "([a-z_]+)"')
# What the scripts around it do, as far as this one function needs them.
CALLER = r"""
set -euo pipefail
in_root() { printf '{"velero": {"client_id": "1"}, "atlantis": {"apply": "3", "plan": "2"}}'; }
namespace() { printf 'namespace %s\n' "$1"; }
secret() { printf 'secret %s/%s %s\n' "$1" "$2" "$(cat)"; }
. bootstrap/lib/cloud.sh
cloud_identities azure-identity
"""


@pytest.fixture(params=PLATFORMS)
def platform(request: pytest.FixtureRequest, sources: Template, tmp_path: Path) -> Path:
    given = PLATFORMS[request.param]
    return sources.render(given | (FORCED if "letsencrypt_challenge" in given else {}), tmp_path / "platform")


def workloads(platform: Path) -> set[tuple[str, ...]]:
    """Namespace, ServiceAccount and key of every identity that the cloud root makes."""
    return set(WORKLOAD.findall((platform / "infrastructure/cloud/identities.tf").read_text(encoding="utf-8")))


def asked(platform: Path) -> set[tuple[str, ...]]:
    """The same of every component that reads the Secret; its ServiceAccount has the name of the component."""
    found: set[tuple[str, ...]] = set()
    for path in (platform / "platform").glob("*/values.yaml"):
        for key in re.findall(
            r"(?:name|secretName): azure-identity\n\s+(?:key|secretKey): (\w+)", path.read_text(encoding="utf-8")
        ):
            found.add((path.parent.name, path.parent.name, key))
    return found


def test_every_workload_that_reads_a_client_id_has_an_identity_and_every_identity_a_reader(platform: Path) -> None:
    assert asked(platform) == workloads(platform) != set()


def test_every_workload_with_an_identity_gets_a_token_for_it(platform: Path) -> None:
    for component, _, _ in asked(platform):
        values = (platform / "platform" / component / "values.yaml").read_text(encoding="utf-8")
        assert 'azure.workload.identity/use: "true"' in values, component


@pytest.mark.skipif(not shutil.which("jq"), reason="bootstrap/ needs jq")
def test_each_namespace_gets_the_ids_of_its_own_identities(platform: Path, tmp_path: Path) -> None:
    run = subprocess.run(
        ["bash", "-c", CALLER],
        cwd=platform,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "scratch": str(tmp_path), "PLATFORM_NAME": "acme"},
        check=True,
        capture_output=True,
        text=True,
    )
    assert run.stdout.splitlines() == [
        "namespace velero",
        'secret velero/azure-identity {"client_id":"1"}',
        "namespace atlantis",
        'secret atlantis/azure-identity {"apply":"3","plan":"2"}',
    ]
