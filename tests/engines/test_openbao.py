"""OpenBao for real: three servers with the rendered configuration, set up by bootstrap/ and by infrastructure/'s roots.

tests/engines/openbao says what is real and what stands in for something. Steps of bootstrap/ that need containers are
left out, and listed there as LEFT_OUT; all others run as they are.
"""

from __future__ import annotations

import gzip
import json
import shutil
import ssl
import subprocess
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import yaml

from tests.engines.harness.build import MissingError, engine, record
from tests.engines.openbao.sign_in import claims, redirects, signed_in
from tests.engines.openbao.workloads import secret
from tests.engines.openbao.world import ANSWERS, World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Template
    from tests.engines.openbao.store import Store

ENGINES = ("openbao", "provider-random", "provider-vault", "opentofu", "kubernetes")
NOT_PROVEN = "that the store works, its roots apply and bootstrap/recover brings it back was not proven"
CLIENTS = ("argo-cd", "argo-workflows", "oauth2-proxy")


def missing() -> str:
    """What this machine lacks for a store of its own; nothing when it has all."""
    tools = [name for name in ("unshare", "curl", "jq", "openssl") if shutil.which(name) is None]
    if tools:
        return f"{', '.join(tools)} missing"
    namespaces = ["unshare", "--user", "--map-root-user", "--mount", "true"]
    if subprocess.run(namespaces, capture_output=True, check=False).returncode:
        return "this machine has no user namespaces"
    try:
        for name in ENGINES:
            engine(name)
    except MissingError as error:
        return str(error)
    return ""


