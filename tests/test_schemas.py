"""What the schemas promise to `clusterwright check`, rule by rule. Nothing here needs the network."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import jsonschema_rs
import pytest
import yaml

from schemas.builder import structural, tree

ROOT = Path(__file__).parents[1]
SCHEMAS = ROOT / "schemas"
INDEX = json.loads((SCHEMAS / "INDEX.json").read_text("utf-8"))
FILES = sorted(path for folder in ("crds", "kubernetes") for path in (SCHEMAS / folder).rglob("*.json"))
MINORS = ("1.33", "1.34", "1.35", "1.36", "1.37")
CRD = "apiextensions.k8s.io/CustomResourceDefinition"

# The API groups that the chart of a record of the catalogue brings.
GROUPS = {
    "arc-controller": {"actions.github.com"},
    "argo-cd": {"argoproj.io"},
    "argo-workflows": {"argoproj.io"},
    "aws-load-balancer-controller": {"elbv2.k8s.aws"},
    "cert-manager": {"acme.cert-manager.io", "cert-manager.io"},
    "crossplane": {
        "apiextensions.crossplane.io",
        "ops.crossplane.io",
        "pkg.crossplane.io",
        "protection.crossplane.io",
    },
    "external-dns": {"externaldns.k8s.io"},
    "kyverno": {"kyverno.io", "policies.kyverno.io"},
    "external-secrets": {"external-secrets.io", "generators.external-secrets.io"},
    "gateway-api": {"gateway.envoyproxy.io", "gateway.networking.k8s.io"},
    "kube-prometheus-stack": {"monitoring.coreos.com"},
    "traefik": {"traefik.io"},
    "trust-manager": {"trust.cert-manager.io"},
    "velero": {"velero.io"},
}


@cache
def validator(path: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator((SCHEMAS / path).read_text("utf-8"))


def refused(path: str, text: str) -> list[str]:
    """Where a schema refuses a resource, each place as `a.b.0.c: keyword`."""
    errors = validator(path).iter_errors(yaml.safe_load(text))
    return sorted(f"{'.'.join(map(str, error.instance_path))}: {error.kind.name}" for error in errors)


def deployment(container: str = "", pod: str = "", spec: str = "") -> str:
    return f"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {{name: web, namespace: shop}}
        spec:
          selector: {{matchLabels: {{app: web}}}}
          {spec}
          template:
            metadata: {{labels: {{app: web}}}}
            spec:
              {pod}
              containers:
                - name: web
                  {container}
    """


def application(source: str) -> str:
    return f"""
        apiVersion: argoproj.io/v1alpha1
        kind: Application
        metadata: {{name: web, namespace: argocd}}
        spec:
          project: default
          destination: {{name: management}}
          source: {source}
    """


def config_map(metadata: str) -> str:
    return f"{{apiVersion: v1, kind: ConfigMap, metadata: {metadata}}}"


def owned() -> dict[str, list[str]]:
    """The files that each source of the index stands for."""
    return {
        name: tree.owned(record, name, core=section == "kubernetes")
        for section in ("kubernetes", "crds")
        for name, record in INDEX[section].items()
    }


# The files and the index


def test_every_schema_compiles() -> None:
    for path in FILES:
        jsonschema_rs.Draft202012Validator(path.read_text("utf-8"))


def test_index_and_files_name_each_other() -> None:
    named = sorted(path for paths in owned().values() for path in paths)
    assert named == sorted(path.relative_to(SCHEMAS).as_posix() for path in FILES)


def test_files_are_those_that_were_built() -> None:
    for name, paths in owned().items():
        record = INDEX["kubernetes"].get(name) or INDEX["crds"][name]
        contents = {path: (SCHEMAS / path).read_text("utf-8") for path in paths}
        assert tree.digest(contents) == record["digest"], name


