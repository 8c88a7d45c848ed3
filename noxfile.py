"""What this project runs on itself: `nox -l` lists the sessions."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path

import nox

CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "clusterwright"
KUBECONFORM = "github.com/yannh/kubeconform/cmd/kubeconform@v0.7.0"
PLAYWRIGHT = "playwright==1.65.2"
# Only for Linux are there wheels.
ATHERIS = "atheris==3.0.0"
# How many tests of the engines run side by side; each asks programs that use every core.
LANES = 2
ENGINE_TEST = "tests/engines/test_{}.py"
# The tests of the session `static`, and those that `proof` adds.
STATIC = ("differential", "static_kubernetes", "static_renovate", "static_workflows")
PROOF = (*STATIC, "argo_cd", "harness", "known", "static_checkov", "static_infrastructure")
YAML_SOURCES = (
    "catalogue.yaml",
    "copier.yml",
    "moves.yaml",
    "questions",
    "releases.yaml",
    "schemas/sources.yaml",
    "tests/valid",
    ".github",
    ".pre-commit-hooks.yaml",
    ".yamllint.yaml",
)

nox.options.envdir = str(CACHE / "nox")
nox.options.reuse_existing_virtualenvs = True
nox.options.error_on_missing_interpreters = True
nox.options.sessions = ["lint", "types", "tests"]


def install(session: nox.Session, *extras: str) -> None:
    """Installs the project as it stands here, with every dependency at its locked version."""
    session.install("--constraint", "constraints.txt", "--editable", f".[{','.join(extras)}]")


@nox.session
def lint(session: nox.Session) -> None:
    """Python with ruff, YAML sources with yamllint."""
    install(session, "dev")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("yamllint", "--strict", *[path for path in YAML_SOURCES if Path(path).exists()])


@nox.session
def types(session: nox.Session) -> None:
    """Every annotation, strictly."""
    install(session, "platform", "dev")
    session.run("mypy")


@nox.session
def tests(session: nox.Session) -> None:
    """Every test; arguments after `--` go to pytest."""
    install(session, "platform", "map", "dev")
    session.run("pytest", "--numprocesses", "auto", *session.posargs)


@nox.session
def fuzz(session: nox.Session) -> None:
    """Thousands of rounds: edits and updates, a dozen against Copier itself; files for `check`, also by libFuzzer."""
    install(session, "platform", "dev")
    rounds = {
        "CLUSTERWRIGHT_ROUNDS": "1000",
        "CLUSTERWRIGHT_COPIER_ROUNDS": "4",
        "CLUSTERWRIGHT_CHECK_ROUNDS": "5000",
    }
    paths = ("tests/update", "tests/check/test_fuzz.py", "tests/fleet/test_edits.py", "tests/toolkit/test_walks.py")
    session.run("pytest", "--numprocesses", "auto", *paths, *session.posargs, env=rounds)
    if sys.platform == "linux":
        session.install(ATHERIS)
        for kind in ("yaml", "hcl"):
            session.run("python", "-m", "tests.check.guided", kind, session.create_tmp(), "-runs=500000")


@nox.session
def engines(session: nox.Session) -> None:
    """The generated repository on real engines, which Go builds once; arguments after `--` go to pytest."""
    _engines(session, *(session.posargs or ["tests/engines"]))


@nox.session
def proof(session: nox.Session) -> None:
    """The part of `engines` for a change of the template: the static ones without the matrix, and the first sync."""
    _engines(session, "--no-matrix", *map(ENGINE_TEST.format, PROOF))


@nox.session
def static(session: nox.Session) -> None:
    """The part of `proof` that every change has to pass: manifests and pipelines, by what is built in five minutes."""
    _engines(session, "--no-matrix", *map(ENGINE_TEST.format, STATIC))


@nox.session
def argo(session: nox.Session) -> None:
    """The part of `proof` that takes longest to build: Argo CD syncs the default repository."""
    _engines(session, ENGINE_TEST.format("argo_cd"))


def _engines(session: nox.Session, *arguments: str) -> None:
    """Runs tests of the engines side by side; who ends the session leaves them the time to stop what they started."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    install(session, "platform", "dev")
    session.install("check-jsonschema==0.39.0", "zizmor==1.32.0")
    session.run(
        "pytest",
        f"--numprocesses={LANES}",
        "--no-loadscope-reorder",
        "--durations=0",
        "--durations-min=10",
        *arguments,
        terminate_timeout=60,
    )


