"""What mkdocs asks for: every generated page, at each build."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reference import catalogue, commands, questions, schemas

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files


def pages() -> dict[str, str]:
    """Every generated page, by its path below docs/."""
    return {
        "reference/questions.md": questions.page(),
        "reference/catalogue.md": catalogue.page(),
        "reference/fleet.md": schemas.page("fleet.json"),
        "reference/configuration.md": schemas.page("clusterwright.json"),
        "reference/commands.md": commands.page(),
    }


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds them to the files of docs/."""
    from mkdocs.structure.files import File

    for path, content in pages().items():
        files.append(File.generated(config, path, content=content))
    return files
