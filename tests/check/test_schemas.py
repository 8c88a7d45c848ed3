from __future__ import annotations

import pytest

from clusterwright.check.schemas import Schemas, installed, versions
from clusterwright.errors import UserError


@pytest.fixture(scope="module")
def schemas() -> Schemas:
    return Schemas("1.35")


def test_kinds_of_kubernetes_and_of_others_are_found(schemas: Schemas) -> None:
    for kind in (("", "v1", "ConfigMap"), ("apps", "v1", "Deployment"), ("argoproj.io", "v1alpha1", "Application")):
        assert schemas.validator(*kind) is schemas.validator(*kind)
        assert schemas.validator(*kind) is not None


@pytest.mark.parametrize(
    "kind", [("example.com", "v1", "A"), ("..", "v1", "A"), ("a/../b", "v1", "A"), ("", "v1", "../../INDEX")]
)
def test_what_is_unknown_has_no_schema(schemas: Schemas, kind: tuple[str, str, str]) -> None:
    assert schemas.validator(*kind) is None
    assert schemas.schema(*kind) == {}


def test_scopes_and_served_versions(schemas: Schemas) -> None:
    assert schemas.is_cluster_scoped("", "Namespace") is True
    assert schemas.is_cluster_scoped("apps", "Deployment") is False
    assert schemas.is_cluster_scoped("example.com", "A") is None
    assert schemas.served("autoscaling", "HorizontalPodAutoscaler")[0] in {"v1", "v2"}
    assert "ConfigMap" in schemas.kinds("")


def test_groups_without_a_dot_are_kubernetes_own(schemas: Schemas) -> None:
    assert all(schemas.is_core(group) for group in ("", "apps", "extensions", "networking.k8s.io"))
    assert not any(schemas.is_core(group) for group in ("argoproj.io", "gateway.networking.k8s.io"))


def test_a_version_without_schemas_is_refused_with_those_that_exist() -> None:
    with pytest.raises(UserError, match=r"Kubernetes 1\.9: no schemas for it; there are 1\."):
        Schemas("1.9")


@pytest.mark.parametrize("version", sorted(versions(installed())))
def test_every_version_that_is_there_can_be_used(version: str) -> None:
    assert Schemas(version).validator("apps", "v1", "Deployment") is not None
