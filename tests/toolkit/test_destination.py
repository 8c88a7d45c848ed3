from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clusterwright.errors import UserError
from clusterwright.render.staging import Stage, stage
from tests.conftest import Template, tree

if TYPE_CHECKING:
    from tests.toolkit.conftest import Run


def fill(staged: Stage) -> None:
    staged.tree.mkdir()
    (staged.tree / "file").write_text("new")
    (staged.tree / "folder").mkdir()
    (staged.tree / "folder/file").write_text("new")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_folder_appears_whole_and_its_parents_are_made(tmp_path: Path) -> None:
    with stage(str(tmp_path / "a/b/c"), force=False) as staged:
        fill(staged)
        assert not (tmp_path / "a").exists()
        staged.place()
    assert names(tmp_path) == ["a"]
    assert names(tmp_path / "a/b/c") == ["file", "folder"]


def test_an_empty_folder_is_filled_and_stays_the_same_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "empty"
    folder.mkdir(mode=0o750)
    before = folder.stat()
    monkeypatch.chdir(folder)
    with stage(".", force=False) as staged:
        fill(staged)
        staged.place()
    assert (folder.stat().st_ino, folder.stat().st_mode) == (before.st_ino, before.st_mode)
    assert names(Path()) == ["file", "folder"]


def test_a_folder_with_something_in_it_is_refused_and_untouched(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "p/mine").write_text("mine")
    with pytest.raises(UserError, match="not empty"), stage(str(tmp_path / "p"), force=False):
        pytest.fail("entered")
    assert tree(tmp_path) == {"p/mine": b"-mine"}


def test_force_keeps_every_old_tree(tmp_path: Path) -> None:
    folder = tmp_path / "p"
    folder.mkdir()
    (folder / "mine").write_text("mine")
    for expected in ("p.bak-1", "p.bak-2"):
        with stage(str(folder), force=True) as staged:
            fill(staged)
            assert (folder / "mine").exists() or expected == "p.bak-2"
            staged.place()
        assert staged.kept == tmp_path / expected
    assert names(tmp_path) == ["p", "p.bak-1", "p.bak-2"]
    assert (tmp_path / "p.bak-1/mine").read_text() == "mine"


def test_a_failure_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "p/mine").write_text("mine")
    with pytest.raises(KeyboardInterrupt), stage(str(tmp_path / "p"), force=True) as staged:
        fill(staged)
        raise KeyboardInterrupt
    assert tree(tmp_path) == {"p/mine": b"-mine"}


def test_a_failure_while_replacing_brings_the_old_tree_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "p/mine").write_text("mine")
    rename = Path.rename

    def full(self: Path, target: Path) -> Path:
        if self.parent.name.startswith(".clusterwright-"):
            raise OSError(errno.ENOSPC, "No space left on device", str(target))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(OSError, match="No space left"), stage(str(tmp_path / "p"), force=True) as staged:
        fill(staged)
        staged.place()
    assert tree(tmp_path) == {"p/mine": b"-mine"}


def test_a_failure_while_filling_empties_the_folder_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rename = Path.rename

    def full(self: Path, target: Path) -> Path:
        if self.name == "folder":
            raise OSError(errno.ENOSPC, "No space left on device", str(target))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(OSError, match="No space left"), stage(str(tmp_path), force=False) as staged:
        fill(staged)
        staged.place()
    assert names(tmp_path) == []


def test_a_link_to_a_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    with stage(str(tmp_path / "link"), force=False) as staged:
        fill(staged)
        staged.place()
    assert (tmp_path / "link").is_symlink()
    assert names(tmp_path / "real") == ["file", "folder"]


@pytest.mark.parametrize("destination", ["file", "file/inside", "nowhere", "circle", "/"])
def test_what_cannot_be_a_folder_is_refused_in_one_line(tmp_path: Path, destination: str) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "nowhere").symlink_to("gone")
    (tmp_path / "circle").symlink_to("circle")
    with pytest.raises(UserError) as refused, stage(str(tmp_path / destination), force=True):
        pytest.fail("entered")
    assert str(refused.value).startswith(str(tmp_path / destination))
    assert "\n" not in str(refused.value)
    assert names(tmp_path) == ["circle", "file", "nowhere"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_named(template: Template, run: Run, tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o500)
    made = run("new", tmp_path / "locked/p", "--template", template.path)
    assert made.code == 3
    assert made.line.endswith(": Permission denied")
    assert str(tmp_path / "locked") in made.line


def test_a_full_disk_is_one_line_that_names_the_file(
    template: Template, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Path.write_bytes
    monkeypatch.setattr(
        Path,
        "write_bytes",
        lambda self, data: full(self) if self.name == "README.md" else write(self, data),
    )
    made = run("new", tmp_path / "p", "--template", template.path)
    assert made.code == 3
    assert made.line.endswith("README.md: No space left on device")
    assert names(tmp_path) == []


def test_a_full_disk_that_names_no_file_is_said_of_the_destination(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No space left") as error, stage(str(tmp_path / "p"), force=False):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert error.value.filename == str(tmp_path / "p")
    assert names(tmp_path) == []


def full(path: Path) -> int:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_in_the_middle_leaves_nothing(
    template: Template, tmp_path: Path, number: signal.Signals, code: int
) -> None:
    # Runners in the background hand on an ignored SIGINT, which a terminal never does.
    heed = "import signal; [signal.signal(each, signal.SIG_DFL) for each in (1, 2, 15)]"
    start = f"{heed}; signal.signal(2, signal.default_int_handler); from clusterwright.cli import run; run()"
    command = [sys.executable, "-c", start, "new", "p", "--template", str(template.path)]
    process = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while not any(tmp_path.glob(".clusterwright-*/p/README.md")) and time.monotonic() < deadline:
        time.sleep(0.005)
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (code, ""), err
    assert len(err.strip().splitlines()) == 1, err
    assert err.strip().endswith("nothing was left half-written")
    assert names(tmp_path) == []
