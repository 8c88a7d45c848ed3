from __future__ import annotations

import pytest

from clusterwright.check.images import Image, image


@pytest.mark.parametrize(
    ("reference", "parts"),
    [
        ("web", ("web", "", "")),
        ("web:1.0", ("web", "1.0", "")),
        ("localhost:5000/web", ("localhost:5000/web", "", "")),
        ("localhost:5000/web:1.0", ("localhost:5000/web", "1.0", "")),
        ("ghcr.io/a/web@sha256:0", ("ghcr.io/a/web", "", "sha256:0")),
        ("ghcr.io/a/web:main@sha256:0", ("ghcr.io/a/web", "main", "sha256:0")),
    ],
)
def test_a_reference_has_a_name_a_tag_and_a_digest(reference: str, parts: tuple[str, str, str]) -> None:
    assert image(reference) == Image(*parts)


def test_only_a_version_or_a_digest_is_there_to_stay() -> None:
    mutable = ["web", "web:latest", "localhost:5000/web", "web:main"]
    assert [one for one in mutable if not image(one).is_mutable] == []
    assert not image("web:1.0").is_mutable
    assert not image("web:latest@sha256:0").is_mutable
