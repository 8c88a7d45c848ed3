"""Copier's exceptions, each as one line that names the answer, what is wrong and what to do."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from clusterwright.errors import Refused, Stop, Unfinished, UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 300


@contextmanager
def explained() -> Iterator[None]:
    """Runs Copier inside; what it raises comes out as a `Stop`. Bugs come out as they are."""
    try:
        yield
    except (Stop, KeyboardInterrupt):  # what Copier raises for Ctrl-C at a question is both an Exception and this
        raise
    except Exception as error:
        stop = explain(error)
        if stop is None:
            raise
        raise stop from None  # a traceback could repeat what people answered


def explain(error: Exception) -> Stop | None:
    """Gives the line for an exception, or None for one that is a bug of ours."""
    from copier.errors import CopierError
    from jinja2 import TemplateError
    from plumbum import ProcessExecutionError

    text = _one_line(str(error))
    if isinstance(error, ProcessExecutionError):  # an OSError too
        return Unfinished(f"template: git: {_reason(str(error.stderr))}")
    if isinstance(error, OSError):
        return None
    if type(error).__name__ == "FilterArgumentError":  # the guards raise it; its package has no types
        name, colon, problem = text.partition(": ")
        return Refused(name, problem) if colon and name.isidentifier() else Unfinished(f"template: {text}")
    if isinstance(error, TemplateError):
        return Unfinished(f"template: {text}")
    refused = _refused(text) or _uncast(error)
    if refused:
        return refused
    return UserError(f"template: {text}") if isinstance(error, CopierError) else None


def _refused(text: str) -> Stop | None:
    patterns = {
        r"Validation error for question '(\w+)': (.*)": "{}",
        r"Invalid choice for '(\w+)': (.*)": "Invalid choice: {}",
        r"Question \"(\w+)\" is (required)": "no answer; it is {}",
    }
    for pattern, says in patterns.items():
        match = re.fullmatch(pattern, text)
        if match:
            return Refused(match[1], says.format(match[2]))
    unknown = re.fullmatch(r"Unknown revision: '(.*)'", text)
    return UserError(f"--ref: the template has no revision {unknown[1]}; give a tag or a commit") if unknown else None


def _uncast(error: Exception) -> Refused | None:
    """Names the question that Copier was at when a value could not be cast: only its own frame knows it."""
    trace = error.__traceback__
    while trace:
        frame = trace.tb_frame
        if frame.f_code.co_name == "_ask" and "copier" in frame.f_globals.get("__name__", ""):
            name = frame.f_locals.get("var_name")
            return Refused(name, "not a value of the kind that is asked for") if isinstance(name, str) else None
        trace = trace.tb_next
    return None


def _reason(stderr: str) -> str:
    lines = [line.strip() for line in stderr.splitlines() if line.strip()]
    fatal = [line for line in lines if line.startswith(("fatal:", "error:"))]
    return _one_line((fatal or lines or ["failed"])[0])


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]} ..."
