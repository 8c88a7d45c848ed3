"""Lets `python -m clusterwright` do what `clusterwright` does."""

from clusterwright.cli import run

run()
