"""What charts make of a change, where `helm` and the charts are at hand: both sides rendered, resource by resource."""

from __future__ import annotations

import os
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from clusterwright.check.repository import load
from clusterwright.check.suggest import counted, listed
from clusterwright.records import replace
from clusterwright.review.pairs import matched, of_resources
from clusterwright.review.releases import Release, releases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from clusterwright.check.model import Resource
    from clusterwright.review.comparison import Comparison
    from clusterwright.review.fields import Field
    from clusterwright.review.pairs import Pair

_SECONDS = 60.0
_MOST = 100
"""More different renders than that are not worth their time."""


class Rendered(NamedTuple):
    """What differs between both sides of each release, and what could not be rendered."""

    pairs: tuple[Pair, ...]
    missing: tuple[str, ...]


def rendered(comparison: Comparison, folders: Sequence[Path] = ()) -> Rendered:
    """Renders both sides of every Application whose chart or values change.

    Args:
        comparison: both trees.
        folders: where packed charts are, as `helm pull` saves them; Helm's own cache is looked into too.
    """
    both = list(releases(comparison))
    if not both:
        return Rendered((), ())
    helm = shutil.which("helm")
    if helm is None:
        return Rendered((), (f"what {_charts(both)} to: helm is not on PATH",))
    known = {one.source for pair in both for one in pair}
    archives = {source: path for source in known if (path := _archive(source, [*folders, _cache()]))}
    wanted = list(dict.fromkeys(one for pair in both if all(each.source in archives for each in pair) for one in pair))
    texts, failed = _render(helm, {one: archives[one.source] for one in wanted[:_MOST]})
    pairs = [pair for old, new in both if old in texts and new in texts for pair in _compared(old, new, texts)]
    return Rendered(tuple(pairs), tuple(_missing(known - archives.keys(), failed, len(wanted) - _MOST)))


def _charts(both: Iterable[tuple[Release, Release]]) -> str:
    number = len({one.source.chart for pair in both for one in pair})
    return f"{counted(number, 'chart')} {'renders' if number == 1 else 'render'}"


def _missing(absent: Iterable[tuple[str, str, str]], failed: Iterable[str], left: int) -> Iterator[str]:
    names = sorted({f"{chart} {version}" for _, chart, version in absent})
    if names:
        yield f"what charts render to that are not at hand (--charts names a folder): {listed(names)}"
    yield from failed
    if left > 0:
        yield f"what {left} more releases render to: they are too many"


def _cache() -> Path:
    """Where Helm keeps the charts that it has pulled."""
    base = os.environ.get("HELM_CACHE_HOME") or Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache", "helm")
    return Path(os.environ.get("HELM_REPOSITORY_CACHE") or Path(base, "repository")).expanduser()


def _archive(source: tuple[str, str, str], folders: Iterable[Path]) -> Path | None:
    _, chart, version = source
    names = [f"{chart.rpartition('/')[2]}-{one}.tgz" for one in dict.fromkeys((version, version.removeprefix("v")))]
    return next((path for folder in folders for name in names if (path := folder / name).is_file()), None)


def _render(helm: str, wanted: dict[Release, Path]) -> tuple[dict[Release, bytes], list[str]]:
    """What each release is; and a line for each that Helm refuses."""
    with TemporaryDirectory(prefix="clusterwright-") as scratch, ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = {
            one: pool.submit(_template, helm, one, archive, Path(scratch, str(number)))
            for number, (one, archive) in enumerate(wanted.items())
        }
        done = {one: job.result() for one, job in jobs.items()}
    texts = {one: text for one, text in done.items() if isinstance(text, bytes)}
    failed = {f"what chart {one.source.chart} renders to: {why}" for one, why in done.items() if isinstance(why, str)}
    return texts, sorted(failed)


def _template(helm: str, release: Release, archive: Path, folder: Path) -> bytes | str:
    """What a release is, or why Helm does not say."""
    folder.mkdir()
    command = [helm, "template", release.name, str(archive), "--namespace", release.namespace]
    command += ["--kube-version", release.kubernetes_version, "--no-hooks"]
    command += [] if release.skip_crds else ["--include-crds"]
    for number, content in enumerate(release.values):
        path = folder / f"{number}.yaml"
        path.write_bytes(content)
        command += ["--values", str(path)]
    for flag, parameter in release.parameters:
        command += [flag, parameter]
    apart = {"KUBECONFIG": os.devnull, "HELM_CACHE_HOME": str(folder), "HELM_DATA_HOME": str(folder)}
    environment = {**os.environ, **apart}
    try:
        done = subprocess.run(command, env=environment, capture_output=True, check=False, timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        return f"helm takes longer than {_SECONDS:.0f} s"
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        return " ".join(lines[-1].split())[:200] if lines else f"helm fails with {done.returncode}"
    return done.stdout


def _compared(old: Release, new: Release, texts: dict[Release, bytes]) -> Iterator[Pair]:
    sides = [_resources(texts[one], one.namespace) for one in (old, new)]
    for before, after in matched(*sides):
        for pair in of_resources(before, after):
            fields = tuple(one for one in pair.fields if not _is_noise(pair, one))
            if fields or pair.action != "changed":
                title = f"{pair.title}, as chart {new.source.chart} renders it"
                path = new.application.resource.document.path
                yield replace(pair, title=title, path=path, fields=fields, owner=new.application.resource)


def _resources(text: bytes, namespace: str) -> list[Resource]:
    """The resources of a release, those without a namespace in that of the release."""
    found = load("", given={"rendered.yaml": text}).resources
    for one in found:
        if not one.namespace:
            one.metadata.setdefault("namespace", namespace)
    return found


def _is_noise(pair: Pair, field: Field) -> bool:
    """What a chart makes anew each time that it is rendered, and what only repeats that something else changed."""
    if pair.is_a(("", "Secret")) and field.path[0] in {"data", "stringData"}:
        return True
    return field.path[-1] == "caBundle" or field.path[-1].startswith("checksum/")
