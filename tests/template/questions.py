"""What the tests know of the questions: read from the question files themselves."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from reference.questions import Loader

ROOT = Path(__file__).parents[2]
VALID = ROOT / "tests" / "valid"
INVALID = ROOT / "tests" / "invalid"

# A whole platform in which a question is asked, by the start of its name; every other one is asked on a laptop.
ASKED_IN = {
    "acme_": "gitlab-self-managed",
    "akamai_": "akamai-github-dns",
    **dict.fromkeys(("aws_vpc_id", "aws_node_subnets", "aws_load_balancer_subnets"), "aws-adopted"),
    "aws_": "aws-github-cloudflare",
    "azure_dns_client_id": "existing-azuredns",
    **dict.fromkeys(
        (
            "azure_node_subnet_id",
            "azure_state_resource_group",
            "azure_backup_account",
            "azure_backup_resource_group",
        ),
        "azure-adopted",
    ),
    "azure_": "azure-github-azuredns",
    "backup_": "laptop-everything",
    "civo_network_id": "civo-adopted",
    "civo_": "civo-github-civodns",
    "digitalocean_vpc_id": "digitalocean-adopted",
    "digitalocean_": "digitalocean-github-dns",
    "dns_zone": "aws-github-cloudflare",
    "github_": "aws-github-cloudflare",
    "gitlab_state_project": "google-adopted",
    "gitlab_": "gitlab-nested-group",
    **dict.fromkeys(
        (
            "google_network",
            "google_subnetwork",
            "google_pods_range",
            "google_services_range",
            "google_control_plane_cidr",
        ),
        "google-adopted",
    ),
    "google_": "google-github-clouddns",
    "maintenance_": "azure-github-azuredns",
    "kube_context": "existing-github-traefik-vault",
    "route53_": "aws-enterprise-terraform",
    "state_bucket": "aws-github-cloudflare",
    "state_": "existing-states-outside",
    "storage_class": "existing-github-traefik-vault",
    "transit_": "existing-github-traefik-vault",
    "vultr_vpc_id": "vultr-adopted",
    "vultr_": "vultr-github-vultrdns",
}


@cache
def questions() -> dict[str, dict[str, Any]]:
    """Every question and hidden answer by name, in no particular order."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted((ROOT / "questions").glob("*.yml")):
        found |= yaml.load(path.read_text(encoding="utf-8"), Loader=Loader)  # noqa: S506 - a SafeLoader
    return found


def text_questions() -> list[str]:
    """The questions that people answer with text of their own."""
    return [
        name
        for name, question in questions().items()
        if question.get("type") == "str" and "choices" not in question and question.get("when") is not False
    ]


def answers(path: Path) -> dict[str, Any]:
    """One answers file."""
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def reaching(question: str) -> dict[str, Any]:
    """Answers of a whole valid platform in which `question` is asked."""
    stems = [stem for start, stem in ASKED_IN.items() if question.startswith(start)]
    return answers(VALID / f"{stems[0] if stems else 'laptop'}.yaml")
