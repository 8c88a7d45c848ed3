"""Rules on what holds things back: brakes on deleting, and what may not be in a repository."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from clusterwright.check.argocd import SYNC_OPTIONS
from clusterwright.check.model import mapping, sequence, text
from clusterwright.check.rules import secrets
from clusterwright.records import replace
from clusterwright.review.comparison import PROJECT
from clusterwright.review.fields import ABSENT, leaves
from clusterwright.review.pairs import Pair
from clusterwright.review.rule import Rule, Signal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.repository import Repository
    from clusterwright.review.comparison import Comparison
    from clusterwright.review.fields import Field

_BRAKES = frozenset(("Prune=false", "Prune=confirm", "Delete=false", "Delete=confirm"))
_KEEP = "helm.sh/resource-policy"
_ENFORCE = "pod-security.kubernetes.io/enforce"
_LEVELS = {"": 0, "privileged": 0, "baseline": 1, "restricted": 2}
_ON = re.compile(r"prevent_destroy|(?:enable_|api_)?deletion_protection(?:_enabled)?|termination_protection|"
                 r"enable_termination_protection|purge_protection_enabled|disable_api_termination|"
                 r"enforce_admins|required_approving_review_count")  # fmt: skip
_OFF = re.compile(r"force_destroy|force_delete|skip_final_snapshot|delete_automated_backups|allow_force_pushes?|"
                  r"allows_force_pushes|allows_deletions")  # fmt: skip
_RETAINED = {"persistentVolumeReclaimPolicy": "Retain", "reclaimPolicy": "Retain", "deletionPolicy": "Retain"}
_GUARDS = (
    ("admissionregistration.k8s.io", "ValidatingAdmissionPolicy"),
    ("admissionregistration.k8s.io", "ValidatingAdmissionPolicyBinding"),
    ("policy", "PodDisruptionBudget"),
    ("", "ResourceQuota"),
    ("", "LimitRange"),
)
_MARKERS = re.compile(rb"^(?:<<<<<<< |>>>>>>> )", re.MULTILINE)


def protection_removed(comparison: Comparison) -> Iterator[Signal]:
    """Each brake that goes."""
    for pair in comparison.changed():
        yield from _of_resource(pair)
        for field in (leaf for one in pair.fields for leaf in leaves(one)):
            what = _of_field(pair, field)
            if what:
                yield Signal(pair, what)
        if pair.path.rpartition("/")[2] == "CODEOWNERS":
            for line in (one[1:] for one in pair.lines if re.match(r"-\s*[^\s#]", one)):
                yield Signal(pair, f"the line {' '.join(line.split())} goes: somebody else approves, or nobody")
    for pair in comparison.removed(*_GUARDS):
        yield Signal(pair, "is deleted or renamed: what it held back is allowed")


def _of_resource(pair: Pair) -> Iterator[Signal]:
    if pair.kind != "resource":
        return
    brakes = sorted(_brakes(pair.before) - _brakes(pair.after))
    if brakes:
        yield Signal(pair, f"loses {', '.join(brakes)}: Argo CD deletes it without asking")
    if _annotation(pair.before, _KEEP) == "keep" != _annotation(pair.after, _KEEP):
        yield Signal(pair, f"loses {_KEEP}=keep: Helm deletes it with its release")
    old, new = (_LEVELS.get(_label(one, _ENFORCE), 0) for one in (pair.before, pair.after))
    if new < old:
        yield Signal(pair, f"{_ENFORCE} is lowered: pods with more power are admitted")
    if pair.is_a(PROJECT) and len(sequence(pair.after, "spec", "syncWindows")) < len(
        sequence(pair.before, "spec", "syncWindows")
    ):
        yield Signal(pair, "loses a sync window: it syncs at any time")


def _of_field(pair: Pair, field: Field) -> str:
    """What a field says about a brake that goes; empty if nothing."""
    name, old, new = field.path[-1], field.before, field.after
    if pair.kind == "block" and _ON.fullmatch(name) and _is_on(old) and not _is_on(new):
        return f"{field.name} goes: nothing holds back who destroys it"
    if pair.kind == "block" and _OFF.fullmatch(name) and _is_on(new):
        return f"{field.name} is on: it goes with all that is in it"
    if name in _RETAINED and _RETAINED[name] == old:
        return f"{field.name} {old} -> {'(none)' if new is ABSENT else new}: data goes with what held it"
    if name == "preserveResourcesOnDeletion" and old is True:
        return f"{field.name} goes: deleting it deletes what its Applications applied"
    return ""


def secret_added(comparison: Comparison) -> Iterator[Signal]:
    """Each value that looks like a secret and was not there before."""
    changed = {one.path for one in comparison.trees.changes}
    known = Counter(_secrets(comparison.before, changed))
    for path, message in _secrets(comparison.after, changed):
        if not known[path, message]:
            yield Signal(Pair("text", path, path, None, ""), message)


def _secrets(repository: Repository, changed: set[str]) -> Iterator[tuple[str, str]]:
    """What looks like a secret in the files that changed; the other files are not searched a second time."""
    files = [one for one in repository.files if one.path in changed]
    for problem in (*secrets.tokens(replace(repository, files=files)), *secrets.plain(repository)):
        path = problem.source if isinstance(problem.source, str) else problem.source.path
        if path in changed:
            yield path, problem.message


def conflict_left(comparison: Comparison) -> Iterator[Signal]:
    """Each file with a conflict that nobody settled."""
    for change in comparison.trees.changes:
        if len(_MARKERS.findall(change.after or b"")) > 1:
            yield Signal(
                Pair("text", change.path, change.path, "", ""),
                "holds the marks of a conflict: settle it before a merge",
            )


def _brakes(data: Any) -> set[str]:  # noqa: ANN401 - any data
    found = {one.strip() for one in _annotation(data, SYNC_OPTIONS).split(",")}
    found |= {str(one) for one in sequence(data, "spec", "syncPolicy", "syncOptions")}
    return found & _BRAKES


def _annotation(data: Any, name: str) -> str:  # noqa: ANN401 - any data
    return text(data, "metadata", "annotations", name)


def _label(data: Any, name: str) -> str:  # noqa: ANN401 - any data
    return text(mapping(data, "metadata", "labels"), name)


def _is_on(value: object) -> bool:
    return value not in (ABSENT, None, "false", "0", "", False, 0)


RULES = (
    Rule("conflict-left", "A conflict is not settled", conflict_left, "danger"),
    Rule("secret-added", "A value looks like a secret", secret_added, "danger"),
    Rule("protection-removed", "What holds back a deletion is gone", protection_removed, "danger"),
)
