"""Go's text/template, as far as ApplicationSets go: values, pipes, functions, if, with, range and variables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from clusterwright.check.applicationsets.functions import call
from clusterwright.check.applicationsets.syntax import Block, parsed
from clusterwright.check.applicationsets.values import MISSING, NO_VALUE, Missing, Refused, Unknown, go_text
from clusterwright.records import dataclass, field, replace

if TYPE_CHECKING:
    from clusterwright.check.applicationsets.syntax import Node, Token

_WORDS: dict[str, Any] = {"true": True, "false": False, "nil": None}
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}


@dataclass(frozen=True, slots=True)
class Scope:
    """What a template can see; strict refuses keys that a map does not have."""

    dot: Any
    strict: bool
    variables: dict[str, Any] = field(default_factory=dict)


def render(template: str, params: dict[str, Any], *, strict: bool) -> str:
    """Renders a template.

    Raises:
        Refused: Argo CD would refuse it too.
        Unknown: it uses something that is not known here.
    """
    if "{{" not in template:
        return template
    return _run(parsed(template), Scope(params, strict, {"$": params}))


def _run(nodes: tuple[Node, ...], scope: Scope) -> str:
    return "".join(_output(node, scope) for node in nodes)


def _output(node: Node, scope: Scope) -> str:
    if isinstance(node, str):
        return node
    if isinstance(node, Block):
        return _ranged(node, scope) if node.word == "range" else _chosen(node, scope)
    value, quiet = _declared(node, scope)
    return "" if quiet else NO_VALUE if value is None else go_text(value)


def _chosen(block: Block, scope: Scope) -> str:
    for condition, body in block.branches:
        value = _declared(condition, scope)[0] if condition else True
        if value:
            return _run(body, replace(scope, dot=value) if block.word == "with" and condition else scope)
    return ""


def _ranged(block: Block, scope: Scope) -> str:
    (tokens, body), *otherwise = block.branches
    assign = next((index for index, token in enumerate(tokens) if token.kind == "assign"), -1)
    names = [token.text for token in tokens[: max(assign, 0)] if token.kind == "variable"]
    values, _ = _declared(tokens[assign + 1 :], scope)
    pairs = sorted(values.items()) if isinstance(values, dict) else list(enumerate(values or []))
    if not pairs:
        return "".join(_run(other, scope) for _, other in otherwise)
    out = []
    for key, value in pairs:
        given = dict(zip(names, (value,) if len(names) == 1 else (key, value), strict=False))
        out.append(_run(body, replace(scope, dot=value, variables=scope.variables | given)))
    return "".join(out)


def _declared(tokens: tuple[Token, ...], scope: Scope) -> tuple[Any, bool]:
    """The value of a pipeline, and whether it only sets a variable."""
    if len(tokens) > 2 and tokens[1].kind == "assign":
        scope.variables[tokens[0].text] = value = _Pipeline(tokens[2:], scope).value()
        return value, True
    return _Pipeline(tokens, scope).value(), False


class _Pipeline:
    """Evaluates `a b | c d`: the value of each command is the last argument of the next one."""

    def __init__(self, tokens: tuple[Token, ...], scope: Scope) -> None:
        self._tokens = tokens
        self._scope = scope
        self._at = 0

    def value(self) -> Any:  # noqa: ANN401 - whatever the template holds
        value = self._until_closed()
        if self._at != len(self._tokens):
            raise Unknown("a template with unbalanced parentheses")
        return value

    def _until_closed(self) -> Any:  # noqa: ANN401 - whatever the template holds
        piped: list[Any] = []
        while True:
            piped = [self._command(piped)]
            if self._at < len(self._tokens) and self._tokens[self._at].text == "|":
                self._at += 1
            else:
                return piped[0]

    def _command(self, piped: list[Any]) -> Any:  # noqa: ANN401 - whatever the template holds
        first = self._tokens[self._at] if self._at < len(self._tokens) else None
        if first is not None and first.kind == "word" and first.text not in _WORDS:
            self._at += 1
            return call(first.text, [*self._operands(), *piped])
        values = self._operands()
        if len(values) != 1 or piped:
            raise Refused("a template gives arguments to what is no function")
        return values[0]

    def _operands(self) -> list[Any]:
        found: list[Any] = []
        while self._at < len(self._tokens) and self._tokens[self._at].text not in {"|", ")"}:
            token = self._tokens[self._at]
            self._at += 1
            if token.kind == "fields" and token.glued and found:
                found.append(self._walk(found.pop(), token.text))
            else:
                found.append(self._operand(token))
        return found

    def _operand(self, token: Token) -> Any:  # noqa: ANN401 - whatever the template holds
        if token.text == "(":
            value = self._until_closed()
            self._at += 1
            return value
        if token.kind == "word":
            return _WORDS[token.text] if token.text in _WORDS else call(token.text, [])
        if token.kind in _LITERALS:
            return _LITERALS[token.kind](token.text)
        if token.kind not in {"dot", "fields", "variable"}:
            raise Unknown(f"{token.text!r} in a template")
        name, dot, fields = token.text.partition(".")
        start = self._scope.variables.get(name, MISSING) if name else self._scope.dot
        return self._walk(start, f"{dot}{fields}" if fields else "")

    def _walk(self, value: Any, fields: str) -> Any:  # noqa: ANN401 - whatever the parameters hold
        for name in fields.split(".")[1:]:
            if self._scope.strict and (not isinstance(value, dict) or name not in value):
                raise Refused(f"there is no parameter {name!r} ({fields}): add it to a generator")
            value = value.get(name, MISSING) if isinstance(value, dict) else _no_field(value, name)
        return value


def _no_field(value: object, name: str) -> Missing:
    if value is None or isinstance(value, Missing):
        return MISSING
    raise Refused(f"there is no field {name!r} in {go_text(value)!r}")


def _number(text: str) -> float:
    return float(text) if "." in text else int(text)


def _unquoted(text: str) -> str:
    if text[0] == "`":
        return text[1:-1]
    return re.sub(r"\\(.)", lambda escape: _ESCAPES.get(escape.group(1), escape.group(1)), text[1:-1])


_LITERALS = {"text": _unquoted, "number": _number}
