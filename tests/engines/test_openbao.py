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
from contextlib import contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import yaml

from tests.engines.harness.build import MissingError, engine, record
from tests.engines.harness.processes import within
from tests.engines.openbao.machine import PROVIDERS
from tests.engines.openbao.sign_in import claims, redirects, signed_in
from tests.engines.openbao.workloads import secret
from tests.engines.openbao.world import ANSWERS, World

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tests.conftest import Template
    from tests.engines.openbao.store import Store

ENGINES = ("openbao", "opentofu", "kubernetes")
OPENBAO = pytest.mark.proves("OpenBao", answers="three servers")
CONFIGURED = pytest.mark.proves("OpenTofu apply", answers="three servers")
ROOTS = ("secrets", "users")
CLIENTS = ("argo-cd", "argo-workflows", "oauth2-proxy")
FIRST_START = "api/v1/namespaces/openbao/configmaps/openbao-first-start"


def lacks(*engines: str) -> str:
    """Why there is no such engine; nothing when all are there."""
    try:
        for name in engines:
            engine(name)
    except MissingError as error:
        return str(error)
    return ""


def missing() -> str:
    """What this machine lacks for a store of its own; nothing when it has all."""
    tools = [name for name in ("unshare", "curl", "jq", "openssl") if shutil.which(name) is None]
    if tools:
        return f"{', '.join(tools)} missing"
    namespaces = ["unshare", "--user", "--map-root-user", "--mount", "true"]
    if subprocess.run(namespaces, capture_output=True, check=False).returncode:
        return "this machine has no user namespaces"
    return lacks(*ENGINES)


