"""What is code in an HCL file: its text, with comments and the words of strings blanked out, place by place.

Blanks keep every offset, so what is found in the code stands at the same place in the text. A template's expression
(`"${...}"`) stays, in parentheses, because it is code; a line that ends inside a heredoc or a comment ends nothing.
"""

from __future__ import annotations

import re
from typing import NamedTuple

DEPTH = 60
"""How deep strings may nest in the templates of other strings."""

_OUTSIDE = re.compile(r'"|#[^\n]*|//[^\n]*|/\*(?:(?s:.)*?\*/)?|<<-?(?P<end>[^\W\d][\w-]*)[ \t]*\r?\n')
_INSIDE = re.compile(_OUTSIDE.pattern + r"|[{}]")
_PLAIN = re.compile(r'"(?:[^"\\$%\n]++|\\.|\$\$\{|%%\{|[$%](?!\{))*+"')
_WORDS = re.compile(r'(?:[^"\\$%\n]++|\\.|\$\$\{|%%\{|[$%](?!\{))*+')
_LINES = re.compile(r"(?:[^$%]++|\$\$\{|%%\{|[$%](?!\{))*+")


class Broken(Exception):
    """The text is not HCL from this offset on."""

    def __init__(self, offset: int, message: str) -> None:
        super().__init__(message)
        self.offset = offset


class _Open(NamedTuple):
    """A template that an expression interrupts: where its string started, and where its heredoc ends (-1: a string)."""

    start: int
    stop: int


def code(text: str) -> str:
    """The code of an HCL file, as long as its text; raises Broken where a string, comment or heredoc never ends."""
    return _Coder(text).run()


class _Coder:
    def __init__(self, text: str) -> None:
        self._text = text
        self._out: list[str] = []
        self._templates: list[tuple[_Open, int]] = []
        self._braces = 0

    def run(self) -> str:
        text, out, at = self._text, self._out, 0
        while True:
            match = (_INSIDE if self._templates else _OUTSIDE).search(text, at)
            if match is None:
                break
            out.append(text[at : match.start()])
            at = self._token(match)
        if self._templates:
            raise Broken(self._templates[-1][0].start, "`${` is never closed: close it with `}`")
        out.append(text[at:])
        return "".join(out)

    def _token(self, match: re.Match[str]) -> int:
        """Takes one token; gives the offset after it."""
        first = match[0][0]
        if first == '"':
            return self._string(match.start())
        if first in "{}":
            return self._brace(match)
        if first == "<":
            return self._heredoc(match)
        if match[0] == "/*":
            raise Broken(match.start(), "a comment is never closed: close it with `*/`")
        return self._blank(match.start(), match.end())

    def _string(self, start: int) -> int:
        plain = _PLAIN.match(self._text, start)
        if plain is None:
            self._out.append('"')
            return self._template(_Open(start, -1), start + 1)
        self._out.append('"' + " " * (plain.end() - start - 2) + '"')
        return plain.end()

    def _heredoc(self, match: re.Match[str]) -> int:
        end = re.compile(rf"^[ \t]*{re.escape(match['end'])}[ \t]*\r?$", re.MULTILINE).search(self._text, match.end())
        if end is None:
            raise Broken(match.start(), f"a heredoc is never closed: end it with a line {match['end']}")
        self._out.append('"')
        self._blank(match.start() + 1, match.end())
        return self._template(_Open(match.start(), end.end()), match.end())

    def _template(self, opened: _Open, at: int) -> int:
        """Blanks a template's words up to its end, or to the expression that interrupts it."""
        text, heredoc = self._text, opened.stop >= 0
        words = _LINES.match(text, at, opened.stop) if heredoc else _WORDS.match(text, at)
        stop = self._blank(at, words.end() if words else at)
        if heredoc and stop == opened.stop:
            return stop
        if text.startswith('"', stop) and not heredoc:
            self._out.append('"')
            return stop + 1
        if not text.startswith(("${", "%{"), stop):
            what = "an expression runs past the end of its heredoc" if heredoc else "a string is never closed"
            raise Broken(opened.start, f"{what}: close it {'with `}`' if heredoc else 'with a quote on the same line'}")
        if len(self._templates) == DEPTH:
            raise Broken(stop, f"strings nest more than {DEPTH} levels deep")
        self._out.append(" (")
        self._templates.append((opened, self._braces))
        self._braces = 0
        return stop + 2

    def _brace(self, match: re.Match[str]) -> int:
        """Counts a brace inside a template's expression; the last one gives the template its word back."""
        if match[0] == "{" or self._braces:
            self._braces += 1 if match[0] == "{" else -1
            self._out.append(match[0])
            return match.end()
        self._out.append(")")
        opened, self._braces = self._templates.pop()
        return self._template(opened, match.end())

    def _blank(self, start: int, end: int) -> int:
        self._out.append(" " * (end - start))
        return end
