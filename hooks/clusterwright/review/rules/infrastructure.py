"""Rules on OpenTofu, Terraform and Atlantis: what is destroyed, where states are, and who plans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clusterwright.check.hcl_modules import configuration
from clusterwright.check.model import mapping, sequence, text
from clusterwright.review.blocks import ADDRESSED, moves
from clusterwright.review.fields import ABSENT
from clusterwright.review.rule import Rule, Signal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.hcl_modules import Module
    from clusterwright.review.comparison import Comparison
    from clusterwright.review.pairs import Pair

ATLANTIS = "atlantis.yaml"
_BACKENDS = ("backend ", "cloud")


def state_address(comparison: Comparison) -> Iterator[Signal]:
    """Each resource or module of a root that goes, or gets keys, without a `moved` or `removed` block."""
    modules = configuration(comparison.after).modules
    for pair in comparison.pairs:
        kind, address, folder = _address(pair)
        if kind not in ADDRESSED or _is_accounted_for(kind, address, modules.get(folder)):
            continue
        if pair.action == "removed":
            yield Signal(pair, "is not there any more, and no moved or removed block says why: it is destroyed")
        elif any(one.path == ("for_each",) and ABSENT in (one.before, one.after) for one in pair.fields):
            yield Signal(pair, "for_each comes or goes, and no moved block says so: it is destroyed and made anew")


def _is_accounted_for(kind: str, address: str, module: Module | None) -> bool:
    """Whether a `moved` or `removed` block speaks of an address, or of one of its instances."""
    name = address if kind == "resource" else f"module.{address}"
    return any(one == name or one.startswith(f"{name}[") for one in moves(module))


def state_backend(comparison: Comparison) -> Iterator[Signal]:
    """Each root whose state is somewhere else than before, or encrypted otherwise."""
    for pair in comparison.pairs:
        if pair.kind == "block" and pair.title.startswith("terraform"):
            sides = [_backend(one) for one in (pair.before, pair.after)]
            if sides[0] and sides[0] != sides[1]:
                yield Signal(pair, "the state is somewhere else: without init -migrate-state everything is made anew")


def atlantis_project(comparison: Comparison) -> Iterator[Signal]:
    """Each root that Atlantis begins or ceases to plan."""
    for pair in comparison.pairs:
        if pair.path.rpartition("/")[2] == ATLANTIS and pair.kind == "document":
            old, new = (_projects(one) for one in (pair.before, pair.after))
            for folder in sorted(new - old):
                yield Signal(pair, f"project {folder} is new: Atlantis plans and applies it from now on")
            for folder in sorted(old - new):
                yield Signal(pair, f"project {folder} is gone: nobody plans it any more, what it made stays")


def _address(pair: Pair) -> tuple[str, str, str]:
    """The type, address and folder of a block."""
    if pair.kind != "block":
        return "", "", ""
    called, _, folder = pair.title.rpartition(" in ")
    kind, _, address = called.partition(" ")
    return kind, address, folder


def _backend(data: Any) -> dict[str, Any]:  # noqa: ANN401 - any data
    return {key: value for key, value in mapping(data).items() if key.startswith(_BACKENDS)}


def _projects(data: Any) -> set[str]:  # noqa: ANN401 - any data
    found = set()
    for one in sequence(data, "projects"):
        workspace = text(one, "workspace")
        found.add(f"{text(one, 'dir') or text(one, 'name')}{f' ({workspace})' if workspace else ''}")
    return found


RULES = (
    Rule("state-address", "A resource leaves a state without a word", state_address, "danger"),
    Rule("state-backend", "A state is somewhere else", state_backend, "danger"),
    Rule("atlantis-project", "Atlantis plans other roots", atlantis_project),
)
