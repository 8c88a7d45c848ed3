"""What rules read and what they say: documents, files, problems and findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from clusterwright.records import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.positions import Where
    from clusterwright.check.scalars import Scalars

Severity = Literal["error", "warning", "info"]
Fix = Literal["quote", "remove entry", "remove comment"]
"""What is sure to mend a problem where it stands: a plain scalar there gets quotes; an entry of a mapping goes, if one
before it says the same; the comment goes."""
Role = Literal["manifest", "patch", "encrypted", "tool", "data"]


@dataclass(frozen=True, order=True, slots=True)
class Finding:
    """One thing that is wrong, where it stands, and what to do about it."""

    path: str
    line: int
    col: int
    rule: str
    severity: Severity = field(compare=False)
    message: str
    fix: Fix | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, eq=False)
class File:
    """A file that was read; `scalars` is how its plain scalars are typed, None if it is not YAML."""

    path: str
    text: bytes
    scalars: Scalars | None = None
    duplicates: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """One YAML document: the `index`-th of its file."""

    file: File
    index: int
    data: Any
    role: Role

    @property
    def path(self) -> str:
        """The file's path, relative to the repository."""
        return self.file.path


@dataclass(frozen=True, slots=True, eq=False)
class Resource:
    """One Kubernetes resource: a manifest, or an item of a List; `where` is its place in the document."""

    document: Document
    data: dict[str, Any]
    group: str
    version: str
    kind: str
    where: Where = ()

    @property
    def api_version(self) -> str:
        """As the manifest writes it."""
        return f"{self.group}/{self.version}" if self.group else self.version

    @property
    def metadata(self) -> dict[str, Any]:
        """The resource's metadata; empty if it has none."""
        return mapping(self.data, "metadata")

    @property
    def name(self) -> str:
        """The resource's name; empty if it has none."""
        return text(self.metadata, "name")

    @property
    def title(self) -> str:
        """How messages call it: its kind, and its name if it has one."""
        return f"{self.kind} {self.name}".rstrip()

    @property
    def namespace(self) -> str:
        """The namespace that the manifest names; empty if it leaves that to others."""
        return text(self.metadata, "namespace")

    def at(self, *steps: str | int) -> Where:
        """The path of something inside this resource, in its document."""
        return (*self.where, *steps)


def resources(document: Document) -> Iterator[Resource]:
    """The resource of a manifest, or those in its List."""
    data = document.data
    group, _, version = data["apiVersion"].rpartition("/")
    if not data["kind"].endswith("List") or not isinstance(data.get("items"), list):
        yield Resource(document, data, group, version, data["kind"])
        return
    for index, item in enumerate(sequence(data, "items")):
        if text(item, "apiVersion") and text(item, "kind"):
            group, _, version = item["apiVersion"].rpartition("/")
            yield Resource(document, item, group, version, item["kind"], ("items", index))


class Place(NamedTuple):
    """A line and a column, both counted from 1."""

    line: int
    col: int


def place_at(text: bytes, offset: int) -> Place:
    """The line and column of an offset in a file's bytes."""
    return Place(text.count(b"\n", 0, offset) + 1, offset - text.rfind(b"\n", 0, offset))


class Problem(NamedTuple):
    """What a rule says.

    Attributes:
        source: the document, the file, or the path of something that could not be read.
        where: a path in a document; else a line and a column, or nothing.
        message: one line: what is wrong and what to do.
        key: points at the key at that path, not at its value.
        fix: what `--fix` does where the problem is; None if that takes a person.
    """

    source: Document | File | str
    where: Where
    message: str
    key: bool = False
    fix: Fix | None = None


def mapping(data: object, *keys: str) -> dict[str, Any]:
    """The mapping at a path of keys; empty if there is none."""
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return data if isinstance(data, dict) else {}


def sequence(data: object, *keys: str) -> list[Any]:
    """The list at a path of keys; empty if there is none."""
    value = mapping(data, *keys[:-1]).get(keys[-1])
    return value if isinstance(value, list) else []


def text(data: object, *keys: str) -> str:
    """The text at a path of keys; empty if there is none."""
    value = mapping(data, *keys[:-1]).get(keys[-1])
    return value if isinstance(value, str) else ""
