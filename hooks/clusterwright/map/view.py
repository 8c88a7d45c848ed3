"""What a picture shows of a map: few boxes, whatever the number of clusters, with what is alike folded into one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from clusterwright.map.model import Status

BoxKind = Literal["repository", "roots", "management", "physical", "virtual", "environment"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a box.

    Attributes:
        title: what it is called.
        note: its version, or how many of the box's members have it; may be empty.
        wave: when it is made, relative to its neighbours.
        ids: the Applications or roots that it stands for.
        status: what a change does to them.
    """

    title: str
    note: str
    wave: int
    ids: tuple[str, ...]
    status: Status = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A group of things that belong together.

    Attributes:
        key: tells it from every other box.
        kind: what it is.
        title: what it is called.
        notes: what else there is to say, a line each.
        members: the names that it stands for: clusters, environments.
        entries: what is in it, in order.
        arrows: by index, which entry comes before which other one.
        boxes: the boxes inside: virtual clusters in their host.
        status: what a change does to its members.
    """

    key: str
    kind: BoxKind
    title: str
    notes: tuple[str, ...]
    members: tuple[str, ...]
    entries: tuple[Entry, ...]
    arrows: tuple[tuple[int, int], ...] = ()
    boxes: tuple[Box, ...] = ()
    status: Status = ""


@dataclass(frozen=True, slots=True)
class Link:
    """An arrow between two boxes by key, and what it says."""

    tail: str
    head: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """A whole picture."""

    name: str
    boxes: tuple[Box, ...]
    links: tuple[Link, ...]
