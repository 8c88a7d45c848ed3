"""The syntax of Go's text/template: texts, actions and blocks."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from clusterwright.check.applicationsets.values import Refused, Unknown
from clusterwright.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

_ACTION = re.compile(
    r"""(\s*)\{\{(-\s)?((?:"(?:\\.|[^"\\])*"|`[^`]*`|/\*.*?\*/|(?!-?\}\}).)*?)\s*(-)?\}\}(\s*)""", re.DOTALL
)
_TOKEN = re.compile(
    r"""(?P<space>\s+)|(?P<text>"(?:\\.|[^"\\])*"|`[^`]*`)|(?P<number>-?\d+(?:\.\d+)?)|(?P<assign>:=|=)|(?P<mark>[|(),])"""
    r"""|(?P<fields>(?:\.[A-Za-z_]\w*)+)|(?P<dot>\.)|(?P<variable>\$\w*(?:\.[A-Za-z_]\w*)*)|(?P<word>[A-Za-z_]\w*)"""
)
_BLOCKS = frozenset(("if", "with", "range"))


class Token(NamedTuple):
    """A piece of an action; glued says that no space is before it."""

    kind: str
    text: str
    glued: bool


@dataclass(frozen=True, slots=True)
class Block:
    """An `if`, `with` or `range`: its branches in order, the last one perhaps without a condition."""

    word: str
    branches: tuple[tuple[tuple[Token, ...], tuple[Node, ...]], ...]


Piece = str | tuple[Token, ...]
"""What a template is made of: text, or the tokens of an action."""
Node = str | tuple[Token, ...] | Block


@cache
def parsed(template: str) -> tuple[Node, ...]:
    """The nodes of a template; raises Refused for what is no template, Unknown for what is not known here."""
    pieces = list(_pieces(template))
    nodes, end = _nodes(pieces, 0)
    if end != len(pieces):
        raise Refused(f"the template {template!r} has an `end` or `else` too many")
    return nodes


def _pieces(template: str) -> Iterator[Piece]:
    at, trim = 0, False
    for action in _ACTION.finditer(template):
        before, left, inside, right, after = action.groups()
        text = template[at : action.start()] + ("" if left else before)
        yield text.lstrip() if trim and not text.strip() else text
        if not inside.lstrip().startswith("/*"):
            yield tuple(_tokens(inside))
        at, trim = (action.end(), False) if right else (action.end() - len(after), False)
    rest = template[at:]
    if "{{" in rest:
        raise Refused(f"the template {template!r} is not closed")
    yield rest


def _tokens(inside: str) -> Iterator[Token]:
    at, glued = 0, False
    while at < len(inside):
        found = _TOKEN.match(inside, at)
        if found is None:
            raise Unknown(f"{inside[at:]!r} in a template")
        if found.lastgroup != "space":
            yield Token(str(found.lastgroup), found.group(), glued)
        glued, at = found.lastgroup != "space", found.end()


def _nodes(pieces: list[Piece], at: int) -> tuple[tuple[Node, ...], int]:
    """Nodes up to an `end` or `else` of the block around them."""
    found: list[Node] = []
    while at < len(pieces):
        piece = pieces[at]
        word = _word(piece)
        if word in {"end", "else"}:
            break
        if word in _BLOCKS:
            block, at = _block(pieces, at)
            found.append(block)
        else:
            found.append(piece)
            at += 1
    return tuple(found), at


def _block(pieces: list[Piece], at: int) -> tuple[Block, int]:
    word, branches = _word(pieces[at]), []
    while True:
        tokens = [token for token in pieces[at] if isinstance(token, Token)]
        condition = tuple(token for token in tokens if token.kind != "word" or token.text not in {"else", word})
        body, at = _nodes(pieces, at + 1)
        branches.append((condition, body))
        if at >= len(pieces):
            raise Refused(f"a template's `{word}` has no `end`")
        if _word(pieces[at]) == "end":
            return Block(word, tuple(branches)), at + 1


def _word(piece: Piece) -> str:
    """The first word of an action; empty for a text."""
    return piece[0].text if isinstance(piece, tuple) and piece else ""
