"""Clusterwright: from a page of answers to a complete, upgradable multi-cluster GitOps platform repository."""

__version__ = "0.3.0"
