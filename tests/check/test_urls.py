from __future__ import annotations

import pytest

from clusterwright.check.urls import identity, normalised


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://Git.example.com/A/b.git", "https://git.example.com/a/b"),
        ("git@git.example.com:a/b.git", "git@git.example.com/a/b"),
        ("ssh://git@git.example.com:22/a/b", "git@git.example.com:22/a/b"),
    ],
)
def test_urls_are_compared_as_argo_cd_compares_them(url: str, expected: str) -> None:
    assert normalised(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "https://git.example.com/a/b.git",
        "https://git.example.com/a/b/",
        "https://token@git.example.com/a/b",
        "git@git.example.com:a/b.git",
        "ssh://git@git.example.com/a/b.git",
    ],
)
def test_every_way_to_write_one_repository_is_one(url: str) -> None:
    assert identity(url) == "git.example.com/a/b"
