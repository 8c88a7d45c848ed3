"""People of fleet.yaml: who may sign in, and in which teams they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clusterwright.errors import UserError
from clusterwright.fleet import splice
from clusterwright.fleet.change import Edit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clusterwright.fleet.change import Fleet

KEY = "people"
APPLY = "Merge it, and apply the plans of infrastructure/git and users; docs/runbooks/add-a-person.md says how."


def teams(fleet: Fleet) -> list[str]:
    """The teams that a person can be in: the platform's two, and those of applications."""
    own = [str(fleet.answers["admin_team"]), str(fleet.answers["developer_team"])]
    return list(dict.fromkeys([*own, *sorted(app["team"] for app in fleet.entries("applications") if "team" in app)]))


def add(fleet: Fleet, name: str, email: str, member_of: Sequence[str], git_user: str | None = None) -> Edit:
    """Adds a person.

    Raises:
        UserError: the person is there already.
    """
    if fleet.place(KEY, name) is not None:
        raise UserError(f"user {name}: there already; `clusterwright user update {name}` changes the entry")
    person: dict[str, Any] = {"name": name, "email": email}
    if git_user:
        person["git_user"] = git_user
    return Edit(splice.added(fleet.text, (KEY,), {**person, "teams": list(member_of)}), notes=(APPLY,))


def update(
    fleet: Fleet, name: str, email: str | None = None, member_of: Sequence[str] = (), git_user: str | None = None
) -> Edit:
    """Changes what is given of a person; teams are those of the person from then on.

    Raises:
        UserError: the person is not there.
    """
    place = fleet.named(KEY, "user", name)
    text = fleet.text
    for key, value in (("email", email), ("git_user", git_user)):
        if value is not None:
            text = splice.replaced(text, (KEY, place, key), value)
    if member_of:
        text = _in_teams(text, place, fleet.entries(KEY)[place]["teams"], member_of)
    return Edit(text, notes=(APPLY,))


def remove(fleet: Fleet, name: str) -> Edit:
    """Removes a person.

    Raises:
        UserError: the person is not there.
    """
    return Edit(splice.removed(fleet.text, (KEY, fleet.named(KEY, "user", name))), notes=(APPLY,))


def _in_teams(text: str, place: int, now: Sequence[str], wanted: Sequence[str]) -> str:
    for team in wanted:
        if team not in now:
            text = splice.added(text, (KEY, place, "teams"), team)
    for index in reversed([index for index, team in enumerate(now) if team not in wanted]):
        text = splice.removed(text, (KEY, place, "teams", index))
    return text
