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


class File:
    """A file that was read.

    Attributes:
        path: its path, relative to the repository.
        text: its bytes.
        scalars: how its plain scalars are typed; None if it is not YAML.
        duplicates: a key is given twice somewhere in it.
    """

    __slots__ = ("duplicates", "path", "scalars", "text")

    def __init__(self, path: str, text: bytes, scalars: Scalars | None = None, *, duplicates: bool = False) -> None:
        self.path = path
        self.text = text
        self.scalars = scalars
        self.duplicates = duplicates


class Document:
    """One YAML document.

    Attributes:
        file: the file that holds it.
        index: its place among the documents of its file, from 0.
        data: what it holds.
        role: what it is to the rules.
        path: the file's path, relative to the repository.
    """

    __slots__ = ("data", "file", "index", "path", "role")

    def __init__(self, file: File, index: int, data: Any, role: Role) -> None:  # noqa: ANN401 - whatever YAML holds
        self.file = file
        self.index = index
        self.data = data
        self.role = role
        self.path = file.path


class Resource:
    """One Kubernetes resource: a manifest, or an item of a List. Rules ask much of it, so it is told once.

    Attributes:
        document: the document that holds it.
        data: the resource itself.
        group: its API group; empty for the core group.
        version: its API version without the group.
        kind: its kind.
        where: its place in the document.
        metadata: its metadata; empty if it has none.
        name: its name; empty if it has none.
        namespace: the namespace that the manifest names; empty if it leaves that to others.
    """

    __slots__ = ("data", "document", "group", "kind", "metadata", "name", "namespace", "version", "where")

    def __init__(self, document: Document, data: dict[str, Any], where: Where = ()) -> None:
        self.document = document
        self.data = data
        self.group, _, self.version = data["apiVersion"].rpartition("/")
        self.kind: str = data["kind"]
        self.where = where
        metadata = data.get("metadata")
        self.metadata: dict[str, Any] = metadata if isinstance(metadata, dict) else {}
        name, namespace = self.metadata.get("name"), self.metadata.get("namespace")
        self.name: str = name if isinstance(name, str) else ""
        self.namespace: str = namespace if isinstance(namespace, str) else ""

    @property
    def api_version(self) -> str:
        """As the manifest writes it."""
        return f"{self.group}/{self.version}" if self.group else self.version

    @property
    def title(self) -> str:
        """How messages call it: its kind, and its name if it has one."""
        return f"{self.kind} {self.name}".rstrip()

    def at(self, *steps: str | int) -> Where:
        """The path of something inside this resource, in its document."""
        return (*self.where, *steps)


def resources(document: Document) -> Iterator[Resource]:
    """The resource of a manifest, or those in its List."""
    data = document.data
    if not data["kind"].endswith("List") or not isinstance(data.get("items"), list):
        yield Resource(document, data)
        return
    for index, item in enumerate(sequence(data, "items")):
        if text(item, "apiVersion") and text(item, "kind"):
            yield Resource(document, item, ("items", index))


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
