"""The sample application: it goes the whole way on each git host, and carries no name but its own."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
import yaml

from clusterwright.errors import UserError
from clusterwright.fleet.sample import files, vacant, write

if TYPE_CHECKING:
    from pathlib import Path

ANSWERS = {"git_owner": "acme", "git_repository": "gitops", "git_branch": "trunk"}
PIPELINES = {"github": ".github/workflows/ci.yaml", "gitea": ".gitea/workflows/ci.yaml", "gitlab": ".gitlab-ci.yml"}


@pytest.mark.parametrize("host", PIPELINES)
def test_its_pipeline_is_that_of_the_platform(host: str) -> None:
    found = files("shop", "ghcr.io/acme/shop", {**ANSWERS, "git_host": host})
    assert [path for path in found if path in PIPELINES.values()] == [PIPELINES[host]]
    pipeline = yaml.safe_load(found[PIPELINES[host]])
    if host == "gitlab":
        assert pipeline["include"][0] | {"file": ""} == {"project": "acme/gitops", "ref": "trunk", "file": ""}
        assert pipeline["variables"] == {"APPLICATION": "shop", "IMAGE": "ghcr.io/acme/shop"}
    else:
        job = pipeline["jobs"]["application"]
        assert job["uses"] == f"acme/gitops/.{host}/workflows/application.yaml@trunk"
        assert job["with"] == {"application": "shop", "image": "ghcr.io/acme/shop"}


def test_nothing_stands_for_something_else_any_more() -> None:
    for host in PIPELINES:
        for path, text in files("shop", "ghcr.io/acme/shop", {**ANSWERS, "git_host": host}).items():
            assert not re.search(r"scaffolded|platform-(repository|branch)|application-image|dot-", path + text), path


def test_it_passes_its_own_tests(tmp_path: Path) -> None:
    go = shutil.which("go")
    if go is None:
        pytest.skip("Go is not installed: the sample was not tried")
    write(tmp_path / "shop", files("shop", "ghcr.io/acme/shop", {**ANSWERS, "git_host": "github"}))
    for arguments in (["vet", "./..."], ["test", "./..."]):
        done = subprocess.run([go, *arguments], cwd=tmp_path / "shop", capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    vacant(tmp_path)
    vacant(tmp_path / "new")
    (tmp_path / "mine").write_text("mine")
    with pytest.raises(UserError, match="is not empty; choose another folder"):
        vacant(tmp_path)
