"""What the store, External Secrets and a person do of what Argo CD waits for when there is more than one cluster.

What is real: the ExternalSecrets and PushSecrets of the repository, with their paths and templates. What is not: the
store is a table, and nobody looks at who may read or write which path of it: the tests of OpenBao do.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from typing import TYPE_CHECKING, TypeAlias

from .loop import Loop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from .api import Api, Object

    Content: TypeAlias = Mapping[str, Mapping[str, str]]
EXTERNAL = "apis/external-secrets.io/v1/namespaces/argocd/externalsecrets"
PUSHED = "apis/external-secrets.io/v1alpha1/pushsecrets"
EXPRESSION = re.compile(r"\{\{ \.(\w+) ((?:\| \w+ ?)*)\}\}")
FUNCTIONS: dict[str, Callable[[str], str]] = {
    "b64enc": lambda value: b64encode(value.encode()).decode(),
    "toJson": json.dumps,
}


class Store(Loop):
    """Makes the Secrets by which Argo CD finds clusters."""

    def __init__(self, api: Api, kept: Content, pushed: Content) -> None:
        """Takes the API server of the management cluster, and what is in the store.

        Args:
            api: The API server.
            kept: What a person has put there: the properties of each path.
            pushed: What is at a path once a PushSecret writes there, and as long as it does.
        """
        super().__init__()
        self._api, self._kept, self._pushed = api, kept, pushed

    def steps(self) -> Iterable[Callable[[], None]]:
        """Makes what can be made."""
        yield self._make

    def _make(self) -> None:
        written = {
            one["match"]["remoteRef"]["remoteKey"] for push in self._api.list(PUSHED) for one in push["spec"]["data"]
        }
        known = {**self._kept, **{path: found for path, found in self._pushed.items() if path in written}}
        for one in self._api.list(EXTERNAL):
            references = [entry["remoteRef"]["key"] for entry in one["spec"].get("data", [])]
            if _names_a_cluster(one) and known.keys() >= set(references):
                target = one["spec"]["target"]["name"]
                self._api.apply(f"api/v1/namespaces/argocd/secrets/{target}", secret(one, known), "external-secrets")


def _names_a_cluster(external: Object) -> bool:
    labels = external["spec"]["target"].get("template", {}).get("metadata", {}).get("labels", {})
    return bool(labels.get("argocd.argoproj.io/secret-type") == "cluster")


def secret(external: Object, known: Content) -> Object:
    """The Secret that an ExternalSecret asks for; it goes with it.

    Raises:
        KeyError: It asks for a property that the store has not, or for a function that is not known here.
    """
    template, meta = external["spec"]["target"]["template"], external["metadata"]
    values = {
        one["secretKey"]: known[one["remoteRef"]["key"]][one["remoteRef"]["property"]]
        for one in external["spec"]["data"]
    }
    owner = {key: external[key] for key in ("apiVersion", "kind")} | {key: meta[key] for key in ("name", "uid")}
    return {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {
            "name": external["spec"]["target"]["name"],
            "labels": template["metadata"]["labels"],
            "ownerReferences": [owner],
        },
        "stringData": {key: filled_in(text, values) for key, text in template["data"].items()},
    }


def filled_in(text: str, values: Mapping[str, str]) -> str:
    """A template of External Secrets with what it names."""

    def value(found: re.Match[str]) -> str:
        said = values[found[1]]
        for name in found[2].replace("|", " ").split():
            said = FUNCTIONS[name](said)
        return said

    return EXPRESSION.sub(value, text)


class Person(Loop):
    """Lets Argo CD delete what it asks about.

    Attributes:
        asked: The Applications that have asked, in the order in which they did.
    """

    def __init__(self, api: Api) -> None:
        super().__init__()
        self._api = api
        self.asked: list[str] = []

    def steps(self) -> Iterable[Callable[[], None]]:
        """Answers every question once."""
        yield self._answer

    def _answer(self) -> None:
        for name, one in self._api.applications().items():
            if name not in self.asked and _asks(one):
                self.asked.append(name)
                self._api.approve(name)


def _asks(application: Object) -> bool:
    """Whether an Application waits for a person, who lets it prune, or lets it go."""
    status = application.get("status", {})
    operation = status.get("operationState", {})
    prunes = operation.get("phase") == "Running" and "pruning confirmation" in operation.get("message", "")
    goes = "deletionTimestamp" in application["metadata"]
    return prunes or (goes and any(one.get("requiresDeletionConfirmation") for one in status.get("resources", [])))
