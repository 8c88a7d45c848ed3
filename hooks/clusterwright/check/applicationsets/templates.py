"""Renders whole structures: every text and key of them, with Go templates or with fasttemplate."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from clusterwright.check.applicationsets.gotemplate import render
from clusterwright.check.applicationsets.values import Refused, Unknown

_TAG = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)


class Engine(NamedTuple):
    """How an ApplicationSet renders: with Go templates, and then strictly where it asks for that."""

    go: bool
    strict: bool

    def text(self, template: str, params: dict[str, Any]) -> str:
        """One text; fasttemplate leaves what it does not know as it is."""
        if "{{" not in template:
            return template
        if self.go:
            return render(template, params, strict=self.strict)
        return _TAG.sub(lambda tag: _known(params.get(tag.group(1).strip()), tag.group()), template)

    def deep(self, data: Any, params: dict[str, Any], where: tuple[str | int, ...] = ()) -> Any:  # noqa: ANN401
        """A structure with every text in it rendered; raises NotRendered with the place of what could not be."""
        if isinstance(data, dict):
            return {self._at(key, params, where): self.deep(one, params, (*where, key)) for key, one in data.items()}
        if isinstance(data, list):
            return [self.deep(one, params, (*where, index)) for index, one in enumerate(data)]
        return self._at(data, params, where) if isinstance(data, str) else data

    def _at(self, template: str, params: dict[str, Any], where: tuple[str | int, ...]) -> str:
        try:
            return self.text(template, params)
        except (Refused, Unknown) as error:
            raise NotRendered(where, str(error), refused=isinstance(error, Refused)) from error


class NotRendered(Exception):
    """A text in a structure that could not be rendered.

    Attributes:
        where: its place in the structure.
        refused: Argo CD would refuse it as well.
    """

    def __init__(self, where: tuple[str | int, ...], reason: str, *, refused: bool) -> None:
        super().__init__(reason)
        self.where = where
        self.refused = refused


def _known(value: object, tag: str) -> str:
    return value if isinstance(value, str) else tag
