"""Which process runs which tests: those that share what is dear to make run in one, in their order.

xdist has groups for this, which it writes into the names of tests; pytest 9.2 does not take them from there any more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xdist.scheduler import LoadScopeScheduling

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pytest
    from xdist.remote import Producer

# Files that share what is dear to make are one group, and so are those that ask Argo CD: two of them would take the
# cores from each other. Those of the engines are in the order in which they begin.
GROUPS = {
    "matrix": ("matrix/test_pairs",),
    "argo_cd": tuple(f"engines/test_argo_cd{part}" for part in ("", "_changes", "_fleet", "_order")),
    "openbao": ("engines/test_openbao",),
    "infrastructure": ("engines/test_static_infrastructure",),
    "manifests": ("engines/test_differential", "engines/test_static_kubernetes"),
    "api_server": ("engines/test_api_server",),
    "checkov": ("engines/test_static_checkov",),
    "workflows": ("engines/test_static_workflows", "engines/test_static_renovate", "engines/test_matrix"),
    "harness": ("engines/test_harness", "engines/test_known"),
    "review": ("engines/test_review",),
}
OF_FILE = {f"tests/{name}.py": group for group, names in GROUPS.items() for name in names}


class Lanes(LoadScopeScheduling):  # type: ignore[misc] # xdist has no types
    """Hands groups of files over as one, and other tests one by one."""

    def __init__(self, config: pytest.Config, log: Producer, groups: Mapping[str, str]) -> None:
        """Takes the groups.

        Args:
            config: What pytest was asked for.
            log: Where xdist says what it does.
            groups: The group of a file, by its path from the root of the repository.
        """
        super().__init__(config, log)
        self._groups = groups

    def _split_scope(self, nodeid: str) -> str:
        return self._groups.get(nodeid.partition("::")[0], nodeid)
