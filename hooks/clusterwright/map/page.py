"""The page: one file that needs nothing else, and no network; what it may run is said by the hash of its own script."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from string import Template
from typing import TYPE_CHECKING, Any

from clusterwright.map.boxes import view
from clusterwright.map.svg import MARKS, asset, inline, written
from clusterwright.map.text import counts, touched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.map.model import Application, Cluster, Map, Place, Root
    from clusterwright.map.view import Box, View


def as_page(shown: Map) -> str:
    """The whole page; raises UserError without Graphviz."""
    drawn = view(shown)
    style, script = asset("page.css") + asset("picture.css"), asset("page.js")
    return Template(asset("page.html")).substitute(
        counts=", ".join(counts(shown)),
        data=_data(shown, drawn),
        legend=_legend(shown),
        name=written(shown.name),
        picture=inline(drawn),
        script=script,
        script_hash=_hash(script),
        style=style,
        style_hash=_hash(style),
    )


def _legend(shown: Map) -> str:
    """How many things a change touches, where there is one."""
    change = touched(shown)
    said = (f'<span class="{one}">{MARKS[one]}{number} {one}</span>' for one, number in change.items())
    return f'<p class="legend">{"".join(said)}</p>' if any(change.values()) else ""


def _hash(text: str) -> str:
    return f"sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


class _Words:
    """Every text once; rows name it by its number."""

    def __init__(self) -> None:
        self.all: dict[str, int] = {}

    def __call__(self, text: str) -> int:
        return self.all.setdefault(text, len(self.all))


def _data(shown: Map, drawn: View) -> str:
    word = _Words()
    at = {one.id: index for index, one in enumerate(shown.applications)}
    data: dict[str, Any] = {
        "clusters": [_cluster(one, word) for one in shown.clusters],
        "applications": [_application(one, at, word) for one in shown.applications],
        "projects": [
            [word(one.name), [*map(word, one.clusters)], *_place(one.place, word), word(one.status)]
            for one in shown.projects
        ],
        "roots": [_root(one, word) for one in shown.roots],
    }
    data["picture"] = [*_Picture(shown, at, word).boxes(drawn)]
    data["words"] = [*word.all]
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _place(place: Place, word: _Words) -> tuple[int, int]:
    return word(place.path), place.line


def _cluster(one: Cluster, word: _Words) -> list[int]:
    texts = (one.name, one.kind, one.host, one.environment, one.ring, one.state, one.server)
    return [*map(word, texts), *_place(one.place, word), word(one.status)]


def _root(one: Root, word: _Words) -> list[Any]:
    after = [*map(word, one.after)]
    texts = (*map(word, (one.name, one.folder)), after, word(one.cluster), int(one.planned))
    return [*texts, *_place(one.place, word), word(one.status)]


def _application(one: Application, at: dict[str, int], word: _Words) -> list[Any]:
    sources = [[*map(word, (source.repository, source.path, source.chart, source.version))] for source in one.sources]
    return [
        *map(word, (one.id, one.name, one.title, one.kind, one.cluster, one.namespace, one.project, one.environment)),
        one.wave,
        at.get(one.maker, -1),
        [at[need] for need in one.needs if need in at],
        sources,
        *_place(one.place, word),
        word(one.status),
        word(one.was),
    ]


class _Picture:
    """What each box and each entry of the picture stands for."""

    def __init__(self, shown: Map, applications: dict[str, int], word: _Words) -> None:
        self._word = word
        self._applications = applications
        self._clusters = {one.name: index for index, one in enumerate(shown.clusters)}
        self._roots = {one.name: index for index, one in enumerate(shown.roots)}
        self._delivered = {
            name: [index for index, one in enumerate(shown.applications) if one.environment == name]
            for name in shown.environments
        }

    def boxes(self, drawn: View) -> Iterator[list[Any]]:
        pending = [*drawn.boxes]
        while pending:
            box = pending.pop(0)
            pending += box.boxes
            yield [self._word(box.key), self._all(box), [self._entry(box, one.ids) for one in box.entries]]

    def _entry(self, box: Box, ids: tuple[str, ...]) -> list[list[Any]]:
        if box.kind == "roots":
            return [["r", [self._roots[one] for one in ids]]]
        return [["a", [self._applications[one] for one in ids]]]

    def _all(self, box: Box) -> list[list[Any]]:
        if box.kind == "roots":
            return [["r", [*self._roots.values()]]]
        if box.kind == "environment":
            return [["a", [index for name in box.members for index in self._delivered[name]]]]
        inside = [self._applications[name] for one in box.entries for name in one.ids]
        return [["c", [self._clusters[name] for name in box.members]], ["a", inside]]
