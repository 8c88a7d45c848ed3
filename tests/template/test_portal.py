"""The portal: its page, the entities for Backstage, and the one name that is the base domain itself."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.template.questions import VALID, answers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.conftest import Template

NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?")
"""What Backstage takes for the name of an entity."""


class Page(HTMLParser):
    """The links of a page, and whatever it would load from elsewhere."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.tags: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: Sequence[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        self.tags.append(tag)
        if tag == "a":
            self.links.append(given["href"] or "")
        elif "src" in given or (tag == "link" and not (given["href"] or "").startswith("data:")):
            self.loads.append(tag)


@pytest.fixture(scope="module")
def fleet(sources: Template, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A platform with a portal, applications, and workload clusters on their way in and out."""
    return sources.render(answers(VALID / "laptop-fleet.yaml"), tmp_path_factory.mktemp("portal") / "fleet")


def documents(path: Path) -> list[dict[str, Any]]:
    return [one for one in yaml.safe_load_all(path.read_text(encoding="utf-8")) if one]


def page(repository: Path) -> str:
    [config] = documents(repository / "platform/portal/manifests/page.yaml")
    return str(config["data"]["index.html"])


def listeners(repository: Path) -> dict[str, str]:
    [gateway] = documents(repository / "platform/gateway/manifests/gateway.yaml")
    return {one["name"]: one.get("hostname", "") for one in gateway["spec"]["listeners"]}


def test_the_page_links_every_ui_and_form_and_loads_nothing(fleet: Path) -> None:
    shown = Page(page(fleet))
    hosts = (fleet / "bootstrap/config.env").read_text(encoding="utf-8")
    [uis] = re.findall(r"^UI_HOSTS='(.*)'$", hosts, re.MULTILINE)
    assert {f"https://{host}" for host in uis.split() if host != "fleet.localhost"} <= set(shown.links)
    forms = [link.rpartition("%2f")[2] for link in shown.links if "issues/new" in link]
    assert sorted(forms) == sorted(one.name for one in (fleet / ".gitea/issue_template").glob("[ac][pl]*.yaml"))
    assert shown.loads == []
    assert "script" not in shown.tags


def test_the_page_shows_each_application_where_it_is_reached_and_each_cluster(fleet: Path) -> None:
    text = page(fleet)
    for host in ("shop.preview.fleet.localhost", "shop-staging.fleet.localhost", "shop.dc.fleet.localhost"):
        assert f'<a href="https://{host}">{host}</a>' in text
    tenant = ["tenant", "virtual, in datacentre", "", "stable", "active", "tenant.fleet.localhost"]
    assert tenant in [re.findall(r"<t[hd].*?>(.*)</t[hd]>", row) for row in text.split("<tr>")]


def test_an_answer_is_text_on_the_page_and_never_markup(sources: Template, tmp_path: Path) -> None:
    given = {"organisation": '<script>alert("&")</script>', "components": ["portal"]}
    text = page(sources.render(given, tmp_path / "out"))
    assert "The platform of &lt;script&gt;alert(&quot;&amp;&quot;)&lt;/script&gt;</p>" in text
    assert "script" not in Page(text).tags


def test_every_entity_has_a_name_of_its_own_and_refers_to_others_that_are_there(fleet: Path) -> None:
    entities = documents(fleet / "catalog-info.yaml")
    names = [f"{one['kind'].lower()}:{one['metadata']['name']}" for one in entities]
    assert len(set(names)) == len(names)
    for one in entities:
        assert NAME.fullmatch(one["metadata"]["name"])
        assert one["metadata"]["namespace"] == "fleet"
        assert set(one["spec"].get("dependsOn", [])) <= set(names) - {f"resource:{one['metadata']['name']}"}
        assert one["spec"].get("system", "fleet") == "fleet"


def test_clusters_components_environments_and_applications_are_entities(fleet: Path) -> None:
    found: dict[str, list[str]] = {}
    for one in documents(fleet / "catalog-info.yaml"):
        found.setdefault(one["spec"].get("type", ""), []).append(one["metadata"]["title"])
    clusters = {"management", "preview", "tenant", "leaving", "gone", "datacentre"}
    assert set(found["kubernetes-cluster"]) == clusters
    assert found["environment"] == ["development", "staging", "production"]
    assert found["service"] == ["shop"]
    applied = (fleet / "registry/clusters/management").glob("*.yaml")
    here = {one.stem for one in applied if not one.stem.startswith("environment-")}
    components = {one["metadata"]["name"].removeprefix("component-") for one in documents(fleet / "catalog-info.yaml")}
    assert here - {"vcluster"} <= components


def test_an_application_belongs_to_its_team_and_links_to_each_environment(fleet: Path) -> None:
    [shop] = [one for one in documents(fleet / "catalog-info.yaml") if one["kind"] == "Component"]
    assert shop["spec"]["owner"] == "group:default/sellers"
    assert [one["title"] for one in shop["metadata"]["links"]] == ["development", "staging", "production"]


def test_under_a_wildcard_the_base_domain_has_a_listener_of_its_own(fleet: Path) -> None:
    assert listeners(fleet) == {"http": "", "https": "*.fleet.localhost", "portal": "fleet.localhost"}
    [certificate] = documents(fleet / "platform/gateway/manifests/certificates.yaml")
    assert certificate["spec"]["dnsNames"] == ["*.fleet.localhost", "fleet.localhost"]
    route = documents(fleet / "platform/portal/manifests/route.yaml")[0]
    assert route["spec"]["parentRefs"][0]["sectionName"] == "portal"


def test_without_a_portal_nothing_answers_for_the_base_domain(sources: Template, tmp_path: Path) -> None:
    repository = sources.render({"platform_name": "plain"}, tmp_path / "out")
    assert listeners(repository) == {"http": "", "https": "*.plain.localhost"}
    assert not (repository / "catalog-info.yaml").exists()
    assert "name regex ^.+\\.plain" in (repository / "platform/gateway/manifests/dns.yaml").read_text(encoding="utf-8")


def test_headlamp_is_reached_through_its_sign_in_only_and_may_only_look(sources: Template, tmp_path: Path) -> None:
    repository = sources.render({"components": ["headlamp"]}, tmp_path / "out")
    folder = repository / "platform/headlamp/manifests"
    [route] = documents(folder / "route.yaml")
    assert route["spec"]["rules"][0]["backendRefs"] == [{"name": "headlamp-proxy", "port": 80}]
    policies = {one["metadata"]["name"]: one["spec"] for one in documents(folder / "network-policy.yaml")}
    assert policies["headlamp"]["ingress"] == [{"from": [{"podSelector": {}}], "ports": [{"port": 4466}]}]
    assert policies["default-deny"] == {"podSelector": {}, "policyTypes": ["Ingress"]}
    access = documents(folder / "access.yaml")
    rules = [rule for one in access for rule in one.get("rules", [])]
    assert {verb for rule in rules for verb in rule["verbs"]} == {"get", "list", "watch"}
    assert not {"secrets", "*"} & {name for rule in rules for name in rule["resources"]}
    assert {one["roleRef"]["name"] for one in access if "roleRef" in one} == {"view", "headlamp-cluster"}
