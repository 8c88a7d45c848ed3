"""What readers of files promise for any bytes at all: test_fuzz.py and guided.py make bytes up, each in its own way."""

from __future__ import annotations

from clusterwright.check.hcl import read
from clusterwright.check.hcl_code import Broken
from clusterwright.check.loader import parse
from clusterwright.check.plain import Plain
from clusterwright.check.scalars import go_yaml
from tests.check.bounds import bounded


def read_yaml(data: bytes) -> None:
    """Both readers of YAML are done in time, and what the quick one understands, the other reads the same."""
    with bounded():
        parsed = parse(data, go_yaml())
        plain = Plain(go_yaml()).read(data)
    if plain is not None:
        assert parsed.problem is None
        assert repr(plain) == repr((parsed.documents, parsed.duplicates))


def read_hcl(data: bytes) -> None:
    """HCL is read in time, or refused at a place in it."""
    with bounded():
        try:
            read(data)
        except Broken as broken:
            assert 0 <= broken.offset <= len(data)
