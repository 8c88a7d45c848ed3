from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clusterwright.check.made import ANY, is_made, may_be_elsewhere, namespace_of
from clusterwright.check.mentions import is_mentioned
from clusterwright.check.repository import load

if TYPE_CHECKING:
    from tests.check.conftest import Write


def manifest(kind: str, api: str = "v1", name: str = "web", spec: str = "{}", extra: str = "") -> str:
    return f"apiVersion: {api}\nkind: {kind}\nmetadata: {{name: {name}, namespace: shop{extra}}}\nspec: {spec}\n"


@pytest.mark.parametrize(
    "content",
    [
        manifest("Secret", name="tls"),
        manifest("ExternalSecret", "external-secrets.io/v1", spec="{target: {name: tls}}"),
        manifest("ExternalSecret", "external-secrets.io/v1", name="tls"),
        manifest("ClusterExternalSecret", "external-secrets.io/v1", spec="{externalSecretSpec: {target: {name: tls}}}"),
        manifest("SealedSecret", "bitnami.com/v1alpha1", name="tls"),
        manifest("Certificate", "cert-manager.io/v1", spec="{secretName: tls}"),
        manifest("ClusterIssuer", "cert-manager.io/v1", spec="{acme: {privateKeySecretRef: {name: tls}}}"),
        manifest("Bundle", "trust.cert-manager.io/v1alpha1", name="tls", spec="{target: {secret: {key: a}}}"),
        manifest(
            "Ingress",
            "networking.k8s.io/v1",
            spec="{tls: [{secretName: tls}]}",
            extra=", annotations: {cert-manager.io/cluster-issuer: a}",
        ),
        "apiVersion: v1\nkind: Secret\nmetadata: {name: tls}\nsops: {version: 3}\n",
    ],
)
def test_a_secret_is_made_by_many_things(write: Write, content: str) -> None:
    repository = load(str(write({"a.yaml": content})))
    assert is_made(repository, "Secret", "tls", "shop")
    assert not is_made(repository, "Secret", "other", "shop")
    assert not is_made(repository, "ConfigMap", "tls", "shop")


def test_an_object_is_made_in_its_namespace_only(write: Write) -> None:
    repository = load(str(write({"a.yaml": manifest("Secret", name="tls")})))
    assert is_made(repository, "Secret", "tls", ANY)
    assert not is_made(repository, "Secret", "tls", "other")


def test_generators_and_stateful_sets_make_objects_too(write: Write) -> None:
    claims = "{volumeClaimTemplates: [{metadata: {name: data}}]}"
    files = {
        "kustomization.yaml": "configMapGenerator: [{name: settings}]\nsecretGenerator: [{name: token}]\n",
        "a.yaml": manifest("StatefulSet", "apps/v1", name="db", spec=claims),
    }
    repository = load(str(write(files)))
    assert is_made(repository, "ConfigMap", "settings", "shop")
    assert is_made(repository, "Secret", "token", "shop")
    assert is_made(repository, "PersistentVolumeClaim", "data-db-0", "shop")


def application(name: str, source: str, namespace: str) -> str:
    return (
        f"apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {{name: {name}, namespace: argocd}}\n"
        f"spec: {{project: p, source: {source}, destination: {{name: in-cluster, namespace: {namespace}}}}}\n"
    )


OWN = "https://git.example.com/a/b.git"
SETTINGS = f"repository: {OWN}\nbranch: main\n"


def test_a_resource_goes_where_its_application_does(write: Write) -> None:
    config = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"
    files = {
        ".clusterwright.yaml": SETTINGS,
        "apps/a.yaml": application("a", f"{{repoURL: {OWN}, path: web, targetRevision: main}}", "shop"),
        "web/a.yaml": config,
        "web/b.yaml": manifest("ConfigMap"),
        "other/a.yaml": config,
    }
    repository = load(str(write(files)))
    found = {
        path: namespace_of(repository, repository.by_path[path][0]) for path in files if path.startswith(("w", "o"))
    }
    assert found == {"web/a.yaml": "shop", "web/b.yaml": "shop", "other/a.yaml": ANY}


def test_charts_and_other_repositories_make_what_cannot_be_told(write: Write) -> None:
    files = {
        ".clusterwright.yaml": SETTINGS,
        "apps/a.yaml": application("a", "{repoURL: https://c.example.com, chart: a, targetRevision: 1.0.0}", "charts"),
        "apps/b.yaml": application("b", f"{{repoURL: {OWN}, path: web, targetRevision: main}}", "shop"),
        "web/a.yaml": manifest("ConfigMap"),
    }
    repository = load(str(write(files)))
    assert may_be_elsewhere(repository, "charts")
    assert may_be_elsewhere(repository, ANY)
    assert not may_be_elsewhere(repository, "shop")


def test_a_name_is_mentioned_where_something_may_make_it(write: Write) -> None:
    files = {
        "values.yaml": "existingSecret: of-values\n",
        "db.yaml": manifest("Cluster", "postgresql.cnpg.io/v1", name="db", spec="{superuser: {name: of-operator}}"),
        "main.tf": 'name = "of-hcl"\n',
        "README.md": "The Secret of-prose is not made.\n\n    kubectl create secret generic of-readme\n",
        "es.yaml": manifest("ExternalSecret", "external-secrets.io/v1", spec="{secretStoreRef: {name: of-reference}}"),
        "job.yaml": manifest("ConfigMap") + "data: {run.sh: 'kubectl create secret generic of-script'}\n",
    }
    repository = load(str(write(files)))
    names = ["of-values", "of-operator", "db-app", "of-hcl", "of-readme", "of-script"]
    assert [name for name in names if not is_mentioned(repository, name)] == []
    names = ["of-prose", "of-reference", "web", "of", "hcl"]
    assert [name for name in names if is_mentioned(repository, name)] == []
