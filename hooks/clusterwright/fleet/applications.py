"""Applications of fleet.yaml: where each comes from, and which version runs in which environment."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from clusterwright.errors import UserError
from clusterwright.fleet import images, splice
from clusterwright.fleet.change import Edit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clusterwright.fleet.change import Fleet

KEY = "applications"
LINGERS = "Once merged it runs on, without its name, until somebody confirms in Argo CD that its namespace may go."
SECRETS = "Merge it, and apply the plan of infrastructure/secrets; docs/secrets.md says how a secret is written."
_RELEASE = re.compile(r"v?(\d+)\.(\d+)\.(\d+)")


def add(fleet: Fleet, app: Mapping[str, Any], files: Mapping[str, str]) -> Edit:
    """Adds an application; the repository that it comes from is allowed along with it.

    Args:
        fleet: where to.
        app: its entry; keys without a value are left out.
        files: what it begins with in apps/, by path.

    Raises:
        UserError: it is there already, or one of the files is.
    """
    name = app["name"]
    if fleet.place(KEY, name) is not None:
        raise UserError(f"app {name}: there already; `clusterwright app deliver {name} ENV` says what runs where")
    taken = [path for path in files if (fleet.root / path).exists()]
    if taken:
        raise UserError(f"{taken[0]}: there already; move it, or leave out --scaffold")
    text = fleet.text
    source = app["source"].get("repository", app["source"].get("git"))
    if source and source not in fleet.entries("allowed_repositories"):
        text = splice.added(text, ("allowed_repositories",), source)
    entry = {key: value for key, value in app.items() if value not in (None, "", [], ())}
    notes = [f"Values go into apps/{name}/values.yaml, and apps/{name}/<environment>.yaml for one environment."]
    if app.get("secrets"):
        notes.append(
            "Merge it, and apply the plan of infrastructure/secrets; docs/secrets.md says how secrets are written."
        )
    return Edit(splice.added(text, (KEY,), entry), files, notes=tuple(notes))


def remove(fleet: Fleet, name: str, environment: str | None = None) -> Edit:
    """Removes an application, or takes it out of one environment. Its files in apps/ are left alone.

    Raises:
        UserError: it is not there.
    """
    place = fleet.named(KEY, "app", name)
    there = fleet.entries(KEY)[place]["environments"]
    if environment is not None and environment not in there:
        raise UserError(f"app {name}: not delivered to {environment}; it runs in {', '.join(there)}")
    if environment is not None and len(there) > 1:
        return Edit(splice.removed(fleet.text, (KEY, place, "environments", environment)), notes=(LINGERS,))
    own = (f"apps/{name}/ is yours, and still there.",) if (fleet.root / "apps" / name).exists() else ()
    return Edit(splice.removed(fleet.text, (KEY, place)), notes=(LINGERS, *own))


def deliver(
    fleet: Fleet, name: str, environment: str, version: str | None = None, image: images.Image | None = None
) -> Edit:
    """Says what runs in an environment, which the application may be new to.

    Args:
        fleet: where.
        name: the application.
        environment: where it runs.
        version: that of its chart, or a tag or commit of its Git repository.
        image: what the environment's values pin.

    Raises:
        UserError: the application is not there, or there is nothing to change.
    """
    place = fleet.named(KEY, "app", name)
    there, text = fleet.entries(KEY)[place]["environments"], fleet.text
    if environment not in there:
        text = splice.replaced(text, (KEY, place, "environments", environment), {"version": version} if version else {})
    elif version is not None:
        text = splice.replaced(text, (KEY, place, "environments", environment, "version"), version)
    files = images.pinned(fleet.root, name, environment, image) if image else {}
    if text == fleet.text and not files:
        raise UserError(f"app {name}: {environment} runs that already; there is nothing to change")
    return Edit(text, files)


def promote(fleet: Fleet, name: str, environment: str, origin: str | None = None) -> Edit:
    """Moves what runs in one environment on to another: the version, and the image that the values pin.

    Args:
        fleet: where.
        name: the application.
        environment: where to.
        origin: where from; by default the environment before, of those in which the application runs.

    Raises:
        UserError: there is nothing to promote, or it would go backwards.
    """
    place = fleet.named(KEY, "app", name)
    there = fleet.entries(KEY)[place]["environments"]
    fleet.named("environments", "environment", environment)
    origin = origin or _before(fleet, name, environment, there)
    if origin not in there:
        raise UserError(f"app {name}: not delivered to {origin}; it runs in {', '.join(there)}")
    version, now = there[origin].get("version"), there.get(environment, {}).get("version")
    if version and now and _older(version, now):
        back = "revert the commit that brought it, to go back"
        raise UserError(f"app {name}: {version} of {origin} is older than {now} of {environment}; {back}")
    return deliver(fleet, name, environment, version, images.read(fleet.root, name, origin))


def _before(fleet: Fleet, name: str, environment: str, there: Mapping[str, Any]) -> str:
    order = fleet.entries("environments")
    earlier: Sequence[str] = [one for one in order[: order.index(environment)] if one in there]
    if not earlier:
        raise UserError(f"app {name}: no environment before {environment} runs it; name one with --from")
    return earlier[-1]


def _older(version: str, than: str) -> bool:
    """Whether both are releases, and the first is the older one."""
    first, second = _RELEASE.fullmatch(version), _RELEASE.fullmatch(than)
    return bool(first and second and [int(n) for n in first.groups()] < [int(n) for n in second.groups()])