def test_index_is_of_the_versions_that_the_sources_pin() -> None:
    sources = yaml.safe_load((SCHEMAS / "sources.yaml").read_text("utf-8"))
    pinned = {name: (one["module"], one["version"]) for section in sources.values() for name, one in section.items()}
    built = {name: (one["module"], one["version"]) for section in INDEX.values() for name, one in section.items()}
    assert built == pinned


def test_index_proves_where_each_source_is_from() -> None:
    for section in INDEX.values():
        for record in section.values():
            assert record["sum"].startswith("h1:")
            assert record["upstream"]
            assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in record["upstream"].values())


def test_file_tells_its_kind_and_version() -> None:
    for path in FILES:
        schema = json.loads(path.read_text("utf-8"))
        group, version = path.parent.name.removeprefix("core"), path.stem.rpartition("_")[2]
        properties = schema["properties"]
        assert properties["apiVersion"] == {"const": f"{group}/{version}".lstrip("/")}
        assert properties["kind"]["const"].lower() == path.stem.rpartition("_")[0]
        assert {"apiVersion", "kind", "metadata"} <= set(schema["required"])


def test_every_reference_is_inside_its_file_and_every_definition_is_used() -> None:
    for path in FILES:
        text = path.read_text("utf-8")
        references = set(re.findall(r'"\$ref":"#/\$defs/([^"]+)"', text))
        assert len(re.findall(r'"\$ref":"', text)) == len(re.findall(r'"\$ref":"#/\$defs/', text))
        assert references == set(json.loads(text)["$defs"]), path


def test_files_are_written_one_way_and_without_prose() -> None:
    for path in FILES:
        text = path.read_text("utf-8")
        assert text == tree.compact(json.loads(text))
        assert '"description":"' not in text


def test_everything_stays_small() -> None:
    sizes = {path: path.stat().st_size for path in FILES}
    assert sum(sizes.values()) < 6_000_000
    assert max(sizes.values()) < 100_000
    assert (SCHEMAS / "INDEX.json").stat().st_size < 150_000


@pytest.mark.parametrize("minor", MINORS)
def test_core_has_what_can_be_stored_and_nothing_else(minor: str) -> None:
    kinds = INDEX["kubernetes"][f"v{minor}"]["kinds"]
    for kind in ("core/Pod", "core/Secret", "apps/Deployment", "batch/CronJob", "networking.k8s.io/NetworkPolicy", CRD):
        assert kind in kinds
    assert not [kind for kind in kinds if kind.endswith(("List", "/Scale", "policy/Eviction", "Review", "/Binding"))]
    assert kinds["core/Namespace"]["scope"] == "Cluster"
    assert kinds["core/Secret"]["scope"] == "Namespaced"


# The catalogue


# Nobody writes their resources into a repository: a controller alone does.
WRITTEN_BY_CONTROLLERS = {"cloud-firewall-crd", "trivy-operator"}


def test_kinds_of_every_chart_of_the_catalogue_have_schemas() -> None:
    catalogue = yaml.safe_load((ROOT / "catalogue.yaml").read_text("utf-8"))
    bringing = {name for name, one in catalogue.items() if CRD in one.get("cluster_kinds", ())}
    assert bringing - WRITTEN_BY_CONTROLLERS <= GROUPS.keys()
    assert GROUPS.keys() <= {name for name, one in catalogue.items() if "chart" in one}
    sources = yaml.safe_load((SCHEMAS / "sources.yaml").read_text("utf-8"))["crds"]
    for component, groups in GROUPS.items():
        of = [INDEX["crds"][name]["kinds"] for name, one in sources.items() if component in one.get("components", ())]
        assert {kind.rpartition("/")[0] for kinds in of for kind in kinds} >= groups, component


def test_kinds_outside_namespaces_that_the_catalogue_names_are_so() -> None:
    catalogue = yaml.safe_load((ROOT / "catalogue.yaml").read_text("utf-8"))
    sources = (*INDEX["crds"].values(), INDEX["kubernetes"]["v1.35"])
    scopes = {kind: entry["scope"] for source in sources for kind, entry in source["kinds"].items()}
    named = {kind for one in catalogue.values() for kind in one.get("cluster_kinds", ())}
    assert {kind: scopes[kind] for kind in named} == dict.fromkeys(named, "Cluster")