@pytest.fixture(scope="module")
def world(sources: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A platform's store after bootstrap/up; each test leaves it as good as it was."""
    if why := missing():
        pytest.skip(f"{why}: that the store runs, and comes back from a backup, was not proven")
    repository = sources.render(ANSWERS, tmp_path_factory.mktemp("repository") / "platform")
    world = World(tmp_path_factory.mktemp("world"), repository)
    try:
        world.start(roots=not lacks(*PROVIDERS))
        world.run("up", "--yes")
        world.settle()
        yield world
    finally:
        world.stop()


@pytest.fixture(scope="module")
def configured(world: World) -> World:
    """The same, where the roots of infrastructure/ could be applied."""
    if why := lacks(*PROVIDERS):
        pytest.skip(f"{why}: what the secrets and users roots make, and who reads what, was not proven")
    return world


@pytest.fixture(scope="module")
def admin(configured: World) -> Store:
    """The one person of fleet.yaml, signed in with the first password that bootstrap/ hands out."""
    return person(configured, "admin")


def person(world: World, name: str) -> Store:
    """A person, who signs in with the first password."""
    found = world.store().sign_in(f"userpass/login/{name}", password=world.run("first-password", name).strip())
    assert found is not None
    return found


def cluster_ids(world: World) -> set[str]:
    """The cluster that each server says it is of; none for a server that is of no cluster."""
    return {world.store(index).health().get("cluster_id", "") for index in range(len(world.kubelet.pods))}


def all_vote(world: World) -> bool:
    """Waits until every server takes part: a new one does after ten seconds in good health."""
    names = {pod.name for pod in world.kubelet.pods}
    store = world.bootstrap()

    def vote() -> bool:
        found = store.call("GET", "sys/storage/raft/configuration").body["data"]["config"]["servers"]
        return {one["node_id"] for one in found if one["voter"]} == names

    return within(60, "every server votes", vote)


@OPENBAO
def test_three_servers_are_one_cluster(world: World) -> None:
    assert len(world.kubelet.pods) == 3
    assert len(cluster_ids(world) - {""}) == len(cluster_ids(world)) == 1
    assert all_vote(world)
    standbys = [world.store(index).health()["standby"] for index in range(3)]
    assert sorted(standbys) == [False, True, True]


@OPENBAO
def test_all_that_runs_listens_on_loopback_only(world: World) -> None:
    found = {pod.name: pod.listens() for pod in world.kubelet.pods}
    assert found == {pod.name: {pod.address} for pod in world.kubelet.pods}


@OPENBAO
def test_only_the_first_server_initialises_the_store(world: World) -> None:
    first, *others = world.kubelet.pods
    assert first.log.count("openbao-0 initialises the store") == 1
    for pod in others:
        assert f"{pod.name} does not initialise the store: only the first pod does" in pod.log


@OPENBAO
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
    with permitted(world, permission):
        said = world.lose_disk(0)
    assert f"openbao-0 does not initialise the store: {reason}" in said
    assert cluster_ids(world) == before
    assert all_vote(world)


@contextmanager
def permitted(world: World, data: dict[str, str]) -> Iterator[None]:
    """Gives the permission of the first start for a while; none without data."""
    meta = {"name": "openbao-first-start", "namespace": "openbao"}
    if data:
        world.cluster.api.apply(FIRST_START, {"apiVersion": "v1", "kind": "ConfigMap", "metadata": meta, "data": data})
    yield
    world.cluster.api.call("DELETE", FIRST_START)


@OPENBAO
def test_recovery_keys_are_handed_over_once(world: World) -> None:
    path = next(world.machine.home.rglob("recovery-keys.json"))
    kept = path.read_text("utf-8")
    assert len(json.loads(kept)["recovery_keys"]) == 5
    assert path.stat().st_mode & 0o077 == 0
    world.run("up", "--from", "store", "--until", "store")
    assert path.read_text("utf-8") == kept


@CONFIGURED
@pytest.mark.parametrize("root", ROOTS)
def test_atlantis_sees_nothing_to_change(configured: World, root: str) -> None:
    """With the role that it plans with, which may write nothing."""
    done = configured.tofu(root, "atlantis-plan", "plan", "-detailed-exitcode", "-no-color")
    assert done.returncode == 0, done.stdout + done.stderr


@CONFIGURED
def test_atlantis_makes_and_removes_a_person(configured: World) -> None:
    """With the role that it applies with. Whoever leaves fleet.yaml can sign in no more."""
    path = configured.repository / "fleet.yaml"
    text = path.read_text("utf-8")
    newcomer = {"name": "ada", "email": "ada@example.com", "teams": ["developers"]}
    fleet = yaml.safe_load(text)
    path.write_text(yaml.safe_dump({**fleet, "people": [*fleet["people"], newcomer]}), "utf-8")
    try:
        apply(configured, "users")
        ada = person(configured, "ada")
        data = {"data": {"key": "value"}}
        assert ada.call("POST", "secret/data/environments/development/ada", data).status == HTTPStatus.OK
        assert ada.read("environments/development/ada") == data["data"]
        assert ada.read("platform/argo-cd/oidc") is None and ada.read("users/admin") is None
        password = configured.run("first-password", "ada").strip()
    finally:
        path.write_text(text, "utf-8")
        apply(configured, "users")
    assert configured.store().sign_in("userpass/login/ada", password=password) is None


def apply(world: World, root: str) -> None:
    """Applies a root as Atlantis does."""
    done = world.tofu(root, "atlantis-apply", "apply", "-auto-approve", "-no-color")
    assert done.returncode == 0, done.stdout + done.stderr


@CONFIGURED
@pytest.mark.parametrize("root", ROOTS)
def test_states_are_kept_encrypted_in_the_cluster(configured: World, root: str) -> None:
    kept = secret(configured.cluster.api, "bootstrap", f"tfstate-default-{root}", "tfstate")
    state = json.loads(gzip.decompress(kept))
    assert "encrypted_data" in state and "resources" not in state


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
def readers(configured: World, admin: Store) -> list[Reader]:
    """Every ClusterSecretStore of the repository; each environment has a secret."""
    text = (configured.repository / "platform/secret-stores/manifests/stores.yaml").read_text("utf-8")
    found = [reader(one, configured) for one in yaml.safe_load_all(text) if one["kind"] == "ClusterSecretStore"]
    for one in found:
        for path in one.paths:
            if path.startswith("environments/"):
                assert admin.call("POST", f"secret/data/{path}", {"data": {"key": path}}).status == HTTPStatus.OK
    return found


def readable(world: World, one: Reader, everything: Iterable[str]) -> set[str]:
    """What of everything External Secrets can read through a store."""
    store = world.role(one.role, "external-secrets", one.account, one.audience)
    assert store is not None, one.role
    assert {store.call("POST", f"secret/data/{path}", {"data": {}}).status for path in one.paths} == {403}
    return {path for path in everything if store.read(path) is not None}


@CONFIGURED
def test_each_role_reads_its_own_secrets_and_no_others(configured: World, readers: list[Reader]) -> None:
    everything = {path for one in readers for path in one.paths}
    assert len(readers) == 7 and len(everything) == 10
    for one in readers:
        assert readable(configured, one, everything) == set(one.paths), one.role


def test_planted_fault_a_policy_that_was_widened_is_noticed_and_mended(
    configured: World, readers: list[Reader]
) -> None:
    one = next(one for one in readers if one.role == "eso-oauth2-proxy")
    everything = {path for other in readers for path in other.paths if path.startswith("platform/")}
    wide = 'path "secret/data/platform/*" {\n  capabilities = ["read"]\n}\n'
    assert configured.bootstrap().call("POST", f"sys/policies/acl/{one.role}", {"policy": wide}).status == 204
    assert readable(configured, one, everything) == everything
    assert configured.tofu("secrets", "atlantis-plan", "plan", "-detailed-exitcode").returncode == 2
    apply(configured, "secrets")
    assert readable(configured, one, everything) == set(one.paths)


@CONFIGURED
def test_no_role_is_for_another_account(configured: World, readers: list[Reader]) -> None:
    """Nor for the right account with a token that is for somebody else, or from another namespace."""
    for one in readers:
        accounts = {
            other.account
            for other in readers
            if configured.role(one.role, "external-secrets", other.account, one.audience)
        }
        assert accounts == {one.account}
        assert configured.role(one.role, "external-secrets", one.account) is None
        assert configured.role(one.role, "openbao", "bootstrap", one.audience) is None


@OPENBAO
def test_seeding_again_changes_nothing(world: World) -> None:
    said = world.run("seed")
    born = [f"{component} {name}" for component, name, _, born in seeds(world) if born != "root"]
    assert len(born) == 4
    assert said.splitlines() == [f"   {name}: there already" for name in born]


@OPENBAO
def test_seeding_one_secret_changes_no_other(world: World) -> None:
    before = secrets(world)
    world.run("seed", "oauth2-proxy", "cookie")
    after = secrets(world)
    assert {path for path in before if before[path] != after[path]} == {"platform/oauth2-proxy/cookie"}


def secrets(world: World) -> dict[str, dict[str, str] | None]:
    """All secrets of the platform, and the first password of the one person."""
    paths = ["users/admin", *(f"platform/{component}/{name}" for component, name, _, _ in seeds(world))]
    store = world.bootstrap()
    return {path: store.read(path) for path in paths}


def issuer(world: World) -> str:
    """The issuer that Argo CD is told to trust."""
    values = yaml.safe_load((world.repository / "platform/argo-cd/values.yaml").read_text("utf-8"))
    found: str = yaml.safe_load(values["configs"]["cm"]["oidc.config"])["issuer"]
    return found


@CONFIGURED
def test_discovery_is_verified_against_the_platforms_ca(configured: World) -> None:
    """Under the name that people use; whoever trusts another CA turns away."""
    host, _, path = issuer(configured).removeprefix("https://").partition("/v1/")
    document = configured.store(name=host).call("GET", f"{path}/.well-known/openid-configuration").body
    assert document["issuer"] == issuer(configured)
    assert {"openid", "email", "groups", "profile"} <= set(document["scopes_supported"])
    assert configured.store(name=host).call("GET", f"{path}/.well-known/keys").body["keys"]
    with pytest.raises(ssl.SSLCertVerificationError, match="Hostname mismatch"):
        configured.store(name="openbao.example.invalid").health()
    with pytest.raises(ssl.SSLCertVerificationError, match="verify failed"):
        configured.store().trusting(configured.authority()).health()


@CONFIGURED
@pytest.mark.parametrize("client", CLIENTS)
def test_a_person_signs_in_to_each_ui(configured: World, admin: Store, client: str) -> None:
    """The whole code flow: with the client's own secret, back to its own address, for a token that verifies."""
    own = admin.read(f"platform/{client}/oidc")
    assert own is not None
    place, *_ = known = redirects(configured.bootstrap(), client)
    assert len(known) == (2 if client == "argo-cd" else 1)
    token = signed_in(admin, own, place)
    assert token is not None
    said = claims(token, configured.store())
    assert said["iss"] == issuer(configured) and said["aud"] == own["client_id"]
    assert (said["groups"], said["preferred_username"]) == (["platform-admins"], "admin")
    assert signed_in(admin, own, f"{place}/elsewhere") is None


@OPENBAO
def test_recover_leaves_a_healthy_store_alone(world: World, tmp_path: Path) -> None:
    world.run("backup", str(tmp_path / "saved"))
    before, cluster = secrets(world), cluster_ids(world)
    done = world.attempt("recover", str(tmp_path / "saved"), "--yes")
    said = "bootstrap: the store of platform is healthy; nothing was touched\n"
    assert (done.returncode, done.stderr) == (1, said)
    assert (secrets(world), cluster_ids(world)) == (before, cluster)


@OPENBAO
def test_a_lost_cluster_comes_back_from_a_backup(world: World, tmp_path: Path) -> None:
    """Another API server, empty disks: the same store with the same secrets, and roots that have nothing to change."""
    world.run("backup", str(tmp_path / "saved"))
    before, cluster, trusted = secrets(world), cluster_ids(world), world.store().authority
    later = {"data": {"key": "written after the backup"}}
    assert world.bootstrap().call("POST", "secret/data/platform/later", later).status == HTTPStatus.OK
    world.new_cluster()
    said = world.run("recover", str(tmp_path / "saved"), "--yes")
    world.settle()
    assert world.store().authority == trusted
    assert cluster_ids(world) == cluster
    assert all_vote(world)
    after = secrets(world)
    # The git host is a new one, and so is the token for it.
    assert {path for path in before if before[path] != after[path]} == {"platform/atlantis/git"}
    assert world.bootstrap().read("platform/later") is None
    assert said.count(": nothing to change") == (0 if lacks(*PROVIDERS) else 2)


@OPENBAO
def test_the_version_is_the_one_that_the_chart_ships(world: World) -> None:
    version = record("openbao")["wheel"].partition("==")[2]
    assert {world.store(index).health()["version"] for index in range(3)} == {version}
