"""What each verb makes of fleet.yaml, as pure functions; tests/toolkit/test_verbs.py runs them on a platform."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from clusterwright.errors import UserError
from clusterwright.fleet import applications, beginnings, clusters, environments, images, people
from clusterwright.fleet.change import Fleet

if TYPE_CHECKING:
    from collections.abc import Callable

    from clusterwright.fleet.change import Edit

TEXT = """\
environments:
  - development
  - production  # what customers see

clusters:
  - name: eu
    kind: physical
    environment: production
    state: draining
  - {name: preview, kind: virtual, host: eu}

people:
  - name: ada
    email: ada@acme.dev
    teams:
      - developers

applications:
  - name: shop
    team: shop-team
    source: {chart: shop, repository: ghcr.io/acme/charts}
    environments:
      development: {version: "1.4.0"}
      production: {version: "1.3.2"}  # frozen until Monday

allowed_repositories: [ghcr.io/acme/charts]
"""
ANSWERS = {"admin_team": "platform-admins", "developer_team": "developers"}
GIVEN: dict[str, Any] = dict.fromkeys(
    ("chart", "git", "path", "scaffold", "kind", "version", "image", "team", "host", "service", "port")
)
GIVEN |= {"environments": (), "secrets": ()}


def fleet(text: str = TEXT, root: Path = Path("/nowhere")) -> Fleet:
    return Fleet(root, text, yaml.safe_load(text) or {}, ANSWERS)


def begun(name: str, **given: object) -> dict[str, Any]:
    return beginnings.begin(name, {**GIVEN, **given}, ["development", "production"]).entry


def changed(edit: Edit, before: str = TEXT) -> list[str]:
    """The lines that an edit took away and brought, in order."""
    old, new = before.splitlines(), edit.text.splitlines()
    return [f"-{line}" for line in old if line not in new] + [f"+{line}" for line in new if line not in old]


def test_an_environment_comes_before_the_one_that_customers_see() -> None:
    assert yaml.safe_load(environments.add(fleet(), "qa").text)["environments"] == ["development", "qa", "production"]
    assert yaml.safe_load(environments.add(fleet(), "qa", after="production").text)["environments"][-1] == "qa"
    assert yaml.safe_load(environments.add(fleet(), "qa", before="development").text)["environments"][0] == "qa"


def test_a_person_changes_teams_without_a_line_of_others_changing() -> None:
    edit = people.update(fleet(), "ada", member_of=["platform-admins"], git_user="ada-l")
    assert changed(edit) == ["-      - developers", "+      - platform-admins", "+    git_user: ada-l"]


def test_promotion_changes_one_line_and_keeps_its_comment(tmp_path: Path) -> None:
    edit = applications.promote(fleet(root=tmp_path), "shop", "production")
    assert changed(edit) == [
        '-      production: {version: "1.3.2"}  # frozen until Monday',
        '+      production: {version: "1.4.0"}  # frozen until Monday',
    ]


def test_promotion_takes_the_image_along(tmp_path: Path) -> None:
    values = tmp_path / "apps/shop"
    values.mkdir(parents=True)
    (values / "development.yaml").write_text("image:\n  tag: '2'\n  digest: sha256:" + "1" * 64 + "\n")
    (values / "production.yaml").write_text("replicas: 3\nimage: {tag: '1'}  # pinned\n")
    edit = applications.promote(fleet(root=tmp_path), "shop", "production")
    assert edit.files == {
        "apps/shop/production.yaml": f'replicas: 3\nimage: {{tag: "2", digest: sha256:{"1" * 64}}}  # pinned\n'
    }


def test_an_image_is_a_tag_a_digest_or_both() -> None:
    digest = "sha256:" + "a" * 64
    assert images.understood("1.2") == images.Image("1.2", None)
    assert images.understood(digest) == images.Image(None, digest)
    assert images.understood(f"1.2@{digest}") == images.Image("1.2", digest)


def test_a_digest_alone_replaces_a_tag_that_would_lie(tmp_path: Path) -> None:
    (tmp_path / "apps/shop").mkdir(parents=True)
    (tmp_path / "apps/shop/dev.yaml").write_text("image:\n  tag: '1'\n  pull: Always\n")
    pinned = images.pinned(tmp_path, "shop", "dev", images.Image(None, "sha256:" + "1" * 64))
    assert pinned == {"apps/shop/dev.yaml": f"image:\n  pull: Always\n  digest: sha256:{'1' * 64}\n"}


def test_adding_an_application_allows_its_repository() -> None:
    entry = begun("mail", chart="https://charts.acme.dev/stable/mailpit", version="0.1.0")
    edit = applications.add(fleet(), entry, {})
    data = yaml.safe_load(edit.text)
    assert data["allowed_repositories"] == ["ghcr.io/acme/charts", "https://charts.acme.dev/stable"]
    assert data["applications"][1] == {
        "name": "mail",
        "source": {"chart": "mailpit", "repository": "https://charts.acme.dev/stable"},
        "environments": {"development": {"version": "0.1.0"}},
    }


def test_a_scaffold_is_a_chart_that_carries_the_name(tmp_path: Path) -> None:
    start = beginnings.begin("site", {**GIVEN, "scaffold": "ghcr.io/acme/site", "image": "1.0.0"}, ["development"])
    assert start.entry["source"] == {"path": "apps/site/chart"}
    assert yaml.safe_load(start.files["apps/site/chart/Chart.yaml"])["name"] == "site"
    assert yaml.safe_load(start.files["apps/site/values.yaml"]) == {"image": {"repository": "ghcr.io/acme/site"}}
    assert yaml.safe_load(start.files["apps/site/development.yaml"]) == {"image": {"tag": "1.0.0"}}
    assert not any("scaffolded" in text for text in start.files.values())
    (tmp_path / "apps/site").mkdir(parents=True)
    (tmp_path / "apps/site/values.yaml").write_text("mine: true\n")
    with pytest.raises(UserError, match=r"^apps/site/values\.yaml: there already; "):
        applications.add(fleet(root=tmp_path), start.entry, start.files)


def test_a_cluster_goes_in_two_steps() -> None:
    text = TEXT.replace("  - {name: preview, kind: virtual, host: eu}\n", "").replace("    state: draining\n", "")
    first = clusters.update(fleet(text), "eu", {"state": "draining"}).text
    second = clusters.update(fleet(first), "eu", {"state": "destroying"})
    assert second.goes == ("registry/clusters/eu",), "its Applications go with that step"
    assert yaml.safe_load(clusters.remove(fleet(second.text), "eu").text)["clusters"] == []


ALONE = TEXT.replace("  - {name: preview, kind: virtual, host: eu}\n", "").replace("draining", "destroying")
BESIDE = ALONE.replace("people:", "  - {name: us, kind: physical, environment: production}\n\npeople:", 1)


@pytest.mark.parametrize(
    ("edit", "text", "told"),
    [
        (lambda f: clusters.remove(f, "eu"), ALONE, True),
        (lambda f: clusters.update(f, "eu", {"environment": "development"}), ALONE, True),
        (lambda f: clusters.update(f, "eu", {"environment": "production"}), ALONE, False),
        (lambda f: clusters.update(f, "eu", {"ring": "canary"}), ALONE, False),
        (lambda f: clusters.remove(f, "eu"), BESIDE, False),
        (lambda f: clusters.remove(f, "eu"), ALONE.replace("    environment: production\n", ""), False),
    ],
)
def test_whoever_takes_the_last_cluster_of_an_environment_is_told_where_its_applications_go(
    edit: Callable[[Fleet], Edit],
    text: str,
    told: bool,  # noqa: FBT001 - a case of the rule
) -> None:
    warning = "cluster eu: the last one of production, whose applications move to the management cluster"
    assert edit(fleet(text)).warnings == ((warning,) if told else ())


@pytest.mark.parametrize(
    ("edit", "line"),
    [
        (lambda f: environments.add(f, "production"), "environment production: it is there already; "),
        (
            lambda f: environments.add(f, "qa", after="prod"),
            "environment prod: there is none; there is development, pro",
        ),
        (
            lambda f: environments.remove(f, "developmnt"),
            "environment developmnt: there is none; did you mean developm",
        ),
        (
            lambda f: environments.remove(f, "production"),
            "environment production: shop runs there; `clusterwright app remove shop --env production` first",
        ),
        (lambda f: people.add(f, "ada", "a@acme.dev", ["developers"]), "user ada: there already; `clusterwright user "),
        (lambda f: people.remove(f, "zoe"), "user zoe: there is none; there is ada"),
        (lambda f: clusters.add(f, {"name": "eu"}), "cluster eu: there already; `clusterwright cluster update eu` "),
        (lambda f: clusters.remove(f, "eu"), "cluster eu: preview runs on it; remove that first"),
        (
            lambda f: clusters.remove(f, "preview"),
            "cluster preview: active; merge `clusterwright cluster update preview --state draining` first, by which",
        ),
        (
            lambda f: clusters.update(f, "preview", {"state": "destroying"}),
            "cluster preview: active, so destroying comes too early; ",
        ),
        (
            lambda f: applications.add(f, begun("shop", path="apps/shop"), {}),
            "app shop: there already; `clusterwright ",
        ),
        (lambda f: applications.remove(f, "shop", "qa"), "app shop: not delivered to qa; it runs in development, prod"),
        (lambda f: applications.deliver(f, "shop", "production", "1.3.2"), "app shop: production runs that already; "),
        (lambda f: applications.promote(f, "shop", "qa"), "environment qa: there is none; "),
        (lambda f: applications.promote(f, "shop", "development"), "app shop: no environment before development runs "),
        (
            lambda f: applications.promote(f, "shop", "development", "production"),
            "app shop: 1.3.2 of production is older than 1.4.0 of development; revert the commit that brought it, ",
        ),
        (lambda _: images.understood("a b"), "--image: neither tag nor digest; "),
        (lambda _: images.understood("sha256:abc"), "--image: neither tag nor digest; "),
        (lambda _: begun("x", chart="shop"), "--chart: no repository; "),
        (lambda _: begun("x", git="https://git.acme.dev/x"), "--path: no folder of the Git repository; "),
        (lambda _: begun("x", chart="a/b", scaffold="c"), "app add: more than one source; "),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_line(edit: Callable[[Fleet], Edit], line: str) -> None:
    with pytest.raises(UserError, match="^" + re.escape(line)):
        edit(fleet())


NAMES = st.from_regex(r"[a-z][a-z0-9]{0,5}", fullmatch=True)


class Verbs(RuleBasedStateMachine):
    """Any sequence of verbs leaves a file that means what was said, and undoing it leaves the file as it was."""

    def __init__(self) -> None:
        super().__init__()
        self.text = TEXT
        self.undo: list[tuple[Callable[[Fleet], Edit], str]] = []

    def did(self, edit: Edit, back: Callable[[Fleet], Edit] | None = None) -> None:
        if back is None:
            self.undo.clear()
        else:
            self.undo.append((back, self.text))
        self.text = edit.text

    @property
    def now(self) -> Fleet:
        return fleet(self.text)

    @initialize(layout=st.sampled_from([TEXT, TEXT.replace("\n", "\r\n"), TEXT.rstrip("\n"), TEXT + "\n# end\n"]))
    def begin(self, layout: str) -> None:
        self.text = layout

    @rule(name=NAMES)
    def add_environment(self, name: str) -> None:
        if name not in self.now.data["environments"]:
            self.did(environments.add(self.now, name), lambda f: environments.remove(f, name))

    @rule(name=NAMES, teams=st.lists(st.sampled_from(["developers", "shop-team"]), min_size=1, unique=True))
    def add_person(self, name: str, teams: list[str]) -> None:
        if self.now.place("people", name) is None:
            self.did(people.add(self.now, name, f"{name}@acme.dev", teams), lambda f: people.remove(f, name))

    @rule(name=NAMES, folder=st.sampled_from(["chart", "overlay"]))
    def add_application(self, name: str, folder: str) -> None:
        if self.now.place("applications", name) is None:
            entry = begun(name, path=f"apps/{name}/{folder}", host=name)
            self.did(applications.add(self.now, entry, {}), lambda f: applications.remove(f, name))

    @rule(name=NAMES, environment=st.sampled_from([None, "production"]))
    def add_a_cluster(self, name: str, environment: str | None) -> None:
        """One that was never applied; a state on the way out stands for that, as any other has to be drained first."""
        if self.now.place("clusters", name) is None:
            entry = {"name": name, "kind": "virtual", "environment": environment, "state": "destroying"}
            self.did(clusters.add(self.now, entry), lambda f: clusters.remove(f, name))

    @rule(version=st.sampled_from(["2.0.0", "v3.1.0-rc.1"]))
    def deliver(self, version: str) -> None:
        if self.now.data["applications"][0]["environments"]["development"]["version"] != version:
            self.did(applications.deliver(self.now, "shop", "development", version))

    @rule(state=st.sampled_from(clusters.STATES))
    def move_a_cluster(self, state: str) -> None:
        now = clusters.state(self.now.data["clusters"][0])
        if state in ("active", now, clusters.following(now)):
            self.did(clusters.update(self.now, "eu", {"state": state}))

    @precondition(lambda self: self.undo)
    @rule()
    def undo_the_last_addition(self) -> None:
        back, before = self.undo.pop()
        self.text = back(self.now).text
        assert self.text == before

    @invariant()
    def the_file_is_one_that_people_can_read(self) -> None:
        data = yaml.safe_load(self.text)
        assert self.text.count("# what customers see") == self.text.count("# frozen until Monday") == 1
        for key in ("people", "applications", "clusters"):
            names = [one["name"] for one in data[key]]
            assert len(set(names)) == len(names)


EXAMPLES = int(os.environ.get("CLUSTERWRIGHT_ROUNDS", "25"))
Verbs.TestCase.settings = settings(max_examples=EXAMPLES, stateful_step_count=12, deadline=None, derandomize=True)
test_any_sequence_of_verbs = Verbs.TestCase
