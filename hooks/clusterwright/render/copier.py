"""What is asked of Copier, and what it recorded; the only module beside `fresh` that knows its insides."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from clusterwright import git
from clusterwright.errors import Unfinished, UserError
from clusterwright.render import answers as given
from clusterwright.render.refusals import explained

if TYPE_CHECKING:
    from pathlib import Path

    from clusterwright.render.answers import Answers
    from clusterwright.render.fresh import Fresh
    from clusterwright.render.source import Source

ANSWERS = ".copier-answers.yml"


@dataclass(frozen=True)
class Rendered:
    """A rendered folder.

    Attributes:
        path: the folder.
        recorded: what Copier wrote into its answers file.
        components: how many components the answers chose.
        unused: answers that were given but that these answers make irrelevant.
        changelog: what the template says about its versions; empty if it says nothing.
    """

    path: Path
    recorded: dict[str, Any]
    components: int = 0
    unused: tuple[str, ...] = ()
    changelog: str = ""

    @property
    def version(self) -> str:
        """The template's version, as recorded."""
        return str(self.recorded.get("_commit", ""))


def render(source: Source, answers: Answers, path: Path, *, older: bool = False) -> Rendered:
    """Renders a template into a new folder.

    Args:
        source: the template and its version.
        answers: what is answered; the rest takes its default.
        path: where to; it must not exist.
        older: whether another version recorded the answers: what this one does not ask is left out.

    Returns:
        The folder and what was recorded.

    Raises:
        UserError: an answer, or the way it was called, is wrong.
        Unfinished: the template could not be fetched or rendered.
    """
    git.forget_local()
    fresh = worker()
    with warnings.catch_warnings(), explained():
        warnings.simplefilter("ignore")
        with fresh(
            src_path=source.url,
            vcs_ref=source.ref,
            dst_path=path,
            data=dict(answers.data),
            defaults=True,
            quiet=True,
        ) as run:
            questions = run.template.questions_data
            if older:
                for name in answers.data.keys() - questions.keys():
                    del run.data[name]
            else:
                given.check(answers, questions)
            run.run_copy()
            components = run.answers.combined.get("cw_components", ())
            changelog = _text(run.template.local_abspath / "CHANGELOG.md")
    recorded = read_recorded(path)
    unused = tuple(name for name in answers.data if name not in recorded)
    return Rendered(path, recorded, len(components), unused, changelog)


def _text(path: Path) -> str:
    return path.read_text("utf-8") if path.is_file() else ""


def read_recorded(folder: Path) -> dict[str, Any]:
    """Reads what Copier recorded in a folder; nothing when it recorded nothing."""
    try:
        recorded = yaml.safe_load((folder / ANSWERS).read_bytes())
    except FileNotFoundError:
        return {}
    except yaml.YAMLError as error:
        raise UserError(f"{ANSWERS}: not YAML; restore it from git, only Copier writes it") from error
    return recorded if isinstance(recorded, dict) else {}


def worker() -> type[Fresh]:
    """Gives Copier's worker for a folder that does not exist yet.

    Raises:
        Unfinished: Copier is not installed.
    """
    try:
        from clusterwright.render.fresh import Fresh
    except ImportError as error:
        raise Unfinished("Copier 9.19 or newer is not installed; pip install 'clusterwright[platform]'") from error
    return Fresh
