"""Comments that ignore a finding where it stands, and say why: `# clusterwright: ignore[app-path] made by CI`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from clusterwright.check.comments import starts, text_of
from clusterwright.check.model import Finding
from clusterwright.check.rules.ignores import REASON, UNUSED
from clusterwright.check.suggest import did_you_mean
from clusterwright.records import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from clusterwright.check.model import File, Fix
    from clusterwright.check.rule import Rule

_COMMENT = re.compile(
    r"(?<!\S)(?:#|//)[ \t]*clusterwright: ignore(?P<all>-file)?(?:\[(?P<rules>[^\]\n]*)\])?(?P<reason>[^\n]*)"
)
_HOW = "# clusterwright: ignore[rule-id] reason"


class Ignored(NamedTuple):
    """A finding that a comment ignores, and the reason that it gives."""

    finding: Finding
    reason: str


@dataclass(eq=False, slots=True)
class Ignore:
    """A comment that ignores rules: on one line, or in the whole file if there is no line."""

    path: str
    place: tuple[int, int]
    line: int | None
    rules: tuple[str, ...]
    reason: str
    used: set[str] = field(default_factory=set)

    def takes(self, finding: Finding, selectors: Mapping[str, frozenset[str]]) -> bool:
        """Whether the comment ignores a finding; it remembers which of its rules did."""
        if self.line not in {None, finding.line}:
            return False
        taking = [rule for rule in self.rules if finding.rule in selectors.get(rule, ())]
        self.used.update(taking)
        return bool(taking)


def apply(
    files: Iterable[File], findings: list[Finding], rules: Mapping[str, Rule], selectors: Mapping[str, frozenset[str]]
) -> tuple[list[Finding], list[Ignored]]:
    """Takes out what comments ignore, and adds what is wrong with the comments.

    Args:
        files: those that may hold such comments.
        findings: what the rules found, sorted.
        rules: those that ran, by id.
        selectors: every rule there is, by all that may stand for it.

    Returns:
        The findings that are left, sorted, and those that were ignored.
    """
    ignores = {file.path: list(read(file)) for file in files}
    kept, taken = [], []
    for finding in findings:
        by = [one for one in ignores.get(finding.path, ()) if one.takes(finding, selectors)]
        if by:
            taken.append(Ignored(finding, by[0].reason))
        else:
            kept.append(finding)
    kept.extend(_judged([one for group in ignores.values() for one in group], rules, selectors))
    return sorted(kept), taken


def read(file: File) -> Iterator[Ignore]:
    """Every comment of a file that ignores something."""
    text = text_of(file)
    for match in starts(file, text, _COMMENT):
        begin = text.rfind("\n", 0, match.start()) + 1
        line = text.count("\n", 0, begin) + 1
        above = not text[begin : match.start()].strip()
        yield Ignore(
            file.path,
            (line, match.start() - begin + 1),
            None if match["all"] else _next(text, line) if above else line,
            tuple(rule.strip() for rule in (match["rules"] or "").split(",") if rule.strip()),
            match["reason"].strip(" \t\r:-"),
        )


def _next(text: str, line: int) -> int:
    """The line below that holds more than a comment."""
    for number, content in enumerate(text.split("\n")[line:], line + 1):
        if content.strip() and not content.lstrip().startswith(("#", "//")):
            return number
    return line


def _judged(
    ignores: list[Ignore], rules: Mapping[str, Rule], selectors: Mapping[str, frozenset[str]]
) -> Iterator[Finding]:
    """What is wrong with the comments themselves."""
    for one in ignores:
        if REASON in rules and one.rules and not one.reason:
            yield _finding(one, rules[REASON], f"an ignore without a reason: write it as `{_HOW}`")
        if UNUSED in rules and not one.rules:
            yield _finding(one, rules[UNUSED], f"an ignore that names no rule: write it as `{_HOW}`")
        elif UNUSED in rules:
            idle = [rule for rule in one.rules if rule not in one.used and _ran(rule, rules, selectors)]
            fix: Fix | None = "remove comment" if len(idle) == len(one.rules) else None
            for rule in idle:
                yield _finding(one, rules[UNUSED], _idle(rule, one, selectors), fix)


def _ran(selector: str, rules: Mapping[str, Rule], selectors: Mapping[str, frozenset[str]]) -> bool:
    """Whether all that a selector stands for ran, so that it can be said that it ignores nothing."""
    return selectors.get(selector, frozenset()) <= rules.keys()


def _idle(rule: str, ignore: Ignore, selectors: Mapping[str, frozenset[str]]) -> str:
    if rule not in selectors:
        return f"there is no rule {rule!r}: {did_you_mean(rule, selectors) or 'clusterwright check --rules lists them'}"
    where = "in this file" if ignore.line is None else f"on line {ignore.line}"
    return f"{rule} finds nothing {where}: remove it"


def _finding(ignore: Ignore, rule: Rule, message: str, fix: Fix | None = None) -> Finding:
    return Finding(ignore.path, *ignore.place, rule.id, rule.severity, message, fix)
