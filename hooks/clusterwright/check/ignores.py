"""Comments that ignore a finding where it stands, and say why: `# clusterwright: ignore[app-path] made by CI`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from clusterwright.check.comments import starts, text_of
from clusterwright.check.model import Finding
from clusterwright.check.rule import MANY, MOST
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
_PLACED = 512 * 1024
"""In a larger file, what is found may be said to stand elsewhere: not every value is placed."""
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
        """Whether the comment ignores a finding in its place; it remembers which of its rules did."""
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
    marked = list(files)
    ignores = [one for file in marked for one in read(file)]
    at: dict[tuple[str, int | None], list[Ignore]] = {}
    for one in ignores:
        at.setdefault((one.path, one.line), []).append(one)
    kept, taken = [], []
    for finding in findings:
        near = [*at.get((finding.path, None), ()), *at.get((finding.path, finding.line), ())]
        by = [one for one in sorted(near, key=_place) if one.takes(finding, selectors)]
        if by:
            taken.append(Ignored(finding, by[0].reason))
        else:
            kept.append(finding)
    unknown = {(one.path, one.rule) for one in findings if one.message == MANY}
    unknown |= {(file.path, rule) for file in marked if len(file.text) > _PLACED for rule in rules}
    kept.extend(_first(_judged(ignores, rules, selectors, unknown), rules))
    return sorted(kept), taken


def read(file: File) -> Iterator[Ignore]:
    """Every comment of a file that ignores something."""
    text = text_of(file)
    lines = _Lines(text)
    for match in starts(file, text, _COMMENT):
        line, begin = lines.at(match.start())
        above = not text[begin : match.start()].strip()
        yield Ignore(
            file.path,
            (line, match.start() - begin + 1),
            None if match["all"] else lines.next(line) if above else line,
            tuple(rule.strip() for rule in (match["rules"] or "").split(",") if rule.strip()),
            match["reason"].strip(" \t\r:-"),
        )


def _place(ignore: Ignore) -> tuple[int, int]:
    return ignore.place


class _Lines:
    """The lines of a text, gone through once for all of its comments."""

    def __init__(self, text: str) -> None:
        self._text = text

    def at(self, offset: int) -> tuple[int, int]:
        """The number of the line that holds an offset, and where it begins."""
        line = bisect_right(self._begins, offset)
        return line, self._begins[line - 1]

    def next(self, line: int) -> int:
        """The line below that holds more than a comment."""
        index = bisect_right(self._filled, line)
        return self._filled[index] if index < len(self._filled) else line

    @cached_property
    def _begins(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self._text))]

    @cached_property
    def _filled(self) -> list[int]:
        contents = enumerate((one.lstrip() for one in self._text.split("\n")), 1)
        return [number for number, content in contents if content and not content.startswith(("#", "//"))]


def _judged(
    ignores: list[Ignore],
    rules: Mapping[str, Rule],
    selectors: Mapping[str, frozenset[str]],
    unknown: set[tuple[str, str]],
) -> Iterator[Finding]:
    """What is wrong with the comments themselves; `unknown` are paths and rules of which not all findings are named."""
    for one in ignores:
        if REASON in rules and one.rules and not one.reason:
            yield _finding(one, rules[REASON], f"an ignore without a reason: write it as `{_HOW}`")
        if UNUSED in rules and not one.rules:
            yield _finding(one, rules[UNUSED], f"an ignore that names no rule: write it as `{_HOW}`")
        elif UNUSED in rules:
            idle = [
                rule
                for rule in one.rules
                if rule not in one.used
                and _ran(rule, rules, selectors)
                and not any((one.path, each) in unknown for each in selectors.get(rule, ()))
            ]
            fix: Fix | None = "remove comment" if len(idle) == len(one.rules) else None
            for rule in idle:
                yield _finding(one, rules[UNUSED], _idle(rule, one, selectors), fix)


def _first(found: Iterator[Finding], rules: Mapping[str, Rule]) -> Iterator[Finding]:
    """Of more than `MOST` in a file, the first; then, that there are more."""
    seen: Counter[tuple[str, str]] = Counter()
    for one in found:
        seen[one.path, one.rule] += 1
        if seen[one.path, one.rule] <= MOST:
            yield one
    for (path, rule), count in seen.items():
        if count > MOST:
            yield Finding(path, 1, 1, rule, rules[rule].severity, MANY)


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
