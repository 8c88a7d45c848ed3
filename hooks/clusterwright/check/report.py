"""What a check found: the one model that every kind of report is made from."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from clusterwright.records import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clusterwright.check.ignores import Ignored
    from clusterwright.check.model import Finding
    from clusterwright.check.rule import Rule


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found, in the order of files and lines.

    Attributes:
        findings: errors, warnings, and `info` on what could not be checked.
        files: how many files were read.
        resources: how many Kubernetes resources they hold.
        kubernetes_version: the version whose schemas were used.
        seconds: how long it took.
        root: the repository's folder, to which paths are relative.
        prefix: that folder as the git repository around it names it, with a `/` at its end; empty if it is the same.
        rules: those that ran.
        left_out: how many rules did not run, because they were not wanted.
        ignored: what comments ignore, with their reasons.
        texts: the text of every file with a finding.
        strict: warnings make the check fail too.
        since: the revision since which a file has to have changed for its findings to be here.
        elsewhere: how many errors and warnings there are in files that have not changed since.
    """

    findings: tuple[Finding, ...]
    files: int
    resources: int
    kubernetes_version: str
    seconds: float
    root: str = "."
    prefix: str = ""
    rules: tuple[Rule, ...] = ()
    left_out: int = 0
    ignored: tuple[Ignored, ...] = ()
    texts: Mapping[str, bytes] = field(default_factory=dict)
    strict: bool = False
    since: str = ""
    elsewhere: int = 0

    @property
    def errors(self) -> list[Finding]:
        """The findings that make every check fail."""
        return [one for one in self.findings if one.severity == "error"]

    @property
    def warnings(self) -> list[Finding]:
        """The findings that make only a strict check fail."""
        return [one for one in self.findings if one.severity == "warning"]

    @property
    def failures(self) -> list[Finding]:
        """The findings that make this check fail."""
        return [one for one in self.findings if one.severity == "error" or (self.strict and one.severity == "warning")]

    @property
    def not_checked(self) -> dict[str, int]:
        """What could not be checked, and how often."""
        return dict(Counter(one.message for one in self.findings if one.severity == "info").most_common())

    @property
    def fixable(self) -> list[Finding]:
        """The findings that `--fix` mends."""
        return [one for one in self.findings if one.fix]
