"""A definition that a repository ships judges the resources of its kind."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from clusterwright.check.definitions import strict
from tests.check.conftest import lines

if TYPE_CHECKING:
    from tests.check.conftest import Write

DEFINITION = """
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: things.example.com
spec:
  group: example.com
  scope: Cluster
  names:
    kind: Thing
    plural: things
    singular: thing
    listKind: ThingList
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          required: [spec]
          properties:
            spec:
              type: object
              required: [size, colour]
              properties:
                size:
                  x-kubernetes-int-or-string: true
                colour:
                  type: string
                  default: red
                  enum: [red, blue]
                extra:
                  type: object
                  x-kubernetes-preserve-unknown-fields: true
                labels:
                  type: object
                  additionalProperties:
                    type: string
                names:
                  type: array
                  items:
                    type: string
                    nullable: true
"""


def thing(spec: str) -> str:
    begin = "apiVersion: example.com/v1\nkind: Thing\nmetadata:\n  name: a\nspec:\n"
    return begin + textwrap.indent(textwrap.dedent(spec).strip("\n") + "\n", "  ")


def test_a_kind_that_the_repository_defines_is_judged_by_its_definition(write: Write) -> None:
    wrong = """
        colour: green
        sise: 1
        labels:
          a: 1
    """
    assert lines(write({"crd.yaml": DEFINITION, "a.yaml": thing(wrong)})) == [
        "a.yaml:6:3: schema Thing: spec: 'size' is missing: add it",
        "a.yaml:6:11: schema Thing: spec.colour: 'green' is not allowed: use one of red, blue",
        "a.yaml:7:3: schema Thing: spec: unknown field 'sise': did you mean \"size\"?",
        "a.yaml:9:8: schema Thing: spec.labels.a: expected text (quote it), found the number 1",
    ]


def test_what_its_definition_allows_is_fine(write: Write) -> None:
    right = """
        size: 50%
        extra:
          anything: [1, {}]
        names: [a, ~]
    """
    assert lines(write({"crd.yaml": DEFINITION, "a.yaml": thing(right)})) == []


def test_what_is_no_schema_allows_everything() -> None:
    assert strict({"type": "object", "properties": "x", "items": 1}) == {
        "type": "object",
        "additionalProperties": False,
    }
    assert strict({}) == {}
