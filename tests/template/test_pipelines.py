"""The pipelines of a platform: what they may do, and that a pull request's code never meets a token that may write."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from clusterwright import __version__
from clusterwright.cli import VERBS
from tests.template.questions import VALID, answers

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Template

FORK = "github.event.pull_request.head.repo.full_name == github.repository"


# Each with the job that proposes updates.
PLATFORMS = {"github": "aws-everything", "gitea": "laptop-everything", "gitlab": "gitlab-nested-group"}
BY_RENOVATE = {"github": "aws-github-cloudflare", "gitea": "laptop", "gitlab": "gitlab-self-managed"}


class Repositories:
    """One platform on each git host, rendered once."""

    def __init__(self, sources: Template, folder: Path, names: dict[str, str]) -> None:
        self._roots = {
            kind: sources.render(answers(VALID / f"{name}.yaml"), folder / kind) for kind, name in names.items()
        }

    def root(self, kind: str) -> Path:
        return self._roots[kind]

    def text(self, kind: str, path: str) -> str:
        return (self._roots[kind] / path).read_text(encoding="utf-8")

    def jobs(self, kind: str, name: str = "check") -> dict[str, Any]:
        """The jobs of a workflow; on GitLab those of the one pipeline."""
        if kind == "gitlab":
            return dict(yaml.safe_load(self.text(kind, ".gitlab-ci.yml")))
        return dict(yaml.safe_load(self.text(kind, f".{kind}/workflows/{name}.yaml"))["jobs"])


@pytest.fixture(scope="module")
def platforms(sources: Template, tmp_path_factory: pytest.TempPathFactory) -> Repositories:
    return Repositories(sources, tmp_path_factory.mktemp("pipelines"), PLATFORMS)


@pytest.fixture(scope="module")
def by_renovate(sources: Template, tmp_path_factory: pytest.TempPathFactory) -> Repositories:
    return Repositories(sources, tmp_path_factory.mktemp("by-renovate"), BY_RENOVATE)


def writes(job: dict[str, Any]) -> bool:
    return "write" in job["permissions"].values()


def uses(job: dict[str, Any]) -> list[str]:
    return [step["uses"].partition("@")[0] for step in job["steps"] if "uses" in step]


def test_on_github_no_job_that_may_write_has_the_code_of_a_pull_request(platforms: Repositories) -> None:
    jobs = platforms.jobs("github")
    assert [name for name, job in jobs.items() if writes(job)] == ["comment"]
    assert jobs["comment"]["permissions"] == {"pull-requests": "write"}
    assert jobs["comment"]["if"] == FORK
    assert uses(jobs["comment"]) == ["actions/download-artifact", "actions/setup-python"]


def test_on_github_a_fork_is_reviewed_without_any_right(platforms: Repositories) -> None:
    review = platforms.jobs("github")["review"]
    assert review["permissions"] == {"contents": "read"}
    assert review["if"] == "github.event_name == 'pull_request'"
    assert "secrets." not in platforms.text("github", ".github/workflows/check.yaml")
    assert "GITHUB_STEP_SUMMARY" in review["steps"][-1]["run"]


def test_on_gitea_only_the_step_that_comments_has_the_token(platforms: Repositories) -> None:
    jobs = platforms.jobs("gitea")
    assert [name for name, job in jobs.items() if writes(job)] == ["review"]
    steps = [step for job in jobs.values() for step in job["steps"] if "github.token" in str(step)]
    assert [(step["if"], step["run"]) for step in steps] == [(FORK, "clusterwright comment review.md")]


def test_on_gitlab_the_job_with_the_token_has_nothing_but_the_report(platforms: Repositories) -> None:
    jobs = platforms.jobs("gitlab")
    (comment,) = [job for job in jobs.values() if "REVIEW_TOKEN" in str(job)]
    assert comment["variables"] == {"GIT_STRATEGY": "none"}
    assert comment["needs"] == ["review"]
    assert comment["rules"] == [{"if": '$CI_PIPELINE_SOURCE == "merge_request_event" && $REVIEW_TOKEN'}]
    assert comment["allow_failure"] is True


@pytest.mark.parametrize("kind", PLATFORMS)
def test_a_review_comes_before_its_comment_and_both_read_one_report(kind: str, platforms: Repositories) -> None:
    text = platforms.text(kind, ".gitlab-ci.yml" if kind == "gitlab" else f".{kind}/workflows/check.yaml")
    review, comment = text.index("clusterwright review"), text.index("clusterwright comment review.md")
    assert review < comment
    assert "review.md" in text[review:comment]


def test_the_report_links_the_map_of_the_change_or_draws_it(platforms: Repositories) -> None:
    github, gitlab = platforms.jobs("github")["review"]["steps"], platforms.jobs("gitlab")["review"]
    page = next(step for step in github if step.get("id") == "map")
    report = next(step for step in github if "--map" in step.get("run", ""))
    assert page["with"] == {"path": "map.html", "archive": False, "retention-days": 14}
    assert report["env"]["MAP"] == "${{ steps.map.outputs.artifact-url }}"
    assert '--map "$MAP"' in report["run"]
    assert '--map "$CI_JOB_URL/artifacts/file/map.html"' in " ".join(gitlab["script"])
    assert "map.html" in gitlab["artifacts"]["paths"]
    drawn = " ".join(step.get("run", "") for step in platforms.jobs("gitea")["review"]["steps"])
    assert drawn.index("clusterwright map --diff") < drawn.index(">> review.md") < drawn.index("clusterwright comment")


@pytest.mark.parametrize("kind", PLATFORMS)
def test_the_toolkit_is_the_one_of_the_template(kind: str, platforms: Repositories) -> None:
    text = platforms.text(kind, ".gitlab-ci.yml" if kind == "gitlab" else f".{kind}/workflows/check.yaml")
    assert set(re.findall(r"clusterwright/clusterwright@([^\"]+)", text)) == {f"v{__version__}"}
    assert set(re.findall(r"^ *(?:-.*|run: )?\bclusterwright ([a-z]+)", text, re.MULTILINE)) <= set(VERBS)


@pytest.mark.parametrize("kind", ["github", "gitea"])
def test_the_token_that_updates_is_in_one_step_and_meets_no_pull_request(kind: str, platforms: Repositories) -> None:
    text = platforms.text(kind, f".{kind}/workflows/update.yaml")
    assert "pull_request" not in text
    update = platforms.jobs(kind, "update")["update"]
    assert update["permissions"] == {"contents": "read"}
    assert update.get("environment") == ("delivery" if kind == "github" else None)
    assert text.count("secrets.UPDATE_TOKEN") == 1
    assert update["steps"][-1]["env"] == {"CLUSTERWRIGHT_TOKEN": "${{ secrets.UPDATE_TOKEN }}"}


def test_on_gitlab_only_a_schedule_updates_and_it_does_nothing_else(platforms: Repositories) -> None:
    jobs = platforms.jobs("gitlab")
    scheduled = [name for name, job in jobs.items() if "schedule" in str(job) and "script" in job]
    assert scheduled == ["update"]
    assert jobs["update"]["rules"] == [{"if": '$CI_PIPELINE_SOURCE == "schedule"'}]


def proposers(platforms: Repositories, kind: str) -> list[str]:
    """Who proposes updates there: each has something in the repository that starts it."""
    root = platforms.root(kind)
    job = [".gitlab-ci.yml"] if kind == "gitlab" else [f".{kind}/workflows/update.yaml"]
    files = [root / path for path in [*job, "infrastructure/git/gitlab_updates.tf"] if (root / path).exists()]
    starts = re.compile("update --propose|gitlab_pipeline_schedule")
    found = {path.name for path in files if starts.search(path.read_text("utf-8"))}
    renovate = json.loads(platforms.text(kind, "renovate.json"))
    return sorted(found | ({"renovate.json"} if ".copier-answers.yml" in renovate["includePaths"] else set()))


@pytest.mark.parametrize("kind", PLATFORMS)
def test_either_renovate_or_the_pipeline_proposes_updates(
    kind: str, platforms: Repositories, by_renovate: Repositories
) -> None:
    job = [".gitlab-ci.yml", "gitlab_updates.tf"] if kind == "gitlab" else ["update.yaml"]
    assert proposers(platforms, kind) == job
    assert proposers(by_renovate, kind) == ["renovate.json"]
    assert "UPDATE_TOKEN" not in str([by_renovate.jobs(kind), by_renovate.text(kind, "docs/runbooks/upgrade.md")])


@pytest.mark.parametrize("kind", PLATFORMS)
def test_who_reads_history_has_all_of_it(kind: str, platforms: Repositories) -> None:
    """A shallow clone tells `check` nothing about edits by hand, and gives `review` nothing to compare."""
    readers = re.compile(r"clusterwright (check|map|review|update)")
    jobs = {name: job for name, job in platforms.jobs(kind).items() if readers.search(str(job))}
    assert jobs.keys() == {"check", "map", "review", *(["update"] if kind == "gitlab" else [])}
    for job in jobs.values():
        depth = job["variables"]["GIT_DEPTH"] if kind == "gitlab" else job["steps"][0]["with"]["fetch-depth"]
        assert int(depth) == 0
