"""What people do to their platform between two updates, at random but the same for the same seed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from clusterwright.fleet.tree import Entry, owned
from clusterwright.render.copier import ANSWERS

if TYPE_CHECKING:
    from random import Random

    from clusterwright.fleet.tree import Tree
    from tests.update.conftest import Way

OWN = (
    "apps/{name}/values.yaml",
    "docs/local/{name}.md",
    "infrastructure/git/local_{name}.tf",
    "infrastructure/secrets/{name}_override.tf",
    "registry/clusters/management/local/{name}.yaml",
    "registry/clusters/management/overrides/{name}.yaml",
)
ELSEWHERE = ("platform/{name}/values.yaml", "scripts/{name}.sh", "{name}.md")
"""Paths that nobody has spoken for, and that are no less somebody's own."""


@dataclass
class Edited:
    """A platform with edits.

    Attributes:
        mine: the platform.
        own: files that the template knows nothing of.
        lines: lines that were put into files of the template, by path; each is there nowhere else.
        gone: files of the template that were removed.
        touched: files of the template whose lines were changed or taken out, or whose mode was.
    """

    mine: Tree
    own: dict[str, Entry] = field(default_factory=dict)
    lines: dict[str, list[bytes]] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    touched: set[str] = field(default_factory=set)


def edited(way: Way, random: Random) -> Edited:
    """A platform from the old version with up to a dozen edits."""
    result = Edited(dict(way.old))
    theirs = sorted(path for path in way.old if path != ANSWERS and not owned(path, way.kept))
    for number in range(random.randint(1, 6)):
        _own(result, random, number)
    for number in range(random.randint(0, 6)):
        path = random.choice(theirs)
        if path not in result.gone:
            random.choice((_insert, _insert, _change, _cut, _mode, _remove))(result, random, path, number)
    if random.random() < 0.5:
        fleet = result.mine["fleet.yaml"]
        result.mine["fleet.yaml"] = result.own["fleet.yaml"] = Entry(b"# my own words\n" + fleet.content)
    return result


def _own(result: Edited, random: Random, number: int) -> None:
    places = OWN if random.random() < 0.8 else ELSEWHERE
    path = random.choice(places).format(name=f"mine{number}")
    content = b"".join(b"# mine %d\n" % random.randrange(10**9) for _ in range(random.randint(1, 5)))
    if random.random() < 0.1:
        content = random.randbytes(50) + b"\0"
    result.mine[path] = result.own[path] = Entry(content, executable=path.endswith(".sh"))


def _insert(result: Edited, random: Random, path: str, number: int) -> None:
    lines = result.mine[path].content.splitlines(keepends=True)
    line = b"# mine %d %d\n" % (number, random.randrange(10**9))
    lines.insert(random.randint(0, len(lines)), line)
    _write(result, path, lines)
    result.lines.setdefault(path, []).append(line)


def _change(result: Edited, random: Random, path: str, _number: int) -> None:
    lines = result.mine[path].content.splitlines(keepends=True)
    if lines:
        place = random.randrange(len(lines))
        if lines[place] not in result.lines.get(path, ()):
            lines[place] = lines[place].rstrip(b"\n") + b" # mine %d\n" % random.randrange(10**9)
            _write(result, path, lines)
            result.touched.add(path)


def _cut(result: Edited, random: Random, path: str, _number: int) -> None:
    lines = result.mine[path].content.splitlines(keepends=True)
    if len(lines) > 1:
        place = random.randrange(len(lines))
        if lines[place] not in result.lines.get(path, ()):
            del lines[place]
            _write(result, path, lines)
            result.touched.add(path)


def _mode(result: Edited, _random: Random, path: str, _number: int) -> None:
    entry = result.mine[path]
    result.mine[path] = Entry(entry.content, not entry.executable)
    result.touched.add(path)


def _remove(result: Edited, _random: Random, path: str, _number: int) -> None:
    del result.mine[path]
    result.gone.add(path)
    result.touched.discard(path)
    result.lines.pop(path, None)


def _write(result: Edited, path: str, lines: list[bytes]) -> None:
    result.mine[path] = Entry(b"".join(lines), result.mine[path].executable)
