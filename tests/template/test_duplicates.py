"""Nothing of any length stands twice in the sources of the template: no pair differs only in names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.template import duplicates
from tests.template.duplicates import LENGTH, Run, plain, sources
from tests.template.duplicates import duplicates as found

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

SETTINGS = [f"  setting_{chr(ord('a') + n)} = other.NAME.id" for n in range(LENGTH)]
BUCKET = "\n".join(['resource "bucket" "NAME" {', *SETTINGS, "}"])


def test_no_two_places_differ_in_names_alone() -> None:
    runs = found([plain(path) for path in sources()])
    assert runs == [], "make a partial or a macro of what stands twice"


def test_a_copy_under_another_name_is_found_at_its_whole_length(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duplicates, "ROOT", tmp_path)
    for name in ("states", "backups"):
        (tmp_path / name).write_text(f"# Of {name}.\n" + BUCKET.replace("NAME", name), encoding="utf-8")
    files = [plain(tmp_path / name) for name in ("states", "backups")]
    assert found(files) == [Run("states:2", "backups:2", LENGTH + 2)]


def test_what_people_read_is_no_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duplicates, "ROOT", tmp_path)
    for name in ("states", "backups"):
        text = "\n".join(f'description = "What {name} hold, line {n}"' for n in range(LENGTH))
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert found([plain(tmp_path / name) for name in ("states", "backups")]) == []
