"""`clusterwright completion`: what makes a shell complete verbs and options."""

from __future__ import annotations

import click

SHELLS = ("bash", "zsh", "fish")
VARIABLE = "_CLUSTERWRIGHT_COMPLETE"
EPILOG = """\b
Examples:
  source <(clusterwright completion bash)                      in ~/.bashrc
  source <(clusterwright completion zsh)                       in ~/.zshrc
  clusterwright completion fish | source                       in config.fish
"""


@click.command(epilog=EPILOG, short_help="Let your shell complete verbs and options.")
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> int:
    """Print what makes SHELL complete verbs, options and their values."""
    from click.shell_completion import get_completion_class

    from clusterwright.verbs import cli

    kind = get_completion_class(shell)
    assert kind is not None  # noqa: S101 - click knows these three
    click.echo(kind(cli, {}, "clusterwright", VARIABLE).source())
    return 0
