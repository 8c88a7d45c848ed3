"""The image that an application runs in an environment: `image` in its values, apps/<app>/<environment>.yaml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clusterwright import document
from clusterwright.errors import Unfinished, UserError
from clusterwright.fleet import splice
from clusterwright.fleet.nodes import Unusual

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_TAG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,127}")
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
KEYS = ("tag", "digest")


@dataclass(frozen=True)
class Image:
    """A tag, a digest, or both, of which the digest decides."""

    tag: str | None
    digest: str | None


def understood(written: str) -> Image:
    """Reads `1.2.3`, `sha256:...` or `1.2.3@sha256:...`.

    Raises:
        UserError: it is none of these.
    """
    tag, _, digest = ("", "", written) if written.startswith("sha256:") else written.partition("@")
    if (tag and not _TAG.fullmatch(tag)) or (digest and not _DIGEST.fullmatch(digest)) or not (tag or digest):
        raise UserError(
            "--image: neither tag nor digest; write 1.2.3, sha256:<64 hexadecimal digits>, or both with an @"
        )
    return Image(tag or None, digest or None)


def read(root: Path, application: str, environment: str) -> Image | None:
    """What the values of an environment pin; None where they pin nothing."""
    path = root / _path(application, environment)
    image = document.read(path, _path(application, environment)).data.get("image") if path.is_file() else None
    if not isinstance(image, dict) or not any(image.get(key) for key in KEYS):
        return None
    tag, digest = (str(image[key]) if image.get(key) else None for key in KEYS)
    return Image(tag, digest)


def runs(root: Path, application: Mapping[str, Any], environment: str) -> str:
    """What runs in an environment, in one word: the version, and the image if the values pin one."""
    image = read(root, application["name"], environment)
    version = application["environments"][environment].get("version")
    pin = (image.tag or (image.digest or "")[: len("sha256:") + 12]) if image else None
    return " ".join(str(part) for part in (version, pin) if part) or "-"


def values(image: Image) -> str:
    """Values that pin an image and say nothing else."""
    return splice.keyed("", "image", _wanted(image))


def pinned(root: Path, application: str, environment: str, image: Image) -> dict[str, str]:
    """The values with the image in them, by path; nothing if they pin it already.

    Raises:
        Unfinished: they are laid out in a way that cannot be edited here.
    """
    name = _path(application, environment)
    path = root / name
    before = path.read_bytes().decode("utf-8-sig") if path.is_file() else ""
    try:
        after = _with(document.parsed(before, name), before, image)
    except Unusual as unusual:
        line = f":{unusual.line}" if unusual.line else ""
        raise Unfinished(f"{name}{line}: laid out in a way that cannot be edited here; edit it by hand") from None
    return {name: after} if after != before else {}


def _with(values: document.Document, text: str, image: Image) -> str:
    wanted = _wanted(image)
    now = values.data.get("image")
    if not isinstance(now, dict):
        if "image" not in values.data:
            return splice.keyed(text, "image", wanted)
        raise Unusual
    for key in KEYS:
        if key in wanted and now.get(key) != wanted[key]:
            text = splice.replaced(text, ("image", key), wanted[key])
    for key in KEYS:
        if key in now and key not in wanted:
            text = splice.removed(text, ("image", key))
    return text


def _wanted(image: Image) -> dict[str, str]:
    return {key: value for key, value in (("tag", image.tag), ("digest", image.digest)) if value}


def _path(application: str, environment: str) -> str:
    return f"apps/{application}/{environment}.yaml"