def test_only_served_versions_have_schemas() -> None:
    gateway = INDEX["crds"]["gateway-api"]["kinds"]["gateway.networking.k8s.io/TLSRoute"]
    assert gateway["served"] == ["v1"]
    assert not (SCHEMAS / "crds/gateway.networking.k8s.io/tlsroute_v1alpha2.json").exists()


# What is refused and what is not


@pytest.mark.parametrize("minor", MINORS)
def test_unknown_field_is_refused_at_depth_in_core_kinds(minor: str) -> None:
    path = f"kubernetes/v{minor}/apps/deployment_v1.json"
    assert refused(path, deployment()) == []
    text = deployment(container="imagePulPolicy: Always")
    assert refused(path, text) == ["spec.template.spec.containers.0: additionalProperties"]


@pytest.mark.parametrize(
    ("path", "text", "where"),
    [
        (
            "argoproj.io/application_v1alpha1",
            application("{repoURL: https://example.com, helm: {valueFile: [a]}}"),
            "spec.source.helm",
        ),
        (
            "cert-manager.io/clusterissuer_v1",
            """
            apiVersion: cert-manager.io/v1
            kind: ClusterIssuer
            metadata: {name: acme}
            spec:
              acme:
                server: https://example.com
                privateKeySecretRef: {name: key}
                solvers: [{http01: {gatewayHTTPRoute: {parentRef: []}}}]
            """,
            "spec.acme.solvers.0.http01.gatewayHTTPRoute",
        ),
        (
            "external-secrets.io/externalsecret_v1",
            """
            apiVersion: external-secrets.io/v1
            kind: ExternalSecret
            metadata: {name: key}
            spec: {data: [{secretKey: a, remoteRef: {key: a, propety: b}}]}
            """,
            "spec.data.0.remoteRef",
        ),
        (
            "gateway.networking.k8s.io/httproute_v1",
            """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: web}
            spec: {rules: [{backendRefs: [{name: web, ports: 80}]}]}
            """,
            "spec.rules.0.backendRefs.0",
        ),
    ],
)
def test_unknown_field_is_refused_at_depth_in_custom_resources(path: str, text: str, where: str) -> None:
    assert refused(f"crds/{path}.json", text) == [f"{where}: additionalProperties"]


def test_field_whose_content_is_free_is_open() -> None:
    source = "{repoURL: https://example.com, helm: {valuesObject: {any: {thing: [1, two]}}}}"
    assert refused("crds/argoproj.io/application_v1alpha1.json", application(source)) == []


def test_resource_inside_a_resource_needs_its_kind() -> None:
    text = """
        apiVersion: kubernetes.m.crossplane.io/v1alpha1
        kind: Object
        metadata: {name: map}
        spec: {forProvider: {manifest: {apiVersion: v1, data: {a: b}}}}
    """
    path = "crds/kubernetes.m.crossplane.io/object_v1alpha1.json"
    assert refused(path, text) == ["spec.forProvider.manifest: required"]


def test_field_of_a_release_that_is_newer_than_its_source_is_accepted() -> None:
    text = """
        apiVersion: external-secrets.io/v1
        kind: ExternalSecret
        metadata: {name: key}
        spec: {data: [{secretKey: a, remoteRef: {key: a, nullBytePolicy: Fail}}]}
    """
    assert refused("crds/external-secrets.io/externalsecret_v1.json", text) == []


@pytest.mark.parametrize("port", ["80", "http"])
def test_integer_or_string_takes_both(port: str) -> None:
    probe = f"readinessProbe: {{httpGet: {{port: {port}}}}}"
    assert refused("kubernetes/v1.35/apps/deployment_v1.json", deployment(container=probe)) == []