@pytest.fixture(scope="module")
def world(sources: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A platform's store after bootstrap/up; each test leaves it as good as it was."""
    if why := missing():
        pytest.skip(f"{why}: {NOT_PROVEN}")
    repository = sources.render(ANSWERS, tmp_path_factory.mktemp("repository") / "platform")
    world = World(tmp_path_factory.mktemp("world"), repository)
    try:
        world.start()
        world.run("up", "--yes")
        world.settle()
        yield world
    finally:
        world.stop()


@pytest.fixture(scope="module")
def admin(world: World) -> Store:
    """The one person of fleet.yaml, signed in with the first password that bootstrap/ hands out."""
    password = world.run("first-password", "admin").strip()
    found = world.store().sign_in("userpass/login/admin", password=password)
    assert found is not None
    return found


def cluster_ids(world: World) -> set[str]:
    """The cluster that each server says it is of; none for a server that is of no cluster."""
    return {world.store(index).health().get("cluster_id", "") for index in range(len(world.kubelet.pods))}


def voters(world: World) -> set[str]:
    """The servers that take part."""
    found = world.bootstrap().call("GET", "sys/storage/raft/configuration").body["data"]["config"]["servers"]
    return {one["node_id"] for one in found if one["voter"]}


def test_three_servers_are_one_cluster(world: World) -> None:
    names = {pod.name for pod in world.kubelet.pods}
    assert len(names) == 3
    assert len(cluster_ids(world) - {""}) == len(cluster_ids(world)) == 1
    assert voters(world) == names
    standbys = [world.store(index).health()["standby"] for index in range(3)]
    assert sorted(standbys) == [False, True, True]


def test_only_the_first_server_initialises_the_store(world: World) -> None:
    first, *others = world.kubelet.pods
    assert first.log.count("openbao-0 initialises the store") == 1
    for pod in others:
        assert f"{pod.name} does not initialise the store: only the first pod does" in pod.log


@pytest.mark.parametrize(
    ("permission", "reason"),
    [
        ({}, "there is no ConfigMap openbao-first-start with the key allowed"),
        ({"allowed": "again"}, "openbao-1 has a store already"),
    ],
    ids=["once permitted", "permitted again"],
)
def test_the_first_server_without_its_disk_joins_the_others(
    world: World, permission: dict[str, str], reason: str
) -> None:
    """It makes no second, empty store: not even when somebody gives it the permission of the first start again."""
    before = cluster_ids(world)
    place = "api/v1/namespaces/openbao/configmaps/openbao-first-start"
    if permission:
        meta = {"name": "openbao-first-start", "namespace": "openbao"}
        world.cluster.api.apply(place, {"apiVersion": "v1", "kind": "ConfigMap", "metadata": meta, "data": permission})
    said = len(world.kubelet.pods[0].log)
    world.lose_disk(0)
    world.cluster.api.call("DELETE", place)
    assert f"openbao-0 does not initialise the store: {reason}" in world.kubelet.pods[0].log[said:]
    assert cluster_ids(world) == before
    assert "openbao-0" in voters(world)


def test_the_roots_have_nothing_left_to_change(world: World) -> None:
    said = world.run("up", "--yes", "--from", "secrets", "--until", "users")
    assert said.count(": nothing to change") == 2


@pytest.mark.parametrize("root", ["secrets", "users"])
def test_states_are_kept_encrypted_in_the_cluster(world: World, root: str) -> None:
    state = json.loads(gzip.decompress(secret(world.cluster.api, "bootstrap", f"tfstate-default-{root}", "tfstate")))
    assert {"encrypted_data"} <= state.keys() and "resources" not in state


class Reader(NamedTuple):
    """A ClusterSecretStore: how External Secrets signs in to read which secrets.

    Attributes:
        role: Its role.
        account: Whose token it signs in with.
        audience: For whom that token is.
        paths: What there is to read for it.
    """

    role: str
    account: str
    audience: str
    paths: tuple[str, ...]


def seeds(world: World) -> list[list[str]]:
    """What components read: component, name, keys, where it is born."""
    lines = (world.repository / "bootstrap/secrets.tsv").read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def reader(manifest: dict[str, Any], world: World) -> Reader:
    """A ClusterSecretStore, as its manifest says."""
    name = manifest["metadata"]["name"]
    own = tuple(f"platform/{component}/{one}" for component, one, _, _ in seeds(world) if component == name)
    account = manifest["spec"]["provider"]["vault"]["auth"]["kubernetes"]["serviceAccountRef"]
    role = manifest["spec"]["provider"]["vault"]["auth"]["kubernetes"]["role"]
    environment = f"environments/{name.removeprefix('environment-')}/planted"
    return Reader(role, account["name"], account["audiences"][0], own or (environment,))


@pytest.fixture(scope="module")
def readers(world: World, admin: Store) -> list[Reader]:
    """Every ClusterSecretStore of the repository; each environment has a secret."""
    text = (world.repository / "platform/secret-stores/manifests/stores.yaml").read_text("utf-8")
    found = [reader(one, world) for one in yaml.safe_load_all(text) if one["kind"] == "ClusterSecretStore"]
    for one in found:
        for path in one.paths:
            if path.startswith("environments/"):
                assert admin.call("POST", f"secret/data/{path}", {"data": {"key": path}}).status == 200
    return found


def test_each_role_reads_its_own_secrets_and_no_others(world: World, readers: list[Reader]) -> None:
    everything = {path for one in readers for path in one.paths}
    assert len(readers) == 7 and len(everything) == 10
    for one in readers:
        store = world.role(one.role, "external-secrets", one.account, one.audience)
        assert store is not None, one.role
        assert {path for path in everything if store.read(path) is not None} == set(one.paths), one.role
        for path in one.paths:
            assert store.call("POST", f"secret/data/{path}", {"data": {}}).status == 403


def test_no_role_is_for_another_account(world: World, readers: list[Reader]) -> None:
    """Nor for the right account with a token that is for somebody else, or from another namespace."""
    for one in readers:
        accounts = {
            other.account for other in readers if world.role(one.role, "external-secrets", other.account, one.audience)
        }
        assert accounts == {one.account}
        assert world.role(one.role, "external-secrets", one.account) is None
        assert world.role(one.role, "openbao", "bootstrap", one.audience) is None


def test_seeding_again_changes_nothing(world: World) -> None:
    said = world.run("seed")
    born = [f"{component} {name}" for component, name, _, born in seeds(world) if born != "root"]
    assert len(born) == 4
    assert said.splitlines() == [f"   {name}: there already" for name in born]


def test_seeding_one_secret_changes_no_other(world: World, admin: Store) -> None:
    before = {path: admin.read(path) for path in paths(world)}
    world.run("seed", "oauth2-proxy", "cookie")
    after = {path: admin.read(path) for path in paths(world)}
    assert {path for path in before if before[path] != after[path]} == {"platform/oauth2-proxy/cookie"}


def paths(world: World) -> list[str]:
    """Where all secrets of the platform are, and the first password of the one person."""
    return ["users/admin", *(f"platform/{component}/{name}" for component, name, _, _ in seeds(world))]


def issuer(world: World) -> str:
    """The issuer that Argo CD is told to trust."""
    values = yaml.safe_load((world.repository / "platform/argo-cd/values.yaml").read_text("utf-8"))
    found: str = yaml.safe_load(values["configs"]["cm"]["oidc.config"])["issuer"]
    return found


def test_discovery_is_verified_against_the_platforms_ca(world: World) -> None:
    """Under the name that people use; whoever trusts another CA turns away."""
    host, _, path = issuer(world).removeprefix("https://").partition("/v1/")
    document = world.store(name=host).call("GET", f"{path}/.well-known/openid-configuration").body
    assert document["issuer"] == issuer(world)
    assert {"openid", "email", "groups", "profile"} <= set(document["scopes_supported"])
    assert world.store(name=host).call("GET", f"{path}/.well-known/keys").body["keys"]
    with pytest.raises(ssl.SSLCertVerificationError, match="Hostname mismatch"):
        world.store(name="openbao.example.invalid").health()
    with pytest.raises(ssl.SSLCertVerificationError, match="verify failed"):
        world.store().trusting(world.authority()).health()


@pytest.mark.parametrize("client", CLIENTS)
def test_a_person_signs_in_to_each_ui(world: World, admin: Store, client: str) -> None:
    """The whole code flow: with the client's own secret, back to its own address, for a token that verifies."""
    own = admin.read(f"platform/{client}/oidc")
    assert own is not None
    place, *_ = known = redirects(world.bootstrap(), client)
    assert len(known) == (2 if client == "argo-cd" else 1)
    token = signed_in(admin, own, place)
    assert token is not None
    said = claims(token, world.store())
    assert said["iss"] == issuer(world) and said["aud"] == own["client_id"]
    assert (said["groups"], said["preferred_username"]) == (["platform-admins"], "admin")
    assert signed_in(admin, own, f"{place}/elsewhere") is None


def backup(world: World, folder: Path) -> dict[str, dict[str, str] | None]:
    """Backs the platform up; gives all its secrets."""
    world.run("backup", str(folder))
    store = world.bootstrap()
    return {path: store.read(path) for path in paths(world)}


def test_recover_leaves_a_healthy_store_alone(world: World, tmp_path: Path) -> None:
    secrets, cluster = backup(world, tmp_path / "saved"), cluster_ids(world)
    done = world.attempt("recover", str(tmp_path / "saved"), "--yes")
    assert (done.returncode, done.stderr) == (
        1,
        "bootstrap: the store of platform is healthy; nothing was touched\n",
    )
    store = world.bootstrap()
    assert {path: store.read(path) for path in paths(world)} == secrets
    assert cluster_ids(world) == cluster


def test_a_lost_cluster_comes_back_from_a_backup(world: World, admin: Store, tmp_path: Path) -> None:
    """Another API server, empty disks: the same store with the same secrets, and roots that have nothing to change."""
    before, cluster, trusted = backup(world, tmp_path / "saved"), cluster_ids(world), world.store().authority
    assert admin.call("POST", "secret/data/environments/staging/later", {"data": {"a": "b"}}).status == 200
    world.new_cluster()
    said = world.run("recover", str(tmp_path / "saved"), "--yes")
    world.settle()
    assert said.count(": nothing to change") == 2
    assert world.store().authority == trusted
    assert cluster_ids(world) == cluster
    store = world.bootstrap()
    after = {path: store.read(path) for path in paths(world)}
    # The git host is a new one, and so is the token for it.
    assert {path for path in before if before[path] != after[path]} == {"platform/atlantis/git"}
    assert voters(world) == {pod.name for pod in world.kubelet.pods}
    assert admin.call("GET", "secret/data/environments/staging/later").status == 404


def test_the_version_is_the_one_that_the_chart_ships(world: World) -> None:
    version = record("openbao")["wheel"].partition("==")[2]
    assert {world.store(index).health()["version"] for index in range(3)} == {version}
