from __future__ import annotations

import pytest

from clusterwright.check.settings import Settings, minor_version, settings
from clusterwright.errors import UserError


def test_every_key_may_be_left_out() -> None:
    assert settings(None) == settings({}) == Settings()


def test_every_key_is_read() -> None:
    data = {"kubernetes_version": "v1.34.2", "repository": "https://x", "branch": "main", "user_paths": ["a/**"]}
    assert settings(data) == Settings("1.34", "https://x", "main", ("a/**",))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], "expected a mapping"),
        ({"repo": "x"}, "unknown key 'repo'"),
        ({"branch": ["main"]}, "branch: expected text"),
        ({"branch": True}, "branch: expected text"),
        ({"user_paths": "a"}, "user_paths: expected a list"),
        ({"user_paths": [1]}, "user_paths: expected a list"),
        ({"kubernetes_version": "latest"}, "'latest' is no version of Kubernetes"),
    ],
)
def test_what_is_wrong_is_refused_in_one_line(data: object, message: str) -> None:
    with pytest.raises(UserError, match=message) as caught:
        settings(data)
    assert str(caught.value).startswith(".clusterwright.yaml: ")


@pytest.mark.parametrize("version", ["1", "1.x", "", "1.2.3.4"])
def test_a_version_names_its_origin(version: str) -> None:
    with pytest.raises(UserError, match="--kubernetes-version"):
        minor_version(version, "--kubernetes-version")