@pytest.mark.parametrize("amount", ["1", "0.5", "500m", "1Gi", "2e3", "'4'"])
def test_quantity_takes_numbers_and_suffixes(amount: str) -> None:
    limits = f"resources: {{limits: {{cpu: {amount}}}}}"
    assert refused("kubernetes/v1.35/apps/deployment_v1.json", deployment(container=limits)) == []


@pytest.mark.parametrize("amount", ["1GB", "1 Gi", "lots", "''", "true"])
def test_quantity_that_the_api_server_cannot_read_is_refused(amount: str) -> None:
    limits = f"resources: {{limits: {{memory: {amount}}}}}"
    assert len(refused("kubernetes/v1.35/apps/deployment_v1.json", deployment(container=limits))) == 1


@pytest.mark.parametrize("value", ["null", "''", "Always"])
def test_optional_choice_may_be_empty(value: str) -> None:
    text = deployment(container=f"imagePullPolicy: {value}")
    assert refused("kubernetes/v1.35/apps/deployment_v1.json", text) == []


def test_choice_outside_the_list_is_refused() -> None:
    text = deployment(container="imagePullPolicy: always")
    where = "spec.template.spec.containers.0.imagePullPolicy"
    assert refused("kubernetes/v1.35/apps/deployment_v1.json", text) == [f"{where}: enum"]


def test_optional_field_may_be_null_and_a_required_one_may_not() -> None:
    path = "kubernetes/v1.35/apps/deployment_v1.json"
    assert refused(path, deployment(pod="affinity: null", spec="replicas: null")) == []
    assert refused(path, deployment(pod="containers: null").replace("containers:\n", "volumes:\n")) == [
        "spec.template.spec.containers: type"
    ]


def test_schema_of_a_crd_may_nest_without_end() -> None:
    inner = "{type: object, properties: {a: {type: array, items: {type: object, propertys: {}}}}}"
    text = f"""
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {{name: things.example.com}}
        spec:
          group: example.com
          scope: Cluster
          names: {{kind: Thing, plural: things}}
          versions: [{{name: v1, served: true, storage: true, schema: {{openAPIV3Schema: {inner}}}}}]
    """
    where = "spec.versions.0.schema.openAPIV3Schema.properties.a.items"
    path = "kubernetes/v1.35/apiextensions.k8s.io/customresourcedefinition_v1.json"
    assert refused(path, text) == [f"{where}: additionalProperties"]


def test_status_is_open() -> None:
    text = deployment().rstrip() + "\n        status: {anything: 1}"
    assert refused("kubernetes/v1.35/apps/deployment_v1.json", text) == []


# Metadata


@pytest.mark.parametrize(
    "metadata",
    [
        "{name: a}",
        "{generateName: a-}",
        "{name: a, creationTimestamp: null, labels: null, annotations: {b: c}, finalizers: [d]}",
        "{name: a, ownerReferences: [{apiVersion: v1, kind: Node, name: b, uid: c}]}",
    ],
)
def test_metadata_takes_what_a_person_may_write(metadata: str) -> None:
    assert refused("kubernetes/v1.35/core/configmap_v1.json", config_map(metadata)) == []


@pytest.mark.parametrize(
    ("metadata", "problem"),
    [
        ("{namespace: a}", "metadata: required"),
        ("{name: a, uid: b}", "metadata: additionalProperties"),
        ("{name: a, resourceVersion: '1'}", "metadata: additionalProperties"),
        ("{name: a, creationTimestamp: '2026-01-01T00:00:00Z'}", "metadata.creationTimestamp: type"),
        ("{name: a, labels: {b: true}}", "metadata.labels.b: type"),
        ("{name: a, annotations: {b: 1}}", "metadata.annotations.b: type"),
        ("{name: My_Map}", "metadata.name: pattern"),
        ("{name: a, namespace: my.space}", "metadata.namespace: pattern"),
    ],
)
def test_metadata_refuses_what_the_api_server_sets_or_refuses(metadata: str, problem: str) -> None:
    assert refused("kubernetes/v1.35/core/configmap_v1.json", config_map(metadata)) == [problem]


