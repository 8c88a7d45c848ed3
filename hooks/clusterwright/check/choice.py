"""Which rules count, and how much: what a repository says in `.clusterwright.yaml` or `pyproject.toml`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args

from clusterwright.check.suggest import did_you_mean
from clusterwright.errors import UserError
from clusterwright.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

Weight = Literal["error", "warning"]
KEYS = ("select", "ignore", "severity", "per_path")
PATH_KEYS = ("ignore", "severity")
PYPROJECT = "pyproject.toml"
_TABLE = ("tool", "clusterwright", "check")


@dataclass(frozen=True, slots=True)
class Choice:
    """Which rules count.

    Attributes:
        origin: the file and the key that say so.
        select: the only rules that run; each is an id, the beginning of ids such as `app-*`, or `*`.
        ignore: rules that do not run.
        severity: how much findings of some rules weigh.
        per_path: the same for the files that a glob, or a folder that it names, holds.
    """

    origin: str = ""
    select: tuple[str, ...] = ("*",)
    ignore: tuple[str, ...] = ()
    severity: tuple[tuple[str, Weight], ...] = ()
    per_path: tuple[tuple[str, Choice], ...] = ()


def choice(data: object, origin: str, keys: Iterable[str] = KEYS) -> Choice:
    """Reads the mapping (None: there is none) that stands at the origin; raises UserError for what is no choice."""
    if data is None:
        return Choice(origin)
    mapping = known(data, origin, keys)
    return Choice(
        origin,
        texts(mapping.get("select"), f"{origin}.select") if mapping.get("select") is not None else ("*",),
        texts(mapping.get("ignore"), f"{origin}.ignore"),
        _severities(mapping.get("severity"), f"{origin}.severity"),
        _per_path(mapping.get("per_path"), f"{origin}.per_path"),
    )


def from_pyproject(text: bytes) -> Choice | None:
    """What pyproject.toml says; None if it says nothing about the check."""
    if b"clusterwright" not in text:
        return None
    import tomllib

    try:
        data: object = tomllib.loads(text.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UserError(f"{PYPROJECT}: not TOML: {error}") from error
    for depth, step in enumerate(_TABLE):
        if depth == 2:
            data = known(data, f"{PYPROJECT}: tool.clusterwright", ("check",))
        data = data.get(step) if isinstance(data, dict) else None
        if data is None:
            return None
    return choice(data, f"{PYPROJECT}: {'.'.join(_TABLE)}")


def known(data: object, origin: str, keys: Iterable[str]) -> dict[str, Any]:
    """The data, if it is a mapping of known keys; the origin is named if it is not."""
    listed = ", ".join(keys)
    if not isinstance(data, dict):
        raise UserError(f"{origin}: expected a mapping with the keys {listed}")
    for key in data:
        if key not in keys:
            raise UserError(
                f"{origin}: unknown key {key!r}: {did_you_mean(str(key), keys) or f'the keys are {listed}'}"
            )
    return data


def texts(data: object, origin: str, what: str = "rules") -> tuple[str, ...]:
    """The data, if it is a list of texts or nothing."""
    if data is None:
        return ()
    if not isinstance(data, list) or not all(isinstance(one, str) for one in data):
        raise UserError(f"{origin}: expected a list of {what}")
    return tuple(data)


def _severities(data: object, origin: str) -> tuple[tuple[str, Weight], ...]:
    if data is None:
        return ()
    if not isinstance(data, dict):
        raise UserError(f"{origin}: expected lines such as `app-revision: warning`")
    for rule, weight in data.items():
        if weight not in get_args(Weight):
            raise UserError(f"{origin}.{rule}: expected error or warning; what is to be left out goes into ignore")
    return tuple(data.items())


def _per_path(data: object, origin: str) -> tuple[tuple[str, Choice], ...]:
    if data is None:
        return ()
    if not isinstance(data, dict):
        raise UserError(f"{origin}: expected globs of paths, each with {' or '.join(PATH_KEYS)}")
    return tuple((glob, choice(one, f"{origin}[{glob!r}]", PATH_KEYS)) for glob, one in data.items())
