"""What `dataclasses` offers, as far as `check` uses it, at a thirtieth of the time.

`dataclasses` imports `inspect` and compiles several methods of each class when it is defined: 30 ms of a check of 150.
Here nothing is compiled, and the methods are the same for all classes; a NamedTuple costs more as well. Frozen is what
mypy says so of: it sees every line that could break it, so nothing is checked when the program runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from collections.abc import Callable

Class = TypeVar("Class", bound=type)
Record = TypeVar("Record")
_MISSING: Any = object()


class _Field:
    """What is said of one attribute."""

    def __init__(self, default: object, factory: Callable[[], object] | None, *, compare: bool) -> None:
        self.default, self.factory, self.compare = default, factory, compare


def field(
    *,
    default: Any = _MISSING,  # noqa: ANN401 - of the attribute's own type
    default_factory: Callable[[], Any] | None = None,
    compare: bool = True,
) -> Any:  # noqa: ANN401 - it stands where the attribute's own type is declared
    """An attribute with a default made anew for each object, or one that does not count in comparisons."""
    return _Field(default, default_factory, compare=compare)


@dataclass_transform(field_specifiers=(field,))
def dataclass(
    *,
    frozen: bool = False,
    eq: bool = True,
    order: bool = False,
    slots: bool = False,  # noqa: ARG001 - for mypy
) -> Callable[[Class], Class]:
    """Makes a class of annotations a record. Objects of one with `eq=False` are equal to themselves only."""

    def decorate(cls: Class) -> Class:
        names = cls.__dict__.get("__annotations__", ())  # noqa: RUF063 - inspect is what is avoided here
        fields = {name: _field(cls, name) for name in names}
        compared = tuple(name for name, one in fields.items() if one.compare)
        members: dict[str, object] = {
            "__init__": _first(cls, fields),
            "__match_args__": tuple(fields),
            "__repr__": _text,
        }
        if eq:
            members |= {"_compared": compared, "__eq__": _equal, "__hash__": _hash if frozen else None}
        if order:
            members["__lt__"] = _less
        for name, member in members.items():
            setattr(cls, name, member)
        return cls

    return decorate


def replace(record: Record, **changes: object) -> Record:
    """The same record but for some attributes."""
    known = {name: getattr(record, name) for name in type(record).__match_args__}  # type: ignore[attr-defined]
    return type(record)(**{**known, **changes})


def _field(cls: type, name: str) -> _Field:
    default = cls.__dict__.get(name, _MISSING)
    if isinstance(default, _Field):
        delattr(cls, name)
        return default
    return _Field(default, None, compare=True)


def _first(cls: type, fields: dict[str, _Field]) -> Callable[..., None]:
    """The `__init__` of a class."""
    names = tuple(fields)
    defaults = {name: one.default for name, one in fields.items() if one.default is not _MISSING}
    factories = {name: one.factory for name, one in fields.items() if one.factory}

    def init(self: object, *args: object, **kwargs: object) -> None:
        state = self.__dict__
        if defaults:
            state.update(defaults)
        state.update(zip(names, args, strict=False))
        if kwargs:
            state.update(kwargs)
        for name, factory in factories.items():
            if name not in state:
                state[name] = factory()
        if len(state) != len(names) or len(args) > len(names):
            raise TypeError(f"{cls.__name__} takes {', '.join(names)}")

    return init


def _values(record: Any) -> tuple[object, ...]:  # noqa: ANN401 - any record
    return tuple([getattr(record, name) for name in record._compared])  # noqa: SLF001 - a member of every record


def _equal(self: object, other: object) -> bool:
    return _values(self) == _values(other) if type(self) is type(other) else NotImplemented


def _less(self: object, other: object) -> bool:
    return _values(self) < _values(other) if type(self) is type(other) else NotImplemented


def _hash(self: object) -> int:
    return hash(_values(self))


def _text(self: object) -> str:
    names: tuple[str, ...] = type(self).__match_args__  # type: ignore[attr-defined]
    return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"