@nox.session
def pages(session: nox.Session) -> None:
    """The pages that `map` and `review` write, in a headless Chromium; arguments after `--` go to pytest."""
    install(session, "platform", "map", "dev")
    session.install(PLAYWRIGHT)
    session.run("pytest", *(session.posargs or ["tests/pages"]))


@nox.session
def pictures(session: nox.Session) -> None:
    """Takes the screenshots of the documentation anew, in a headless Chromium; look at each before you commit it."""
    install(session, "platform", "map", "dev")
    session.install(PLAYWRIGHT)
    session.run("python", "-m", "tests.pages.pictures")


@nox.session
def docs(session: nox.Session) -> None:
    """The documentation site, without a single warning, and every command in it; `-- serve` shows it instead."""
    install(session, "platform", "map", "docs", "dev")
    arguments = session.posargs or ["build", "--site-dir", str(CACHE / "site")]
    session.run("python", "-m", "mkdocs", *arguments, env={"NO_MKDOCS_2_WARNING": "1"})
    if not session.posargs:
        session.run("pytest", "--numprocesses", "auto", "tests/docs")


@nox.session
def golden(session: nox.Session) -> None:
    """Writes the golden repositories, the picture and the examples anew; read the diff before you commit it."""
    install(session, "platform", "map", "dev")
    session.run("python", "-m", "tests.template.golden")
    session.run("python", "-m", "tests.review.examples")


@nox.session
def release(session: nox.Session) -> None:
    """A release, `-- 1.2.3`: makes its commits and its tag here, once every check of it is green; it pushes nothing."""
    install(session, "platform", "map", "dev")
    session.run("python", "-m", "release", *session.posargs)


@nox.session
def rules(session: nox.Session) -> None:
    """Writes what is made from the rules anew: their index, and the schema of .clusterwright.yaml."""
    install(session, "dev")
    session.run("python", "-m", "tests.check.generated")


@nox.session
def providers(session: nox.Session) -> None:
    """Writes docs/providers.md anew: what each provider gives, and its limits."""
    install(session, "dev")
    session.run("python", "-m", "tests.template.provider_page")


@nox.session
def bench(session: nox.Session) -> None:
    """Ratios against named peers, both sides alternating in one run. Needs Go for kubeconform."""
    # As people install it, with bytecode: an editable install has none where PYTHONDONTWRITEBYTECODE is set.
    session.install("--constraint", "constraints.txt", ".[platform,map]")
    kubeconform = go_tool(session, KUBECONFORM)
    session.run("python", "bench/start.py")
    session.run("python", "bench/render.py")
    session.run("python", "bench/review.py")
    session.run("python", "bench/fleet.py")
    session.run("python", "bench/check.py", "--kubeconform", kubeconform)


@nox.session
def schemas(session: nox.Session) -> None:
    """Rebuilds schemas/ from the pinned Go modules of schemas/sources.yaml; `-- --check` only compares."""
    install(session, "dev")
    session.run("python", "-m", "schemas.build", *session.posargs)


def go_tool(session: nox.Session, module: str) -> str:
    """Builds a Go program once for each version, outside the tree; returns the path of its binary."""
    target = CACHE / "go" / module.rpartition("/")[2]
    binary = target / module.rpartition("/")[2].partition("@")[0]
    if not binary.exists():
        if shutil.which("go") is None:
            session.error(f"{binary.name} is the peer to measure against and is built with Go; install Go first")
        session.run("go", "install", module, env={"GOBIN": str(target)}, external=True)
    return str(binary)