def test_names_of_roles_are_free() -> None:
    text = "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: 'system:Node'}}"
    assert refused("kubernetes/v1.35/rbac.authorization.k8s.io/clusterrole_v1.json", text) == []


# The conversion of what a CRD declares


def converted(schema: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(structural.Converter().convert(yaml.safe_load(schema)))


def test_required_field_with_a_default_may_be_left_out() -> None:
    field = "{type: object, required: [a, b], properties: {a: {type: string, default: x}, b: {type: string}}}"
    schema = converted(field)
    assert schema.is_valid({"b": "y"})
    assert not schema.is_valid({"a": "y"})


def test_null_stands_for_a_default_and_for_what_is_nullable() -> None:
    fields = "{a: {type: string, default: x}, b: {type: string, nullable: true}, c: {type: string}}"
    schema = converted(f"{{type: object, properties: {fields}}}")
    assert schema.is_valid({"a": None, "b": None})
    assert not schema.is_valid({"c": None})


def test_condition_is_judged_after_the_defaults() -> None:
    text = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: public}
        spec:
          gatewayClassName: envoy
          listeners: [{name: http, port: 80, protocol: HTTP}]
          addresses: [{value: 192.0.2.1}, {value: "2001:db8::1"}, {type: Hostname, value: example.com}]
    """
    path = "crds/gateway.networking.k8s.io/gateway_v1.json"
    assert refused(path, text) == []
    assert refused(path, text.replace("192.0.2.1", "example.com")) == ["spec.addresses.0: oneOf"]


def test_requirement_in_a_condition_is_met_by_a_default() -> None:
    fields = "{a: {type: string, default: x}, b: {type: string}}"
    schema = converted(f"{{type: object, properties: {fields}, anyOf: [{{required: [a]}}]}}")
    assert schema.is_valid({})


def test_object_without_fields_is_closed_unless_it_keeps_them() -> None:
    assert not converted("{type: object}").is_valid({"a": 1})
    assert converted("{type: object, x-kubernetes-preserve-unknown-fields: true}").is_valid({"a": 1})
    assert converted("{type: object, additionalProperties: {type: integer}}").is_valid({"a": 1})


def test_fields_inside_what_keeps_unknown_fields_are_judged_again() -> None:
    inner = "{a: {type: object, properties: {b: {type: string}}}}"
    schema = converted(f"{{type: object, x-kubernetes-preserve-unknown-fields: true, properties: {inner}}}")
    assert schema.is_valid({"other": 1})
    assert not schema.is_valid({"a": {"other": 1}})


def test_integer_or_string_of_a_crd_keeps_its_pattern() -> None:
    node = "{anyOf: [{type: integer}, {type: string}], x-kubernetes-int-or-string: true, pattern: '^[0-9]+%$'}"
    schema = converted(node)
    assert schema.is_valid(5)
    assert schema.is_valid("5%")
    assert not schema.is_valid("many")
    assert not schema.is_valid(0.5)


def test_set_refuses_the_same_item_twice() -> None:
    schema = converted("{type: array, items: {type: string}, x-kubernetes-list-type: set}")
    assert schema.is_valid(["a", "b"])
    assert not schema.is_valid(["a", "a"])


def test_exclusive_limit_of_openapi_3_0_is_translated() -> None:
    schema = converted("{type: integer, minimum: 0, exclusiveMinimum: true}")
    assert schema.is_valid(1)
    assert not schema.is_valid(0)


def test_pattern_that_the_checker_cannot_read_is_dropped_and_counted() -> None:
    converter = structural.Converter()
    assert converter.convert({"type": "string", "pattern": r"(unclosed"}) == {"type": "string"}
    assert converter.dropped_patterns == 1
