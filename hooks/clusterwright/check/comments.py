"""Where the comments of a file are: what looks like one inside a text is none."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.events import Event

    from clusterwright.check.model import File

_BLOCK = frozenset("|>")
_QUOTED = re.compile(
    r"""(?P<comment>(?<!\S)(?:\#|//)[^\n]*)
    |/\*.*?\*/
    |<<[-~]?["']?(?P<end>\w+)["']?[^\n]*\n.*?^[ \t]*(?P=end)\b
    |"(?:[^"\\]|\\.)*"
    |'[^']*'""",
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)
"""Comments to the end of a line, and what else may look like one, in HCL, in shells and in files that are like them."""


def text_of(file: File) -> str:
    """A file's text, character by character as libyaml counts them; empty if it is not UTF-8."""
    try:
        return file.text.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""


def starts(file: File, text: str, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """What a pattern finds in the comments of a file's text; it begins where a comment begins, or further on."""
    if file.scalars is None:
        for comment in _QUOTED.finditer(text):
            if comment["comment"] is not None:
                yield from pattern.finditer(text, comment.start(), comment.end())
        return
    matches = list(pattern.finditer(text))
    taken = list(_scalars(file.text, text)) if matches else []
    begins = [start for start, _ in taken]
    for match in matches:
        index = bisect_right(begins, match.start())
        if not index or match.start() >= taken[index - 1][1]:
            yield match


def _scalars(data: bytes, text: str) -> Iterator[tuple[int, int]]:
    """The spans of a YAML file that are values, and all that comes after an error."""
    import yaml
    from yaml.events import ScalarEvent, StreamEndEvent

    from clusterwright.check.loader import Parser

    parser, reached = Parser(data), 0
    try:
        while not isinstance(event := parser.get_event(), StreamEndEvent):
            start, reached = _span(event)
            if isinstance(event, ScalarEvent):
                yield text.find("\n", start) if event.style in _BLOCK else start, reached
    except yaml.MarkedYAMLError as error:
        yield (error.problem_mark.index if error.problem_mark else reached), len(text)
    except (yaml.YAMLError, UnicodeError):
        yield 0, len(text)


def _span(event: Event) -> tuple[int, int]:
    start, end = event.start_mark, event.end_mark
    return (start.index, end.index) if start and end else (0, 0)
