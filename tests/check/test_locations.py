"""People's own schemas: where they are looked for, in which order, and what is said when that cannot be."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from clusterwright.check.locations import Locations
from clusterwright.check.schemas import Schemas
from clusterwright.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

OURS = ["ours/a.json"]


def asked(*written: str, kind: tuple[str, str, str] = ("example.com", "v1", "Thing")) -> list[str]:
    return list(Locations(written).paths(*kind, "1.35", OURS))


def schema(path: Path, **fields: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"type": "object", **fields}))
    return path


def test_without_a_location_ours_are_asked() -> None:
    assert asked() == ["ours/a.json"]


def test_own_locations_come_first_and_ours_last_or_where_default_stands(tmp_path: Path) -> None:
    one, two = f"{tmp_path}/1.json", f"{tmp_path}/2.json"
    assert asked(one, two) == [one, two, "ours/a.json"]
    assert asked(one, "default", two) == [one, "ours/a.json", two]


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        (("", "v1", "ConfigMap"), "v1/configmap-v1_v1.json"),
        (("apps", "v1", "Deployment"), "apps/deployment-apps-v1_v1.json"),
        (("networking.k8s.io", "v1", "Ingress"), "networking.k8s.io/ingress-networking-v1_v1.json"),
    ],
)
def test_templates_mean_what_they_mean_to_kubeconform(tmp_path: Path, kind: tuple[str, str, str], path: str) -> None:
    template = f"{tmp_path}/{{{{.Group}}}}/{{{{ .ResourceKind }}}}{{{{.KindSuffix}}}}_{{{{.ResourceAPIVersion}}}}.json"
    assert asked(template, kind=kind)[0] == f"{tmp_path}/{path}"


def test_a_folder_has_the_layout_of_the_public_catalogue(tmp_path: Path) -> None:
    assert asked(f"{tmp_path}/")[0] == f"{tmp_path}/v1.35.0-standalone-strict/thing-example-v1.json"


@pytest.mark.parametrize(
    ("location", "message"),
    [
        ("https://example.com/{{.Group}}.json", "reads no URLs"),
        ("nowhere/{{.Group}}.json", "nowhere is no folder"),
        ("{{.Frob}}.json", r"\.Frob means nothing: use Group, KindSuffix"),
        ("{{ if .Group }}.json", "means nothing"),
    ],
)
def test_a_location_that_cannot_be_used_is_wrong_use(location: str, message: str) -> None:
    with pytest.raises(UserError, match=message):
        Locations([location])


def test_an_own_schema_takes_the_place_of_ours(tmp_path: Path) -> None:
    schema(tmp_path / "configmap.json", required=["owner"])
    schemas = Schemas("1.35", [f"{tmp_path}/{{{{.ResourceKind}}}}.json"])
    own = schemas.validator("", "v1", "ConfigMap")
    assert own is not None
    assert not own.is_valid({})
    assert schemas.schema("", "v1", "ConfigMap")["required"] == ["owner"]
    assert schemas.validator("apps", "v1", "Deployment") is not None


@pytest.mark.parametrize("text", ["{", '{"type": 1}', '{"$ref": "https://example.com/a.json"}'])
def test_a_schema_that_cannot_be_used_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "thing.json"
    path.write_text(text)
    with pytest.raises(UserError, match=r"thing\.json: cannot be used: "):
        Schemas("1.35", [f"{tmp_path}/{{{{.ResourceKind}}}}.json"]).validator("example.com", "v1", "Thing")
