"""Reads plain command lines of `check` by themselves: everything else, and every mistake, is for click to tell."""

from __future__ import annotations

from typing import Any

from clusterwright.check.command import FORMATS, Options

_NAMES = {f"--{'format' if name == 'form' else name.replace('_', '-')}": name for name in Options.__match_args__[1:]}


def understood(arguments: list[str]) -> Options | None:
    """The options that a command line means; None if it is not surely understood.

    Args:
        arguments: what follows the verb.
    """
    given: dict[str, Any] = {}
    paths: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        if not argument.startswith("-"):
            paths.append(argument)
            continue
        name = _NAMES.get(argument, "")
        default = getattr(Options, name, ())
        value = True if default is False else next(rest, "-")
        if not name or str(value)[:1] in {"-", ""} or (name == "form" and value not in FORMATS):
            return None
        given[name] = (*given.get(name, ()), value) if default == () else value
    return Options(paths=tuple(paths), **given)
