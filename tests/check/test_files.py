from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from clusterwright.check import files
from tests.check.conftest import lines

if TYPE_CHECKING:
    from tests.check.conftest import Write

LINKS = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")


def test_paths_are_relative_sorted_and_without_what_git_ignores(write: Write) -> None:
    root = write({"b/c.yaml": "", "a.yaml": "", ".git/config": "", "node_modules/x.yaml": "", ".github/x.yml": ""})
    tree = files.walk(str(root))
    assert sorted(tree.files) == [".github/x.yml", "a.yaml", "b/c.yaml"]
    assert tree.folders == {".", "b", ".git", "node_modules", ".github"}


def test_templates_are_not_yaml(write: Write) -> None:
    broken = "a: {{ .Values.x }\n"
    root = write(
        {
            "chart/Chart.yaml": "name: x\n",
            "chart/templates/a.yaml": broken,
            "role/tasks/main.yml": "[]\n",
            "role/templates/a.yaml": broken,
            "mine/templates/a.yaml": "a: 1\n",
        }
    )
    assert "mine/templates/a.yaml" in files.walk(str(root)).files
    found = lines(root)
    assert [line for line in found if " schema-missing " not in line] == []
    assert [line.partition(":")[0] for line in found] == ["chart/templates", "role/templates"]


@LINKS
def test_a_link_is_read_and_a_linked_folder_is_not_walked_again(write: Write) -> None:
    root = write({"a/x.yaml": "a: 1\n"})
    (root / "link.yaml").symlink_to("a/x.yaml")
    (root / "self").symlink_to(".")
    (root / "folder.yaml").symlink_to("a")
    tree = files.walk(str(root))
    assert sorted(tree.files) == ["a/x.yaml", "folder.yaml", "link.yaml", "self"]
    assert {"self", "folder.yaml"} <= tree.folders
    assert lines(root) == []


@LINKS
def test_a_link_to_itself_or_to_nothing_is_one_finding(write: Write) -> None:
    root = write({})
    root.mkdir()
    (root / "loop.yaml").symlink_to("loop.yaml")
    (root / "gone.yaml").symlink_to("nowhere")
    assert lines(root) == [
        "gone.yaml:1:1: yaml-parse gone, or a link to nothing: restore its target or remove it",
        "loop.yaml:1:1: yaml-parse a link that leads back to itself: point it at a file",
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files there")
def test_what_is_no_file_is_not_waited_for(write: Write) -> None:
    root = write({})
    root.mkdir()
    os.mkfifo(root / "pipe.yaml")
    (root / "zero.yaml").symlink_to("/dev/zero")
    assert [line.split(": ", 1)[1] for line in lines(root)] == [
        "yaml-parse not a regular file: remove it, or give it another ending"
    ] * 2


@pytest.mark.parametrize("name", ["a.yaml", "a.tf", ".clusterwright.yaml", "pyproject.toml"])
def test_a_file_that_vanishes_once_it_is_listed_is_one_finding(
    write: Write, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    root = write({name: "", "b.yaml": "a: 1\n"})
    walk = files.walk

    def vanish(folder: str) -> files.Tree:
        tree = walk(folder)
        (root / name).unlink()
        return tree

    monkeypatch.setattr(files, "walk", vanish)
    assert lines(root) == [f"{name}:1:1: yaml-parse gone, or a link to nothing: restore its target or remove it"]


def test_a_folder_that_vanishes_once_it_is_listed_is_one_finding(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write({"gone/a.yaml": "a: 1\n", "b.yaml": "a: 1\n"})
    scan = os.scandir

    def vanish(path: str) -> object:
        if path.endswith("gone") and (root / "gone").exists():
            (root / "gone" / "a.yaml").unlink()
            (root / "gone").rmdir()
        return scan(path)

    monkeypatch.setattr(os, "scandir", vanish)
    assert lines(root) == ["gone:1:1: yaml-parse gone, or a link to nothing: restore its target or remove it"]


@LINKS
def test_links_in_a_circle_are_one_finding_each_and_end(write: Write) -> None:
    root = write({"a/x.yaml": "a: 1\n"})
    (root / "one.yaml").symlink_to("two.yaml")
    (root / "two.yaml").symlink_to("one.yaml")
    (root / "a" / "up").symlink_to("..")
    assert [line.partition(":")[0] for line in lines(root)] == ["one.yaml", "two.yaml"]


def test_what_git_crypt_has_encrypted_is_not_checked_and_said_so(write: Write) -> None:
    sealed = b"\0GITCRYPT\0" + bytes(range(256))
    root = write({"a.yaml": sealed, "b.tf": sealed, "c.sh": sealed, "d.yaml": "a: 1\n"})
    assert lines(root) == [f"{name}:1:1: schema-missing encrypted file" for name in ("a.yaml", "b.tf", "c.sh")]


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="who may read everything is refused nothing"
)
def test_a_file_without_permission_is_one_finding(write: Write) -> None:
    root = write({"a.yaml": "a: 1\n"})
    (root / "a.yaml").chmod(0)
    assert lines(root) == ["a.yaml:1:1: yaml-parse no permission to read it: change its mode, or who runs the check"]


def test_a_file_that_may_not_be_opened_is_one_finding(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write({"a.yaml": "a: 1\n", "b.yaml": "b: [\n"})
    opened = os.open

    def refuse(path: str, flags: int) -> int:
        if path.endswith("a.yaml"):
            raise PermissionError(13, "Permission denied", path)
        return opened(path, flags)

    monkeypatch.setattr(os, "open", refuse)
    first, second = lines(root)
    assert first == "a.yaml:1:1: yaml-parse no permission to read it: change its mode, or who runs the check"
    assert second.startswith("b.yaml:2:1: yaml-parse ")


def test_a_folder_without_permission_is_one_finding(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write({"secret/a.yaml": "a: 1\n"})
    scan = os.scandir

    def refuse(path: str) -> object:
        if path.endswith("secret"):
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert lines(root) == ["secret:1:1: yaml-parse no permission to read it: change its mode, or who runs the check"]


def test_a_huge_file_is_one_finding(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LIMIT", 1024 * 1024)
    root = write({"a.yaml": "a: 1\n" * 300_000})
    assert lines(root) == ["a.yaml:1:1: yaml-parse larger than 1 MiB: too large to check, split it"]


@pytest.mark.skipif(sys.platform != "linux", reason="file names are text there")
def test_names_of_any_bytes_are_read(write: Write) -> None:
    root = write({"ü/雪.yaml": "a: [\n"})
    with open(os.fsencode(root) + b"/caf\xe9.yaml", "wb") as file:  # noqa: PTH123 - a path of bytes
        file.write(b"a: [\n")
    assert [os.fsencode(line.partition(":")[0]) for line in lines(root)] == [b"caf\xe9.yaml", "ü/雪.yaml".encode()]
