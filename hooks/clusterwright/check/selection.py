"""Which rules run, and what each of their findings weighs."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from clusterwright.check.globs import matches
from clusterwright.check.suggest import did_you_mean
from clusterwright.errors import UserError
from clusterwright.records import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from clusterwright.check.choice import Choice, Weight
    from clusterwright.check.model import Finding
    from clusterwright.check.rule import Rule

Selectors = dict[str, frozenset[str]]


def selectors(ids: Iterable[str]) -> Selectors:
    """What may stand for rules: each id, each beginning of an id up to a dash and `*`, and `*` for all."""
    found: dict[str, set[str]] = {}
    for rule in ids:
        words = rule.split("-")
        families = ["-".join((*words[:count], "*")) for count in range(len(words))]
        for selector in (rule, *families):
            found.setdefault(selector, set()).add(rule)
    return {selector: frozenset(rules) for selector, rules in found.items()}


class Selection:
    """A choice, read against the rules that there are.

    What the command line selects takes the place of what is configured; what it ignores is ignored as well.
    """

    def __init__(
        self, rules: tuple[Rule, ...], choice: Choice, select: tuple[str, ...] = (), ignore: tuple[str, ...] = ()
    ) -> None:
        self.selectors = selectors(rule.id for rule in rules)
        wanted = self._ids(choice.select, f"{choice.origin}.select") - self._ids(
            choice.ignore, f"{choice.origin}.ignore"
        )
        if select:
            wanted = self._ids(select, "--select")
        wanted -= self._ids(ignore, "--ignore")
        self.rules = tuple(rule for rule in rules if rule.id in wanted)
        self._severities = self._weights(choice)
        self._places = [
            (glob, self._ids(one.ignore, f"{one.origin}.ignore"), self._weights(one)) for glob, one in choice.per_path
        ]
        self._at = cache(self._there)

    def judged(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The findings that count where they are, with what they weigh there."""
        for one in findings:
            ignored, severities = self._at(one.path)
            if one.rule not in ignored:
                severity = severities.get(one.rule, one.severity)
                yield one if severity == one.severity else replace(one, severity=severity)

    def _there(self, path: str) -> tuple[frozenset[str], Mapping[str, Weight]]:
        """Which rules do not count in a file, and what others weigh in it."""
        here = [(ignored, weights) for glob, ignored, weights in self._places if _holds(glob, path)]
        severities = dict(self._severities)
        for _, weights in here:
            severities |= weights
        return frozenset().union(*(ignored for ignored, _ in here)), severities

    def _weights(self, choice: Choice) -> dict[str, Weight]:
        """What each rule weighs; the longer of two selectors says it."""
        weights: dict[str, Weight] = {}
        for selector, weight in sorted(choice.severity, key=lambda pair: (not pair[0].endswith("*"), len(pair[0]))):
            weights |= dict.fromkeys(self._ids((selector,), f"{choice.origin}.severity"), weight)
        return weights

    def _ids(self, wanted: Iterable[str], origin: str) -> frozenset[str]:
        """The rules that selectors stand for; raises UserError, naming the origin, for one that stands for none."""
        found: set[str] = set()
        for one in wanted:
            if one not in self.selectors:
                hint = did_you_mean(one, self.selectors) or "clusterwright check --rules lists them"
                raise UserError(f"{origin}: there is no rule {one!r}: {hint}")
            found |= self.selectors[one]
        return frozenset(found)


def _holds(glob: str, path: str) -> bool:
    """Whether a glob matches a file, or a folder that it is in."""
    return any(matches(glob.rstrip("/"), one, "/") for one in (path, *_folders(path)))


def _folders(path: str) -> Iterator[str]:
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path
