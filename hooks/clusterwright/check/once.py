"""What is worked out of a repository once: it is kept with the repository, as long as that is."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from clusterwright.check.repository import Repository

Rest = ParamSpec("Rest")
Result = TypeVar("Result")


def once(work: Callable[Concatenate[Repository, Rest], Result]) -> Callable[Concatenate[Repository, Rest], Result]:
    """Makes a function of a repository, and of what else can be a key, remember what it gave: nobody changes that."""
    name = f"{work.__module__}.{work.__qualname__}"

    @wraps(work)
    def remembered(repository: Repository, /, *rest: Rest.args, **named: Rest.kwargs) -> Result:
        kept: dict[Any, Result] | None = repository.__dict__.get(name)
        if kept is None:
            kept = repository.__dict__[name] = {}
        key = (rest, *named.items()) if named else rest
        if key not in kept:
            kept[key] = work(repository, *rest, **named)
        return kept[key]

    return remembered
