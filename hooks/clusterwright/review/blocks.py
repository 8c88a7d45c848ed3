"""The blocks of OpenTofu's configuration as plain data: each attribute is the text of its expression."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from clusterwright.check.hcl_modules import JSON

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.hcl import Attribute, Block, Hcl
    from clusterwright.check.hcl_modules import Module

ADDRESSED = frozenset(("resource", "module"))
"""Blocks whose names are kept in a state."""
_ALIGNED = re.compile(r"[ \t]+(?==)|(?<==)[ \t]+")


def blocks(module: Module) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each block at the top of a module's files: how it is called, the path of its file, and what it says.

    Files in JSON syntax are data to a review, not blocks.
    """
    seen: dict[str, int] = {}
    for source in module.sources:
        if source.file.path.endswith(JSON):
            continue
        for block in source.hcl.body.blocks:
            name = called(block)
            seen[name] = seen.get(name, 0) + 1
            unique = name if seen[name] == 1 else f"{name} ({seen[name]})"
            yield unique, source.file.path, data(source.hcl, block)


def called(block: Block) -> str:
    """`resource aws_vpc.main`, `provider aws`, `locals`."""
    return f"{block.type} {'.'.join(block.labels)}".rstrip()


def data(hcl: Hcl, block: Block) -> dict[str, Any]:
    """What a block says; blocks in it that come more than once are a list."""
    found: dict[str, Any] = {name: expression(hcl, one) for name, one in block.attributes.items()}
    for inner in block.blocks:
        found.setdefault(called(inner), []).append(data(hcl, inner))
    return {name: one[0] if isinstance(one, list) and len(one) == 1 else one for name, one in found.items()}


def expression(hcl: Hcl, attribute: Attribute) -> str:
    """The text of an expression, without what only lines it up."""
    literal = hcl.literal(attribute)
    if literal is not None:
        return literal
    lines = hcl.text[attribute.begin : attribute.end].strip().splitlines()
    return "\n".join(_ALIGNED.sub(" ", line.strip()) for line in lines)


def moves(module: Module | None) -> set[str]:
    """The addresses that `moved` and `removed` blocks account for."""
    return {
        expression(one.source.hcl, one.block.attributes["from"])
        for kind in ("moved", "removed")
        for one in (module.blocks(kind) if module else ())
        if "from" in one.block.attributes
    }
