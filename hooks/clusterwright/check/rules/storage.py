"""Rules on volumes: what they ask for exists. Clusters bring classes of their own, so only what is sure is said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clusterwright.check.hcl_modules import configuration
from clusterwright.check.model import Problem, mapping, sequence, text
from clusterwright.check.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterwright.check.hcl_modules import Declared
    from clusterwright.check.model import Resource
    from clusterwright.check.positions import Where
    from clusterwright.check.repository import Repository

_DRIVER = re.compile(rb"csi|storage_config|\bcompute_config", re.IGNORECASE)
"""What is in any repository that gives an EKS cluster volumes: a CSI driver's name, or Auto Mode."""
_NEAR = 0.8


def classes(repository: Repository) -> Iterator[Problem]:
    """Each storage class whose name is nearly, but not quite, that of a class which is declared here."""
    declared = {one.name for one in repository.by_kind.get(("storage.k8s.io", "StorageClass"), [])}
    if not declared:
        return
    for resource, where, claim in _claims(repository):
        name = text(claim, "storageClassName")
        hint = did_you_mean(name, sorted(declared), _NEAR) if name not in declared else ""
        if name and hint:
            message = f"{resource.title}: storage class {name} is not declared here: {hint}"
            yield Problem(resource.document, resource.at(*where, "storageClassName"), message)


def drivers(repository: Repository) -> Iterator[Problem]:
    """Each EKS cluster that is made here without any driver for the volumes that are asked for here."""
    clusters = list(_eks(repository))
    claim = next(_claims(repository), None) if clusters else None
    if claim is None or any(_DRIVER.search(file.text) for file in repository.files):
        return
    resource = claim[0]
    for source, block in clusters:
        message = f"nothing here gives this cluster a CSI driver, but {resource.title} asks for a volume"
        yield source.problem(block.start, f"{message}: add aws-ebs-csi-driver")


def _claims(repository: Repository) -> Iterator[tuple[Resource, Where, dict[str, object]]]:
    """Each claim of a volume: its resource, and where its spec is."""
    for resource in repository.by_kind.get(("", "PersistentVolumeClaim"), []):
        if not text(resource.data, "spec", "volumeName"):
            yield resource, ("spec",), mapping(resource.data, "spec")
    for resource in repository.by_kind.get(("apps", "StatefulSet"), []):
        for index, template in enumerate(sequence(resource.data, "spec", "volumeClaimTemplates")):
            yield resource, ("spec", "volumeClaimTemplates", index, "spec"), mapping(template, "spec")


def _eks(repository: Repository) -> Iterator[Declared]:
    for module in configuration(repository).modules.values():
        for one in module.blocks("resource"):
            if one.block.labels[:1] == ("aws_eks_cluster",):
                yield one
