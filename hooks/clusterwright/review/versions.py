"""Fields that hold nothing but a version, and how two versions compare."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from clusterwright.check.images import image
from clusterwright.check.model import mapping
from clusterwright.review.fields import ABSENT, at

if TYPE_CHECKING:
    from clusterwright.review.fields import Field
    from clusterwright.review.pairs import Pair

ANSWERS = ".copier-answers.yml"
FLEET = "fleet.yaml"
_NUMBERS = re.compile(r"\d+(?:\.\d+)*")
_ORDERED = re.compile(r"(?:[A-Za-z-]*-)?[~^<>=! ]*v?(\d+(?:\.\d+)*)(?![0-9A-Za-z])")
"""A version with an order: not a commit, which may begin with digits too."""
_TAGGED = re.compile(r"v?\d[\w.+-]*")
_AHEAD = re.compile(r"-(alpha|beta|dev|pre|preview|rc|snapshot)[.\d-]*", re.IGNORECASE)
_REF = re.compile(r"([?&]ref=)([^&]+)")
_LABELS = frozenset(("app.kubernetes.io/version", "helm.sh/chart"))
_DOTTED = re.compile(r"\bv?\d+(?:\.\d+)+(?:-[\w.]+)?")
_DIGITS = re.compile(rb"\b[0-9a-f]{40,64}\b|\d+(?:\.\d+)*")
_DIGEST = re.compile(r"(?:sha256:)?[0-9a-f]{40,64}")


class Bump(NamedTuple):
    """A version that changes: of what kind of thing, of which, and from what to what."""

    kind: str
    name: str
    before: str
    after: str

    @property
    def arrow(self) -> str:
        """`1.2.0 -> 1.3.0`."""
        return f"{self.before} -> {self.after}"

    @property
    def is_plain(self) -> bool:
        """Whether nothing but numbers changes: a release that becomes a range or another variant is more than that."""
        return _shape(self.before) == _shape(self.after)

    @property
    def direction(self) -> int:
        """Above 0 if it goes up, below if it goes down, 0 if that cannot be told."""
        old, new = _order(self.before), _order(self.after)
        return (new > old) - (new < old) if old and new else 0

    @property
    def is_breaking(self) -> bool:
        """Whether semantic versions allow it to break: the first number that is not zero goes up."""
        old, new = _order(self.before), _order(self.after)
        return bool(old and new) and self.direction > 0 and _series(old[0]) != _series(new[0])


@cache
def bumps(pair: Pair) -> tuple[tuple[Field, Bump | None], ...]:
    """Each field that differs, with the version that it is; None if it is something else."""
    return tuple((field, bump(pair, field)) for field in pair.fields)


@cache
def is_routine(pair: Pair) -> bool:
    """Whether a pair differs in versions only."""
    if pair.action != "changed":
        return False
    if pair.kind == "text":
        return pair.path.endswith(".md") and _same_but_versions(pair.before, pair.after)
    return all(one is not None and one.is_plain for _, one in bumps(pair))


def bump(pair: Pair, field: Field) -> Bump | None:
    """The version that a field is."""
    if not isinstance(field.before, str) or not isinstance(field.after, str):
        return _of_fleet(pair, field)
    for find in (_of_application, _of_image, _of_provider, _of_tool, _of_label, _of_fleet):
        found = find(pair, field)
        if found:
            return found
    return None


def _of_application(pair: Pair, field: Field) -> Bump | None:
    """The revision of a chart; that of a git repository is what is delivered, not a version of a part."""
    if not pair.is_a(("argoproj.io", "Application"), ("argoproj.io", "ApplicationSet")):
        return None
    if field.path[-1] != "targetRevision":
        return None
    charts = [_beside(side, field).get("chart") for side in (pair.before, pair.after)]
    if not charts[0] or charts[0] != charts[1]:
        return None
    return _versions("chart", str(charts[1]), field.before, field.after)


def _of_image(pair: Pair, field: Field) -> Bump | None:
    """A container's image, or its tag or digest in a chart's values."""
    name = field.path[-1]
    if name.lower() == "image" or (name.lower().endswith("image") and "/" in field.after):
        old, new = image(field.before), image(field.after)
        if old.name != new.name or (old.tag, old.digest) == (new.tag, new.digest) or bool(old.tag) != bool(new.tag):
            return None
        if not old.tag and not (old.digest and new.digest):
            return None
        return Bump("image", new.name, old.tag or old.digest, new.tag or new.digest)
    around = field.path[-2] if len(field.path) > 1 else ""
    if name in {"tag", "digest", "newTag"} and ("image" in around.lower() or name == "newTag"):
        tidy = _DIGEST if name == "digest" else _TAGGED
        if tidy.fullmatch(field.before) and tidy.fullmatch(field.after):
            beside = _beside(pair.after, field)
            called = beside.get("repository") or beside.get("name") or ".".join(field.path[:-1])
            return Bump("image", str(called), field.before, field.after)
    return None


def _of_provider(pair: Pair, field: Field) -> Bump | None:
    """The version of a provider, or of a module from elsewhere."""
    if pair.kind != "block":
        return None
    kind, _, rest = pair.title.partition(" ")
    if kind == "terraform" and field.path[0] == "required_providers" and len(field.path) == 2:
        sides = [re.sub(r'\bversion\s*=\s*"([^"]*)"', r"\1", one) for one in (field.before, field.after)]
        old, new = (re.search(r'\bversion\s*=\s*"([^"]*)"', one) for one in (field.before, field.after))
        same = old and new and sides[0].replace(old[1], "", 1) == sides[1].replace(new[1], "", 1)
        return _versions("provider", field.path[1], old[1], new[1]) if old and new and same else None
    if kind == "module" and field.path == ("version",):
        return _versions("module", rest.partition(" in ")[0], field.before, field.after)
    if kind == "module" and field.path == ("source",):
        old, new = _REF.search(field.before), _REF.search(field.after)
        if old and new and _REF.sub("", field.before) == _REF.sub("", field.after):
            return _versions("module", rest.partition(" in ")[0], old[2], new[2])
    return None


def _of_tool(pair: Pair, field: Field) -> Bump | None:
    """The template itself, an action, a hook, a dependency of a chart, a provider of Crossplane."""
    name, last = pair.path.rpartition("/")[2], field.path[-1]
    if pair.path == ANSWERS and field.path == ("_commit",):
        return Bump("template", "template", field.before, field.after)
    if name == ".pre-commit-config.yaml" and last == "rev":
        return _versions("hook", field.path[-2].removeprefix("[repo=").rstrip("]"), field.before, field.after)
    if name == "Chart.yaml" and last == "version" and "dependencies" in field.path:
        return _versions("chart", field.path[-2].removeprefix("[name=").rstrip("]"), field.before, field.after)
    if last == "uses":
        (old_name, _, old), (new_name, _, new) = (one.partition("@") for one in (field.before, field.after))
        return Bump("action", new_name, old, new) if old_name == new_name and old and new else None
    if pair.resource and pair.resource.group.startswith("pkg.crossplane.io") and field.path == ("spec", "package"):
        before, after = image(field.before), image(field.after)
        if before.name == after.name and before.tag and after.tag:
            return Bump("package", after.name, before.tag, after.tag)
    return None


def _of_label(_pair: Pair, field: Field) -> Bump | None:
    """A label that repeats the version of a chart or of what it installs."""
    if field.path[-1] in _LABELS and "labels" in field.path:
        return _versions("label", field.path[-1], field.before, field.after)
    return None


def _of_fleet(pair: Pair, field: Field) -> Bump | None:
    """An entry of `versions`, in fleet.yaml or as it is recorded: an early bump, which may come and go."""
    if pair.path in {FLEET, ANSWERS} and len(field.path) == 2 and field.path[0] == "versions":
        sides = ["the template's" if one is ABSENT else one for one in (field.before, field.after)]
        if all(isinstance(one, str) for one in sides):
            return Bump("chart", field.path[1], *sides)
    return None


def _versions(kind: str, name: str, before: str, after: str) -> Bump | None:
    return Bump(kind, name, before, after) if _NUMBERS.search(before) and _NUMBERS.search(after) else None


def _order(version: str) -> list[Any]:
    """What orders a version: its numbers, then whether it is a release; empty if it has none."""
    match = _ORDERED.match(version)
    if match is None or _DIGEST.fullmatch(version):
        return []
    numbers = [int(one) for one in match[1].split(".")][:4]
    ahead = _AHEAD.match(version, match.end())
    earlier = [ahead[1].lower(), [int(one) for one in re.findall(r"\d+", ahead[0])]] if ahead else []
    return [tuple(numbers + [0] * (4 - len(numbers))), ahead is None, earlier]


def _shape(version: str) -> str:
    return "a digest" if _DIGEST.fullmatch(version) else _NUMBERS.sub("0", version)


def _series(numbers: tuple[int, ...]) -> tuple[int, ...]:
    """The numbers up to the first that is not zero: within them nothing may break."""
    first = next((index for index, one in enumerate(numbers) if one), len(numbers))
    return numbers[: first + 1]


def same_but_numbers(before: bytes | None, after: bytes | None) -> bool:
    """Whether two files differ in numbers and digests only: no word, key, comment or line comes or goes."""
    sides = [_DIGITS.sub(b"0", one) for one in (before, after) if one is not None]
    return len(sides) == 2 and sides[0] == sides[1]


def _same_but_versions(before: object, after: object) -> bool:
    sides = [_DOTTED.sub("0", str(one)) for one in (before, after)]
    return sides[0] == sides[1]


def _beside(data: Any, field: Field) -> dict[str, Any]:  # noqa: ANN401 - any data
    """The mapping that a field is in."""
    return mapping(at(data, field.path[:-1]))
