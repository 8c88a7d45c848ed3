"""Where documents begin: a quick look gives what the parser gives."""

from __future__ import annotations

import pytest

from clusterwright.check.model import File, resources
from clusterwright.check.positions import positions
from clusterwright.check.reading import scalars
from clusterwright.check.repository import load
from clusterwright.map.places import Places
from tests.template.golden import GOLDEN, NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_manifest_of_a_platform_begins_where_the_parser_says(name: str) -> None:
    repository = load(str(GOLDEN / name))
    places = Places()
    for document in (one for one in repository.documents if one.role == "manifest"):
        exact = positions(document.file.text, scalars(document.path))[document.index]
        for one in resources(document):
            assert places.of(one).line == exact.value(one.where).line, (document.path, document.index)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (b"a: 1\n", [1]),
        (b"\n# c\na: 1\n---\nb: 2\n", [3, 5]),
        (b"---\n# c\n---\nb: 2\n", [1, 4]),
        (b"%YAML 1.1\n---\na: 1\n...\n---\nb: |\n  ---\n", [3, 6]),
        (b"--- {a: 1}\n--- {b: 1}\n", [1, 2]),
        (b"a: 1\n---\n", [1, 2]),
        (b"# nothing\n", []),
    ],
)
def test_markers_part_documents(text: bytes, lines: list[int]) -> None:
    from clusterwright.check.model import Document

    places = Places()
    file = File("a.yaml", text, scalars("a.yaml"))
    assert [places.at(Document(file, index, None, "data")).line for index in range(len(lines))] == lines
