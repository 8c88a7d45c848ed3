"""Answers an event with a pull request, and says so where it was asked."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clusterwright.errors import Stop, UserError
from clusterwright.fleet import applications, beginnings, clusters, images
from clusterwright.propose import hosts, send

if TYPE_CHECKING:
    from collections.abc import Callable

    from clusterwright.fleet.change import Edit, Fleet
    from clusterwright.propose.event import Asked
    from clusterwright.propose.hosts import Host


@dataclass(frozen=True)
class Answer:
    """What is done about something that was asked for: an edit, the branch that it comes on, and its title."""

    change: Callable[[Fleet], Edit]
    branch: str
    title: str


def answer(asked: Asked) -> Answer:
    """Finds what to do.

    Raises:
        UserError: a field is missing or makes no sense.
    """
    given = asked.given
    if asked.what == "delivery":
        return _delivery(given)
    name = given["name"]
    if not name:
        raise UserError(f"{asked.what}: no name; fill it in")
    branch, title = f"request/{asked.issue}", f"Add the {asked.what} {name}"
    if asked.what == "application":
        return Answer(lambda fleet: _application(fleet, given), branch, title)
    entry = {**given, "nodes": clusters.nodes(given["nodes"]) if given["nodes"] else None}
    return Answer(lambda fleet: clusters.add(fleet, entry), branch, title)


def tell(to: Host, asked: Asked, text: str) -> None:
    """Says on the issue what came of it, if there is one. It never fails: the pipeline's log has the same text."""
    if asked.issue is not None:
        with suppress(Stop):
            send.call(hosts.commenting(to, asked.issue, text), send.token())


def _application(fleet: Fleet, given: dict[str, Any]) -> Edit:
    port = given["port"]
    if port and not port.isdecimal():
        raise UserError("Port: not a number; write one such as 8080")
    full = {**given, "port": int(port) if port else None, "kind": None, "image": None, "service": None}
    begun = beginnings.begin(given["name"], full, fleet.entries("environments"))
    return applications.add(fleet, begun.entry, begun.files)


def _delivery(given: dict[str, Any]) -> Answer:
    name, environment, version, image = (given[key] for key in ("application", "environment", "version", "image"))
    if not environment:
        raise UserError("environment: missing; name the one to deliver to")
    branch = f"deliver/{name}-{environment}"
    if not version and not image:
        promote = f"Promote {name} to {environment}"
        return Answer(lambda fleet: applications.promote(fleet, name, environment), branch, promote)
    pin = images.understood(image) if image else None
    title = f"Deliver {name} {version or image} to {environment}"
    return Answer(lambda fleet: applications.deliver(fleet, name, environment, version, pin), branch, title)
